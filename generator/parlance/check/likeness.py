"""The fields of an object against those of an artifact: how much they are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ..finding.pointer import tokens
from ..finding.shape import is_array
from ..finding.suggestion import suggestions

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact

__all__ = ["Likeness"]

_WRONG_TYPE, _ABSENT = "PAR103", "PAR101"

_DEPTHS = {_WRONG_TYPE: 2, _ABSENT: 3}
"""How many steps lead to an item of a field that is of another type, or to a field that it lacks."""


class Likeness:
    """What an object and an artifact have in common."""

    def __init__(self, fields: Mapping[str, object], artifact: Artifact) -> None:
        self.artifact = artifact
        self._fields = fields
        self._required = fields.keys() & artifact.required
        constants = {name: values for name, values in artifact.constants.items() if name in fields}
        self._wrong = {name for name, values in constants.items() if fields[name] not in values}
        right, wrong = len(constants) - len(self._wrong), len(self._wrong)
        known = len(fields.keys() & artifact.fields)
        # A constant or a required field says more than any other known field.
        self.score = 4 * right - 4 * wrong + 3 * len(self._required) + 2 * known - len(fields)
        """More than 0 for a resemblance, which may be by chance: `model` or `user` alone stand in many files."""

    @cached_property
    def is_close(self) -> bool:
        """Whether several and most of the required fields are there, or half of them, parts, and few unknown ones.

        A required field of another type is one that happens to have the name, where there are others of that kind.
        """
        return self._is_close(frozenset()) and (not (misfits := self._misfits()) or self._is_close(misfits))

    @cached_property
    def has_most(self) -> bool:
        """Whether several and most of the required fields are there, whatever else is."""
        return self._has_most(self._present(frozenset()))

    def _is_close(self, misfits: Collection[str]) -> bool:
        present = self._present(misfits)
        if self._has_most(present):
            return True
        is_half = present > 0 and 2 * present >= len(self.artifact.required)
        return is_half and self._is_known(misfits) and self._has_parts()

    def _present(self, misfits: Collection[str]) -> int:
        return len(self._required - self._wrong - {*misfits})

    def _has_most(self, present: int) -> bool:
        return present > 1 and 2 * present > len(self.artifact.required)

    def _misfits(self) -> frozenset[str]:
        """The required fields that are of another type; null may stand for what could not be read.

        An array of which no item is what it should be, such as of messages without a role, has the name by chance, too.
        """
        fields = self._fields
        if self.artifact.is_valid(fields):
            return frozenset()
        faults = [(one.code, tokens(one.pointer)) for one in self.artifact.check(fields)]
        wrong = {steps[0] for code, steps in faults if code == _WRONG_TYPE and len(steps) == 1}
        items = {(steps[0], steps[1]) for code, steps in faults if len(steps) == _DEPTHS.get(code)}
        unlike = Counter(name for name, _ in items)
        wrong |= {name for name, count in unlike.items() if is_array(of := fields[name]) and count == len(of)}
        return frozenset(name for name in self._required & wrong if fields[name] is not None)

    def _has_parts(self) -> bool:
        """Whether not all of several fields are plain: settings of applications have the names of parameters, too."""
        values = self._fields.values()
        return len(values) == 1 or any(value is None or isinstance(value, (dict, list)) for value in values)

    def _is_known(self, misfits: Collection[str]) -> bool:
        """Whether half of the fields are those of the artifact, rightly spelt or not; *misfits* are not."""
        names = self.artifact.fields.difference(misfits)
        if len(self._fields) > 2 * len(names):
            return False
        return 2 * sum(name in names or bool(suggestions(name, names)) for name in self._fields) >= len(self._fields)
