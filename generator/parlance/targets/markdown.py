"""A contract as a reference page: tables of fields and values, with dates, bounds and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Evidence,
    Field,
    Integer,
    JsonValue,
    Map,
    Member,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from .file import File
from .json_text import json_line
from .markdown_text import code, prose
from .phrases import bounds, deprecated, policy_sentences, unconfirmed
from .python_names import class_name
from .rule_pages import rule_rows

__all__ = ["markdown", "type_text"]

_UNKNOWN = {
    UnknownFields.REFUSE: "Other fields are an error.",
    UnknownFields.IGNORE: "Other fields are ignored.",
    UnknownFields.KEEP: "Other fields are passed on.",
    UnknownFields.OPEN: "Other fields are welcome.",
}
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
            "unknown": prose(_UNKNOWN[contract.unknown_fields]),
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
        "anchor": _anchor(record.name),
        "description": _description(record),
        "unknown": unconfirmed(_UNKNOWN[record.unknown], "unknown" in record.doubtful),
        "fields": [_field(field) for field in record.fields],
    }


def _field(field: Field) -> dict[str, str]:
    kind, nullable = _without_null(field.type)
    return {
        "name": code(field.name),
        "type": type_text(kind, _link),
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
        "anchor": _anchor(enumeration.name),
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
        "anchor": _anchor(alias.name),
        "description": " ".join(
            filter(None, [_description(alias), prose(" ".join(bounds(alias.type))), _default(alias)])
        ),
        "type": type_text(alias.type, _link),
    }


def _default(thing: Enumeration | Alias) -> str:
    return f"Default {code(json_line(thing.default))}." if thing.has_default else ""


def _description(thing: Definition | Field | Member) -> str:
    deprecation = thing.history.deprecation
    sentences = [thing.description, deprecated(deprecation) if deprecation else "", *policy_sentences(thing)]
    return prose(" ".join(filter(None, sentences)))


def _without_null(kind: Type) -> tuple[Type, bool]:
    if isinstance(kind, Union) and Null() in kind.options:
        rest = tuple(option for option in kind.options if option != Null())
        return (rest[0] if len(rest) == 1 else Union(rest)), True
    return kind, False


def type_text(kind: Type, link: Callable[[str], str]) -> str:
    """A type in words, as Markdown; *link* says how a definition is referred to."""
    match kind:
        case Text():
            return "string"
        case Integer():
            return "integer"
        case Number():
            return "number"
        case Boolean():
            return "boolean"
        case Null():
            return "null"
        case Anything():
            return "any value"
        case Nothing():
            return "refused"
        case Constant():
            return code(json_line(kind.value))
        case Array():
            return f"array of {type_text(kind.items, link)}"
        case Map():
            return f"map of {type_text(kind.values, link)}"
        case Named():
            return link(kind.name)
        case Union():
            return " or ".join(type_text(option, link) for option in kind.options)
        case Tagged():
            options = ", ".join(f"{code(json_line(value))}: {link(name)}" for value, name in kind.options)
            others = "any other" if kind.others is None else f"else {link(kind.others)}"
            options += f", {others}" if kind.open else ""
            absent = "" if kind.default is None else f" ({code(json_line(kind.default))} where it is absent)"
            return f"by {code(kind.tag)}{absent}: {options}" + unconfirmed("", kind.doubtful)
        case _:
            assert_never(kind)


def _link(name: str) -> str:
    return f"[{prose(name)}](#{_anchor(name)})"


def _anchor(name: str) -> str:
    # Headings of the page itself have no such prefix, and names may differ in case only.
    return f"name-{class_name(name)}"


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
