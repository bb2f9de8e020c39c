"""`parlance spec`: other people's documents, imported as a spec or bundled for other tools."""

from __future__ import annotations

import gc
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError
from .output_file import OutputFile
from .spec_faults import show_faults
from .terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..contract.ir import Contract
    from ..importing.importing import Imported, ImportOptions

__all__ = ["spec"]


@click.group()
def spec() -> None:
    """Import a document of OpenAPI or JSON Schema as a spec, or bundle one for other tools.

    \b
    Examples:
      parlance spec import openapi.yaml --output acme
      parlance spec bundle openapi.yaml --output acme.json
    """  # noqa: D301 click reads the backspace


def _choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what of a document is taken."""
    options = (
        click.option("--schemas", metavar="NAME[,NAME…]", help="These schemas; ARTIFACT=NAME calls one otherwise."),
        click.option("--operation", metavar="'POST /PATH'", help="The operation.  [default: that of the chat format]"),
        click.option("--ref", "refs", metavar="URL=FILE", multiple=True, help="Read this file for a reference to URL."),
        click.option("--as-of", metavar="DAY", help="The day that the document describes.  [default: in its version]"),
        click.option("--id", "identifier", metavar="ID", help="The name of the spec.  [default: from the title]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@spec.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", metavar="FOLDER", required=True, help="The folder of the spec.")
@click.option("--report", metavar="FILE", help="Write every edit to .json, .md or another file as text.")
@_choice_options
def import_(file: Path, output: str, report: str | None, **choice: Any) -> int:
    """Import FILE, OpenAPI 3.0 or 3.1 or a JSON Schema, as a folder that --spec takes.

    Of an OpenAPI document the operation of the chat format is taken, with all that its request and its answers are made
    of. What a spec cannot say as it stands is normalised, and every edit is reported. What cannot be normalised is an
    error with its place, and nothing is written.

    \b
    Examples:
      parlance spec import openapi.yaml --output acme --report acme.md
      parlance spec import openapi.json --output acme --operation 'POST /v1/messages'
      parlance spec import openapi.json --output acme --schemas request=ChatRequest,response=ChatAnswer
      parlance validate --spec acme request.json

    Exit codes: 0 done; 2 the document cannot be imported, or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    from ..importing.report_text import summary

    gc.disable()  # the document is there to the end, and looking for garbage in it takes a tenth of the time
    try:
        imported = _imported(file, choice)
    except SpecError as error:
        show_faults(error.findings)
        return 2
    count = _write(Path(output), imported, file)
    if report is not None:
        _write_report(report, imported, file)
    edits = len(imported.report.edits)
    say(
        f"{output}: {imported.schemas} schemas for {', '.join(imported.artifacts)}: {count}",
        f"{edits} edit{'' if edits == 1 else 's'}{':' if edits else ''}",
        *summary(imported.report),
    )
    return 0


@spec.command()
@click.argument("source", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option("--output", metavar="FILE", required=True, help="The file that is written.")
@_choice_options
def bundle(source: Path, output: str, **choice: Any) -> int:
    """Write a document, or the folder of a spec, as one clean OpenAPI 3.1 file for other tools.

    A document is imported first: what `parlance spec import` would normalise is normalised here as well.

    Exit codes: 0 done; 2 the document cannot be read, or an argument is wrong.
    """
    from ..targets.openapi import openapi

    try:
        if source.is_dir():
            _refuse_choice(choice)
            contract = _contract(source)
        else:
            with tempfile.TemporaryDirectory() as folder:
                contract = _proved(_import(source, choice), Path(folder))
    except SpecError as error:
        show_faults(error.findings)
        return 2
    text = next(iter(openapi(contract))).text or ""
    with OutputFile(output) as file:
        file.write(text)
    say(f"{output}: {len(contract.definitions)} schemas")
    return 0


def _refuse_choice(choice: Mapping[str, Any]) -> None:
    for name in ("schemas", "operation", "refs", "as_of", "identifier"):
        if choice[name]:
            message = "a folder is bundled as it is: leave --schemas, --operation, --ref, --as-of and --id out"
            raise click.UsageError(message)


def _imported(file: Path, choice: Mapping[str, Any]) -> Imported:
    """The import, once it is proved that what comes out can be used."""
    imported = _import(file, choice)
    with tempfile.TemporaryDirectory() as folder:
        _proved(imported, Path(folder))
    return imported


def _import(file: Path, choice: Mapping[str, Any]) -> Imported:
    from ..importing.importing import import_document

    return import_document(file, _options(choice))


def _proved(imported: Imported, folder: Path) -> Contract:
    """The contract of what was imported, which no fault may have."""
    for name, text in imported.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    try:
        return _contract(folder)
    except SpecError as error:
        raise imported.relocated(error) from None


def _contract(folder: Path) -> Contract:
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
    day = None
    if choice["as_of"]:
        with suppress(ValueError):
            day = date.fromisoformat(choice["as_of"])
        if day is None:
            message = f"--as-of: {choice['as_of']!r} is not a day such as 2026-08-21"
            raise click.UsageError(message)
    name = choice["identifier"]
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


def _write(output: Path, imported: Imported, file: Path) -> str:
    """Write the folder, all of it or nothing; what has changed, in words."""
    from ..emit.lock import Lock, Output
    from ..emit.tree import OutputError, check_texts, write_tree

    try:
        checked = check_texts(imported.files)
        lock = Lock(
            inputs={file.name: imported.sha256},
            outputs={path: Output(each.sha256) for path, each in checked.items()},
        )
        made = write_tree(output, {path: each.content for path, each in checked.items()}, lock)
    except OutputError as error:
        raise click.ClickException(str(error)) from None
    files = [path for path in made.all if path in imported.files]
    return "nothing changed" if not files else "new" if made.added else "changed"


def _write_report(name: str, imported: Imported, file: Path) -> None:
    from ..importing.report_text import as_json, as_markdown, as_text

    facts = {"source": file.name, "sha256": imported.sha256, "spec": imported.name, "schemas": imported.schemas}
    match Path(name).suffix.lower():
        case ".json":
            text = as_json(imported.report, facts)
        case ".md":
            text = as_markdown(imported.report, f"Import of {file.name}")
        case _:
            text = as_text(imported.report)
    with OutputFile(name) as stream:
        stream.write(text)
