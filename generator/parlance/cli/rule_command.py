"""`parlance rule`: what a code means, and every code that there is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..check.excerpt import WIDTH
from ..check.reports.json_finding import json_text
from ..finding import did_you_mean
from ..finding.catalogue import CATALOGUE
from ..finding.printable import printable
from . import completed_values
from .invocation import settings_options
from .rule_facts import applies_to, built_in_facts, rule_facts, summary_row
from .spec_options import spec_options, spec_source

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from ..contract.manual import Page
    from ..spec_source import SpecSource

__all__ = ["rule"]

_INDENT = " " * 8
"""Before the summary of a code in the list."""

_LABEL = 10
"""Columns of the words at the left."""


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
    built_in = name is not None and name.upper() in CATALOGUE and dialect is None and form == "text"
    contracts = () if built_in else _contracts(source, dialect)
    pages = _by_code(contracts)
    if name is None:
        rows = [summary_row(code, pages) for code in sorted({*CATALOGUE, *pages})]
        click.echo(json_text(rows) if form == "json" else "\n".join(_table(rows)))
        return
    code = _code(name, pages, source, dialect)
    facts = rule_facts(pages[code]) if code in pages else built_in_facts(code, contracts)
    if form == "json":
        click.echo(json_text(facts))
    else:
        click.echo("\n".join(_manual(pages[code]) if code in pages else _entry(facts)))


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


def _by_code(contracts: Sequence[Contract]) -> dict[str, Page]:
    from ..contract.manual import pages

    return {page.rule.code: page for page in pages(contracts)}


def _code(name: str, pages: dict[str, Page], source: SpecSource, dialect: str | None) -> str:
    """The code that is meant. Raises `click.UsageError`."""
    names = {entry.name: code for code, entry in CATALOGUE.items()}
    names |= {page.rule.name: code for code, page in pages.items()}
    codes = {*CATALOGUE, *pages}
    if name.upper() in codes:
        return name.upper()
    if name.lower() in names:
        return names[name.lower()]
    if dialect is not None:
        elsewhere = _by_code(_contracts(source, None))
        page = elsewhere[_code(name, elsewhere, source, None)]
        others = ", ".join(holding.dialect for holding in page.dialects)
        message = f"{page.rule.code} {page.rule.name} does not hold in {dialect!r}; it does in {others}"
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
        yield from _wrapped(row["summary"], _INDENT)


def _entry(facts: dict[str, Any]) -> Iterator[str]:
    yield f"{facts['code']} {facts['name']} ({facts['severity']})"
    yield ""
    yield from _wrapped(facts["summary"], "")
    yield from ("", *_labelled("applies to", facts["applies_to"]))
    for server in facts["server"]:
        text = " ".join(str(server[key]) for key in ("status", "type", "code", "text") if server.get(key) is not None)
        yield from _labelled("server", f"{text} ({', '.join(server['dialects'])})")


def _manual(page: Page) -> Iterator[str]:
    """The page for a terminal. One example of each kind is enough there."""
    from ..targets.example_text import example_lines
    from ..targets.phrases import sourced
    from ..targets.rule_words import answer, answers_elsewhere, confidence, fixed, policies

    rule = page.rule
    yield f"{rule.code} {rule.name} ({rule.severity})"
    yield ""
    yield from _wrapped(f"{rule.summary} {rule.why}", "")
    for title, example in (("bad", rule.bad[0]), ("good", rule.good[0])):
        yield from ("", title)
        yield from (f"  {printable(line)}" for line in example_lines(rule, example))
    yield ""
    for message, advice in page.messages:
        yield from _labelled("reported", message)
        if advice:
            yield from _labelled("help", advice)
    for server in rule.server:
        yield from _labelled("server", f"{answer(server)}: {server.text}" if server.text else answer(server))
    for text, servers in answers_elsewhere(page).items():
        yield from _labelled("server", f"{text} ({', '.join(servers)})")
    accepted: dict[str, list[str]] = {}
    for title, models, verdict, fields in policies(page):
        accepted.setdefault(f"{title} ({models})", []).append(f"{', '.join(fields)} {verdict}")
    for row, verdicts in accepted.items():
        yield from _labelled("model", f"{row}: {'; '.join(verdicts)}")
    yield from _labelled("applies to", applies_to(rule))
    yield from _labelled("dialects", ", ".join(_dialects(page)))
    if rule.fix:
        yield from _labelled("fix", fixed(rule.fix))
    for evidence in page.sources:
        yield from _labelled("source", sourced(evidence))
    for evidence, dialects in page.evidence.items():
        yield from _labelled("source", f"{sourced(evidence)} (of {', '.join(dialects)})")
    yield from _labelled("confidence", confidence(rule))


def _dialects(page: Page) -> Iterator[str]:
    from ..targets.rule_words import holding_note

    for holding in page.dialects:
        note = holding_note(holding, page.rule.severity)
        yield f"{holding.dialect} ({note})" if note else holding.dialect


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(text, f"{label:{_LABEL}}  ")


def _wrapped(text: str, head: str) -> list[str]:
    gap = " " * len(head)
    wrapper = textwrap.TextWrapper(WIDTH, head, gap, break_on_hyphens=False)
    return wrapper.wrap(printable(text))
