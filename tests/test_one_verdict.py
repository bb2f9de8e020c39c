"""One keyword, one verdict: validators, models and modules of --from-schema, on every edge of every keyword."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from command import parlance
from hypothesis import given
from hypothesis import strategies as st
from parlance.runtime.python.equality import comparable, is_multiple, is_unique

SPEC = Path(__file__).parent / "cases" / "spec" / "edges"
SCRIPT = Path(__file__).with_name("edge_verdicts.py")
RIGHT: dict[str, tuple[set[str], set[str]]] = {
    "cents": ({"19.99", "-19.99", "0.07", "4.35", "1e308", "0", "-0.0", "9" * 400}, {"0.009", "0.005", "5e-324"}),
    "tenths": ({"0.3", "0.7", "1.1", "1e23", "0.29999999999999999"}, {"0.30000000000000004", "0.01", "1e-308"}),
    "tiny": ({"1e308", "3e-300", "9" * 400}, {"1.5e-300", "5e-324", "1e-308"}),
    "thirds": ({"3", "3.0", "6e0", "9" * 400}, {"1e308", "1e23", "100000000000000000000000", "1", "true"}),
    "dozens": ({"12", "12.0"}, {"18", "6e0", "2.5"}),
    "whole": ({"1.0", "10e-1", "1e308", "9" * 4000}, {"2.5", "true", '"1"'}),
    "large": ({"9007199254740992", "9007199254740993.0"}, {"9007199254740993", "9007199254740994", "1e16"}),
    "more": ({"9007199254740993", "1e16"}, {"9007199254740992", "9007199254740993.0"}),
    "below": ({"0.9999999999999999"}, {"1.0", "0.99999999999999999", "1.0000000000000002"}),
    "least": ({"0.3", "0.29999999999999999"}, {"0.29999999999999993", "0.2"}),
    "shares": ({"0.3", "0.29999999999999999"}, {"0.30000000000000004", "0.2"}),
    "short": ({'"😀😀"', '"\\ud83d\\ude00"', '"e\\u0301"', '""'}, {'"😀😀😀"', '"abc"'}),
    "long": ({'"ab"', '"😀😀"', '"e\\u0301"'}, {'"😀"', '"é"', '"\\ud83d\\ude00"'}),
    "word": ({'"a"'}, {'"a\\n"', '"a\\u2028"', '"é"', '"K"', '"\\u017f"'}),
    "digits": ({'"1"'}, {'"\\u0661"', '"\\uff11"'}),
    "set": (
        {"[1, true]", "[0, false]", "[[1], [true]]", '["1", 1]', "[9007199254740992, 9007199254740993]", "[[], {}]"},
        {"[1, 1.0]", "[0, -0.0]", '[{"a": 1, "b": 2}, {"b": 2, "a": 1.0}]', "[9007199254740992, 9007199254740992.0]"},
    ),
    "pair": ({"[1]", "[1, 2]"}, {"[]", "[1, 2, 3]"}),
    "one": ({"1", "1.0", "10e-1", "0.99999999999999999"}, {"true", '"1"', "1.0000000000000002"}),
    "agreed": (set(), {"1", "1.0", "false", '"true"'}),
    "flag": ({"true", "false"}, {"0", "1", "null"}),
    "bag": ({'{"a": 1.0}'}, {"{}", '{"a": 1, "b": 2, "c": 3}', '{"a": true}', '{"a": 1.5}'}),
    "names": ({'{"x": "a"}', "{}"}, {'{"ax": "a"}', '{"": "a"}', '{"x": 1}'}),
    "size": ({'"a"', '"1"'}, {"1", '"A"'}),
}
"""What each field takes and refuses, by the standard: a number is the decimal number that its text says."""


class Row(NamedTuple):
    """What the readers say of a value of a field."""

    field: str
    value: str
    verdicts: dict[str, bool]
    severities: list[str]
    """Of what the check reports."""


@pytest.fixture(scope="module", name="folder")
def generated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edges")
    commands = [["--spec", str(SPEC), "--output", "made"]]
    for dialect in ("edges-1", "borrowed-1"):
        schema, module = f"made/jsonschema/{dialect}/edge.schema.json", f"module_{dialect.replace('-', '_')}.py"
        commands.append(["--from-schema", schema, "--output", module])
    for arguments in commands:
        done = parlance("generate", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


def printed_rows(folder: Path, dialect: str) -> list[Row]:
    printed = subprocess.run([sys.executable, SCRIPT, folder, dialect], capture_output=True, check=False)
    assert printed.returncode == 0, printed.stderr.decode()
    rows = [Row(*json.loads(line)) for line in printed.stdout.splitlines()]
    assert len(rows) > 2500
    return rows


@pytest.fixture(scope="module", name="verdicts")
def strict_verdicts(folder: Path) -> list[Row]:
    return printed_rows(folder, "edges-1")


@pytest.fixture(scope="module", name="borrowed")
def borrowed_verdicts(folder: Path) -> list[Row]:
    """Those of a dialect of another family, whose server nothing says to have the same constraints."""
    return printed_rows(folder, "borrowed-1")


def test_all_readers_have_one_verdict(verdicts: list[Row]) -> None:
    assert [row for row in verdicts if len({*row.verdicts.values()}) > 1] == []
    assert [row for row in verdicts if ["error"] * (not row.verdicts["check"]) != row.severities] == []


def test_all_readers_take_what_is_only_warned_of(borrowed: list[Row], verdicts: list[Row]) -> None:
    assert [row for row in borrowed if len({*row.verdicts.values()}) > 1] == []
    refused = {(row.field, row.value) for row in verdicts if not row.verdicts["check"]}
    assert {(row.field, row.value) for row in borrowed if row.severities} == refused
    warned = {row.field for row in borrowed if row.severities == ["warning"]}
    assert warned >= {*RIGHT} - {"whole", "one", "agreed", "flag"}  # types hold whoever's server it is


@pytest.mark.parametrize("name", RIGHT)
def test_the_verdict_is_the_standards(verdicts: list[Row], name: str) -> None:
    printed = {row.value: all(row.verdicts.values()) for row in verdicts if row.field == name}
    accepted, refused = RIGHT[name]
    assert {value: printed[value] for value in accepted | refused} == {
        **dict.fromkeys(accepted, True),
        **dict.fromkeys(refused, False),
    }


FINITE = st.floats(allow_nan=False, allow_infinity=False)
STEPS = st.sampled_from([0.01, 0.1, 1e-300, 5e-324, 3, 7, 1.5, 1e308, 10**400]) | FINITE.map(abs).filter(bool)


@given(FINITE | st.integers() | st.sampled_from([10**400, -(10**400) + 1, 2**53 + 1]), STEPS)
def test_a_multiple_is_one_of_decimal_numbers(value: float, step: float) -> None:
    assert is_multiple(value, step) == ((Fraction(str(value)) / Fraction(str(step))).denominator == 1)


@given(st.integers(-(10**6), 10**6), st.sampled_from([2, 3, 5]))
def test_what_is_written_with_so_many_places_is_a_multiple(digits: int, places: int) -> None:
    text = f"{digits}e-{places}"
    assert is_multiple(float(text), float(f"1e-{places}"))
    assert is_multiple(float(text), float(f"1e-{places - 1}")) == (digits % 10 == 0)


def test_no_number_is_a_multiple_where_it_is_none() -> None:
    assert not any(is_multiple(value, step) for value in (float("inf"), float("nan")) for step in (1, 0.01))


SCALARS = st.none() | st.booleans() | st.integers(0, 2) | st.just(1.0) | st.sampled_from("ab")


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("ab"), inner)))
def test_equal_is_what_has_one_text(value: Any) -> None:
    again = json.loads(json.dumps(value, sort_keys=True))
    assert comparable(value) == comparable(again)
    assert not is_unique([value, again])
