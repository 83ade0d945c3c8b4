"""How marks look: no two levels differ by colour alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

from dtcheck.rules import Level

# What a formula of ours has in it, by which a rule of ours is told from a clerk's.
_OURS = '"dtcheck"'


class Look(NamedTuple):
    """The looks of a level: its sign, and how a cell of it is drawn."""

    sign: str
    words: str
    ink: str
    paper: str
    bold: bool
    italic: bool
    line: Literal["thin", "dashed", "hair"]

    @property
    def font(self) -> Font:
        """The font of a marked cell."""
        return Font(bold=self.bold, italic=self.italic, color=self.ink)

    @property
    def border(self) -> Border:
        """The frame of a marked cell."""
        side = Side(style=self.line, color=self.ink)
        return Border(side, side, side, side)

    @property
    def fill(self) -> PatternFill:
        """The ground of a cell of our own."""
        return PatternFill("solid", fgColor=self.paper)


LOOKS = {
    Level.ERROR: Look("✗", "红底、粗体、实线框", "9C0006", "FFC7CE", True, False, "thin"),
    Level.WARNING: Look("⚠", "黄底、斜体、虚线框", "7F6000", "FFEB9C", False, True, "dashed"),
    Level.INFO: Look("·", "只列在这里，不在表上标", "404040", "FFFFFF", False, False, "hair"),
}
# Infos are listed, not marked.
MARKED = (Level.ERROR, Level.WARNING)
FONT = "微软雅黑"
THIN = Side(style="thin", color="BFBFBF")
FRAME = Border(THIN, THIN, THIN, THIN)
HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
VERDICT_FILL = PatternFill("solid", fgColor="F2F2F2")
CENTERED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)


def label(level: Level) -> str:
    """Return a level with its sign: ✗ 错误."""
    return f"{LOOKS[level].sign} {level.label}"


def marking_rule(level: Level) -> Rule:
    """Return the rule that draws the cells of a level, over whatever format they have of their own.

    A format of its own would have to be taken away again, and the clerk's put back; a rule leaves
    the clerk's alone.
    """
    look = LOOKS[level]
    ground = PatternFill(fill_type="solid", start_color=look.paper, end_color=look.paper)
    drawn = DifferentialStyle(font=look.font, fill=ground, border=look.border)
    return Rule("expression", dxf=drawn, formula=[f"LEN({_OURS})>0"])


def is_ours(rule: Rule) -> bool:
    """Whether a rule of conditional formatting is one of ``marking_rule``."""
    return any(_OURS in formula for formula in rule.formula)
