"""The one build step of our own: the wheel carries the top-level targets.yaml in the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTargets(build_py):
    """Copies targets.yaml into the built package; editable installs read it where it lies."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if not self.editable_mode:
            shutil.copyfile("targets.yaml", Path(self.build_lib, "dtcheck", "targets.yaml"))


setup(cmdclass={"build_py": BuildWithTargets})
