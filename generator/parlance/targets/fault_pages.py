"""A page for each fault that the tool knows without a rule: of the text, the structure, a stream or a spec."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..contract.ir import Contract
from ..contract.rules import Server
from ..finding.catalogue import CATALOGUE, family
from ..finding.severity import Severity
from .file import File
from .markdown_text import code, prose
from .rule_words import answer

__all__ = ["fault_pages", "fault_rows"]

_STRUCTURE = "PAR1"
"""Codes that begin so are of the structure: to any error in it, some servers answer the same."""


def fault_pages(contracts: Sequence[Contract]) -> Iterator[File]:
    """`markdown/rules/<code>.md`."""
    for name, entry in CATALOGUE.items():
        severities = [
            f"{severity} in {_dialect(contract)}"
            for contract in contracts
            for known, severity in contract.severities
            if known == name
        ]
        view = {
            "code": prose(name),
            "name": prose(entry.name),
            "summary": prose(entry.summary),
            "severity": str(entry.severity),
            "family": prose(family(name).lower()),
            "severities": severities,
            "answers": [*_answers(name, contracts)],
        }
        yield File(f"markdown/rules/{name}.md", "markdown/fault.md.j2", view)


def fault_rows() -> dict[str, dict[str, str]]:
    """A line for each of them in the list of rules, by code."""
    return {
        name: {
            "link": f"[{prose(name)}]({name}.md)",
            "name": code(entry.name),
            "severity": str(entry.severity),
            "artifact": "",
            "fix": "",
            "summary": prose(entry.summary),
        }
        for name, entry in CATALOGUE.items()
    }


def _answers(name: str, contracts: Sequence[Contract]) -> Iterator[dict[str, str]]:
    for contract in contracts:
        answers = dict(contract.answers)
        is_refused = name.startswith(_STRUCTURE) and CATALOGUE[name].severity is Severity.ERROR
        server: Server | None = answers.get(name, answers.get("") if is_refused else None)
        if server is not None:
            yield {
                "dialect": _dialect(contract),
                "head": prose(answer(server)),
                "text": prose(server.text or ""),
            }


def _dialect(contract: Contract) -> str:
    return f"[{prose(contract.dialect)}](../{contract.dialect}.md)"
