"""What is named on the command line to files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..check.document_reader import FORMATS, ending_of
from ..check.reports import Problem
from ..check.skipped import Skipped
from .gitignore import PathFilter

__all__ = ["FileSelection", "select"]

_DEPENDENCIES = frozenset({"node_modules", "site-packages", "__pycache__"})
_ENVIRONMENT = "pyvenv.cfg"
"""The file by which Python knows a virtual environment, whatever its folder is called."""

_MAGIC = frozenset("*?[")
"""What makes a name a pattern."""


class FileSelection:
    """The files to read, each once, and what is wrong with the names."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.named: set[str] = set()
        """The absolute paths of those that the user named, rather than a folder or a pattern."""

        self.forced_out: list[str] = []
        """Files that the user named, and that are excluded all the same."""

        self.skipped: dict[str, Skipped] = {}
        """What folders and patterns do not stand for, a folder with a slash at its end."""

        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        """What stands for no file because all that it could stand for is passed over."""


def select(
    names: Iterable[str],
    filters: Mapping[Skipped, PathFilter] | None = None,
    is_forced_out: Callable[[str], bool] = lambda _: False,
    endings: Collection[str] = FORMATS,
    is_included: Callable[[str], bool | None] | None = None,
) -> FileSelection:
    """The files that *names* stand for: files, folders, patterns, and `-` for standard input.

    A folder does not stand for what is *filters*, hidden or of none of the *endings*, nor for what links lead to; and
    neither does a pattern, as far as it does not spell out a name. Where *is_included* says whether a file is read, its
    ending does not count. A file that is named is read, unless it is forced out.
    """
    selection = FileSelection()
    walk = _FolderWalk(filters or {}, selection.skipped, endings, is_included or (lambda _: None))
    for name in names:
        if is_file := name != "-" and os.path.lexists(name) and not os.path.isdir(name):  # noqa: PTH112
            if is_forced_out(name):
                selection.forced_out.append(name)
                continue
            selection.named.add(os.path.abspath(name))  # noqa: PTH100
        walk.passed_over = False
        found = [name] if is_file or name == "-" else list(walk.matching(name))
        if not found and walk.passed_over:
            selection.warnings.append(Problem(name, _PASSED_OVER))
        elif not found:
            selection.problems.append(Problem(name, _absent(name, endings)))
        selection.files.extend(found)
    selection.files = list({os.path.abspath(file): file for file in reversed(selection.files)}.values())[::-1]  # noqa: PTH100
    return selection


_PASSED_OVER = "every file is excluded or ignored; those that are named are read, and --no-ignore reads ignored ones"


class _FolderWalk:
    """A search for files, and what it passed over."""

    def __init__(
        self,
        filters: Mapping[Skipped, PathFilter],
        skipped: dict[str, Skipped],
        endings: Collection[str],
        is_included: Callable[[str], bool | None],
    ) -> None:
        self.endings = endings
        self.is_included = is_included
        self.filters = filters
        self.skipped = skipped
        self.passed_over = False

    def matching(self, name: str) -> Iterator[str]:
        if os.path.isdir(name):  # noqa: PTH112 a name that no file can have is only absent
            yield from self._inside(name)
        elif _has_magic(name):
            parts = Path(name).parts if os.path.isabs(name) else name.split("/")  # noqa: PTH117
            for match in sorted({*self._expanded("", parts)}):
                if self._is_document(match, parts[-1]) and self._is_file(match):
                    yield match

    def _inside(self, folder: str) -> Iterator[str]:
        for root, folders, files in os.walk(folder):
            folders[:] = sorted(one for one in folders if self._is_entered(os.path.join(root, one)))  # noqa: PTH118
            for file in sorted(files):
                path = os.path.normpath(os.path.join(root, file))  # noqa: PTH118
                if self._is_document(path, "*") and not self._is_hidden(path, is_folder=False) and self._is_file(path):
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
            import glob  # a shell expands most patterns itself

            for match in glob.glob(glob.escape(folder) + parts[0]):  # noqa: PTH207 pathlib drops a leading ./
                is_spelled = not parts[1:] or not _has_magic(parts[0])
                if is_spelled or self._is_entered(match, hidden=parts[0].startswith(".")):
                    yield from self._expanded(os.path.join(match, "") if parts[1:] else match, parts[1:])  # noqa: PTH118

    def _is_entered(self, folder: str, *, hidden: bool = False) -> bool:
        """Whether a folder that nobody named is looked into; one that is *hidden* where a pattern says so."""
        if not hidden and self._is_hidden(folder, is_folder=True):
            return False
        is_environment = os.path.isfile(os.path.join(folder, _ENVIRONMENT))  # noqa: PTH113, PTH118
        if is_environment or os.path.basename(folder) in _DEPENDENCIES:  # noqa: PTH119
            return not self._passes_over(folder, Skipped.DEPENDENCIES, is_folder=True)
        return not os.path.islink(folder) and not self._is_filtered(folder, is_folder=True)  # noqa: PTH114

    def _is_document(self, path: str, pattern: str) -> bool:
        """Whether a file that *pattern* matches is one to read: by the settings, or else by its ending."""
        if (verdict := self.is_included(path)) is None:
            return _has_format(path, pattern, self.endings)
        return verdict or not _has_magic(pattern) or _is_spelled(path, pattern)

    def _is_file(self, path: str) -> bool:
        """Whether a file that nobody named is read: a broken link is, and reported; a pipe or a device is not."""
        is_readable = os.path.isfile(path) or not os.path.exists(path)  # noqa: PTH110, PTH113
        return is_readable and not self._is_filtered(path, is_folder=False)

    def _is_hidden(self, path: str, *, is_folder: bool) -> bool:
        is_hidden = os.path.basename(path).startswith(".")  # noqa: PTH119
        return is_hidden and self._passes_over(path, Skipped.HIDDEN, is_folder=is_folder)

    def _passes_over(self, path: str, reason: Skipped, *, is_folder: bool) -> bool:
        """True, which is kept with the reason."""
        path = os.path.normpath(path)
        self.skipped[f"{path}/" if is_folder else path] = reason
        return True

    def _is_filtered(self, path: str, *, is_folder: bool) -> bool:
        reason = next((reason for reason, ignores in self.filters.items() if ignores(path, is_folder)), None)
        if reason is None:
            return False
        self.passed_over = True
        return self._passes_over(path, reason, is_folder=is_folder)


def _has_magic(name: str) -> bool:
    return not _MAGIC.isdisjoint(name)


def _has_format(name: str, pattern: str, endings: Collection[str]) -> bool:
    """Whether a name that *pattern* matches is that of a document: by its ending, unless the pattern spells it out."""
    return ending_of(name) in endings or not _has_magic(pattern) or _is_spelled(name, pattern)


def _is_spelled(name: str, pattern: str) -> bool:
    """Whether *pattern* spells out the ending of a name."""
    spelled = Path(pattern).suffix.lower()
    return Path(name).suffix.lower() == spelled != "" and not _has_magic(spelled)


def _absent(name: str, formats: Collection[str]) -> str:
    if os.path.isdir(name):  # noqa: PTH112
        endings = ", ".join(f"*{ending}" for ending in formats)
        return f"no file in this folder is any of {endings}"
    if _has_magic(name):
        return "no file matches"
    return "no such file or folder"
