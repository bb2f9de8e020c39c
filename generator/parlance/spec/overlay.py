"""The actions of an OpenAPI Overlay 1.1 document, done to a document in place, more strictly than the standard asks."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, LocatedList, LocatedMap, Place, fault
from .located import Node, Path, copied, relocated
from .policy_actions import decide, keep_only, policy_faults
from .targets import ABSENT, InvalidTargetError, TargetMatches, node_at, target_of

__all__ = ["Overlay"]

_NAMES = frozenset({"required", "x-expected"})
_SCHEMAS = ("components", "schemas")
_FIELD = 5
"""Steps to a field: components, schemas, the record, properties, the field."""


class Overlay:
    """Does actions to *document*, and remembers what went wrong and which schemas changed."""

    def __init__(self, document: LocatedMap, *, strict: bool, attests: bool = False) -> None:
        self.document = document
        self.attests = attests
        """Whether they say what the server of another provider does than that of what is extended."""

        self.strict = strict
        """Whether an action without a match or an effect is a fault; it is not where it was written for another day."""
        self.findings: list[Finding] = []
        self.touched: set[str] = set()
        self.hearsay: set[Place] = set()
        """Where what is only said by others is written: confidence C."""

        self._changes: list[Path] = []

    def act(self, action: LocatedMap) -> None:
        """Do one action."""
        target = self._target(action, "target")
        if target is None:
            return
        if self.strict:
            self._missed(target, action.places["target"])
        if not target.matches:
            return
        self._changes = []
        known = len(self.findings)
        idle: set[Path] = set()
        if action["evidence"].get("confidence") == "C":
            self.hearsay |= {each for key in ("update", "copy") if key in action for each in _places(action, key)}
        if "remove" in action:
            for path in sorted(target.matches, key=_by_index, reverse=True):
                self._remove(path)
        elif "policy" in action:
            idle = {path for path in target.matches if not self._decide(path, action)}
        elif "only" in action:
            idle = {path for path in target.matches if not self._keep_only(path, action)}
        else:
            update, place = self._update(action)
            if place is None:
                return
            for path in target.matches:
                before = len(self._changes)
                self._apply(path, update, place)
                if len(self._changes) == before:
                    idle.add(path)
        if self.strict and len(self.findings) == known:
            self._idle(target, idle, action.places["target"])
        for path in self._changes:
            self._remember(path, action["evidence"])

    def _target(self, action: LocatedMap, key: str) -> TargetMatches | None:
        """What *key* of the action selects; None if it is no JSONPath."""
        try:
            return target_of(action[key], self.document)
        except InvalidTargetError as error:
            message = f"{str(action[key])!r} is not a JSONPath: {error}"
            self.findings.append(fault("PAR903", action.places[key], message))
            return None

    def _missed(self, target: TargetMatches, at: Place) -> None:
        """Complain of a target that matches nothing, or of each of its alternatives that does not."""
        missed = [each for each in target.alternatives if not each.matches]
        if not target.matches and len(missed) == len(target.alternatives):
            self.findings.append(fault("PAR906", at, f"the target matches nothing{target.dead_end}"))
        for each in missed if target.matches or len(missed) < len(target.alternatives) else ():
            self.findings.append(fault("PAR906", at, f"a part of the target matches nothing{each.dead_end}"))

    def _idle(self, target: TargetMatches, idle: set[Path], at: Place) -> None:
        """Complain of an action that changes nothing, or of each alternative of its target that it leaves as it is."""
        if not self._changes:
            message = "the action changes nothing: what it says is so already"
            self.findings.append(fault("PAR907", at, message, advice="remove it"))
            return
        for each in target.alternatives:
            if each.matches and each.matches <= idle:
                message = f"the action changes nothing at {each.text}: what it says is so already"
                self.findings.append(fault("PAR907", at, message, advice="take it out of the target"))

    def _update(self, action: LocatedMap) -> tuple[Node, Place | None]:
        """What to merge, and where it is written; no place if there is nothing."""
        if "update" in action:
            return action["update"], action.places["update"]
        at = action.places["copy"]
        source = self._target(action, "copy")
        if source is not None and len(source.matches) == 1:
            return relocated(node_at(self.document, source.matches[0]), at), at
        if source is not None and self.strict:
            message = f"the source matches {len(source.matches)} nodes, and must match one{source.dead_end}"
            self.findings.append(fault("PAR906", at, message))
        return None, None

    def _decide(self, path: Path, action: LocatedMap) -> bool:
        """Give what stands at a path the policy of the action; whether that says anything new."""
        faults = [*policy_faults(self.document, path, action)]
        self.findings += faults
        if faults:
            return True
        news = decide(self.document, path, action, attests=self.attests)
        self._changes += [path] if news else []
        return news

    def _keep_only(self, path: Path, action: LocatedMap) -> bool:
        """Leave out all fields but those of the action; whether there was any to leave out."""
        changed = keep_only(self.document, path, action, self.findings)
        self._changes += changed
        return bool(changed)

    def _remove(self, path: Path) -> None:
        parent = node_at(self.document, path[:-1]) if path else ABSENT
        if isinstance(parent, LocatedMap):
            name = str(path[-1])
            del parent[name], parent.places[name]
            self._changes.append(path[:-1])
        elif isinstance(parent, LocatedList) and isinstance(path[-1], int):
            value = parent.pop(path[-1])
            del parent.places[path[-1]]
            self._changes.append(_field_named(path, value) or path[:-1])

    def _apply(self, path: Path, update: Node, at: Place) -> None:
        current = node_at(self.document, path)
        if current is ABSENT:
            return
        if isinstance(current, LocatedList) and not isinstance(update, LocatedList):
            appended = LocatedList(at)
            appended.add(update, at)
            update = appended
        merged = self._merged(path, current, update)
        parent = node_at(self.document, path[:-1])
        if merged is current or not path:
            return
        if isinstance(parent, LocatedMap):
            parent.put(str(path[-1]), merged, at)
        elif isinstance(path[-1], int):
            parent[path[-1]] = merged
            parent.places[path[-1]] = at

    def _merged(self, path: Path, current: Node, update: Node) -> Node:
        if isinstance(current, LocatedMap) and isinstance(update, LocatedMap):
            for key, value in update.items():
                if key not in current:
                    current.put(key, copied(value), update.places[key])
                    self._changes.append((*path, key))
                    continue
                known = len(self._changes)
                merged = self._merged((*path, key), current[key], value)
                is_same = len(self._changes) == known and not isinstance(merged, LocatedMap | LocatedList)
                if is_same and self.attests and current.places[key].file != update.places[key].file:
                    # The other provider's server does the same, which nothing had said of it.
                    current.places[key] = update.places[key]
                    self._changes.append((*path, key))
                elif merged is not current[key]:
                    current.put(key, merged, update.places[key])
            return current
        if isinstance(current, LocatedList) and isinstance(update, LocatedList):
            for value, at in zip(update, update.places, strict=True):
                current.add(copied(value), at)
                self._changes.append(_field_named((*path, 0), value) or (*path, len(current) - 1))
            return current
        if current == update and type(current) is type(update):
            return current
        self._changes.append(path)
        return copied(update)

    def _remember(self, path: Path, evidence: LocatedMap) -> None:
        """Note the evidence of a change on the field, member or named schema that it belongs to."""
        if path[:2] != _SCHEMAS or len(path) < 3:
            return
        self.touched.add(str(path[2]))
        for length in (_FIELD, 3):
            node = node_at(self.document, path[:length])
            if len(path) < length or not isinstance(node, LocatedMap):
                continue
            if length == 3 or path[3] == "properties" or (path[3] == "oneOf" and "const" in node):
                if "x-evidence" not in node:
                    node.put("x-evidence", LocatedList(evidence.at), evidence.at)
                noted = node["x-evidence"]
                if isinstance(noted, LocatedList) and evidence not in noted:
                    noted.add(evidence, evidence.at)
                return


def _places(node: Node, key: str | int) -> Iterator[Place]:
    """Where a part of a node is written, and everything in it."""
    yield node.places[key]
    value = node[key]
    for inner in (
        value if isinstance(value, LocatedMap) else range(len(value)) if isinstance(value, LocatedList) else ()
    ):
        yield from _places(value, inner)


def _by_index(path: Path) -> tuple[tuple[int, int | str], ...]:
    return tuple((0, part) if isinstance(part, int) else (1, part) for part in path)


def _field_named(path: Path, value: Node) -> Path | None:
    """The path of the field that an entry of `required` or `x-expected` speaks of."""
    if len(path) > 1 and path[-2] in _NAMES and isinstance(value, str):
        return (*path[:-2], "properties", value)
    return None
