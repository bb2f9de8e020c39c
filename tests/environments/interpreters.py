"""Pythons of this machine, by name or by path."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Interpreter", "find"]

_PROGRAM = "import platform, sys; print(*sys.version_info[:2], platform.python_version())"
_NAME = re.compile(r"python(3\.\d+)")


class Interpreter(NamedTuple):
    """A Python that runs."""

    path: Path
    series: str
    """Such as `3.12`."""

    version: str
    """Such as `3.12.1`."""


def find(name: str, search_path: str | None = None) -> Interpreter | None:
    """The first interpreter called *name* on the search path that runs and is what its name says."""
    named = _NAME.fullmatch(name)
    for path in _candidates(name, os.environ.get("PATH", "") if search_path is None else search_path):
        interpreter = _asked(path)
        # A shim of pyenv lies on the path for every version, and runs for the chosen ones only.
        if interpreter and (not named or named[1] == interpreter.series):
            return interpreter
    return None


def _candidates(name: str, search_path: str) -> Iterator[Path]:
    if os.sep in name:
        yield Path(name).absolute()
    else:
        yield from (Path(folder).absolute() / name for folder in search_path.split(os.pathsep) if folder)


def _asked(path: Path) -> Interpreter | None:
    try:
        done = subprocess.run([path, "-I", "-c", _PROGRAM], capture_output=True, text=True, check=False)
    except OSError:
        return None
    answer = done.stdout.split()
    if done.returncode or len(answer) != 3:
        return None
    return Interpreter(path, f"{answer[0]}.{answer[1]}", answer[2])
