"""The options that say what of other people's documents is taken, and the contract of what that comes to."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from ..importing.importing import Imported, ImportOptions

__all__ = ["choice_options", "contract_of_folder", "import_file", "naming_options", "proved"]

_CHOICE = (
    click.option("--schemas", metavar="NAME[,NAME…]", help="These schemas; ARTIFACT=NAME calls one otherwise."),
    click.option("--operation", metavar="'POST /PATH'", help="The operation.  [default: that of the chat format]"),
    click.option("--ref", "refs", metavar="URL=FILE", multiple=True, help="Read this file for a reference to URL."),
)
_NAMING = (
    click.option("--as-of", metavar="DAY", help="The day that the document describes.  [default: in its version]"),
    click.option("--id", "identifier", metavar="ID", help="The name of the spec.  [default: from the title]"),
)


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options that say what of a document is taken."""
    return _with(command, _CHOICE)


def naming_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the same, and those that say the day and the name of the spec."""
    return _with(command, (*_CHOICE, *_NAMING))


def _with(command: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def import_file(file: Path, choice: Mapping[str, Any]) -> Imported:
    """What an import makes of a file. Raises `SpecError`."""
    from ..importing.importing import import_document

    return import_document(file, _options(choice))


def proved(imported: Imported) -> Contract:
    """The contract of what was imported, which no fault may have. Raises `SpecError`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in imported.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        try:
            return contract_of_folder(folder)
        except SpecError as error:
            raise imported.relocated(error) from None


def contract_of_folder(folder: Path) -> Contract:
    """The contract of the default dialect of a spec. Raises `SpecError`."""
    from ..contract.build import build_contract
    from ..spec import load_spec, resolve

    loaded = load_spec(folder)
    return build_contract(resolve(loaded, loaded.default))


def _options(choice: Mapping[str, Any]) -> ImportOptions:
    from ..importing.importing import ImportOptions
    from ..importing.roots import NamedRoots, identifier

    names = tuple(name.strip() for name in (choice["schemas"] or "").split(",") if name.strip())
    if names and choice["operation"]:
        message = "--schemas and --operation cannot be used together"
        raise click.UsageError(message)
    written, name = choice.get("as_of"), choice.get("identifier")
    day = None
    if written:
        with suppress(ValueError):
            day = date.fromisoformat(written)
        if day is None:
            message = f"--as-of: {written!r} is not a day such as 2026-08-21"
            raise click.UsageError(message)
    if name and identifier(name) != name:
        message = f"--id: {name!r} is not lower-case words of letters and digits, joined by hyphens"
        raise click.UsageError(message)
    return ImportOptions(NamedRoots(names, choice["operation"]), dict(_refs(choice["refs"])), day, name)


def _refs(pairs: tuple[str, ...]) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for pair in pairs:
        # An address may have a = in it, and so may a path; the last one divides them.
        address, mark, name = pair.rpartition("=")
        if not mark or not address or not name:
            message = f"--ref: {pair!r} is not URL=FILE"
            raise click.UsageError(message)
        if not Path(name).is_file():
            message = f"--ref: there is no file {name}"
            raise click.UsageError(message)
        found.append((address.removesuffix("#"), Path(name)))
    return found
