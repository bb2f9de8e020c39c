"""A regular expression as text for Python's `re`, which without any flag means the same by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from .captures import Captures
from .parser import parse
from .pattern_syntax import (
    COUNTLESS,
    Boundary,
    Characters,
    Choice,
    Edge,
    Group,
    Look,
    Part,
    Reference,
    Regex,
    RegexError,
    Repeat,
    Sequence,
)
from .spelling import spelled
from .width import width

__all__ = ["python_pattern", "translated"]


def python_pattern(regex: Regex) -> str:
    """The text; `re.search` finds a match of it where ECMA-262 has one. Raises `RegexError` for what it cannot say."""
    return _PythonWriter(Captures(regex.root)).text(regex.root)


@cache
def translated(pattern: str) -> str:
    """The same for an ECMA-262 pattern that has not been read yet. Raises `RegexError`."""
    return python_pattern(parse(pattern))


class _PythonWriter:
    """Writes the parts of one expression; groups that nothing refers to are not kept."""

    def __init__(self, captures: Captures) -> None:
        self._captures = captures
        self._behind = 0

    def text(self, part: Part) -> str:
        match part:
            case Characters(ranges):
                return spelled(ranges)
            case Sequence(parts):
                return "".join(self._grouped(each) if isinstance(each, Choice) else self.text(each) for each in parts)
            case Choice(options):
                return "|".join(map(self.text, options))
            case Repeat():
                return self._repeat(part)
            case Group():
                return self._group(part)
            case Reference():
                return self._reference(part)
            case Edge(end):
                return r"\Z" if end else "^"
            case Boundary(negative):
                # Python's own \B finds nothing in the empty text.
                return r"(?!(?a:\b))" if negative else r"(?a:\b)"
            case Look(behind=True):
                return self._look_behind(part)
            case Look(body, _, negative):
                return f"(?{'!' if negative else '='}{self.text(body)})"

    def _grouped(self, part: Part) -> str:
        return f"(?:{self.text(part)})"

    def _repeat(self, repeat: Repeat) -> str:
        if repeat.least >= COUNTLESS:
            message = f"no text is long enough to repeat anything {repeat.least} times and more"
            raise RegexError(message, repeat.offset)
        body = repeat.body
        most = None if repeat.most is None or repeat.most >= COUNTLESS else repeat.most
        text = self.text(body) if isinstance(body, Characters | Group) else self._grouped(body)
        return f"{text}{_count(repeat.least, most)}{'?' if repeat.lazy else ''}"

    def _group(self, group: Group) -> str:
        body = self.text(group.body)
        name = group.name
        if name is not None and name.isascii() and name.isidentifier() and self._captures.is_only_one(name):
            return f"(?P<{name}>{body})"
        return f"({body})" if group.number in self._captures.referred else f"(?:{body})"

    def _reference(self, reference: Reference) -> str:
        if self._behind:
            message = "Python cannot look behind for a group's text"
            raise RegexError(message, reference.offset)
        for number in reference.numbers:
            if self._captures.may_be_stale(number):
                message = "a reference to a group that may be passed over when it is repeated is not supported"
                raise RegexError(message, reference.offset)
        *others, last = [self._captures.place(number) for number in reference.numbers]
        text = rf"(?({last})\{last})"
        for place in reversed(others):
            text = rf"(?({place})\{place}|{text})"
        return text

    def _look_behind(self, look: Look) -> str:
        sign = "!" if look.negative else "="
        self._behind += 1
        texts = [f"(?<{sign}{self._fixed(option, look.offset)})" for option in _options(look.body)]
        self._behind -= 1
        if len(texts) == 1:
            return texts[0]
        return "".join(texts) if look.negative else f"(?:{'|'.join(texts)})"

    def _fixed(self, option: Part, offset: int) -> str:
        least, most = width(option)
        if least != most:
            message = "Python can only look behind for a text of fixed length"
            raise RegexError(message, offset)
        return self.text(option)


def _options(body: Part) -> Iterator[Part]:
    """The options of what is looked for behind; each may have a length of its own."""
    if isinstance(body, Choice):
        for option in body.options:
            yield from _options(option)
    else:
        yield body


def _count(least: int, most: int | None) -> str:
    signs: dict[tuple[int, int | None], str] = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    if (least, most) in signs:
        return signs[least, most]
    return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"
