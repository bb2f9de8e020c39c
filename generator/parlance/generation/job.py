"""What a run is asked to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["GenerationJob", "ProgressCallback"]

ProgressCallback = Callable[[str, int, int], None]
"""Takes what is being made, how much is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationJob:
    """A spec, an output folder, and which dialects and targets it shall have."""

    spec: Path
    overlays: tuple[Path, ...] = ()
    """Files of dialects on top of those of the spec."""

    output: Path
    dialects: tuple[str, ...] = ()
    """Ids or aliases; none for those of the overlays, or else all."""

    targets: tuple[str, ...]
    partial: bool = False
    """Whether files of other dialects and targets stay as they are."""
