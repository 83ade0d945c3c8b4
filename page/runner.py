"""Runs the command line inside the page: files in memory, what it wrote handed back."""

import gc
import io
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

from dtcheck.cli import main

JOB, MADE = "/job", "/下载"
_running = {"files": set(), "tell": None}


def _tell_of_opening(event, arguments):
    """Count the files of the job that have been opened: the progress of a run."""
    waiting = _running["files"]
    if event == "open" and waiting and isinstance(arguments[0], (str, os.PathLike)):
        name = os.path.normpath(os.path.join(JOB, arguments[0]))  # noqa: PTH118
        if name in waiting:
            waiting.remove(name)
            _running["tell"](len(waiting))


sys.addaudithook(_tell_of_opening)


def prepare():
    """Empty the folders of the run before."""
    os.chdir("/")
    for folder in (JOB, MADE):
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir()


def run(arguments, files, tell):
    """Run ``dtcheck ARGUMENTS``; return exit code, standard output and error, as JSON."""
    os.chdir(JOB)
    _running.update(files={os.path.join(JOB, name) for name in files}, tell=tell)  # noqa: PTH118
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdout = out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stderr = err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    code = 0
    try:
        main(list(arguments))
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        _running.update(files=set())
        # The program froze what it left, since a process ends; this one goes on.
        gc.unfreeze()
        gc.collect()
    texts = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err)]
    return json.dumps({"code": code, "out": texts[0], "err": texts[1], "made": made()})


def made():
    """Return the paths of what the run wrote."""
    below = sorted(path for path in Path(MADE).rglob("*") if path.is_file())
    return [path.relative_to(MADE).as_posix() for path in below]


def pack(folder, archive):
    """Put the files of a folder of the run into one zip."""
    with zipfile.ZipFile(Path(MADE, archive), "w", zipfile.ZIP_DEFLATED) as target:
        for path in made():
            if path.startswith(f"{folder}/"):
                target.write(Path(MADE, path), path)
