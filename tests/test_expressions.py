"""Where a CEL engine has a value for an expression, ours is the same; at length: `python -m tests.expressions`."""

from __future__ import annotations

from typing import Any

import pytest
from expressions.campaign import DELIBERATE, Outcome, examine_random, examine_spoken
from expressions.engines import ENGINES, NOTHING, VOCABULARY, ours
from expressions.spoken import spoken
from expressions.text import as_cel
from parlance.contract.expression import parse


@pytest.fixture(scope="module")
def random() -> Outcome:
    return examine_random(expressions=300, rounds=6)  # `make fuzz PART=expressions` makes as many as it can


def test_expressions_of_the_spec_mean_what_they_mean_in_cel() -> None:
    outcome = examine_spoken(rounds=3)
    assert not outcome.differences, "\n\n".join(map(str, outcome.differences))
    assert outcome.expressions >= 300
    assert not outcome.refused, "every expression is CEL"
    assert all(outcome.values[engine] > outcome.evaluations[engine] / 2 for engine in ENGINES)


def test_random_expressions_mean_what_they_mean_in_cel(random: Outcome) -> None:
    assert not random.differences, "\n\n".join(map(str, random.differences))
    assert not random.refused
    assert all(random.values[engine] > random.evaluations[engine] / 5 for engine in ENGINES)


def test_a_deliberate_difference_is_rare_and_has_a_reason(random: Outcome) -> None:
    assert {*random.deliberate} <= {*DELIBERATE}
    assert random.deliberate.total() < random.values.total() / 50


def test_a_function_that_is_off_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def beginning(value: Any, start: Any) -> bool:
        return isinstance(value, str) and isinstance(start, str) and value.startswith(start[1:])

    monkeypatch.setitem(VOCABULARY, "starts_with", beginning)
    found = examine_spoken(rounds=20, only=[each for each in spoken() if "startsWith" in each.text]).differences
    assert {each.engine for each in found} == {*ENGINES}


NULL_SAFE = (
    "self.x",
    "self.a.x",
    "self.list[9]",
    "self.x + 1",
    "self.a < 3",
    "self.x.all(y, y)",
    "size(self.x)",
    "-self.a",
)


@pytest.mark.parametrize("text", NULL_SAFE)
def test_where_cel_has_no_value_ours_is_null_or_false(text: str) -> None:
    bindings: dict[str, Any] = dict.fromkeys(("root", "index", "depth", "path", "place", "reasoning")) | {
        "self": {"a": "b", "list": []}
    }
    names = tuple(bindings)
    assert {make(text, names)(bindings) for make in ENGINES.values()} == {NOTHING}
    assert ours(parse(text), names)(bindings) in {None, False, True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type(self.x) == 'number'", "(type(self.x) == int || type(self.x) == double)"),
        ("type(self) in ['list', 'map']", "(type(self) == list || type(self) == map)"),
        ("type(self) != 'null'", "!(type(self) == null_type)"),
    ],
)
def test_names_of_types_are_put_in_the_words_of_cel(text: str, expected: str) -> None:
    assert as_cel(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("string(1.0)", "1"),
        ("string(-0.5)", "-0.5"),
        ("1.0 == 1", True),
        ("true == 1", False),
        ("false < true", True),
        ("true < 2", False),
        ("[1, 'a'] == [1.0, 'a']", True),
        ("'é' < 'z'", False),
        ("1 in [1.0]", True),
        ("1 != null", True),
        ("null == null", True),
        ("(1 == 1) == true", True),
        ("(1 == 2) == false", True),
        ("true == (1 == 1)", True),
        ("((1 == 1) == true) == true", True),
        ("(1 == 2) != true", True),
        ("('a' == 'b') == ('c' == 'd')", True),
        ("(1 < 2) == ('a' in ['a'])", True),
        ("!(1 == 2) == true", True),
        ("!(1 == 1) == false", True),
        ("!(!(true || false)) && false", False),
        ("(1 == 2) == (true && false)", True),
        ("true == (false || 1 == 1)", True),
        ("(1 == 1 ? 1 == 2 : true) == false", True),
        ("(false ? 'a' : 'b') == 'b'", True),
        ("(true ? 'a' : 'b') == true", False),
        ("(1 == 1 ? 'a' : 'b') != null", True),
        ("[1, 2].exists_one(x, x == 1) == true", True),
        ("![1, 1].exists_one(x, x == 1) == true", True),
        ("[1, 2].all(x, (x > 0) == true) == true", True),
        ("[1, 2].map(x, (x == 1) == true)", [True, False]),
        ("[true, false].filter(x, (x == true) == false)", [False]),
        ("((1 == 1) in [true]) == true", True),
        ("(has({'a': 1}.a) == true) == true", True),
        ("'a' && true", False),
        ("!'a' == true", True),
        ("true in [1] || true in [true]", True),
        ("true in [true] || true in [1]", True),
        ("1.0 in [true] || 1.0 in [1]", True),
        ("!(false in [0]) && !(false in [false])", False),
        ("[true].exists(x, x in [1]) || [true].exists(x, x in [true])", True),
        ("[true].exists(x, [x] == [1]) || [true].exists(x, [x] == [true])", True),
        ("{'a': 1} == {'a': true} || {'a': true} == {'a': true}", True),
    ],
)
def test_values_of_expressions_without_a_document(text: str, value: Any) -> None:
    own = ours(parse(text), ())({})
    assert own == value
    assert type(own) is type(value)
    engines = [make(text, ())({}) for make in ENGINES.values()]
    assert all(theirs in (value, NOTHING) for theirs in engines)
