"""The page of a rule as Markdown for a hover: what, why, how it is fixed, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Contract
from ..contract.manual import Page, pages
from ..finding import Finding
from ..finding.catalogue import CATALOGUE
from ..targets.example_text import example_lines
from ..targets.markdown_text import block, code, prose
from ..targets.phrases import sourced
from ..targets.rule_words import SCOPES, answer, answers_elsewhere, confidence, fixed, policies

__all__ = ["rule_text"]


def rule_text(finding: Finding, contract: Contract | None) -> str:
    """What is known of the code of a finding, in the dialect that it was found in."""
    page = next((one for one in _pages(contract) if one.rule.code == finding.code), None)
    parts = _of_rule(page) if page else _of_code(finding.code, contract)
    return "\n\n".join([f"**{finding.code}** {code(finding.name)} ({finding.severity})", *filter(None, parts)])


def _pages(contract: Contract | None) -> tuple[Page, ...]:
    return pages([contract]) if contract else ()


def _of_code(name: str, contract: Contract | None) -> Iterator[str]:
    """What is known of a code of the tool's own."""
    if name in CATALOGUE:
        yield prose(CATALOGUE[name].summary)
    answers = dict(contract.answers) if contract else {}
    if name.startswith("PAR1") and answers:
        server = answers.get(name, answers[""])
        yield f"Server: {prose(answer(server))}{f': {prose(server.text)}' if server.text else ''}"


def _of_rule(page: Page) -> Iterator[str]:
    rule = page.rule
    yield prose(f"{rule.summary} {rule.why}")
    for server in rule.server:
        yield f"Server: {prose(answer(server))}{f': {prose(server.text)}' if server.text else ''}"
    for text in answers_elsewhere(page):
        yield f"Server: {prose(text)}"
    for title, models, accepted, fields in policies(page):
        yield f"* {prose(title)} ({code(models)}): {', '.join(map(code, fields))} {prose(accepted)}"
    scope = f" ({SCOPES[rule.scope]})" if rule.scope in SCOPES else ""
    yield f"Applies to {code(rule.artifact)}{scope}{f', since {rule.since}' if rule.since else ''}"
    if rule.fix:
        yield f"Fix: {prose(fixed(rule.fix))}"
    for title, example in (("Bad", rule.bad[0]), ("Good", rule.good[0])):
        yield f"{title}:\n\n{block(example_lines(rule, example), 'text')}"
    sources = "\n".join(f"* {prose(sourced(evidence))}" for evidence in (*page.sources, *page.evidence))
    yield f"Sources:\n\n{sources}"
    yield f"Confidence: {prose(confidence(rule))}"
