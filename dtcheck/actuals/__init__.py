"""Submissions: from files to figures: forms entered row by row, the ledger, its settling."""

from dtcheck.actuals.actual import MOST_PLACES, Actual, Handed, Submissions
from dtcheck.actuals.submissions import read_submissions, submitted_tables
from dtcheck.headers.fields import Field, field_named
from dtcheck.periods import Period, PeriodError, parse_period

__all__ = [
    "MOST_PLACES",
    "Actual",
    "Field",
    "Handed",
    "Period",
    "PeriodError",
    "Submissions",
    "field_named",
    "parse_period",
    "read_submissions",
    "submitted_tables",
]
