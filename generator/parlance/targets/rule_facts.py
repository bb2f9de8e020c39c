"""All that is known of a code, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..contract.ir import Contract
from ..contract.json_form import as_json
from ..contract.manual import Page
from ..contract.rules import Rule
from ..finding.catalogue import CATALOGUE, family
from .json_text import json_line
from .rule_words import SCOPES, answers_elsewhere, policies

__all__ = ["applies_to", "built_in_facts", "rule_facts", "summary_row"]

_STRUCTURE = "PAR1"
"""How the codes of the tool's own begin that a server refuses."""

_AUTHORING = "PAR9"
"""How the codes begin that are about a spec."""

_APPLIES = {"PAR0": "the text of any document", _STRUCTURE: "any artifact"}
"""What the tool's own codes are about, by how they begin; the others are about what their family is called for."""

_KEYS = (
    "code",
    "severity",
    "name",
    "summary",
    "why",
    "applies_to",
    "artifact",
    "scope",
    "since",
    "dialects",
    "not_confirmed",
    "messages",
    "fix",
    "server",
    "answers",
    "models",
    "bad",
    "good",
    "sources",
    "evidence",
    "confidence",
)
"""What the JSON of every code has; null where it does not apply."""


def _answers(code: str, contracts: Sequence[Contract]) -> list[dict[str, Any]]:
    """What the servers of dialects answer to a fault of the structure, each with the dialects that give it."""
    found: dict[str, dict[str, Any]] = {}
    for contract in contracts:
        answers = dict(contract.answers)
        if code.startswith(_STRUCTURE) and answers:
            answer: Any = as_json(answers.get(code, answers[""]))
            found.setdefault(json_line(answer), {**answer, "dialects": []})["dialects"].append(contract.dialect)
    return [*found.values()]


def summary_row(code: str, pages: dict[str, Page]) -> dict[str, Any]:
    """What the list of all codes says of one."""
    about = pages[code].rule if code in pages else CATALOGUE[code]
    return {"code": code, "severity": str(about.severity), "name": about.name, "summary": about.summary}


def built_in_facts(code: str, contracts: Sequence[Contract]) -> dict[str, Any]:
    """What there is to say of a code of the tool's own, in the form of a rule's facts."""
    entry = CATALOGUE[code]
    return {
        **dict.fromkeys(_KEYS),
        **summary_row(code, {}),
        "applies_to": _APPLIES.get(code[: len(_STRUCTURE)], family(code).lower()),
        "dialects": {} if code.startswith(_AUTHORING) else {one.dialect: str(entry.severity) for one in contracts},
        "server": _answers(code, contracts),
        "sources": [],
    }


def rule_facts(page: Page) -> dict[str, Any]:
    """What there is to say of a rule of the spec."""
    rule = page.rule
    return {
        "code": rule.code,
        "severity": rule.severity,
        "name": rule.name,
        "summary": rule.summary,
        "why": rule.why,
        "applies_to": applies_to(rule),
        "artifact": rule.artifact,
        "scope": rule.scope,
        "since": rule.since.isoformat() if rule.since else None,
        "dialects": {holding.dialect: holding.severity for holding in page.dialects},
        "not_confirmed": [holding.dialect for holding in page.dialects if not holding.is_confirmed],
        "messages": [{"message": message, "help": advice} for message, advice in page.messages],
        "fix": rule.fix and {"title": rule.fix.title, "safe": rule.fix.safe},
        "server": [as_json(server) for server in rule.server],
        "answers": answers_elsewhere(page),
        "models": [
            {"title": title, "models": models, "fields": fields, "accepted": verdict}
            for title, models, verdict, fields in policies(page)
        ],
        "bad": [{"at": list(example.at), "document": example.document} for example in rule.bad],
        "good": [{"document": example.document} for example in rule.good],
        "sources": [as_json(evidence) for evidence in page.sources],
        "evidence": [
            {"dialects": dialects, "evidence": as_json(evidence)} for evidence, dialects in page.evidence.items()
        ],
        "confidence": rule.confidence,
    }


def applies_to(rule: Rule) -> str:
    """The artifact that a rule is about, how much of it, and since when."""
    lines = f" ({SCOPES[rule.scope]})" if rule.scope in SCOPES else ""
    return f"{rule.artifact}{lines}{f', since {rule.since}' if rule.since else ''}"
