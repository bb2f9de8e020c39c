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

    A folder does not stand for what is *ignored*, hidden or of another ending, nor for what links lead to; and neither
    does a pattern, as far as it does not spell out a name. A file that is named is read.
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
            parts = Path(name).parts if os.path.isabs(name) else name.split("/")  # noqa: PTH117
            for match in sorted({*self._expanded("", parts)}):
                if _has_format(match, parts[-1]) and self._is_file(match):
                    yield match

    def _inside(self, folder: str) -> Iterator[str]:
        for root, folders, files in os.walk(folder):
            folders[:] = sorted(one for one in folders if self._is_entered(os.path.join(root, one)))  # noqa: PTH118
            for file in sorted(files):
                path = os.path.normpath(os.path.join(root, file))  # noqa: PTH118
                if _has_format(file, "*") and not file.startswith(".") and self._is_file(path):
                    yield path

    def _expanded(self, folder: str, parts: Sequence[str]) -> Iterator[str]:
        """What a pattern stands for below *folder*, part by part; `**` follows no link, so that a circle has an end."""
        if not parts:
            yield folder
        elif parts[0] == "**":
            for root, folders, _ in os.walk(folder or "."):
                folders[:] = [one for one in folders if self._is_entered(os.path.join(root, one))]  # noqa: PTH118
                below = os.path.join(folder, os.path.relpath(root, folder or "."), "")  # noqa: PTH118
                yield from self._expanded("" if below == "./" else below.removesuffix("./"), parts[1:] or ("*",))
        else:
            for match in glob.glob(glob.escape(folder) + parts[0]):  # noqa: PTH207 pathlib drops a leading ./
                is_spelled = not parts[1:] or not glob.has_magic(parts[0])
                if is_spelled or self._is_entered(match, hidden=parts[0].startswith(".")):
                    yield from self._expanded(os.path.join(match, "") if parts[1:] else match, parts[1:])  # noqa: PTH118

    def _is_entered(self, folder: str, *, hidden: bool = False) -> bool:
        """Whether a folder that nobody named is looked into."""
        name = os.path.basename(folder)  # noqa: PTH119
        if (name.startswith(".") and not hidden) or name in _SKIPPED or os.path.islink(folder):  # noqa: PTH114
            return False
        return not self._is_ignored(folder, is_folder=True)

    def _is_file(self, path: str) -> bool:
        """Whether a file that nobody named is read: a broken link is, and reported; a pipe or a device is not."""
        is_readable = os.path.isfile(path) or not os.path.exists(path)  # noqa: PTH110, PTH113
        return is_readable and not self._is_ignored(path, is_folder=False)

    def _is_ignored(self, path: str, *, is_folder: bool) -> bool:
        if any(ignored(path, is_folder) for ignored in self.ignored):
            self.passed_over = True
            return True
        return False


def _has_format(name: str, pattern: str) -> bool:
    """Whether a name that *pattern* matches is that of a document: by its ending, unless the pattern spells it out."""
    ending, spelled = Path(name).suffix.lower(), Path(pattern).suffix.lower()
    return ending in FORMATS or not glob.has_magic(pattern) or (ending == spelled != "" and not glob.has_magic(spelled))


def _absent(name: str, passed_over: bool) -> str:
    advice = "; what is ignored is read with --no-ignore, or where it is named" if passed_over else ""
    if os.path.isdir(name):  # noqa: PTH112
        endings = ", ".join(f"*{ending}" for ending in FORMATS)
        return f"{name}: no file in this folder is any of {endings}{advice}"
    if glob.has_magic(name):
        return f"{name}: no file matches{advice}"
    return f"{name}: no such file or folder"
