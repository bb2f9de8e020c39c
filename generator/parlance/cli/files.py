"""What is named on the command line to files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..check.reader import FORMATS

__all__ = ["Selection", "select"]

_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass
class Selection:
    """The files to read, each once, and what is wrong with the names."""

    files: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])


def select(names: Iterable[str]) -> Selection:
    """The files that *names* stand for: files, folders, patterns, and `-` for standard input."""
    selection = Selection()
    for name in names:
        found = list(_matching(name))
        if not found:
            selection.problems.append(_absent(name))
        selection.files.extend(found)
    selection.files = list({os.path.abspath(file): file for file in reversed(selection.files)}.values())[::-1]  # noqa: PTH100
    return selection


def _matching(name: str) -> Iterator[str]:
    if name == "-":
        yield name
    elif os.path.isdir(name):  # noqa: PTH112 a name that no file can have is only absent
        yield from _inside(name)
    elif os.path.lexists(name):
        yield name
    elif glob.has_magic(name):
        for match in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 pathlib drops a leading ./
            if not os.path.isdir(match):  # noqa: PTH112
                yield match


def _inside(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and one not in _SKIPPED)
        for file in sorted(files):
            if Path(file).suffix.lower() in FORMATS and not file.startswith("."):
                yield os.path.normpath(os.path.join(root, file))  # noqa: PTH118


def _absent(name: str) -> str:
    if os.path.isdir(name):  # noqa: PTH112
        endings = ", ".join(f"*{ending}" for ending in FORMATS)
        return f"{name}: no file in this folder is any of {endings}"
    if glob.has_magic(name):
        return f"{name}: no file matches"
    return f"{name}: no such file or folder"
