"""The diagnostics of a document to findings: with a place in its text, and with fixes that are edits of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..finding import Finding, Severity, Span
from ..finding.pointer import value_at, with_ancestors
from .diagnostic import Diagnostic
from .dialect import Dialect
from .document import Document, Location
from .fixes.json_writing import writer_of
from .fixes.value_fix import ValueFix
from .json_parser import parse

__all__ = ["located_findings"]


def located_findings(
    document: Document, dialect: Dialect, diagnostics: Sequence[Diagnostic]
) -> Iterator[tuple[Finding, ValueFix | None]]:
    """The finding of each of *diagnostics*, and what would fix it."""
    writer = writer_of(document) if any(one.value_fix for one in diagnostics) else None
    locations = document.locations({place for one in diagnostics for place in with_ancestors(one.at)})
    for diagnostic in diagnostics:
        violation, value_fix = diagnostic.violation, diagnostic.value_fix
        rule = dialect.rules.get(violation.code)
        finding = Finding(
            code=violation.code,
            severity=Severity(violation.severity),
            pointer=diagnostic.pointer,
            message=violation.message,
            span=_span(diagnostic, locations),
            help=_help(diagnostic, document.remarks.get(diagnostic.at)),
            fix=writer.fix(value_fix) if writer and value_fix else None,
            name=rule.name if rule else "",
        )
        yield (_inside(finding, document) if rule and rule.inside else finding), value_fix


def _span(diagnostic: Diagnostic, locations: Mapping[str, Location]) -> Span | None:
    location = locations.get(diagnostic.at)
    if location is None:  # what is absent is shown where it should be
        return next((locations[place].value for place in with_ancestors(diagnostic.at) if place in locations), None)
    return location.key if diagnostic.on_key and location.key else location.value


def _help(diagnostic: Diagnostic, reading: str | None) -> str | None:
    """What to do, and what the format made of the value; that alone where the fix says what to do."""
    is_repeated = diagnostic.value_fix is not None and diagnostic.value_fix.title == diagnostic.help
    return "; ".join(filter(None, (None if reading and is_repeated else diagnostic.help, reading))) or None


def _inside(finding: Finding, document: Document) -> Finding:
    """*finding* at the place where the JSON text breaks off that the string at its pointer holds."""
    text = value_at(document.value, finding.pointer)
    source = document.inside(finding.pointer, text) if isinstance(text, str) else None
    fault = next(iter(parse(source).faults), None) if source else None
    if source is None or fault is None:
        return finding
    return replace(
        finding,
        message=f"{finding.message}: {fault.message}",
        span=source.span(fault.start, fault.end) if source.file else finding.span,
        help=fault.help or finding.help,
    )
