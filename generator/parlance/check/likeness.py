"""The fields of an object against those of an artifact: how much they are alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ..finding.suggestion import suggestions

if TYPE_CHECKING:
    from ..runtime.python.violation import Artifact

__all__ = ["Likeness"]


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
        """Whether several and most of the required fields are there, or half of them, parts, and few unknown ones."""
        present, required = len(self._required - self._wrong), len(self.artifact.required)
        if present > 1 and 2 * present > required:
            return True
        return present > 0 and 2 * present >= required and self._is_known() and self._has_parts()

    def _has_parts(self) -> bool:
        """Whether not all of several fields are plain: settings of applications have the names of parameters, too."""
        values = self._fields.values()
        return len(values) == 1 or any(value is None or isinstance(value, (dict, list)) for value in values)

    def _is_known(self) -> bool:
        """Whether half of the fields are those of the artifact, rightly spelt or not."""
        names = self.artifact.fields
        if len(self._fields) > 2 * len(names):
            return False
        return 2 * sum(name in names or bool(suggestions(name, names)) for name in self._fields) >= len(self._fields)
