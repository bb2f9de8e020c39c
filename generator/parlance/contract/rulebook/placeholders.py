"""The placeholders of a message: names in braces, which are filled in where a rule is broken.

Any other brace is JSON that is shown as it is: an object that begins with a key in quotes or with `…`, what stands in
one, and `{}` in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ...finding import did_you_mean

__all__ = ["brace_mistakes", "placeholders"]

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")
_EMPTY = ('"{}"', "`{}`")
_JSON = re.compile(r'\{\s*["…]')
_SELECTION = re.compile(r"""\{\s*[A-Za-z_][^{}]*?(?:\.([A-Za-z]\w*)|\[['"]([A-Za-z]\w*)['"]\])\s*\}""")
"""What ends in the selection of a field."""



class BraceMistake(NamedTuple):
    """A brace that is neither a placeholder which is filled in nor JSON."""

    offset: int
    message: str
    advice: str | None = None


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, each once."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def brace_mistakes(text: str, known: AbstractSet[str], *, binds: bool = False) -> Iterator[BraceMistake]:
    """What is wrong with the braces of *text*, where *known* are filled in; with *binds* the rule may have a `let`."""
    there = f"there {'is' if len(known) == 1 else 'are'} {', '.join(sorted(known))}" if known else "there are none"
    reported = -1
    for offset, group in _groups(text):
        found = _NAME.fullmatch(group)
        if (found is not None and found[1] in known) or offset <= reported < offset + len(group):
            continue
        reported = offset
        if not group.startswith("{") or not group.endswith("}"):
            advice = f"write a name in braces; {there}" if known else "leave it out"
            yield BraceMistake(offset, f"{group[0]!r} has no brace that goes with it", advice)
            continue
        yield BraceMistake(
            offset,
            f"{group} is never filled in here{_guess(group, known) or f'; {there}'}",
            _advice(group) if binds else None,
        )


def _guess(group: str, known: AbstractSet[str]) -> str:
    word = group.strip("{} ")
    return f"; write {{{word.lower()}}}" if word.lower() in known else did_you_mean(word, sorted(known))


def _advice(group: str) -> str | None:
    """How a part of a value is put into a message."""
    found = _SELECTION.fullmatch(group)
    if found is None:
        return None
    name = str(found[1] or found[2]).lower()
    return f"bind it, `let: {{{name}: \"{group.strip('{} ')}\"}}`, and write {{{name}}}"


def _groups(text: str) -> Iterator[tuple[int, str]]:
    """Each brace with what it holds, or alone if it has no other; but for JSON, whose own groups are looked at."""
    opened: list[tuple[int, bool]] = []
    for brace in _BRACE.finditer(text):
        offset = brace.start()
        if brace[0] == "{":
            inside = any(is_json for _, is_json in opened)
            is_empty = text.startswith("{}", offset) and (inside or text[offset - 1 : offset + 3] in _EMPTY)
            opened.append((offset, is_empty or _JSON.match(text, offset) is not None))
        elif not opened:
            yield offset, "}"
        else:
            start, is_json = opened.pop()
            if not is_json:
                yield start, text[start : offset + 1]
    yield from ((start, "{") for start, _ in opened)
