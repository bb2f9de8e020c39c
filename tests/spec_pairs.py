"""Strategies of two specs, the second of which is the first with some parts drawn again, and of values between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from parlance.contract.ir import (
    Alias,
    Anything,
    Array,
    Artifact,
    Boolean,
    Constant,
    Contract,
    Definition,
    Deprecation,
    Direction,
    Enumeration,
    Field,
    History,
    Integer,
    Map,
    Member,
    Named,
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

__all__ = ["documents", "pairs", "spec_of"]

Draw = Any
NAMES = ("alpha", "beta", "gamma", "delta")
TAGS = ("x", "y", "z")
PATTERNS = (None, "^a", "^b*$")
SCALARS = ("text", "integer", "number", "boolean", "words", "open words", "levels")


@dataclass(frozen=True)
class Shape:
    """A type before it has names: a kind, its bounds, and the shapes in it."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    parts: dict[str, Shape] = field(default_factory=dict[str, Any])


@st.composite
def pairs(draw: Draw) -> tuple[Contract, Contract]:
    """Two specs: the old and the new."""
    old = draw_object(draw, 3, tag=None)
    return spec_of(old, "Old"), spec_of(again(draw, old, 3), "New")


def bounds(draw: Draw, low: str, high: str, most: int) -> dict[str, Any]:
    least, extent = draw(st.integers(0, most)), draw(st.integers(0, most))
    chosen = {low: least if draw(st.booleans()) else None, high: least + extent if draw(st.booleans()) else None}
    return {name: bound for name, bound in chosen.items() if bound is not None}


def draw_shape(draw: Draw, depth: int) -> Shape:
    """A type, whose options are of different kinds."""
    kinds = draw(st.lists(st.sampled_from(FAMILIES if depth else FAMILIES[:3]), min_size=1, max_size=2, unique=True))
    if {"array", "object"} <= {*kinds}:  # one step stands for items of both
        kinds.remove("array")
    parts = {family: draw_option(draw, family, depth) for family in kinds}
    if draw(st.integers(0, 9)) == 0:
        return Shape("anything")
    return Shape("union", {"null": draw(st.booleans())}, parts)


FAMILIES = ("string", "number", "boolean", "array", "object")


def draw_option(draw: Draw, family: str, depth: int) -> Shape:
    match family:
        case "string":
            kind = draw(st.sampled_from(["text", "words", "open words"]))
            facts: dict[str, Any] = {"values": draw_words(draw)} if "words" in kind else {}
            if kind == "text":
                facts = bounds(draw, "min_length", "max_length", 3) | {"pattern": draw(st.sampled_from(PATTERNS))}
            return Shape(kind, facts)
        case "number":
            kind = draw(st.sampled_from(["integer", "number", "levels"]))
            if kind == "levels":
                return Shape(kind, {"values": draw(st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True))})
            low = draw(st.sampled_from(["minimum", "exclusive_minimum"]))
            step = draw(st.sampled_from([None, None, 2, 3]))
            return Shape(kind, bounds(draw, low, "maximum", 5) | ({"multiple_of": step} if step else {}))
        case "boolean":
            return Shape("boolean")
        case "array":
            facts = bounds(draw, "min_items", "max_items", 2) | {"unique_items": draw(st.booleans())}
            return Shape("array", facts, {"*": draw_shape(draw, depth - 1)})
        case _:
            return draw_objects(draw, depth)


def draw_words(draw: Draw) -> list[str]:
    found: list[str] = draw(st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3, unique=True))
    return found


def draw_objects(draw: Draw, depth: int) -> Shape:
    kind = draw(st.sampled_from(["record", "records", "map"]))
    if kind == "map":
        facts = bounds(draw, "min_properties", "max_properties", 2)
        return Shape("map", facts, {"*": draw_shape(draw, depth - 1)})
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=3 if kind == "records" else 1, unique=True))
    return Shape("records", {}, {tag: draw_object(draw, depth - 1, tag) for tag in tags})


def draw_object(draw: Draw, depth: int, tag: str | None) -> Shape:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    facts = {"tag": tag, "is_closed": draw(st.booleans()), "fields": {name: draw_facts(draw) for name in names}}
    return Shape("object", facts, {name: draw_shape(draw, depth - 1) for name in names})


def draw_facts(draw: Draw) -> dict[str, Any]:
    default = draw(st.sampled_from([None, None, None, 1, "a"]))
    return {"is_required": draw(st.booleans()), "default": default, "is_deprecated": draw(st.integers(0, 5)) == 0}


def again(draw: Draw, shape: Shape, depth: int) -> Shape:
    """The same with some parts drawn again."""
    if shape.kind == "object":
        kept = [name for name in shape.parts if draw(st.integers(0, 4))]
        parts = {name: again(draw, shape.parts[name], depth - 1) for name in kept}
        facts = {name: shape.facts["fields"][name] if draw(st.integers(0, 3)) else draw_facts(draw) for name in kept}
        if len(parts) < 3 and not draw(st.integers(0, 2)):
            name = draw(st.sampled_from([name for name in NAMES if name not in parts]))
            parts[name], facts[name] = draw_shape(draw, depth - 1), draw_facts(draw)
        is_closed = shape.facts["is_closed"] if draw(st.integers(0, 3)) else draw(st.booleans())
        return Shape("object", {"tag": shape.facts["tag"], "is_closed": is_closed, "fields": facts}, parts)
    fate = draw(st.integers(0, 5))
    if fate == 0:
        return draw_shape(draw, max(depth, 0)) if shape.kind in ("union", "anything") else shape
    if shape.kind == "union":
        null = shape.facts["null"] if fate > 1 else not shape.facts["null"]
        parts = {
            family: again(draw, part, depth) if draw(st.integers(0, 2)) else draw_option(draw, family, max(depth, 0))
            for family, part in shape.parts.items()
            if family in FAMILIES[:3] or depth > 0
        }
        return Shape("union", {"null": null}, parts or shape.parts)
    return replace(shape, parts={name: again(draw, part, depth - 1) for name, part in shape.parts.items()})


def spec_of(root: Shape, prefix: str) -> Contract:
    """A spec that sends and answers the same object; its names begin with a prefix."""
    builder = _Builder(prefix)
    name = builder.record(root)
    artifacts = tuple(
        Artifact(name=artifact, root=name, direction=direction, media_type="application/json", description="It.")
        for artifact, direction in (("request", Direction.SENT), ("response", Direction.RECEIVED))
    )
    return Contract(
        dialect=prefix.lower(), title=prefix, description="It.", as_of=date(2026, 1, 1), parent=None, sources=(),
        unknown_fields=UnknownFields.KEEP, artifacts=artifacts, definitions=tuple(builder.definitions),
    )  # fmt: skip


class _Builder:
    def __init__(self, prefix: str) -> None:
        self.definitions: list[Definition] = []
        self._prefix = prefix

    def _name(self) -> str:
        return f"{self._prefix}{len(self.definitions)}"

    def record(self, shape: Shape) -> str:
        fields = [self._field(name, part, **shape.facts["fields"][name]) for name, part in shape.parts.items()]
        tag = shape.facts["tag"]
        if tag is not None:
            fields.insert(0, Field(name="tag", type=Constant(tag), description="Its tag.", presence=Presence.REQUIRED))
        name = self._name()
        unknown = UnknownFields.REFUSE if shape.facts["is_closed"] else UnknownFields.KEEP
        self.definitions.append(Record(name=name, description="It.", fields=tuple(fields), unknown=unknown))
        return name

    def _field(self, name: str, shape: Shape, *, is_required: bool, default: Any, is_deprecated: bool) -> Field:
        return Field(
            name=name,
            type=self.type(shape),
            description=f"It is {name} and no other.",
            presence=Presence.REQUIRED if is_required else Presence.OPTIONAL,
            default=default,
            has_default=default is not None,
            history=History(deprecation=Deprecation() if is_deprecated else None),
        )

    def type(self, shape: Shape) -> Type:
        match shape.kind:
            case "anything":
                return Anything()
            case "union":
                options = [self.type(part) for part in shape.parts.values()] + [Null()] * shape.facts["null"]
                return options[0] if len(options) == 1 else self._alias(Union(tuple(options)))
            case "text":
                return Text(**shape.facts)
            case "integer":
                return Integer(**shape.facts)
            case "number":
                return Number(**shape.facts)
            case "boolean":
                return Boolean()
            case "words" | "open words" | "levels":
                return self._enumeration(shape)
            case "array":
                return Array(items=self.type(shape.parts["*"]), **shape.facts)
            case "map":
                return Map(values=self.type(shape.parts["*"]), **shape.facts)
            case _:
                tagged = tuple((tag, self.record(part)) for tag, part in shape.parts.items())
                return Named(tagged[0][1]) if len(tagged) == 1 else self._alias(Tagged("tag", tagged))

    def _alias(self, kind: Type) -> Type:
        name = self._name()
        self.definitions.append(Alias(name=name, description="It.", type=kind))
        return Named(name)

    def _enumeration(self, shape: Shape) -> Type:
        name = self._name()
        members = tuple(Member(value=value, description="It.") for value in shape.facts["values"])
        base = Integer() if shape.kind == "levels" else Text()
        self.definitions.append(
            Enumeration(name=name, description="It.", members=members, base=base, open=shape.kind == "open words")
        )
        return Named(name)


@st.composite
def documents(draw: Draw, contract: Contract) -> Any:
    """A value that the spec probably accepts."""
    definitions = {each.name: each for each in contract.definitions}
    return _value(draw, Named(contract.artifacts[0].root), definitions)


def _value(draw: Draw, kind: Type, definitions: dict[str, Definition]) -> Any:
    match kind:
        case Named(name):
            return _of_definition(draw, definitions[name], definitions)
        case Union(options):
            return _value(draw, draw(st.sampled_from(options)), definitions)
        case Tagged():
            return _value(draw, Named(draw(st.sampled_from([name for _, name in kind.options]))), definitions)
        case Constant(value):
            return value
        case Text():
            return draw(st.sampled_from(["", "a", "b", "ab", "bb", "abb", "c", "aaaa", "bbbbb"]))
        case Integer():
            return draw(st.integers(0, 12))
        case Number():
            return draw(st.one_of(st.integers(0, 12), st.sampled_from([0.5, 2.5])))
        case Boolean():
            return draw(st.booleans())
        case Null():
            return None
        case Array():
            count = draw(st.integers(kind.min_items or 0, min(kind.max_items or 4, 4)))
            return [_value(draw, kind.items, definitions) for _ in range(count)]
        case Map():
            count = draw(st.integers(kind.min_properties or 0, min(kind.max_properties or 4, 4)))
            return {f"key{index}": _value(draw, kind.values, definitions) for index in range(count)}
        case _:
            return draw(st.sampled_from(list[Any]([None, True, 3, "a", [], {}])))


def _of_definition(draw: Draw, definition: Definition, definitions: dict[str, Definition]) -> Any:
    match definition:
        case Alias():
            return _value(draw, definition.type, definitions)
        case Enumeration():
            return draw(st.sampled_from([member.value for member in definition.members] + ["c"] * definition.open))
        case Record():
            chosen = [
                field for field in definition.fields if field.presence is Presence.REQUIRED or draw(st.booleans())
            ]
            value = {field.name: _value(draw, field.type, definitions) for field in chosen}
            if definition.unknown is not UnknownFields.REFUSE and draw(st.booleans()):
                value.setdefault(draw(st.sampled_from(NAMES)), draw(st.sampled_from([None, 1, "a"])))
            return value
