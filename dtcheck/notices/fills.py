"""The grounds of cells that show a light, in hex: bright, so that the sign is read without colours."""

from __future__ import annotations

from dtcheck.judge import Light

FILLS = {
    Light.RED: "F4B6B6",
    Light.YELLOW: "FFE699",
    Light.GREEN: "C6E0B4",
    Light.BLUE: "BDD7EE",
    Light.GREY: "D9D9D9",
}
