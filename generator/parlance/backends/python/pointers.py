"""Pointers that code makes while it runs: texts, tokens and other pointers in a row."""

from __future__ import annotations

from .syntax import Concatenation, Constant, FormattedText, Name, Value

__all__ = ["extended"]


def extended(pointer: Value, *parts: str | Value) -> Value:
    """A pointer with more at its end: texts that are escaped already, and values that are texts or indexes."""
    match pointer:
        case Constant(str(text)):
            return _text((text, *parts))
        case FormattedText(texts):
            return _text((*texts, *parts))
        case Name():
            return _text((pointer, *parts))
        case _:
            return Concatenation((pointer, _text(parts)))


def _text(parts: tuple[str | Value, ...]) -> Value:
    """Texts and values as one, as plain as it can be written."""
    merged: list[str | Value] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + part
        elif part != "":
            merged.append(part)
    if all(isinstance(part, str) for part in merged):
        return Constant("".join(part for part in merged if isinstance(part, str)))
    only = merged[0]
    return only if len(merged) == 1 and not isinstance(only, str) else FormattedText(tuple(merged))
