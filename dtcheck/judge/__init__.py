"""Judgement: pace, status, and the Report that the formats print."""

from dtcheck.judge.report import (
    FailOn,
    Policy,
    Report,
    Result,
    Summary,
    build_report,
)
from dtcheck.judge.status import Light, Status
from dtcheck.judge.verdict import Cuts, Verdict, judge

__all__ = [
    "Cuts",
    "FailOn",
    "Light",
    "Policy",
    "Report",
    "Result",
    "Status",
    "Summary",
    "Verdict",
    "build_report",
    "judge",
]
