"""Statements that report what is wrong with a value, for rules that ask nothing of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir import AddViolation, Escaped, Pointer, Statement, Value, Variable
from ..logic import extended, unless, where
from .messages import Spelling, bound, count, message, shown
from .requirements import Bound, Count, DependentRequired, Format, Multiple, Never, Pattern, Required, Rule, Unique
from .rule_conditions import present, rule_test

__all__ = ["item_pointer", "never", "property_pointer", "scalar_violations", "violation"]


def scalar_violations(rule: Rule, value: Value, at: Pointer, spell: Spelling) -> Sequence[Statement]:
    """Report that a rule about one kind of value is not satisfied; the value is of that kind."""
    match rule:
        case Required(place, names):
            return _missing(names, value, at, "required", place)
        case DependentRequired(place, keyword, name, names):
            missing = _missing(names, value, at, keyword, place, f", since {name!r} is there")
            return where(present(value, name), missing)
        case Bound(place, keyword):
            text = message(f"must be {bound(rule, spell)}, is ", shown(value))
        case Multiple(place, step):
            keyword, text = "multipleOf", message(f"must be a multiple of {spell(step)}, is ", shown(value))
        case Count(place, keyword):
            text = count(rule, value)
        case Pattern(place, pattern):
            keyword, text = "pattern", message(f"must match {pattern}, is ", shown(value))
        case Format(place, name):
            keyword, text = "format", message(f"must be of the format {name}, is ", shown(value))
        case Unique(place):
            keyword, text = "uniqueItems", message("must not have two equal items")
        case _:
            return []
    return unless(rule_test(rule, value), [violation(at, keyword, place, text)])


def _missing(  # noqa: PLR0913, PLR0917 - a rule, and where it is judged
    names: Sequence[str], value: Value, at: Pointer, keyword: str, place: str, reason: str = ""
) -> list[Statement]:
    """Report each of *names* that is absent."""
    found: list[Statement] = []
    for name in dict.fromkeys(names):
        text = message(f"the property {name!r} is missing{reason}")
        found += unless(present(value, name), [violation(at, keyword, place, text)])
    return found


def never(rule: Never, at: Pointer) -> Statement:
    """Report a value where `false` accepts none."""
    return violation(at, rule.keyword, rule.place, _reason(rule.keyword, at))


def _reason(keyword: str, at: Pointer) -> Value:
    """Why nothing is accepted below a keyword."""
    match keyword, at:
        case "additionalProperties" | "unevaluatedProperties", Pointer((*_, Escaped(key))):
            return message("unknown property ", shown(key))
        case "additionalItems" | "unevaluatedItems" | "items", _:
            return message("there must be no such item")
        case "properties" | "patternProperties", _:
            return message("there must be no such property")
        case _:
            return message("no value is accepted here")


def violation(at: Pointer, keyword: str, place: str, text: Value) -> Statement:
    """Add a violation to those that the function has found."""
    return AddViolation(at, keyword, place, text)


def property_pointer(at: Pointer, key: str) -> Pointer:
    """The pointer to the property whose name is in a variable."""
    return extended(at, "/", Escaped(Variable(key)))


def item_pointer(at: Pointer, index: str) -> Pointer:
    """The pointer to the item whose number is in a variable."""
    return extended(at, "/", Variable(index))
