"""Some of the kills that ``kills.py`` makes by the hundred: the old file or the new one, nothing left."""

from __future__ import annotations

import random

import pytest
from kills import SIGNALS, Scene, has_namespaces
from limits import POSIX

pytestmark = POSIX
MOMENTS = 4


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("kills"), "verify json=")


def moments(scene, seed):
    return random.Random(seed).sample(range(1, scene.steps + 1), MOMENTS)


def test_killed(scene):
    held = {scene.killed(each)[0] for each in moments(scene, 1)}
    # The first and the last step of a write.
    assert held | {scene.killed(1)[0], scene.killed(scene.steps)[0]} == {"old", "new"}


@pytest.mark.parametrize("name", SIGNALS)
def test_stopped(scene, name):
    for each in moments(scene, name):
        scene.stopped(each, SIGNALS[name])


def test_within_a_namespace_of_processes(scene):
    """As in a container: every run is process 1."""
    if not has_namespaces(scene.folder):
        pytest.skip("this machine lets nobody make one")
    for each in moments(scene, 2)[:2]:
        scene.killed(each, apart=True)
        scene.stopped(each, SIGNALS["SIGTERM"], apart=True)
