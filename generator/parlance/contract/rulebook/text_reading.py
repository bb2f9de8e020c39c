"""The texts of a rule to expressions, selectors and plain JSON; a fault of one is found at its character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from ...finding import Finding, LocatedText, Place, did_you_mean, fault
from ...finding.shape import is_array, is_object
from ...regex.authoring import pattern_faults
from ..expression import Call, Expression, ExpressionError, Literal, names, parse, parts
from ..ir import Evidence, JsonValue
from ..rules import Selector
from .placeholders import brace_mistakes

__all__ = ["TextReader", "evidence", "location", "pointer", "selector"]

_SUBSCHEMAS = "schema:"
_NOTHING = Literal(None)


class TextReader:
    """Reads texts, and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.is_proven = False
        """Whether nothing is wrong with what is read now: its patterns are not looked at, which takes longest."""

    def expression(self, text: str, known: frozenset[str]) -> Expression:
        """The expression that *text* spells, of which the names are *known*; null for one that is none."""
        try:
            expression = parse(text)
        except ExpressionError as error:
            self.findings.append(fault("PAR911", location(text, error.offset), error.message))
            return _NOTHING
        for name in dict.fromkeys(names(expression)):
            if name not in known:
                found = re.search(rf"(?<![\w.'\"]){name}\b", text)
                guess = did_you_mean(name, known) or f"; there are {', '.join(sorted(known))}"
                message = f"nothing is called {name!r} here{guess}"
                self.findings.append(fault("PAR911", location(text, found.start() if found else 0), message))
        for part in parts(expression):
            match part:
                case Call("matches", (_, Literal(str()))) if self.is_proven:
                    pass
                case Call("matches", (_, Literal(str(pattern)))):
                    self.findings += pattern_faults(pattern, location(text, max(text.find(pattern), 0)))
                case Call("matches"):
                    message = "the pattern of matches must be a string"
                    self.findings.append(fault("PAR911", location(text, max(text.find("matches"), 0)), message))
                case _:
                    pass
        return expression

    def placeholders(self, text: str, known: AbstractSet[str], *, binds: bool = False) -> None:
        """Complain of braces that are no placeholder which is *known*; with *binds* the rule may have a `let`."""
        for mistake in brace_mistakes(text, known, binds=binds):
            at = location(text, mistake.offset)
            self.findings.append(fault("PAR914", at, mistake.message, advice=mistake.advice))

    def plain(self, value: Any, at: Place | None) -> JsonValue:
        """*value* as JSON has it, without places."""
        for day, place in _days(value, at) if _has_day(value) else ():  # places take longer than all else
            self.findings.append(fault("PAR903", place, "a day is no JSON", advice=f"put it in quotes: '{day}'"))
        return _plain(value)


def _plain(value: Any) -> JsonValue:
    if isinstance(value, str | date):
        return str(value)
    if is_object(value):
        return {str(key): _plain(child) for key, child in value.items()}
    return [_plain(child) for child in value] if is_array(value) else value


def _has_day(value: Any) -> bool:
    children: Iterable[Any] = value.values() if is_object(value) else value if is_array(value) else ()
    return isinstance(value, date) or any(map(_has_day, children))


def _days(value: Any, at: Place | None) -> Iterator[tuple[date, Place | None]]:
    """The days in a value, with their places."""
    if isinstance(value, date):
        yield value, at
    listed: Iterable[tuple[Any, Any]] = enumerate(value) if is_array(value) else ()
    for key, child in value.items() if is_object(value) else listed:
        yield from _days(child, _place(value, key, at))


def location(text: str, offset: int = 0) -> Place | None:
    """Where a character of *text* is written; None for text that was not read from a file."""
    return text.place(offset) if isinstance(text, LocatedText) else None


def selector(text: str) -> Selector:
    """The selector that *text* spells."""
    return Selector(steps=pointer(text.removeprefix(_SUBSCHEMAS)), subschemas=text.startswith(_SUBSCHEMAS))


def pointer(text: str) -> tuple[str, ...]:
    """The steps of a JSON Pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in str(text).split("/")[1:])


def evidence(sources: Any) -> Iterator[Evidence]:
    """Who says so."""
    for source in sources:
        says = source.get("says")
        yield Evidence(source=str(source["source"]), date=source.get("date"), says=says and str(says))


def _place(holder: Any, key: str | int, otherwise: Place | None) -> Place | None:
    places = getattr(holder, "places", None)
    return places[key] if places else otherwise
