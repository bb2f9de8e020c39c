"""What is told of an expression before there is a document holds in every document that lacks those places."""

from __future__ import annotations

from random import Random
from typing import Any

from expressions import spoken
from expressions.engines import NAMES, ours
from expressions.sampling import Documents, Expressions
from parlance.contract.expression import Expression, names
from parlance.contract.rules import ANY
from parlance.finding.shape import is_array, is_object
from parlance.targets.rules.constants import Known
from parlance.targets.rules.folding import Each, Fold, Key, Listed, Path, Place, Token, Value


def standing_at(bindings: dict[str, Any], path: Path) -> list[Any]:
    """What stands at the places of *path*, of which the first step is a name."""
    values = [bindings[path[0]]]
    for step in path[1:]:
        inner: list[Any] = []
        for value in values:
            if step == ANY:
                inner += value if is_array(value) else value.values() if is_object(value) else ()
            elif is_object(value) and step in value:
                inner.append(value[step])
        values = inner
    return values


def is_so(told: Value, value: Any, bindings: dict[str, Any]) -> bool:
    match told:
        case Known(known):
            return known == value and isinstance(known, bool) is isinstance(value, bool)
        case Listed(items):
            return (
                is_array(value)
                and len(items) == len(value)
                and all(is_so(one, other, bindings) for one, other in zip(items, value, strict=True))
            )
        case Each(item):
            return is_array(value) and all(is_so(item, other, bindings) for other in value)
        case Place(path):
            is_key = path[-1] == ANY and isinstance(value, str)
            return value is None or is_key or any(value is one for one in standing_at(bindings, path))
        case Token() | Key():
            return value is not None
        case None:
            return True


def told_and_true(expression: Expression, documents: Documents) -> tuple[Value, bool]:
    """What is told of *expression* in one of *documents*, and whether it is so."""
    bindings = documents.bindings()
    starts: dict[str, Value] = {"self": Place(("self",)), "root": Place(("root",))}
    given: dict[str, Value] = {**dict.fromkeys(NAMES), **starts, "index": Known(bindings["index"])}
    told = Fold(given, lambda path: not standing_at(bindings, path)).value(expression)
    value = ours(expression, tuple(dict.fromkeys((*NAMES, *names(expression)))))(bindings)
    return told, is_so(told, value, bindings)


def test_what_is_told_of_any_expression_is_so() -> None:
    random = Random(0)  # noqa: S311 - no secret
    maker = Expressions(random)
    told = 0
    for _ in range(1_500):
        expression = maker.expression()
        documents = Documents(expression, (), random)
        for _ in range(4):
            value, is_true = told_and_true(expression, documents)
            assert is_true, (expression, value)
            told += isinstance(value, Known | Listed | Each)
    assert told > 1_500, "half of the expressions come to nothing where nothing is there"


def test_what_is_told_of_the_expressions_of_the_spec_is_so() -> None:
    random = Random(1)  # noqa: S311 - no secret
    told = 0
    for each in spoken.spoken():
        if not {*names(each.expression)} <= {*NAMES}:
            continue
        documents = Documents(each.expression, each.documents, random)
        for _ in range(6):
            value, is_true = told_and_true(each.expression, documents)
            assert is_true, (each.text, value)
            told += isinstance(value, Known | Listed | Each)
    assert told > 200
