"""The payloads in the folder `examples` of a spec, each named for its artifact: `request-hello.json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..check.document_reader import json_document
from ..contract.ir import Contract
from ..targets.registry import Examples

__all__ = ["ExampleFile", "example_files", "spec_examples"]


class ExampleFile(NamedTuple):
    """One payload."""

    path: Path
    artifact: str | None
    """What the name of the file begins with; None where that is no artifact."""

    value: Any
    size: int
    """Bytes."""


def example_files(root: Path, contracts: Iterable[Contract]) -> Iterator[ExampleFile]:
    """Every payload that can be read."""
    names = {artifact.name for contract in contracts for artifact in contract.artifacts}
    for path in sorted((root / "examples").glob("*.json")):
        data = path.read_bytes()
        payload = json_document(data)
        if payload.complete:
            fitting = [name for name in names if path.name.startswith(f"{name}-")]
            yield ExampleFile(path, max(fitting, key=len, default=None), payload.value, len(data))


def spec_examples(root: Path, contracts: Iterable[Contract]) -> Examples:
    """The payloads by artifact, the shortest first: it is the one to show."""
    found: dict[str, list[Any]] = {}
    for example in sorted(example_files(root, contracts), key=lambda one: (one.size, one.path.name)):
        if example.artifact is not None:
            found.setdefault(example.artifact, []).append(example.value)
    return found
