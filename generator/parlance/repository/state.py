"""`parlance.lock` of a user's repository: what was generated from what, and what the documents were like then."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..contract.ir import Contract
from ..contract.json_form import as_json
from ..emit.lock import LOCK_NAME, Lock, Output, digest, is_inside, read_outputs, written_outputs
from ..finding.shape import is_array, is_object

__all__ = ["RepositoryState", "kept_form", "read_state", "state_text"]

_PROSE = frozenset({"description", "evidence", "examples", "message", "says"})
_DEPTH = 4
"""Levels of JSON that have a line for each entry: so has each definition of a contract, and each output."""

_DIGITS = 12
"""Hexadecimal ones of the digest by which a contract is known in the file."""


@dataclass(frozen=True, slots=True)
class RepositoryState:
    """What the last run wrote."""

    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    """Hashes of the settings, the specs, the templates and this tool, by name."""

    outputs: Mapping[str, Output] = field(default_factory=dict[str, Output])
    contracts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """By output of a target, its contract as JSON, without prose."""

    @property
    def lock(self) -> Lock:
        """The same as the lock of a folder has it."""
        return Lock(self.inputs, self.outputs)


def kept_form(contract: Contract) -> Any:
    """A contract as it is kept: what documents must be like, and nothing that is only said of it."""
    return {**_without_prose(as_json(contract)), "sources": []}


def _without_prose(part: Any) -> Any:
    if is_array(part):
        return [_without_prose(item) for item in part]
    if is_object(part):
        return {key: _without_prose(value) for key, value in part.items() if key not in _PROSE}
    return part


def state_text(state: RepositoryState) -> str:
    """The state as the text of its file: the same contract stands there once, whoever needs it."""
    keys = {output: digest(json.dumps(contract).encode())[:_DIGITS] for output, contract in state.contracts.items()}
    document = {
        "inputs": dict(sorted(state.inputs.items())),
        "targets": dict(sorted(keys.items())),
        "outputs": written_outputs(state.outputs),
        "contracts": {keys[output]: contract for output, contract in sorted(state.contracts.items())},
    }
    return "".join(_laid_out(document, _DEPTH, "")) + "\n"


def _laid_out(value: Any, depth: int, indent: str) -> Iterator[str]:
    """JSON with a line for each entry down to a depth, and what is deeper on one line."""
    if not depth or not value or not (is_object(value) or is_array(value)):
        yield json.dumps(value, ensure_ascii=False)
        return
    deeper = f"{indent}  "
    opening, closing = "{}" if is_object(value) else "[]"
    entries = [(f"{json.dumps(key)}: ", each) for key, each in value.items()] if is_object(value) else []
    entries += [("", each) for each in value] if is_array(value) else []
    yield opening
    for index, (start, each) in enumerate(entries):
        yield f"{',' if index else ''}\n{deeper}{start}"
        yield from _laid_out(each, depth - 1, deeper)
    yield f"\n{indent}{closing}"


def read_state(folder: Path) -> RepositoryState | None:
    """The state of the repository at *folder*; an empty one where there is no file, None where that cannot be read."""
    place = folder / LOCK_NAME
    if not place.exists():
        return RepositoryState()
    try:
        document: Any = json.loads(place.read_bytes())
        inputs = {str(name): str(value) for name, value in document["inputs"].items()}
        outputs = read_outputs(document["outputs"])
        contracts = {str(output): document["contracts"][key] for output, key in document["targets"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return RepositoryState(inputs, outputs, contracts) if all(map(is_inside, outputs)) else None
