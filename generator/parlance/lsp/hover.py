"""What stands at the cursor, in words: the page of a rule on a finding, that of a field on a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from ..finding import Finding
from ..finding.pointer import joined, value_at
from .contracts import Contracts
from .diagnostics import finding_range
from .editor_file import FileRole
from .open_documents import OpenDocument
from .payload_places import PlaceInPayload, payloads_of, place_in

__all__ = ["hover"]

_RULE = "\n\n---\n\n"
_MOST = 3
"""Findings at one place that are explained; an editor lists the others."""


def hover(
    document: OpenDocument, offset: int, findings: Iterable[Finding], role: FileRole, contracts: Contracts
) -> Hover | None:
    """What is known of the place at *offset*; None where nothing is."""
    here = [one for one in findings if _is_at(one, document, offset)]
    found = _field_pages(document, offset, role, contracts)
    pages = [*_rule_pages(here[:_MOST], role, contracts), *(text for _, text in found)]
    if not pages:
        return None
    place = next((place for place, _ in found), None)
    span = here[0].span if here else place.span if place else None
    shown = document.positions.range(*document.positions.span_offsets(span)) if span else None
    return Hover(MarkupContent(MarkupKind.Markdown, _RULE.join(pages)), shown)


def _is_at(finding: Finding, document: OpenDocument, offset: int) -> bool:
    shown = finding_range(finding, document.positions)
    start, end = document.positions.offset(shown.start), document.positions.offset(shown.end)
    return start <= offset < max(end, start + 1)


def _rule_pages(findings: Sequence[Finding], role: FileRole, contracts: Contracts) -> Iterator[str]:
    if not findings:
        return
    from .rule_text import rule_text  # with all that reads specs

    contract = contracts.of(role)
    for finding in {one.code: one for one in findings}.values():
        yield rule_text(finding, contract)


def _field_pages(
    document: OpenDocument, offset: int, role: FileRole, contracts: Contracts
) -> list[tuple[PlaceInPayload, str]]:
    """The page of the field at a place; before it that of the value, where the spec has one."""
    line, column = document.positions.place(offset)
    for payload in payloads_of(role, document.text, line):
        place = place_in(payload.document, line, column)
        contract = contracts.of(role) if place else None
        if place is None or contract is None:
            continue
        from .field_text import field_text, value_text
        from .type_places import TypePlaces

        places = TypePlaces(contract, payload.artifact, payload.document.value)
        found: list[tuple[PlaceInPayload, str]] = []
        if not place.on_key:
            value = value_at(payload.document.value, joined(place.steps))
            named = [one for one in places.values(place.steps) if one.value == value and type(one.value) is type(value)]
            found += [(place, text) for one in named if (text := value_text(one))]
        steps = place.steps
        while len(steps) > 1 and steps[-1].isdecimal():  # of an item of an array, the field that has the array
            steps = steps[:-1]
        owner = places.field(steps)
        if owner is not None:
            found.append((place, field_text(owner, places, role.dialect.id)))
        return found
    return []
