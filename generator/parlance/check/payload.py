"""A decoded payload to plain JSON data, with a fault for everything that JSON cannot say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from ..finding.pointer import joined
from ..finding.shape import is_array
from ..finding.text_fault import TextFault
from .encoding import without_surrogates
from .text_source import DEPTH

__all__ = ["plain"]

_MOST_BITS = 14_000
"""About as much as Python prints of an integer."""

_Path = tuple[str | int, ...]
_Decoded: TypeAlias = Any
"""Whatever somebody passes; what it is made of is not known."""


def plain(payload: object) -> tuple[object, list[TextFault], bool]:
    """The payload made of `dict`, `list`, `str`, `int`, `float`, `bool` and None; its faults; whether it is whole."""
    if _is_plain(payload):  # as of what a JSON parser made: nothing would be different in a copy
        return payload, [], True
    copier = _Copier()
    root = copier.value(payload, ())
    while copier.pending:
        path, source, target = copier.pending.pop()
        if len(path) >= DEPTH:
            message = f"nested more than {DEPTH} levels deep, or inside itself"
            return None, [_fault("PAR008", message, path[:8], "flatten it")], False
        copier.fill(path, source, target)
    return root, copier.faults, True


def _is_plain(payload: _Decoded) -> bool:
    """Whether a payload is JSON as it is. Depth first, so that what holds itself is too deep before it is too wide."""
    stack: list[Iterator[_Decoded]] = [iter((payload,))]
    while stack and len(stack) <= DEPTH + 1:
        for value in stack[-1]:
            kind = _type(value)
            if kind is dict:
                if not all(type(key) is str and _is_text(key) for key in value):
                    return False
                stack.append(iter(value.values()))
                break
            if kind is list:
                stack.append(iter(value))
                break
            if not _is_plain_scalar(kind, value):
                return False
        else:
            stack.pop()
    return not stack


def _type(value: object) -> type[object]:
    return type(value)


def _is_plain_scalar(kind: type[object], value: _Decoded) -> bool:
    if kind is str:
        return _is_text(value)
    if kind is int:
        return bool(value.bit_length() <= _MOST_BITS)
    return value is None or kind is bool or (kind is float and math.isfinite(value))


def _is_text(text: str) -> bool:
    return text.isascii() or without_surrogates(text) == text


class _Copier:
    def __init__(self) -> None:
        self.faults: list[TextFault] = []
        self.pending: list[tuple[_Path, _Decoded, _Decoded]] = []

    def value(self, value: _Decoded, path: _Path) -> object:
        """The plain form of *value*; a container is filled later."""
        kind = _kind(value)
        match value:
            case None | bool():
                return value
            case str():
                return self._string(str.__str__(value), path)
            case int():
                return self._integer(int(value), path)
            case float():
                return self._number(float(value), path)
            case dict():
                return self._later(path, value, {})
            case list():
                return self._later(path, value, [])
            case tuple() | set() | frozenset():
                self.faults.append(_fault("PAR001", f"a {kind} is not a JSON value", path, "pass a list"))
                return self._later(path, value, [])
            case _:
                advice = "pass model_dump(exclude_unset=True)" if hasattr(value, "model_dump") else "pass plain data"
                self.faults.append(_fault("PAR001", f"a value of type {kind} is not JSON", path, advice))
                return None

    def fill(self, path: _Path, source: _Decoded, target: _Decoded) -> None:
        """Copy what a container holds."""
        if is_array(target):
            items: Iterable[object] = source
            target.extend(self.value(item, (*path, index)) for index, item in enumerate(items))
            return
        for key, item in source.items():
            word = _word(key)
            name = self._string(word, (*path, word))
            if not isinstance(key, str):
                message = f"the key {name[:30]} is of type {_kind(key)}, and keys are strings"
                self.faults.append(_fault("PAR001", message, (*path, name), f'write "{name[:30]}"'))
            target[name] = self.value(item, (*path, name))

    def _later(self, path: _Path, source: _Decoded, target: object) -> object:
        self.pending.append((path, source, target))
        return target

    def _string(self, text: str, path: _Path) -> str:
        clean = without_surrogates(text)
        if clean != text:
            message = "a string holds one half of a surrogate pair"
            self.faults.append(_fault("PAR007", message, path, "decode the bytes as UTF-8"))
        return clean

    def _integer(self, number: int, path: _Path) -> int:
        if number.bit_length() <= _MOST_BITS:
            return number
        message = "an integer of thousands of digits is too large for a 64-bit number"
        self.faults.append(_fault("PAR006", message, path, "pass a smaller one, or a string"))
        return 0

    def _number(self, number: float, path: _Path) -> float:
        if math.isfinite(number):
            return number
        self.faults.append(_fault("PAR005", f"{number} is not a JSON number", path, "pass a finite number, or None"))
        return 0


def _word(key: _Decoded) -> str:
    """A key as a string, whatever it is."""
    if isinstance(key, str):
        return str.__str__(key)
    return "…" if isinstance(key, int) and key.bit_length() > _MOST_BITS else str(key)


def _kind(value: _Decoded) -> str:
    return type(value).__name__


def _fault(code: str, message: str, path: _Path, advice: str) -> TextFault:
    return TextFault(code, message, 0, 0, advice, without_surrogates(joined(path)))
