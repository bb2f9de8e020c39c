"""Evidence in words."""

from __future__ import annotations

from .ir import Evidence

__all__ = ["sourced"]


def sourced(evidence: Evidence) -> str:
    """`openai-python 1.45.0, 2024-09-12: where max_tokens is deprecated`; with its confidence unless that is A."""
    day = f", {evidence.date}" if evidence.date else ""
    confidence = "" if evidence.confidence == "A" else f", confidence {evidence.confidence}"
    return f"{evidence.source}{day}{confidence}" + (f": {evidence.says}" if evidence.says else "")
