"""What changed since an output folder was made, in the spec's terms where it can be."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..contract_diff.change_report import change_line
from ..contract_diff.comparing import TooManyPlacesError
from ..contract_diff.contract_change import ContractChange
from ..contract_diff.kept_contract import KeptContract, kept_changes, kept_contract
from ..emit.lock import LOCK_NAME, Lock, digest
from ..emit.tree import Changes
from .freshness import inputs
from .job import GenerationJob
from .output_tree import Tree

__all__ = ["MOST_REASONS", "by_hand", "changed_inputs", "drift", "input_changes", "shortened"]

MOST_REASONS = 10
"""How many reasons are listed: what one edit of the spec changes fits, and so does the screen."""

_FEW = 3
"""How many changed inputs, or files that were changed by hand, are listed."""


def drift(job: GenerationJob, before: Lock, tree: Tree, changed: Changes) -> list[str]:
    """The reasons for *changed*: differences of contracts, else changed inputs; and what was done by hand."""
    if not before.outputs:
        return [_unlocked(job.output, tree, changed)]
    touched = dict(by_hand(job.output, before, changed))
    reasons = [*_contracts(job.output, before, tree)]
    if not reasons and any(path not in touched and path != LOCK_NAME for path in changed.all):
        reasons = changed_inputs(job, before)
    return [*shortened(reasons, MOST_REASONS), *shortened([*touched.values()], _FEW)]


def changed_inputs(job: GenerationJob, before: Lock) -> list[str]:
    """What differs in that from which everything is made."""
    return input_changes(before.inputs, inputs(job))


def input_changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs between two sets of hashes, by name."""
    found: list[str] = []
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            fate = "is new" if name not in before else "changed" if name in now else "is gone"
            found.append(f"{name} {fate}")
    return shortened(found, _FEW)


def _unlocked(folder: Path, tree: Tree, changed: Changes) -> str:
    """Why nothing is known of what *folder* held."""
    if os.path.lexists(folder / LOCK_NAME):
        return f"{LOCK_NAME} cannot be read"
    return f"{LOCK_NAME} is missing" if tree.files.keys() - {*changed.added} else "nothing was generated here yet"


def by_hand(folder: Path, before: Lock, changed: Changes) -> Iterator[tuple[str, str]]:
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


def shortened(reasons: list[str], most: int) -> list[str]:
    """The first of some reasons, and how many more there are."""
    return reasons if len(reasons) <= most else [*reasons[:most], f"and {len(reasons) - most} more"]


def _contracts(folder: Path, before: Lock, tree: Tree) -> Iterator[str]:
    """Each difference once, with the dialects that it touches, the worst first."""
    found: dict[str, list[str]] = {}
    changed: dict[str, ContractChange] = {}
    for path, output in tree.lock.outputs.items():
        if output.target == "contract" and output.dialect is not None:
            if path not in before.outputs:
                found.setdefault("a new dialect", []).append(output.dialect)
            else:
                for change in _changes(_content(folder / path), tree.files[path]):
                    changed.setdefault(change_line(change), change)
                    found.setdefault(change_line(change), []).append(output.dialect)
    for path, output in before.outputs.items():
        if output.target == "contract" and output.dialect is not None and path not in tree.files:
            found.setdefault("a dialect is gone", []).append(output.dialect)
    for sentence in sorted(found, key=lambda each: changed[each].level.rank if each in changed else -1):
        yield f"{sentence} ({', '.join(found[sentence])})"


def _changes(before: bytes, after: bytes) -> list[ContractChange]:
    """What changed between two files with contracts; nothing where one cannot be compared."""
    old, new = (None if before == after else _contract(each) for each in (before, after))
    try:
        return kept_changes(old, new) if old and new else []
    except TooManyPlacesError:
        return []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _contract(content: bytes) -> KeptContract | None:
    """None where somebody spoilt the file."""
    try:
        return kept_contract(json.loads(content)["contract"])
    except (ValueError, KeyError, TypeError):
        return None
