"""Submissions: from files to figures: forms entered row by row, the ledger, its settling."""

from dtcheck.actuals.actual import Actual, Submissions
from dtcheck.actuals.submissions import read_submissions
from dtcheck.headers.fields import Field, field_named
from dtcheck.periods import Period, PeriodError, parse_period

__all__ = [
    "Actual",
    "Field",
    "Period",
    "PeriodError",
    "Submissions",
    "field_named",
    "parse_period",
    "read_submissions",
]
