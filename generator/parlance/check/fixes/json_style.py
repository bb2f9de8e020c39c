"""How a JSON text is laid out, and values spelled like it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from ...finding.pointer import joined, parent
from ...finding.shape import is_array, is_object
from ..json_outline import Outline

__all__ = ["JsonStyle", "Surroundings"]

_BREAK = re.compile(r"(?<![ \t\r])[ \t\r]*+\n[ \t\r\n]*+")
_OPENING = re.compile(r'"(?:[^"\\]|\\.)*+"|([{\[])([ \t\r\n]*+)(?![}\]])')
_DISTINCT = frozenset({dict, list, float, str})
"""Types of which the reader makes an object for each value; only a short string may also stand elsewhere."""

_COLON = re.compile(r"[ \t]{0,1}:[ \t]{0,1}\Z")


class Surroundings(NamedTuple):
    """Where a new value comes to stand."""

    indent: str
    """The white space that its line begins with."""

    colon: str
    """What stands between keys and values there."""

    spread: bool
    """Whether a container has its members on lines of their own."""


class JsonStyle:
    """The manners of a text, as far as they show in it."""

    def __init__(self, outline: Outline, value: Any) -> None:
        self._outline = outline
        self._text = outline.text
        self._value = value
        self._colons: dict[str, str | None] = {}
        """What `colon` knows already; None for a container without a member to take it from."""
        self.newline = "\r\n" if "\r\n" in self._text else "\n"

    def around(self, pointer: str, value: object) -> Surroundings:
        """Those of a *value* that takes the place of what *pointer* points to."""
        indent = self._outline.line_indent(self._outline[pointer].start)
        if own := self._outline.members(pointer):
            return Surroundings(indent, self.colon(pointer), self._is_spread(pointer, own))
        return self.inside(parent(pointer), value, indent)

    def inside(self, pointer: str, value: object, indent: str) -> Surroundings:
        """Those of a *value* that comes to stand in a container, on a line of that *indent*."""
        return Surroundings(indent, self.colon(pointer), self._spreads(pointer, value))

    def spelled(self, value: Any, at: Surroundings) -> str:
        """The text of *value*; what stands in the document already keeps its spelling."""
        if (copied := self._copied(value, at)) is not None:
            return copied
        if is_object(value) and value:
            spelled = ((self.key(name), self.spelled(one, self._inner(one, at))) for name, one in value.items())
            members = (f"{key}{at.colon}{text}" for key, text in spelled)
            return self._enclosed("{", members, "}", at)
        if is_array(value) and value:
            items = (self.spelled(one, self._inner(one, at)) for one in value)
            return self._enclosed("[", items, "]", at)
        return json.dumps(value, ensure_ascii=self._escapes)

    def key(self, name: str) -> str:
        """The text of a key."""
        return json.dumps(name, ensure_ascii=self._escapes)

    @cached_property
    def unit(self) -> str:
        """By how much more an inner line is indented than an outer one."""
        lead = re.match(r"[ \t\r\n]*[{\[][ \t\r]*\n[\r\n]*([ \t]+)\S", self._text)
        lead = lead or re.search(r"\n([ \t]+)[^ \t\r\n]", self._text)
        return lead[1] if lead else "  "

    def _inner(self, value: object, at: Surroundings) -> Surroundings:
        spread = at.spread and not (self._packs_lists and is_array(value) and _is_flat(value))
        return at._replace(indent=at.indent + self.unit if at.spread else at.indent, spread=spread)

    def _enclosed(self, opening: str, parts: Iterable[str], closing: str, at: Surroundings) -> str:
        if at.spread:
            inner = self.newline + at.indent + self.unit
            return f"{opening}{inner}{f',{inner}'.join(parts)}{self.newline}{at.indent}{closing}"
        pad = self._pad if opening == "{" else ""
        return f"{opening}{pad}{self.comma(at.colon).join(parts)}{pad}{closing}"

    def comma(self, colon: str) -> str:
        """What separates members on one line, where keys and values have *colon* between them."""
        return ", " if colon.endswith((" ", "\t")) else ","

    def colon(self, pointer: str) -> str:
        """As in the object itself, or in the nearest around it that has a member."""
        passed: list[str] = []
        while (colon := self._colon_within(pointer)) is None and pointer:
            passed.append(pointer)
            pointer = parent(pointer)
        colon = colon or ": "
        self._colons.update(dict.fromkeys(passed, colon))
        return colon

    def _colon_within(self, pointer: str) -> str | None:
        """What stands in the last member of an object, or is known already; each container is looked through once."""
        if pointer not in self._colons:
            members = reversed(self._outline.members(pointer).values())
            found = (self._text[one.key[1] : one.start] for one in members if one.key)
            self._colons[pointer] = next(filter(_COLON.match, found), None)
        return self._colons[pointer]

    def _spreads(self, pointer: str, value: object) -> bool:
        """Whether a container takes many lines: as those beside it do, or as the one that it stands in."""
        if self._is_one_line:
            return False
        beside = self._outline.members(pointer)
        opening = "[" if is_array(value) else "{"
        for other in reversed(beside):
            if self._text[beside[other].start] == opening and (members := self._outline.members(other)):
                return self._is_spread(other, members)
        packed = self._packs_lists and is_array(value) and _is_flat(value)
        return not packed and (not beside or self._is_spread(pointer, beside))

    @cached_property
    def _is_one_line(self) -> bool:
        return "\n" not in self._text.strip(" \t\r\n")

    def _is_spread(self, pointer: str, members: dict[str, Any]) -> bool:
        first = next(iter(members.values()))
        return "\n" in self._text[self._outline[pointer].start : first.start]

    @cached_property
    def _manners(self) -> tuple[bool, str]:
        packs, pad = False, ""
        for opening in _OPENING.finditer(self._text):
            if opening[1] == "[" and "\n" not in opening[2]:
                packs = True
            elif opening[1] == "{" and opening[2] == " ":
                pad = " "
        return packs, pad

    @property
    def _packs_lists(self) -> bool:
        """Whether some list has its first item beside its bracket."""
        return self._manners[0]

    @property
    def _pad(self) -> str:
        """What stands between the braces and the members of an object on one line."""
        return self._manners[1]

    @cached_property
    def _escapes(self) -> bool:
        return self._text.isascii() and "\\u" in self._text

    @cached_property
    def _known(self) -> dict[int, str]:
        """The pointers of what stands in the document, by identity."""
        known: dict[int, str] = {}
        pending: list[tuple[str, Any]] = [("", self._value)]
        while pending:
            pointer, value = pending.pop()
            if type(value) in _DISTINCT:
                known[id(value)] = pointer
            if is_object(value):
                pending += [(pointer + joined([key]), one) for key, one in value.items()]
            elif is_array(value):
                pending += [(f"{pointer}/{index}", one) for index, one in enumerate(value)]
        return known

    def _copied(self, value: Any, at: Surroundings) -> str | None:
        pointer = self._known.get(id(value)) if type(value) in _DISTINCT else None
        if pointer is None:
            return None
        place = self._outline[pointer]
        text = self._text[place.start : place.end]
        if "\n" not in text:
            return text
        if not at.spread:
            return _BREAK.sub(lambda gap: self._joint(text, gap, at.colon), text)
        before = self._outline.line_indent(place.start)
        return text.replace(f"\n{before}", f"\n{at.indent}")

    def _joint(self, text: str, gap: re.Match[str], colon: str) -> str:
        """What takes the place of a line break where there must be none."""
        before, after = text[gap.start() - 1], text[gap.end()]
        if before in ",:":
            return self.comma(colon).removeprefix(",")
        return self._pad if before == "{" or after == "}" else ""


def _is_flat(items: list[Any]) -> bool:
    return not any(is_object(one) or is_array(one) for one in items)
