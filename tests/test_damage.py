"""No rule fails, whatever the document; `python -m tests.agreement.damage` is this at length."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

import pytest
import shipped
from agreement.damage import damage, examples
from agreement.shape import is_array, is_object, put
from parlance_dialects.anthropic_2026_11 import rules as inherited_rules
from parlance_dialects.openai_2026_11 import rules
from parlance_dialects.violation import Violation

Path = tuple[str | int, ...]


def test_no_rule_fails_or_changes_what_it_looks_at() -> None:
    done = damage(200)
    assert not done.failures, done.failures[0]
    assert done.documents == 200
    assert done.looks > 200 * 5 * 5
    assert len(done.findings) > 60
    assert done.edits > 40


def test_a_rule_that_fails_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def lint(value: object) -> object:
        return iter([value["messages"]])  # type: ignore[index]

    monkeypatch.setitem(rules.LINTS, "request", lint)
    assert damage(20).failures


def without_first(found: list[Violation]) -> list[Violation]:
    return found[1:]


def all_errors(found: list[Violation]) -> list[Violation]:
    for one in found:
        one.severity = "error"
    return found


@pytest.mark.parametrize("change", [without_first, all_errors])
def test_a_finding_left_out_or_as_grave_all_errors_is_found(
    change: Callable[[list[Violation]], list[Violation]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lint = inherited_rules.LINTS["request"]
    monkeypatch.setitem(inherited_rules.LINTS, "request", lambda value: iter(change([*lint(value)])))
    failures = damage(60).failures
    assert failures
    assert all(one.startswith("anthropic-2026-11 request") and "a check was left out" in one for one in failures)


def nested(depth: int) -> Any:
    value: Any = {"type": "string"}
    for _ in range(depth):
        value = {"type": "object", "properties": {"a": value}, "required": ["a"]}
    return value


HUGE = 10**5_000
EXTREMES: dict[str, Callable[[], list[Any]]] = {
    "nested": lambda: [nested(2_000), nested(2_000)],
    "large": lambda: [HUGE, -HUGE, float("inf"), float("nan")],
    "large beside fractions": lambda: [HUGE, 0.5],
    "texts": lambda: ["\ud800", "\x00", "", "a" * 10_000],
    "keys": lambda: [{"": 1}, {"/~": 1}, {"\ud800": 1}],
}
"""Values made anew for each document: one that stood in two would come to contain itself."""


@pytest.mark.parametrize("made", EXTREMES.values(), ids=EXTREMES)
def test_no_rule_fails_at_what_is_extreme(made: Callable[[], list[Any]]) -> None:
    random = Random(0)  # noqa: S311 - no secret
    for artifact, texts in examples(shipped.spec()).items():
        for text in random.sample(texts, min(len(texts), 25)):
            document = json.loads(text)
            places = [*paths(document)]
            values = made()
            for value, place in zip(values, random.sample(places, min(len(places), len(values))), strict=False):
                with suppress(KeyError, IndexError, TypeError):  # what was there may be gone
                    document = put(document, place, value)
            list(rules.LINTS[artifact](document))


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The place of each value in a document, the leaves first."""
    inner: Iterable[tuple[Any, Any]] = ()
    if is_object(value):
        inner = value.items()
    elif is_array(value):
        inner = enumerate(value)
    for key, item in inner:
        yield from paths(item, (*path, key))
    yield path
