"""What changed between two contracts, in the spec's own terms."""

from __future__ import annotations

from .difference import differences

__all__ = ["differences"]
