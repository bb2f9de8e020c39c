"""Where the spec and the templates are: beside the package in a wheel, at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["spec_folder", "templates_folder"]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def spec_folder() -> Path:
    """The spec that comes with the tool."""
    return _folder("spec_data", "spec")


def templates_folder() -> Path:
    """The templates that come with the tool."""
    return _folder("templates", "templates")


def _folder(installed: str, checked_out: str) -> Path:
    beside = _PACKAGE / installed
    return beside if beside.is_dir() else _CHECKOUT / checked_out
