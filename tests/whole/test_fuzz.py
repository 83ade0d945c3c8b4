"""A few hostile inputs of every kind, and by name those that YAML is known for.

``make fuzz`` runs many more. What fails here shrinks to the choices that matter.
"""

from __future__ import annotations

import signal
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import SMALL, write

pytest.importorskip("resource", reason="counts memory and time as POSIX does")

from fuzzing import Case, Found, run_case
from hostile import KINDS


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """An end to what hangs, however busy the machine; ``make fuzz`` holds each case to seconds."""
    monkeypatch.setattr("fuzzing.SECONDS", 600)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_no_traceback_no_hang_and_bounded_memory(kind, rng):
    run_case(KINDS[kind](rng))


def ending(code, megabytes=0):
    """Return a program that takes ``megabytes`` and ends with ``code``."""

    def end(_):
        bytearray(megabytes << 20)
        raise SystemExit(code)

    return end


def ring(_):
    """Be the program that the alarm finds still running, without waiting for it."""
    assert signal.alarm(0) > 0
    signal.raise_signal(signal.SIGALRM)


def crash(_):
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("place", "broken", "said"),
    [
        ("fuzzing.main", ending(3), "exit code 3"),
        ("fuzzing.main", ring, "took more than"),
        ("fuzzing.main", ending(0, megabytes=400), "grew by"),
        ("dtcheck.cli.verify.load_targets", crash, "内部错误"),
    ],
    ids="code late memory crash".split(),
)
def test_broken_promises_are_seen(monkeypatch, place, broken, said):
    monkeypatch.setattr(place, broken)
    monkeypatch.setattr("fuzzing.MEGABYTES", 40)
    with pytest.raises(Found, match=said):
        run_case(Case("csv", ["verify", "a.csv"]))


def test_lines_of_megabytes_are_not_kept():
    # Looked at for a header, the first 60 lines took gigabytes.
    case = Case("csv", ["verify", "a.csv"], {"a.csv": (b"a," * 1_500_000 + b"\n") * 40})
    assert run_case(case).grown < 200


BOMB = "\n".join(
    ["x0: &x0 a", *(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12))]
)
FIRST = 'code: GY01, name: 新开工项目, goal: "> 100 个"'


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (BOMB, "DT401", "用了锚点引用"),
        ("a: " + "[" * 100_000, "DT401", "嵌套太深"),
        ("a:\n" + "".join(" " * n + "a:\n" for n in range(1, 500)), "DT401", "嵌套太深"),
        ("a: !!python/object/apply:os.system [touch pwned]", "DT401", "标签"),
        (SMALL.replace("year: 2024", "year: " + "9" * 100_000), "DT407", "写 1978 到 2999 的整数"),
        (SMALL.replace("100 个", "9" * 5000 + " 个"), "DT405", "没有数"),
        (SMALL.replace("100 个", ".nan 个"), "DT405", "没有数"),
        (SMALL.replace("100 个", ".inf 个"), "DT405", "没有数"),
        (SMALL.replace("year: 2024", "year: 2024\nyear: 2023"), "DT404", "有两个 year"),
        (SMALL.replace("year: 2024", "year: 2024-01-09"), "DT407", "不能是“2024-01-09”"),
        (SMALL.replace("strive: true", "strive: on"), "DT407", "不能是“on”"),
        (SMALL.replace("strive: true", "strive: no"), "DT407", "不能是“no”"),
        (SMALL.replace("measure: flow", "measure: no", 1), "DT407", "不能是“no”"),
    ],
    ids="bomb brackets indents object integer goal nan inf key date on no measure".split(),
)
def test_what_yaml_is_known_for(run, tmp_path, content, rule, said):
    path = write(tmp_path / "t.yaml", content)
    tracemalloc.start()
    done = run("targets", "lint", "--targets", path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (done.code, done.out) == (2, "")
    assert f"（{rule}）" in done.err
    assert said in done.err
    assert most < 50 << 20


def test_texts_that_yaml_would_turn_into_something_else(run, tmp_path):
    # no is not False, 1_000 not 1000, a date not a date, .nan no number.
    for text in ("no", "on", "1_000", "2024-01-09", "1:30:00", ".nan", "0x1f", "~"):
        path = write(tmp_path / "t.yaml", SMALL.replace("name: 新开工项目", f"name: {text}"))
        listed = run("targets", "list", "--targets", path, "--format", "json").json
        assert listed["targets"][0]["name"] == text
