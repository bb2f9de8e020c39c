"""What is named on the command line to files."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..check.reader import FORMATS
from ..check.recognition import Skipped
from ..check.reports import Problem
from .ignored import Ignored

__all__ = ["Selection", "select"]

_DEPENDENCIES = frozenset({"node_modules", "__pycache__"})


@dataclass
class Selection:
    """The files to read, each once, and what is wrong with the names."""

    files: list[str] = field(default_factory=list[str])
    named: set[str] = field(default_factory=set[str])
    """The absolute paths of those that the user named, rather than a folder or a pattern."""

    forced_out: list[str] = field(default_factory=list[str])
    """Files that the user named, and that are excluded all the same."""

    skipped: dict[str, Skipped] = field(default_factory=dict[str, Skipped])
    """What folders and patterns do not stand for, a folder with a slash at its end."""

    problems: list[Problem] = field(default_factory=list[Problem])


def select(
    names: Iterable[str],
    ignored: Mapping[Skipped, Ignored] | None = None,
    is_forced_out: Callable[[str], bool] = lambda _: False,
) -> Selection:
    """The files that *names* stand for: files, folders, patterns, and `-` for standard input.

    A folder or a pattern does not stand for what is *ignored*; a file that is named is read, unless it is forced out.
    """
    selection = Selection()
    walk = _Walk(ignored or {}, selection.skipped)
    for name in names:
        if is_file := name != "-" and os.path.lexists(name) and not os.path.isdir(name):  # noqa: PTH112
            if is_forced_out(name):
                selection.forced_out.append(name)
                continue
            selection.named.add(os.path.abspath(name))  # noqa: PTH100
        walk.passed_over = False
        found = [name] if is_file or name == "-" else list(walk.matching(name))
        if not found:
            selection.problems.append(Problem(name, _absent(name, walk.passed_over)))
        selection.files.extend(found)
    selection.files = list({os.path.abspath(file): file for file in reversed(selection.files)}.values())[::-1]  # noqa: PTH100
    return selection


@dataclass
class _Walk:
    """A search for files, and what it passed over."""

    ignored: Mapping[Skipped, Ignored]
    skipped: dict[str, Skipped]
    passed_over: bool = False

    def matching(self, name: str) -> Iterator[str]:
        if os.path.isdir(name):  # noqa: PTH112 a name that no file can have is only absent
            yield from self._inside(name)
        elif glob.has_magic(name):
            for match in sorted({*_expanded("", Path(name).parts if os.path.isabs(name) else name.split("/"))}):  # noqa: PTH117
                if _may_be_read(match) and not self._is_ignored(match, is_folder=False):
                    yield match

    def _inside(self, folder: str) -> Iterator[str]:
        for root, folders, files in os.walk(folder):
            folders[:] = sorted(one for one in folders if not self._is_passed_over(root, one, is_folder=True))
            for file in sorted(files):
                path = os.path.normpath(os.path.join(root, file))  # noqa: PTH118
                is_meant = Path(file).suffix.lower() in FORMATS and _may_be_read(path)
                if is_meant and not self._is_passed_over(root, file, is_folder=False):
                    yield path

    def _is_passed_over(self, root: str, name: str, *, is_folder: bool) -> bool:
        path = os.path.normpath(os.path.join(root, name))  # noqa: PTH118
        if name.startswith("."):
            self.skipped[f"{path}/" if is_folder else path] = Skipped.HIDDEN
            return True
        if is_folder and name in _DEPENDENCIES:
            self.skipped[f"{path}/"] = Skipped.DEPENDENCIES
            return True
        return self._is_ignored(path, is_folder=is_folder)

    def _is_ignored(self, path: str, *, is_folder: bool) -> bool:
        reason = next((reason for reason, ignores in self.ignored.items() if ignores(path, is_folder)), None)
        if reason is not None:
            self.skipped[f"{path}/" if is_folder else path] = reason
            self.passed_over = True
        return reason is not None


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
        return f"no file in this folder is any of {endings}{advice}"
    if glob.has_magic(name):
        return f"no file matches{advice}"
    return "no such file or folder"
