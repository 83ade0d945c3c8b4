"""The page as `make page` builds it, opened from its file in a Chromium that reaches no network."""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser
from running import ROOT

BUILD = ROOT / "page" / "build.py"


def build(*options: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BUILD), *map(str, options)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """Built once for all of xdist's workers."""
    import fcntl

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    page = folder / "dtcheck.html"
    with (folder / "page.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not page.exists():
            fetched = build("--fetch")
            if fetched.returncode:
                pytest.skip(f"the page's inputs can't be had: {fetched.stderr.strip()[-200:]}")
            made = build("-o", page)
            assert made.returncode == 0, made.stderr
    return page


@pytest.fixture(scope="session")
def program(built, tmp_path_factory) -> Path:
    """The program and its libraries as the page carries them: versions here may be others."""
    text = built.read_text(encoding="utf-8")
    [packed] = re.findall(r'data-asset="packages.zip">([^<]*)<', text)
    folder = tmp_path_factory.mktemp("program")
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(base64.b64decode(packed)))) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def opened(built, tmp_path_factory):
    """The page, open and ready in a browser that all tests of a worker share."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        browser.open(built)
        browser.until("document.body.dataset.ready || !document.getElementById('problem').hidden")
        assert browser.js("document.getElementById('problem').textContent") == ""
        yield browser


class Page:
    """What a person does on the page, and reads there."""

    def __init__(self, browser: Browser):
        self.browser = browser

    def tab(self, name: str) -> None:
        self.browser.click(name)

    def after(self, doing) -> None:
        """Do something, and wait until the page has done its part."""
        before = self.browser.js("document.body.dataset.jobs || '0'")
        doing()
        self.browser.until(f"(document.body.dataset.jobs || '0') !== {before!r}")

    def drop(self, *paths: Path) -> None:
        self.after(lambda: self.browser.drop(*paths))

    def click(self, text: str) -> None:
        self.after(lambda: self.browser.click(text))

    def text(self, panel: str) -> str:
        return self.browser.js(f"document.querySelector('#{panel} .result').innerText")

    @property
    def problem(self) -> str:
        return self.browser.js("document.getElementById('problem').textContent")

    @property
    def scope(self) -> str:
        return self.browser.js("document.getElementById('scope').textContent")

    def choose(self, selector: str, value: str) -> None:
        self.browser.js(
            f"{{ const it = document.querySelector({selector!r}); it.value = {value!r};"
            " it.dispatchEvent(new Event('change', {bubbles: true})); }"
        )


@pytest.fixture
def page(opened):
    return Page(opened)
