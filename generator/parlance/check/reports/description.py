"""What a code means, whether it is built in or comes from a rule of a dialect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ...finding import Severity

if TYPE_CHECKING:
    from ...runtime.python.rule import Rule

__all__ = ["Describe", "Description", "described_by"]


class Description(NamedTuple):
    """The facts of a code."""

    name: str
    severity: Severity
    """Its usual one; a finding may have another."""

    summary: str
    """One sentence."""

    detail: str = ""
    """Why it matters; empty where the summary says it all."""


Describe: TypeAlias = Callable[[str], Description]
"""The description of a code that some finding has."""


def described_by(rules: Mapping[str, Rule]) -> Describe:
    """Looks a code up among *rules*, then among those that are built in."""

    def describe(code: str) -> Description:
        if code in rules:
            rule = rules[code]
            return Description(rule.name, Severity(rule.severity), rule.summary, rule.why)
        from ...finding.catalogue import CATALOGUE  # for a report of findings

        return Description(*CATALOGUE[code])

    return describe
