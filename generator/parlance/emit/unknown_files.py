"""Files of an output folder that no lock knows: left over from other runs, as after a merge, or put there by somebody.

A file is left over if it says that it was generated, and if its path differs from that of a file of the lock in one
name only, as that of a dialect which was renamed. All others are somebody's, and stay.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

__all__ = ["MARK", "UnknownFiles", "unknown_files"]

MARK = b"enerated by parlance"
"""What every generated text says of itself, so that a folder without a lock can still be written again."""

_HEADER = MARK + b" from spec/"
_HEAD = 1024
"""Bytes of a file in which its header is: four times what the longest title before one takes."""

_CACHES = frozenset({"__pycache__", "node_modules"})


class UnknownFiles(NamedTuple):
    """Paths below the folder, in order."""

    leftovers: tuple[str, ...] = ()
    """What runs of this tool left."""

    foreign: tuple[str, ...] = ()
    """What lies right beside generated files, and was not generated."""


def unknown_files(folder: Path, known: Collection[str]) -> UnknownFiles:
    """The files of *folder* that are none of *known*, which are paths below it."""
    unknown = [path for path in sorted(_files(str(folder), "")) if path not in known]
    if not unknown:
        return UnknownFiles()
    shapes = {shape for path in known for shape in _shapes(path)}
    folders = {str(PurePosixPath(path).parent) for path in known}
    leftovers = [path for path in unknown if not shapes.isdisjoint(_shapes(path)) and _is_generated(folder / path)]
    others = (path for path in unknown if path not in leftovers)
    return UnknownFiles(tuple(leftovers), tuple(path for path in others if str(PurePosixPath(path).parent) in folders))


def _files(folder: str, start: str) -> Iterator[str]:
    """The paths of files below *folder*, but for hidden ones and caches."""
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _CACHES:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{start}{entry.name}/")
        else:
            yield f"{start}{entry.name}"


def _shapes(path: str) -> Iterable[tuple[str, ...]]:
    """The path with each of its names left open in turn; of the last one the ending stays."""
    *folders, name = path.split("/")
    yield (*folders, f"*{PurePosixPath(name).suffix}")
    for place in range(len(folders)):
        yield (*folders[:place], "*", *folders[place + 1 :], name)


def _is_generated(path: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as stream:
            return _HEADER in stream.read(_HEAD)
    except OSError:
        return False
