"""What is made of a contract once, for as long as the contract is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ReferenceType, ref

from .ir import Contract

__all__ = ["once"]

_Made = TypeVar("_Made")


def once(make: Callable[[Contract], _Made]) -> Callable[[Contract], _Made]:
    """A function that makes the same, and knows what it made; that must not hold the contract itself.

    By identity: to hash a contract takes longer than most of what is made of one.
    """
    known: dict[int, tuple[ReferenceType[Contract], _Made]] = {}

    @wraps(make)
    def made(contract: Contract) -> _Made:
        key = id(contract)
        if key not in known:
            value = make(contract)
            known[key] = ref(contract, lambda _: known.pop(key, None) and None), value
        return known[key][1]

    return made
