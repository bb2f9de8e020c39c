"""The name of a file as other tools expect it: from the working folder, with slashes."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from urllib.parse import quote

__all__ = ["inner_path", "shown_path", "uri"]


def inner_path(file: str) -> str | None:
    """The path from the working folder; None for a file that is not below it."""
    path = os.path.normpath(file)
    if os.path.isabs(path):  # noqa: PTH117 a name as it was given
        try:
            path = os.path.relpath(path)
        except ValueError:  # another drive
            return None
    path = PurePath(path).as_posix()
    return None if path.split("/")[0] == ".." else path


def shown_path(file: str) -> str:
    """The path from the working folder, or else the name that was given."""
    return inner_path(file) or PurePath(file).as_posix()


def uri(file: str) -> str:
    """A reference relative to the working folder, or an absolute one to what lies elsewhere."""
    path = inner_path(file)
    return Path(file).absolute().as_uri() if path is None else quote(path, errors="surrogateescape")
