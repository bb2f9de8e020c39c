"""The processor time to import a document of 3 MB, and to compare two, from start to exit: our own, with copies."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from .measure import Cost
from .places import older_openapi_document, openapi_document, parlance_command

__all__ = ["import_costs_of_documents"]

_SIZE = 3_000_000
"""Bytes: as many as the largest document of a provider that we know."""


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def import_costs_of_documents(repeats: int) -> list[Cost]:
    """The import of one document, as JSON and as YAML; and the difference between two of JSON."""
    document = _large(openapi_document())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "large.json").write_text(json.dumps(document, indent=2), "utf-8")
        (folder / "older.json").write_text(json.dumps(_large(older_openapi_document()), indent=2), "utf-8")
        (folder / "large.yaml").write_text(yaml.dump(document, Dumper=_Dumper, sort_keys=False), "utf-8")
        actions: dict[str, Callable[[], object]] = {
            f"parlance spec import large.{ending}": parlance_command(
                "spec", "import", str(folder / f"large.{ending}"), "--output", str(folder / ending)
            )
            for ending in ("json", "yaml")
        }
        compared = ("spec", "diff", str(folder / "older.json"), str(folder / "large.json"))
        actions["parlance spec diff older.json large.json"] = parlance_command(*compared)
        return [Cost(name, median(_processor_time(action) for _ in range(repeats))) for name, action in actions.items()]


def _processor_time(action: Callable[[], object]) -> float:
    """Seconds that the processors are at work for the children of this process."""
    before = os.times()
    action()
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _large(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    schemas: dict[str, Any] = document["components"]["schemas"]
    text = json.dumps(schemas)
    for number in range(_SIZE // len(json.dumps(document, indent=2))):
        copied = text.replace("#/components/schemas/", f"#/components/schemas/Copy{number}")
        schemas |= {f"Copy{number}{name}": schema for name, schema in json.loads(copied).items()}
    return document
