"""A text and a place in it that only moves on."""

from __future__ import annotations

import re

from .pattern_syntax import RegexError

__all__ = ["Scanner"]


class Scanner:
    """Takes a text apart from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.at == len(self.text)

    @property
    def peek(self) -> str:
        """The character that comes next; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def next(self) -> str:
        """The character that comes next, taken."""
        if self.ended:
            message = "the pattern ends too early"
            raise RegexError(message, self.at)
        self.at += 1
        return self.text[self.at - 1]

    def take(self, sign: str) -> bool:
        """Whether *sign* comes next; if so, it is taken."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def match(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """What of *form* comes next, taken."""
        found = form.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def since(self, start: int) -> str:
        """What was taken from *start* on."""
        return self.text[start : self.at]
