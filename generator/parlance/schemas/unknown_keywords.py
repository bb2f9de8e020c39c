"""What is said of keywords that an edition does not have, or that say nothing where they stand."""

from __future__ import annotations

from ..finding import did_you_mean
from .annotations import LIKELY, is_annotation
from .documents import Node
from .drafts import DRAFTS, Draft, SchemaDialect, keywords_of

__all__ = ["ADVICE", "SILENT_BESIDE_REF", "keyword_problem"]

ADVICE = {
    "": "fix it, or say --allow-unknown-keywords if it is only a remark",
    "nullable": 'say it by type, as in {"type": ["string", "null"]}, or name the document of OpenAPI that it is from',
}
SILENT_BESIDE_REF = frozenset(
    {"$ref", "$id", "id", "$schema", "$comment", "title", "description", "default", "examples", "definitions"}
    | {"readOnly", "writeOnly", "deprecated", "example", "externalDocs", "xml", "nullable"}
)


def keyword_problem(keyword: str, value: Node, dialect: SchemaDialect) -> str | None:
    """Why *keyword* would say nothing."""
    if keyword in dialect.keywords:
        return None
    if keyword in dialect.left_out:
        return f"{keyword} belongs to a vocabulary that {dialect.metaschema} leaves out"
    if is_annotation(keyword, value):
        return None
    others = [name for name, draft in DRAFTS.items() if keyword in keywords_of(draft)]
    if others:
        return f"{keyword} is no keyword of {dialect.draft.value}, but of {' and '.join(others)}"
    if keyword in keywords_of(Draft.OPENAPI_3_0):
        return f"{keyword} is a keyword of OpenAPI, and means nothing in {dialect.draft.value}"
    return f"unknown keyword {keyword!r}{did_you_mean(keyword, sorted(dialect.keywords | LIKELY))}"
