"""Judging forms by the real targets file, in an empty folder."""

from __future__ import annotations

import pytest
from forms import Form, save
from running import ROOT


@pytest.fixture
def judge(run, tmp_path, monkeypatch):
    """Write forms as files of ``kind`` and return the JSON report of them all.

    What is no matter here, that a shortfall lacks a reason (DT306), is left out.
    """
    monkeypatch.chdir(tmp_path)

    def judging(*forms: Form, kind: str = "utf-8", options: tuple[str, ...] = ()):
        names = [save(tmp_path, form.name, form, kind) for form in forms]
        options += tuple(option for form in forms for option in form.options)
        targets = ("--targets", str(ROOT / "targets.yaml"), "--ignore", "DT306")
        done = run("verify", *names, *targets, "--format", "json", *options)
        assert done.err == ""
        assert done.json["exit_code"] == done.code
        return done.json

    return judging
