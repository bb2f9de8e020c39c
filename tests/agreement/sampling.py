"""Values that follow a schema, its edges preferred."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from .shape import JsonSchema, Shape, is_array

__all__ = ["LONGEST", "ODD", "TEXTS", "Sampler"]

LONGEST = 100_000
"""Bounds beyond this are not tried: a payload should stay quick to read."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 0.0, -0.0, 1.0, 0.5, 1e-9, 1e308, -1e308, 5e-324,
    2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**30,
    "", " ", "a", "1", "true", "null", "auto", "user", "text", "\n", "a\n", "\x00", "é", "漢", "😀", "e\u0301",
    "\u2028", "x" * 65, "x" * 513, [], {}, [[]], [{}], [None], [1, 1.0], {"": None}, {"type": "text"}, {"a": {"b": []}},
)  # fmt: skip
"""Values of every type, and those that readers are likely to disagree about."""

TEXTS = ("a", "name-1", "0", "42", "Hello", "😀 漢字", "é\n", '"\\', "x" * 64, "x" * 512)


class Sampler:
    """Makes values for the schemas of one bundle."""

    def __init__(self, shape: Shape, random: Random) -> None:
        self._shape = shape
        self._random = random

    def value(self, schema: JsonSchema | bool, depth: int = 0) -> Any:
        """A value that follows *schema*, or nearly."""
        if isinstance(schema, bool):
            return self._random.choice(ODD)
        if "$ref" in schema:
            return self.value(self._shape.resolved(schema), depth)
        if "anyOf" in schema:
            return self.value(self._random.choice(schema["anyOf"]), depth)
        if "allOf" in schema:
            return self.value(self._random.choice(schema["allOf"])["then"], depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        kinds = schema.get("type", "any")
        return self._typed(self._random.choice(kinds) if is_array(kinds) else kinds, schema, depth)

    def _typed(self, kind: str, schema: JsonSchema, depth: int) -> Any:
        match kind:
            case "null":
                return None
            case "boolean":
                return self._random.random() < 0.5
            case "integer" | "number":
                return self._number(kind, schema)
            case "string":
                return self._text(schema)
            case "array":
                return self._array(schema, depth)
            case "object":
                return self._object(schema, depth)
            case _:
                return self._random.choice(ODD)

    def _number(self, kind: str, schema: JsonSchema) -> Any:
        bounds = [schema[each] for each in ("minimum", "maximum") if each in schema]
        above = [schema["exclusiveMinimum"] + 1] if "exclusiveMinimum" in schema else []
        below = [schema["exclusiveMaximum"] - 1] if "exclusiveMaximum" in schema else []
        number = self._random.choice([*bounds, *above, *below, 0, 1, 1, 2, 7]) * schema.get("multipleOf", 1)
        if kind == "integer":
            return float(number) if self._random.random() < 0.1 and abs(number) < 2**53 else number
        return self._random.choice([number, float(number), number / 2])

    def _text(self, schema: JsonSchema) -> str:
        least, most = schema.get("minLength", 0), min(schema.get("maxLength", LONGEST), LONGEST)
        texts: list[str] = [*schema.get("examples", ())] * 3 + [*TEXTS, "x" * least]
        if most < LONGEST:
            texts.append("x" * most)
        pattern = schema.get("pattern", "")
        fitting = [text for text in texts if least <= len(text) <= most and re.search(pattern, text)]
        return self._random.choice(fitting or texts)

    def _array(self, schema: JsonSchema, depth: int) -> list[Any]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 4)
        count = max(least, min(most, self._random.choice((0, 1, 1, 2, 3)) if depth < 6 else 0))
        return [self.value(schema["items"], depth + 1) for _ in range(count)]

    def _object(self, schema: JsonSchema, depth: int) -> dict[str, Any]:
        fields: dict[str, JsonSchema] = schema.get("properties", {})
        required = schema.get("required", [])
        share = (0.3, 0.3, 0.3, 0.2, 0.1, 0.05, 0)[min(depth, 6)]
        made = {
            name: self.value(each, depth + 1)
            for name, each in fields.items()
            if name in required or self._random.random() < share
        }
        extra = schema.get("additionalProperties", "properties" not in schema)
        if extra:
            keys = schema.get("propertyNames", {})
            least = schema.get("minProperties", 0)
            for _ in range(max(least - len(made), self._random.choice((0, 0, 1, 2)))):
                made[self._text(keys)] = self.value(extra, depth + 1)
        return made
