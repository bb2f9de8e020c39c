"""A contract as JSON: what two of them say can be compared, and other programs can read one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from ..contract.ir import Contract, JsonValue
from ..contract.rules import CapabilityRow, FieldPolicy, Rule
from .file import File
from .json_text import NOTE, json_file

__all__ = ["as_json", "contract_json"]

_IN_RECORDS = {"undecided"}
"""Fields of a contract that each record answers for itself: by what becomes of its unknown fields."""


def contract_json(contract: Contract) -> Iterator[File]:
    """`contract/<dialect>.json`."""
    yield File(
        path=f"contract/{contract.dialect}.json", text=json_file({"$comment": NOTE, "contract": as_json(contract)})
    )


def as_json(part: Any) -> JsonValue:
    """*part* of a contract as plain JSON; `kind` is its class, and what equals its default is left out.

    Of a rule it is what people know it by, and of a row of models its fields: checks are for targets.
    """
    if isinstance(part, Rule):
        return {name: getattr(part, name) for name in ("code", "name", "severity", "kind", "artifact", "message")}
    if isinstance(part, CapabilityRow):
        return {"models": part.pattern, "title": part.title, "policies": [_policy(each) for each in part.policies]}
    if is_dataclass(part):
        plain: dict[str, JsonValue] = {"kind": type(part).__name__}
        for field in fields(part):
            if field.name in _IN_RECORDS:
                continue
            value = getattr(part, field.name)
            if field.default is MISSING or value != field.default or type(value) is not type(field.default):
                plain[field.name] = as_json(value)
        return plain
    match part:
        case StrEnum():
            return str(part)
        case date():
            return part.isoformat()
        case frozenset():
            return [*sorted(cast("frozenset[str]", part))]
        case tuple() | list():
            return [as_json(item) for item in cast("list[Any]", part)]
        case dict():
            return {key: as_json(value) for key, value in cast("dict[str, Any]", part).items()}
        case _:
            return part  # type: ignore[no-any-return]  # a scalar


def _policy(policy: FieldPolicy) -> JsonValue:
    row: dict[str, JsonValue] = {"field": "".join(f"/{step}" for step in policy.field), "code": policy.code}
    if policy.refused:
        row["refused"] = True
    if policy.null:
        row["null"] = True
    if policy.values is not None:
        row["values"] = list(policy.values)
    bounds = {"minimum": policy.minimum, "maximum": policy.maximum}
    return row | {name: bound for name, bound in bounds.items() if bound is not None}
