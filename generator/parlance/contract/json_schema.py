"""The JSON Schema of a contract as JSON: each class of contracts under its name, as its annotations say."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from .ir import Constant, Contract
from .json_form import OMITTED, as_json, classes, hints, is_any_json

__all__ = ["contract_schema"]

_TEXT = {"type": "string"}
_TYPES: dict[type, dict[str, Any]] = {
    str: _TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
}
_SCALAR = {"type": ["string", "number", "boolean"]}
"""What a constant is: what a server reads a number as may be a fraction."""

_RULE_FIELDS = ("code", "name", "severity", "kind", "artifact", "message", "check")
_POLICY_FIELDS = {
    "field": {"type": "string", "description": "A JSON Pointer; `*` for every item or value."},
    "code": {"type": "string"},
    "refused": {"type": "boolean"},
    "null": {"type": "boolean"},
    "values": {"type": "array"},
    "minimum": {"type": "number"},
    "maximum": {"type": "number"},
}


def contract_schema() -> str:
    """What `parlance generate --emit contract` writes, as a JSON Schema of 2020-12."""
    known: dict[str, Any] = {"CapabilityRow": _row(), "Rule": _object(dict.fromkeys(_RULE_FIELDS, _TEXT))}
    ahead = [Contract.__name__]
    while ahead:
        name = ahead.pop()
        if name not in known:
            known[name] = _class(classes()[name])
            ahead += re.findall(r"#/\$defs/(\w+)", json.dumps(known[name]))
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contract of a dialect",
        "description": "One dialect at one date, flat and closed: every named type is a definition, every use of one "
        "is a Named. What equals its default is left out.",
        **_object({"$comment": _TEXT, "contract": {"$ref": "#/$defs/Contract"}}, ["contract"]),
        "$defs": dict(sorted(known.items())),
    }
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    names = [*properties] if required is None else required
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


def _row() -> dict[str, Any]:
    policies = {"type": "array", "items": _object(dict(_POLICY_FIELDS), ["field", "code"])}
    facts = {"models": _TEXT, "title": _TEXT, "policies": policies}
    return _object(facts | {"continues": {"const": True}}, [*facts])


def _class(made: type) -> dict[str, Any]:
    """The schema of a class, whose objects say in `kind` that they are of it."""
    known = hints(made)
    names = [field.name for field in fields(made) if field.name not in OMITTED]
    required = [field.name for field in fields(made) if field.default is MISSING and field.name in names]
    defaults = {field.name: as_json(field.default) for field in fields(made) if field.name not in required}
    properties: dict[str, Any] = {"kind": {"const": made.__name__}}
    for name in names:
        schema = _SCALAR if (made, name) == (Constant, "value") else _schema(known[name])
        properties[name] = schema | ({"default": defaults[name]} if name in defaults else {})
    text = re.sub(r"\s+", " ", (made.__doc__ or "").strip())
    return {"description": text, **_object(properties, ["kind", *required])}


def _schema(hint: Any) -> dict[str, Any]:
    """The schema of an annotation."""
    if is_any_json(hint):
        return {}
    if hint in _TYPES:
        return _TYPES[hint]
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_schema(option) for option in get_args(hint)]}
    if get_origin(hint) in (tuple, frozenset):
        items = get_args(hint)
        if items[-1] is Ellipsis or get_origin(hint) is frozenset:
            return {"type": "array", "items": _schema(items[0])}
        return {"type": "array", "prefixItems": [_schema(item) for item in items], "items": False}
    if issubclass(hint, StrEnum):
        return {"enum": [str(member) for member in hint]}
    return {"$ref": f"#/$defs/{hint.__name__}"}
