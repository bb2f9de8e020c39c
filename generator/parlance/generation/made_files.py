"""What the targets make, as texts: every file of a dialect, and those that hold the dialects together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass

from ..contract.ir import Contract
from ..emit.render import render
from ..emit.tree import OutputError
from ..finding import SpecError, fault
from ..folders import templates_folder
from ..spec import Spec
from ..targets.python_names import UnusableNameError
from ..targets.registry import (
    TARGETS,
    Edition,
    Examples,
    File,
    ModuleFile,
    Part,
    SpecLayout,
    Target,
    index,
    is_shared,
    runtime_files,
    runtime_of_index,
)
from .job import ProgressCallback
from .spec_examples import spec_examples

__all__ = ["MadeFile", "dialect_files", "edition_of", "made_files", "package_files", "shared_files"]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """The text of a file, and where it is from."""

    path: str
    text: str
    target: str | None = None
    """The target that made it; None for what all of them share."""

    dialect: str | None = None
    runtime: frozenset[str] = frozenset()
    """The modules of the run time that it imports."""


def dialect_files(
    spec: Spec, contracts: Mapping[str, Contract], targets: Sequence[str], progress: ProgressCallback
) -> Iterator[MadeFile]:
    """What each of *targets* makes of each dialect by itself. Raises `SpecError` for a name that cannot be used."""
    examples = spec_examples(spec.root, contracts.values())
    for done, contract in enumerate(contracts.values()):
        progress(contract.dialect, done, len(contracts))
        for target in targets:
            if TARGETS[target].parts is None:
                with _usable_names(spec):
                    files = [*_files(TARGETS[target], contract, examples)]
                yield from (MadeFile(file.path, _text(file), target, contract.dialect) for file in files)


def _files(target: Target, contract: Contract, examples: Examples) -> Iterator[File]:
    return target.files(contract) if target.with_examples is None else target.with_examples(contract, examples)


def package_files(
    spec: Spec, contracts: Mapping[str, Contract], targets: Mapping[str, Collection[str]]
) -> Iterator[MadeFile]:
    """The modules of packages: what is the same in several dialects stands once.

    *targets* are the dialects for which each target is made. Raises `SpecError` for a name that a target cannot use.
    """
    by_age = sorted(contracts.values(), key=lambda contract: (contract.as_of, contract.dialect))
    packages: dict[Callable[[Sequence[Part], SpecLayout], Iterator[ModuleFile]], list[Part]] = {}
    for name, target in TARGETS.items():
        for contract in by_age:
            if target.parts is not None and contract.dialect in targets.get(name, ()):
                with _usable_names(spec):
                    packages.setdefault(target.modules, []).extend(target.parts(contract))
    for modules, parts in packages.items():
        for each in modules(parts, _layout(spec)):
            yield MadeFile(each.file.path, _text(each.file), each.target, each.dialect, each.runtime)


@contextmanager
def _usable_names(spec: Spec) -> Generator[None]:
    """Within, a name that cannot be one in Python is a fault of the spec."""
    try:
        yield
    except UnusableNameError as error:
        schemas = spec.document["components"]["schemas"]
        finding = fault("PAR903", schemas.places.get(error.name), str(error), advice="rename it")
        raise SpecError([finding]) from None


def _layout(spec: Spec) -> SpecLayout:
    return SpecLayout(
        families={dialect.id: dialect.family for dialect in spec.dialects},
        coarse=[name for name, target in TARGETS.items() if target.is_coarse],
    )


def shared_files(edition: Edition, runtime: AbstractSet[str]) -> Iterator[MadeFile]:
    """What holds the dialects together, and the modules of the run time that they import."""
    files = [*runtime_files(sorted({*runtime, *runtime_of_index(edition)}))]
    for name, target in TARGETS.items():
        if name in edition.targets and target.shared is not None:
            if target.needs_days:  # a partial run keeps them
                yield from (MadeFile(file.path, _text(file), name) for file in target.shared(edition))
            else:
                files += target.shared(edition)
    files += index(edition)
    for file in files:
        yield MadeFile(file.path, _text(file))


def edition_of(
    spec: Spec,
    contracts: Mapping[str, Contract],
    targets: frozenset[str],
    paths: Iterable[str],
    days: tuple[Contract, ...] | None = None,
) -> Edition:
    """The dialects in the order of their ids; the default is the spec's if it is there, else the last.

    *paths* are of the files that the folder holds, and *days* the base on its days, where a target needs it.
    """
    in_order = [contracts[name] for name in sorted(contracts)]
    return Edition(
        contracts=tuple(in_order),
        aliases=tuple((name, dialect.id) for name, dialect in spec.names.items() if name != dialect.id),
        default=spec.default if spec.default in contracts else in_order[-1].dialect,
        targets=targets,
        days=days,
        shares=any(map(is_shared, paths)),
    )


def made_files(files: Iterable[MadeFile]) -> dict[str, MadeFile]:
    """The files by their paths. Raises `OutputError` where two have the same."""
    made: dict[str, MadeFile] = {}
    for file in files:
        if made.setdefault(file.path, file) is not file:
            message = f"{file.path} would be written twice: two dialects need names that differ in more than signs"
            raise OutputError(message)
    return made


def _text(file: File) -> str:
    return file.text or "" if file.template is None else render(templates_folder(), file.template, file.view)
