"""Names that rules use to the lines that import them, each from the module of the run time that has it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ...backends.python.text import imported
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

__all__ = ["HOMES", "MODULES", "imports"]

_RUNTIME = (capability, checks, keywords, lookup, message, operators, patterns, rule, sequence, text, values, violation)

MODULES = tuple(module.__name__.rpartition(".")[2] for module in _RUNTIME)
"""The modules that rules import, by name."""

HOMES = {name: home for home, module in zip(MODULES, _RUNTIME, strict=True) for name in module.__all__}
"""The module of each name; no variable of generated code has such a name."""


def imports(names: Iterable[str]) -> str:
    """Source that imports *names*, a line for each module or, where one is too short, for each name."""
    in_order = sorted(names, key=lambda name: (HOMES[name], name))
    return "\n".join(imported(f"..{home}", group) for home, group in groupby(in_order, HOMES.__getitem__))
