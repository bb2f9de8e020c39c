"""An example of a rule as a few lines of JSON, with carets under what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..contract.ir import JsonValue
from ..contract.rules import Assert, Example, Rule
from .json_text import json_line

__all__ = ["example_lines"]

_WIDTH = 76
_HEIGHT = 30
"""Lines, beyond which more is left out."""

_TEXT = 48
"""Characters of a string, of which a longer one keeps so many."""

_ENTRIES = 8
"""Of an array or object, beyond which only the first few and what is marked are kept."""

_DEPTHS = (None, None, 4, 3, 2, 1)
"""For each brevity, the level below which arrays and objects are left out where nothing in them is marked."""

_START, _END = "\x01", "\x02"
"""Around what is marked; JSON text has no control characters."""

_Steps = tuple[str, ...]


def example_lines(rule: Rule, example: Example) -> list[str]:
    """The example, short; of a rule over a file or a stream, a line each. Nothing is marked in a good one."""
    marks = [_steps(pointer) for pointer in example.at]
    # What makes a good example good is most likely where a bad one is wrong.
    shown = [_steps(pointer) for bad in rule.bad for pointer in bad.at]
    if rule.scope in {"file", "stream"} and isinstance(example.document, list):
        shown = [(str(index), *steps[1:]) for index in range(len(example.document)) for steps in shown]
    by_key = isinstance(rule.check, Assert) and rule.check.report_key
    lines: list[str] = []
    for brevity in range(len(_DEPTHS)):
        layout = _Layout(marks, shown, by_key=by_key, brevity=brevity)
        is_file = rule.scope in {"file", "stream"}
        lines = layout.lines_of_file(example.document) if is_file else layout.lines(example.document)
        if rule.scope == "stream" and _is_at_end(marks, example.document):
            lines.append(f"{_START}the end{_END}")
        if len(lines) <= _HEIGHT and all(_width(line) <= _WIDTH for line in lines):
            break
    return [*(each for line in lines for each in _marked(line)), *_note(example)]


def _steps(pointer: str) -> _Steps:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def _is_at_end(marks: Sequence[_Steps], document: JsonValue) -> bool:
    """Whether what is marked is what comes after the last event of a stream."""
    return isinstance(document, list) and (str(len(document)),) in marks


def _note(example: Example) -> Iterator[str]:
    if example.times > 1:
        yield f"… {example.times} times over"
    if example.bytes is not None:
        yield f"… with {example.bytes} bytes a line"


def _width(line: str) -> int:
    return len(line) - line.count(_START) - line.count(_END)


def _marked(line: str) -> Iterator[str]:
    """The line, and below it carets under what stands between signs."""
    yield line.replace(_START, "").replace(_END, "")
    if _START in line:
        below, inside = "", False
        for character in line:
            if character in (_START, _END):
                inside = character == _START
            else:
                below += "^" if inside else " "
        yield below.rstrip()


class _Layout:
    """One way to lay a document out: the higher its brevity, the more is left out."""

    def __init__(self, marks: Sequence[_Steps], shown: Sequence[_Steps], *, by_key: bool, brevity: int) -> None:
        self._marks = marks
        self._by_key = by_key
        self._brevity = brevity
        self._keys: set[_Steps] = set()
        self._values: set[_Steps] = set()
        self._texts: dict[_Steps, str] = {}
        self._kept = {steps[:end] for steps in shown for end in range(len(steps) + 1)}

    def lines(self, document: JsonValue) -> list[str]:
        """The document over as many lines as it needs."""
        self._look(document)
        return self._broken(document, (), "", "")

    def lines_of_file(self, documents: JsonValue) -> list[str]:
        """Each document on a line of its own."""
        self._look(documents)
        found = documents if isinstance(documents, list) else [documents]
        return [self._flat(document, (str(index),)) for index, document in enumerate(found)]

    def _look(self, document: JsonValue) -> None:
        """Find what to mark: the place itself, or the nearest one around it that is there."""
        for steps in self._marks:
            depth, value, has_key = 0, document, False
            for step in steps:
                if isinstance(value, dict) and step in value:
                    value, has_key = value[step], True
                elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                    value, has_key = value[int(step)], False
                else:
                    break
                depth += 1
            (self._keys if self._by_key and has_key else self._values).add(steps[:depth])
            self._kept.update(steps[:end] for end in range(depth + 1))

    def _broken(self, value: JsonValue, path: _Steps, head: str, tail: str) -> list[str]:
        """*value* after *head* and before *tail*, on one line if it fits."""
        indent = head[: len(head) - len(head.lstrip(" "))]
        flat = head + self._flat(value, path) + tail
        if _width(flat) <= _WIDTH or not isinstance(value, dict | list) or not value or self._is_left_out(path):
            return [flat]
        signs = "{}" if isinstance(value, dict) else "[]"
        lines = [head + self._opening(signs[0], path)]
        entries = list(self._entries(value, path))
        for number, entry in enumerate(entries):
            comma = "," if number < len(entries) - 1 else ""
            if entry is None:
                lines.append(f"{indent}  …")
            else:
                lines += self._broken(entry[1], entry[2], f"{indent}  {entry[0]}", comma)
        return [*lines, f"{indent}{signs[1]}{tail}"]

    def _flat(self, value: JsonValue, path: _Steps) -> str:
        """*value* on one line; written once, though each level around it asks anew."""
        if path not in self._texts:
            self._texts[path] = self._written(value, path)
        return self._texts[path]

    def _written(self, value: JsonValue, path: _Steps) -> str:
        if not isinstance(value, dict | list):
            return self._scalar(value, path)
        signs = "{}" if isinstance(value, dict) else "[]"
        opening = self._opening(signs[0], path)
        if value and self._is_left_out(path):
            return f"{opening}…{signs[1]}"
        entries = [
            "…" if entry is None else entry[0] + self._flat(entry[1], entry[2]) for entry in self._entries(value, path)
        ]
        return f"{opening}{', '.join(entries)}{signs[1]}"

    def _is_left_out(self, path: _Steps) -> bool:
        depth = _DEPTHS[self._brevity]
        return depth is not None and len(path) > depth and path not in self._kept

    def _entries(
        self, value: dict[str, JsonValue] | list[JsonValue], path: _Steps
    ) -> Iterator[tuple[str, JsonValue, _Steps] | None]:
        """What stands before each entry, the entry, and its place; None for those that are left out."""
        pairs = list(value.items()) if isinstance(value, dict) else [(str(i), item) for i, item in enumerate(value)]
        cut = self._brevity > 0 and len(pairs) > _ENTRIES
        gap = False
        for number, (key, item) in enumerate(pairs):
            place = (*path, key)
            if cut and number >= 2 and place not in self._kept:
                if not gap:
                    yield None
                gap = True
                continue
            gap = False
            yield (f"{self._key(key, place)}: " if isinstance(value, dict) else ""), item, place

    def _key(self, key: str, path: _Steps) -> str:
        text = json_line(key)
        return f"{_START}{text}{_END}" if path in self._keys else text

    def _opening(self, sign: str, path: _Steps) -> str:
        return f"{_START}{sign}{_END}" if path in self._values else sign

    def _scalar(self, value: str | float | bool | None, path: _Steps) -> str:
        short = self._brevity > 0 and isinstance(value, str) and len(value) > _TEXT
        text = json_line(f"{value[:_TEXT]}…" if short and isinstance(value, str) else value)
        return f"{_START}{text}{_END}" if path in self._values else text
