"""The commitments of a report: their grammar, their model, and the file that holds them."""

from dtcheck.targets.file import TARGETS_VARIABLE, TargetsError, load_targets, short_path
from dtcheck.targets.goal import Goal, GoalError, Op, parse_goal
from dtcheck.targets.model import (
    Kind,
    Measure,
    Pace,
    PartOf,
    Relation,
    Section,
    Target,
    TargetsFile,
)

__all__ = [
    "TARGETS_VARIABLE",
    "Goal",
    "GoalError",
    "Kind",
    "Measure",
    "Op",
    "Pace",
    "PartOf",
    "Relation",
    "Section",
    "Target",
    "TargetsError",
    "TargetsFile",
    "load_targets",
    "parse_goal",
    "short_path",
]
