"""dtcheck holds a city government to the numbers it promised."""

__version__ = "0.1.0"
