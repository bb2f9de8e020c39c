"""JSON without any fault to values, with what reads it fastest; and what says quickly that a value is clean."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import ModuleType
from typing import Any

from . import json_reader
from .dialect import Dialect

__all__ = ["FaultlessReader", "clean_test"]

_TRIED = 16
"""So many texts show whether they are written compactly; proving it of others costs more than it saves."""


class FaultlessReader:
    """Reads texts that are mostly written alike."""

    def __init__(self) -> None:
        self._tried = self._proven = 0

    @cached_property
    def _orjson(self) -> ModuleType | None:
        """What reads fast; None where it is not there, or not worth its while."""
        return _orjson()

    def read(self, data: bytes) -> object:
        """The value of a text. Raises `ValueError`, `TypeError` or `RecursionError` where it may have a fault."""
        if self._orjson is None:
            return json_reader.read_faultless(data.decode())
        value = self._orjson.loads(data)
        # What is written as it was read has each key once, no half of a character, and no number that was rounded.
        is_proven = self._orjson.dumps(value) == data.rstrip(b"\r\n")
        if self._tried < _TRIED:
            self._tried += 1
            self._proven += is_proven
            if self._tried == _TRIED and self._proven < _TRIED // 2:
                self._orjson = None
        if is_proven and not json_reader.may_be_too_deep(data):
            return value
        return json_reader.read_faultless(data.decode())


def clean_test(dialect: Dialect, kind: str, *, lint: bool) -> Callable[[Any], bool] | None:
    """A test that is true of a value in which nothing is found, though not of all; None where there is none."""
    artifact, may_refuse = dialect.artifacts.get(kind), dialect.gates.get(kind)
    if artifact is None or may_refuse is None or artifact.embeds or len(dialect.forms_of(kind)) > 1:
        return None
    check, advise = artifact.check, dialect.advice.get(kind) if lint else None
    if advise is None:
        return lambda value: next(check(value), None) is None and not may_refuse(value)
    return lambda value: next(check(value), None) is None and not may_refuse(value) and not any(advise(value))


def _orjson() -> ModuleType | None:
    try:
        import orjson
    except ModuleNotFoundError:  # the extra `fast`
        return None
    return orjson
