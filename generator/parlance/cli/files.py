"""What is named on the command line to files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..check.reader import FORMATS
from .ignored import Ignored

__all__ = ["Selection", "select"]

_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass
class Selection:
    """The files to read, each once, and what is wrong with the names."""

    files: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])


def select(names: Iterable[str], ignored: Iterable[Ignored] = ()) -> Selection:
    """The files that *names* stand for: files, folders, patterns, and `-` for standard input.

    A folder or a pattern does not stand for what is *ignored*; a file that is named is read.
    """
    selection, walk = Selection(), _Walk(tuple(ignored))
    for name in names:
        walk.passed_over = False
        found = list(walk.matching(name))
        if not found:
            selection.problems.append(_absent(name, walk.passed_over))
        selection.files.extend(found)
    selection.files = list({os.path.abspath(file): file for file in reversed(selection.files)}.values())[::-1]  # noqa: PTH100
    return selection


@dataclass
class _Walk:
    """A search for files, and whether it met any that is ignored."""

    ignored: tuple[Ignored, ...]
    passed_over: bool = False

    def matching(self, name: str) -> Iterator[str]:
        if name == "-":
            yield name
        elif os.path.isdir(name):  # noqa: PTH112 a name that no file can have is only absent
            yield from self._inside(name)
        elif os.path.lexists(name):
            yield name
        elif glob.has_magic(name):
            for match in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 pathlib drops a leading ./
                if not os.path.isdir(match) and not self._is_ignored(match, is_folder=False):  # noqa: PTH112
                    yield match

    def _inside(self, folder: str) -> Iterator[str]:
        for root, folders, files in os.walk(folder):
            folders[:] = sorted(
                one
                for one in folders
                if not one.startswith(".") and one not in _SKIPPED
                if not self._is_ignored(os.path.join(root, one), is_folder=True)  # noqa: PTH118
            )
            for file in sorted(files):
                path = os.path.normpath(os.path.join(root, file))  # noqa: PTH118
                is_meant = Path(file).suffix.lower() in FORMATS and not file.startswith(".")
                if is_meant and not self._is_ignored(path, is_folder=False):
                    yield path

    def _is_ignored(self, path: str, *, is_folder: bool) -> bool:
        if any(ignored(path, is_folder) for ignored in self.ignored):
            self.passed_over = True
            return True
        return False


def _absent(name: str, passed_over: bool) -> str:
    advice = "; what is ignored is read with --no-ignore, or where it is named" if passed_over else ""
    if os.path.isdir(name):  # noqa: PTH112
        endings = ", ".join(f"*{ending}" for ending in FORMATS)
        return f"{name}: no file in this folder is any of {endings}{advice}"
    if glob.has_magic(name):
        return f"{name}: no file matches{advice}"
    return f"{name}: no such file or folder"
