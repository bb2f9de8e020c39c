"""How long `parlance generate` takes for all dialects and targets, and `--check` after it."""

from __future__ import annotations

import tempfile

from .measure import Cost, medians
from .places import parlance_command

__all__ = ["generation_costs"]


def generation_costs(repeats: int) -> list[Cost]:
    """Into a new folder each time, and to compare the last of them."""
    with tempfile.TemporaryDirectory() as folder:
        outputs: list[str] = []

        def generate() -> None:
            outputs.append(f"{folder}/{len(outputs)}")
            parlance_command("generate", "--output", outputs[-1])()

        def check() -> None:
            parlance_command("generate", "--check", "--output", outputs[-1])()

        return medians({"parlance generate": generate, "parlance generate --check": check}, repeats)
