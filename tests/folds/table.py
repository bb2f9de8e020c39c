"""What was found of each shape, as the table of docs/streams.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .shapes import Shape, seen

__all__ = ["DATA", "rows", "table", "wrong"]

DATA = Path(__file__).parents[1] / "cases/folds.yaml"
_PEERS = {"parlance": "`parlance.fold`", "openai": "openai-python", "litellm": "LiteLLM"}


def wrong(whole: Any, shape: Shape) -> str:
    """What is wrong with a completion, in a few words; an exception's name says that there is none."""
    if isinstance(whole, str):
        return f"raises {whole}"
    came, meant = seen(whole), shape.meant
    if meant["total_tokens"] is None:  # LiteLLM estimates usage that was not sent
        came["total_tokens"] = None
    if came == meant:
        return ""
    faults = [f"{name} is {came[name]!r}" for name in ("id", "model", "total_tokens") if came[name] != meant[name]]
    if len(came["choices"]) != len(meant["choices"]):
        return "; ".join([*faults, f"{len(came['choices'])} choices"])
    for one, other in zip(came["choices"], meant["choices"], strict=True):
        faults += [f"{name} is {one[name]!r}" for name in one if one[name] != other[name]]
    return "; ".join(faults)


def rows() -> dict[str, Any]:
    """What was written down: the versions of the peers, and a row for each shape."""
    found: dict[str, Any] = yaml.load(DATA.read_text("utf-8"), yaml.CSafeLoader)
    return found


def table() -> Iterator[str]:
    """The lines of the table."""
    found = rows()
    heads = [" ".join((title, found["versions"].get(name, ""))).strip() for name, title in _PEERS.items()]
    yield f"| | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for row in found["shapes"]:
        cells = [f"`{row[name]}`" if row[name] else "right" for name in _PEERS]
        yield f"| {row['shape']} | {' | '.join(cells)} |"
