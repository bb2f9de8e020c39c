"""A fault in a text, before it is a finding in a file."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TextFault"]


class TextFault(NamedTuple):
    """What is wrong with a stretch of text, before it has a file."""

    code: str
    message: str
    start: int
    end: int
    help: str | None = None
    pointer: str = ""
