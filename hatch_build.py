"""What the wheel of the tool has compressed: generated files that are read whole, or seldom."""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPRESSED = {"generated/jsonschema": "parlance/jsonschema", "generated/snapshot": "parlance/snapshot"}
"""Folders, and where they are in the wheel; `parlance.folders.shipped_bytes` reads their files."""


class CompressedFiles(BuildHookInterface[Any]):
    """Puts compressed files into a wheel; what is installed for development reads them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compress the files; the same bytes give the same wheel."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory()
        for source, target in _COMPRESSED.items():
            for path in sorted(Path(self.root, source).rglob("*.json*")):
                name = f"{target}/{path.relative_to(Path(self.root, source)).as_posix()}.gz"
                packed = Path(self._folder.name, name)
                packed.parent.mkdir(parents=True, exist_ok=True)
                packed.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
                build_data["force_include"][str(packed)] = name

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 of hatchling
        """Remove them when they are in the wheel."""
        if version != "editable":
            self._folder.cleanup()
