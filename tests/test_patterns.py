"""Regular expressions mean what ECMA-262 says, and take linear time; at length: `python -m tests.patterns`.

`tests/cases/patterns` has patterns with texts, patterns that are refused, and patterns with how much a search tries.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from parlance.regex import (
    Backtracking,
    Linear,
    RegexError,
    attempts,
    choose,
    is_linear,
    parse,
    program,
    python_pattern,
    search,
)
from parlance.regex.linear import linear_search
from patterns.campaign import DELIBERATE, examine_random
from patterns.engines import OURS, PEERS, Node, by_program, by_python
from patterns.signs import with_signs_escaped
from patterns.speed import examine_speed, most_passes
from steps import steps

CASES = Path(__file__).parent / "cases" / "patterns"


def cases(name: str, key: str | None = None) -> list[Any]:
    read = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return [pytest.param(each, id=each["pattern"]) for each in (read[key] if key else read)]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node() as process:
        yield process


@pytest.mark.parametrize("case", cases("meaning"))
def test_a_pattern_means_what_it_means_in_ecmascript(case: dict[str, Any], node: Node) -> None:
    pattern, texts = case["pattern"], [*case["found"], *case["not"]]
    expected = [*(True for _ in case["found"]), *(False for _ in case["not"])]
    assert node.ask(pattern, texts, legacy=case.get("legacy", False)) == expected
    assert by_python(pattern, texts) == (None if case.get("refused_by_python") else expected)
    assert by_program(pattern, texts) in (None, expected)


@pytest.mark.parametrize("case", cases("refused"))
def test_a_refused_pattern_is_refused_with_where_and_why(case: dict[str, Any]) -> None:
    with pytest.raises(RegexError) as caught:
        parse(case["pattern"])
    assert caught.value.message.startswith(case["message"])
    assert caught.value.offset == case["at"]


def test_random_patterns_mean_what_they_mean_in_ecmascript() -> None:
    outcome = examine_random(patterns=250)  # `make fuzz PART=patterns` makes as many as it can
    assert not outcome.differences, "\n".join(map(str, outcome.differences))
    assert {*outcome.deliberate} <= {*DELIBERATE}
    assert outcome.deliberate.total() < outcome.patterns / 10
    for engine_ in (*OURS, *PEERS):
        assert 0.2 < outcome.found[engine_] / outcome.searches[engine_] < 0.8
    assert outcome.searches["python"] > outcome.searches["node"] * 0.7


@pytest.mark.parametrize("case", cases("speed", "linear"))
def test_a_linear_pattern_is_proven_with_its_bound(case: dict[str, Any]) -> None:
    assert attempts(parse(case["pattern"])) == case["runs"]
    assert isinstance(choose(case["pattern"]), Backtracking)


def test_the_page_on_patterns_is_true() -> None:
    page = (CASES.parents[2] / "docs" / "patterns.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*`) \| (linear|slow) \|", page, re.MULTILINE)
    reported = {pattern: word == "linear" for cell, word in rows for pattern in re.findall("`([^`]+)`", cell)}
    assert len(reported) > 8
    assert {pattern: is_linear(parse(pattern)) for pattern in reported} == reported


@pytest.mark.parametrize("case", cases("speed", "slow"))
def test_a_slow_pattern_is_found_and_is_slow(case: dict[str, Any]) -> None:
    regex = parse(case["pattern"])
    start, again, end = case["text"]
    assert attempts(regex) is None
    assert most_passes(regex, start + again * 60 + end) > 50


@pytest.mark.parametrize("case", cases("speed", "slow"))
def test_a_slow_pattern_is_searched_for_by_the_engine_or_refused(case: dict[str, Any]) -> None:
    start, again, end = case["text"]
    if "refused" in case:
        with pytest.raises(RegexError, match=case["refused"]):
            choose(case["pattern"])
        return
    means = choose(case["pattern"])
    assert isinstance(means, Linear)
    assert not search(means.program, start + again * 20_000 + end)


def test_no_more_runs_pass_over_a_character_than_are_proven() -> None:
    outcome = examine_speed(patterns=120)
    assert not outcome.broken, "\n".join(outcome.broken)
    assert outcome.proven > 70
    assert outcome.reached > outcome.proven / 4, "a bound that is never reached says little"


def test_a_search_recurses_no_deeper_for_a_longer_text() -> None:
    assert search(program(parse("^(?:a|b)*$")), "ab" * 100_000)
    assert re.search(python_pattern(parse("^(?:a|b)*$")), "ab" * 100_000)


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 64 + "a" + ")" * 64,
        "(?:" * 40 + "a" + "){1,40}" * 40,
        "(?:" * 60 + "a" + ")*" * 60,
        "|".join("a" * number for number in range(1, 60)),
        "(a?|b?|c?){0,300}x",
        "[ab]*a" + "[ab]" * 300 + "$",
        "^(?:" + "a?" * 500 + ")$",
        "(?:" + "|" * 3000 + "){50}x",
        r"(?<=(\1a))\1b",
        r"(?<=(\2a)(\1b))\1\2c",
        "^" + "abcdefghij" * 500 + "$",
        r"^(?:\p{L}|\p{N}|\P{Lu}|(?i:\p{Ll}))*$",
    ],
)
def test_no_pattern_takes_long_to_be_judged(pattern: str) -> None:
    regex = parse(pattern)
    is_linear(parse(r"\p{L}(?i:k)"))  # the tables of Unicode, once
    assert steps(lambda: is_linear(regex)) < 1_000_000


def test_a_pattern_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(RegexError, match="more than 64 deep"):
        parse("(" * 65 + "a" + ")" * 65)
    with pytest.raises(RegexError, match="more than 64 deep"):
        parse("(" * 100_000)


def kept(made: linear_search.Search) -> int:
    return len(vars(made)["_places"])


def test_the_engine_keeps_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear_search, "_MOST_KEPT", 40)
    made = linear_search.Search(program(parse("(?:a|b)*a(?:a|b){9}c$")))
    random = Random(7)  # noqa: S311, nothing is secret
    text = "".join(random.choices("ab", k=3_000))
    assert not made(text)
    assert made(f"{text}abbbbbbbbbc")
    assert kept(made) <= 41


def test_the_source_of_the_engine_stands_alone() -> None:
    source = Path(linear_search.__file__).read_text("utf-8")
    imported = set(re.findall(r"^\s*(?:from|import) (\S+)", source, re.MULTILINE))
    assert imported <= sys.stdlib_module_names | {"collections.abc", "__future__"}
    names: dict[str, Any] = {"__name__": "vendored"}
    exec(source, names)  # noqa: S102, as a user of the generated module would
    made = program(parse("^(?:a+)+$"))
    assert names["search"](eval(repr(made)), "aaa")  # noqa: S307, a program is a plain literal
    assert not names["search"](made, "a" * 5_000 + "!")


@pytest.mark.parametrize(
    ("pattern", "strict"),
    [
        (r"\\p{Unheard}B", r"\\p\{Unheard\}B"),
        ("-{{1}1,}?", r"-\{{1}1,\}?"),
        (r"a\-b]", r"a-b\]"),
        (r"[\-\_{}]\u{61}\p{L}{2,}", r"[\-_{}]\u{61}\p{L}{2,}"),
        (r"(?<a>b)\k<a>\{\/", r"(?<a>b)\k<a>\{\/"),
    ],
)
def test_signs_that_stand_for_themselves_are_escaped(pattern: str, strict: str, node: Node) -> None:
    assert with_signs_escaped(pattern) == strict
    assert node.ask(strict, ["a"]) is not None
