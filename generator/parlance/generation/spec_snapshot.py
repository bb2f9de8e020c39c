"""What was read of the spec that comes with the tool, as a file: the tool starts from it instead of the YAML."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..folders import SNAPSHOT, grammar_file, spec_folder
from ..spec import Spec
from ..spec.snapshot import snapshot_text
from ..targets.registry import TARGETS, Edition
from .made_files import MadeFile

__all__ = ["spec_snapshot"]


def spec_snapshot(spec: Spec, edition: Edition) -> Iterator[MadeFile]:
    """The snapshot of the tool's own spec, of which nothing else is in the folder, and nothing is missing."""
    made = {contract.dialect for contract in edition.contracts}
    is_whole = made == {dialect.id for dialect in spec.dialects} and edition.targets == TARGETS.keys()
    if is_whole and not spec.overlays and os.path.realpath(spec.root) == os.path.realpath(spec_folder()):
        yield MadeFile(SNAPSHOT, snapshot_text(spec.root, grammar_file(), spec.files))
