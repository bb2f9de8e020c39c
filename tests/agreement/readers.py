"""The readers: each takes the text of a payload and says whether it is valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import jsonschema_rs
from pydantic import TypeAdapter, ValidationError

from .ajv import Ajv
from .generated import Subject

__all__ = ["REFUSED", "VALID", "Reader", "Verdicts", "readers", "verdicts"]

VALID, REFUSED = "valid", "refused"
Reader = Callable[[str], str]
"""The text of a payload to `valid`, `refused`, or what went wrong."""

Verdicts = dict[str, str]


def readers(subject: Subject, ajv: Ajv | None = None) -> dict[str, Reader]:
    """The readers of one artifact, by name."""
    by_name = {
        "parlance": _ours(subject),
        "jsonschema": _json_schema(jsonschema.Draft202012Validator(subject.bundle)),
        "jsonschema-rs": _json_schema(jsonschema_rs.Draft202012Validator(subject.bundle)),
        "jsonschema-rs on openapi": _json_schema(jsonschema_rs.Draft202012Validator(subject.component)),
        "pydantic": _model(subject),
    }
    return by_name if ajv is None else by_name | {"ajv": ajv.reader(subject.bundle_path)}


def verdicts(by_name: dict[str, Reader], text: str) -> Verdicts:
    """What each reader says of *text*; that it failed is a verdict too."""
    return {name: _guarded(reader, text) for name, reader in by_name.items()}


def _guarded(reader: Reader, text: str) -> str:
    try:
        return reader(text)
    except Exception as error:  # whatever it is, it belongs into the comparison
        return f"{type(error).__name__}: {str(error)[:100]}"


def _word(valid: object) -> str:
    return VALID if valid else REFUSED


def _ours(subject: Subject) -> Reader:
    artifact = subject.module.ARTIFACTS[subject.artifact]

    def read(text: str) -> str:
        value = json.loads(text)
        valid, found = artifact.is_valid(value), list(artifact.check(value))
        if any(each.severity == "error" for each in found) is valid:
            return f"is_valid says {valid}, check finds {found}"
        return _word(valid)

    return read


def _json_schema(validator: Any) -> Reader:
    return lambda text: _word(validator.is_valid(json.loads(text)))


def _model(subject: Subject) -> Reader:
    adapter: TypeAdapter[Any] = TypeAdapter(subject.model)

    def read(text: str) -> str:
        try:
            adapter.validate_json(text, by_alias=True, by_name=False)
        except ValidationError:
            return REFUSED
        return VALID

    return read
