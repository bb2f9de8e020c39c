"""The targets of an overlay's actions: the nodes that a JSONPath matches, and what each of its alternatives matches.

A target that lists names, `['tools', 'tool_choice']`, or conditions, `[?@.const == 'a' || @.const == 'b']`, says of
each that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..finding import LocatedList, LocatedMap, did_you_mean, lines_of
from .located import Node, Path
from .merged_records import with_merged_records, written_path

if TYPE_CHECKING:
    from jsonpath import JSONPath
    from jsonpath.filter import BaseExpression
    from jsonpath.segments import JSONPathSegment
    from jsonpath.selectors import JSONPathSelector

__all__ = ["ABSENT", "Alternative", "InvalidTargetError", "TargetMatches", "node_at", "shown_path", "target_of"]

_STEP = re.compile(r"""\.([A-Za-z_][A-Za-z0-9_]*)|\['([^'\\]*)'\]|\["([^"\\]*)"\]|\[(0|[1-9][0-9]*)\]""")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

ABSENT = object()
"""What stands where nothing does."""


class InvalidTargetError(ValueError):
    """A text that is no JSONPath."""


class Alternative(NamedTuple):
    """One of several names or conditions of a target."""

    text: str
    """As the target would be if it listed nothing else there."""

    matches: frozenset[Path]
    dead_end: str
    """Where it matches nothing, how far it leads and what it may have meant."""


class TargetMatches(NamedTuple):
    """What a target matches in a document."""

    matches: tuple[Path, ...]
    alternatives: tuple[Alternative, ...]
    """None for a target that lists nothing."""

    dead_end: str


def target_of(text: str, document: LocatedMap) -> TargetMatches:
    """What the JSONPath *text* matches in *document*, a record having the fields that its `allOf` lists.

    Raises `InvalidTargetError`.
    """
    found = _target_in(text, document)
    if found.matches and all(each.matches for each in found.alternatives):
        return found
    merged = _target_in(text, with_merged_records(document))
    if not merged.matches:
        return found
    alternatives = [
        each._replace(matches=frozenset(written_path(document, path) for path in each.matches))
        for each in merged.alternatives
    ]
    paths = dict.fromkeys(written_path(document, path) for path in merged.matches)
    return TargetMatches(tuple(paths), tuple(alternatives), merged.dead_end)


def _target_in(text: str, document: LocatedMap) -> TargetMatches:
    steps = _steps(text)
    if steps is not None:
        there = node_at(document, steps) is not ABSENT
        return TargetMatches((steps,) if there else (), (), "" if there else _end_of_steps(document, text))
    from jsonpath import JSONPath, JSONPathEnvironment, JSONPathError  # slow to import; most targets are plain

    try:
        path = JSONPathEnvironment(strict=True).compile(text)
        if not isinstance(path, JSONPath):  # a union of whole paths, which RFC 9535 does not have
            raise InvalidTargetError("write one path")
        matches = _matches(path, document)
        alternatives = tuple(_alternatives(path, document))
    except JSONPathError as error:
        raise InvalidTargetError(lines_of(str(error))[0].rstrip()) from None
    return TargetMatches(matches, alternatives, "" if matches else _end_of_steps(document, text))


def node_at(root: Node, path: Path) -> Node:
    """What stands at *path*, or `ABSENT`."""
    value = root
    for part in path:
        if isinstance(value, LocatedMap):
            value = value.get(str(part), ABSENT)
        elif isinstance(value, LocatedList) and isinstance(part, int):
            value = value[part] if part < len(value) else ABSENT
        else:
            return ABSENT
    return value


def shown_path(path: Path) -> str:
    """*path* as a JSONPath."""
    steps = (f".{part}" if _IDENTIFIER.fullmatch(str(part)) else f"[{part!r}]" for part in path)
    return f"${''.join(steps)}"


def _matches(path: JSONPath, document: LocatedMap) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(match.parts for match in path.finditer(document)))


def _alternatives(path: JSONPath, document: LocatedMap) -> Iterator[Alternative]:
    """The path with one of several selectors in a segment, or one of several conditions in a filter, for each."""
    for index, segment in enumerate(path.segments):
        selectors = [part for selector in segment.selectors for part in _parts(selector)]
        for selector in selectors if len(selectors) > 1 else ():
            one = _with(path, [*path.segments[:index], _only(segment, selector), *path.segments[index + 1 :]])
            found = frozenset(_matches(one, document))
            yield Alternative(_written(one.segments), found, "" if found else _dead_end(one, document))


def _parts(selector: JSONPathSelector) -> Iterator[JSONPathSelector]:
    """A filter for each condition of one that joins them by `||`; any other selector as it is."""
    from jsonpath.filter import FilterExpression
    from jsonpath.selectors import Filter

    if not isinstance(selector, Filter):
        yield selector
        return
    for condition in _conditions(selector.expression.expression):
        yield Filter(env=selector.env, token=selector.token, expression=FilterExpression(condition))


def _conditions(expression: BaseExpression) -> Iterator[BaseExpression]:
    from jsonpath.filter import InfixExpression

    if isinstance(expression, InfixExpression) and expression.operator == "||":
        yield from _conditions(expression.left)
        yield from _conditions(expression.right)
    else:
        yield expression


def _with(path: JSONPath, segments: list[JSONPathSegment]) -> JSONPath:
    return type(path)(env=path.env, segments=segments)


def _only(segment: JSONPathSegment, selector: JSONPathSelector) -> JSONPathSegment:
    return type(segment)(env=segment.env, token=segment.token, selectors=(selector,))


def _dead_end(path: JSONPath, document: LocatedMap) -> str:
    """The first segment that matches nothing, and the name that it may have meant."""
    from jsonpath.segments import JSONPathRecursiveDescentSegment
    from jsonpath.selectors import NameSelector

    segments = path.segments
    end = next(end for end in range(1, len(segments) + 1) if not _matches(_with(path, [*segments[:end]]), document))
    segment, before = segments[end - 1], _written(segments[: end - 1])
    nodes = [node_at(document, match) for match in _matches(_with(path, [*segments[: end - 1]]), document)]
    is_deep = isinstance(segment, JSONPathRecursiveDescentSegment)
    if is_deep:
        nodes = [node for holder in nodes for node in _nodes(holder)]
    if len(segment.selectors) == 1 and isinstance(segment.selectors[0], NameSelector):
        name = segment.selectors[0].name
        known = dict.fromkeys(key for node in nodes if isinstance(node, LocatedMap) for key in node)
        missing = f"nothing in {before} has" if is_deep else f"{before} has no"
        return f": {missing} {name!r}{did_you_mean(name, known)}"
    return f": nothing in {before} is as {_written(segments[end - 1 :])[1:]} asks"


def _nodes(value: Node) -> Iterator[Node]:
    yield value
    for child in value.values() if isinstance(value, LocatedMap) else value if isinstance(value, LocatedList) else ():
        yield from _nodes(child)


def _written(segments: tuple[JSONPathSegment, ...]) -> str:
    """The path of *segments*, as short as it goes."""
    from jsonpath.selectors import NameSelector

    text = "$"
    for segment in segments:
        (first, *others) = segment.selectors
        name = first.name if not others and isinstance(first, NameSelector) else ""
        short = str(segment).startswith("[") and _IDENTIFIER.fullmatch(name) is not None
        text += f".{name}" if short else str(segment)
    return text


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


def _end_of_steps(document: LocatedMap, target: str) -> str:
    """How far a target leads, and what it may have meant."""
    value: Node = document
    end = 1
    for step in _STEP.finditer(target, 1):
        if step.start() != end:
            break
        name = _named(step)
        following = node_at(value, (name,))
        if following is ABSENT:
            guess = did_you_mean(name, value) if isinstance(value, LocatedMap) and isinstance(name, str) else ""
            return f": {target[:end]} has no {name!r}{guess}"
        value, end = following, step.end()
    return f": nothing in {target[:end]} is as {target[end:]} asks" if end > 1 else ""
