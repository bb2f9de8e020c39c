"""What is asked of a whole document at once: a line of a file, or the request that a model gets."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.rules import CapabilityRow, FieldPolicy, Limit, Rule, Same, Unique
from ..finding.pointer import joined
from .ir import Value, Variable
from .rule_expressions import condition, value_of
from .scope import Scope
from .selectors import ROOT

__all__ = ["FileMeasure", "is_excused", "is_reasoning", "measure"]


@dataclass(frozen=True, slots=True)
class FileMeasure:
    """What a rule over a file asks of each line, `value`, whose size in bytes is `length`."""

    kind: str
    """`unique`, `same` or `limit`."""

    value: Value
    point: str
    minimum: int | None = None
    maximum: int | None = None


def measure(rule: Rule, reserved: frozenset[str]) -> FileMeasure:
    """What a rule over a file measures."""
    line = Variable("value")
    scope = Scope({"self": line, "root": line, "bytes": Variable("length")}, reserved)
    match rule.check:
        case Limit() as check:
            value = value_of(check.measure, scope)
            return FileMeasure("limit", value, joined(check.point), check.minimum, check.maximum)
        case Same() | Unique() as check:
            kind = "same" if isinstance(check, Same) else "unique"
            return FileMeasure(kind, value_of(check.key, scope), joined(check.point))
        case _:
            message = f"{rule.code}: a rule over a file is unique, same or limit"
            raise TypeError(message)


def is_reasoning(row: CapabilityRow, reserved: frozenset[str]) -> Value | None:
    """Whether a model reasons about a request, `root`; None for one that never does."""
    scope = Scope({"self": ROOT, "root": ROOT}, reserved)
    return None if row.reasoning is None else condition(row.reasoning, scope)


def is_excused(policy: FieldPolicy, reserved: frozenset[str]) -> Value | None:
    """Where anything goes, of a request, `root`, and whether the model is `reasoning`; None where nothing excuses."""
    scope = Scope({"self": ROOT, "root": ROOT, "reasoning": Variable("reasoning")}, reserved)
    return None if policy.unless is None else condition(policy.unless, scope)
