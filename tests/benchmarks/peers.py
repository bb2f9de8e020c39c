"""Ours and others: each makes a function from the bytes of a request to whether it is valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import fastjsonschema
import jsonschema
import jsonschema_rs
import orjson
import parlance
from datamodel_code_generator import InputFileType
from parlance_dialects.openai_2026_11 import validators
from pydantic import ValidationError

from .places import DIALECT, openapi_document, request_schema
from .stock import stock_model

__all__ = ["PEERS", "Peer", "Verdict"]

Verdict = Callable[[bytes], bool]


@dataclass(frozen=True)
class Peer:
    """A way to judge the bytes of a request."""

    name: str
    finds: str
    """`yes/no`, the `first` error or `all` of them."""

    prepare: Callable[[], Verdict]
    """Does what a program does once: reads and compiles the schema."""

    column: str = ""
    """A short name for the table of requests; empty where it is left out there."""

    own: bool = False
    """Whether it is ours: then it may not disagree with what a request declares."""


def _is_valid_request() -> Verdict:
    return lambda data: validators.is_valid_request(orjson.loads(data))


def _check_request() -> Verdict:
    return lambda data: not list(validators.check_request(orjson.loads(data)))


def _library() -> Verdict:
    return lambda data: parlance.validate(data, artifact="request", dialect=DIALECT).ok


def _lint() -> Verdict:
    return lambda data: parlance.lint(data, artifact="request", dialect=DIALECT).ok


def _schema() -> Any:
    return json.loads(request_schema().read_bytes())


def _rust_is_valid() -> Verdict:
    validator = jsonschema_rs.validator_for(_schema())
    return lambda data: validator.is_valid(orjson.loads(data))


def _rust_iter_errors() -> Verdict:
    validator = jsonschema_rs.validator_for(_schema())
    return lambda data: not list(validator.iter_errors(orjson.loads(data)))


def _fastjsonschema() -> Verdict:
    validate = fastjsonschema.compile(_schema())

    def verdict(data: bytes) -> bool:
        try:
            validate(orjson.loads(data))
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return verdict


def _pydantic(kind: InputFileType) -> Verdict:
    source = openapi_document() if kind is InputFileType.OpenAPI else request_schema()
    model = stock_model(source, kind, _schema()["$ref"].rsplit("/", 1)[-1])

    def verdict(data: bytes) -> bool:
        try:
            model.model_validate_json(data)
        except ValidationError:
            return False
        return True

    return verdict


def _jsonschema() -> Any:
    return jsonschema.Draft202012Validator(_schema())


def _jsonschema_is_valid() -> Verdict:
    validator = _jsonschema()
    return lambda data: validator.is_valid(orjson.loads(data))


def _jsonschema_iter_errors() -> Verdict:
    validator = _jsonschema()
    return lambda data: not list(validator.iter_errors(orjson.loads(data)))


PEERS = (
    Peer("is_valid_request", "yes/no", _is_valid_request, own=True),
    Peer("check_request", "all", _check_request, "check", own=True),
    Peer("parlance.validate", "all", _library, "library", own=True),
    Peer("parlance.lint", "all", _lint, own=True),
    Peer("jsonschema-rs is_valid", "yes/no", _rust_is_valid),
    Peer("jsonschema-rs iter_errors", "all", _rust_iter_errors, "js-rs"),
    Peer("fastjsonschema", "first", _fastjsonschema, "fastjs"),
    Peer("Pydantic, stock, of OpenAPI", "all", partial(_pydantic, InputFileType.OpenAPI), "stock"),
    Peer("Pydantic, stock, of bundle", "all", partial(_pydantic, InputFileType.JsonSchema)),
    Peer("jsonschema is_valid", "first", _jsonschema_is_valid),
    Peer("jsonschema iter_errors", "all", _jsonschema_iter_errors, "jsonsch"),
)
"""All but Pydantic, which reads bytes itself, and the library get the bytes through `orjson.loads`."""
