"""Actions that change the document, and nothing that goes over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.references import reached
from ..contract.source import referred
from ..finding import Finding, LocatedMap, fault
from ..finding.shape import is_array, is_object
from ..spec import DialectFile, Resolved
from ..spec.located import Path
from ..spec.targets import node_at, target_of

__all__ = ["ineffective_actions"]

_SCHEMAS = ("components", "schemas")


def ineffective_actions(dialect: DialectFile, resolved: Resolved) -> Iterator[Finding]:
    """The actions of a dialect of which nothing is left once all are done, or that no artifact has to do with."""
    document: LocatedMap = resolved.document
    reachable = _reachable(document)
    for action in dialect.actions:
        if "remove" in action or "copy" in action:
            continue
        matches = target_of(action["target"], document).matches
        at = action.places["target"]
        names = {name for path in matches for name in _schemas_of(path, action)}
        if names and names.isdisjoint(reachable):
            message = f"no artifact of {dialect.id} reaches {' or '.join(sorted(names))}"
            yield fault("PAR924", at, message, advice="refer to it where it is used, or take the action out")
        elif "policy" in action and _is_undone(matches, action, document):
            message = "a later action takes this policy back, or what it is about"
            yield fault("PAR924", at, message, advice="take one of them out")


def _schemas_of(path: Path, action: LocatedMap) -> Iterator[str]:
    """The named schemas that an action touches at a path."""
    if path == _SCHEMAS and is_object(action.get("update")):
        yield from map(str, action["update"])
    elif path[:2] == _SCHEMAS and len(path) > 2:
        yield str(path[2])


def _is_undone(matches: tuple[Path, ...], action: LocatedMap, document: LocatedMap) -> bool:
    if action["policy"] == "supported":
        return not matches
    policies = [node_at(document, path).get("x-policy", {}).get("policy") for path in matches]
    return action["policy"] not in policies


def _reachable(document: LocatedMap) -> set[str]:
    """The named schemas that the documents of the paths lead to."""
    schemas: LocatedMap = document["components"]["schemas"]
    return reached(_references(document["paths"]), lambda name: _references(schemas.get(name)))


def _references(node: Any) -> Iterator[str]:
    if is_object(node):
        if isinstance(node.get("$ref"), str):
            yield referred(node)
        for value in node.values():
            yield from _references(value)
    elif is_array(node):
        for value in node:
            yield from _references(value)
