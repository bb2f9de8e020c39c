"""Each artifact of a contract as one JSON Schema 2020-12 file that needs no other."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Artifact, Contract, JsonValue
from .file import File
from .json_text import NOTE, json_file
from .schema import by_tag, definition_schema, reachable

__all__ = ["bundle_path", "jsonschema"]


def jsonschema(contract: Contract) -> Iterator[File]:
    """`jsonschema/<dialect>/<artifact>.schema.json` for each artifact."""
    for artifact in contract.artifacts:
        yield File(path=bundle_path(contract, artifact), text=json_file(_bundle(contract, artifact)))


def bundle_path(contract: Contract, artifact: Artifact) -> str:
    """Where the bundle of an artifact lies, below the output folder."""
    return f"jsonschema/{contract.dialect}/{artifact.name}.schema.json"


def _bundle(contract: Contract, artifact: Artifact) -> JsonValue:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:parlance:{contract.dialect.replace('@', ':')}:{artifact.name}",
        "$comment": NOTE,
        "title": f"{contract.title}: {artifact.name}",
        "description": artifact.description,
        "$ref": f"#/$defs/{artifact.root}",
        "$defs": {
            definition.name: definition_schema(definition, "#/$defs/", by_tag)
            for definition in reachable(contract, artifact.root)
        },
    }
