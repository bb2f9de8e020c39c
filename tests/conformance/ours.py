"""Cases of the suite by our generated modules."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from parlance.program.schema.requirements import Program
from parlance.schema_compiler.compiling import Options, compile_schema, read_program
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument

from .suite import ADDRESS, DRAFTS, REMOTES, Case

__all__ = ["loaded", "module_of", "program_of_case"]


def module_of(case: Case) -> str:
    """The source of the module for a case's schema, which several tests ask for."""
    return _module(case.draft, json.dumps(case.schema), asserts_formats=case.asserts_formats)


@cache
def _module(draft: str, schema: str, *, asserts_formats: bool) -> str:
    given = _given(draft, json.loads(schema), asserts_formats=asserts_formats)
    return compile_schema(*given, Header("the suite", "make conformance"))


def program_of_case(case: Case) -> Program:
    """What a case's schema asks for."""
    return read_program(*_given(case.draft, case.schema, asserts_formats=case.asserts_formats))


def _given(draft: str, schema: Any, *, asserts_formats: bool) -> tuple[SchemaDocument, Library, Options]:
    options = Options(DRAFTS[draft], Permissions(assert_formats=asserts_formats, unknown_keywords=True))
    return SchemaDocument("", "", schema), Library(mapped=[(ADDRESS, REMOTES)]), options


def loaded(text: str) -> dict[str, Any]:
    """What the module defines."""
    namespace: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "generated.py", "exec"), namespace)  # noqa: S102, our own output
    return namespace
