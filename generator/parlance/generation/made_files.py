"""What the targets make, as texts: every file of a dialect, and those that hold the dialects together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..contract.ir import Contract
from ..emit.render import render
from ..emit.tree import OutputError
from ..finding import SpecError, fault
from ..layout import templates_folder
from ..spec import Spec
from ..targets import TARGETS, Edition, File, index, runtime_files
from ..targets.python_names import UnusableNameError
from .job import ProgressCallback

__all__ = ["MadeFile", "dialect_files", "edition_of", "made_files", "shared_files"]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """The text of a file, and where it is from."""

    path: str
    text: str
    target: str | None = None
    """The target that made it; None for what all of them share."""

    dialect: str | None = None


def dialect_files(
    spec: Spec, contracts: Mapping[str, Contract], targets: Sequence[str], progress: ProgressCallback
) -> Iterator[MadeFile]:
    """What each of *targets* makes of each dialect. Raises `SpecError` for a name that a target cannot use."""
    for done, contract in enumerate(contracts.values()):
        progress(contract.dialect, done, len(contracts))
        for target in targets:
            try:
                for file in TARGETS[target].files(contract):
                    yield MadeFile(file.path, _text(file), target, contract.dialect)
            except UnusableNameError as error:
                schemas = spec.document["components"]["schemas"]
                finding = fault("PAR903", schemas.places.get(error.name), str(error), advice="rename it")
                raise SpecError([finding]) from None


def shared_files(edition: Edition) -> Iterator[MadeFile]:
    """What holds the dialects together."""
    targets = [target for name, target in TARGETS.items() if name in edition.targets]
    files = [*runtime_files(module for target in targets for module in target.runtime)]
    files += [file for target in targets if target.shared is not None for file in target.shared(edition)]
    files += index(edition)
    for file in files:
        yield MadeFile(file.path, _text(file))


def edition_of(spec: Spec, contracts: Mapping[str, Contract], targets: frozenset[str]) -> Edition:
    """The dialects in the order of their ids; the default is the spec's if it is there, else the last."""
    in_order = [contracts[name] for name in sorted(contracts)]
    return Edition(
        contracts=tuple(in_order),
        aliases=tuple((name, dialect.id) for name, dialect in spec.names.items() if name != dialect.id),
        default=spec.default if spec.default in contracts else in_order[-1].dialect,
        targets=targets,
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
