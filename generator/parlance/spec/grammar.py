"""Files of a spec against its grammar, `meta.schema.json`: one finding for each mistake, with its place.

The keywords that the grammar itself uses are evaluated here: it takes a tenth of a general validator's time, and each
mistake is put into words where it is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from ..finding import Finding, LocatedList, LocatedMap, SpecError, did_you_mean, fault
from ..finding.pointer import joined
from ..finding.shape import is_array, is_object
from .hints import INSTEAD
from .located import Node, place_of
from .located import Path as At
from .reading import shown

__all__ = ["Grammar"]


class _GrammarFault(NamedTuple):
    at: At
    code: str
    message: str
    advice: str | None = None
    secondary: bool = False
    """Whether a misspelt keyword of the same mapping would explain it."""


_OTHER_LANGUAGES = frozenset({"rule-choices", "containers"})
"""What a dialect says in the languages of rules and of containers."""

_Check = Callable[["Grammar", Node, Node, At, Node], Iterator[_GrammarFault]]


class Grammar:
    """The grammar of a spec, ready to check."""

    def __init__(self, path: Path) -> None:
        try:
            self.definitions: dict[str, Any] = json.loads(path.read_text("utf-8"))["$defs"]
        except (OSError, ValueError, KeyError) as error:
            message = f"the grammar of the spec cannot be read: {error}"
            raise SpecError([fault("PAR901", None, f"{shown(path)}: {message}")]) from None
        self.languages = {kind: frozenset(_words(self.definitions, kind)) for kind in ("rules", "models", "containers")}
        of_schemas = [_words(self.definitions, kind, _OTHER_LANGUAGES) for kind in ("entry", "schemas", "dialect")]
        self.languages["schemas"] = frozenset(chain(*of_schemas))
        others = (word for kind in _OTHER_LANGUAGES for word in _words(self.definitions, kind))
        self.languages["dialect"] = self.languages["schemas"].union(others)
        self.words = self.languages["schemas"]
        """The keywords of the language that is being checked: a misspelt one is close to one of these."""

    def check(self, kind: str, value: LocatedMap | LocatedList, at: At = ()) -> Iterator[Finding]:
        """Say where *value*, which stands at *at* in its document, is not what the definition *kind* says."""
        self.words = self.languages.get(kind, self.languages["schemas"])
        mistakes = list(self.mistakes(self.definitions[kind], value, ()))
        misspelt = {mistake.at[:-1] for mistake in mistakes if mistake.code == "PAR902"}
        for mistake in dict.fromkeys(mistakes):
            if mistake.secondary and mistake.at[:-1] in misspelt:
                continue
            place, pointer = place_of(value, mistake.at), joined((*at, *mistake.at))
            yield fault(mistake.code, place, mistake.message, pointer=pointer, advice=mistake.advice)

    def mistakes(self, schema: Node, value: Node, at: At) -> Iterator[_GrammarFault]:
        """What *schema*, a part of the grammar, has against *value*."""
        if schema is True:
            return
        for keyword, rule in schema.items():
            check = _KEYWORDS[keyword]
            if check is not None:
                yield from check(self, rule, value, at, schema)

    def values_of(self, schema: Node, name: str) -> list[Node]:
        """The values of a property of *schema* of which it must be one; empty where it may be anything else."""
        while name not in schema.get("properties", {}) and "$ref" in schema:
            schema = self.definitions[schema["$ref"].removeprefix("#/$defs/")]
        kind = schema.get("properties", {}).get(name)
        return kind.get("enum", []) if is_object(kind) else []

    def fits(self, schema: Node, value: Node) -> bool:
        """Whether *schema* has nothing against *value*."""
        return next(self.mistakes(schema, value, ()), None) is None


def _words(definitions: dict[str, Any], kind: str, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """The keywords of the definition *kind* and of all that it leads to, but for those that are *without*."""
    reached = [kind]
    for name in reached:
        definition = definitions[name]
        if name.endswith("keywords") or definition.get("additionalProperties") is False:
            yield from definition.get("properties", {})
        reached.extend(other for other in _mentioned(definition) if other not in {*reached, *without})


def _mentioned(part: Node) -> Iterator[str]:
    pairs = part.items() if is_object(part) else enumerate(part) if is_array(part) else ()
    for key, value in pairs:
        if key == "$ref" and isinstance(value, str):
            yield value.removeprefix("#/$defs/")
        else:
            yield from _mentioned(value)


_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("text", lambda value: isinstance(value, str)),
    "integer": ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "number": ("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "object": ("a mapping", lambda value: isinstance(value, LocatedMap)),
    "array": ("a list", lambda value: isinstance(value, LocatedList)),
    "null": ("null", lambda value: value is None),
}


def _written(value: object) -> str:
    if isinstance(value, date):
        return "a date"
    for words, holds in _TYPES.values():
        if holds(value):
            return words
    return "something else"


def _type(_: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    names = [rule] if isinstance(rule, str) else rule
    if schema.get("format") == "date":
        if not isinstance(value, date):
            message = f"must be a day, such as 2024-09-12, not {_written(value)}"
            yield _GrammarFault(at, "PAR903", message, "write it without quotes")
    elif not any(_TYPES[name][1](value) for name in names):
        accepted = " or ".join(_TYPES[name][0] for name in names)
        advice = "put it in quotes" if "string" in names and isinstance(value, date | int | float) else None
        yield _GrammarFault(at, "PAR903", f"must be {accepted}, not {_written(value)}", advice)


def _enum(_: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if not any(_same(value, known) for known in rule):
        plain = [known for known in rule if not isinstance(known, list)]
        guess = did_you_mean(value, plain) if isinstance(value, str) else ""
        listed = ", ".join(_shown(known) for known in plain)
        message = f"must be {'one of ' if len(plain) > 1 else ''}{listed}, not {_shown(value)}{guess}"
        yield _GrammarFault(at, "PAR903", message, schema.get("description"))


def _const(_: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if not _same(value, rule):
        yield _GrammarFault(at, "PAR903", f"must be {_shown(rule)}, not {_shown(value)}", schema.get("description"))


def _pattern(_: Grammar, rule: str, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if isinstance(value, str) and not re.search(rule, value):
        yield _GrammarFault(at, "PAR903", f"{value!r} is not of the form {rule}", schema.get("description"))


def _bounded(kind: str, words: str, too_little: Callable[[Node, Node], bool]) -> _Check:
    def check(_: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
        if _TYPES[kind][1](value) and too_little(value, rule):
            yield _GrammarFault(at, schema.get("x-code", "PAR903"), words.format(rule))

    return check


def _required(grammar: Grammar, rule: list[str], value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if isinstance(value, LocatedMap):
        for name in rule:
            if name not in value:
                title = schema.get("title")
                message = f"{title} needs {name!r}" if title else f"{name!r} is missing"
                values = grammar.values_of(schema, name)
                advice = f"write one of {', '.join(map(_shown, values))}" if values else None
                yield _GrammarFault((*at, name), schema.get("x-code", "PAR903"), message, advice, secondary=True)


def _properties(grammar: Grammar, rule: dict[str, Any], value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    if isinstance(value, LocatedMap):
        for name, child in value.items():
            if rule.get(name, True) is not True:
                yield from grammar.mistakes(rule[name], child, (*at, name))


def _additional(grammar: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if not isinstance(value, LocatedMap):
        return
    known = schema.get("properties", {})
    for name, child in value.items():
        if name in known:
            continue
        if rule is not False:
            yield from grammar.mistakes(rule, child, (*at, name))
        elif name in grammar.words:
            title = schema.get("title")
            message = f"{name!r} is not a keyword of {title}" if title else f"{name!r} does not stand here"
            yield _GrammarFault((*at, name), "PAR903", message, secondary=True)
        else:
            guess = "" if name in INSTEAD else did_you_mean(name, known) or did_you_mean(name, grammar.words)
            message = f"{name!r} is not a keyword of the spec language{guess}"
            advice = (
                "in braces a comma ends a text: put the text in quotes"
                if child is None and not name.isidentifier()
                else None
            )
            yield _GrammarFault((*at, name), "PAR902", message, INSTEAD.get(name, advice))


def _property_names(grammar: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    if isinstance(value, LocatedMap):
        for name in value:
            if not grammar.fits(rule, name):
                advice = rule.get("description") or f"a name here has the form {rule['pattern']}"
                yield _GrammarFault((*at, name), "PAR903", f"{name!r} is not a name that may stand here", advice)


def _items(grammar: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    if isinstance(value, LocatedList):
        for index, item in enumerate(value):
            yield from grammar.mistakes(rule, item, (*at, index))


def _unique(_: Grammar, rule: bool, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    if rule and isinstance(value, LocatedList):
        for index, item in enumerate(value):
            if item in value[:index]:
                yield _GrammarFault((*at, index), "PAR903", f"{item!r} stands in the list twice")


def _reference(grammar: Grammar, rule: str, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    yield from grammar.mistakes(grammar.definitions[rule.removeprefix("#/$defs/")], value, at)


def _condition(grammar: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    yield from grammar.mistakes(schema.get("then" if grammar.fits(rule, value) else "else", True), value, at)


def _not(grammar: Grammar, rule: Node, value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if grammar.fits(rule, value):
        yield _GrammarFault(at, "PAR903", schema.get("description", "may not stand here"))


def _one_of(grammar: Grammar, rule: list[Any], value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    if isinstance(value, LocatedMap) and sum(grammar.fits(option, value) for option in rule) != 1:
        yield _GrammarFault(at, "PAR903", schema["description"])


def _all_of(grammar: Grammar, rule: list[Any], value: Node, at: At, schema: Node) -> Iterator[_GrammarFault]:
    del schema
    for part in rule:
        yield from grammar.mistakes(part, value, at)


def _same(value: Node, known: Node) -> bool:
    return bool(value == known) and isinstance(value, bool) == isinstance(known, bool)


def _shown(value: Node) -> str:
    return repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


_KEYWORDS: dict[str, _Check | None] = {
    "$ref": _reference,
    "additionalProperties": _additional,
    "allOf": _all_of,
    "const": _const,
    "description": None,
    "else": None,
    "enum": _enum,
    "exclusiveMinimum": _bounded("number", "must be above {}", lambda value, rule: value <= rule),
    "format": None,
    "if": _condition,
    "items": _items,
    "maxItems": _bounded("array", "must have at most {} items", lambda value, rule: len(value) > rule),
    "minItems": _bounded("array", "must have at least {} item", lambda value, rule: len(value) < rule),
    "minLength": _bounded("string", "must not be empty", lambda value, rule: len(value) < rule),
    "minProperties": _bounded("object", "must have at least {} key", lambda value, rule: len(value) < rule),
    "minimum": _bounded("number", "must be at least {}", lambda value, rule: value < rule),
    "not": _not,
    "oneOf": _one_of,
    "pattern": _pattern,
    "properties": _properties,
    "propertyNames": _property_names,
    "required": _required,
    "then": None,
    "title": None,
    "type": _type,
    "uniqueItems": _unique,
    "x-code": None,
}
