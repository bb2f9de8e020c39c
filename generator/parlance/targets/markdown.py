"""A contract as a reference page: tables of fields and values, with dates, bounds and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from ..contract.ir import (
    Alias,
    Contract,
    Definition,
    Enumeration,
    Evidence,
    Field,
    JsonValue,
    Member,
    Presence,
    Record,
)
from .file import File
from .json_text import json_line
from .linked_types import linked_type, without_null
from .markdown_text import anchor, code, prose
from .phrases import bounds, deprecated, policy_sentences, unconfirmed
from .record_book import record_file
from .rule_pages import rule_rows
from .unknown_words import UNKNOWN_FIELDS, unknown_sentence

__all__ = ["markdown"]

_PRESENCE = {Presence.REQUIRED: "yes", Presence.EXPECTED: "expected", Presence.OPTIONAL: ""}


def markdown(contract: Contract) -> Iterator[File]:
    """`markdown/<dialect>.md`."""
    definitions = contract.definitions
    yield File(
        path=f"markdown/{contract.dialect}.md",
        template="markdown/dialect.md.j2",
        view={
            "title": prose(contract.title),
            "description": prose(contract.description),
            "dialect": code(contract.dialect),
            "day": contract.day.isoformat(),
            "as_of": contract.as_of.isoformat(),
            "parent": code(contract.parent) if contract.parent else "",
            "unknown": prose(UNKNOWN_FIELDS[contract.unknown_fields]),
            "artifacts": [
                {
                    "name": code(artifact.name),
                    "root": _link(artifact.root),
                    "media_type": code(artifact.media_type),
                    "description": prose(artifact.description),
                }
                for artifact in contract.artifacts
            ],
            "records": [_record(each) for each in definitions if isinstance(each, Record)],
            "enumerations": [_enumeration(each) for each in definitions if isinstance(each, Enumeration)],
            "aliases": [_alias(each) for each in definitions if isinstance(each, Alias)],
            "rules": rule_rows(contract),
            "deprecations": [*_deprecations(definitions)],
            "sources": [_evidence(evidence) for evidence in contract.sources],
            "evidence": [*_all_evidence(definitions)],
        },
    )


def _record(record: Record) -> dict[str, Any]:
    return {
        "name": prose(record.name),
        "anchor": anchor(record.name),
        "page": f"records/{record_file(record.name)}",
        "description": _description(record),
        "unknown": unknown_sentence(record),
        "fields": [_field(field) for field in record.fields],
    }


def _field(field: Field) -> dict[str, str]:
    kind, nullable = without_null(field.type)
    return {
        "name": code(field.name),
        "type": linked_type(kind, _link),
        "required": _PRESENCE[field.presence],
        "null": "yes" if nullable else "",
        "default": code(json_line(field.default)) if field.has_default else "",
        "bounds": prose(" ".join(bounds(kind))),
        "since": str(field.history.since or ""),
        "description": _description(field),
    }


def _enumeration(enumeration: Enumeration) -> dict[str, Any]:
    return {
        "name": prose(enumeration.name),
        "anchor": anchor(enumeration.name),
        "description": _description(enumeration),
        "open": "Other values are accepted too."
        if enumeration.open
        else unconfirmed("No other value is accepted.", enumeration.doubtful),
        "default": _default(enumeration),
        "members": [
            {
                "value": code(json_line(member.value)),
                "since": str(member.history.since or ""),
                "description": _description(member),
            }
            for member in (*enumeration.members, *enumeration.refused)
        ],
    }


def _alias(alias: Alias) -> dict[str, str]:
    return {
        "name": prose(alias.name),
        "anchor": anchor(alias.name),
        "description": " ".join(
            filter(None, [_description(alias), prose(" ".join(bounds(alias.type))), _default(alias)])
        ),
        "type": linked_type(alias.type, _link),
    }


def _default(thing: Enumeration | Alias) -> str:
    return f"Default {code(json_line(thing.default))}." if thing.has_default else ""


def _description(thing: Definition | Field | Member) -> str:
    deprecation = thing.history.deprecation
    sentences = [thing.description, deprecated(deprecation) if deprecation else "", *policy_sentences(thing)]
    return prose(" ".join(filter(None, sentences)))


def _link(name: str) -> str:
    return f"[{prose(name)}](#{anchor(name)})"


def _parts(definitions: tuple[Definition, ...]) -> Iterator[tuple[str, Definition | Field | Member]]:
    """Every dated thing, with a link and its name."""
    for definition in definitions:
        yield _link(definition.name), definition
        match definition:
            case Record():
                for field in definition.fields:
                    yield f"{_link(definition.name)}.{code(field.name)}", field
            case Enumeration():
                for member in definition.members:
                    value: JsonValue = member.value
                    yield f"{_link(definition.name)} {code(json_line(value))}", member
            case Alias():
                pass
            case _:
                assert_never(definition)


def _deprecations(definitions: tuple[Definition, ...]) -> Iterator[dict[str, str]]:
    for link, thing in _parts(definitions):
        if deprecation := thing.history.deprecation:
            yield {
                "what": link,
                "since": str(deprecation.since or ""),
                "instead": ", ".join(map(code, deprecation.replaced_by)),
            }


def _all_evidence(definitions: tuple[Definition, ...]) -> Iterator[dict[str, str]]:
    for link, thing in _parts(definitions):
        for evidence in thing.history.evidence:
            yield {"what": link, **_evidence(evidence)}


def _evidence(evidence: Evidence) -> dict[str, str]:
    confidence = "" if evidence.confidence == "A" else f" (confidence {evidence.confidence})"
    return {
        "source": prose(f"{evidence.source}{confidence}"),
        "date": str(evidence.date or ""),
        "says": prose(evidence.says or ""),
    }
