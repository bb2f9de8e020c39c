"""Schemas against their metaschemas, each of which is compiled like any other schema, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from ..emit.python_source import compile_python
from ..finding import Finding, did_you_mean
from ..finding.pointer import joined, tokens
from ..schemas.building import Permissions, build_program
from ..schemas.document_library import Library
from ..schemas.documents import Node
from ..schemas.drafts import METASCHEMAS, Draft, SchemaDialect
from ..schemas.openapi_documents import as_newest
from ..schemas.resources import Registry, SchemaLocation
from .module import schema_code

__all__ = ["check_schemas"]

_Check = Callable[[Node], Iterator[Any]]
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_LIST = f"; there are {', '.join(_TYPES)}"


def check_schemas(location: SchemaLocation, registry: Registry) -> Iterator[Finding]:
    """What the metaschema has against the schema at *location*."""
    dialect = location.resource.dialect
    own = dialect.metaschema if dialect.metaschema not in METASCHEMAS else None
    schema, draft = location.schema, dialect.draft
    if draft.is_openapi:
        schema, draft, own = as_newest(schema), Draft.DRAFT_2020_12, None
    checks = [_standard(SchemaDialect.of(draft).metaschema)]
    if own is not None:
        checks.append(_custom(own, registry))
    for check in checks:
        for violation in check(schema):
            pointer = location.pointer + violation.pointer
            yield location.document.fault("PAR903", pointer, _explained(location, violation))


def _explained(location: SchemaLocation, violation: Any) -> str:
    """The message, in the words of JSON Schema where it is about a type."""
    keys = tokens(violation.pointer)
    if "type" in keys[-2:]:
        value = location.document.at(location.pointer + joined(keys))
        if isinstance(value, str):
            return f"{value!r} is no type{did_you_mean(value, _TYPES) or _LIST}"
    return str(violation.message)


@cache
def _standard(uri: str) -> _Check:
    registry = Registry(Library(), METASCHEMAS[uri])
    return _compiled(registry.add(Library().document(uri)), registry)


def _custom(uri: str, registry: Registry) -> _Check:
    if uri not in registry.metaschema_checks:
        root = registry.resolved(uri, registry.added[0])
        registry.metaschema_checks[uri] = _compiled(root, registry)
    return registry.metaschema_checks[uri]


def _compiled(root: SchemaLocation, registry: Registry) -> _Check:
    code = schema_code(build_program(root, registry, Permissions(unknown_keywords=True)))
    namespace: dict[str, Any] = {"__name__": "metaschema"}
    module = compile_python(code.text.encode(), root.resource.uri)
    exec(module, namespace)  # noqa: S102, our own output; text of schemas enters it as literals only
    accept, gather = namespace[code.accept], namespace[code.gather]

    def check(schema: Node) -> Iterator[Any]:
        found: list[Any] = []
        try:
            if not accept(schema):
                gather(schema, "", found)
        except RecursionError:
            found = [namespace["Violation"]("", "", "#", "is nested too deeply to be checked")]
        yield from found

    return check
