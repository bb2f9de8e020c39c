"""A page for each rule, and a list of them: what it finds, why, how it is fixed, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.ir import Contract
from ..contract.manual import Page, pages
from ..contract.rules import Example
from ..finding.catalogue import family
from .example_text import example_lines
from .fault_pages import fault_pages, fault_rows
from .file import File
from .markdown_text import block, code, prose
from .phrases import sourced
from .record_book import RecordBook
from .record_pages import concern_link
from .rule_words import SCOPES, answer, answers_elsewhere, confidence, fixed, holding_note, policies

__all__ = ["rule_pages", "rule_rows"]


def rule_pages(book: RecordBook) -> Iterator[File]:
    """`markdown/rules/<code>.md`, and `markdown/rules/README.md`."""
    found = tuple(book.pages.values())
    for page in found:
        concerns = [concern_link(concern, "../records/") for concern in book.concerns[page.rule.code]]
        yield File(f"markdown/rules/{page.rule.code}.md", "markdown/rule.md.j2", _view(page) | {"concerns": concerns})
    if found:
        yield from fault_pages(book.contracts)
        yield File("markdown/rules/README.md", "markdown/rules.md.j2", {"families": _families(found)})


def rule_rows(contract: Contract) -> list[dict[str, str]]:
    """A line for each rule of a dialect, for its own page."""
    return [_row(page, "rules/") for page in pages([contract])]


def _families(found: tuple[Page, ...]) -> list[dict[str, Any]]:
    rows = fault_rows() | {page.rule.code: _row(page, "") for page in found}
    titles = dict.fromkeys(family(code) for code in sorted(rows))
    return [
        {"title": title, "rules": [rows[code] for code in sorted(rows) if family(code) == title]} for title in titles
    ]


def _row(page: Page, folder: str) -> dict[str, str]:
    rule = page.rule
    return {
        "link": f"[{prose(rule.code)}]({folder}{rule.code}.md)",
        "name": code(rule.name),
        "severity": rule.severity,
        "artifact": code(rule.artifact),
        "fix": "" if rule.fix is None else "safe" if rule.fix.safe else "unsafe",
        "summary": prose(rule.summary),
    }


def _view(page: Page) -> dict[str, Any]:
    rule = page.rule
    return {
        "code": prose(rule.code),
        "name": prose(rule.name),
        "severity": rule.severity,
        "summary": prose(rule.summary),
        "why": prose(rule.why),
        "artifact": f"{code(rule.artifact)}{f', {SCOPES[rule.scope]}' if rule.scope in SCOPES else ''}",
        "since": str(rule.since or ""),
        "fix": prose(fixed(rule.fix)) if rule.fix else "",
        "dialects": [
            {"link": f"[{prose(each.dialect)}](../{each.dialect}.md)", "note": holding_note(each, rule.severity)}
            for each in page.dialects
        ],
        "evidence": [
            {"source": prose(sourced(evidence)), "dialects": ", ".join(map(code, dialects))}
            for evidence, dialects in page.evidence.items()
        ],
        "messages": [
            f"{code(message)} (help: {code(advice)})" if advice else code(message) for message, advice in page.messages
        ],
        "bad": [_example(page, example) for example in rule.bad],
        "good": [_example(page, example) for example in rule.good],
        "answers": [{"head": prose(answer(server)), "text": prose(server.text or "")} for server in rule.server],
        "elsewhere": [
            {"answer": prose(text), "dialects": ", ".join(map(code, dialects))}
            for text, dialects in answers_elsewhere(page).items()
        ],
        "policies": [
            {
                "title": prose(title),
                "models": code(models),
                "fields": ", ".join(map(code, fields)),
                "accepted": prose(accepted),
            }
            for title, models, accepted, fields in policies(page)
        ],
        "sources": [prose(sourced(evidence)) for evidence in page.sources],
        "confidence": prose(confidence(rule)),
    }


def _example(page: Page, example: Example) -> str:
    # Carets and what is left out are not JSON.
    return block(example_lines(page.rule, example), "text")
