"""The bodies that commands of curl send in lines for a shell: of `--data` and its kin, in quotes or a here-document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .code_block import CodeBlock

__all__ = ["shell_bodies"]

_SHELLS = frozenset({"bash", "console", "curl", "sh", "shell", "shellsession", "terminal", "zsh", ""})
"""How blocks of code for a shell are named; many are not."""

_OPTION = re.compile(r"(?<!\S)(?:-d|--data(?:-raw|-binary|-ascii)?|--json)(?:[ \t]*+=[ \t]*+|(?:[ \t]|\\\r?\n)*+)")
_FROM_INPUT = re.compile(r"""["']?@-["']?(?!\S)""")
_HERE = re.compile(r"""<<-?[ \t]*+(["']?)(?P<end>\w++)\1[^\n]*+\n""")
_PIECE = re.compile(
    r"""
    '(?P<literal>[^']*+)'
    | "(?P<quoted>(?:[^"\\]|\\.)*+)"
    | \\(?P<escaped>[^\n])
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"""(?:https?://|\$\{?\w++\}?(?=/)|localhost[:/])[^\s"'`\\]*+""")
_ESCAPE = re.compile(r'\\(["\\$`])|\\\n')


def shell_bodies(block: CodeBlock) -> Iterator[CodeBlock]:
    """The JSON that the commands in a block send; where the shell would put a variable, its name stands.

    A block in another language is itself.
    """
    if block.language not in _SHELLS or "curl" not in block.text or block.is_json:
        yield block
        return
    text = block.text
    for option in _OPTION.finditer(text):
        at = option.end()
        found = _here_document(text, at) if _FROM_INPUT.match(text, at) else _word(text, at)
        if found:
            offsets = [block.offsets[one] for one in (*found, found[-1] + 1)]
            address = _address(text, option.start(), found[-1] + 1)
            yield CodeBlock("json", "".join(text[one] for one in found), offsets, address)


def _address(text: str, start: int, end: int) -> str:
    """The address in a command, of which a body stands from *start* to *end*; empty where none is seen."""
    before = text[max(text.rfind("curl", 0, start), 0) : start]
    after, _, _ = text[end:].partition("\n\n")[0].partition("curl")
    found = _ADDRESS.search(before) or _ADDRESS.search(after)
    return found[0] if found else ""


def _here_document(text: str, at: int) -> list[int]:
    """The places of the characters between a here-document's first line and its last."""
    here = _HERE.search(text, at)
    end = here and re.compile(rf"^\t*{here['end']}\r?$", re.MULTILINE).search(text, here.end())
    return [*range(here.end(), end.start())] if here and end else []


def _word(text: str, at: int) -> list[int]:
    """The places of the characters of a word without its quotes and what escapes them."""
    places: list[int] = []
    while piece := _PIECE.match(text, at):
        at = piece.end()
        start, end = piece.span(piece.lastgroup or 0)
        if piece["quoted"] is None:
            places += range(start, end)
            continue
        for escape in _ESCAPE.finditer(text, start, end):
            places += range(start, escape.start())
            places += range(*escape.span(1)) if escape[1] else ()
            start = escape.end()
        places += range(start, end)
    return places
