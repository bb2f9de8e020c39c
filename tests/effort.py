"""How many examples a law is tried on: few in each run of the tests, more in `make fuzz`."""

from __future__ import annotations

import os

__all__ = ["AT_LENGTH", "examples"]

AT_LENGTH = "PARLANCE_AT_LENGTH"
"""The variable that `make fuzz` sets."""


def examples(few: int, *, at_length: int) -> int:
    """The number for this run."""
    return at_length if os.environ.get(AT_LENGTH) else few
