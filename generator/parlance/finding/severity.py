"""How much a finding matters."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Severity"]


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """It is refused, or malformed."""

    WARNING = "warning"
    """It is accepted, and ignored, deprecated or wrong later."""

    INFO = "info"
    """Advice."""
