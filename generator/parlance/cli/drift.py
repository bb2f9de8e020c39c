"""What changed since an output folder was made, in the spec's terms where it can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..emit.lock import Lock
from ..emit.tree import Changes
from ..evolve import differences
from .generation import Tree

__all__ = ["drift"]

_MOST = 10
_FEW = 3


def drift(folder: Path, before: Lock, tree: Tree, changed: Changes) -> list[str]:
    """The reasons for *changed*, most telling first: differences of contracts, else changed inputs, else files."""
    if reasons := [*_contracts(folder, before, tree)]:
        return _shortened(reasons, _MOST)
    return _shortened([*_inputs(before, tree.lock)] or [*_files(before, changed)], _FEW)


def _shortened(reasons: list[str], most: int) -> list[str]:
    return reasons if len(reasons) <= most else [*reasons[:most], f"and {len(reasons) - most} more"]


def _contracts(folder: Path, before: Lock, tree: Tree) -> Iterator[str]:
    """Each difference once, with the dialects that it touches."""
    found: dict[str, list[str]] = {}
    for path, output in tree.lock.outputs.items():
        if output.target == "contract" and output.dialect is not None:
            new = _contract(tree.files[path])
            old = _contract(_content(folder / path))
            if path not in before.outputs:
                found.setdefault("a new dialect", []).append(output.dialect)
            elif old is not None and new is not None:
                for sentence in differences(old, new):
                    found.setdefault(sentence, []).append(output.dialect)
    for path, output in before.outputs.items():
        if output.target == "contract" and output.dialect is not None and path not in tree.files:
            found.setdefault("a dialect less", []).append(output.dialect)
    for sentence, dialects in found.items():
        yield f"{sentence} ({', '.join(dialects)})"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _contract(content: bytes) -> dict[str, Any] | None:
    """None where somebody spoilt the file."""
    try:
        contract: dict[str, Any] = json.loads(content)["contract"]
        whole = "definitions" in contract and "artifacts" in contract
    except (ValueError, KeyError, TypeError):
        return None
    return contract if whole else None


def _inputs(before: Lock, after: Lock) -> Iterator[str]:
    if not before.outputs:
        yield "nothing was generated here yet"
        return
    for name in sorted({*before.inputs, *after.inputs}):
        if name not in before.inputs:
            yield f"{name} is new"
        elif name not in after.inputs:
            yield f"{name} is gone"
        elif before.inputs[name] != after.inputs[name]:
            yield f"{name} changed"


def _files(before: Lock, changed: Changes) -> Iterator[str]:
    for path in changed.altered:
        yield f"{path} was altered by hand" if path in before.outputs else f"{path} is not as generated"
    for path in changed.added:
        yield f"{path} is missing"
    for path in changed.removed:
        yield f"{path} is no longer generated"
