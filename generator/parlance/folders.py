"""Where the spec, the templates and the run-time code are: in the package, or some of it at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "RUNTIME",
    "SNAPSHOT",
    "TYPESCRIPT_RUNTIME",
    "grammar_file",
    "runtime_folder",
    "schemas_folder",
    "snapshot_file",
    "spec_folder",
    "templates_folder",
    "typescript_folder",
]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent

RUNTIME = "runtime/python"
"""Below the package, wherever that is: the modules that are copied into the generated package."""


SNAPSHOT = "snapshot/spec.json"
"""The file with what is known of the spec that comes with the tool: in the package, or below `generated`."""

SCHEMAS = "jsonschema"
"""The folder of the JSON Schemas, by dialect: in the package, or below `generated`."""

TYPESCRIPT_RUNTIME = "runtime/typescript/src"
"""Below the package: the modules that are copied into the generated npm package."""


def spec_folder() -> Path:
    """The spec that comes with the tool."""
    return _folder("spec_data", "spec")


def grammar_file() -> Path:
    """What any spec is held against."""
    return spec_folder() / "meta.schema.json"


def snapshot_file() -> Path:
    """How the spec that comes with the tool was read; the file may be missing, or of another state of it."""
    beside = _PACKAGE / SNAPSHOT
    return beside if beside.is_file() else _CHECKOUT / "generated" / SNAPSHOT


def schemas_folder() -> Path:
    """The JSON Schemas of the dialects that come with the tool; the folder may be missing."""
    beside = _PACKAGE / SCHEMAS
    return beside if beside.is_dir() else _CHECKOUT / "generated" / SCHEMAS


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
