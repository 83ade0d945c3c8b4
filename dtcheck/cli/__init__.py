"""The command line: the only place that prints, opens the output and exits."""

from dtcheck.cli.app import main

__all__ = ["main"]
