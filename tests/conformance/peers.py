"""Cases of the suite by other validators: each gives a function from a value to its verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import fastjsonschema
import jsonschema
import jsonschema_rs
from jsonschema.validators import validator_for
from parlance.schemas.drafts import Draft
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012

from .ours import loaded, module_of
from .suite import DRAFTS, Case, remote_documents

__all__ = ["OURS", "READERS", "Verdict", "column"]

Verdict = Callable[[Any], bool]
OURS = "parlance"


def _ours(case: Case) -> Verdict:
    verdict: Verdict = loaded(module_of(case))["is_valid"]
    return verdict


_PYTHON = {
    Draft.DRAFT_4: (jsonschema.Draft4Validator, DRAFT4),
    Draft.DRAFT_6: (jsonschema.Draft6Validator, DRAFT6),
    Draft.DRAFT_7: (jsonschema.Draft7Validator, DRAFT7),
    Draft.DRAFT_2019_09: (jsonschema.Draft201909Validator, DRAFT201909),
    Draft.DRAFT_2020_12: (jsonschema.Draft202012Validator, DRAFT202012),
}
_RUST = {
    Draft.DRAFT_4: jsonschema_rs.Draft4Validator,
    Draft.DRAFT_6: jsonschema_rs.Draft6Validator,
    Draft.DRAFT_7: jsonschema_rs.Draft7Validator,
    Draft.DRAFT_2019_09: jsonschema_rs.Draft201909Validator,
    Draft.DRAFT_2020_12: jsonschema_rs.Draft202012Validator,
}


def _jsonschema(case: Case) -> Verdict:
    default, specification = _PYTHON[DRAFTS[case.draft]]
    kind: Any = validator_for(case.schema, default=default)

    def retrieve(uri: str) -> Resource[Any]:
        return Resource.from_contents(remote_documents()[uri], default_specification=specification)

    make_registry: Any = Registry
    checker = kind.FORMAT_CHECKER if case.asserts_formats else None
    validator = kind(case.schema, registry=make_registry(retrieve=retrieve), format_checker=checker)
    verdict: Verdict = validator.is_valid
    return verdict


def _jsonschema_rs(case: Case) -> Verdict:
    schema: Any = case.schema
    names = isinstance(schema, dict) and "$schema" in schema
    make: Any = jsonschema_rs.validator_for if names else _RUST[DRAFTS[case.draft]]
    documents = remote_documents()
    validator = make(schema, retriever=documents.__getitem__, validate_formats=case.asserts_formats)
    verdict: Verdict = validator.is_valid
    return verdict


def _fastjsonschema(case: Case) -> Verdict:
    handlers = {"http": remote_documents().__getitem__}
    options: Any = {"use_formats": case.asserts_formats, "use_default": False}
    compiled: Any = fastjsonschema.compile(case.schema, handlers=handlers, **options)

    def verdict(value: Any) -> bool:
        try:
            compiled(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return verdict


READERS: Mapping[str, Callable[[Case], Verdict]] = {
    OURS: _ours,
    "jsonschema": _jsonschema,
    "jsonschema-rs": _jsonschema_rs,
    "fastjsonschema": _fastjsonschema,
}
"""By the names of their packages. fastjsonschema knows no draft after draft-07, and reads all others as that."""


def column(name: str) -> str:
    """A reader with its version, unless it is ours."""
    return name if name == OURS else f"{name} {version(name)}"
