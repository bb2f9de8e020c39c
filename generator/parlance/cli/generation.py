"""A spec, dialects and targets to the bytes of a whole output folder; nothing is printed and nothing written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..contract.build import build_contracts
from ..contract.ir import Contract
from ..emit.lock import Lock, Output, digest
from ..emit.render import render
from ..emit.tree import OutputError, check_texts
from ..examples import example_faults
from ..finding import SpecError, fault
from ..layout import templates_folder
from ..spec import Spec, load_spec, resolve
from ..targets import TARGETS, Edition, File, index, runtime_files
from ..targets.python_names import UnusableNameError
from .freshness import Order, inputs

__all__ = ["Step", "Tree", "make_tree"]

Step = Callable[[str, int, int], None]
"""Told what is being made, how much is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Tree:
    """All files of the output folder, and the lock that goes with them."""

    files: dict[str, bytes]
    lock: Lock


def make_tree(order: Order, lock: Lock, step: Step) -> Tree:
    """Everything that the output folder should hold; *lock* is the one it has."""
    step("the spec", 0, 1)
    spec = load_spec(order.spec)
    wanted = _contracts(spec, order.dialects or _all(spec))
    pairs = {(dialect, target) for dialect in wanted for target in order.targets}
    kept = _kept(order, spec, lock, pairs)
    others = dict.fromkeys(str(output.dialect) for output, _ in kept.values() if output.dialect not in wanted)
    contracts = wanted | _contracts(spec, others)
    _prove(order, lock, spec, wanted)
    maker = _Maker(spec)
    for done, contract in enumerate(wanted.values()):
        step(contract.dialect, done, len(wanted))
        maker.add_dialect(contract, order.targets)
    targets = frozenset(order.targets).union(str(output.target) for output, _ in kept.values())
    maker.add_shared(_edition(spec, contracts, targets))
    made = check_texts(maker.texts)
    outputs = {path: Output(digest(content), *maker.origins[path]) for path, content in made.items()}
    return Tree(
        {**made, **{path: content for path, (_, content) in kept.items()}},
        Lock(
            # What was left alone is still made from what it was made from.
            lock.inputs if kept else inputs(order.spec),
            {**outputs, **{path: output for path, (output, _) in kept.items()}},
            {name: dialect.id for name, dialect in spec.names.items()} or dict.fromkeys([spec.base.id], *contracts),
        ),
    )


def _prove(order: Order, lock: Lock, spec: Spec, wanted: dict[str, Contract]) -> None:
    """Run the examples of the rules, unless they ran when the folder was made from the same. Raises `SpecError`."""
    made = {output.dialect for output in lock.outputs.values()}
    if made.issuperset(wanted) and lock.inputs == inputs(order.spec):
        return
    # The others are built only where no wanted dialect accepts an example.
    left = [name for name in _all(spec) if name not in wanted]
    others = (contract for name in left for contract in _contracts(spec, [name]).values())
    if findings := example_faults([*wanted.values()], spec.rules, others if left else None):
        raise SpecError(findings)


def _all(spec: Spec) -> tuple[str, ...]:
    return tuple(dialect.id for dialect in spec.dialects) or (spec.base.id,)


def _contracts(spec: Spec, names: Iterable[str]) -> dict[str, Contract]:
    return {contract.dialect: contract for contract in build_contracts(resolve(spec, name) for name in names)}


def _kept(order: Order, spec: Spec, lock: Lock, pairs: set[tuple[str, str]]) -> dict[str, tuple[Output, bytes]]:
    """What a partial order leaves as it is: the files of other dialects and targets that still exist."""
    kept: dict[str, tuple[Output, bytes]] = {}
    for path, output in lock.outputs.items() if order.partial else ():
        place = order.output / path
        known = output.dialect in spec.names or str(output.dialect).startswith(f"{spec.base.id}@")
        if known and output.target in TARGETS and (output.dialect, output.target) not in pairs and place.is_file():
            kept[path] = (output, place.read_bytes())
    return kept


def _edition(spec: Spec, contracts: dict[str, Contract], targets: frozenset[str]) -> Edition:
    """The dialects in the order of their ids; the default is the spec's if it is there, else the first."""
    in_order = [contracts[name] for name in sorted(contracts)]
    return Edition(
        contracts=tuple(in_order),
        aliases=tuple((name, dialect.id) for name, dialect in spec.names.items() if name != dialect.id),
        default=spec.default if spec.default in contracts else in_order[-1].dialect,
        targets=targets,
    )


class _Maker:
    """Gathers texts, and which target and dialect each is from."""

    def __init__(self, spec: Spec) -> None:
        self.texts: dict[str, str] = {}
        self.origins: dict[str, tuple[str | None, str | None]] = {}
        self._spec = spec
        self._templates = templates_folder()

    def add_dialect(self, contract: Contract, targets: Sequence[str]) -> None:
        """What each of *targets* makes of a dialect."""
        for target in targets:
            try:
                self._add(TARGETS[target].files(contract), target, contract.dialect)
            except UnusableNameError as error:
                schemas = self._spec.document["components"]["schemas"]
                place = schemas.places.get(error.name)
                raise SpecError([fault("PAR903", place, str(error), advice="rename it")]) from None

    def add_shared(self, edition: Edition) -> None:
        """What holds the dialects together."""
        targets = [target for name, target in TARGETS.items() if name in edition.targets]
        self._add(runtime_files(module for target in targets for module in target.runtime))
        for target in targets:
            if target.shared is not None:
                self._add(target.shared(edition))
        self._add(index(edition))

    def _add(self, files: Iterable[File], target: str | None = None, dialect: str | None = None) -> None:
        for file in files:
            if file.path in self.texts:
                message = f"{file.path} would be written twice: two dialects need names that differ in more than signs"
                raise OutputError(message)
            text = file.text if file.template is None else render(self._templates, file.template, file.view)
            self.texts[file.path] = text or ""
            self.origins[file.path] = (target, dialect)
