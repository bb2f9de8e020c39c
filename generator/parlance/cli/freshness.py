"""Whether an output folder is what its spec gives, told from hashes alone: nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..emit.lock import Lock, digest, input_digests
from ..layout import spec_folder, templates_folder

__all__ = ["Order", "inputs", "is_current"]

_CODE = ("contract", "emit", "finding", "regex", "spec", "targets")
"""The packages of this tool that decide what is generated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants made."""

    spec: Path
    output: Path
    dialects: tuple[str, ...] = ()
    """Ids or aliases; none for all."""

    targets: tuple[str, ...]
    partial: bool = False
    """Whether files of other dialects and targets stay as they are."""


def inputs(spec: Path) -> dict[str, str]:
    """Hashes of everything that decides what is generated."""
    package = Path(__file__).resolve().parent.parent
    code = [(f"parlance/{name}", package / name, (".py",)) for name in _CODE]
    grammar = [("parlance", spec_folder(), ("meta.schema.json",))]
    return input_digests(
        [("spec", spec, (".yaml", ".json")), ("templates", templates_folder(), (".j2", ".jinja2")), *code, *grammar]
    )


def is_current(order: Order, lock: Lock) -> bool:
    """Whether the folder holds what is wanted, by hashes alone; False where only generating can tell."""
    if lock.inputs != inputs(order.spec):
        return False
    wanted = {lock.names.get(name, name) for name in order.dialects} or {*lock.names.values()}
    have = {(output.dialect, output.target) for output in lock.outputs.values() if output.dialect is not None}
    pairs = {(dialect, target) for dialect in wanted for target in order.targets}
    if not (pairs <= have if order.partial else pairs == have):
        return False
    return all(
        _is_file(order.output / path, output.sha256)
        for path, output in lock.outputs.items()
        if not order.partial or output.dialect is None or (output.dialect, output.target) in pairs
    )


def _is_file(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and digest(path.read_bytes()) == sha256
    except OSError:
        return False
