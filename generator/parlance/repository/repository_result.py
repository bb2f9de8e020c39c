"""Targets of a user's settings to files: what should be there, what is otherwise, and what that means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ..contract_diff.change_report import change_line
from ..contract_diff.comparing import TooManyPlacesError
from ..contract_diff.contract_change import ContractChange
from ..contract_diff.kept_contract import kept_changes, kept_contract
from ..emit.lock import Output, digest, input_digests
from ..emit.repository_files import file_changes
from ..emit.tree import Changes, check_texts
from ..generation.drift import MOST_REASONS, by_hand, input_changes, shortened
from ..generation.freshness import inputs
from ..generation.job import GenerationJob
from ..spec.reading import shown
from ..spec_source import SpecSource
from .state import RepositoryState, kept_form
from .target import RepositoryTarget, TargetError, contract_for, target_files

__all__ = ["RepositoryResult", "generated", "input_reasons", "is_up_to_date", "known_inputs", "reasons"]

_SETTINGS = "settings"
_START = "repository/repository_result.py"
"""What this module imports decides what comes out."""


@dataclass(frozen=True)
class RepositoryResult:
    """What a repository should hold."""

    folder: Path
    files: Mapping[str, bytes]
    before: RepositoryState
    state: RepositoryState

    @cached_property
    def changes(self) -> Changes:
        """What of it is not so."""
        return file_changes(self.folder, self.files, self.before.outputs)


def known_inputs(targets: Sequence[RepositoryTarget], settings: str) -> dict[str, str]:
    """Hashes of all that decides what is generated; *settings* is what the user says of the targets."""
    found = {_SETTINGS: digest(settings.encode())}
    for source in dict.fromkeys(target.source for target in targets):
        job = GenerationJob(spec=source.root, overlays=source.overlays, output=Path(), targets=())
        found |= _united(inputs(job, _START), source)
    for folder in {target.templates for target in targets if target.templates is not None}:
        found[shown(folder)] = _digest_of(input_digests([("templates", folder, ("",))]))
    return dict(sorted(found.items()))


def _united(hashes: Mapping[str, str], source: SpecSource) -> dict[str, str]:
    """One hash for each thing that a user can change, and one for this tool."""
    groups: dict[str, dict[str, str]] = {}
    overlays = {path.name: shown(path) for path in source.overlays}
    for name, value in hashes.items():
        first, _, rest = name.partition("/")
        if first == "overlay":
            groups.setdefault(overlays.get(rest, name), {})[name] = value
        elif first == "spec" and source.folder is not None:
            groups.setdefault(shown(source.folder), {})[name] = value
        else:
            groups.setdefault("parlance", {})[name] = value
    return {name: _digest_of(group) for name, group in groups.items()}


def _digest_of(hashes: Mapping[str, str]) -> str:
    return digest(json.dumps(hashes, sort_keys=True).encode())


def is_up_to_date(folder: Path, before: RepositoryState, now: Mapping[str, str]) -> bool:
    """Whether every file is what the last run wrote, and nothing has changed that decides it; by hashes alone."""
    if not before.outputs or before.inputs != now:
        return False
    return all(_digest(folder / path) == output.sha256 for path, output in before.outputs.items())


def _digest(path: Path) -> str | None:
    try:
        return digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def generated(
    folder: Path, targets: Sequence[RepositoryTarget], before: RepositoryState, now: Mapping[str, str]
) -> RepositoryResult:
    """All files of *targets*, in memory. Raises `SpecError`, `UnknownDialect`, `TargetError` and `OutputError`."""
    specs = {source: source.load() for source in dict.fromkeys(target.source for target in targets)}
    texts: dict[str, str] = {}
    made_by: dict[str, Output] = {}
    contracts: dict[str, Any] = {}
    for target in targets:
        contract = contract_for(target, specs[target.source])
        for path, text in target_files(target, contract).items():
            if path in texts:
                message = f"{path} is written by two targets: name another output"
                raise TargetError(message, target)
            texts[path] = text
            made_by[path] = Output("", target.target or "templates", contract.dialect)
        contracts[target.output] = kept_form(contract)
    checked = check_texts(texts, before.outputs)
    outputs = {path: replace(made_by[path], sha256=each.sha256) for path, each in checked.items()}
    state = RepositoryState(now, outputs, contracts)
    return RepositoryResult(folder, {path: each.content for path, each in checked.items()}, before, state)


def reasons(result: RepositoryResult) -> list[str]:
    """Why files are not what they should be: what changed in documents, else in what decides; what was done by hand."""
    before, stale = result.before, result.changes.all
    if not before.outputs:
        return ["nothing was generated here yet"]
    touched = dict(by_hand(result.folder, before.lock, result.changes))
    found = [*_meanings(before, result.state)]
    if not found and any(path not in touched for path in stale):
        found = input_reasons(result)
    return [*shortened(found, MOST_REASONS), *shortened([*touched.values()], MOST_REASONS)]


def input_reasons(result: RepositoryResult) -> list[str]:
    """What differs in that from which everything is made."""
    return input_changes(result.before.inputs, result.state.inputs)


def _meanings(before: RepositoryState, after: RepositoryState) -> Iterator[str]:
    """Each change of what documents must be like, the worst first, with the targets that it reaches."""
    found: dict[str, tuple[ContractChange, list[str]]] = {}
    for output, contract in after.contracts.items():
        for change in _changes(before.contracts.get(output), contract):
            found.setdefault(change_line(change), (change, []))[1].append(output)
    for line, (_, outputs) in sorted(found.items(), key=lambda item: item[1][0].level.rank):
        yield f"{line} ({', '.join(outputs)})"


def _changes(before: object, after: object) -> list[ContractChange]:
    """What changed between two contracts as they are kept; nothing where one cannot be compared."""
    old, new = (None if before == after else kept_contract(each) for each in (before, after))
    try:
        return kept_changes(old, new) if old and new else []
    except TooManyPlacesError:
        return []
