"""The names of the run time that rules use."""

from __future__ import annotations

import builtins
import keyword

from ...runtime.python import (
    capability,
    checks,
    equality,
    exchange,
    keywords,
    lookup,
    message,
    operators,
    pattern_search,
    patterns,
    rule,
    sequence,
    stream,
    strings,
    violation,
)
from ..run_time_imports import homes

__all__ = ["HOMES", "MODULES", "RESERVED"]

_RUN_TIME = [capability, checks, exchange, keywords, lookup, message, operators, patterns, rule, sequence, stream]
HOMES = homes([*_RUN_TIME, strings, equality, pattern_search, violation])
"""The module of each name."""

MODULES = (*dict.fromkeys(HOMES.values()),)
"""The modules that rules import, by name."""

RESERVED = frozenset({*HOMES, "found", "root", *dir(builtins), *keyword.kwlist})
"""What no variable of a rule is called."""
