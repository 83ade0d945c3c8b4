"""What can be wrong with a submission or a targets file: rules, findings and their places.

A family of rules is a module; ``catalogue`` holds them all.
"""

from dtcheck.rules.base import Filing, Finding, Level, Place, Rule, kept, shown_path

__all__ = ["Filing", "Finding", "Level", "Place", "Rule", "kept", "shown_path"]
