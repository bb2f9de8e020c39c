"""Expressions for JSON Pointers into a value, put together while code is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..backends.python.text import literal
from ..finding.pointer import joined

__all__ = ["Pointer"]

_PLAIN = re.compile(r"[A-Za-z0-9_$.@:/~-]*")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The variable that holds the pointer to a value, and the way from there."""

    base: str = "at"
    pieces: tuple[tuple[bool, str], ...] = ()
    """Each an expression, or a text, which False says."""

    def to(self, name: str | int) -> Pointer:
        """To the property or item of a fixed name."""
        text = joined([name])
        if self.pieces and not self.pieces[-1][0]:
            return Pointer(self.base, (*self.pieces[:-1], (False, self.pieces[-1][1] + text)))
        return Pointer(self.base, (*self.pieces, (False, text)))

    def by(self, expression: str) -> Pointer:
        """To the property or item that an expression gives, as a token."""
        slash = self.to("")
        return Pointer(self.base, (*slash.pieces, (True, expression)))

    def source(self) -> str:
        """The whole as one expression."""
        if not self.pieces:
            return self.base
        if all(is_expression or _PLAIN.fullmatch(text) for is_expression, text in self.pieces):
            body = "".join(f"{{{text}}}" if is_expression else text for is_expression, text in self.pieces)
            return f'f"{{{self.base}}}{body}"'
        parts = [f"str({text})" if is_expression else literal(text) for is_expression, text in self.pieces]
        return " + ".join([self.base, *parts])
