"""By which keywords of a schema a rule recognises a fault of that schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..contract.expression import Binary, Expression, Has, Index, Literal, Macro, Name, Select, parts
from ..contract.rules import Assert, KeywordKinds, Rule

__all__ = ["keywords_read"]

_SELF = Name("self")


def keywords_read(rule: Rule, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The keywords, by name; none for a rule that looks at no schema whose keywords another of *rules* checks."""
    if not isinstance(rule.check, Assert):
        return ()
    schemas = {
        at.steps
        for other in rules
        if isinstance(other.check, KeywordKinds) and other.artifact == rule.artifact
        for at in other.check.at
    }
    if schemas.isdisjoint(at.steps for at in rule.check.at):
        return ()
    given = [rule.check.when, rule.check.test, *(expression for _, expression in rule.check.let)]
    return tuple(sorted({name for each in given if each is not None for name in _read(each)}))


def _read(expression: Expression) -> Iterator[str]:
    for part in parts(expression):
        match part:
            case Select(of, name) | Has(of, name) if of == _SELF:
                yield name
            case Index(of, Literal(str(name))) if of == _SELF:
                yield name
            case Binary("in", Literal(str(name)), holder) if holder == _SELF:
                yield name
            case Macro(of=of) if of == _SELF:
                yield from (str(each.value) for each in parts(part) if isinstance(each, Literal) and _is_text(each))
            case _:
                pass


def _is_text(literal: Literal) -> bool:
    return isinstance(literal.value, str)
