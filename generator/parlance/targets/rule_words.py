"""Facts of a rule in words, the same on a page and on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.expression import Name, Unary
from ..contract.manual import Holding, Page
from ..contract.rules import FieldPolicy, Rule, RuleFix, Server
from .json_text import json_line

__all__ = ["SCOPES", "answer", "answers_elsewhere", "confidence", "fixed", "holding_note", "policies"]

_CONFIDENCE = {"A": "seen, or said by who serves it", "B": "said by others"}
_NOT_REASONING = Unary("!", Name("reasoning"))


SCOPES = {
    "file": "all lines of a file together",
    "stream": "each beside those before it in a stream",
    "exchange": "each beside the request that it answers",
}
"""What is looked at, where that is not one document."""


def answer(server: Server) -> str:
    """`400 invalid_request_error, code unsupported_value, param stop`."""
    kind = f" {server.type}" if server.type else ""
    facts = (("code", server.code), ("param", server.param))
    return ", ".join([f"{server.status}{kind}", *(f"{name} {value}" for name, value in facts if value is not None)])


def answers_elsewhere(page: Page) -> dict[str, list[str]]:
    """Other answers than those of the page's own rule, each with the dialects whose servers give it."""
    found: dict[str, list[str]] = {}
    for holding in page.dialects:
        for server in holding.server:
            if server not in page.rule.server:
                text = f"{answer(server)}: {server.text}" if server.text else answer(server)
                found.setdefault(text, []).append(holding.dialect)
    return found


def holding_note(holding: Holding, usual: str) -> str:
    """What is different in a dialect: its severity, and that its server may not obey the rule; else nothing."""
    severity = holding.severity if holding.severity != usual else ""
    return ", ".join(filter(None, (severity, "" if holding.is_confirmed else "not confirmed")))


def fixed(fix: RuleFix) -> str:
    """What a fix does, and which option makes it."""
    return f"{fix.title} ({'--fix' if fix.safe else '--unsafe-fixes'})"


def confidence(rule: Rule) -> str:
    """`A (seen, or said by who serves it)`."""
    meaning = _CONFIDENCE.get(rule.confidence)
    return f"{rule.confidence} ({meaning})" if meaning else rule.confidence


def policies(page: Page) -> list[tuple[str, str, str, list[str]]]:
    """Title and pattern of the models, what they accept, and in which fields."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for row, policy in page.policies:
        name = row.pattern.removeprefix("^").removesuffix("$")
        field = policy.field[0] if len(policy.field) == 1 else "".join(f"/{step}" for step in policy.field)
        rows.setdefault((row.title, name, _allowed(policy)), []).append(field)
    return [(*key, fields) for key, fields in rows.items()]


def _allowed(policy: FieldPolicy) -> str:
    """`not accepted`, `only 1 while it reasons`, `at most 5`."""
    text = ", ".join(_accepted(policy))
    if policy.unless is None:
        return text
    return f"{text} while it reasons" if policy.unless == _NOT_REASONING else f"{text}, depending on the request"


def _accepted(policy: FieldPolicy) -> Iterator[str]:
    if policy.refused:
        yield "not accepted"
    if policy.null:
        yield "no null"
    if policy.values:
        *most, last = map(json_line, policy.values)
        yield f"only {', '.join(most)} or {last}" if most else f"only {last}"
    if policy.minimum is not None:
        yield f"at least {policy.minimum}"
    if policy.maximum is not None:
        yield f"at most {policy.maximum}"
