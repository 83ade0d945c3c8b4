"""Builds dist/dtcheck.html: the program, Python and the libraries in one page that needs no network.

Everything comes from the wheel and from pinned inputs, and the same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
# Kept between builds; git ignores it.
INPUTS = HERE / "inputs"
PAGE = ROOT / "dist" / "dtcheck.html"
# Most of what may be carried into an office and opened there.
MOST_BYTES = 11_000_000

PYODIDE = "pyodide@314.0.7"
PYODIDE_SHA512 = (
    "d18bd7c4485f11da4b7dbfd790cd8114078c44eab488c517d9bcf31fda4eb6dc"
    "8c716930abe1db139bb2b860fcd8b37bcb6abe48dbe2ffa579244b0e943d91d4"
)
_PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json")
_STDLIB = "python_stdlib.zip"
# What a page never imports: tests of the libraries, compiled parts, types, and of rich what needs
# libraries that are not there.
_LEFT_OUT = re.compile(r"\.(so|pyi|pyx|pxd|c)$|/RECORD$|/top_level\.txt$|/entry_points\.txt$")
_SOURCES = ("setup.py", "setup.cfg", "pyproject.toml", "README.md", "LICENSE", "targets.yaml")


class BuildError(Exception):
    """What keeps the page from being built, for the one who builds it."""


def fetch(folder: Path = INPUTS) -> None:
    """Bring the inputs that are missing, and check the sums of all."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _pyodide(folder).is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise BuildError(f"缺 {_pyodide(folder).name}，取它要 npm")
        _call(npm, "pack", "--silent", PYODIDE, "--pack-destination", str(folder))
    found = hashlib.sha512(_pyodide(folder).read_bytes()).hexdigest()
    if found != PYODIDE_SHA512:
        raise BuildError(f"{_pyodide(folder)} 的 SHA-512 不对：{found}")
    # Wheels that are there already are looked at, not downloaded again. Python 3.14 is Pyodide's.
    _call(
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:", "--python-version", "3.14"),
        *("--platform", "manylinux2014_x86_64", "--platform", "any"),
        *("--find-links", str(folder), "--dest", str(folder)),
        *("--requirement", str(HERE / "requirements.txt")),
    )


def build(folder: Path = INPUTS) -> bytes:
    """Return the page, from the inputs in ``folder`` and the program in this clone."""
    with tarfile.open(_pyodide(folder)) as archive:
        core = {name: _member(archive, f"package/{name}") for name in (*_PYTHON, _STDLIB)}
    # Stored, so that gzip compresses across the files.
    core[_STDLIB] = _stored(_entries(io.BytesIO(core[_STDLIB])))
    with tempfile.TemporaryDirectory() as made:
        wheels = [*_library_wheels(folder), _own_wheel(Path(made))]
        files = [entry for wheel in wheels for entry in _entries(wheel)]
    core["packages.zip"] = _stored(
        (name, content) for name, content in sorted(files) if not _LEFT_OUT.search(name)
    )
    style = _own("dtcheck/notices/templates/digest.css") + _own("page/page.css")
    # The digest in its frame is held to this page's policy as well.
    digest_script = f"\n{_own('dtcheck/notices/templates/digest.js').rstrip()}\n"
    scripts = {name: _own(f"page/{name}.js") for name in ("first", "page")}
    hashes = [_hash(each) for each in (*scripts.values(), digest_script)]
    parts = {
        "policy": " ".join(hashes),
        "style": style,
        "first": scripts["first"],
        "page": scripts["page"],
        "worker": _own("page/worker.js"),
        "runner": _own("page/runner.py"),
        "assets": "\n".join(_asset(name, content) for name, content in core.items()),
        "made_of": "\n".join(f"<li>{each}</li>" for each in _made_of()),
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _own("page/page.html"))
    page = text.encode()
    if len(page) > MOST_BYTES:
        raise BuildError(f"页面有 {len(page):,} 字节，超过 {MOST_BYTES:,}")
    return page


def _pyodide(folder: Path) -> Path:
    return folder / (PYODIDE.replace("@", "-") + ".tgz")


def _library_wheels(folder: Path) -> list[Path]:
    """Return the wheels that requirements.txt names, and no older ones that were left there."""
    wanted = set(re.findall(r"sha256:(\w+)", _own("page/requirements.txt")))
    found = [
        path
        for path in sorted(folder.glob("*.whl"))
        if hashlib.sha256(path.read_bytes()).hexdigest() in wanted
    ]
    if len(found) != len(wanted):
        raise BuildError(f"{folder} 里的轮子不全：要 {len(wanted)} 个，有 {len(found)} 个")
    return found


def _own_wheel(made: Path) -> Path:
    """Build the program's wheel from a copy: a build folder may hold modules that are gone."""
    source = made / "source"
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dtcheck", source / "dtcheck", ignore=unwanted)
    for name in _SOURCES:
        shutil.copyfile(ROOT / name, source / name)
    _call(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(source)),
    )
    [wheel] = made.glob("*.whl")
    return wheel


def _made_of() -> Iterable[str]:
    yield f"{PYODIDE}（MPL-2.0；源码见 npm 的 pyodide 和 github.com/pyodide/pyodide，没有改动），含 Python 3.14（PSF-2.0）"
    yield from re.findall(r"^(\w+==[\w.]+)", _own("page/requirements.txt"), re.MULTILINE)


def _entries(archive: Path | io.BytesIO) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
        return [(name, opened.read(name)) for name in names]


def _stored(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip that says nothing of when and where it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            archive.writestr(info, content)
    return target.getvalue()


def _asset(name: str, content: bytes) -> str:
    packed = base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()
    return f'<script type="application/gzip+base64" data-asset="{name}">{packed}</script>'


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    opened = archive.extractfile(name)
    if opened is None:
        raise BuildError(f"{PYODIDE} 里没有 {name}")
    return opened.read()


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _own(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _call(*command: str) -> None:
    # Standard output is this program's, for the sum.
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise BuildError(f"{' '.join(command[:4])} … 没有成功")


def main() -> int:
    """Fetch, build and write; ``--fetch`` only fetches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fetch", action="store_true", help="only bring the inputs")
    parser.add_argument("-o", "--output", type=Path, default=PAGE)
    asked = parser.parse_args()
    try:
        fetch()
        if asked.fetch:
            return 0
        page = build()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_bytes(page)
    # As sha256sum writes it, for `sha256sum -c`.
    sums = f"{hashlib.sha256(page).hexdigest()}  {asked.output.name}\n"
    asked.output.with_name(f"{asked.output.name}.sha256").write_text(
        sums, encoding="utf-8", newline="\n"
    )
    sys.stdout.write(f"{sums.strip()}  {len(page):,} 字节\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
