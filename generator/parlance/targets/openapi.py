"""A contract as one OpenAPI 3.1 document."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Artifact, Contract, Direction, JsonValue, Tagged
from .file import File
from .json_text import NOTE, json_file
from .schema import Schema, by_tag, definition_schema

__all__ = ["openapi"]

_PREFIX = "#/components/schemas/"


def openapi(contract: Contract) -> Iterator[File]:
    """`openapi/<dialect>.json`."""
    document: JsonValue = {
        "openapi": "3.1.0",
        "info": {"title": contract.title, "version": str(contract.as_of), "description": contract.description},
        "x-comment": NOTE,
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": _paths(contract),
        "components": {
            "schemas": {
                definition.name: definition_schema(definition, _PREFIX, _one_of) for definition in contract.definitions
            }
        },
    }
    yield File(path=f"openapi/{contract.dialect}.json", text=json_file(document))


def _paths(contract: Contract) -> JsonValue:
    operations: dict[str, dict[str, list[Artifact]]] = {}
    for artifact in contract.artifacts:
        if artifact.path is not None and artifact.method is not None:
            operations.setdefault(artifact.path, {}).setdefault(artifact.method, []).append(artifact)
    return {
        path: {method: _operation(artifacts) for method, artifacts in methods.items()}
        for path, methods in operations.items()
    }


def _operation(artifacts: list[Artifact]) -> JsonValue:
    sent = [artifact for artifact in artifacts if artifact.direction is Direction.SENT]
    received = [artifact for artifact in artifacts if artifact.direction is Direction.RECEIVED]
    operation: dict[str, JsonValue] = {}
    if sent:
        operation["requestBody"] = {"required": True, "content": _content(sent)}
    responses: dict[str, JsonValue] = {}
    for status in dict.fromkeys(artifact.status or "200" for artifact in received):
        answers = [artifact for artifact in received if (artifact.status or "200") == status]
        responses[status] = {"description": answers[0].description, "content": _content(answers)}
    operation["responses"] = responses or {"default": {"description": "Any answer."}}
    return operation


def _content(artifacts: list[Artifact]) -> JsonValue:
    """Media types; where several artifacts share one, any of them may come."""
    content: dict[str, JsonValue] = {}
    for media_type in dict.fromkeys(artifact.media_type for artifact in artifacts):
        roots: list[JsonValue] = [
            {"$ref": f"{_PREFIX}{artifact.root}"} for artifact in artifacts if artifact.media_type == media_type
        ]
        content[media_type] = {"schema": roots[0] if len(roots) == 1 else {"anyOf": roots}}
    return content


def _one_of(tagged: Tagged, prefix: str) -> Schema:
    """The idiom of OpenAPI, where the tag is always there; the constant in each variant makes it exclusive."""
    if tagged.open or tagged.default is not None:
        return by_tag(tagged, prefix)
    mapping: dict[str, JsonValue] = {value: f"{prefix}{name}" for value, name in tagged.options}
    # Two tags may lead to one record, and `oneOf` must not list it twice.
    variants: list[JsonValue] = [
        {"$ref": ref} for ref in dict.fromkeys(f"{prefix}{name}" for _, name in tagged.options)
    ]
    return {"oneOf": variants, "discriminator": {"propertyName": tagged.tag, "mapping": mapping}}
