"""Installing without an index as docs/install.md says, and the CI examples step by step.

The slow file: it builds a wheel-house and installs from it into new environments.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from annotations import annotations as read_annotations
from cities import HAICHUAN_BEHIND, HAICHUAN_MISTAKES, build_cities
from installing import (
    OFFLINE,
    build_environment,
    build_wheelhouse,
    once,
    shell,
    told_commands,
)
from lxml import etree
from pipeline import EVERYTHING, MISTAKES, build
from running import ROOT

pytestmark = pytest.mark.posix(
    "bash, which the CI examples are written for, and environments with a bin folder"
)

CI = ROOT / "examples" / "ci"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A folder that all workers of a run see, with the page's wheel-house in it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    once(folder, "wheelhouse", build_wheelhouse)
    return folder


@pytest.fixture(scope="module")
def house(shared):
    return shared / "checkout"


@pytest.fixture(scope="module")
def installed(shared):
    """The bin folder of an environment into which the page's command installed dtcheck."""
    assert "--no-index" in told_commands("离线安装")[1]
    once(shared, "venv", build_environment)
    return shared / "venv" / "bin"


def step(script: str, cwd: Path, bin_folder: Path, *, shell: str = "bash", **env: str):
    """Run the shell script of a CI step as its system runs it."""
    flags = {"bash": ["--noprofile", "--norc", "-eo", "pipefail"], "sh": ["-xe"]}[shell]
    # What the program is run with must be what was installed, not this checkout.
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    keep = {key: value for key, value in os.environ.items() if not key.startswith("DTCHECK_")}
    return subprocess.run(
        [shell, *flags, "-c", script],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**keep, **OFFLINE, "PATH": path, **env},
    )


@pytest.fixture
def repository(tmp_path, house):
    """A repository of submissions with the wheel-house beside them."""
    build(tmp_path / "submissions", EVERYTHING)
    (tmp_path / "wheelhouse").symlink_to(house / "wheelhouse")
    return tmp_path


@pytest.fixture(params=["one place", "two places"])
def places(request, tmp_path, house):
    """The same, or one of two cities: the folder, what to write for ``submissions``, the failures there are."""
    (tmp_path / "wheelhouse").symlink_to(house / "wheelhouse")
    if request.param == "one place":
        build(tmp_path / "submissions", EVERYTHING)
        return tmp_path, "submissions", 5
    build_cities(tmp_path, EVERYTHING, {**HAICHUAN_MISTAKES, **HAICHUAN_BEHIND})
    return tmp_path, "东台 海川", 8


def of(places, script):
    """Return a script of the examples as it is for a repository."""
    assert "dtcheck verify submissions " in script
    return script.replace("dtcheck verify submissions ", f"dtcheck verify {places[1]} ")


def assert_results(done, places):
    """What every pipeline must leave behind: exit code 1 and the failures."""
    folder, _, failures = places
    assert done.returncode == 1, done.stderr
    report = etree.parse(folder / "report.xml")
    etree.XMLSchema(etree.parse(ROOT / "tests" / "data" / "junit.xsd")).assertValid(report)
    assert report.getroot().get("failures") == str(failures)


def test_installed_without_an_index(installed, tmp_path):
    build(tmp_path / "submissions", MISTAKES)
    done = step("dtcheck verify submissions --format json", tmp_path, installed)
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert document["summary"]["errors"] == 3
    # The targets are those in the wheel, and so are the schemas.
    assert str(installed.parent) in document["targets"]["path"]
    for command in ("verify --json-schema", "targets schema", "targets list --json-schema"):
        schema = step(f"dtcheck {command}", tmp_path, installed)
        text = json.loads(schema.stdout)
        # What verify prints of one place is a definition beside that of several.
        document = text["$defs"]["document"] if "verify" in command else text
        assert document["additionalProperties"] is False
    # None of the development tools came along.
    listed = step("python -m pip list --format=json", tmp_path, installed).stdout
    names = {each["name"].lower() for each in json.loads(listed)}
    assert {"dtcheck", "click", "pyyaml"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "jsonschema"}


def strangers_wheel(folder: Path) -> Path:
    """Make a package of our name and a higher version, as anybody may upload to an index; return its folder."""
    info = "dtcheck-9.9.dist-info"
    with zipfile.ZipFile(folder / "dtcheck-9.9-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: dtcheck\nVersion: 9.9\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return folder


def test_wheels_for_windows(house, tmp_path):
    """From Linux: pip judges conditions by the machine it runs on, hence colorama and tzdata."""
    for command in told_commands("离线安装")[2:]:
        done = shell(command, house, PIP_FIND_LINKS=str(strangers_wheel(tmp_path)))
        assert done.returncode == 0, done.stderr
    assert not list((house / "wheelhouse-windows").glob("dtcheck-9.9*"))
    names = [path.name.lower() for path in (house / "wheelhouse-windows").glob("*.whl")]
    for needed in ("dtcheck", "click", "pandas", "pyyaml", "colorama", "tzdata", "rich"):
        assert any(name.startswith(f"{needed}-") for name in names)
    native = [name for name in names if not name.endswith("-none-any.whl")]
    assert native
    assert all(name.endswith("win_amd64.whl") for name in native)


WITHOUT_PANDAS = {
    "verify --format json": "{",
    "verify --format csv": "\ufeff编号",
    "verify --format junit": "<?xml",
    "verify --format gitlab": "[",
    "verify --format concise": "submissions/",
    "verify --mark marked/": "东台市",
    "digest": "# 东台市",
    "digest --format html": "<!doctype html>",
    "digest -o a.docx --brief": "",
    "digest -o a.xlsx": "",
    "template -o form.xlsx": "",
    "template --as-of 2024-06": "\ufeff编号",
    "targets list": "东台市",
    "targets lint": "",
    "explain GY01": "GY01",
}


def test_everything_but_frames_works_without_pandas(house, tmp_path):
    """As docs/install.md has it for machines that pandas can't be had for."""
    asked = told_commands("装不了 pandas 的机器")
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    needed = re.findall(r"^([a-z0-9-]+)>=", setup["options"]["install_requires"], re.MULTILINE)
    assert asked[1].split()[4:] == [name for name in needed if name != "pandas"]
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    own = tmp_path / "venv" / "bin"
    offline = {**OFFLINE, "PIP_FIND_LINKS": str(house / "wheelhouse")}
    for command in asked:
        done = step(command, house / "wheelhouse", own, **offline)
        assert done.returncode == 0, done.stderr
    assert step("python -c 'import numpy'", tmp_path, own).returncode == 1
    build(tmp_path / "submissions", MISTAKES)
    (tmp_path / "marked").mkdir()
    for command, start in WITHOUT_PANDAS.items():
        name, _, options = command.partition(" ")
        where = "submissions" if name in ("verify", "digest") else ""
        done = step(f"dtcheck {name} {where} {options}", tmp_path, own)
        assert done.returncode == (name == "verify"), (command, done.stderr)
        assert done.stdout.startswith(start), command
    program = "import dtcheck; f = dtcheck.load_targets(); dtcheck.build_report(f, dtcheck.read_submissions('submissions', f)).to_frame()"
    done = step(f'python -c "{program}"', tmp_path, own)
    assert "ImportError: 数据框要用 pandas，这台机器上没有安装" in done.stderr


def test_gitlab(installed, places):
    repository, _, failures = places
    job = yaml.safe_load((CI / "gitlab-ci.yml").read_text(encoding="utf-8"))["报数检查"]
    env = {**job["variables"], "CI_PROJECT_DIR": str(repository)}
    done = step(of(places, "\n".join(job["script"])), repository, installed, **env)
    assert_results(done, places)
    quality = json.loads((repository / "codequality.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "tests" / "data" / "codequality.json").read_text(encoding="utf-8"))
    jsonschema.validate(quality, schema)
    assert sum(each["severity"] in ("critical", "major") for each in quality) == failures
    assert "XC18" in done.stdout
    for path in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (repository / path).is_file()
    assert job["artifacts"]["when"] == "always"
    # The month that is asked for reaches the program. By April nothing had gone wrong, but for a row of
    # July in the folder of June (DT211), which is wrong whenever it is looked at.
    check = of(places, job["script"][-1])
    assert step(check, repository, installed, **{**env, "DTCHECK_AS_OF": "2024-04"}).returncode == 1
    assert etree.parse(repository / "report.xml").getroot().get("failures") == "1"


def test_jenkins(installed, places):
    """The whole of it: Jenkins makes its own environment and installs into it."""
    repository = places[0]
    text = (CI / "Jenkinsfile").read_text(encoding="utf-8")
    variables = dict(re.findall(r"^ +([A-Z_0-9]+) = '(.*)'$", text, re.MULTILINE))
    [script] = re.findall(r"sh '''(.*?)'''", text, re.DOTALL)
    done = step(of(places, script), repository, installed, shell="sh", **variables)
    assert_results(done, places)
    assert "XC18" in done.stdout
    for path in re.findall(r"(?:junit|artifacts:) '(.*?)'", text):
        assert all((repository / name).is_file() for name in path.split(","))


def test_github_workflow(installed, places):
    repository, _, failures = places
    workflow = yaml.safe_load((CI / "github-workflow.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["dtcheck"]
    summary = repository / "step-summary"
    env = {**job["env"], "GITHUB_STEP_SUMMARY": str(summary)}
    install, check = (each["run"] for each in job["steps"] if "run" in each)
    assert step(install, repository, installed, **env).returncode == 0
    done = step(of(places, check), repository, installed, **env)
    assert_results(done, places)
    errors = [each for each in read_annotations(done.stdout) if each.command == "error"]
    assert len(errors) == failures
    for each in errors:
        assert re.search("submissions/2024-0[56]/", each.file)
        assert (repository / each.file).is_file()
    assert summary.read_text(encoding="utf-8").startswith(f"## 需要处理的问题（{failures} 项）")
    kept = [each["with"]["path"] for each in job["steps"] if each.get("if") == "always()"]
    assert kept == ["report.xml"]


def action_steps() -> tuple[dict, list[dict]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    return action["inputs"], [each for each in action["runs"]["steps"] if "run" in each]


def test_the_action_does_without_globstar(tmp_path):
    """The bash of macOS is 3.2, which doesn't know it; GitHub runs with -e."""
    script = action_steps()[1][-1]["run"]
    options = script[: script.index("result=")]
    old = 'shopt() { case " $* " in *" globstar "*) return 1;; esac; builtin shopt "$@"; }\n'
    ending = "\ntouch a; found=(*.csv); echo ${#found[@]}"
    for shopt in (old, ""):
        command = [
            "bash",
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            "-c",
            shopt + options + ending,
        ]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path
        )
        assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr


def filled(env: dict[str, str], inputs: dict, given: dict[str, str]) -> dict[str, str]:
    """Replace the expressions of an ``env`` as GitHub does."""
    known = {name: given.get(name, each.get("default", "")) for name, each in inputs.items()}
    return {
        key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: known[match[1]], value)
        for key, value in env.items()
    }


def test_the_action_installs_from_its_own_checkout(house, repository, tmp_path):
    """Built from source in a new environment, from the wheel-house for want of an index."""
    _, steps = action_steps()
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "runner"], check=True)
    env = {"GITHUB_ACTION_PATH": str(house), "PIP_FIND_LINKS": str(house / "wheelhouse")}
    done = step(steps[0]["run"], repository, tmp_path / "runner" / "bin", **env)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "runner" / "bin" / "dtcheck").is_file()


@pytest.mark.parametrize(
    ("given", "code", "annotations"),
    [
        ({}, 1, 7),
        ({"fail-on": "never"}, 0, 7),
        # Of May, the figure that is no number, and April's in its place, too old (DT304).
        ({"paths": "submissions/2024-04\n\nsubmissions/2024-05\n"}, 1, 2),
        ({"as-of": "2024-05", "args": "--format=junit=a b.xml\n--select=CX09"}, 1, 2),
        ({"targets": "no-such-targets.yaml"}, 2, 1),
        ({"paths": "submissions/2024-0[45]"}, 1, 2),
        ({"paths": "no-such-*"}, 2, 1),
        ({"paths": "$(touch hacked)\n; touch hacked"}, 2, 2),
    ],
)
def test_the_action_checks(installed, repository, given, code, annotations):
    inputs, steps = action_steps()
    # No input is pasted into the script, where it could run.
    assert not any("${{" in each["run"] for each in steps)
    told = repository / "outputs"
    env = {**filled(steps[1]["env"], inputs, given), "GITHUB_OUTPUT": str(told)}
    done = step(steps[1]["run"], repository, installed, **env)
    assert done.returncode == code, done.stderr
    assert done.stdout.count("\n::") + done.stdout.startswith("::") == annotations
    assert not (repository / "hacked").exists()
    assert f"exit-code={code}" in told.read_text(encoding="utf-8").splitlines()
    assert (repository / "a b.xml").exists() is ("args" in given)


def test_the_action_in_a_repository_of_two_cities(installed, tmp_path, house):
    """By a pattern; the counts are those of both, the code is the worse one."""
    build_cities(tmp_path, EVERYTHING, {**HAICHUAN_MISTAKES, **HAICHUAN_BEHIND})
    inputs, steps = action_steps()
    told = tmp_path / "outputs"
    env = {
        **filled(steps[1]["env"], inputs, {"paths": "*/submissions/2024-0[56]"}),
        "GITHUB_OUTPUT": str(told),
    }
    done = step(steps[1]["run"], tmp_path, installed, **env)
    outputs = dict(line.split("=") for line in told.read_text(encoding="utf-8").splitlines())
    # The figures that were refused in June (DT304), and XC01, which without April is high for a first one.
    assert outputs == {
        "exit-code": "1",
        "errors": "5",
        "warnings": "5",
        "behind": "2",
        "missed": "1",
    }
    assert sum(each.command == "error" for each in read_annotations(done.stdout)) == 8
    # Nothing could be told: no counts, and the code says so.
    told.write_text("", encoding="utf-8")
    (tmp_path / "海川" / "targets.yaml").write_text("[", encoding="utf-8")
    assert step(steps[1]["run"], tmp_path, installed, **env).returncode == 2
    assert told.read_text(encoding="utf-8") == "exit-code=2\n"


def test_the_action_below_the_top_of_the_repository(installed, repository):
    """Annotations are of the repository's files; a name with brackets is that file, no pattern."""
    inputs, steps = action_steps()
    folder = repository / "submissions"
    (folder / "2024-04[1].csv").write_text("编号,实际值\nXX99,1\n", encoding="utf-8")
    told = repository / "outputs"
    env = {
        **filled(steps[1]["env"], inputs, {"paths": "2024-04[1].csv"}),
        "GITHUB_OUTPUT": str(told),
        "GITHUB_WORKSPACE": str(repository),
    }
    done = step(steps[1]["run"], folder, installed, **env)
    assert done.stdout.startswith("::error file=submissions/2024-04[1].csv,line=2,title=DT201")
    outputs = dict(line.split("=") for line in told.read_text(encoding="utf-8").splitlines())
    assert (outputs["exit-code"], outputs["errors"], outputs["missed"]) == ("1", "1", "0")


def test_pre_commit_hook(installed, places):
    """At the root, whatever places there are: each file by the configuration nearest to it."""
    repository, _, failures = places
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "python"
    tracked = sorted(
        path.relative_to(repository).as_posix() for path in repository.rglob("*") if path.is_file()
    )
    # As pre-commit chooses: files must match, exclude must not.
    chosen = [
        name
        for name in tracked
        if re.search(hook["files"], name) and not re.search(hook["exclude"], name)
    ]
    assert len(chosen) == (24 if failures == 5 else 48)
    done = subprocess.run(
        [*hook["entry"].split(), *chosen],
        cwd=repository,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"},
    )
    # Findings alone, a line each: three errors, or two more. Then one of counts for each place; before it,
    # where the place has no targets file of its own, whose it is.
    lines = [line for line in done.stdout.splitlines() if " error " in line]
    assert (done.returncode, len(lines)) == (1, 3 if failures == 5 else 5)
    shape = r"[^:]+\.csv(:\d+){0,2}: DT\d{3} (error|warning|info) .+"
    assert all(re.fullmatch(shape, line) for line in done.stdout.splitlines())
    heads = [line[:3] for line in done.stderr.splitlines()]
    assert heads == (["提示：", "数据检"] if failures == 5 else ["东台市", "海川市"])
    # A user's args come after and win.
    done = subprocess.run(
        [*hook["entry"].split(), "--fail-on", "never", *chosen],
        cwd=repository,
        capture_output=True,
        check=False,
        env={**os.environ, "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.returncode == 0
