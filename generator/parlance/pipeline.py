"""A run of the generator, stage by stage: the files of a spec to those of an output folder. Nothing is printed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from .contract.build import build_contracts
from .contract.ir import Contract
from .emit.lock import LOCK_NAME, Lock
from .emit.tree import Changes, changes, check_texts, write_tree
from .emit.unknown_files import UnknownFiles, unknown_files
from .finding import Finding, SpecError
from .generation.base_days import base_on_its_days
from .generation.bundles import bundle_faults, example_documents
from .generation.dialect_names import Dialects
from .generation.freshness import inputs
from .generation.job import GenerationJob, ProgressCallback
from .generation.kept import kept_files
from .generation.made_files import dialect_files, edition_of, made_files, package_files, shared_files
from .generation.output_tree import Tree, tree_of
from .generation.rule_examples import example_faults
from .generation.spec_snapshot import spec_snapshot
from .spec import Resolved, Spec, load_spec, resolve
from .spec_source import SpecSource
from .targets.registry import TARGETS

__all__ = ["Result", "generate"]


@dataclass(frozen=True, slots=True)
class Result:
    """What the output folder should hold, and what of it was not so before the run."""

    tree: Tree
    changes: Changes
    foreign: tuple[str, ...]
    """Paths of files that lie beside generated ones, and that no run made."""


def generate(job: GenerationJob, lock: Lock, progress: ProgressCallback, *, write: bool) -> Result:
    """Make everything that the output folder should hold; write it, or only compare.

    *lock* is the one that the folder has. Raises `SpecError` for a fault of the spec and `OutputError` for what cannot
    be written; the folder is then as it was.
    """
    progress("the spec", 0, 1)
    sources = inputs(job)
    spec = _spec(job)
    documents = _resolved(spec, job.dialects or (*spec.overlays.values(),) or _every_dialect(spec))
    contracts = _built(documents)
    kept = kept_files(job, spec, lock, contracts)
    kept_contracts = _built(_resolved(spec, sorted(kept.dialects - contracts.keys())))
    every = contracts | kept_contracts
    apart = [*dialect_files(spec, contracts, job.targets, progress)]
    made = {name: contracts.keys() | kept.remade.get(name, set()) for name in job.targets}
    package = [*package_files(spec, every, made)]
    paths = [*kept.outputs, *(file.path for file in package)]
    days = _days(spec, every) if any(TARGETS[name].needs_days for name in job.targets) else None
    edition = edition_of(spec, every, kept.targets.union(job.targets), paths, days)
    runtime = {module for file in package for module in file.runtime} | kept.runtime
    files = made_files([*apart, *package, *shared_files(edition, runtime), *spec_snapshot(spec, edition)])
    checked = check_texts({path: file.text for path, file in files.items()}, lock.outputs)
    dialects = Dialects(files.values(), checked)
    if lock.inputs != sources or not lock.dialects.issuperset(contracts):  # else they ran when the folder was made
        unproven = [record for record in spec.records if str(record["code"]) not in spec.proven]
        _refuse(example_faults([*contracts.values()], unproven, _others(spec, contracts), dialects.dialect))
    _refuse(bundle_faults(contracts.values(), example_documents(spec, contracts.values()), dialects, checked))
    tree = tree_of(spec, files, checked, kept, lock.inputs if kept.files else sources)
    known = {*lock.outputs, *tree.lock.outputs, LOCK_NAME}
    unknown = UnknownFiles() if job.partial else unknown_files(job.output, known)
    finish = write_tree if write else changes
    return Result(tree, finish(job.output, tree.files, tree.lock, unknown.leftovers), unknown.foreign)


def _spec(job: GenerationJob) -> Spec:
    """The spec: read anew where all of it is made, else from the snapshot, as far as its files are the same."""
    is_whole = not job.overlays and not job.dialects
    return load_spec(job.spec) if is_whole else SpecSource(job.spec, job.overlays).load()


def _days(spec: Spec, contracts: Collection[str]) -> tuple[Contract, ...]:
    """The base on its days, where each of its dialects is there: a chosen few are not about its history."""
    return base_on_its_days(spec) if {*_every_dialect(spec)} <= {*contracts} else ()


def _resolved(spec: Spec, names: Iterable[str]) -> list[Resolved]:
    return [resolve(spec, name) for name in names]


def _built(documents: Iterable[Resolved]) -> dict[str, Contract]:
    """The contracts of these dialects, by id."""
    return {contract.dialect: contract for contract in build_contracts(documents)}


def _every_dialect(spec: Spec) -> tuple[str, ...]:
    return tuple(dialect.id for dialect in spec.dialects) or (spec.base.id,)


def _others(spec: Spec, contracts: Iterable[str]) -> Iterator[Contract] | None:
    """The dialects that this run does not make, each built when it is asked for; None if there is no other."""
    names = [name for name in _every_dialect(spec) if name not in {*contracts}]
    return (contract for name in names for contract in _built(_resolved(spec, [name])).values()) if names else None


def _refuse(faults: list[Finding]) -> None:
    if faults:
        raise SpecError(faults)
