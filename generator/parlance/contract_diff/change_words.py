"""Changes in a few words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..finding.shape import is_object

__all__ = ["ABSENT", "message", "schema_in_words", "where_in_words"]

_ANOTHER = "another one"
_LONGEST = 48
"""Characters of one value in a message: with what stands around it, about a line of a terminal."""


class _Absent:
    """Nothing: another thing than null."""

    def __repr__(self) -> str:
        """For messages of tests."""
        return "ABSENT"


ABSENT: Any = _Absent()
"""What stands before what is new, and after what is gone."""


class _Side:
    """A value before or afterwards, shown as JSON, as a text, or as what a schema says."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        if form == "schema":
            return schema_in_words(self._value)
        if form == "text":
            return self._value if isinstance(self._value, str) else _json(self._value)
        if form == "values":
            return _cut(", ".join(map(_json, self._value)))
        if form == "bounds":
            return " and ".join(f"{key} {_json(value)}" for key, value in self._value.items())
        if form == "policy" and "value" not in self._value:
            return _policy(self._value)
        if form:
            value = self._value[form]
            return value if isinstance(value, str) and form != "value" else _cut(_json(value))
        return _cut(_json(self._value))


_BOUND = "{before:bounds} becomes {after:bounds}"

_WORDS = {
    "artifact-added": "the document is new",
    "artifact-removed": "there is no such document any more",
    "address-changed": "{before:text} becomes {after:text}",
    "field-added": "the field is new: {after:schema}",
    "required-field-added": "the field is new and required: {after:schema}",
    "field-removed": "the field is gone",
    "required-field-removed": "the field, which was required, is gone",
    "field-renamed": "the field is now called {after:text}",
    "required-field-renamed": "the field, which is required, is now called {after:text}",
    "field-required": "the field becomes required",
    "field-optional": "the field becomes optional",
    "expectation-changed": "the field was {before:text}, and is {after:text}",
    "field-refused": "the field is refused",
    "field-accepted": "the field is no longer refused",
    "policy-changed": "it was {before:text}, and is {after:text}",
    "policy-changed of a value": "{after:value} was {before:policy}, and is {after:policy}",
    "null-added": "null is accepted",
    "null-removed": "null is no longer accepted",
    "type-added": "{after:schema} is accepted, too",
    "type-removed": "{before:schema} is no longer accepted",
    "type-changed": "{before:schema} becomes {after:schema}",
    "type-widened": "{before:schema} becomes {after:schema}",
    "type-narrowed": "{before:schema} becomes {after:schema}",
    "value-added": "{after} is accepted",
    "value-removed": "{before} is no longer accepted",
    "known-value-added": "{after} is a known value",
    "known-value-removed": "{before} is no longer a known value",
    "values-opened": "other values than the listed ones are accepted: {after:schema}",
    "values-closed": "only the listed values are accepted: {after:values}",
    "member-added": "{after:schema} is accepted, too",
    "member-removed": "{before:schema} is no longer accepted",
    "members-opened": "objects of other kinds are accepted, too",
    "members-closed": "objects of other kinds are no longer accepted",
    "bound-widened": _BOUND,
    "bound-widened -": "{before:bounds} is gone",
    "bound-narrowed": _BOUND,
    "bound-narrowed +": "{after:bounds} is new",
    "bound-changed": _BOUND,
    "pattern-removed": "it need not match {before:text} any more",
    "pattern-added": "it must match {after:text}",
    "pattern-changed": "it must match {after:text}, and no longer {before:text}",
    "unknown-fields-accepted": "unknown fields are no longer refused",
    "unknown-fields-refused": "unknown fields are refused",
    "unknown-fields-changed": "of unknown fields: {before:text} becomes {after:text}",
    "default-changed": "the default was {before}, and is {after}",
    "default-changed +": "the default is {after}, and there was none",
    "default-changed -": "the default was {before}, and there is none",
    "deprecated": "it is deprecated",
    "deprecated of a value": "{after} is deprecated",
    "undeprecated": "it is no longer deprecated",
    "undeprecated of a value": "{after} is no longer deprecated",
    "format-changed": _BOUND,
    "format-changed +": "{after:bounds} is new",
    "format-changed -": "{before:bounds} is gone",
    "description-changed": "it is described in other words",
    "description-changed of a value": "{after:value} is described in other words",
    "rule-added": "{after:code} {after:name}: {after:severity}",
    "rule-removed": "{before:code} {before:name}: {before:severity}",
    "rule-changed": "{after:code} {after:name} looks for something else",
    "rule-severity-changed": "{after:code} {after:name}: {before:severity} becomes {after:severity}",
    "model-added": "models {after:title}, {after:models}: the row is new",
    "model-removed": "models {before:title}, {before:models}: the row is gone",
    "model-policy-added": "models {after:title}: {after:policy} ({after:code})",
    "model-policy-removed": "models {before:title}: no longer {before:policy} ({before:code})",
    "model-policy-changed": "models {after:title}: {before:policy} becomes {after:policy} ({after:code})",
}
"""What is said of each kind; where only one side is there, perhaps under its sign, and of values, which are many."""


def message(kind: str, before: Any, after: Any) -> str:
    """What changed."""
    is_of_value = kind in ("deprecated", "undeprecated") and after is not ABSENT
    is_of_value = is_of_value or (isinstance(after, Mapping) and "value" in after)
    sign = " +" if before is ABSENT else " -" if after is ABSENT else ""
    key = next(each for each in (f"{kind} of a value" * is_of_value, kind + sign, kind) if each in _WORDS)
    return _WORDS[key].format(before=_Side(before), after=_Side(after))


def where_in_words(where: Sequence[Mapping[str, Any]]) -> str:
    """`role is "user" or "tool"`: of which members of unions a change is; empty for all."""
    values: dict[str, dict[str, None]] = {}
    for condition in where:
        for pointer, value in condition.items():
            if is_object(value):
                name, shown = "it", value["schema"]
            else:
                name, shown = pointer.rpartition("/")[2], _ANOTHER if value == "*" else _json(value)
            values.setdefault(name, {})[shown] = None
    return ", ".join(f"{name} is {' or '.join(found)}" for name, found in values.items())


def schema_in_words(schema: Mapping[str, Any]) -> str:
    """A schema in a few words, such as `array of string, at most 4 items, or null`."""
    return _cut(_schema(schema))


def _schema(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(map(_schema, schema["anyOf"]))
    if "const" in schema:
        return _json(schema["const"])
    if "enum" in schema:
        return " or ".join(map(_json, schema["enum"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    match schema.get("type"):
        case None:
            return "nothing" if "not" in schema else "anything"
        case "array":
            return " ".join(["array of", _schema(schema.get("items", {})), *_bounds(schema)])
        case "object":
            return _object(schema)
        case kind:
            return " ".join([str(kind), *_bounds(schema)])


def _object(schema: Mapping[str, Any]) -> str:
    properties = schema.get("properties", {})
    constants = [f"{name} {_json(field['const'])}" for name, field in properties.items() if "const" in field]
    if constants:
        return f"object with {', '.join(constants)}"
    if properties:
        return f"object with {', '.join(properties)}"
    values = schema.get("additionalProperties")
    return f"object of {_schema(values)}" if values else "object"


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    known = ("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    bounds = [f"{key} {_json(schema[key])}" for key in (*known, "multipleOf", "minItems", "maxItems") if key in schema]
    if bounds:
        yield f"({', '.join(bounds)})"


def _policy(row: Mapping[str, Any]) -> str:
    """What some models do with a field."""
    if "refused" in row:
        return "refused"
    words = ["null refused"] if "null" in row else []
    words += [f"only {_json(row['values'])}"] if "values" in row else []
    return _cut(", ".join([*words, *_bounds(row)])) or "other conditions"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
