"""Files and the configurations that hold for them: the nearest to each, as linters have it.

A repository may hold the submissions of several cities, each with targets and settings of its own;
the folder that the program is run in says nothing about them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath

import click

from dtcheck.cli.config import NAME, Config, config_in, current_folder
from dtcheck.cli.options import check_narrowing
from dtcheck.cli.write import say
from dtcheck.paths import real_path
from dtcheck.rules import Finding, shown_path
from dtcheck.rules.files import OTHER_FORMAT, UNREADABLE
from dtcheck.tables.folders import is_searched, submission_files
from dtcheck.tables.table import shown_name
from dtcheck.targets import TARGETS_VARIABLE, TargetsFile


@dataclass
class Site:
    """A configuration and the files and folders that it holds for.

    ``apart`` are folders below them that are sites of their own, ``exclude`` the patterns of the
    command line and of the configuration, ``met`` all configurations that were read on the way.
    """

    config: Config
    exclude: tuple[str, ...]
    paths: list[str] = field(default_factory=list)
    apart: set[str] = field(default_factory=set)
    met: tuple[str, ...] = ()

    def files(self, findings: list[Finding] | None = None) -> Iterator[str]:
        """Yield the submissions; what is wrong with folders goes to ``findings``."""
        told = [] if findings is None else findings
        return submission_files(self.paths, told, self.exclude, self.apart)

    def targets_path(self, written: str | None) -> str | None:
        """Return the targets file: as ``written`` on the command line, else configured."""
        is_set = written is not None or os.environ.get(TARGETS_VARIABLE)
        return written if is_set else self.config.targets


def find_sites(
    paths: Sequence[str], exclude: tuple[str, ...], left_out: list[Finding]
) -> list[Site]:
    """Return the sites of files and folders, in an order that is not that of the paths.

    A folder that holds nothing but the folders of sites is none; what lies in it that may have been
    handed in goes to ``left_out``.
    Raises ConfigError where a configuration can't be understood.
    """
    current_folder()
    _nearest.cache_clear()
    sites: dict[str, Site] = {}

    def site_of(folder: str) -> Site:
        config = _nearest(folder)
        # One place under two names is one.
        name = real_path(config.path) if config.path else ""
        return sites.setdefault(name, Site(config, (*config.exclude, *exclude)))

    for path in paths:
        if path == "-" or not os.path.isdir(path):  # noqa: PTH112 - a str, never raises
            folder = os.curdir if path == "-" else os.path.dirname(path)  # noqa: PTH120
            site_of(_absolute(folder)).paths.append(path)
            continue
        outer = site_of(_absolute(path))
        outer.paths.append(path)
        for below in _below(path, outer, site_of):
            inner = site_of(_absolute(below))
            inner.paths.append(below)
            for each in sites.values():
                if each is not inner:
                    each.apart.add(os.path.abspath(below))  # noqa: PTH100
    met = tuple(each.config.path for each in sites.values())
    for each in sites.values():
        each.met = met
    kept = [each for _, each in sorted(sites.items()) if not _is_hull(each, left_out)]
    return kept or list(sites.values())


def _absolute(folder: str) -> str:
    """Return the path of a folder from the root, by its names; after a link ``..`` is not the folder before it."""
    if os.pardir in PurePath(folder).parts:
        return real_path(folder)
    return os.path.abspath(folder)  # noqa: PTH100


def nearest_config(path: str) -> Config:
    """Return the configuration nearest to a folder, be it there or not."""
    return _nearest(os.path.abspath(path))  # noqa: PTH100 - no links followed


@cache
def _nearest(folder: str) -> Config:
    if config := config_in(folder):
        return config
    parent = os.path.dirname(folder)  # noqa: PTH120
    return Config() if parent == folder else _nearest(parent)


def _below(folder: str, outer: Site, site_of: Callable[[str], Site]) -> Iterator[str]:
    """Yield the folders below one that have a configuration of their own.

    What a site excludes is not searched for others.
    """
    top = str(PurePath(folder))
    # By folder the one that its site's search starts from, and the site.
    within = {top: (top, outer)}
    for parent, folders, names in os.walk(top):
        start, site = within.get(parent) or within[os.path.dirname(parent)]  # noqa: PTH120
        if parent != top and NAME in names and config_in(parent) is not None:
            inner = site_of(_absolute(parent))
            if inner is not site:
                start, site = parent, inner
                yield parent.removeprefix(os.curdir + os.sep)
        within[parent] = (start, site)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and _is_looked_into(start, os.path.join(parent, name), site)  # noqa: PTH118
        )


def _is_looked_into(start: str, folder: str, site: Site) -> bool:
    return not site.exclude or is_searched(start, folder, site.exclude)


def _is_hull(site: Site, left_out: list[Finding]) -> bool:
    """Whether a site is nothing but a folder around others."""
    if not site.apart or any(not os.path.isdir(path) for path in site.paths):  # noqa: PTH112
        return False
    found: list[Finding] = []
    if next(site.files(found), None) or any(each.rule is UNREADABLE for each in found):
        return False
    left_out += [each for each in found if each.rule is OTHER_FORMAT]
    return True


def narrowed(
    loaded: Sequence[tuple[Site, TargetsFile]], select: tuple[str, ...], lead: str | None
) -> list[tuple[Site, TargetsFile]]:
    """Return the sites that have what ``--select`` and ``--lead`` name, and say which haven't.

    Raises click.UsageError where none has.
    """
    kept, others = [], []
    for site, file in loaded:
        try:
            check_narrowing(select, lead, file)
        except click.UsageError as error:
            others.append((file, error.message))
        else:
            kept.append((site, file))
    if not kept:
        raise click.UsageError(others[0][1])
    for file, why in others:
        say(f"{file.place}{file.year}年的没有检查：{why}")
    return kept


def _over(real: str, wanted: Collection[str]) -> list[str]:
    """Return those of the wanted files and folders that a path is or lies in."""
    return [each for each in wanted if real == each or real.startswith(each + os.sep)]


def reported_files(
    written: Sequence[str], loaded: Sequence[tuple[Site, object]]
) -> list[frozenset[str] | None]:
    """Return for each site the files and folders that ``--report-only`` names; None is all of them.

    One that names nothing of what is read is a usage error: a report on nothing would look like a pass.
    """
    if not written:
        return [None] * len(loaded)
    wanted = {real_path(path): path for path in written}
    met: set[str] = set()
    found: list[frozenset[str] | None] = []
    for site, _ in loaded:
        names: set[str] = set()
        told: list[Finding] = []
        for file in site.files(told):
            if over := _over(real_path(file), wanted):
                met.update(over)
                names.add(shown_name(file))
                # What is said of folders stands at them.
                names.update(shown_path(wanted[each]) for each in over)
        # So is what is said of documents, and of folders that can't be opened.
        names.update(each.place.file for each in told if _over(real_path(each.place.file), wanted))
        found.append(frozenset(names))
    if missing := [path for real, path in wanted.items() if real not in met]:
        why = " 里没有要检查的文件" if os.path.isdir(missing[0]) else "：要检查的文件里没有它"  # noqa: PTH112
        raise click.UsageError(f"--report-only {missing[0]}{why}，核对路径")
    return found
