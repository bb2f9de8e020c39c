"""A fault of a spec, put into words."""

from __future__ import annotations

from .catalogue import CATALOGUE
from .finding import Finding
from .place import Place, Span

__all__ = ["fault"]


def fault(code: str, at: Place | None, message: str, *, pointer: str = "", advice: str | None = None) -> Finding:
    """The finding *code* at a place of a spec."""
    span = None if at is None else Span(at.file, at.line, at.column, at.line, at.column + 1)
    return Finding(
        code=code, severity=CATALOGUE[code].severity, pointer=pointer, message=message, span=span, help=advice
    )
