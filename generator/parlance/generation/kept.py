"""What a partial run keeps: the files of the other dialects and targets, as they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..emit.lock import Lock, Output
from ..spec import Spec
from ..targets import TARGETS
from .job import GenerationJob

__all__ = ["Kept", "kept_files"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that stay, with what the lock says of each."""

    outputs: dict[str, Output]
    files: dict[str, bytes]

    @property
    def dialects(self) -> frozenset[str]:
        """The dialects that have a file here."""
        return frozenset(str(output.dialect) for output in self.outputs.values())

    @property
    def targets(self) -> frozenset[str]:
        """The targets that have a file here."""
        return frozenset(str(output.target) for output in self.outputs.values())


def kept_files(job: GenerationJob, spec: Spec, lock: Lock, dialects: Collection[str]) -> Kept:
    """The files of *lock* that the job does not make, still exist, and belong to a dialect and a target that exist.

    *dialects* are the ids of those that the job makes. A whole run keeps nothing.
    """
    outputs: dict[str, Output] = {}
    files: dict[str, bytes] = {}
    for path, output in lock.outputs.items() if job.partial else ():
        location = job.output / path
        is_known = output.dialect in spec.names or str(output.dialect).startswith(f"{spec.base.id}@")
        is_made = output.dialect in dialects and output.target in job.targets
        if is_known and output.target in TARGETS and not is_made and location.is_file():
            outputs[path], files[path] = output, location.read_bytes()
    return Kept(outputs, files)
