"""A payload as lines of JSON, of which those at fault are marked as a comparison marks them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..finding import Finding, Report
from ..finding.pointer import joined, tokens, with_ancestors
from ..finding.printable import printable
from ..finding.shape import is_array, is_object
from ..library import document_of

__all__ = ["marked_payload"]

_CONTEXT = 2
"""How many lines before and after one at fault are shown, as `git diff` has three, but JSON has many short lines."""

_LONGEST = 100
"""Characters of a line; of an image in base64, nobody needs more."""


class _Line(NamedTuple):
    pointer: str
    text: str


def marked_payload(payload: object, report: Report) -> str:
    """The lines around what is wrong; the findings alone, where it is a text that is not JSON, or nested too deeply."""
    value = document_of(payload).value if isinstance(payload, bytes | bytearray | str) else payload
    if value is None and payload is not None:
        return str(report)
    try:
        lines = [*_lines(value)]
    except RecursionError:
        return str(report)
    numbers = {line.pointer: number for number, line in reversed([*enumerate(lines)])}
    marked: dict[int, list[Finding]] = {}
    for finding in report:
        home = next(pointer for pointer in with_ancestors(finding.pointer) if pointer in numbers)
        marked.setdefault(numbers[home], []).append(finding)
    return "\n".join(_shown(lines, marked))


def _shown(lines: list[_Line], marked: dict[int, list[Finding]]) -> Iterator[str]:
    near = {other for number in marked for other in range(number - _CONTEXT, number + _CONTEXT + 1)}
    near |= {number for number in range(len(lines)) if {number - 1, number + 1} <= near | {-1, len(lines)}}
    last = -1
    for number, line in enumerate(lines):
        if number not in near:
            continue
        if number > last + 1:
            yield "  ..."
        last = number
        findings = marked.get(number, [])
        is_wrong = any(finding.pointer == line.pointer for finding in findings)
        yield _cut(f"{'-' if is_wrong else ' '} {line.text}")
        for finding in findings:
            yield from _explained(finding, line)
    if last < len(lines) - 1:
        yield "  ..."


def _explained(finding: Finding, line: _Line) -> Iterator[str]:
    """What is wrong, below where it is; of a field that is absent, below where it would be."""
    indent = line.text[: len(line.text) - len(line.text.lstrip())]
    missing = tokens(finding.pointer.removeprefix(line.pointer))
    if missing:
        indent = f"{indent}  "
        yield _cut(f"+ {indent}{_text(missing[0])}: ...")
    help_ = f"; {finding.help}" if finding.help else ""
    yield printable(f"? {indent}^ {finding.message}{help_} ({finding.severity} {finding.code} {finding.name})")


def _cut(line: str) -> str:
    text = printable(line)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _lines(value: Any, pointer: str = "", key: str = "", indent: str = "", end: str = "") -> Iterator[_Line]:
    """The lines of *value*, each with the pointer of what begins there."""
    if is_object(value) and value:
        items = [(f"{pointer}{joined([str(name)])}", f"{_text(str(name))}: ", each) for name, each in value.items()]
        yield from _container("{", "}", items, _Line(pointer, f"{indent}{key}"), end)
    elif is_array(value) and value:
        items = [(f"{pointer}/{number}", "", each) for number, each in enumerate(value)]
        yield from _container("[", "]", items, _Line(pointer, f"{indent}{key}"), end)
    else:
        yield _Line(pointer, f"{indent}{key}{_text(value)}{end}")


def _container(
    opening: str, closing: str, items: list[tuple[str, str, Any]], start: _Line, end: str
) -> Iterator[_Line]:
    yield _Line(start.pointer, f"{start.text}{opening}")
    indent = start.text[: len(start.text) - len(start.text.lstrip())]
    for number, (pointer, key, each) in enumerate(items, 1):
        yield from _lines(each, pointer, key, f"{indent}  ", "," if number < len(items) else "")
    yield _Line("#", f"{indent}{closing}{end}")


def _text(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)
