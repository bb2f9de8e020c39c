"""How long `parlance generate` takes for all targets, and `--check` after it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence

from .measure import Cost, medians
from .places import parlance_command

__all__ = ["generation_costs"]


def generation_costs(repeats: int, dialects: Sequence[str], targets: Sequence[str]) -> list[Cost]:
    """Targets of dialects, all where none is named, into a new folder each time, and to compare the last of them."""
    named = [argument for dialect in dialects for argument in ("--dialect", dialect)]
    named += [argument for target in targets for argument in ("--target", target)]
    with tempfile.TemporaryDirectory() as folder:
        outputs: list[str] = []

        def generate() -> None:
            outputs.append(f"{folder}/{len(outputs)}")
            parlance_command("generate", *named, "--output", outputs[-1])()

        def check() -> None:
            parlance_command("generate", *named, "--check", "--output", outputs[-1])()

        return medians({"parlance generate": generate, "parlance generate --check": check}, repeats)
