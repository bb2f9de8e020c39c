"""What the `policy` and the `only` of an overlay's action make of fields, values and members of unions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..finding import Finding, LocatedList, LocatedMap, Place, did_you_mean, fault
from .located import Node, Path
from .merged_records import SCHEMAS, field_paths, is_record
from .targets import node_at, shown_path

__all__ = ["ATTESTED", "LEFT_OUT", "SUPPORTED", "decide", "keep_only", "policy_faults"]

SUPPORTED = "supported"
"""The policy of what nothing is said of."""

LEFT_OUT = "left-out"
"""What `only` makes of the fields that it does not name: what becomes of them is for the record to say."""

ATTESTED = "x-attested"
"""Marks what `policy: supported` says of the server of another provider: it refuses what the base's refuses."""

_FIELD = 5


def policy_faults(document: LocatedMap, path: Path, action: LocatedMap) -> Iterator[Finding]:
    """What is wrong with a policy on what stands at *path*."""
    node, policy, at = node_at(document, path), action["policy"], action.places["policy"]
    if not _may_have_policy(path, node, policy):
        message = f"a policy is for a field, a value or a member of a union, and {shown_path(path)} is none"
        advice = "target one of `properties`, of an enumeration's `oneOf` or of a union's"
        yield fault("PAR903", action.places["target"], message, advice=advice)
        return
    if not isinstance(policy, LocatedMap):
        return
    word, facts = next(iter(policy.items()))
    if not _is_field(path, node) and word not in {"mapped", "varies"}:
        yield fault("PAR903", at, f"only a field is {word}", advice="target one of `properties`")
    elif word == "clamped":
        yield from _clamp_faults(facts, policy.places[word])
    elif word == "renamed":
        yield from _renaming_faults(document, path, str(facts), policy.places[word])


def _clamp_faults(bounds: LocatedList, at: Place) -> Iterator[Finding]:
    least, most = bounds
    if least is None and most is None:
        yield fault("PAR909", at, "neither end has a bound, so that nothing is clamped", advice="give one")
    elif least is not None and most is not None and least > most:
        yield fault("PAR909", at, f"the least, {least}, is above the most, {most}", advice="swap them")


def _renaming_faults(document: LocatedMap, path: Path, name: str, at: Place) -> Iterator[Finding]:
    fields = field_paths(document["components"]["schemas"], str(path[2]))
    holders = [one for one in document["components"]["schemas"] if is_record(document["components"]["schemas"][one])]
    everywhere = [field_paths(document["components"]["schemas"], one) for one in holders]
    known = [one for one in everywhere if one.get(str(path[4])) == path and name in one]
    if name == path[4]:
        yield fault("PAR903", at, f"the field is called {name!r} already", advice="give the other name")
    elif name not in fields and not known:
        advice = "declare it by an `update` of the record's `properties`, before this action"
        yield fault("PAR904", at, f"{path[2]} has no field {name!r}{did_you_mean(name, fields)}", advice=advice)


def _is_field(path: Path, node: Node) -> bool:
    return len(path) == _FIELD and path[3] == "properties" and path[:2] == SCHEMAS and isinstance(node, LocatedMap)


def _may_have_policy(path: Path, node: Node, policy: Node) -> bool:
    if path[:2] != SCHEMAS or not isinstance(node, LocatedMap):
        return False
    if _is_field(path, node) or (len(path) == 3 and policy == SUPPORTED):
        return True
    return len(path) > 4 and path[-2] in {"oneOf", "anyOf"} and ("const" in node or "$ref" in node)


def decide(document: LocatedMap, path: Path, action: LocatedMap, *, attests: bool) -> bool:
    """Give what stands at *path* the policy of the action; whether that says anything new.

    *attests* says that the action is of another provider's dialect than what it extends.
    """
    node, at = node_at(document, path), action.places["policy"]
    before = node.get("x-policy", {}).get("policy", SUPPORTED)
    if action["policy"] == SUPPORTED:
        news = before != SUPPORTED or (attests and ATTESTED not in node)
        if before != SUPPORTED:
            del node["x-policy"], node.places["x-policy"]
        if attests:
            node.put(ATTESTED, True, at)
        return news
    if before == action["policy"]:
        return False
    _put_policy(node, action["policy"], action, at)
    return True


def _put_policy(node: LocatedMap, word: Any, action: LocatedMap, at: Place) -> None:
    policy = LocatedMap(at)
    policy.put("policy", word, at)
    policy.put("evidence", action["evidence"], action.places["evidence"])
    node.put("x-policy", policy, at)


def keep_only(document: LocatedMap, path: Path, action: LocatedMap, findings: list[Finding]) -> list[Path]:
    """Leave out the fields of a record that the action does not name, and note that the others are known.

    The paths of those that were not left out yet.
    """
    schemas: LocatedMap = document["components"]["schemas"]
    record = str(path[2]) if len(path) in {3, 4} and path[:2] == SCHEMAS and path[3:] in {(), ("properties",)} else ""
    if not is_record(schemas.get(record)):
        message = f"`only` is for a record, and {shown_path(path)} is none"
        findings.append(fault("PAR903", action.places["target"], message, advice="target it or its `properties`"))
        return []
    fields, names, places = field_paths(schemas, record), action["only"], action["only"].places
    for name, at in zip(names, places, strict=True):
        if name not in fields:
            advice = "declare it by an `update`, or take it out"
            message = f"{record} has no field {name!r}{did_you_mean(name, fields)}"
            findings.append(fault("PAR904", at, message, advice=advice))
    changed: list[Path] = []
    for name, where in fields.items():
        field = node_at(document, where)
        if name in names:
            field.put("x-listed", action["evidence"], action.places["only"])
        elif field.get("x-policy", {}).get("policy") != LEFT_OUT:
            _put_policy(field, LEFT_OUT, action, action.places["only"])
            changed.append(where)
            _let_be_absent(schemas, {record, str(where[2])}, name)
    return changed


def _let_be_absent(schemas: LocatedMap, records: set[str], name: str) -> None:
    """Take a field out of what records require or expect."""
    for key in ("required", "x-expected"):
        for record in records:
            names = schemas[record].get(key)
            if isinstance(names, LocatedList) and name in names:
                index = names.index(name)
                del names[index], names.places[index]
