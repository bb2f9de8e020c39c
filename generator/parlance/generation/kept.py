"""What a partial run keeps: the files of the other dialects and targets, as they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..emit.lock import Lock, Output
from ..folders import runtime_folder
from ..spec import Spec
from ..targets.registry import TARGETS
from .job import GenerationJob

__all__ = ["Kept", "kept_files"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that stay, with what the lock says of each."""

    outputs: dict[str, Output]
    files: dict[str, bytes]
    remade: dict[str, set[str]]
    """By target, the other dialects whose modules do not stay: what they share with the new ones is decided again."""

    runtime: set[str]
    """The modules of the run time that were there: the files may import them."""

    @property
    def dialects(self) -> frozenset[str]:
        """The dialects that the job does not make and that have a file here."""
        kept = {output.dialect for output in self.outputs.values() if output.dialect is not None}
        return frozenset(kept.union(*self.remade.values()))

    @property
    def targets(self) -> frozenset[str]:
        """The targets that have a file here."""
        return frozenset(str(output.target) for output in self.outputs.values())


def kept_files(job: GenerationJob, spec: Spec, lock: Lock, dialects: Collection[str]) -> Kept:
    """The files of *lock* that the job does not make, still exist, and belong to a dialect and a target that exist.

    *dialects* are the ids of those that the job makes. A whole run keeps nothing.
    """
    kept = Kept({}, {}, {}, set())
    modules = {path.stem for path in runtime_folder().iterdir()} - {"__init__", "__pycache__"}
    for path, output in lock.outputs.items() if job.partial else ():
        location, dialect = job.output / path, output.dialect
        is_known = dialect is None or dialect in spec.names or dialect.startswith(f"{spec.base.id}@")
        if output.target is None and path.endswith(".py"):
            kept.runtime.update({PurePosixPath(part).stem for part in PurePosixPath(path).parts} & modules)
        if not is_known or output.target not in TARGETS or not location.is_file():
            continue
        is_made = output.target in job.targets
        if is_made and TARGETS[output.target].parts is not None:
            remade = kept.remade.setdefault(output.target, set())
            if dialect is not None and dialect not in dialects:
                remade.add(dialect)
        elif not (is_made and (dialect is None or dialect in dialects)):
            kept.outputs[path], kept.files[path] = output, location.read_bytes()
    return kept
