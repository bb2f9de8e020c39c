"""A schema is malformed where the meta-schema says so, and a wrong value of a keyword is one finding, at the keyword.

`make fuzz PART=metaschema` does at length what is done here a few hundred times.
"""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest
from conformance.suite import cases
from metaschema.campaign import run
from metaschema.sampling import KINDS, RIGHT, WRONG, drawn_pattern, drawn_schema, mutated
from metaschema.verdicts import CODE, PLACES, compiles, findings, is_wellformed
from parlance.finding.shape import is_object
from parlance.runtime.python.checks import schemas_in, subschemas
from parlance.runtime.python.patterns import look_around, regex_fault

STRICT: dict[str, Any] = {
    "type": "object",
    "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {"type": "integer"}}},
    "required": ["a", "b"],
    "additionalProperties": False,
}
"""A schema that even a strict tool may have."""
INSIDE = ["", "/properties/a", "/properties/b/items"]


def with_keyword(at: str, keyword: str, value: Any) -> dict[str, Any]:
    schema = copy.deepcopy(STRICT)
    target: Any = schema
    for step in at.split("/")[1:]:
        target = target[step]
    target[keyword] = value
    return schema


@pytest.mark.parametrize("keyword", KINDS)
def test_a_wrong_value_is_one_finding_at_its_keyword(keyword: str) -> None:
    for value in WRONG[KINDS[keyword]]:
        for inside in INSIDE:
            schema = with_keyword(inside, keyword, value)
            assert not is_wellformed(schema)
            for at, make in PLACES:
                for strict in (True, False):
                    found = [one for one in findings(make(schema, strict)) if one.pointer.startswith(at)]
                    assert [one.code for one in found] == [CODE], (value, inside, at, strict, found)
                    pointer = f"{at}{inside}/{keyword}"
                    assert found[0].pointer == pointer or found[0].pointer.startswith(f"{pointer}/")


@pytest.mark.parametrize("keyword", KINDS)
def test_a_right_value_is_no_finding(keyword: str) -> None:
    for value in RIGHT[KINDS[keyword]]:
        schema = with_keyword("/properties/a", keyword, value)
        assert is_wellformed(schema)
        for _, make in PLACES:
            assert CODE not in {one.code for one in findings(make(schema, False))}


def test_what_only_looks_like_a_keyword_is_none() -> None:
    wrong = {name: WRONG[kind][0] for name, kind in KINDS.items()}
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in KINDS} | {"any": True, "none": False},
        "$defs": {name: {"enum": [wrong]} for name in KINDS},
        "default": wrong,
        "const": wrong,
        "examples": [wrong],
        "enum": [wrong, "str", None],
        "x-schema": wrong,
        "nullable": 1,
        "example": wrong,
        "additionalItems": 5,
    }
    assert is_wellformed(schema)
    for _, make in PLACES:
        assert CODE not in {one.code for one in findings(make(schema, False))}


def test_the_official_suite_is_well_formed() -> None:
    schemas: list[Any] = [case.schema for case in cases("draft2020-12") if is_object(case.schema)]
    assert len(schemas) > 300
    for schema in schemas:
        assert is_wellformed(schema)
        assert all(CODE not in {one.code for one in findings(make(schema, False))} for _, make in PLACES)


def test_the_meta_schema_says_the_same_of_mutants_and_python_of_patterns() -> None:
    outcome = run(20260828, rounds=100)
    assert outcome.differences == []
    assert outcome.malformed > 100 < outcome.schemas - outcome.malformed
    assert outcome.compiled > 50 < outcome.patterns - outcome.compiled


def test_the_walk_reaches_every_schema() -> None:
    holders = {name for name, kind in KINDS.items() if "schema" in kind or kind == "dependency-map"}
    marked: Any = {"$comment": "here"}
    named = {"a/b": marked}
    forms: dict[str, Any] = {"schema": marked, "schemas": [marked], "schema-map": named, "dependency-map": named}
    for name in holders:
        reached = [path for each, path, _ in subschemas({name: forms[KINDS[name]]}) if each is marked]
        assert [path.split("/")[1] for path in reached] == [name]
    entered = {name for name in KINDS for form in forms.values() if len([*subschemas({name: form})]) > 1}
    assert entered == holders


def test_every_schema_that_is_drawn_is_well_formed() -> None:
    random = Random(1)  # noqa: S311 - no secret
    assert all(is_wellformed(drawn_schema(random)) for _ in range(50))


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (r"^[^\p{Cc}]{1,200}$", r"unknown escape '\p'"),
        (r"^\p{L}+$", r"unknown escape '\p'"),
        ("(?<year>[0-9]+)", "unknown group '(?<y'"),
        (r"\u{1F600}", r"'\u' lacks hexadecimal digits"),
        (r"[\z]", r"unknown escape '\z'"),
        ("a)", "')' closes nothing"),
        ("(a", "'(' is not closed"),
        ("[a", "'[' is not closed"),
        ("[]", "'[' is not closed"),
        ("[z-a]", "'z-a' is not a range"),
        ("*a", "'*' has nothing to repeat"),
        ("^*", "'*' has nothing to repeat"),
        ("a**", "'*' repeats a repetition"),
        ("a{3,2}", "'{3,2}' has its bounds in the wrong order"),
        (r"(a)\2", r"there is no group 2 before '\2'"),
        ("(?<=a+)b", "a look-behind has no fixed width"),
        ("a(?i)b", "flags for the whole pattern do not stand at its start"),
        ("a\\", "a backslash ends it"),
        (r"\cA", r"unknown escape '\c'"),
    ],
)
def test_what_python_refuses_is_reported(pattern: str, fault: str) -> None:
    assert not compiles(pattern)
    assert regex_fault(pattern) == fault


@pytest.mark.parametrize(
    "pattern",
    [
        "", "a++", "a*+", "(?>ab)", "(?P<year>[0-9]+)(?P=year)", "[]]", "[^]a]", "a{,3}", "a{", "{}", "x{1,a}",
        r"(?#\z)", r"(?#\)\z)a", r"\\z",
        r"(a)(?(1)b|c)", "(?i:a)b", "(?#note)", r"\/\-\_", "[[a]", "[a&&b]", "[\\w-]", "(?<=ab|cd)e", "(?x) a # )",
    ],
)  # fmt: skip
def test_what_python_compiles_is_none(pattern: str) -> None:
    assert compiles(pattern)
    assert regex_fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "look"),
    [
        (r"^(?!\.)[a-z]+$", "(?!"),
        ("a(?=b)", "(?="),
        ("(?<=a)b", "(?<="),
        ("((?<!a)b)", "(?<!"),
        (r"^(?!_)\p{L}$", "(?!"),
        (r"\(?=a", None),
        ("[(?=a]", None),
        ("(?:a)(?P<b>c)(?>d)(?#(?=)", None),
    ],
)
def test_look_around_is_distinguished_from_what_resembles_it(pattern: str, look: str | None) -> None:
    assert look_around(pattern) == look


def test_a_pattern_takes_time_in_its_length_only() -> None:
    random = Random(2)  # noqa: S311 - no secret
    assert regex_fault("(" * 100_000 + ")" * 100_000) is None
    assert regex_fault("(?i)" + "[\0-\U0010ffff]" * 10_000) is None
    assert regex_fault("".join(drawn_pattern(random) for _ in range(10_000))) is not None
    assert regex_fault("((a{4294967294}){4294967294})" * 1_000) is None
    assert regex_fault("a{" + "9" * 100_000 + "}") is not None
    others: list[Any] = [None, 1, [], {}]
    for value in others:
        assert regex_fault(value) is None is look_around(value)


def test_both_walks_come_to_the_same_schemas() -> None:
    random = Random(5)  # noqa: S311 - no secret
    for _ in range(500):
        schema = mutated(drawn_schema(random), random)
        with_pointers = [(id(each), depth) for each, _, depth in subschemas(schema)]
        assert sorted(with_pointers) == sorted((id(each), depth) for each, depth in schemas_in(schema))
