"""Equality of nodes that hold a JSON value."""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["OfOneKind"]

_Value = TypeVar("_Value")


class OfOneKind(Generic[_Value]):
    """A node that equals another of its class if their values are equal and of one type.

    To Python `1` equals `True`: of two conditions that differ in no more than that, one would be taken for the other.
    """

    __slots__ = ()
    value: _Value

    def __eq__(self, other: object) -> bool:
        """Whether both are the same."""
        if not isinstance(other, type(self)) or type(other.value) is not type(self.value):
            return False
        # What is in arrays and objects has types of its own.
        is_scalar = self.value is None or isinstance(self.value, str | int | float)
        return self.value == other.value and (is_scalar or repr(self.value) == repr(other.value))

    def __hash__(self) -> int:
        """By the type as well."""
        return hash((type(self.value), self.value))
