"""Questions to values of pieces."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeGuard

__all__ = ["is_array", "is_empty", "is_json", "is_object", "key_of", "value_at_steps"]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)


def is_empty(value: object) -> bool:
    """Whether a value is what stands for none: null, an empty text or zero."""
    return value is None or value == "" or (value == 0 and value is not False)


def value_at_steps(piece: object, steps: Iterable[str]) -> object:
    """What some steps lead to; None where there is nothing."""
    for step in steps:
        piece = piece.get(step) if is_object(piece) else None
    return piece


def key_of(value: object) -> int | str | None:
    """A key that can be compared; None for what is none."""
    if type(value) is int or isinstance(value, str):
        return value
    return int(value) if isinstance(value, float) and value.is_integer() else None


def is_json(text: object) -> bool:
    """Whether a value is a text that is JSON."""
    if not isinstance(text, str):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
