"""Cases of the suite by our generated modules."""

from __future__ import annotations

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
    """The source of the module for a case's schema."""
    document, library, options = _given(case)
    return compile_schema(document, library, options, Header("the suite", "make conformance"))


def program_of_case(case: Case) -> Program:
    """What a case's schema asks for."""
    return read_program(*_given(case))


def _given(case: Case) -> tuple[SchemaDocument, Library, Options]:
    options = Options(DRAFTS[case.draft], Permissions(assert_formats=case.asserts_formats, unknown_keywords=True))
    return SchemaDocument("", "", case.schema), Library(mapped=[(ADDRESS, REMOTES)]), options


def loaded(text: str) -> dict[str, Any]:
    """What the module defines."""
    namespace: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "generated.py", "exec"), namespace)  # noqa: S102, our own output
    return namespace
