"""What changed since an output folder was made, in the spec's terms where it can be."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..emit.lock import LOCK_NAME, Lock, digest
from ..emit.tree import Changes
from ..evolve import differences
from .freshness import inputs
from .job import GenerationJob
from .output_tree import Tree

__all__ = ["changed_inputs", "drift"]

_MOST = 10
"""How many reasons are listed: what one edit of the spec changes fits, and so does the screen."""

_FEW = 3
"""How many changed inputs, or files that were changed by hand, are listed."""


def drift(job: GenerationJob, before: Lock, tree: Tree, changed: Changes) -> list[str]:
    """The reasons for *changed*: differences of contracts, else changed inputs; and what was done by hand."""
    if not before.outputs:
        return [_unlocked(job.output, tree, changed)]
    touched = dict(_touched(job.output, before, changed))
    reasons = [*_contracts(job.output, before, tree)]
    if not reasons and any(path not in touched and path != LOCK_NAME for path in changed.all):
        reasons = changed_inputs(job, before)
    return [*_shortened(reasons, _MOST), *_shortened([*touched.values()], _FEW)]


def changed_inputs(job: GenerationJob, before: Lock) -> list[str]:
    """What differs in that from which everything is made."""
    now = inputs(job)
    found: list[str] = []
    for name in sorted({*before.inputs, *now}):
        if before.inputs.get(name) != now.get(name):
            fate = "is new" if name not in before.inputs else "changed" if name in now else "is gone"
            found.append(f"{name} {fate}")
    return _shortened(found, _FEW)


def _unlocked(folder: Path, tree: Tree, changed: Changes) -> str:
    """Why nothing is known of what *folder* held."""
    if os.path.lexists(folder / LOCK_NAME):
        return f"{LOCK_NAME} cannot be read"
    return f"{LOCK_NAME} is missing" if tree.files.keys() - {*changed.added} else "nothing was generated here yet"


def _touched(folder: Path, before: Lock, changed: Changes) -> Iterator[tuple[str, str]]:
    """The files that are not what the last run wrote."""
    for path in changed.altered:
        if path in before.outputs and digest(_content(folder / path)) != before.outputs[path].sha256:
            yield path, f"{path} was altered by hand"
    for path in changed.added:
        if path in before.outputs:
            yield path, f"{path} is missing"
    for path in changed.removed:
        if path not in before.outputs:
            yield path, f"{path} is left over from another run"


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
            found.setdefault("a dialect is gone", []).append(output.dialect)
    for sentence, dialects in found.items():
        yield f"{sentence} ({', '.join(dialects)})"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
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
