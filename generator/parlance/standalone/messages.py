"""What is said of a rule that is not satisfied, as source of an expression."""

from __future__ import annotations

from collections.abc import Sequence

from ..backends.python.text import literal
from .ir import Bound, Count, Kind, Type, Value
from .kinds import value_kind

__all__ = ["Message", "bound", "choice", "count", "kind_words", "listed"]

_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}
_NOUNS = {Kind.STRING: "character", Kind.ARRAY: "item", Kind.OBJECT: "property"}
_SHOWN = 8
_LONGEST = 60


class Message(str):
    """Source of a string expression."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, *then: str) -> Message:
        """A fixed text, and expressions and further texts by turns."""
        parts = [literal(text)]
        parts += [part if index % 2 == 0 else literal(part) for index, part in enumerate(then)]
        return cls(" + ".join(part for part in parts if part != '""'))


def kind_words(rule: Type) -> str:
    """The kinds that a value may be of: `a string or null`."""
    words = [kind.value for kind in Kind if kind in rule.kinds and kind is not Kind.NULL]
    if rule.integral:
        words = ["an integer" if word == Kind.NUMBER.value else word for word in words]
    return listed([*words, *(["null"] if Kind.NULL in rule.kinds else [])])


def listed(words: Sequence[str]) -> str:
    """Words with commas, and `or` before the last."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def choice(values: Sequence[Value]) -> str:
    """Some values: `'a', 'b' or 3 more`."""
    shown = [_shown(value) for value in values[:_SHOWN]]
    if len(values) > _SHOWN:
        return f"one of {', '.join(shown)} or {len(values) - _SHOWN} more"
    return listed(shown) or "nothing"


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    text = repr(value) if value_kind(value) is Kind.STRING else literal(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def bound(rule: Bound) -> str:
    """`at least 3`."""
    return f"{_BOUNDS[rule.keyword]} {_shown(rule.limit)}"


def count(rule: Count, variable: str) -> Message:
    """What is wrong with a length or a number of parts."""
    few = rule.keyword.startswith("min")
    noun = _NOUNS[rule.kind]
    plural = noun if rule.limit == 1 else "properties" if noun == "property" else f"{noun}s"
    if rule.limit == 1 and few:
        return Message.of("must not be empty")
    text = f"must have at {'least' if few else 'most'} {rule.limit} {plural}, has "
    return Message.of(text, f"str(len({variable}))")
