"""An expression that is reduced by what is known of a document has the truth that it had, and so has its code."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from effort import examples
from expressions import spoken
from expressions.engines import VOCABULARY, ours
from expressions.sampling import Documents, Expressions
from interpreter.values import evaluate
from parlance.backends.python.key_sets import KeySets
from parlance.backends.python.printing import flat
from parlance.backends.python.values import python_value
from parlance.contract.expression import Expression, Literal, names, parse
from parlance.contract.rules import ANY, Selector
from parlance.finding.shape import is_array, is_object
from parlance.program.ir import Variable
from parlance.program.places import Path, Unplaceable, place, placed
from parlance.program.reduction import Facts, negated, reduced
from parlance.program.rule_expressions import condition
from parlance.program.scope import Scope
from parlance.program.structure import ABSENT, Kinds
from parlance.runtime.python.pattern_search import matches
from parlance.targets.rules.vocabulary import RESERVED

_KINDS: dict[type, str] = {
    type(None): "null", bool: "bool", int: "number", float: "number", str: "string", list: "list", dict: "map"
}  # fmt: skip
_NAMES = ("self", "root", "index")


class Observed:
    """What a document has at each place: all that any structure could promise of it."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value at a place, `ABSENT` among them where a holder lacks it."""
        values, is_missing = self._values(path)
        kinds = {_KINDS[type(value)] for value in values}
        return frozenset(kinds | {ABSENT} if is_missing or not kinds else kinds)

    def texts(self, path: Path) -> frozenset[str] | None:
        """The strings at a place."""
        return frozenset(value for value in self._values(path)[0] if isinstance(value, str))

    def _values(self, path: Path) -> tuple[list[Any], bool]:
        """The values at a place, and whether a holder lacks it."""
        values, is_missing = [self._document], False
        for step in path:
            inner: list[Any] = []
            is_missing = False
            for value in values:
                if step == ANY and (is_array(value) or is_object(value)):
                    inner += [*value.values()] if is_object(value) else value
                elif is_object(value) and step in value:
                    inner.append(value[step])
                else:
                    is_missing = True
            values = inner
        return values, is_missing


def _truths(expression: Expression, document: Any) -> tuple[bool, bool, bool, bool, Expression]:
    """Of the expression as it is; by its code where facts are known; reduced; and wider; and what is left."""
    bindings = {"self": document, "root": document, "index": None}
    mentioned = tuple(dict.fromkeys((*_NAMES, *names(expression))))
    given = ours(expression, mentioned)(bindings) is True
    facts = Facts(Observed(document))
    here = placed(expression, Selector(steps=()))
    left = reduced(here, facts)
    wider = reduced(here, facts, widens=True)
    return given, _coded(here, facts, document), _coded(left, facts, document), _coded(wider, facts, document), left


def _coded(expression: Expression, facts: Facts, document: Any) -> bool:
    """What the code of a condition says of a document, and so does its program."""
    sets = KeySets("_A")
    scope = Scope({place(()).name: Variable("_root")}, RESERVED, facts=facts)
    value = condition(expression, scope)
    code = flat(python_value(value, sets))
    constants = {_name(each): frozenset(_texts(each)) for each in sets.statements}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # what is left may compare constants
        truth: bool = bool(eval(code, {**VOCABULARY, "matches": matches, **constants, "_root": document}))  # noqa: S307
    assert evaluate(value, {"_root": document}) == truth, (code, document)
    return truth


def _name(made: Any) -> str:
    return str(made.name)


def _texts(made: Any) -> list[str]:
    return [item.value for item in made.value.arguments[0].items]


def _hold(expression: Expression, document: Any) -> bool:
    """Whether much was known, and all of it is so."""
    for one in (expression, negated(expression)):
        given, coded, left, wider, rest = _truths(one, document)
        assert given == coded == left, (one, rest, document)
        assert wider or not given, (one, document)
    return isinstance(rest, Literal)


def _documents(expression: Expression, examples: Sequence[Any], random: Random, count: int) -> list[Any]:
    maker = Documents(expression, examples, random)
    return [document for _ in range(count) if is_object(document := maker.bindings()["root"])]


def test_any_expression_has_its_truth() -> None:
    random = Random(0)  # noqa: S311 - no secret
    maker = Expressions(random)
    decided = tried = 0
    for _ in range(examples(400, at_length=8_000)):
        expression = maker.expression()
        for document in _documents(expression, (), random, 3):
            tried += 1
            decided += _hold(expression, document)
    assert tried > 800
    assert tried / 10 < decided


def test_the_expressions_of_the_spec_have_theirs() -> None:
    random = Random(1)  # noqa: S311 - no secret
    tried = 0
    for each in spoken.spoken():
        if not {*names(each.expression)} <= {*_NAMES}:
            continue
        for document in _documents(each.expression, each.documents, random, examples(2, at_length=20)):
            try:
                _hold(each.expression, document)
            except Unplaceable:
                continue
            tried += 1
    assert tried > 500


def test_keys_are_asked_for_as_keys() -> None:
    facts = Facts(Observed({"a": 1}), {"": frozenset({"map"}), "/a": frozenset({"string", ABSENT})})
    here = placed(parse("self.exists(k, k in ['a', 'b'] && k != 'b')"), Selector(steps=()))
    assert reduced(here, facts) == placed(parse("has(self.a)"), Selector(steps=()))


@pytest.mark.parametrize(
    "text",
    [
        "self.a in [1] || self.a in [true]",
        "self.a in [0, true] && !(self.a in [false, 1])",
        "[self.a].exists(x, x in [1]) || [self.a].exists(x, x in [true])",
        "size([self.a].filter(x, x in [1])) + size([self.a].filter(x, x in [true])) == 1",
        "self.a in (self.b == null ? [1] : [true]) || self.a in [false]",
    ],
)
def test_a_boolean_is_no_number_where_conditions_are_alike(text: str) -> None:
    for value in (True, False, 1, 0, 1.0, None):
        for one in (parse(text), negated(parse(text))):
            given, coded, left, _, _ = _truths(one, {"a": value})
            assert given == coded == left


def test_a_variable_that_is_called_like_a_name_of_the_language_is_a_variable() -> None:
    document = {"a": [None, 1], "b": [{"c": 1}]}
    for text in ("(self.a + self.b).exists(index, index == null)", "self.b.exists(depth, depth.c == 1)"):
        _hold(parse(text), document)
