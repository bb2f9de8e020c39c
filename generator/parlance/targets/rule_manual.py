"""What all codes are, for a terminal: what, why, examples, what a server answers, where each applies, sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from ..contract.ir import Contract
from ..contract.manual import Page, pages
from ..finding.catalogue import CATALOGUE
from ..finding.printable import WIDTH, printable
from .example_text import example_lines
from .phrases import sourced
from .rule_facts import applies_to, built_in_facts, rule_facts, summary_row
from .rule_words import answer, answers_elsewhere, confidence, fixed, holding_note, policies

__all__ = ["RuleManual"]

_LABEL = 10
"""Columns of the words at the left."""


class RuleManual:
    """The codes of the tool and the rules of dialects, as the first of these has each of them."""

    def __init__(self, contracts: Sequence[Contract]) -> None:
        self._contracts = contracts
        self._pages = {page.rule.code: page for page in pages(contracts)}

    def rows(self) -> list[dict[str, Any]]:
        """A row for each code."""
        return [summary_row(code, self._pages) for code in sorted({*CATALOGUE, *self._pages})]

    def facts(self, code: str) -> dict[str, Any]:
        """All that is known of a code."""
        page = self._pages.get(code)
        return rule_facts(page) if page else built_in_facts(code, self._contracts)

    def lines(self, code: str) -> list[str]:
        """What a terminal shows of a code."""
        page = self._pages.get(code)
        return [*(_of_rule(page) if page else _of_code(self.facts(code)))]


def _of_code(facts: dict[str, Any]) -> Iterator[str]:
    """The lines about a code of the tool's own."""
    yield f"{facts['code']} {facts['name']} ({facts['severity']})"
    yield ""
    yield from _wrapped(facts["summary"], "")
    yield from ("", *_labelled("applies to", facts["applies_to"]))
    for server in facts["server"]:
        text = " ".join(str(server[key]) for key in ("status", "type", "code", "text") if server.get(key) is not None)
        yield from _labelled("server", f"{text} ({', '.join(server['dialects'])})")


def _of_rule(page: Page) -> Iterator[str]:
    """The lines about a rule of the spec. One example of each kind is enough."""
    rule = page.rule
    yield f"{rule.code} {rule.name} ({rule.severity})"
    yield ""
    yield from _wrapped(f"{rule.summary} {rule.why}", "")
    for title, example in (("bad", rule.bad[0]), ("good", rule.good[0])):
        yield from ("", title)
        yield from (f"  {printable(line)}" for line in example_lines(rule, example))
    yield ""
    for message, advice in page.messages:
        yield from _labelled("reported", message)
        if advice:
            yield from _labelled("help", advice)
    for server in rule.server:
        yield from _labelled("server", f"{answer(server)}: {server.text}" if server.text else answer(server))
    for text, servers in answers_elsewhere(page).items():
        yield from _labelled("server", f"{text} ({', '.join(servers)})")
    accepted: dict[str, list[str]] = {}
    for title, models, verdict, fields in policies(page):
        accepted.setdefault(f"{title} ({models})", []).append(f"{', '.join(fields)} {verdict}")
    for row, verdicts in accepted.items():
        yield from _labelled("model", f"{row}: {'; '.join(verdicts)}")
    yield from _labelled("applies to", applies_to(rule))
    yield from _labelled("dialects", ", ".join(_dialects(page)))
    if rule.fix:
        yield from _labelled("fix", fixed(rule.fix))
    for evidence in page.sources:
        yield from _labelled("source", sourced(evidence))
    for evidence, dialects in page.evidence.items():
        yield from _labelled("source", f"{sourced(evidence)} (of {', '.join(dialects)})")
    yield from _labelled("confidence", confidence(rule))


def _dialects(page: Page) -> Iterator[str]:
    for holding in page.dialects:
        note = holding_note(holding, page.rule.severity)
        yield f"{holding.dialect} ({note})" if note else holding.dialect


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(text, f"{label:{_LABEL}}  ")


def _wrapped(text: str, head: str) -> list[str]:
    gap = " " * len(head)
    wrapper = textwrap.TextWrapper(WIDTH, head, gap, break_on_hyphens=False)
    return wrapper.wrap(printable(text))
