"""What the spec says of a field or of a value, as Markdown for a hover and for a completion."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import (
    Alias,
    Array,
    Constant,
    Definition,
    Enumeration,
    Field,
    History,
    Map,
    Named,
    Null,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)
from ..targets.json_text import json_line
from ..targets.linked_types import linked_type
from ..targets.markdown_text import code, prose
from ..targets.phrases import described, sourced
from ..targets.policy_words import state
from .type_places import AllowedValue, FieldOfRecord, TypePlaces

__all__ = ["field_detail", "field_text", "opening", "value_text"]

_PRESENCE = {
    Presence.REQUIRED: "required",
    Presence.EXPECTED: "expected",
    Presence.OPTIONAL: "optional",
}


def field_text(owner: FieldOfRecord, places: TypePlaces, dialect: str) -> str:
    """The page of a field: its type, what it is, and who says so."""
    field = owner.field
    head = f"**{code(field.name)}** {linked_type(field.type, code)}"
    facts = " · ".join([_PRESENCE[field.presence], *_dates(field.history), *_policy(field), code(dialect)])
    parts = [head, facts, prose(described(field)), *_meaning(field, places)]
    if field.history.evidence:
        parts.append(f"Source: {prose('; '.join(map(sourced, field.history.evidence)))}")
    return "\n\n".join(filter(None, parts))


def field_detail(field: Field) -> str:
    """The type of a field in a list of completions, and what should keep people from it."""
    notes = [*_policy(field), *(["deprecated"] if field.history.deprecation else [])]
    words = linked_type(field.type, str).replace("`", "")
    required = ["required"] if field.presence is Presence.REQUIRED else []
    return ", ".join([words, *required, *notes])


def value_text(allowed: AllowedValue) -> str:
    """What a value means."""
    member = allowed.member
    if member is None:
        return prose(allowed.description)
    facts = " · ".join(_dates(member.history))
    return "\n\n".join(filter(None, [f"**{code(json_line(member.value))}**", facts, prose(described(member))]))


def opening(type_: Type | Definition, places: TypePlaces) -> str:
    """`{`, `[` or `"` where all values of a type but null begin with it; else empty."""
    match type_:
        case Array():
            return "["
        case Map() | Tagged() | Record():
            return "{"
        case Text() | Constant(value=str()):
            return '"'
        case Enumeration(base=base):
            return opening(base, places)
        case Alias(type=aliased):
            return opening(aliased, places)
        case Named(name=name):
            known = places.definition(name)
            return opening(known, places) if known else ""
        case Union(options=options):
            found = {opening(option, places) for option in options if option != Null()}
            return found.pop() if len(found) == 1 else ""
        case _:
            return ""


def _dates(history: History) -> Iterator[str]:
    if history.since:
        yield f"since {history.since}"
    if history.until:
        yield f"until {history.until}"


def _policy(field: Field) -> Iterator[str]:
    word = state(field.policy)
    if word != "supported":
        yield word
    elif not field.attested:
        yield "not confirmed"


def _meaning(field: Field, places: TypePlaces) -> Iterator[str]:
    """What the definitions say that the type of a field is made of, where that is something else."""
    options = field.type.options if isinstance(field.type, Union) else (field.type,)
    for option in options:
        known = places.definition(option.name) if isinstance(option, Named) else None
        if known is not None and known.description not in field.description:
            yield f"{code(known.name)}: {prose(described(known))}"
