"""The requests and answers of `small`, lines of a file with a request in each, and rules for both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.violation import Violation

from ..small import ARTIFACTS as SMALL
from ..small import error_free

__all__ = ["ARTIFACTS"]


def check_batch(value: Any) -> Iterator[Violation]:
    """Say what is wrong with a line; what its body is, the request says."""
    if not isinstance(value, dict):
        yield Violation("PAR103", "", "must be an object")
    elif "id" not in value:
        yield Violation("PAR101", "/id", "required field 'id' is absent")
    elif not isinstance(value["id"], str):
        yield Violation("PAR103", "/id", "must be a string")


_FIELDS = frozenset({"id", "body"})

_BATCH = Artifact("batch", check_batch, error_free(check_batch), _FIELDS, _FIELDS, {}, (("/body", "request"),))

ARTIFACTS = {**SMALL, "batch": _BATCH}
