"""The name of a file as a service shows it: from the top of the repository that a job checked out."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote

from .shown_path import shown_path, uri

__all__ = ["repository_path", "repository_uri"]

_FOLDERS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub Actions and GitLab say the top is; a job may work in a folder below."""


def repository_path(file: str) -> str:
    """The path from the top of the repository, or else as `shown_path` has it."""
    return _below_top(file) or shown_path(file)


def repository_uri(file: str) -> str:
    """A reference relative to the top of the repository, or else as `uri` has it."""
    path = _below_top(file)
    return uri(file) if path is None else quote(path, errors="surrogateescape")


def _below_top(file: str) -> str | None:
    top = next(filter(None, map(os.environ.get, _FOLDERS)), None)
    if top is None:
        return None
    whole, start = os.path.abspath(file), os.path.abspath(top)  # noqa: PTH100 of a link, not of where it leads
    if not PurePath(whole).is_relative_to(start):  # one of them may be named by way of a link
        whole, start = os.path.realpath(file), os.path.realpath(top)
    return PurePath(whole).relative_to(start).as_posix() if PurePath(whole).is_relative_to(start) else None
