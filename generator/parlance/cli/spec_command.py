"""`parlance spec`: other people's documents, imported as a spec or bundled for other tools; what changes in a spec."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError
from .changelog_command import changelog
from .diff_command import diff
from .import_options import contract_of_folder, import_file, naming_options, proved
from .output_file import OutputFile
from .report_schema import report_schema_option
from .spec_faults import show_faults
from .terminal import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..importing.importing import Imported

__all__ = ["spec"]


@click.group()
def spec() -> None:
    """Import a document of OpenAPI or JSON Schema as a spec, bundle one, or say what changed between two.

    \b
    Examples:
      parlance spec import openapi.yaml --output acme
      parlance spec bundle openapi.yaml --output acme.json
      parlance spec diff HEAD:openapi.yaml openapi.yaml
      parlance spec changelog openapi-2026-07.yaml openapi-2026-08.yaml
    """  # noqa: D301 click reads the backspace


def _report_schema() -> str:
    from ..importing.report_text import schema_text

    return schema_text()


@spec.command("import", short_help="Import a document of OpenAPI or JSON Schema.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", metavar="FOLDER", required=True, help="The folder of the spec.")
@click.option("--report", metavar="FILE", help="Write every edit to .json, .md or another file as text.")
@report_schema_option(_report_schema)
@naming_options
def import_(file: Path, output: str, report: str | None, **choice: Any) -> int:
    """Import FILE, OpenAPI 3.0 or 3.1 or a JSON Schema, as a folder that --spec takes.

    Of an OpenAPI document the operation of the chat format is taken, with all that its request and its answers are made
    of. What a spec cannot say as it stands is normalised, and every edit is reported. What cannot be normalised is an
    error with its place, and nothing is written.

    \b
    Examples:
      parlance spec import openapi.yaml --output acme --report acme.md
      parlance spec import api.json --output acme --operation 'POST /v1/chat'
      parlance spec import api.json --output acme --schemas request=Ask,response=A
      parlance validate --spec acme request.json

    Exit codes: 0 done; 2 the document cannot be imported, or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    from ..importing.report_text import summary

    gc.disable()  # the document is there to the end, and looking for garbage in it takes a tenth of the time
    try:
        imported = import_file(file, choice)
        proved(imported)
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


@spec.command(short_help="Write a document, or a spec, as one clean file.")
@click.argument("source", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option("--output", metavar="FILE", required=True, help="The file that is written.")
@naming_options
def bundle(source: Path, output: str, **choice: Any) -> int:
    """Write a document, or the folder of a spec, as one clean OpenAPI 3.1 file for other tools.

    A document is imported first: what `parlance spec import` would normalise is normalised here as well.

    Exit codes: 0 done; 2 the document cannot be read, or an argument is wrong.
    """
    from ..targets.openapi import openapi

    try:
        if source.is_dir():
            _refuse_choice(choice)
            contract = contract_of_folder(source)
        else:
            contract = proved(import_file(source, choice))
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


spec.add_command(diff)
spec.add_command(changelog)
