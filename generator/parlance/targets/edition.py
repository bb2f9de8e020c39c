"""Several contracts together: what their shared files, such as indexes, are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..contract.ir import Contract
from .definitions import Part
from .file import File
from .grouping import ModuleFile
from .jsonschema import Examples
from .python_modules import modules as python_modules
from .sharing import SpecLayout

__all__ = ["Edition", "Target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that one output folder holds."""

    contracts: tuple[Contract, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    """Pairs of another name of a dialect and its id."""

    default: str
    """The id of the dialect that is meant when none is named."""

    targets: frozenset[str]
    """Names of the targets that the folder holds."""

    days: tuple[Contract, ...] | None = None
    """The base on each day that changed it, the first one first; None where no target that is made needs it."""

    shares: bool = False
    """Whether dialects of the folder share modules of the Python package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of output."""

    summary: str
    files: Callable[[Contract], Iterator[File]]
    """What one dialect gives, without any other."""

    with_examples: Callable[[Contract, Examples], Iterator[File]] | None = None
    """The same with documents of the spec; None where none are shown."""

    parts: Callable[[Contract], Iterable[Part]] | None = None
    """What one dialect gives to a package in which several share what is the same in them; None where none do."""

    modules: Callable[[Sequence[Part], SpecLayout], Iterator[ModuleFile]] = python_modules
    """What lays out such a package: targets of which this is the same have one together."""

    is_coarse: bool = False
    """Whether what is shared stands in few modules: functions cost less to load than modules, and classes more."""

    runtime: tuple[str, ...] = ()
    """Modules of `runtime/python` that the files of a dialect import, by name; what these import comes along."""

    shared: Callable[[Edition], Iterator[File]] | None = None
    """What all of them share."""

    needs_days: bool = False
    """Whether what all of them share is made of the base on each of its days, too; a partial run keeps that."""
