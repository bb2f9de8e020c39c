"""What a rule needs to find anything, and that nothing else is asked of a document."""

from __future__ import annotations

from typing import Any

import pytest
from parlance.contract.expression import parse
from parlance.contract.rules import Assert, Check, Limit, Pairing, Selector, Unique
from parlance.finding.pointer import joined
from parlance.program.needs import needs
from parlance.runtime.python import checks
from parlance.runtime.python.rule import Rule

MESSAGES = Selector(steps=("messages", "*"))
SCHEMA = Selector(steps=("schema",), subschemas=True)
ROOT = Selector(steps=())


def asserted(test: str, *at: Selector, when: str | None = None, **let: str) -> Assert:
    given = tuple((name, parse(text)) for name, text in let.items())
    return Assert(at=at or (ROOT,), when=parse(when) if when else None, let=given, test=parse(test))


def pairing(reports: str) -> Pairing:
    return Pairing(
        over=MESSAGES,
        opens_when=parse("self.role == 'assistant'"),
        opens_ids=parse("self.tool_calls.map(c, c.id)"),
        closes_when=parse("self.role == 'tool'"),
        closes_id=parse("self.tool_call_id"),
        reports=reports,
    )


CASES: dict[str, tuple[Check, list[str]]] = {
    "a field that is there": (asserted("self.logprobs == true", when="self.top_logprobs != null"), ["/top_logprobs"]),
    "a field that is absent": (asserted("self.model != null"), []),
    "either of two": (asserted("!has(self.a) && !has(self.b)"), ["/a | /b"]),
    "a place, and a field of it": (asserted("self.b == 1", MESSAGES, when="self.a == 'x'"), ["/messages/*/a"]),
    "items": (asserted("!self.messages.exists(m, m.name == 'x')"), ["/messages/*/name"]),
    "the same item by its index": (
        asserted("holder.b == null", Selector(steps=("messages", "*", "c")), holder="root.messages[index]"),
        ["/messages/*/c", "/messages/*/b"],
    ),
    "keys of schemas": (
        asserted("self.filter(k, k in ['not', 'if'])[0] == null", SCHEMA),
        ["/schema", "/schema/**/not | /schema/**/if"],
    ),
    "one of two places": (
        asserted("false", Selector(steps=("a", "x")), Selector(steps=("b", "x"))),
        ["/a/x | /b/x"],
    ),
    "a key that is not null": (
        Unique(at=ROOT, over=MESSAGES, key=parse("self.id")),
        ["/messages/*/id"],
    ),
    "a sum that may be too small": (Limit(at=(ROOT,), over=MESSAGES, measure=parse("1"), minimum=1), []),
    "a sum that may be too large": (
        Limit(at=(ROOT,), over=MESSAGES, measure=parse("size(self.name)"), maximum=9),
        ["/messages/*/name"],
    ),
    "what opens": (pairing("unclosed"), ["/messages/*/tool_calls/*/id", "/messages/*/role"]),
    "what closes": (pairing("unopened"), ["/messages/*/role", "/messages/*/tool_call_id"]),
}


@pytest.mark.parametrize(("check", "wanted"), CASES.values(), ids=CASES)
def test_a_check_needs(check: Check, expected: list[str]) -> None:
    assert [" | ".join(map(joined, need)) for need in needs(check)] == expected


RULE = Rule("X1", "x", "error", "", "", "")


def applied(document: Any, *needed: str | tuple[str, ...]) -> bool:
    """Whether a check that needs this is applied to a document."""
    seen: list[Any] = []
    checks.Checks(checks.Check(RULE, lambda root, _: seen.append(root), *needed)).run(document)
    return bool(seen)


@pytest.mark.parametrize(
    ("document", "needed", "is_applied"),
    [
        ({}, (), True),
        ([], (), True),
        ({}, ("/a",), False),
        ({"a": None}, ("/a",), True),
        ([{"a": 1}], ("/a",), False),
        ([{"a": 1}], ("/*/a",), True),
        ({"a": {"b": {"c": 1}}}, ("/a/*/c",), True),
        ({"a": [1, {"c": 1}]}, ("/a/*/c", "/a/*/b"), False),
        ({"a": [{"b": 1}, {"c": 1}]}, ("/a/*/c", "/a/*/b"), True),
        ({"a/b": {"~": 1}}, ("/a~1b/~0",), True),
        ({"b": 1}, (("/a", "/b"),), True),
        ({"s": {"properties": {"x": {"enum": []}}}}, ("/s/**/enum",), True),
        ({"s": {"default": {"x": {"enum": []}}}}, ("/s/**/enum",), False),
        ({"s": [{"anyOf": [{"type": "x"}]}, {}]}, (("/t/**/type", "/s/*/**/type"),), True),
        ({"s": {"enum": []}, "t": 1}, (("/s/**/type", "/t/**/type"),), False),
    ],
)
def test_a_check_is_applied_where_its_needs_are_met(document: Any, needed: Any, is_applied: bool) -> None:
    assert applied(document, *needed) is is_applied
