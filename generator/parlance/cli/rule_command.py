"""`parlance rule`: what a code means, and every code that there is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ..check.reports.json_finding import json_text
from ..finding import did_you_mean
from ..finding.catalogue import CATALOGUE
from ..finding.printable import WIDTH, printable
from . import completed_values
from .invocation import settings_options
from .spec_options import spec_options, spec_source

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from ..kept_rows import KeptRows
    from ..spec_source import SpecSource
    from ..targets.rule_manual import RuleManual

__all__ = ["rule"]

_INDENT = " " * 8
"""Before the summary of a code in the list."""


@click.command
@click.argument("name", metavar="[CODE | NAME]", required=False, shell_complete=completed_values.codes)
@click.option(
    "--dialect",
    metavar="ID",
    shell_complete=completed_values.dialects,
    help="As this dialect has it, with what its server answers.",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The output format.",
)
@spec_options
@settings_options
def rule(name: str | None, dialect: str | None, form: str, spec: str | None, overlays: tuple[str, ...]) -> None:
    """Explain a code: what, why, examples, what a server answers, where it applies, sources. Without one, list all.

    \b
    Examples:
      parlance rule PAR301
      parlance rule unanswered-tool-call
      parlance rule PAR201 --dialect kluster
      parlance rule --output-format json

    Exit codes: 0 done; 2 no such code or name.
    """  # noqa: D301 click reads the backspace
    source = spec_source(spec, overlays)
    manual = _manual(name, dialect, form, source)
    if name is None:
        rows = manual.rows()
        click.echo(json_text(rows) if form == "json" else "\n".join(_table(rows)))
        return
    code = _code(name, manual, source, dialect)
    click.echo(json_text(manual.facts(code)) if form == "json" else "\n".join(manual.lines(code)))


def _manual(name: str | None, dialect: str | None, form: str, source: SpecSource) -> RuleManual | KeptManual:
    """What there is to say of codes: of the tool's own spec that was found out when its files were made."""
    is_built_in = dialect is None and form == "text" and name is not None and name.upper() in CATALOGUE
    if not is_built_in and dialect is None and (kept := source.command_pages()):
        return KeptManual(kept)
    from ..targets.rule_manual import RuleManual

    return RuleManual(() if is_built_in else _contracts(source, dialect))


class KeptManual:
    """The manual of the spec that comes with the tool."""

    def __init__(self, pages: KeptRows) -> None:
        self._pages = pages

    def rows(self) -> list[dict[str, Any]]:
        """A row for each code."""
        return cast("list[dict[str, Any]]", self._pages.row("rule"))

    def facts(self, code: str) -> dict[str, Any]:
        """All that is known of a code."""
        return cast("dict[str, Any]", self._pages.row(f"rule {code}")["facts"])

    def lines(self, code: str) -> list[str]:
        """What a terminal shows of a code."""
        return cast("list[str]", self._pages.row(f"rule {code}")["lines"])


def _contracts(source: SpecSource, dialect: str | None) -> Sequence[Contract]:
    """Those of every dialect, the newest first, and of one day the default; or of one. Raises `click.UsageError`."""
    from ..check.dialect import UnknownDialect
    from ..contract.build import build_contracts
    from ..on_demand import resolve_named
    from ..spec import resolve

    spec = source.load()
    if dialect is not None:
        try:
            return [*build_contracts([resolve_named(spec, dialect)])]
        except UnknownDialect as error:
            raise click.UsageError(str(error)) from None
    newest = sorted(spec.dialects, key=lambda dialect: (dialect.as_of, dialect.default), reverse=True)
    names = [dialect.id for dialect in newest] or [spec.base.id]
    return [*build_contracts(resolve(spec, name) for name in names)]


def _code(name: str, manual: RuleManual | KeptManual, source: SpecSource, dialect: str | None) -> str:
    """The code that is meant. Raises `click.UsageError`."""
    names = {str(row["name"]): str(row["code"]) for row in manual.rows()}
    codes = {*names.values()}
    if name.upper() in codes:
        return name.upper()
    if name.lower() in names:
        return names[name.lower()]
    if dialect is not None:
        everywhere = _manual(None, None, "json", source)
        facts = everywhere.facts(_code(name, everywhere, source, None))
        message = (
            f"{facts['code']} {facts['name']} does not hold in {dialect!r}; it does in {', '.join(facts['dialects'])}"
        )
        raise click.UsageError(message)
    partly = [known for known in names if name.lower() in known]
    advice = did_you_mean(name, [*sorted(codes), *names])
    if not advice and partly and name:
        advice = f"; there are {', '.join(partly[:5])}" if len(partly) > 1 else f"; did you mean {partly[0]!r}?"
    message = f"there is no rule {name!r}{advice or '; parlance rule lists them all'}"
    raise click.UsageError(message)


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{row['code']}  {row['severity']:7}  {row['name']}"
        yield from textwrap.wrap(
            printable(row["summary"]), WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
        )
