"""Why a file is not checked."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Skipped"]


class Skipped(StrEnum):
    """Why a file is not checked, in the words of reports."""

    EXCLUDED = "excluded"
    """A pattern of the settings or of an option names it."""

    GITIGNORE = "ignored by git"
    HIDDEN = "hidden"
    DEPENDENCIES = "dependencies"
    """A folder that package managers fill."""

    UNLIKE = "not a payload"
    """It can be read, and resembles no artifact."""

    BROKEN = "not valid JSON or YAML"
    """It cannot be read, and what can be made out of it resembles no artifact."""

    TEMPLATE = "a template"
    """It cannot be read before something is filled in."""

    EVENTS = "an event stream"
    """A response as it was streamed."""

    EMPTY = "empty"
