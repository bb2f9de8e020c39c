"""Places of a document, and expressions in which they stand for what a rule calls by its own names.

A place is written as a `Name` that is a JSON Pointer, of which the step `*` stands for every item and `**` for a schema
and every schema in it: `/messages/*/role`. No name of the rules' language begins with a slash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..contract.expression import (
    Binary,
    Expression,
    Index,
    Literal,
    Macro,
    Name,
    Select,
    names,
    parts,
    rebuilt,
)
from ..contract.rules import ANY, Selector
from ..finding.pointer import joined, tokens

__all__ = [
    "EVERY_SCHEMA",
    "OUTERMOST",
    "Path",
    "Unplaceable",
    "beside",
    "path_at",
    "path_of",
    "place",
    "placed",
    "places",
]

EVERY_SCHEMA = "**"
"""The step that stands for a schema and every schema in it."""

OUTERMOST = "outermost"
"""The name that is true of the schema that a walk begins with."""

_INDEX = Name("index")
_OF_WALKS = frozenset({"depth", OUTERMOST, _INDEX.name})
"""Names that are left as they are."""

Path = tuple[str, ...]


class Unplaceable(ValueError):
    """An expression that asks for more than places, such as for the pointer of its own."""


@cache
def place(path: Path) -> Name:
    """The name of a place."""
    return Name(joined(path))


@cache
def path_of(name: str) -> Path | None:
    """The steps to the place of this name; None if it names no place."""
    return tuple(tokens(name)) if not name or name.startswith("/") else None


def path_at(at: Selector) -> Path:
    """The steps to the places of a selector."""
    return (*at.steps, EVERY_SCHEMA) if at.subschemas else at.steps


def places(expression: Expression) -> Iterator[Path]:
    """Every place that an expression mentions."""
    for part in parts(expression):
        if isinstance(part, Name) and (path := path_of(part.name)) is not None:
            yield path


def beside(name: str) -> Path:
    """The place of what stands beside a document: it counts as a field of it, whose step is no key of any schema."""
    return (f"&{name}",)


def placed(
    expression: Expression, at: Selector, lets: tuple[tuple[str, Expression], ...] = (), others: Iterable[str] = ()
) -> Expression:
    """*expression*, which is about the places of a selector, with places for names, and values for what `let` binds.

    *others* are the names of what stands beside the document. Raises `Unplaceable`.
    """
    bound: dict[str, Expression] = {name: place(beside(name)) for name in others}
    bound |= {"self": place(path_at(at)), "root": place(())}
    if ANY not in at.steps:
        bound["index"] = Literal(None)
    items = at.steps[: len(at.steps) - at.steps[::-1].index(ANY)] if ANY in at.steps else None
    for name, value in lets:
        bound[name] = _with_places(value, bound, items)
    result = _with_places(expression, bound, items)
    if any(path_of(name) is None and name not in _OF_WALKS for name in names(result)) or _asks_for_index(result):
        raise Unplaceable
    return result


def _asks_for_index(expression: Expression) -> bool:
    """Whether it matters which item it is, and not only that there are items."""
    is_given = [
        part
        for part in parts(expression)
        if isinstance(part, Binary) and _INDEX in {part.left, part.right} and Literal(None) in {part.left, part.right}
    ]
    return sum(part == _INDEX for part in parts(expression)) > len(is_given)


def _with_places(expression: Expression, bound: Mapping[str, Expression], items: Path | None) -> Expression:
    if isinstance(expression, Name):
        return bound.get(expression.name, expression)
    if isinstance(expression, Macro):
        inner = {name: value for name, value in bound.items() if name != expression.variable}
        if any(expression.variable in names(value) for value in inner.values()):
            raise Unplaceable
        of = _with_places(expression.of, bound, items)
        body = _with_places(expression.body, inner, items)
        guard = None if expression.guard is None else _with_places(expression.guard, inner, items)
        return Macro(expression.name, of, expression.variable, body, guard)
    result = rebuilt(expression, lambda part: _with_places(part, bound, items))
    match result:
        case Select(Name(name), step) | Index(Name(name), Literal(str(step))):
            path = path_of(name)
            return result if path is None else place((*path, step))
        case Index(Name(name), Name("index")) if items is not None and path_of(name) == items[:-1]:
            return place(items)
        case Binary("==" | "!=" as operator, Name("path"), Literal("")):
            return Binary(operator, Name(OUTERMOST), Literal(value=True))
        case _:
            return result
