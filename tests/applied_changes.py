"""Changes applied to a type, which is a schema without names taken apart by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from parlance.contract_diff.contract_change import ABSENT, ContractChange
from parlance.finding.pointer import tokens
from parlance.finding.shape import is_object

__all__ = ["Node", "apply", "parsed", "plain"]


@dataclass
class Node:
    """What a schema accepts, by kind."""

    is_any: bool = False
    null: bool = False
    booleans: set[bool] = field(default_factory=set[bool])
    texts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    numbers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    values: set[Any] = field(default_factory=set[Any])
    arrays: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    objects: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    default: Any = ABSENT
    is_deprecated: bool = False


def parsed(schema: dict[str, Any]) -> Node:
    node = Node(default=schema.get("default", ABSENT), is_deprecated=schema.get("deprecated", False))
    rest = {key: value for key, value in schema.items() if key not in ("default", "deprecated")}
    if not rest:
        node.is_any = True
    for part in rest.get("anyOf", [rest] if rest else []):
        take(part, node)
    return node


def take(part: dict[str, Any], node: Node) -> None:
    if "enum" in part or "const" in part:
        values = part.get("enum", [part.get("const")])
        node.booleans |= {value for value in values if isinstance(value, bool)}
        node.values |= {value for value in values if not isinstance(value, bool)}
        return
    match part["type"]:
        case "null":
            node.null = True
        case "boolean":
            node.booleans = {True, False}
        case "string":
            node.texts.append(part)
        case "integer" | "number":
            node.numbers.append(part)
        case "array":
            node.arrays.append(part | {"items": parsed(part.get("items", {}))})
        case _:
            others = part.get("additionalProperties")
            properties = {name: parsed(each) for name, each in part.get("properties", {}).items()}
            extra = parsed(others) if is_object(others) else others
            required = set(part.get("required", []))
            node.objects.append(part | {"properties": properties, "required": required, "additionalProperties": extra})


def plain(node: Node) -> Any:
    """All of it, in one order."""
    parts = [*node.texts, *node.numbers]
    arrays = [each | {"items": plain(each["items"])} for each in node.arrays]
    objects = [plain_object(each) for each in node.objects]
    return {
        "any": node.is_any,
        "null": node.null,
        "scalars": sorted(map(repr, (*node.booleans, *node.values))),
        "forms": sorted(repr(sorted(part.items())) for part in parts),
        "arrays": sorted(repr(sorted(each.items())) for each in arrays),
        "objects": sorted(repr(sorted(each.items())) for each in objects),
        "default": repr(node.default),
        "deprecated": node.is_deprecated,
    }


def plain_object(part: dict[str, Any]) -> dict[str, Any]:
    extra = part["additionalProperties"]
    properties = sorted((name, repr(plain(each))) for name, each in part["properties"].items())
    others = plain(extra) if isinstance(extra, Node) and not extra.is_any else extra is False
    return part | {"properties": properties, "required": sorted(part["required"]), "additionalProperties": others}


def apply(root: Node, changes: Iterable[ContractChange]) -> Node:
    """What the changes make of a type: renamed fields first, as all else has the new names; what comes last."""
    node = deepcopy(root)
    for change in sorted(changes, key=turn):
        for where in change.where or ({},):
            steps = tuple(tokens(change.at))
            conditions = {tuple(tokens(pointer)): value for pointer, value in where.items()}
            apply_one(node, steps, conditions, change)
    return node


def turn(change: ContractChange) -> tuple[int, int]:
    is_late = change.kind in ("type-added", "member-added", "field-added", "required-field-added")
    return 0 if change.kind.endswith("field-renamed") else 2 if is_late else 1, change.at.count("/")


def apply_one(node: Node, steps: tuple[str, ...], where: dict[tuple[str, ...], Any], change: ContractChange) -> None:
    found = [*nodes(node, (), steps, where)]
    if change.kind in ON_FIELDS:
        holders = [part for each in nodes(node, (), steps[:-1], where) for part in members(each, steps[:-1], where)]
        assert holders, change
        for part in holders:
            ON_FIELDS[change.kind](part, steps[-1], change)
        return
    assert found, change
    for each in found:
        ON_NODES[change.kind](each, change, members(each, steps, where))


def members(node: Node, at: tuple[str, ...], where: dict[tuple[str, ...], Any]) -> list[dict[str, Any]]:
    """The objects at a place that the conditions are about."""
    chosen = {place[-1]: value for place, value in where.items() if place[:-1] == at}
    return [
        part
        for part in node.objects
        if all(
            name in part["properties"] and part["properties"][name].values == {value} for name, value in chosen.items()
        )
    ]


def nodes(node: Node, at: tuple[str, ...], steps: tuple[str, ...], where: dict[tuple[str, ...], Any]) -> Iterator[Node]:
    """What stands at the end of steps."""
    if not steps:
        yield node
        return
    step, below = steps[0], (*at, steps[0])
    if step == "*":
        for array in node.arrays:
            yield from nodes(array["items"], below, steps[1:], where)
    for part in members(node, at, where):
        if step == "*":
            if not isinstance(part["additionalProperties"], Node):
                part["additionalProperties"] = Node(is_any=True)
            yield from nodes(part["additionalProperties"], below, steps[1:], where)
        elif step in part["properties"]:
            yield from nodes(part["properties"][step], below, steps[1:], where)


def add_field(part: dict[str, Any], name: str, change: ContractChange) -> None:
    part["properties"][name] = parsed(change.after)
    if change.kind.startswith("required-"):
        part["required"].add(name)


def remove_field(part: dict[str, Any], name: str, _: ContractChange) -> None:
    del part["properties"][name]
    part["required"].discard(name)


def rename_field(part: dict[str, Any], name: str, change: ContractChange) -> None:
    part["properties"][change.after] = part["properties"].pop(name)
    if name in part["required"]:
        part["required"] = part["required"] - {name} | {change.after}


def require(part: dict[str, Any], name: str, change: ContractChange) -> None:
    part["required"] = part["required"] | {name} if change.kind == "field-required" else part["required"] - {name}


ON_FIELDS = {
    "field-added": add_field,
    "required-field-added": add_field,
    "field-removed": remove_field,
    "required-field-removed": remove_field,
    "field-renamed": rename_field,
    "required-field-renamed": rename_field,
    "field-required": require,
    "field-optional": require,
}


def merge(node: Node, other: Node) -> None:
    node.booleans |= other.booleans
    node.values |= other.values
    for name in ("texts", "numbers", "arrays", "objects"):
        getattr(node, name).extend(getattr(other, name))


def drop(node: Node, other: Node) -> None:
    """Take the kinds out that another node has."""
    is_text = bool(other.texts) or any(isinstance(value, str) for value in other.values)
    is_number = bool(other.numbers) or any(not isinstance(value, str) for value in other.values)
    if other.booleans:
        node.booleans = set()
    if is_text:
        node.texts = []
    if is_number:
        node.numbers = []
    node.values = {value for value in node.values if not (is_text if isinstance(value, str) else is_number)}
    if other.arrays:
        node.arrays = []
    if other.objects:
        node.objects = []


def change_type(node: Node, change: ContractChange, _: Any) -> None:
    if change.before is not ABSENT:
        drop(node, parsed(change.before))
    if change.after is not ABSENT:
        merge(node, parsed(change.after))


def widen(node: Node, change: ContractChange, _: Any) -> None:
    if change.before and change.after and {"integer", "number"} == {change.before["type"], change.after["type"]}:
        node.numbers = [part | change.after for part in node.numbers]
        return
    default, deprecated = node.default, node.is_deprecated
    vars(node).update(vars(parsed(change.after)))
    node.default, node.is_deprecated = default, deprecated


def add_member(node: Node, change: ContractChange, _: Any) -> None:
    merge(node, parsed(change.after))


def remove_member(node: Node, change: ContractChange, _: Any) -> None:
    gone = plain(parsed(change.before))
    for name in ("arrays", "objects", "texts", "numbers"):
        setattr(node, name, [each for each in getattr(node, name) if plain(alone(name, each)) != gone])


def alone(name: str, part: dict[str, Any]) -> Node:
    node = Node()
    setattr(node, name, [part])
    return node


def set_null(node: Node, change: ContractChange, _: Any) -> None:
    node.null = change.kind == "null-added"


def add_value(node: Node, change: ContractChange, _: Any) -> None:
    (node.booleans if isinstance(change.after, bool) else node.values).add(change.after)


def remove_value(node: Node, change: ContractChange, _: Any) -> None:
    (node.booleans if isinstance(change.before, bool) else node.values).discard(change.before)


def open_values(node: Node, change: ContractChange, _: Any) -> None:
    merge(node, parsed(change.after))


def close_values(node: Node, change: ContractChange, _: Any) -> None:
    name = "texts" if parsed(change.before).texts else "numbers"
    setattr(node, name, [])


def move_bound(node: Node, change: ContractChange, parts: list[dict[str, Any]]) -> None:
    before: dict[str, Any] = {} if change.before is ABSENT else change.before
    after: dict[str, Any] = {} if change.after is ABSENT else change.after
    key = next(iter(before or after))
    if key == "propertyNames":
        for part in parts:
            keys = {name: value for name, value in part.get(key, {}).items() if name not in before.get(key, {})}
            part[key] = keys | after.get(key, {})
            if not part[key]:
                del part[key]
        return
    holders = {"Length": node.texts, "Items": node.arrays, "Properties": parts}
    holder = next((value for ending, value in holders.items() if key.endswith(ending)), node.numbers)
    for part in holder:
        for name in before:
            del part[name]
        part.update(after)


def set_pattern(node: Node, change: ContractChange, parts: list[dict[str, Any]]) -> None:
    sides: list[Any] = [{} if each is ABSENT else each for each in (change.before, change.after)]
    if any(is_object(each) and bool(each) for each in sides):
        move_bound(node, change, parts)
        return
    for part in node.texts:
        part.pop("pattern", None)
        part.update({"pattern": change.after} if change.after is not ABSENT else {})


def set_unknown(_: Node, change: ContractChange, parts: list[dict[str, Any]]) -> None:
    extra = None if change.after is ABSENT else parsed(change.after)
    for part in parts:
        part["additionalProperties"] = False if change.kind == "unknown-fields-refused" else extra


def set_default(node: Node, change: ContractChange, _: Any) -> None:
    node.default = change.after


def set_deprecated(node: Node, change: ContractChange, _: Any) -> None:
    node.is_deprecated = change.kind == "deprecated"


ON_NODES = {
    "null-added": set_null,
    "null-removed": set_null,
    "type-added": change_type,
    "type-removed": change_type,
    "type-changed": change_type,
    "type-widened": widen,
    "type-narrowed": widen,
    "value-added": add_value,
    "known-value-added": add_value,
    "value-removed": remove_value,
    "known-value-removed": remove_value,
    "values-opened": open_values,
    "values-closed": close_values,
    "member-added": add_member,
    "member-removed": remove_member,
    "bound-widened": move_bound,
    "bound-narrowed": move_bound,
    "bound-changed": move_bound,
    "pattern-added": set_pattern,
    "pattern-removed": set_pattern,
    "pattern-changed": set_pattern,
    "unknown-fields-accepted": set_unknown,
    "unknown-fields-refused": set_unknown,
    "default-changed": set_default,
    "deprecated": set_deprecated,
    "undeprecated": set_deprecated,
}
