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

    @property
    def label(self) -> str:
        """The colour as offices write it."""
        return _LIGHTS[self][0]

    @property
    def sign(self) -> str:
        """The mark that stands for the light where colour can't; all are in GBK."""
        return _LIGHTS[self][1]


# Worst first, which is how lights are counted and lined up; grey is not known to be good.
_LIGHTS = {
    Light.RED: ("红", "×"),
    Light.YELLOW: ("黄", "△"),
    Light.GREEN: ("绿", "√"),
    Light.BLUE: ("蓝", "○"),
    Light.GREY: ("灰", "–"),
}
WORST_FIRST = tuple(_LIGHTS)


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
        return _LOOKS[self][1]

    @property
    def is_shortfall(self) -> bool:
        """Whether this is a 缺口."""
        return self in (Status.BEHIND, Status.MISSED)

    @property
    def is_kept(self) -> bool:
        """Whether this counts as 达标."""
        return self in (Status.MET, Status.ON_TRACK)

    @property
    def is_judged(self) -> bool:
        """Whether a figure was held against a goal; otherwise there is nothing to look at."""
        return self not in (Status.NO_DATA, Status.NOT_DUE, Status.UNDECIDED)

    @property
    def is_assessed(self) -> bool:
        """Whether this is 应评: it could be told by now. 未填报 is, and counts as not kept."""
        return self not in (Status.OPEN, Status.NOT_DUE, Status.UNDECIDED)


_LOOKS = {
    Status.MET: ("已完成", Light.GREEN),
    Status.ON_TRACK: ("达序时", Light.GREEN),
    Status.NEAR: ("基本达到", Light.YELLOW),
    Status.OPEN: ("进行中", Light.BLUE),
    Status.BEHIND: ("欠序时", Light.YELLOW),
    Status.MISSED: ("未完成", Light.RED),
    Status.NO_DATA: ("未填报", Light.GREY),
    Status.NOT_DUE: ("未到期", Light.GREY),
    Status.UNDECIDED: ("待定", Light.GREY),
}
