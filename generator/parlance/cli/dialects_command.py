"""`parlance dialects`: what there is to check against."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ..check.excerpt import WIDTH
from ..check.reports.json_finding import json_text
from ..finding.plural import counted
from ..finding.printable import printable
from . import completed_values
from .dialect_lint_command import lint
from .invocation import settings_options
from .overlay_start import init
from .spec_options import spec_options, spec_source
from .text_table import lines_of_table

if TYPE_CHECKING:
    from ..spec_source import SpecSource

__all__ = ["dialects"]

_INDENT = "  "

_FORMAT = click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The output format.",
)


@click.group(invoke_without_command=True)
@_FORMAT
@spec_options
@settings_options
@click.pass_context
def dialects(ctx: click.Context, form: str, spec: str | None, overlays: tuple[str, ...]) -> None:
    """List the dialects, show one, compare them, begin one of your own, or look for what is open in one.

    \b
    Examples:
      parlance dialects
      parlance dialects show kluster-2024-10
      parlance dialects show openai@2025-03-01 --output-format json
      parlance dialects matrix --field seed
      parlance dialects init gateway --extends openai
      parlance dialects show gateway.yaml
      parlance dialects lint gateway.yaml
    """  # noqa: D301 click reads the backspace
    if ctx.invoked_subcommand is None:
        _list(form, spec_source(spec, overlays))


@dialects.command("list")
@_FORMAT
@spec_options
def list_dialects(form: str, spec: str | None, overlays: tuple[str, ...]) -> None:
    """List the dialects."""
    _list(form, spec_source(spec, overlays))


@dialects.command("show", short_help="Show the fields of a dialect, and the evidence.")
@click.argument("name", metavar="ID | FILE", shell_complete=completed_values.dialects)
@_FORMAT
@spec_options
def show(name: str, form: str, spec: str | None, overlays: tuple[str, ...]) -> None:
    """Show the fields of a dialect, its differences from its parent, and the evidence.

    A FILE is an overlay; its name ends in .yaml.
    """
    from ..check.dialect import UnknownDialect
    from ..on_demand import resolve_named
    from .overview import overview

    source, file = spec_source(spec, overlays), Path(name) if name.endswith((".yaml", ".yml")) else None
    loaded = source.with_overlay(file).load() if file else source.load()
    try:
        resolved = resolve_named(loaded, loaded.id_of(file) if file else name)
    except UnknownDialect as error:
        raise click.UsageError(str(error)) from None
    facts = overview(loaded, resolved)
    click.echo(json_text(facts) if form == "json" else "\n".join(_page(facts)))


@dialects.command("matrix")
@click.option(
    "--dialect",
    "names",
    metavar="IDS",
    multiple=True,
    shell_complete=completed_values.dialects,
    help="Only these dialects, with commas between them.",
)
@click.option("--field", "fields", metavar="FIELD", multiple=True, help="A field, or a JSON Pointer with `*` to one.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="The output format.",
)
@spec_options
def matrix(
    *, names: tuple[str, ...], fields: tuple[str, ...], form: str, spec: str | None, overlays: tuple[str, ...]
) -> None:
    """Show what each dialect does with each field of a request.

    \b
    Examples:
      parlance dialects matrix
      parlance dialects matrix --dialect openai,kluster --field seed
      parlance dialects matrix --field '/messages/*/role=developer'
    """  # noqa: D301 click reads the backspace
    from ..check.dialect import UnknownDialect
    from .matrix_command import print_matrix

    chosen = [name for each in names for name in each.split(",")]
    try:
        print_matrix(spec_source(spec, overlays).load(), chosen, fields, form)
    except UnknownDialect as error:
        raise click.UsageError(str(error)) from None


dialects.add_command(lint)


def _list(form: str, source: SpecSource) -> None:
    if (kept := source.command_pages()) is not None:
        found = cast("list[dict[str, Any]]", kept.row("dialects"))
    else:
        from .overview import overviews

        found = overviews(source.load())
    if form == "json":
        click.echo(json_text(found))
        return
    rows = [("dialect", "also", "date", "fields", "title")]
    for one in found:
        names = ", ".join([*one["aliases"], *["default"] * one["default"]])
        rows.append((one["id"], names, one["released"], str(one["request_fields"]), one["title"]))
    click.echo("\n".join(lines_of_table(rows)))


dialects.add_command(init)


def _page(facts: dict[str, Any]) -> Iterator[str]:
    names = [*facts["aliases"], *["default"] * facts["default"]]
    yield from _text(f"{facts['id']}: {facts['title']}" + (f" ({', '.join(names)})" if names else ""))
    yield from _text(facts["description"])
    base = "" if facts["released"] == facts["as_of"] else f", its base as of {facts['as_of']}"
    yield from _text(f"As of {facts['released']}{base}. Unknown fields: {facts['unknown_fields']}.")
    if facts["note"]:
        yield from _text(f"Note: {facts['note']}.")
    for artifact in facts["artifacts"]:
        count = counted(len(artifact["fields"]), "field")
        yield from ("", f"{artifact['name']} ({artifact['root']}, {artifact['direction']}, {count})")
        yield from _fields(artifact["fields"])
    if facts["parent"]:
        yield from ("", f"differences from {facts['parent']}")
        for line in facts["differences"] or ["none"]:
            yield from _text(line, _INDENT)
    yield from _evidence("sources", facts["sources"])
    yield from _evidence("evidence", facts["evidence"])


def _fields(fields: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A row for each field, then what there is to say of some."""
    rows = [("field", "type", "presence", "since"), *map(_row, fields)]
    yield from (f"{_INDENT}{line}" for line in lines_of_table(rows, WIDTH - len(_INDENT)))
    noted: dict[str, list[str]] = {}
    for field in fields:
        if notes := _notes(field):
            noted.setdefault(notes, []).append(field["name"])
    for notes, names in noted.items():
        yield from _text(f"{', '.join(names)}: {notes}", _INDENT)


def _row(field: dict[str, Any]) -> tuple[str, ...]:
    null = " or null" if field["null"] else ""
    return field["name"], f"{field['type']}{null}", field["presence"], field["since"] or ""


def _notes(field: dict[str, Any]) -> str:
    effect = f" ({field['effect']})" if field["effect"] else ""
    notes: list[str] = [] if field["policy"] == "supported" else [field["policy"] + effect]
    if field["deprecated"]:
        since = f" since {field['deprecated_since']}" if field["deprecated_since"] else ""
        instead = f", use {' or '.join(field['replaced_by'])}" if field["replaced_by"] else ""
        notes.append(f"deprecated{since}{instead}")
    if not field["printed"]:
        notes.append("not printed")
    return "; ".join(notes)


def _evidence(title: str, items: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not items:
        return
    yield from ("", title)
    for item in items:
        confidence = f"confidence {item['confidence']}" if item.get("confidence", "A") != "A" else ""
        source = ", ".join(filter(None, (" ".join(filter(None, (item.get("source"), item.get("date")))), confidence)))
        says = item.get("says")
        target = f"{item['target']}: " if "target" in item else ""
        yield from _text(f"{target}{says} ({source})" if says else f"{target}{source}", _INDENT)


def _text(text: str, indent: str = "") -> list[str]:
    """Prose in as many lines as it needs; only an address or a path that is longer is broken."""
    gap = indent * 2 if indent else ""
    return textwrap.wrap(printable(text), WIDTH, initial_indent=indent, subsequent_indent=gap, break_on_hyphens=False)
