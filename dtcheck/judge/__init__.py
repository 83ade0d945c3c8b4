"""Judgement: pace, status, and the Report that the formats print."""

from dtcheck.judge.report import (
    FailOn,
    Policy,
    Report,
    build_report,
)
from dtcheck.judge.result import Judgements, Result, Summary
from dtcheck.judge.status import WORST_FIRST, Light, Status
from dtcheck.judge.verdict import RedCuts, Verdict, judge

__all__ = [
    "WORST_FIRST",
    "FailOn",
    "Judgements",
    "Light",
    "Policy",
    "RedCuts",
    "Report",
    "Result",
    "Status",
    "Summary",
    "Verdict",
    "build_report",
    "judge",
]
