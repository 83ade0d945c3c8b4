"""The rule catalogue: what can be wrong with a submission or a targets file (DESIGN §6).

A rule is a class whose docstring is the page that ``dtcheck explain`` prints; the first line is
its title. A family is a module, an id is never reused.
"""

from dtcheck.rules.base import CATALOGUE, Finding, Level, Place, Rule
from dtcheck.rules.files import (
    DoubledColumn,
    MissingColumn,
    NoRows,
    UnknownColumn,
    Unreadable,
)
from dtcheck.rules.plausibility import (
    Corrected,
    Fell,
    LeftOut,
    NoPeriod,
    NoReason,
    NotPlain,
    NoUnit,
    OtherBureau,
    RelationBroken,
    Stale,
    UnitSlip,
)
from dtcheck.rules.rows import (
    BadPeriod,
    Conflict,
    Impossible,
    NotANumber,
    OtherDimension,
    OtherYear,
    Repeated,
    TwoTargets,
    UnknownTarget,
    UnknownUnit,
)
from dtcheck.rules.targets import (
    BadGoal,
    BadValue,
    BrokenYaml,
    DoubledCode,
    DoubledKey,
    DoubledName,
    MissingKey,
    UnknownKey,
)

__all__ = [
    "CATALOGUE",
    "BadGoal",
    "BadPeriod",
    "BadValue",
    "BrokenYaml",
    "Conflict",
    "Corrected",
    "DoubledCode",
    "DoubledColumn",
    "DoubledKey",
    "DoubledName",
    "Fell",
    "Finding",
    "Impossible",
    "LeftOut",
    "Level",
    "MissingColumn",
    "MissingKey",
    "NoPeriod",
    "NoReason",
    "NoRows",
    "NoUnit",
    "NotANumber",
    "NotPlain",
    "OtherBureau",
    "OtherDimension",
    "OtherYear",
    "Place",
    "RelationBroken",
    "Repeated",
    "Rule",
    "Stale",
    "TwoTargets",
    "UnitSlip",
    "UnknownColumn",
    "UnknownKey",
    "UnknownTarget",
    "UnknownUnit",
    "Unreadable",
]
