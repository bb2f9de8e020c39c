"""JSON in ASCII, so that no encoding can spoil it, and a finding as every JSON report shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...finding import Finding, finding_json

__all__ = ["as_json", "json_line", "json_rows", "json_text", "json_with_rows"]

_ESCAPE = re.compile(r"\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(ud[89a-f][0-9a-f]{2})|.)")
"""A pair, a half or anything else, as `json.dumps` writes it."""


def as_json(finding: Finding, file: str, dialect: str | None = None) -> dict[str, Any]:
    """What a program reads of *finding*; report.schema.json describes it.

    A fault in the file of a dialect is found by no *dialect*.
    """
    named = {} if dialect is None else {"dialect": dialect}
    return finding_json.as_json(finding, **named, file=file)


def json_line(value: object) -> str:
    """*value* on one line."""
    return _whole(json.dumps(value))


def json_text(value: object) -> str:
    """*value* on many lines."""
    return _whole(json.dumps(value, indent=2))


def json_rows(rows: Iterable[str], margin: str = "") -> Iterator[str]:
    """An array of values that are text already, each on many lines, as `json_text` would write it."""
    separator = "["
    for row in rows:
        inner = row.replace("\n", f"\n{margin}  ")
        yield f"{separator}\n{margin}  {inner}"
        separator = ","
    yield "[]" if separator == "[" else f"\n{margin}]"


def json_with_rows(
    before: Mapping[str, object], key: str, rows: Iterable[str], after: Mapping[str, object], margin: str = ""
) -> Iterator[str]:
    """An object whose member *key* is an array of such values; some stand *before* it, and some *after*."""
    head, tail = (json_text(part).replace("\n", f"\n{margin}") for part in (before, after))
    end = f"\n{margin}" + "}"
    yield f'{head.removesuffix(end)},\n{margin}  "{key}": '
    yield from json_rows(rows, f"{margin}  ")
    yield f",{tail.removeprefix('{')}"


def _whole(text: str) -> str:
    """JSON text without halves of surrogate pairs, which file names may have and many parsers refuse.

    Nor is it an order to the system that builds, as `##[` in a line is to GitHub.
    """
    text = text.replace("##", r"#\u0023")
    return _ESCAPE.sub(lambda found: r"\ufffd" if found[1] else found[0], text) if r"\ud" in text else text
