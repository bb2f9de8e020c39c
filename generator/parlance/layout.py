"""Where the spec, the templates and the run-time code are: in the package, or some of it at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["RUNTIME", "TYPESCRIPT_RUNTIME", "runtime_folder", "spec_folder", "templates_folder", "typescript_folder"]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent

RUNTIME = "runtime/python"
"""Below the package, wherever that is: the modules that are copied into the generated package."""


TYPESCRIPT_RUNTIME = "runtime/typescript/src"
"""Below the package: the modules that are copied into the generated npm package."""


def spec_folder() -> Path:
    """The spec that comes with the tool."""
    return _folder("spec_data", "spec")


def templates_folder() -> Path:
    """The templates that come with the tool."""
    return _folder("templates", "templates")


def runtime_folder() -> Path:
    """The modules that are copied into the generated package."""
    return _PACKAGE / RUNTIME


def typescript_folder() -> Path:
    """The modules that are copied into the generated npm package."""
    return _PACKAGE / TYPESCRIPT_RUNTIME


def _folder(installed: str, checked_out: str) -> Path:
    beside = _PACKAGE / installed
    return beside if beside.is_dir() else _CHECKOUT / checked_out
