"""Which files folders and patterns stand for, as settings and options say it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .gitignore import patterns
from .settings import Settings

__all__ = ["Exclusion"]

_OF_COMMAND = ("--", "PARLANCE_")
"""How the origins begin of what holds for the working folder."""


class Exclusion:
    """Decides by the settings of each file, and by what is excluded beside them."""

    def __init__(self, settings_of: Callable[[str], Settings], extend_exclude: tuple[str, ...] = ()) -> None:
        self._settings_of = settings_of
        self._added = extend_exclude

    def is_excluded(self, path: str, is_folder: bool) -> bool:
        """Whether a file or folder is excluded, or is the baseline."""
        settings = self._settings_of(path)
        if settings.baseline is not None and os.path.realpath(path) == os.path.realpath(settings.baseline):
            return True
        keys = {"exclude": settings.exclude, "extend-exclude": settings.extend_exclude}
        return _matches(self._added, path, Path.cwd(), is_folder=is_folder) or any(
            _matches(lines, path, _base(settings, key), is_folder=is_folder) for key, lines in keys.items()
        )

    def is_forced_out(self, path: str) -> bool:
        """Whether a file is skipped although it is named."""
        return self._settings_of(path).force_exclude and self.is_excluded(path, is_folder=False)

    def is_included(self, path: str) -> bool | None:
        """Whether `include` names a file; None where nothing is said, so that its ending decides."""
        settings = self._settings_of(path)
        if not settings.include:
            return None
        return _matches(settings.include, path, _base(settings, "include"), is_folder=False)


def _base(settings: Settings, key: str) -> Path:
    """Where the patterns of a setting start."""
    return Path.cwd() if settings.origin(key).startswith(_OF_COMMAND) else settings.folder


def _matches(lines: tuple[str, ...], path: str, base: Path, *, is_folder: bool) -> bool:
    if not lines:
        return False
    name = os.path.relpath(path, base)
    return not name.startswith("..") and patterns(lines).match_file(f"{name}/" if is_folder else name)
