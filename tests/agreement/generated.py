"""What was generated: each dialect's artifacts, with the module and the bundle of each."""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import parlance_dialects
from parlance.backends.python.text import module_name

__all__ = ["EVERY_SUBJECT", "GENERATED", "SUBJECTS", "Subject", "subjects"]

GENERATED = Path(parlance_dialects.__file__).parents[2]
"""The folder that `parlance generate` writes."""


@dataclass(frozen=True)
class Subject:
    """One artifact of one dialect."""

    dialect: str
    artifact: str
    root: Path = GENERATED
    package: str = "parlance_dialects"

    def __str__(self) -> str:
        """Name both."""
        return f"{self.dialect} {self.artifact}"

    @property
    def bundle_path(self) -> Path:
        """Its JSON Schema."""
        return self.root / "jsonschema" / self.dialect / f"{self.artifact}.schema.json"

    @cached_property
    def bundle(self) -> dict[str, Any]:
        """Its JSON Schema, read."""
        bundle: dict[str, Any] = json.loads(self.bundle_path.read_bytes())
        return bundle

    @cached_property
    def component(self) -> dict[str, Any]:
        """The same as the dialect's OpenAPI document has it."""
        document = json.loads((self.root / "openapi" / f"{self.dialect}.json").read_bytes())
        return {"$ref": f"#/components/schemas/{self.root_name}", "components": document["components"]}

    @property
    def root_name(self) -> str:
        """The definition that it must satisfy."""
        return str(self.bundle["$ref"]).rpartition("/")[2]

    @property
    def module(self) -> ModuleType:
        """The package of its dialect."""
        return importlib.import_module(f"{self.package}.{module_name(self.dialect)}")

    @property
    def model(self) -> Any:
        """Its Pydantic model, or the type made of several."""
        return getattr(importlib.import_module(f"{self.module.__name__}.models"), self.root_name)


def subjects(root: Path, package: str) -> tuple[Subject, ...]:
    """All that the folder *root* holds, its Python package imported as *package*."""
    return tuple(
        Subject(path.parent.name, path.name.removesuffix(".schema.json"), root, package)
        for path in sorted((root / "jsonschema").glob("*/*.schema.json"))
    )


EVERY_SUBJECT = subjects(GENERATED, "parlance_dialects")


def _words(dialect: str) -> frozenset[str]:
    """The kinds of parts that a contract is made of: of policies, of types, and what nothing attests."""
    text = (GENERATED / "contract" / f"{dialect}.json").read_text("utf-8")
    return frozenset(_WORD.findall(text))


_WORD = re.compile(r'"(?:kind": "\w+|unknown": "\w+|(?:open|lax|default|others|doubtful|excluded|refused)(?="))')


def _representative() -> tuple[Subject, ...]:
    """The default dialect, and of each other one only if it has a word that none before had."""
    seen = set(_words(parlance_dialects.DEFAULT))
    chosen = {parlance_dialects.DEFAULT}
    for name in dict.fromkeys(subject.dialect for subject in EVERY_SUBJECT):
        if not _words(name) <= seen:
            chosen.add(name)
            seen |= _words(name)
    return tuple(subject for subject in EVERY_SUBJECT if subject.dialect in chosen)


SUBJECTS = _representative()
"""What the tests look at; the campaigns of `make fuzz` look at every one."""
