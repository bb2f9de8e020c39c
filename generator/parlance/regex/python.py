"""A regular expression as text for Python's `re`, which without any flag means the same by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from .captures import Captures
from .parser import parse
from .pattern_syntax import Choice, Group, Look, Part, Reference, Regex, RegexError, Repeat
from .pattern_writer import PatternWriter
from .spelling import SetSpelling
from .width import width

__all__ = ["python_pattern", "translated"]


def python_pattern(regex: Regex) -> str:
    """The text; `re.search` finds a match of it where ECMA-262 has one. Raises `RegexError` for what it cannot say."""
    return _PythonWriter(Captures(regex.root)).text(regex.root)


@cache
def translated(pattern: str) -> str:
    """The same for an ECMA-262 pattern that has not been read yet. Raises `RegexError`."""
    return python_pattern(parse(pattern))


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class _PythonWriter(PatternWriter):
    """Writes the parts of one expression; groups that nothing refers to are not kept."""

    spelling = SetSpelling(r"[\s\S]", r"[^\s\S]", frozenset("\\]^-[&~|"), _escaped)

    def __init__(self, captures: Captures) -> None:
        self._captures = captures
        self._behind = 0

    def countless(self, repeat: Repeat) -> str:
        message = f"no text is long enough to repeat anything {repeat.least} times and more"
        raise RegexError(message, repeat.offset)

    def group(self, group: Group) -> str:
        body = self.text(group.body)
        name = group.name
        if name is not None and name.isascii() and name.isidentifier() and self._captures.is_only_one(name):
            return f"(?P<{name}>{body})"
        return f"({body})" if group.number in self._captures.referred else f"(?:{body})"

    def reference(self, reference: Reference) -> str:
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

    def edge(self, *, end: bool) -> str:
        return r"\Z" if end else "^"

    def boundary(self, *, negative: bool) -> str:
        # Python's own \B finds nothing in the empty text.
        return r"(?!(?a:\b))" if negative else r"(?a:\b)"

    def look(self, look: Look) -> str:
        if look.behind:
            return self._look_behind(look)
        return f"(?{'!' if look.negative else '='}{self.text(look.body)})"

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
