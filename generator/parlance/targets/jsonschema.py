"""Each artifact of a contract as one JSON Schema 2020-12 file that needs no other."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Artifact, Contract, JsonValue, Tagged
from .file import File
from .json_text import NOTE, json_file
from .schema import Schema, definition_schema, reachable

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
            definition.name: definition_schema(definition, "#/$defs/", _by_tag)
            for definition in reachable(contract, artifact.root)
        },
    }


def _by_tag(tagged: Tagged, prefix: str) -> Schema:
    """A chain of conditions on the tag, so that a mistake is reported by one variant instead of by all."""
    tags: list[JsonValue] = [value for value, _ in tagged.options]
    cases: list[JsonValue] = [
        {
            "if": {"properties": {tagged.tag: {"const": value}}, "required": [tagged.tag]},
            "then": {"$ref": f"{prefix}{name}"},
        }
        for value, name in tagged.options
    ]
    return {
        "type": "object",
        "properties": {tagged.tag: {"enum": tags}},
        "required": [tagged.tag],
        "allOf": cases,
    }
