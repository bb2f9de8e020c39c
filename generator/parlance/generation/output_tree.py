"""The content of an output folder, in memory: what a run made, and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..emit.lock import Lock, Output
from ..emit.tree import Checked
from ..spec import Spec
from .kept import Kept
from .made_files import MadeFile

__all__ = ["Tree", "tree_of"]


@dataclass(frozen=True, slots=True)
class Tree:
    """All files of the output folder, and the lock that goes with them."""

    files: dict[str, bytes]
    lock: Lock


def tree_of(
    spec: Spec, made: Mapping[str, MadeFile], checked: Mapping[str, Checked], kept: Kept, sources: Mapping[str, str]
) -> Tree:
    """The files that were made and those that are kept; *sources* are the hashes of what all of them come from."""
    contents = {path: file.content for path, file in checked.items()}
    outputs = {path: Output(checked[path].sha256, file.target, file.dialect) for path, file in made.items()}
    base = spec.base
    names = {name: dialect.id for name, dialect in spec.names.items()} or {base.id: f"{base.id}@{base.as_of}"}
    return Tree(contents | kept.files, Lock(sources, outputs | kept.outputs, names))
