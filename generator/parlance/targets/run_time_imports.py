"""Names that generated code uses to the lines that import them, each from the module of the run time that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import ModuleType

from ..backends.python.text import imported

__all__ = ["homes", "imports"]


def homes(modules: Sequence[ModuleType]) -> dict[str, str]:
    """The module of each name that *modules* offer."""
    return {name: module.__name__.rpartition(".")[2] for module in modules for name in module.__all__}


def imports(names: Iterable[str], known: Mapping[str, str]) -> str:
    """Source that imports the *known* ones of *names*, a line for each module or, where one is too short, each name."""
    in_order = sorted({*names} & known.keys(), key=lambda name: (known[name], name))
    return "\n".join(imported(f"..{module}", group) for module, group in groupby(in_order, known.__getitem__))
