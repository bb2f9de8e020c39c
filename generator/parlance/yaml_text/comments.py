"""Comments in a YAML text, apart from what looks like one inside a scalar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from .events import ODD, Event, NoParserError, loader

__all__ = ["Comments", "comments"]


class Comments(NamedTuple):
    """What was found in a text; offsets count characters."""

    matches: tuple[re.Match[str], ...]
    """The comments that the pattern matches, in their order."""

    scalars: tuple[tuple[int, int], ...]
    """Where each scalar begins and ends, in their order."""


def comments(text: str, pattern: re.Pattern[str]) -> Comments:
    """The comments that begin as *pattern* says, up to where the text is no YAML."""
    scalars = () if ODD.search(text) else tuple(_scalars(text))
    starts = [start for start, _ in scalars]
    outside = (match for match in pattern.finditer(text) if not _is_inside(match.start(), starts, scalars, text))
    return Comments(tuple(outside) if scalars else (), scalars)


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    try:
        events = loader(text)
        while (event := events.get_event()) and not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                yield _stretch(event)
    except (yaml.YAMLError, NoParserError):
        return


def _stretch(event: Event) -> tuple[int, int]:
    return int(event.start_mark.index), int(event.end_mark.index)


def _is_inside(at: int, starts: Sequence[int], scalars: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a character belongs to a scalar; in the first line of a block, a comment may follow the indicator."""
    index = bisect_right(starts, at) - 1
    if index < 0 or at >= scalars[index][1]:
        return False
    start = scalars[index][0]
    return text[start] not in "|>" or "\n" in text[start:at]
