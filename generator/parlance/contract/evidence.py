"""Evidence in words."""

from __future__ import annotations

from .ir import Evidence

__all__ = ["sourced"]


def sourced(evidence: Evidence) -> str:
    """`openai-python 1.45.0, 2024-09-12: where max_tokens is deprecated`."""
    day = f", {evidence.date}" if evidence.date else ""
    return f"{evidence.source}{day}" + (f": {evidence.says}" if evidence.says else "")
