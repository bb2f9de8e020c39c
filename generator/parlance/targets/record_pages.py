"""A page for each record: an example, its fields with the rules about each, and what other dialects do with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ..contract.example_places import Concern
from ..contract.ir import Alias, Contract, Field, Presence, Record
from ..contract.references import mentions
from .file import File
from .json_text import json_file, json_line
from .linked_types import linked_type, without_null
from .markdown_text import anchor, block, code, prose
from .phrases import bounds, deprecated, policy_sentences
from .policy_words import state
from .record_book import RecordBook, record_file, records_of
from .unknown_words import unknown_sentence

__all__ = ["concern_link", "record_pages"]

_PRESENCE = {
    Presence.REQUIRED: "required",
    Presence.EXPECTED: "expected",
    Presence.OPTIONAL: "optional",
}
_ELSEWHERE = {
    "refused": "Refused by",
    "ignored": "Ignored by",
    "clamped": "Clamped by",
    "mapped": "Read as another value by",
    "renamed": "Has another name in",
    "unknown": "Not every server takes it in",
    "absent": "Not in",
}


def record_pages(book: RecordBook) -> Iterator[File]:
    """`markdown/records/<name>.md`, and `markdown/records/README.md`."""
    for name in book.dialects:
        yield File(f"markdown/records/{record_file(name)}", "markdown/record.md.j2", _view(book, name))
    if book.dialects:
        rows = [_row(book, name) for name in sorted(book.dialects)]
        yield File("markdown/records/README.md", "markdown/records.md.j2", {"records": rows})


def concern_link(concern: Concern, folder: str = "") -> str:
    """A link to a record, or to one of its fields."""
    record = f"{folder}{record_file(concern.record)}"
    if concern.field is None:
        return f"[{code(concern.record)}]({record})"
    return f"[{code(f'{concern.record}.{concern.field}')}]({record}#{_field_anchor(concern.field)})"


def _row(book: RecordBook, name: str) -> dict[str, str]:
    contract, record = book.record(name)
    dialects = book.dialects[name]
    return {
        "link": concern_link(Concern(name)),
        "description": prose(record.description),
        "dialects": prose(contract.dialect) + (f" and {len(dialects) - 1} more" if len(dialects) > 1 else ""),
    }


def _view(book: RecordBook, name: str) -> dict[str, Any]:
    contract, record = book.record(name)
    others = [(each, next(one for one in records_of(each) if one.name == name)) for each in book.dialects[name][1:]]
    example = book.example(name)
    return {
        "name": prose(name),
        "description": prose(record.description),
        "unknown": unknown_sentence(record),
        "dialect": _dialect_link(contract, name),
        "artifacts": [code(each.name) for each in contract.artifacts if each.root == name],
        "users": [concern_link(Concern(user)) for user in _users(contract, name)],
        "others": [_dialect_link(each, name) for each, _ in others],
        "example": block(json_file(example).splitlines(), "json") if example is not None else "",
        "rules": _rules(book, Concern(name)),
        "fields": [
            _field(contract, field, others) | {"rules": _rules(book, Concern(name, field.name))}
            for field in record.fields
        ],
        "additions": [*_additions(book, record, others)],
    }


def _field(contract: Contract, field: Field, others: Iterable[tuple[Contract, Record]]) -> dict[str, Any]:
    kind, nullable = without_null(field.type)
    deprecation = field.history.deprecation
    sentences = [field.description, *bounds(kind), deprecated(deprecation) if deprecation else ""]
    facts = [linked_type(kind, partial(_link, contract)), _PRESENCE[field.presence]]
    facts += ["may be null"] * nullable
    facts += [f"default {code(json_line(field.default))}"] * field.has_default
    facts += [f"since {field.history.since}"] * (field.history.since is not None)
    return {
        "name": prose(field.name),
        "anchor": _field_anchor(field.name),
        "facts": ", ".join(facts),
        "description": prose(" ".join(dict.fromkeys(filter(None, [*sentences, *policy_sentences(field)])))),
        "elsewhere": [*_elsewhere(field.name, others)],
    }


def _elsewhere(name: str, others: Iterable[tuple[Contract, Record]]) -> Iterator[str]:
    """What dialects that have the record do with one of its fields, where that is not to take it."""
    found: dict[str, list[str]] = {}
    for contract, record in others:
        field = next((each for each in record.fields if each.name == name), None)
        what = "absent" if field is None else state(field.policy)
        found.setdefault(what, []).append(_dialect_link(contract, record.name))
    for what, words in _ELSEWHERE.items():
        if what in found:
            yield f"{words} {', '.join(found[what])}."


def _additions(book: RecordBook, record: Record, others: Iterable[tuple[Contract, Record]]) -> Iterator[dict[str, str]]:
    """The fields that only other dialects have."""
    known = {field.name for field in record.fields}
    found: dict[str, list[str]] = {}
    for contract, other in others:
        for field in other.fields:
            if field.name not in known:
                found.setdefault(field.name, []).append(_dialect_link(contract, record.name))
    for name, links in sorted(found.items()):
        rules = [rule["link"] for rule in _rules(book, Concern(record.name, name))]
        yield {
            "name": code(name),
            "anchor": _field_anchor(name),
            "dialects": ", ".join(links),
            "rules": ", ".join(rules),
        }


def _rules(book: RecordBook, concern: Concern) -> list[dict[str, str]]:
    return [
        {
            "link": f"[{prose(rule)}](../rules/{rule}.md)",
            "name": code(book.pages[rule].rule.name),
            "summary": prose(book.pages[rule].rule.summary),
        }
        for rule in book.rules(concern)
    ]


def _users(contract: Contract, name: str) -> Iterator[str]:
    """The records that mention it, by themselves or by an alias."""
    sought, found = [name], set[str]()
    while sought:
        mentioned = sought.pop()
        for definition in contract.definitions:
            if definition.name in found or mentioned not in {each for each, _ in mentions(definition)}:
                continue
            found.add(definition.name)
            if isinstance(definition, Alias):
                sought.append(definition.name)
            elif isinstance(definition, Record):
                yield definition.name


def _link(contract: Contract, name: str) -> str:
    """A link to the page of a record, or to what the page of a dialect says of anything else."""
    is_record = any(each.name == name for each in records_of(contract))
    place = record_file(name) if is_record else f"../{contract.dialect}.md#{anchor(name)}"
    return f"[{prose(name)}]({place})"


def _dialect_link(contract: Contract, name: str) -> str:
    return f"[{prose(contract.dialect)}](../{contract.dialect}.md#{anchor(name)})"


def _field_anchor(name: str) -> str:
    return "field-" + re.sub(r"\W", lambda found: f"-{ord(found[0]):x}", name, flags=re.ASCII)
