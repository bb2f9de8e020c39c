"""What is named on the command line to files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
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
            for match in sorted({*_expanded("", Path(name).parts if os.path.isabs(name) else name.split("/"))}):  # noqa: PTH117
                if _may_be_read(match) and not self._is_ignored(match, is_folder=False):
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
                if is_meant and _may_be_read(path) and not self._is_ignored(path, is_folder=False):
                    yield path

    def _is_ignored(self, path: str, *, is_folder: bool) -> bool:
        if any(ignored(path, is_folder) for ignored in self.ignored):
            self.passed_over = True
            return True
        return False


def _may_be_read(path: str) -> bool:
    """Whether *path* is a file, or a link that is reported as broken; a pipe or a device is read where it is named."""
    return os.path.isfile(path) or not os.path.exists(path)  # noqa: PTH110, PTH113


def _expanded(folder: str, parts: Sequence[str]) -> Iterator[str]:
    """What a pattern stands for below *folder*, part by part; `**` follows no link, so that a circle has an end."""
    if not parts:
        yield folder
    elif parts[0] == "**":
        for root, folders, _ in os.walk(folder or "."):
            folders[:] = [one for one in folders if not one.startswith(".")]
            below = os.path.join(folder, os.path.relpath(root, folder or "."), "")  # noqa: PTH118
            yield from _expanded("" if below == "./" else below.removesuffix("./"), parts[1:] or ("*",))
    else:
        for match in glob.glob(glob.escape(folder) + parts[0]):  # noqa: PTH207 pathlib drops a leading ./
            yield from _expanded(os.path.join(match, "") if parts[1:] else match, parts[1:])  # noqa: PTH118


def _absent(name: str, passed_over: bool) -> str:
    advice = "; what is ignored is read with --no-ignore, or where it is named" if passed_over else ""
    if os.path.isdir(name):  # noqa: PTH112
        endings = ", ".join(f"*{ending}" for ending in FORMATS)
        return f"{name}: no file in this folder is any of {endings}{advice}"
    if glob.has_magic(name):
        return f"{name}: no file matches{advice}"
    return f"{name}: no such file or folder"
