"""The bodies in files of requests: `.http` and `.rest` of REST clients in editors, and `.bru` of Bruno."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .code_block import CodeBlock, placed_lines

__all__ = ["bruno_bodies", "http_bodies"]

_SEPARATOR = "###"
_BESIDE = re.compile(r"#|//|@")
"""How lines begin that are no part of a request: comments, and variables."""

_AFTER_BODY = re.compile(r"HTTP/|<>|>|//|#")
"""What ends a body: the answer, a file with it, a script for it, or a comment."""

_BRUNO_ADDRESS = re.compile(r"\s++url:\s*+(\S++)")
_BRUNO_BODY = re.compile(r"body(?::json)?\s*\{\s*\Z")


def http_bodies(page: str) -> Iterator[CodeBlock]:
    """What stands after the blank line that ends the headers of a request or of an answer."""
    block = _Block()
    has_head = is_body = False
    for at, line in placed_lines(page):
        if line.startswith(_SEPARATOR) or (is_body and _AFTER_BODY.match(line)):
            yield from block.taken()
            has_head, is_body = line.startswith("HTTP/"), False
        elif is_body:
            block.add(at, line)
        elif line.strip():
            begins = not has_head and not _BESIDE.match(line)
            has_head = has_head or begins
            block.address = _address(line) if begins else block.address
        else:
            is_body = has_head
    yield from block.taken()


def bruno_bodies(page: str) -> Iterator[CodeBlock]:
    """What stands in the braces of `body:json`."""
    block = _Block()
    is_body = False
    for at, line in placed_lines(page):
        if is_body and line.startswith("}"):
            yield from block.taken()
            is_body = False
        elif is_body:
            block.add(at, line)
        elif found := _BRUNO_ADDRESS.match(line):
            block.address = found[1]
        else:
            is_body = _BRUNO_BODY.match(line) is not None


def _address(line: str) -> str:
    """The address in the first line of a request, after its method if there is one."""
    words = line.split()
    return words[1] if len(words) > 1 and words[0].isalpha() else words[0]


class _Block:
    """A body as far as it has been read."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []
        self.address = ""

    def add(self, at: int, line: str) -> None:
        """Take a line; blank ones before the first do not count."""
        if self._lines or line.strip():
            self._lines.append((at, line))

    def taken(self) -> Iterator[CodeBlock]:
        """The body, if there is one; what follows is another."""
        if self._lines:
            offsets = [at + column for at, line in self._lines for column in range(len(line))]
            yield CodeBlock("json", "".join(line for _, line in self._lines), [*offsets, offsets[-1] + 1], self.address)
        self._lines = []
