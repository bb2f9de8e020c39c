"""For every place in a schema, payloads that have little besides it: right ones, edges, and single faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .sampling import LONGEST, TEXTS
from .shape import JsonSchema, Shape

__all__ = ["covering"]

_Around = Callable[[Any], Any]
"""A value to the document that has it in its place."""

_KINDS: tuple[Any, ...] = (None, True, 0, 1.0, 1.5, "", "other", [], [None], {}, {"unknown": 0})


def covering(bundle: JsonSchema) -> Iterator[Any]:
    """Documents that together try every field, choice, member and bound, on both sides."""
    shape = Shape(bundle)
    yield from _Cover(shape).of(bundle, lambda value: value)


def _with_field(around: _Around, rest: JsonSchema, name: str, value: Any) -> Any:
    return around({**rest, name: value})


class _Cover:
    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._entered: set[str] = set()
        self._open: list[str] = []

    def of(self, schema: JsonSchema | bool, around: _Around) -> Iterator[Any]:
        """Documents for all that is in *schema*; a record is entered at the first place that leads to it."""
        if isinstance(schema, bool):
            yield from map(around, _KINDS)
        elif "$ref" in schema:
            yield from self._referred(schema["$ref"], self._shape.resolved(schema), around)
        elif "anyOf" in schema or "allOf" in schema:
            yield from map(around, _KINDS)
            for choice in [*schema.get("anyOf", ()), *(case["then"] for case in schema.get("allOf", ()))]:
                yield from self.of(choice, around)
        else:
            yield from map(around, [*_KINDS, *self._values(schema)])
            yield from self._inside(schema, around)

    def _referred(self, name: str, schema: JsonSchema, around: _Around) -> Iterator[Any]:
        if name in self._open or (name in self._entered and "properties" in schema):
            yield from map(around, [*_KINDS, self.least(schema)])
            return
        self._entered.add(name)
        self._open.append(name)
        yield from self.of(schema, around)
        self._open.pop()

    def _inside(self, schema: JsonSchema, around: _Around) -> Iterator[Any]:
        fields: dict[str, JsonSchema] = schema.get("properties", {})
        if fields:
            rest = self.least({**schema, "type": "object"})
            for name, each in fields.items():
                yield around({key: value for key, value in rest.items() if key != name})
                yield from self.of(each, partial(_with_field, around, rest, name))
            yield around({**rest, "unknown": 0})
        if schema.get("additionalProperties"):
            keys = {"type": "string", **schema.get("propertyNames", {})}
            key, value = self.least(keys) or "key", self.least(schema["additionalProperties"])
            for other in self._values(keys):
                yield around({other: value})
            yield from self.of(schema["additionalProperties"], lambda value: around({key: value}))
        if "items" in schema:
            least = max(1, schema.get("minItems", 0))
            yield from self.of(schema["items"], lambda value: around([value] * least))

    def _values(self, schema: JsonSchema) -> Iterator[Any]:
        """What *schema* names, the least of each of its types, and both sides of its bounds."""
        yield from schema.get("enum", ())
        yield from [schema["const"]] if "const" in schema else []
        kinds = schema.get("type", ())
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            yield self.least({**schema, "type": kind})
        for keyword, bound in schema.items():
            if keyword.endswith("imum"):
                yield from (bound - 1, bound, bound + 1, float(bound), bound + 0.5)
            elif keyword[:3] in ("min", "max") and bound < LONGEST:
                yield from (self._sized(keyword, size, schema) for size in (bound - 1, bound, bound + 1) if size >= 0)
        if "pattern" in schema:
            yield from TEXTS

    def _sized(self, keyword: str, size: int, schema: JsonSchema) -> Any:
        if keyword.endswith("Length"):
            return "x" * size
        if keyword.endswith("Items"):
            return [self.least(schema["items"])] * size
        return {str(number): self.least(schema.get("additionalProperties", True)) for number in range(size)}

    def least(self, schema: JsonSchema | bool) -> Any:
        """A value as small as *schema* allows."""
        if isinstance(schema, bool):
            return None
        if "$ref" in schema:
            return self.least(self._shape.resolved(schema))
        if "anyOf" in schema:
            return self.least(schema["anyOf"][0])
        if "allOf" in schema:
            return self.least(schema["allOf"][0]["then"])
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        kinds = schema.get("type", "null")
        return self._least(kinds if isinstance(kinds, str) else kinds[0], schema)

    def _least(self, kind: str, schema: JsonSchema) -> Any:
        match kind:
            case "boolean":
                return False
            case "integer" | "number":
                above = schema["exclusiveMinimum"] + 1 if "exclusiveMinimum" in schema else 0
                number = max(schema.get("minimum", 0), above)
                return min(number, schema.get("maximum", number))
            case "string":
                texts = ["x" * schema.get("minLength", 0), *TEXTS]
                return next((text for text in texts if re.search(schema.get("pattern", ""), text)), "")
            case "array":
                return [self.least(schema["items"])] * schema.get("minItems", 0)
            case "object":
                fields = schema.get("properties", {})
                return {name: self.least(fields[name]) for name in schema.get("required", ())}
            case _:
                return None
