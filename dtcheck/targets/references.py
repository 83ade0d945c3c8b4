"""Goals that are another target's figure (``>= ZH01``): what they count in, and that they end somewhere."""

from __future__ import annotations

from collections.abc import Mapping

from dtcheck.targets.goal import GoalError, parse_goal, reference_of
from dtcheck.units import Unit


class References:
    """The goals of a file as they are written, by code: a reference may point forwards."""

    def __init__(self, goals: Mapping[str, str]) -> None:
        self._goals = goals

    def unit_of(self, code: str, asking: str) -> Unit:
        """Return the unit of target ``code``, to whose figure that of ``asking`` is held. Raises GoalError.

        A target whose goal is again another's is followed to the end.
        """
        way = [asking]
        while code not in way:
            way.append(code)
            written = self._goals.get(code)
            if written is None:
                raise GoalError(f"没有编号为 {code} 的指标")
            other = reference_of(written)
            if other is None:
                try:
                    return parse_goal(written).unit
                except GoalError:
                    raise GoalError(f"所参照的 {code} 自己的目标写法不对") from None
            code = other
        if code == asking:
            raise GoalError(f"参照兜了一圈：{' → '.join((*way, code))}")
        raise GoalError(f"所参照的 {way[1]} 参照兜了一圈")
