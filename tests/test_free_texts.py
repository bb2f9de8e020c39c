"""Which texts of a chunk no verdict rests on: what rules ask of them decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from parlance.contract.expression import parse
from parlance.contract.ir import Contract
from parlance.contract.rules import Assert, Selector
from parlance.program.free_texts import free_texts
from shipped import contract_of, contracts

CONTENT = ("choices", "*", "delta", "content")
ARGUMENTS = ("choices", "*", "delta", "tool_calls", "*", "function", "arguments")


def found(contract: Contract) -> set[tuple[str, ...]]:
    artifact = next(each for each in contract.artifacts if each.stream is not None)
    assert artifact.stream is not None
    return {*free_texts(contract, artifact, artifact.stream)}


def with_rule(test: str, scope: str = "stream") -> Contract:
    """The newest base with one more rule."""
    contract = contract_of("openai")
    given = next(each for each in contract.rules if each.artifact == "chunk" and each.scope == scope)
    check = Assert(at=(Selector(steps=()),), test=parse(test))
    return replace(contract, rules=(*contract.rules, replace(given, code="PAR799", check=check)))


@pytest.mark.parametrize("name", sorted(contracts()))
def test_every_dialect_has_some(name: str) -> None:
    prefix = ("data",) if name.startswith("atoma") else ()
    assert (*prefix, *CONTENT) in found(contracts()[name])


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        ("self.choices.all(c, c.delta.content != null)", "stream"),
        ("self.choices.all(c, c.delta.content == '' || '' != c.delta.content)", "document"),
        ("has(self.choices[0].delta.content)", "stream"),
        ("type(self.choices[0].delta.content) == 'string'", "document"),
        ("size(self.choices) == 1 && size(before.choices[0].message) < 4", "stream"),
        ("before.choices.filter(c, c.index == 0)[0].message.content != null", "stream"),
        ("stream.done == false && request.model != 'm'", "stream"),
        ("self.choices.all(c, c.delta.role != 'x')", "stream"),
    ],
)
def test_to_be_asked_whether_it_is_there_leaves_a_text_free(test: str, scope: str) -> None:
    assert {CONTENT, ARGUMENTS} <= found(with_rule(test, scope))


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        ("self.choices.all(c, c.delta.content != 'x')", "stream"),
        ("self.choices.all(c, c.delta['content'] != 'x')", "document"),
        ("self.choices.all(c, size(c.delta.content) < 5)", "document"),
        ("self.choices.exists(c, c.delta.content.startsWith('x'))", "stream"),
        ("self.choices.map(c, c.delta.content) == []", "stream"),
        ("self.choices.all(c, c.delta != self.choices[0].delta)", "document"),
        ("self.choices[0] != before.choices[0]", "stream"),
        ("before.choices.all(c, c.message.content != 'x')", "stream"),
        ("before.choices.filter(c, c.message.content == 'x')[0].index != 1", "stream"),
        ("has(before.choices.filter(c, c.message.content == 'x')[0].index)", "stream"),
        ("before.choices[0].message != self.choices[0].delta", "stream"),
        ("self == before", "stream"),
    ],
)
def test_a_text_of_which_a_rule_asks_more_is_not(test: str, scope: str) -> None:
    assert CONTENT not in found(with_rule(test, scope))


def test_where_a_rule_counts_chunks_there_is_none() -> None:
    assert found(with_rule("stream.chunks < 5")) == set()
