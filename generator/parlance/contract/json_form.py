"""A contract as plain JSON, and JSON back to a contract: what two of them say can be compared, whoever keeps one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from . import ir, rules, scalars
from .ir import Contract, JsonValue
from .rules import CapabilityRow, FieldPolicy, Rule

__all__ = ["OMITTED", "as_json", "check_digest", "classes", "contract_of", "hints", "is_any_json"]

OMITTED = frozenset({"undecided"})
"""Fields of a contract that each record answers for itself: by what becomes of its unknown fields."""

_RULE_FACTS = ("code", "name", "severity", "kind", "artifact", "message")
_DIGITS = 12
"""Hexadecimal ones of the digest of a check: two checks of one code differ in it, whatever else does not."""


def as_json(part: Any, *, is_whole: bool = False) -> JsonValue:
    """*part* of a contract as plain JSON; `kind` is its class.

    What equals its default is left out, unless *is_whole*. Of a rule it is what people know it by, and a digest of its
    check; of a row of models its fields.
    """
    if isinstance(part, Rule):
        return {name: getattr(part, name) for name in _RULE_FACTS} | {"check": check_digest(part)}
    if isinstance(part, CapabilityRow):
        policies: list[JsonValue] = [_policy(each) for each in part.policies]
        row: dict[str, JsonValue] = {"models": part.pattern, "title": part.title, "policies": policies}
        return row | ({"continues": True} if part.continues else {})
    if is_dataclass(part):
        plain: dict[str, JsonValue] = {"kind": type(part).__name__}
        for field in fields(part):
            if field.name in OMITTED:
                continue
            value = getattr(part, field.name)
            if is_whole or field.default is MISSING or value != field.default or type(value) is not type(field.default):
                plain[field.name] = as_json(value, is_whole=is_whole)
        return plain
    match part:
        case StrEnum():
            return str(part)
        case date():
            return part.isoformat()
        case frozenset():
            return [*sorted(cast("frozenset[str]", part))]
        case tuple() | list():
            return [as_json(item, is_whole=is_whole) for item in cast("list[Any]", part)]
        case dict():
            return {key: as_json(value, is_whole=is_whole) for key, value in cast("dict[str, Any]", part).items()}
        case _:
            return part  # type: ignore[no-any-return]  # a scalar


def check_digest(rule: Rule) -> str:
    """The beginning of a hash of what a rule looks for: two rules of one code differ in it where they look for more."""
    return hashlib.sha256(repr(rule.check).encode()).hexdigest()[:_DIGITS]


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


def contract_of(document: Mapping[str, Any]) -> Contract:
    """The contract that `as_json` gave as *document*, but for its rules, of which JSON has no checks.

    Descriptions may be missing, so that what is kept for comparison alone is small.

    Raises `ValueError`, `KeyError` or `TypeError` where it is none.
    """
    found = _value(Contract, {**document, "rules": [], "capabilities": []})
    if not isinstance(found, Contract):
        message = "this is no contract"
        raise TypeError(message)
    return replace(found, capabilities=tuple(map(_row, document.get("capabilities", ()))))


def _row(row: Mapping[str, Any]) -> CapabilityRow:
    policies = tuple(map(_policy_of, row["policies"]))
    continues = row.get("continues", False)
    return CapabilityRow(pattern=row["models"], title=row["title"], policies=policies, continues=continues)


def _policy_of(row: Mapping[str, Any]) -> FieldPolicy:
    facts: dict[str, Any] = {**row, "field": tuple(row["field"].split("/")[1:])}
    if "values" in facts:
        facts["values"] = tuple(facts["values"])
    return FieldPolicy(**facts)


def _value(hint: Any, value: Any) -> Any:
    """*value* of JSON as what an annotation says that it is."""
    if value is None or is_any_json(hint):
        return value
    if isinstance(value, dict):
        plain = cast("dict[str, Any]", value)
        made = classes()[plain["kind"]]
        known = hints(made)
        facts = {name: _value(known[name], each) for name, each in plain.items() if name != "kind"}
        return made(**({"description": ""} if "description" in known else {}) | facts)
    if get_origin(hint) in (Union, UnionType):
        hint = _option(get_args(hint), value)
    if get_origin(hint) is tuple:
        items = get_args(hint)
        inner = [items[0]] * len(value) if items[-1] is Ellipsis else items
        return tuple(_value(each, item) for each, item in zip(inner, value, strict=True))
    if get_origin(hint) is frozenset:
        return frozenset(value)
    if hint is date:
        return date.fromisoformat(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, StrEnum) else value


def is_any_json(hint: Any) -> bool:
    """Whether an annotation is `JsonValue`, which is the only one with dicts; evaluated, it equals itself no more."""
    return any(get_origin(option) is dict for option in get_args(hint))


def _option(options: tuple[Any, ...], value: Any) -> Any:
    """Which of several annotations a list or a scalar is of; at most one of them is of either."""
    if isinstance(value, list):
        return next((each for each in options if get_origin(each) in (tuple, frozenset)), Any)
    return date if date in options else next((each for each in options if get_origin(each) is None), Any)


@cache
def hints(made: type) -> dict[str, Any]:
    """The annotations of a class of contracts."""
    return get_type_hints(made, names := {**vars(scalars), **vars(rules), **vars(ir)}, names)


@cache
def classes() -> dict[str, type]:
    """The classes of contracts by name."""
    return {
        name: each
        for name, each in {**vars(rules), **vars(ir)}.items()
        if isinstance(each, type) and is_dataclass(each)
    }
