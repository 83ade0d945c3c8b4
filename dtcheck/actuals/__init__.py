"""Submissions: from the bytes of a file to actuals and findings."""

from dtcheck.actuals.fields import Field, field_named
from dtcheck.actuals.ledger import Actual, Submissions
from dtcheck.actuals.submissions import read_submissions
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
