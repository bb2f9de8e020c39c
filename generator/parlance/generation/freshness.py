"""Whether an output folder is what its spec gives, by hashes alone: nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from ..emit.lock import Lock, digest, file_digests, input_digests, is_inside
from ..layout import RUNTIME, TYPESCRIPT_RUNTIME, spec_folder, templates_folder
from .job import GenerationJob

__all__ = ["inputs", "is_current"]

_PACKAGE = Path(__file__).resolve().parent.parent
_LABEL = "parlance"
_START = "pipeline.py"
"""The module that generates: what it imports decides what comes out."""

_GRAMMAR = "meta.schema.json"
_VERSION = "version of parlance"
"""The npm package has it."""


def inputs(spec: Path) -> dict[str, str]:
    """Hashes of everything that decides what is generated."""
    from ..imports import imported_files

    return _inputs(spec, imported_files(_PACKAGE, _START))


def _inputs(spec: Path, code: Iterable[str]) -> dict[str, str]:
    roots = [
        ("spec", spec, (".yaml", ".json")),
        ("templates", templates_folder(), (".j2", ".jinja2")),
        (f"{_LABEL}/{RUNTIME}", _PACKAGE / RUNTIME, (".py",)),
        (f"{_LABEL}/{TYPESCRIPT_RUNTIME}", _PACKAGE / TYPESCRIPT_RUNTIME, (".ts",)),
        (_LABEL, spec_folder(), (_GRAMMAR,)),
    ]
    known = {_VERSION: digest(version("parlance").encode())}
    return dict(sorted({**known, **input_digests(roots), **file_digests(_LABEL, _PACKAGE, code)}.items()))


def _known_code(lock: Lock) -> list[str]:
    """The files of this tool that took part, as *lock* has them: no other can, unless one of these changes."""
    start = f"{_LABEL}/"
    return [name.removeprefix(start) for name in lock.inputs if name.startswith(start) and is_inside(name)]


def is_current(job: GenerationJob, lock: Lock) -> bool:
    """Whether the folder holds what is named, by hashes alone; False where only generating can answer that."""
    if f"{_LABEL}/{_START}" not in lock.inputs or lock.inputs != _inputs(job.spec, _known_code(lock)):
        return False
    named = {lock.names.get(name, name) for name in job.dialects} or {*lock.names.values()}
    have = {(output.dialect, output.target) for output in lock.outputs.values() if output.dialect is not None}
    pairs = {(dialect, target) for dialect in named for target in job.targets}
    if not (pairs <= have if job.partial else pairs == have):
        return False
    return all(
        _is_file(job.output / path, output.sha256)
        for path, output in lock.outputs.items()
        if not job.partial or output.dialect is None or (output.dialect, output.target) in pairs
    )


def _is_file(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and digest(path.read_bytes()) == sha256
    except OSError:
        return False
