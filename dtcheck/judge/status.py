"""What a target can be, and the light it shows (design §5)."""

from __future__ import annotations

from enum import StrEnum


class Light(StrEnum):
    """The colour of a traffic-light table."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Status(StrEnum):
    """Where a target stands, in the order tables count it."""

    MET = "met"
    ON_TRACK = "on_track"
    NEAR = "near"
    OPEN = "open"
    BEHIND = "behind"
    MISSED = "missed"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """The word offices use."""
        return _LOOKS[self][0]

    @property
    def light(self) -> Light:
        """The light of the status; ``behind`` turns red with its distance."""
        return _LOOKS[self][2]

    @property
    def is_shortfall(self) -> bool:
        """Whether this is a 缺口."""
        return self in (Status.BEHIND, Status.MISSED)

    def sign(self, light: Light) -> str:
        """The mark that stands for the status where colour can't; all are in GBK."""
        return "×" if light is Light.RED else _LOOKS[self][1]


_LOOKS = {
    Status.MET: ("已完成", "√", Light.GREEN),
    Status.ON_TRACK: ("达序时", "√", Light.GREEN),
    Status.NEAR: ("基本达到", "△", Light.YELLOW),
    Status.OPEN: ("进行中", "○", Light.BLUE),
    Status.BEHIND: ("欠序时", "△", Light.YELLOW),
    Status.MISSED: ("未完成", "×", Light.RED),
    Status.NO_DATA: ("未填报", "–", Light.GREY),
    Status.NOT_DUE: ("未到期", "–", Light.GREY),
    Status.UNDECIDED: ("待定", "–", Light.GREY),
}
