"""What a violation says of a rule that is not satisfied, as an expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..ir import Apply, Constant, Message, Value
from .possible_kinds import IN_ORDER, value_kind
from .requirements import Bound, Count, JsonValue, Kind, Type
from .rule_conditions import size

__all__ = ["Spelling", "as_text", "bound", "choice", "count", "kind_words", "message", "shown"]

Spelling: TypeAlias = Callable[[JsonValue], str]
"""How messages write a number, an array or an object, which is for the language to say."""

_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}
_NOUNS = {Kind.STRING: "character", Kind.ARRAY: "item", Kind.OBJECT: "property"}
_SHOWN = 8
_LONGEST = 60


def message(*parts: str | Value) -> Value:
    """Texts, and the texts that values are at run time, joined."""
    operands = [Constant(part) if isinstance(part, str) else part for part in parts]
    return operands[0] if len(operands) == 1 else Message(tuple(operands))


def kind_words(rule: Type) -> str:
    """The kinds that a value may be of: `a string or null`."""
    words = [kind.value for kind in IN_ORDER if kind in rule.kinds and kind is not Kind.NULL]
    if rule.integral:
        words = ["an integer" if word == Kind.NUMBER.value else word for word in words]
    return _listed([*words, *(["null"] if Kind.NULL in rule.kinds else [])])


def _listed(words: Sequence[str]) -> str:
    """Words with commas, and `or` before the last."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def choice(values: Sequence[JsonValue], spell: Spelling) -> str:
    """Some values: `'a', 'b' or 3 more`."""
    values_shown = [_shown(value, spell) for value in values[:_SHOWN]]
    if len(values) > _SHOWN:
        return f"one of {', '.join(values_shown)} or {len(values) - _SHOWN} more"
    return _listed(values_shown) or "nothing"


def _shown(value: JsonValue, spell: Spelling) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    text = repr(value) if value_kind(value) is Kind.STRING else spell(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def bound(rule: Bound, spell: Spelling) -> str:
    """`at least 3`."""
    return f"{_BOUNDS[rule.keyword]} {_shown(rule.limit, spell)}"


def count(rule: Count, value: Value) -> Value:
    """What is wrong with a length or a number of parts."""
    few = rule.keyword.startswith("min")
    noun = _NOUNS[rule.kind]
    plural = noun if rule.limit == 1 else "properties" if noun == "property" else f"{noun}s"
    if rule.limit == 1 and few:
        return Constant("must not be empty")
    text = f"must have at {'least' if few else 'most'} {rule.limit} {plural}, has "
    return message(text, as_text(size(value)))


def as_text(value: Value) -> Value:
    """A number as a text."""
    return Apply("text", (value,))


def shown(value: Value) -> Value:
    """A value as messages show it."""
    return Apply("shown", (value,))
