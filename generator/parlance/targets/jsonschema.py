"""Each artifact of a contract as one JSON Schema 2020-12 file that needs no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..contract.ir import Artifact, Contract, JsonValue, Named
from ..contract.limits import accepts
from .file import File
from .json_text import NOTE, json_file
from .schema import by_tag, definition_schema, reachable

__all__ = ["Examples", "bundle_path", "bundle_text", "jsonschema"]


Examples = Mapping[str, Sequence[JsonValue]]
"""Documents that show what an artifact is, by its name."""


def jsonschema(contract: Contract, examples: Examples | None = None) -> Iterator[File]:
    """`jsonschema/<dialect>/<artifact>.schema.json` for each artifact, with the first of *examples* that it accepts."""
    for artifact in contract.artifacts:
        text = bundle_text(contract, artifact, examples or {})
        yield File(path=bundle_path(contract, artifact), text=text)


def bundle_text(contract: Contract, artifact: Artifact, examples: Examples) -> str:
    """The bundle of one artifact."""
    return json_file(_bundle(contract, artifact, _example(contract, artifact, examples)))


def _example(contract: Contract, artifact: Artifact, examples: Examples) -> list[JsonValue]:
    """The first document that is one of the artifact; none if there is none."""
    definitions = {definition.name: definition for definition in contract.definitions}
    listed = (*examples.get(artifact.name, ()), *examples.get(artifact.variant_of or "", ()))
    fitting = (one for one in listed if accepts(Named(artifact.root), one, definitions))
    return [document for document in [next(fitting, None)] if document is not None]


def bundle_path(contract: Contract, artifact: Artifact) -> str:
    """Where the bundle of an artifact lies, below the output folder."""
    return f"jsonschema/{contract.dialect}/{artifact.name}.schema.json"


def _bundle(contract: Contract, artifact: Artifact, examples: list[JsonValue]) -> JsonValue:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:parlance:{contract.dialect.replace('@', ':')}:{artifact.name}",
        "$comment": NOTE,
        "title": f"{contract.title}: {artifact.name}",
        "description": artifact.description,
        **({"examples": examples} if examples else {}),
        "$ref": f"#/$defs/{artifact.root}",
        "$defs": {
            definition.name: definition_schema(definition, "#/$defs/", by_tag)
            for definition in reachable(contract, artifact.root)
        },
    }
