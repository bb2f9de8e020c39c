"""What .gitignore files and a project's settings keep out of folders and patterns; never out of what is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..finding import lines_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["GitIgnore", "PathFilter", "last_match", "matches", "patterns"]

PathFilter: TypeAlias = Callable[[str, bool], bool]
"""Of a path, and of whether it is a folder: whether it is passed over."""


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Patterns as .gitignore has them; one that is none matches nothing, as in git."""
    from pathspec import GitIgnoreSpec  # most runs need none

    # Faster backends that may be installed take no name that is not UTF-8.
    return GitIgnoreSpec.from_lines((line for line in lines if _is_pattern(line)), backend="simple")


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path that is given from where patterns start; none matches outside of there."""
    return not path.startswith("..") and _pattern(pattern).match_file(path)


def last_match(names: Iterable[str], path: str) -> str | None:
    """The last of some patterns that matches a path; None if none does."""
    return next((pattern for pattern in [*names][::-1] if matches(pattern, path)), None)


@cache
def _pattern(text: str) -> GitIgnoreSpec:
    return patterns([text])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line], backend="simple")
    except ValueError:
        return False
    return True


class GitIgnore:
    """Whether git would not look at a path: because of itself, or of a folder around it."""

    def __init__(self) -> None:
        self._working = Path.cwd()
        self._roots: dict[Path, Path] = {}
        self._specs: dict[Path, GitIgnoreSpec | None] = {}

    def __call__(self, path: str, is_folder: bool) -> bool:
        """Judge a path by its name; a link is not followed."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100
        root = self._root(whole.parent)
        steps = whole.relative_to(root).parts
        return any(
            self._is_matched(root.joinpath(*steps[:count]), root, is_folder or count < len(steps))
            for count in range(1, len(steps) + 1)
        )

    def _root(self, folder: Path) -> Path:
        """The top of the repository; without one, the working folder, or a folder that is elsewhere."""
        if folder not in self._roots:
            outer = (parent for parent in (folder, *folder.parents) if (parent / ".git").exists())
            self._roots[folder] = next(outer, self._working if folder.is_relative_to(self._working) else folder)
        return self._roots[folder]

    def _is_matched(self, path: Path, root: Path, is_folder: bool) -> bool:
        """What the nearest .gitignore that speaks of *path* says of it."""
        for folder in path.parents:
            spec = self._spec(folder)
            if spec is not None:
                name = path.relative_to(folder).as_posix()
                verdict = spec.check_file(f"{name}/" if is_folder else name).include
                if verdict is not None:
                    return verdict
            if folder == root:
                break
        return False

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            file = folder / ".gitignore"
            try:
                text = file.read_bytes().decode(errors="replace") if file.is_file() else ""
            except OSError:
                self._specs[folder] = None
            else:
                self._specs[folder] = patterns(line.rstrip("\r\n") for line in lines_of(text))
        return self._specs[folder]
