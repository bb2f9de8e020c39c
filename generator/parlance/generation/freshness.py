"""Whether an output folder is what its spec gives, by hashes alone: nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from ..emit.lock import Lock, digest, file_digests, input_digests, is_inside
from ..extras import DISTRIBUTION
from ..folders import RUNTIME, TYPESCRIPT_RUNTIME, spec_folder, templates_folder
from ..spec_source import overlay_files
from ..targets.target_names import TOGETHER
from .job import GenerationJob

__all__ = ["inputs", "is_current"]

_PACKAGE = Path(__file__).resolve().parent.parent
_LABEL = "parlance"
_START = "pipeline.py"
"""The module that generates: what it imports decides what comes out."""

_GRAMMAR = "meta.schema.json"
_VERSION = "version of parlance"
"""The packages that are generated have it."""


def inputs(job: GenerationJob, start: str = _START) -> dict[str, str]:
    """Hashes of everything that decides what is generated, which the module *start* does."""
    from ..dependencies import imported_files

    return _inputs(job, imported_files(_PACKAGE, start))


def _inputs(job: GenerationJob, code: Iterable[str]) -> dict[str, str]:
    roots = [
        ("spec", job.spec, (".yaml", ".json")),
        ("templates", templates_folder(), (".j2", ".jinja2")),
        (f"{_LABEL}/{RUNTIME}", _PACKAGE / RUNTIME, (".py",)),
        (f"{_LABEL}/{TYPESCRIPT_RUNTIME}", _PACKAGE / TYPESCRIPT_RUNTIME, (".ts",)),
        (_LABEL, spec_folder(), (_GRAMMAR,)),
    ]
    known = {_VERSION: digest(version(DISTRIBUTION).encode())}
    known |= _overlay_digests(job.overlays)
    return dict(sorted({**known, **input_digests(roots), **file_digests(_LABEL, _PACKAGE, code)}.items()))


def _overlay_digests(overlays: Iterable[Path]) -> dict[str, str]:
    """Hashes of overlays and of what they name, by names, wherever they are; of those of the same name together."""
    found: dict[str, set[str]] = {}
    for path in (path for given in overlays if given.is_file() for path in overlay_files(given)):
        found.setdefault(path.name, set()).update(file_digests("overlay", path.parent, [path.name]).values())
    return {
        f"overlay/{name}": next(iter(hashes)) if len(hashes) == 1 else digest("".join(sorted(hashes)).encode())
        for name, hashes in found.items()
    }


def _known_code(lock: Lock) -> list[str]:
    """The files of this tool that took part, as *lock* has them: no other can, unless one of these changes."""
    start = f"{_LABEL}/"
    return [name.removeprefix(start) for name in lock.inputs if name.startswith(start) and is_inside(name)]


def is_current(job: GenerationJob, lock: Lock) -> bool:
    """Whether the folder holds what is named, by hashes alone; False where only generating can answer that."""
    if f"{_LABEL}/{_START}" not in lock.inputs or lock.inputs != _inputs(job, _known_code(lock)):
        return False
    if job.overlays and not job.dialects:  # only the spec knows which of the names are theirs
        return False
    named = {lock.names.get(name, name) for name in job.dialects} or {*lock.names.values()}
    have = {(output.dialect, output.target) for output in lock.outputs.values() if output.dialect is not None}
    pairs = {(dialect, target) for dialect in named for target in job.targets if target not in TOGETHER}
    if not (pairs <= have if job.partial else pairs == have):
        return False
    return all(
        _is_file(job.output / path, output.sha256)
        for path, output in lock.outputs.items()
        if not job.partial or output.dialect is None or (output.dialect, output.target) in pairs
    )


def _is_file(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and digest(path.read_bytes()) == sha256
    except OSError:
        return False
