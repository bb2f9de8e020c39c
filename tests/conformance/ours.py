"""Cases of the suite by our generated modules."""

from __future__ import annotations

from typing import Any

from parlance.schema_compiler.building import Permissions
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.documents import SchemaDocument
from parlance.schema_compiler.library import Library
from parlance.schema_compiler.module import Header

from .suite import ADDRESS, DRAFTS, REMOTES, Case

__all__ = ["loaded", "module_of"]


def module_of(case: Case) -> str:
    """The source of the module for a case's schema."""
    options = Options(DRAFTS[case.draft], Permissions(assert_formats=case.asserts_formats, unknown_keywords=True))
    library = Library(mapped=[(ADDRESS, REMOTES)])
    header = Header("the suite", "make conformance")
    return compile_schema(SchemaDocument("", "", case.schema), library, options, header)


def loaded(text: str) -> dict[str, Any]:
    """What the module defines."""
    namespace: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "generated.py", "exec"), namespace)  # noqa: S102, our own output
    return namespace
