"""`parlance dialects lint`: what an author of a dialect has left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..check.reports.json_finding import as_json, json_text
from ..finding import Finding, SpecError
from .spec_faults import show_faults

if TYPE_CHECKING:
    from ..spec import DialectFile, Spec

__all__ = ["lint"]

_UNREADABLE = "PAR901"
_TABLES = Path("tests", "cases", "dialects")
"""Beside the folder of a spec: the tables of cases, a folder for each dialect."""


@click.command("lint", short_help="Look for what a dialect leaves open.")
@click.argument("names", metavar="[ID | FILE]...", nargs=-1)
@click.option(
    "--cases",
    "tables",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Tables of cases, a folder for each dialect.  [default: tests/cases/dialects beside the spec]",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The output format.",
)
def lint(names: tuple[str, ...], tables: Path | None, form: str) -> int:
    """Look for what the authors of dialects left open; of every dialect, if none is named.

    Claims without a source, fields that nobody decided, actions without effect, rules that never speak, examples that
    do not conform, and claims of which no case shows what they refuse or take. A FILE is an overlay; its name ends in
    .yaml.

    \b
    Examples:
      parlance dialects lint
      parlance dialects lint kluster-2024-10
      parlance dialects lint gateway.yaml --output-format json
    """  # noqa: D301 click reads the backspace
    if tables is not None and not tables.is_dir():
        message = f"{tables} is not a folder"
        raise click.UsageError(message)
    try:
        found, code = [*_findings(names, tables)], 0
    except SpecError as error:
        found = [*error.findings]
        code = 2 if any(each.span is None or each.code == _UNREADABLE for each in found) else 1
    if form == "json":
        rows = [as_json(each, each.span.file if each.span else "") for each in found]
        click.echo(json_text({"findings": rows}))
    else:
        show_faults(found, err=code == 2)
        if code != 2:
            click.echo(_count(found))
    return code or int(bool(found))


def _count(found: Sequence[Finding]) -> str:
    return f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "no findings"


def _findings(names: Sequence[str], tables: Path | None) -> Iterator[Finding]:
    """What is found in the dialects of these names, one after the other. Raises `SpecError`."""
    from ..dialect_lint import lint_dialect
    from ..spec import resolve, with_overlays
    from ..spec_source import SpecSource

    spec = SpecSource().load()
    folder = tables or spec.root.parent / _TABLES
    for name in dict.fromkeys(names) or [dialect.id for dialect in spec.dialects]:
        if name.endswith((".yaml", ".yml")):
            loaded = with_overlays(spec, [Path(name)])
            dialect = next(each for each in loaded.dialects if each not in spec.dialects)
            yield from lint_dialect(dialect, resolve(loaded, dialect.id), _of(dialect.id, tables))
        else:
            dialect = _named(spec, name)
            yield from lint_dialect(dialect, resolve(spec, dialect.id), _of(dialect.id, folder))


def _of(dialect: str, folder: Path | None) -> Path | None:
    """The tables of a dialect; None where there are no tables at all, as beside an installed spec."""
    return folder / dialect if folder is not None and folder.is_dir() else None


def _named(spec: Spec, name: str) -> DialectFile:
    from ..spec import resolve

    dialect = spec.names.get(name)
    if dialect is None:
        resolved = resolve(spec, name)  # which complains of a name that nothing has
        message = f"{resolved.id} is the base on a day, and no dialect that anybody wrote; name one"
        raise click.UsageError(message)
    return dialect
