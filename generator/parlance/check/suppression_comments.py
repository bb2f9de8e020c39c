"""`# parlance: ignore[PAR301]` in YAML: findings that somebody accepts beside the place.

Behind a value, a comment is about its line; on a line of its own, about the next one. Where a text of several lines
begins or ends in that line, such as a JSON body in a block, it is about all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from .document import Document, YamlPlaces
from .text_source import InnerSource, TextSource

if TYPE_CHECKING:
    from ..finding import Finding

__all__ = ["is_suppressed"]

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*parlance:[ \t]*ignore\[([^\]\n]*)\]", re.MULTILINE)
_YAML = (".yaml", ".yml")


def is_suppressed(finding: Finding, document: Document) -> bool:
    """Whether a comment of the file that *document* stands in says not to report *finding*."""
    source = document.source
    while isinstance(source, InnerSource):
        source = source.outer
    if finding.span is None or source is None or not _is_yaml(source, document):
        return False
    words = _suppressed(source.text).get(finding.span.line - source.first_line + 1, frozenset())
    return any(_means(word, finding) for word in words)


def _is_yaml(source: TextSource, document: Document) -> bool:
    return source.file.lower().endswith(_YAML) or isinstance(document.places, YamlPlaces)


def _means(word: str, finding: Finding) -> bool:
    """Whether a word is the code of a finding, the beginning of it, or its name."""
    return word == finding.name or (word.isalnum() and finding.code.startswith(word.upper()))


@lru_cache(maxsize=4)
def _suppressed(text: str) -> Mapping[int, frozenset[str]]:
    """By line, from 1, the words of the comments that are about it."""
    if "parlance:" not in text:  # as in nearly every file
        return {}
    from ..yaml_text.comments import comments

    found = comments(text, _COMMENT)
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    scalars = [(_row(starts, start), _row(starts, max(start, end - 1))) for start, end in found.scalars]
    suppressed: dict[int, frozenset[str]] = {}
    for match in found.matches:
        words = frozenset(word.strip() for word in match[1].split(",") if word.strip())
        for row in _rows(_about(_row(starts, match.start()), lines), scalars):
            suppressed[row] = suppressed.get(row, frozenset()) | words
    return suppressed


def _row(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset)


def _about(row: int, lines: Sequence[str]) -> int:
    """The line that a comment in a line is about."""
    if not lines[row - 1].lstrip().startswith("#"):
        return row
    below = (number for number in range(row + 1, len(lines) + 1) if lines[number - 1].strip())
    return next((number for number in below if not lines[number - 1].lstrip().startswith("#")), row)


def _rows(row: int, scalars: Sequence[tuple[int, int]]) -> range:
    """A line, or all those of the text of several lines that begins or ends in it."""
    index = bisect_left(scalars, (row, 0))
    begun = [(first, last) for first, last in scalars[index:] if first == row][-1:]
    ended = [(first, last) for first, last in scalars[:index] if last == row][-1:]
    first, last = next(((one, other) for one, other in (*begun, *ended) if one < other), (row, row))
    return range(first, last + 1)
