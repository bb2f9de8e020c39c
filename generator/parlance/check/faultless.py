"""JSON without any fault to values, with what reads it fastest; and what says quickly that a value is clean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from ..finding.pointer import tokens
from ..finding.shape import is_object
from . import json_reader
from .dialect import Dialect

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact

__all__ = ["CleanTest", "FaultlessReader", "clean_test", "soundness"]

CleanTest: TypeAlias = "Callable[[Any], bool]"
"""Whether nothing is found in a value; it may be too cautious."""

_TRIED = 16
"""So many texts show whether they are written compactly; proving it of others costs more than it saves."""


class FaultlessReader:
    """Reads texts that are mostly written alike."""

    def __init__(self) -> None:
        self._tried = self._proven = 0
        self._is_begun = False
        self._orjson: ModuleType | None = None
        """What reads fast; None where it is not there, or not worth its while."""

    def read(self, data: bytes) -> object:
        """The value of a text. Raises `ValueError`, `TypeError` or `RecursionError` where it may have a fault."""
        if not self._is_begun:
            self._is_begun, self._orjson = True, _orjson()
        orjson = self._orjson
        if orjson is None:
            return json_reader.read_faultless(data.decode())
        value = orjson.loads(data)
        # What is written as it was read has each key once, no half of a character, and no number that was rounded.
        is_indented = data[1:4] == b"\n  "
        written = orjson.dumps(value, None, orjson.OPT_INDENT_2 if is_indented else None)
        is_proven = written == data or written == data.rstrip(b"\r\n")
        if self._tried < _TRIED:
            self._count(is_proven)
        if is_proven:  # nor is it nested too deeply: it writes no more than 254 levels
            return value
        return json_reader.read_faultless(data.decode())

    def _count(self, is_proven: bool) -> None:
        self._tried += 1
        self._proven += is_proven
        if self._tried == _TRIED and self._proven < _TRIED // 2:
            self._orjson = None


def clean_test(dialect: Dialect, kind: str, *, lint: bool) -> CleanTest | None:
    """A test that is true of a value in which nothing is found, though not of all; None where there is none.

    Of an artifact with several forms it is asked for the first, which every value has that is right as that.
    """
    artifact = dialect.artifacts.get(kind)
    test = _test_of_whole(dialect, artifact, lint=lint) if artifact else None
    if artifact is None or test is None or not artifact.embeds:
        return test
    inside = [(pointer, clean_test(dialect, name, lint=lint)) for pointer, name in artifact.embeds]
    return _with_parts(test, [(tokens(pointer), each or _never) for pointer, each in inside])


def _with_parts(test: CleanTest, parts: Sequence[tuple[Sequence[str], CleanTest]]) -> CleanTest:
    """The test of a value in which others stand that are artifacts themselves."""

    def is_clean(value: Any) -> bool:
        if not test(value):
            return False
        for path, is_part_clean in parts:
            part = value
            for token in path:
                part = part.get(token) if is_object(part) else None
            if part is not None and not is_part_clean(part):
                return False
        return True

    return is_clean


def _never(_: Any) -> bool:
    return False


def _test_of_whole(dialect: Dialect, artifact: Artifact, *, lint: bool) -> CleanTest | None:
    """The test of a value without what stands in it as an artifact of its own."""
    kind = artifact.name
    may_refuse = dialect.gates.get(kind)
    if may_refuse is None:
        return None
    is_sound, advise = soundness(artifact), dialect.advice.get(kind) if lint else None
    if advise is None:
        return lambda value: is_sound(value) and not may_refuse(value)
    may_warn = dialect.warning_gates.get(kind)
    if may_warn is None or _has_notes(dialect, kind):
        return lambda value: is_sound(value) and not may_refuse(value) and not any(advise(value))
    return lambda value: is_sound(value) and not may_refuse(value) and not (may_warn(value) and any(advise(value)))


def _has_notes(dialect: Dialect, kind: str) -> bool:
    """Whether rules find something in an artifact that is no error and no warning, after which no gate asks."""
    table = dialect.checks.get(kind)
    rules = [each.rule for each in table.checks] if table else [None]
    severities = {"info" if rule is None else dialect.rules[rule.code].severity for rule in rules}
    return not severities <= {"error", "warning"}


def soundness(artifact: Artifact) -> Callable[[Any], bool]:
    """A test that is true of a value whose structure has no fault; the quick one hardly ever needs the other."""
    has_no_fault, check = getattr(artifact, "has_no_fault", None), artifact.check
    if has_no_fault is None:  # of a package that was generated by an earlier version
        return lambda value: next(check(value), None) is None
    return lambda value: has_no_fault(value) or next(check(value), None) is None


def _orjson() -> ModuleType | None:
    try:
        import orjson
    except ModuleNotFoundError:  # the extra `fast`
        return None
    return orjson
