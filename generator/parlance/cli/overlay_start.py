"""`parlance dialects init`: the beginning of a user's own dialect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import click

from ..check.dialect import UnknownDialect
from ..finding import SpecError
from .spec_options import spec_options, spec_source
from .terminal import say

if TYPE_CHECKING:
    from ..spec import Resolved
    from ..spec_source import SpecSource

__all__ = ["init"]


@click.command("init", short_help="Begin a dialect of your own.")
@click.argument("name", metavar="NAME")
@click.option("--extends", "parent", metavar="ID", help="The dialect that it is made of.  [default: the default one]")
@spec_options
def init(name: str, parent: str | None, spec: str | None, overlays: tuple[str, ...]) -> None:
    """Write NAME.yaml here, the commented beginning of a dialect of your own.

    \b
    Examples:
      parlance dialects init gateway --extends openai
      parlance lint --overlay gateway.yaml prompts/

    Exit codes: 0 done; 2 the file is there already, or a name is wrong.
    """  # noqa: D301 click reads the backspace
    from ..on_demand import resolve_named

    source = spec_source(spec, overlays)
    loaded = source.load()
    _check_name(name, [*loaded.names, loaded.base.id], loaded.grammar.definitions["identifier"]["pattern"])
    chosen = parent or loaded.default
    try:
        resolved = resolve_named(loaded, chosen)
    except UnknownDialect as error:
        raise click.UsageError(str(error)) from None
    path = Path(f"{name}.yaml")
    text = _text(name, chosen, resolved)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        message = f"{path} is there already, and stays as it is"
        raise click.UsageError(message) from None
    _prove(source, path)
    say(f"{path}: new; it is {chosen} until it says what is different")
    say(f"run: parlance lint --overlay {path} FILE")


def _check_name(name: str, taken: list[str], pattern: str) -> None:
    import re

    if not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), name):
        message = f"{name!r} is not a name: write lower-case words of letters and digits, joined by hyphens"
        raise click.UsageError(message)
    if name in taken:
        message = f"the name {name!r} is taken; parlance dialects lists them"
        raise click.UsageError(message)


def _text(name: str, parent: str, resolved: Resolved) -> str:
    """The text of the file, with a field of the dialect as an example."""
    record, field = _example(resolved)
    parent, at, day = parent.partition("@")
    as_of = f"as-of: {day}" if at else f"# as-of: {resolved.as_of}"
    as_of = f"{as_of:34}# the day of the base; without it, that of what it extends"
    start = Template(Path(__file__).with_name("overlay_start.yaml").read_text("utf-8"))
    title = " ".join(name.split("-")).capitalize()
    today = datetime.now(UTC).date()
    return start.substitute(name=name, parent=parent, title=title, today=today, as_of=as_of, record=record, field=field)


def _example(resolved: Resolved) -> tuple[str, str]:
    """The first named schema with an optional field of which nothing is decided, and that field."""
    for name, schema in resolved.document["components"]["schemas"].items():
        for field, facts in schema.get("properties", {}).items():
            if field not in schema.get("required", ()) and field.isidentifier() and "x-policy" not in facts:
                return name, field
    return "Name", "field"


def _prove(source: SpecSource, path: Path) -> None:
    """Load what was written; a file that cannot be used goes away again."""
    try:
        source.with_overlay(path).load()
    except SpecError:
        path.unlink(missing_ok=True)
        raise
