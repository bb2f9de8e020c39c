"""Notes for type checkers on modules with functions that are too long for them."""

from __future__ import annotations

from ..contract.ir import Contract, Record

__all__ = ["size_notes"]

_NOTE = """# A record has so many fields here that pyright gives up on the function that goes through them.
# pyright: reportGeneralTypeIssues=false, reportUnusedImport=false, reportUnusedVariable=false
# pyright: reportUnusedFunction=false, reportUnknownVariableType=false"""
_MOST_FIELDS = 64
"""Pyright 1.1.40x analyses the functions of a record with 60 fields, and not those of one with 70."""


def size_notes(contract: Contract) -> tuple[str, ...]:
    """Comments for the head of a module."""
    largest = max((len(each.fields) for each in contract.definitions if isinstance(each, Record)), default=0)
    return (_NOTE,) if largest > _MOST_FIELDS else ()
