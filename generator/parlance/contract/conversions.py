"""Types of a server that reads a text as the number or the boolean that it spells."""

from __future__ import annotations

from dataclasses import replace

from .ir import Boolean, Definition, Enumeration, Integer, Null, Number, Type, Union
from .retyped import with_types

__all__ = ["lax"]


def lax(definition: Definition) -> Definition:
    """*definition* with numbers and booleans that may be spelt, wherever nothing else but null may stand."""

    def change(kind: Type) -> Type:
        if not isinstance(kind, Union):
            return _spelt(kind, lax=True)
        if sum(option != Null() for option in kind.options) == 1:
            return kind
        return Union(tuple(_spelt(option, lax=False) for option in kind.options))

    return definition if isinstance(definition, Enumeration) else with_types(definition, change)


def _spelt(kind: Type, *, lax: bool) -> Type:
    return replace(kind, lax=lax) if isinstance(kind, Boolean | Integer | Number) else kind
