"""Documents of OpenAPI: which version they are of, and what their schemas say in words of their own."""

from __future__ import annotations

from ..finding.shape import is_array, is_object
from ..program.schema.requirements import (
    Bound,
    Conditional,
    Count,
    DependentRequired,
    Items,
    Key,
    Kind,
    Multiple,
    Pattern,
    Properties,
    PropertyNames,
    Required,
    Rule,
    Schema,
    Type,
    Unique,
    Values,
)
from .documents import Node
from .drafts import Draft

__all__ = ["as_newest", "component_pointers", "openapi_draft", "with_null"]

_ABOUT_OTHERS = (
    *(Bound, Count, DependentRequired, Items, Multiple, Pattern, Properties, PropertyNames, Required, Unique),
)
"""Rules that accept null, whatever else they refuse."""

_EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")


def openapi_draft(document: Node) -> Draft | None:
    """What schemas of *document* are written in, if it is one of OpenAPI 3.0 or 3.1."""
    version = document.get("openapi") if is_object(document) else None
    if not isinstance(version, str | float):
        return None
    name = str(version)
    return Draft.OPENAPI_3_0 if name.startswith("3.0") else Draft.OPENAPI_3_1 if name.startswith("3.1") else None


def component_pointers(document: Node) -> dict[str, str]:
    """The pointer of each schema that has a name, by that."""
    for holder in (("components", "schemas"), ("$defs",), ("definitions",)):
        value = document
        for key in holder:
            value = value.get(key) if is_object(value) else None
        if is_object(value) and value:
            return {name: "".join(f"/{key}" for key in (*holder, _escaped(name))) for name in value}
    return {}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def as_newest(schema: Node) -> Node:
    """A schema of OpenAPI as the metaschema of 2020-12 knows it: without the booleans that 3.0 has for bounds."""
    if is_array(schema):
        return [as_newest(each) for each in schema]
    if not is_object(schema):
        return schema
    return {
        key: as_newest(value) for key, value in schema.items() if not (key in _EXCLUSIVE and isinstance(value, bool))
    }


def with_null(rules: list[Rule], place: str, scope: tuple[tuple[str, str], ...]) -> list[Rule]:
    """Rules that accept null as well."""
    if all(isinstance(rule, (Type, Values, *_ABOUT_OTHERS)) for rule in rules):
        return [*map(_nullable, rules)]
    test = Schema(Key(f"{place}/null", scope), (Type(place, frozenset({Kind.NULL}), integral=False),))
    return [Conditional(test, None, Schema(Key(place, scope), tuple(rules)))]


def _nullable(rule: Rule) -> Rule:
    match rule:
        case Type(place, kinds, integral):
            return Type(place, kinds | {Kind.NULL}, integral)
        case Values(place, keyword, values) if None not in values:
            return Values(place, keyword, (*values, None))
        case _:
            return rule
