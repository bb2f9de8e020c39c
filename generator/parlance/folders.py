"""Where the spec, the templates and the run-time code are: in the package, or some of it at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "COMMAND_PAGES",
    "PACKED",
    "RUNTIME",
    "SNAPSHOT",
    "TYPESCRIPT_RUNTIME",
    "command_pages_file",
    "grammar_file",
    "runtime_folder",
    "schemas_folder",
    "shipped_bytes",
    "snapshot_file",
    "spec_folder",
    "templates_folder",
    "typescript_folder",
]

PACKED = ".gz"
"""How the names of files end that are compressed in a wheel."""

_OF_GZIP = 31
"""What zlib calls the form of gzip."""

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent

RUNTIME = "runtime/python"
"""Below the package, wherever that is: the modules that are copied into the generated package."""


SNAPSHOT = "snapshot/spec.jsonl"
"""The file with what is known of the spec that comes with the tool: in the package, or below `generated`."""

COMMAND_PAGES = "snapshot/pages.jsonl"
"""The file with what commands say of that spec as a whole, which takes seconds to find out; likewise."""

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
    return _generated(SNAPSHOT)


def command_pages_file() -> Path:
    """What commands say of the spec that comes with the tool; the file may be missing, or of another state of it."""
    return _generated(COMMAND_PAGES)


def schemas_folder() -> Path:
    """The JSON Schemas of the dialects that come with the tool; the folder may be missing."""
    return _generated(SCHEMAS)


def shipped_bytes(path: Path) -> bytes:
    """What a generated file holds that comes with the tool; in a wheel it is compressed. Raises `OSError`."""
    packed = path.with_name(f"{path.name}{PACKED}")
    if not packed.is_file():
        return path.read_bytes()
    import zlib  # of which gzip needs much more

    try:
        return zlib.decompress(packed.read_bytes(), _OF_GZIP)
    except zlib.error as error:
        raise OSError(str(error)) from None


def templates_folder() -> Path:
    """The templates that come with the tool."""
    return _folder("templates", "templates")


def runtime_folder() -> Path:
    """The modules that are copied into the generated package."""
    return _PACKAGE / RUNTIME


def typescript_folder() -> Path:
    """The modules that are copied into the generated npm package."""
    return _PACKAGE / TYPESCRIPT_RUNTIME


def _generated(name: str) -> Path:
    """A file or folder that is in the package, or below `generated`."""
    is_installed = (_PACKAGE / name.partition("/")[0]).is_dir()
    return _PACKAGE / name if is_installed else _CHECKOUT / "generated" / name


def _folder(installed: str, checked_out: str) -> Path:
    beside = _PACKAGE / installed
    return beside if beside.is_dir() else _CHECKOUT / checked_out
