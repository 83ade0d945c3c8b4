"""What each command loads: a clerk waits for the start, so none loads what it can do without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from running import EXAMPLES, ROOT

_SETTINGS = ConfigParser()
_SETTINGS.read(ROOT / "setup.cfg", encoding="utf-8")
_REQUIRED = re.findall(r"^[a-z0-9]+", _SETTINGS["options"]["install_requires"], re.MULTILINE)
# Every dependency, from the day it becomes one, but click, without which nothing runs.
# lxml comes with python-docx, and is to be loaded by nothing else.
_NAMES = {"pyyaml": "yaml", "python": "docx"}
LIBRARIES = {_NAMES.get(name, name) for name in _REQUIRED} - {"click"} | {"numpy", "lxml"}
STANDARD = set(
    "asyncio concurrent.futures difflib email hashlib html http importlib.metadata "
    "importlib.resources json logging multiprocessing socket sqlite3 ssl subprocess tempfile "
    "tomllib traceback unittest urllib.request xml zipfile".split()
)
# What some version of a library loads in turn is its own affair.
BRINGS = {
    "docx": {"lxml", *STANDARD},
    "jinja2": STANDARD,
    "openpyxl": {"numpy", "tempfile", "xml", "zipfile"},
    "pandas": {"numpy", *STANDARD},
    "xlrd": {"zipfile"},
    "rich": {"html", "logging", "traceback"},
    "tabulate": {"wcwidth", *STANDARD} - {"difflib"},
}
RUN = """
import sys
before = set(sys.modules)
from dtcheck.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert end.code in (0, 1), end.code
    with open("loaded", "w", encoding="utf-8") as file:
        file.write(" ".join(set(sys.modules) - before))
"""
# The same for what Python code does.
DO = """
import sys
before = set(sys.modules)
exec(sys.argv[1])
with open("loaded", "w", encoding="utf-8") as file:
    file.write(" ".join(set(sys.modules) - before))
"""
TARGETS = {"yaml", "hashlib"}
ACTUALS = str(EXAMPLES / "actuals.csv")
_GOOD = ROOT / "tests" / "data" / "submissions" / "good"
FILES = {
    "ACTUALS": ACTUALS,
    "OLD": _GOOD / "old-workbook.xls",
    "PAGE": _GOOD / "page-of-a-system.xls",
    "XML": _GOOD / "xml-of-a-system.xls",
}


def load(folder: Path, *command: str) -> set[str]:
    """Run a command as a process of its own and return which of the heavy modules it loaded."""
    return loaded_by(folder, RUN, *command) & (LIBRARIES | STANDARD)


def loaded_by(folder: Path, code: str, *arguments: str) -> set[str]:
    """Run ``code``, which writes down what it loads, as a process of its own; return what it did."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith("DTCHECK_")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**keep, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    return set((folder / "loaded").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        ("--help", set()),
        ("--version", set()),
        ("verify --help", set()),
        ("verify ACTUALS", TARGETS | {"rich"}),
        ("verify ACTUALS --format markdown", TARGETS | {"tabulate"}),
        ("verify ACTUALS --format json", TARGETS | {"json"}),
        ("verify ACTUALS --format csv", TARGETS),
        ("verify ACTUALS --format github", TARGETS),
        ("verify ACTUALS --format junit", TARGETS | {"xml"}),
        ("verify form.xlsx --format csv", TARGETS | {"openpyxl"}),
        ("verify OLD --format csv", TARGETS | {"xlrd"}),
        ("verify PAGE --format csv", TARGETS | {"html"}),
        ("verify XML --format csv", TARGETS | {"xml", "zipfile"}),
        ("template", TARGETS),
        ("template --output new.xlsx", TARGETS | {"openpyxl", "wcwidth"}),
        ("explain", {"rich"}),
        ("explain DT202", set()),
        ("explain GY01", TARGETS | {"rich"}),
        ("targets --help", set()),
        ("targets list", TARGETS | {"rich"}),
        ("targets list --format json", TARGETS | {"json"}),
        # Both undo a report's entities.
        ("targets lint", TARGETS | {"rich", "html"}),
        ("targets audit report.txt", TARGETS | {"rich", "html"}),
        ("targets schema", set()),
        ("completion bash", set()),
        ("digest ACTUALS", TARGETS | {"tabulate"}),
        ("digest ACTUALS --format html", TARGETS | {"jinja2"}),
        ("digest ACTUALS -o a.docx", TARGETS | {"docx", "wcwidth"}),
        ("digest ACTUALS --brief -o a.docx", TARGETS | {"docx", "wcwidth"}),
        ("digest ACTUALS --all-leads -o letters", TARGETS | {"docx", "wcwidth"}),
        ("digest form.xlsx --format html", TARGETS | {"jinja2", "openpyxl"}),
    ],
)
def test_what_a_command_loads(command, needed, tmp_path):
    if "form.xlsx" in command:
        load(tmp_path, "template", "--output", "form.xlsx")
    (tmp_path / "report.txt").write_text("东台市2024年政府工作报告\n新增企业60家。\n", "utf-8")
    for name, path in FILES.items():
        command = command.replace(name, str(path))
    loaded = load(tmp_path, *command.split())
    brought = set().union(*(BRINGS.get(name, ()) for name in needed))
    assert needed <= loaded
    assert loaded - brought <= needed


@pytest.mark.parametrize(
    ("settings", "loads"), [("[tool.ruff]\n", set()), ("[tool.dtcheck]\n", {"tomllib"})]
)
def test_toml_is_for_folders_with_settings(settings, loads, tmp_path):
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert load(tmp_path, "verify", ACTUALS, "--format", "csv") == TARGETS | loads


def test_a_wrong_name_is_looked_up_by_difflib(tmp_path):
    (tmp_path / "a.csv").write_text("编号,实际值\nGY0l,3\n", encoding="utf-8")
    assert load(tmp_path, "verify", "a.csv", "--format", "csv") == TARGETS | {"difflib"}


def test_the_front_door_is_opened_when_somebody_comes_in(tmp_path):
    loaded = loaded_by(tmp_path, DO, "import dtcheck; dtcheck.__version__; dir(dtcheck)")
    assert {name for name in loaded if name.startswith("dtcheck")} == {"dtcheck"}
    assert not loaded & (LIBRARIES | STANDARD | {"click"})
    loaded = loaded_by(tmp_path, DO, "from dtcheck import *")
    assert not loaded & (LIBRARIES | STANDARD | {"click"})


JUDGED = f"""
import dtcheck
file = dtcheck.load_targets()
report = dtcheck.build_report(file, dtcheck.read_submissions({ACTUALS!r}, file))
"""


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        (JUDGED, TARGETS),
        (f"{JUDGED}dtcheck.render(report, 'csv')", TARGETS),
        (f"{JUDGED}dtcheck.render(report)", TARGETS | {"rich"}),
        (f"{JUDGED}dtcheck.audit(file, '全文\\n新增企业60家。')", TARGETS | {"html"}),
        (f"{JUDGED}report.to_frame()", TARGETS | {"pandas"}),
    ],
)
def test_what_the_front_door_loads(code, needed, tmp_path):
    loaded = loaded_by(tmp_path, DO, code)
    assert "click" not in loaded
    brought = set().union(*(BRINGS.get(name, ()) for name in needed))
    assert needed <= loaded
    assert (loaded & (LIBRARIES | STANDARD)) - brought <= needed
