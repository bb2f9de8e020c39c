"""The names of the run time that rules use."""

from __future__ import annotations

from ...runtime.python import (
    capability,
    checks,
    keywords,
    lookup,
    message,
    operators,
    patterns,
    rule,
    sequence,
    text,
    values,
    violation,
)
from ..run_time_imports import homes

__all__ = ["HOMES", "MODULES"]

HOMES = homes(
    (capability, checks, keywords, lookup, message, operators, patterns, rule, sequence, text, values, violation)
)
"""The module of each name; no variable of generated code has such a name."""

MODULES = (*dict.fromkeys(HOMES.values()),)
"""The modules that rules import, by name."""
