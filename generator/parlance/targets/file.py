"""What a target hands over: files to be, none of them written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["File"]


@dataclass(frozen=True, slots=True)
class File:
    """A template and the finished strings that fill it, or a text that needs none."""

    path: str
    """Below the output folder, with forward slashes: `python/parlance_dialects/openai_2026_11/enums.py`."""

    template: str | None = None
    """Below `templates/`: `python/enums.py.j2`."""

    view: Mapping[str, Any] = field(default_factory=dict[str, Any])
    text: str | None = None
    """The whole file, where `template` is None."""
