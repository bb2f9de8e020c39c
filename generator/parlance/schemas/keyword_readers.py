"""Keywords to rules: a reader for each, or for those that only mean something together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..finding.pointer import joined
from ..finding.shape import is_array, is_object
from ..program.schema.requirements import (
    AllOf,
    AnyOf,
    Bound,
    Conditional,
    Contains,
    Count,
    DependentRequired,
    DependentSchemas,
    Format,
    Items,
    Kind,
    Multiple,
    Not,
    OneOf,
    Pattern,
    Properties,
    PropertyNames,
    Required,
    Rule,
    Schema,
    Type,
    Unevaluated,
    Unique,
    Values,
)
from .documents import Node
from .drafts import Draft
from .resources import SchemaLocation

if TYPE_CHECKING:
    from .building import SchemaBuilder

__all__ = ["READERS", "Here"]

_KINDS = {
    "null": Kind.NULL,
    "boolean": Kind.BOOLEAN,
    "integer": Kind.NUMBER,
    "number": Kind.NUMBER,
    "string": Kind.STRING,
    "array": Kind.ARRAY,
    "object": Kind.OBJECT,
}
_COUNTS = {
    "minLength": Kind.STRING,
    "maxLength": Kind.STRING,
    "minItems": Kind.ARRAY,
    "maxItems": Kind.ARRAY,
    "minProperties": Kind.OBJECT,
    "maxProperties": Kind.OBJECT,
}


class Here(NamedTuple):
    """A schema that is being read."""

    builder: SchemaBuilder
    location: SchemaLocation
    schema: dict[str, Node]
    """The keywords that mean something."""

    scope: dict[str, str]
    depth: int

    @property
    def draft(self) -> Draft:
        """The edition that it is written in."""
        return self.location.resource.dialect.draft

    def place(self, *keys: str | int) -> str:
        """What messages call a keyword."""
        return self.location.place(*keys)

    def child(self, keyword: str, *keys: str | int) -> Schema:
        """The schema under a keyword and these keys."""
        return self.builder.child(self, self.location.pointer + joined([keyword, *keys]), keyword)

    def children(self, keyword: str) -> tuple[Schema, ...]:
        """The schemas in a list."""
        return tuple(self.child(keyword, index) for index in range(len(self.schema[keyword])))

    def optional(self, keyword: str) -> Schema | None:
        """The schema of a keyword that may be absent."""
        return self.child(keyword) if keyword in self.schema else None


def _type(here: Here) -> Iterator[Rule]:
    names = here.schema["type"]
    names = names if is_array(names) else [names]
    integral = "integer" in names and "number" not in names
    yield Type(here.place("type"), frozenset(_KINDS[name] for name in names), integral)


def _values(here: Here) -> Iterator[Rule]:
    if "enum" in here.schema:
        yield Values(here.place("enum"), "enum", tuple(here.schema["enum"]))
    if "const" in here.schema:
        yield Values(here.place("const"), "const", (here.schema["const"],))


def _numbers(here: Here) -> Iterator[Rule]:
    for keyword, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        limit, strict = here.schema.get(keyword), here.schema.get(exclusive)
        if strict is True and limit is not None:  # draft-04 and OpenAPI 3.0: how the other one is meant
            yield Bound(here.place(exclusive), exclusive, limit)
        elif limit is not None:
            yield Bound(here.place(keyword), keyword, limit)
        if strict is not None and not isinstance(strict, bool):
            yield Bound(here.place(exclusive), exclusive, strict)
    if "multipleOf" in here.schema:
        yield Multiple(here.place("multipleOf"), here.schema["multipleOf"])


def _counts(here: Here) -> Iterator[Rule]:
    for keyword, kind in _COUNTS.items():
        if keyword in here.schema:
            yield Count(here.place(keyword), keyword, kind, int(here.schema[keyword]))


def _strings(here: Here) -> Iterator[Rule]:
    if "pattern" in here.schema:
        here.builder.pattern(here.location, ("pattern",), here.schema["pattern"])
        yield Pattern(here.place("pattern"), here.schema["pattern"])
    if "format" in here.schema and here.builder.format(here):
        yield Format(here.place("format"), here.schema["format"])


def _items(here: Here) -> Iterator[Rule]:
    prefix, rest = ("prefixItems", "items"), here.schema.get("items")
    if here.draft.lists_items:
        prefix = ("items", "additionalItems") if is_array(rest) else ("", "items")
    first = here.children(prefix[0]) if prefix[0] in here.schema else ()
    if first or prefix[1] in here.schema:
        yield Items(first, here.optional(prefix[1]))


def _contains(here: Here) -> Iterator[Rule]:
    least, most = here.schema.get("minContains", 1), here.schema.get("maxContains")
    counted = "minContains" in here.schema
    yield Contains(
        place=here.place("contains"),
        schema=here.child("contains"),
        least=int(least),
        most=None if most is None else int(most),
        least_place=here.place("minContains" if counted else "contains"),
        most_place=here.place("maxContains"),
        evaluates=here.draft in (Draft.DRAFT_2020_12, Draft.OPENAPI_3_0, Draft.OPENAPI_3_1),
    )


def _unique(here: Here) -> Iterator[Rule]:
    if here.schema["uniqueItems"]:
        yield Unique(here.place("uniqueItems"))


def _required(here: Here) -> Iterator[Rule]:
    if here.schema["required"]:
        yield Required(here.place("required"), tuple(here.schema["required"]))


def _properties(here: Here) -> Iterator[Rule]:
    named = tuple((name, here.child("properties", name)) for name in here.schema.get("properties", ()))
    patterns: list[tuple[str, Schema]] = []
    for pattern in here.schema.get("patternProperties", ()):
        here.builder.pattern(here.location, ("patternProperties", pattern), pattern, key=True)
        patterns.append((pattern, here.child("patternProperties", pattern)))
    yield Properties(named, tuple(patterns), here.optional("additionalProperties"))


def _names(here: Here) -> Iterator[Rule]:
    yield PropertyNames(here.child("propertyNames"))


def _dependent(here: Here) -> Iterator[Rule]:
    for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
        for name, required in here.schema.get(keyword, {}).items():
            if is_object(required) or isinstance(required, bool):
                yield DependentSchemas(name, here.child(keyword, name))
            elif required:
                yield DependentRequired(here.place(keyword, name), keyword, name, tuple(required))


def _references(here: Here) -> Iterator[Rule]:
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        if keyword in here.schema:
            yield from here.builder.reference(here.location, keyword, here.scope)


def _combinations(here: Here) -> Iterator[Rule]:
    if "allOf" in here.schema:
        yield AllOf(here.children("allOf"))
    if "anyOf" in here.schema:
        yield AnyOf(here.place("anyOf"), here.children("anyOf"))
    if "oneOf" in here.schema:
        yield OneOf(here.place("oneOf"), here.children("oneOf"))
    if "not" in here.schema:
        yield Not(here.place("not"), here.child("not"))


def _conditional(here: Here) -> Iterator[Rule]:
    yield Conditional(here.child("if"), here.optional("then"), here.optional("else"))


def _unevaluated(here: Here) -> Iterator[Rule]:
    for keyword, kind in (("unevaluatedItems", Kind.ARRAY), ("unevaluatedProperties", Kind.OBJECT)):
        if keyword in here.schema:
            yield Unevaluated(kind, here.child(keyword))


READERS: tuple[tuple[frozenset[str], Callable[[Here], Iterator[Rule]]], ...] = tuple(
    (frozenset(keywords), read)
    for keywords, read in (
        (("type",), _type),
        (("enum", "const"), _values),
        (("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"), _numbers),
        (_COUNTS, _counts),
        (("pattern", "format"), _strings),
        (("required",), _required),
        (("properties", "patternProperties", "additionalProperties"), _properties),
        (("propertyNames",), _names),
        (("prefixItems", "items", "additionalItems"), _items),
        (("contains",), _contains),
        (("uniqueItems",), _unique),
        (("dependentRequired", "dependentSchemas", "dependencies"), _dependent),
        (("$ref", "$dynamicRef", "$recursiveRef"), _references),
        (("allOf", "anyOf", "oneOf", "not"), _combinations),
        (("if",), _conditional),
        (("unevaluatedItems", "unevaluatedProperties"), _unevaluated),
    )
)
"""In the order of the rules: the cheapest first, and what depends on all others last."""
