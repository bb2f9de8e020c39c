"""The actions of an OpenAPI Overlay 1.1 document, done to a document in place, more strictly than the standard asks."""

from __future__ import annotations

import re

from ..finding import Finding, LocatedList, LocatedMap, Place, did_you_mean, fault, lines_of
from .located import Node, Path, copied

__all__ = ["Overlay"]

_STEP = re.compile(r"""\.([A-Za-z_][A-Za-z0-9_]*)|\['([^'\\]*)'\]|\["([^"\\]*)"\]|\[(0|[1-9][0-9]*)\]""")
_NAMES = frozenset({"required", "x-expected"})


class Overlay:
    """Does actions to *document*, and remembers what went wrong and which schemas changed."""

    def __init__(self, document: LocatedMap, *, strict: bool) -> None:
        self.document = document
        self.strict = strict
        """Whether an action without a match or an effect is a fault; it is not where it was written for another day."""
        self.findings: list[Finding] = []
        self.touched: set[str] = set()
        self._changes: list[Path] = []

    def act(self, action: LocatedMap) -> None:
        """Do one action."""
        at = action.places["target"]
        matches = self._select(action["target"], at)
        if not matches:
            if self.strict and matches is not None:
                message = f"the target matches nothing{_where_it_ends(self.document, action['target'])}"
                self.findings.append(fault("PAR906", at, message))
            return
        self._changes = []
        if "remove" in action:
            for path in sorted(matches, key=_by_index, reverse=True):
                self._remove(path)
        else:
            update, place = self._update(action)
            if place is None:
                return
            for path in matches:
                self._apply(path, update, place)
        if not self._changes and self.strict:
            message = "the action changes nothing: what it says is so already"
            self.findings.append(fault("PAR907", at, message, advice="remove it"))
        for path in self._changes:
            self._remember(path, action["evidence"])

    def _select(self, target: str, at: Place) -> list[Path] | None:
        steps = _steps(target)
        if steps is not None:
            return [steps] if _get(self.document, steps) is not _ABSENT else []
        from jsonpath import JSONPathEnvironment, JSONPathError  # slow to import; most targets are plain

        try:
            found = JSONPathEnvironment(strict=True).finditer(target, self.document)
            return list(dict.fromkeys(match.parts for match in found))
        except JSONPathError as error:
            message = f"{target!r} is not a JSONPath: {lines_of(str(error))[0].rstrip()}"
            self.findings.append(fault("PAR903", at, message))
            return None

    def _update(self, action: LocatedMap) -> tuple[Node, Place | None]:
        """What to merge, and where it is written; no place if there is nothing."""
        if "update" in action:
            return action["update"], action.places["update"]
        at = action.places["copy"]
        sources = self._select(action["copy"], at)
        if sources is not None and len(sources) == 1:
            return copied(_get(self.document, sources[0])), at
        if sources is not None and self.strict:
            message = f"the source matches {len(sources)} nodes, and must match one"
            message += _where_it_ends(self.document, action["copy"]) if not sources else ""
            self.findings.append(fault("PAR906", at, message))
        return None, None

    def _remove(self, path: Path) -> None:
        parent = _get(self.document, path[:-1]) if path else _ABSENT
        if isinstance(parent, LocatedMap):
            name = str(path[-1])
            del parent[name], parent.places[name]
            self._changes.append(path[:-1])
        elif isinstance(parent, LocatedList) and isinstance(path[-1], int):
            value = parent.pop(path[-1])
            del parent.places[path[-1]]
            self._changes.append(_field_named(path, value) or path[:-1])

    def _apply(self, path: Path, update: Node, at: Place) -> None:
        current = _get(self.document, path)
        if current is _ABSENT:
            return
        if isinstance(current, LocatedList) and not isinstance(update, LocatedList):
            appended = LocatedList(at)
            appended.add(update, at)
            update = appended
        merged = self._merged(path, current, update)
        parent = _get(self.document, path[:-1])
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
                merged = self._merged((*path, key), current[key], value)
                if merged is not current[key]:
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
        if path[:2] != ("components", "schemas") or len(path) < 3:
            return
        self.touched.add(str(path[2]))
        for length in (5, 3):
            node = _get(self.document, path[:length])
            if len(path) < length or not isinstance(node, LocatedMap):
                continue
            if length == 3 or path[3] == "properties" or (path[3] == "oneOf" and "const" in node):
                if "x-evidence" not in node:
                    node.put("x-evidence", LocatedList(evidence.at), evidence.at)
                noted = node["x-evidence"]
                if isinstance(noted, LocatedList) and evidence not in noted:
                    noted.add(evidence, evidence.at)
                return


_ABSENT = object()


def _steps(target: str) -> Path | None:
    """The path of a target that is made of names and indexes only."""
    steps: list[str | int] = []
    end = 1
    for step in _STEP.finditer(target, 1):
        if step.start() != end:
            return None
        end = step.end()
        steps.append(_named(step))
    return tuple(steps) if end == len(target) else None


def _named(step: re.Match[str]) -> str | int:
    return int(step[4]) if step[4] else next(name for name in step.groups() if name is not None)


def _get(root: Node, path: Path) -> Node:
    value = root
    for part in path:
        if isinstance(value, LocatedMap):
            value = value.get(str(part), _ABSENT)
        elif isinstance(value, LocatedList) and isinstance(part, int):
            value = value[part] if part < len(value) else _ABSENT
        else:
            return _ABSENT
    return value


def _by_index(path: Path) -> tuple[tuple[int, int | str], ...]:
    return tuple((0, part) if isinstance(part, int) else (1, part) for part in path)


def _field_named(path: Path, value: Node) -> Path | None:
    """The path of the field that an entry of `required` or `x-expected` speaks of."""
    if len(path) > 1 and path[-2] in _NAMES and isinstance(value, str):
        return (*path[:-2], "properties", value)
    return None


def _where_it_ends(document: LocatedMap, target: str) -> str:
    """How far a target leads, and what it may have meant."""
    value: Node = document
    end = 1
    for step in _STEP.finditer(target, 1):
        if step.start() != end:
            break
        name = _named(step)
        following = _get(value, (name,))
        if following is _ABSENT:
            guess = did_you_mean(name, value) if isinstance(value, LocatedMap) and isinstance(name, str) else ""
            return f": {target[:end]} has no {name!r}{guess}"
        value, end = following, step.end()
    return f": nothing in {target[:end]} is as {target[end:]} asks" if end > 1 else ""
