"""Where in a document the schema stands that is compiled; and what is said of documents that are none."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from urllib.parse import unquote

from ..finding import SpecError, did_you_mean
from ..finding.pointer import joined, parent, tokens
from ..finding.shape import is_array, is_object
from ..finding.suggestion import nearest
from ..schemas.document_library import UnavailableError
from ..schemas.documents import Node, SchemaDocument
from ..schemas.drafts import keywords_of
from ..schemas.openapi_documents import component_pointers, openapi_draft
from ..schemas.resources import Registry, SchemaLocation

__all__ = ["nothing_checked", "start_of"]

_MOST_LISTED = 8


def start_of(registry: Registry, document: SchemaDocument, fragment: str) -> SchemaLocation:
    """The schema that a fragment leads to: a JSON Pointer, or the name of an anchor. Raises `SpecError`."""
    _refuse_other_documents(document, fragment)
    root = registry.add(document)
    if not fragment:
        return root
    if fragment.startswith("/") and document.missing(fragment) and not document.missing(unquote(fragment)):
        fragment = unquote(fragment)
    try:
        start = registry.start(document, fragment.replace("%", "%25"))
    except UnavailableError as error:
        raise _nowhere(document, fragment, error) from None
    _refuse_other_values(document, start)
    return start


def nothing_checked(document: SchemaDocument, pointer: str) -> SpecError:
    """What is said of a schema that accepts every value."""
    message = "this schema accepts every value, so that a module of it would check nothing"
    return SpecError([document.fault("PAR903", pointer, message, advice=_names(document, pointer))])


def _refuse_other_documents(document: SchemaDocument, fragment: str) -> None:
    value = document.value
    if not is_object(value):
        return
    if isinstance(value.get("swagger"), str | float) and ("paths" in value or "definitions" in value):
        message = f"this is a document of Swagger {value['swagger']}, which is not read"
        advice = "convert it to OpenAPI 3 first, such as with swagger2openapi or editor.swagger.io"
        raise SpecError([document.fault("PAR903", "/swagger", message, advice=advice, key=True)])
    if not _is_openapi(value):
        return
    if openapi_draft(value) is None:
        message = f"this is a document of OpenAPI {value['openapi']}, which is not read; 3.0 and 3.1 are"
        raise SpecError([document.fault("PAR903", "/openapi", message, key=True)])
    if not fragment:
        message = f"this is a document of OpenAPI {value['openapi']}, not a schema; the schemas are parts of it"
        raise SpecError([document.fault("PAR903", "/openapi", message, advice=_names(document, ""), key=True)])


def _is_openapi(value: dict[str, Node]) -> bool:
    return isinstance(value.get("openapi"), str | float) and not value.keys().isdisjoint(
        {"paths", "components", "webhooks", "info"}
    )


def _nowhere(document: SchemaDocument, fragment: str, error: UnavailableError) -> SpecError:
    known = component_pointers(document.value)
    word = fragment.rpartition("/")[2]
    meant = word if word in known else nearest(word, known)
    if meant is not None:
        advice: str | None = f"say {_command(document, known[meant])}"
    else:
        advice = _references_above(document, fragment) or _names(document, "")
    above = fragment if fragment.startswith("/") else ""
    while above and document.missing(above):
        above = parent(above)
    reason = error.reason.replace("this schema", "the document")
    return SpecError([document.fault("PAR904", above, reason, advice=advice, key=True)])


def _references_above(document: SchemaDocument, pointer: str) -> str | None:
    """That a `$ref` stands on the way, which a JSON Pointer does not follow."""
    keys = tokens(pointer)
    for end in range(len(keys)):
        above = joined(keys[:end])
        if document.missing(above):
            break
        value = document.at(above)
        if is_object(value) and isinstance(value.get("$ref"), str) and keys[end] not in value:
            return f"#{above} is only a reference: begin with {value['$ref']}"
    return None


def _refuse_other_values(document: SchemaDocument, start: SchemaLocation) -> None:
    value = start.schema
    if isinstance(value, bool) or (is_object(value) and (not value or _has_keywords(value, start))):
        return
    kind = "a list" if is_array(value) else "a single value" if not is_object(value) else "no schema"
    advice = None
    if is_object(value):
        inside = [key for key in value if is_object(value[key])]
        chosen = "schema" if "schema" in value else next(iter(inside), None)
        advice = _inside(document, start.pointer, [chosen] if chosen == "schema" else inside) if chosen else None
    message = f"#{start.pointer} is {kind}; a schema is an object with keywords such as `type`, or true or false"
    raise SpecError([document.fault("PAR903", start.pointer, message, advice=advice, key=True)])


def _has_keywords(value: dict[str, Node], start: SchemaLocation) -> bool:
    """Whether an object may be a schema, if only a misspelt one."""
    if isinstance(value.get("description"), str) and value.keys().isdisjoint({"content", "schema", "responses"}):
        return True
    known = keywords_of(start.resource.dialect.draft) - {"$defs", "definitions", "example", "examples", "description"}
    return any(key in known or (did_you_mean(key, known) and not is_object(value[key])) for key in value)


def _names(document: SchemaDocument, pointer: str) -> str | None:
    """Which schemas have a name in a document, as words for the command line."""
    known = [found for found in component_pointers(document.value).values() if found != pointer]
    return _listed(document, known) if known else None


def _inside(document: SchemaDocument, pointer: str, keys: Collection[str]) -> str:
    return _listed(document, [pointer + joined([key]) for key in keys])


def _listed(document: SchemaDocument, pointers: list[str]) -> str:
    more = len(pointers) - _MOST_LISTED
    texts = [_command(document, each) for each in pointers[:1]] + [f"#{each}" for each in pointers[1:_MOST_LISTED]]
    return f"name one: {', '.join(texts)}" + (f" and {more} more" if more > 0 else "")


def _command(document: SchemaDocument, pointer: str) -> str:
    return f"--from-schema {shlex.quote(f'{document.text.file or document.label}#{pointer}')}"
