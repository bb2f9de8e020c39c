"""Which schemas of a document are imported, and as which artifacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..finding import did_you_mean
from ..finding.shape import is_object
from ..folders import spec_folder
from ..spec.located import documents
from ..spec.reading import read_file
from .imported_files import ImportedFiles, ValueLocation
from .shape_reader import Version

__all__ = ["ImportRoot", "ImportRoots", "NamedRoots", "identifier", "select", "version_of"]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\b|\*/\*")
_EVENTS = "text/event-stream"
_SCHEMA_WORDS = (
    *("$schema", "$defs", "definitions", "$ref", "type", "properties", "items", "enum", "const"),
    *("anyOf", "oneOf", "allOf"),
)
_HOMES = ("components/schemas", "$defs", "definitions", "schemas")
"""Where schemas with names stand, in the order in which a name is looked up."""


class NamedRoots(NamedTuple):
    """What the user has named; nothing for the operation of our own format."""

    schemas: tuple[str, ...] = ()
    operation: str | None = None


@dataclass(frozen=True)
class ImportRoot:
    """One root: what it is called, and where it goes over the wire."""

    name: str
    schema: ValueLocation
    path: str
    method: str
    status: str | None
    media_type: str
    hint: str
    """What its schema is called where it has no name."""


@dataclass(frozen=True)
class ImportRoots:
    """The roots of an import."""

    artifacts: tuple[ImportRoot, ...]
    stream: dict[str, str] | None = None
    """The stream of our own format, where the operation has all that belongs to it."""


class _Own(NamedTuple):
    """The operation of the spec that comes with the tool, whose names the artifacts get."""

    path: str
    method: str
    names: dict[str, str]
    """By `request` and by the media type of an answer."""

    stream: dict[str, str]


def version_of(library: ImportedFiles) -> Version:
    """What the document is. Raises `SpecError` for what is neither OpenAPI 3 nor a JSON Schema."""
    root = ValueLocation(library.main, "")
    document = root.value
    if not is_object(document):
        kind = "a list" if isinstance(document, list) else "a single value"
        raise root.error("PAR903", f"the document is {kind}", "name a document of OpenAPI 3, or a JSON Schema")
    if "swagger" in document:
        advice = "convert it first, such as with swagger2openapi or editor.swagger.io"
        raise root.below("swagger").error("PAR903", f"this is Swagger {document['swagger']}, not OpenAPI 3", advice)
    if "openapi" in document:
        version = str(document["openapi"])
        if not version.startswith(("3.0", "3.1")):
            raise root.below("openapi").error("PAR903", f"OpenAPI {version} is not read", "3.0 and 3.1 are")
        is_old = version.startswith("3.0")
        return Version("OpenAPI 3.0" if is_old else "OpenAPI 3.1", is_old, is_old)
    if not any(word in document for word in _SCHEMA_WORDS):
        message = "this is neither a document of OpenAPI 3 nor a JSON Schema"
        raise root.error("PAR903", message, "it needs `openapi: 3.1.0`, or keywords such as `type` or `$defs`")
    draft = str(document.get("$schema", ""))
    return Version("JSON Schema", any(old in draft for old in ("draft-04", "draft-06", "draft-07")), has_nullable=False)


def select(library: ImportedFiles, choice: NamedRoots, version: Version) -> ImportRoots:
    """The roots. Raises `SpecError` where what is named does not exist."""
    own = _own_operation()
    if choice.schemas:
        return ImportRoots(tuple(_named(library, name, own) for name in choice.schemas))
    if version.name == "JSON Schema":
        root = ValueLocation(library.main, "")
        if choice.operation:
            raise root.error("PAR904", "a JSON Schema has no operations", "leave --operation out")
        stem = Path(library.main.name).name.partition(".")[0]
        name = identifier(str(root.value.get("title") or stem)) or "document"
        return ImportRoots((ImportRoot(name, root, f"/{name}", "post", None, "application/json", name),))
    return _operation(library, choice.operation, own)


def identifier(text: str) -> str:
    """A text as lower-case words with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-").lstrip("0123456789-")


def _artifact_name(name: str) -> str:
    """The name of a schema as that of an artifact, `ChatRequest` as `chat-request`."""
    return identifier(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)) or "document"


def _own_operation() -> _Own:
    paths = read_file(spec_folder() / "openapi.yaml")["paths"]
    path, method = next((path, method) for path, methods in paths.items() for method in methods)
    names: dict[str, str] = {}
    stream: dict[str, str] = {}
    for (found, *steps), document in documents(paths):
        if found != path or "x-artifact" not in document or "default" in steps:
            continue
        names["request" if "requestBody" in steps else str(steps[-1])] = str(document["x-artifact"])
        stream |= {str(key): str(value) for key, value in document.get("x-stream", {}).items()}
    return _Own(str(path), str(method), names, stream)


def _named(library: ImportedFiles, word: str, own: _Own) -> ImportRoot:
    """A schema that is named, perhaps after the artifact that it is: `Name`, or `request=Name`."""
    before, mark, after = word.partition("=")
    name = after if mark else before
    root = ValueLocation(library.main, "")
    known = {found: root.below(*home.split("/"), found) for home in reversed(_HOMES) for found in _within(root, home)}
    if name not in known:
        listed = did_you_mean(name, known) or f"; there are {', '.join([*known][:20]) or 'none'}"
        raise root.error("PAR904", f"there is no schema {name!r}{listed}")
    artifact = _artifact_name(before)
    for role, own_name in own.names.items():
        if mark and artifact == own_name:
            is_request = role == "request"
            media_type = "application/json" if is_request else role
            status = None if is_request else "200"
            return ImportRoot(artifact, known[name], own.path, own.method, status, media_type, name)
    return ImportRoot(artifact, known[name], f"/{artifact}", "post", None, "application/json", name)


def _within(root: ValueLocation, home: str) -> list[str]:
    value: Any = root.value
    for key in home.split("/"):
        value = value.get(key, {}) if is_object(value) else {}
    return [*value] if is_object(value) else []


def _operation(library: ImportedFiles, chosen: str | None, own: _Own) -> ImportRoots:
    root = ValueLocation(library.main, "")
    operations = dict(_operations(library, root))
    if chosen is None:
        found = [name for name in operations if name.endswith(own.path) and name.startswith(own.method.upper())]
    else:
        method, _, path = chosen.strip().partition(" ")
        found = [name for name in operations if name == f"{method.upper()} {path.strip()}"]
    if not found:
        missing = f"no operation ends in {own.path}" if chosen is None else f"there is no operation {chosen!r}"
        guess = did_you_mean(chosen or "", operations) if chosen else ""
        listed = "; there are " + ", ".join([*operations][:40]) if operations else "; it has no operations"
        advice = "name one with --operation, or schemas with --schemas"
        raise root.error("PAR904", f"{missing}{guess or listed}", advice)
    # The shortest path is the operation itself, where another one is made for a part of the service.
    name = min(found, key=len)
    artifacts = tuple(_artifacts(library, name, operations[name], own))
    if not artifacts:
        raise operations[name].error("PAR904", f"{name} has neither a request nor an answer in JSON")
    names = {each.name for each in artifacts}
    stream = {key: value for key, value in own.stream.items() if key in ("name", "end") or value in names}
    has_all = set(own.names.values()) <= names and {"name", "into"} <= stream.keys()
    return ImportRoots(artifacts, stream if has_all else None)


def _operations(library: ImportedFiles, root: ValueLocation) -> Iterator[tuple[str, ValueLocation]]:
    paths = root.value.get("paths", {})
    for path, item in paths.items() if is_object(paths) else ():
        at = root.below("paths", path)
        if is_object(item) and "$ref" in item:
            at = library.referred(at, item["$ref"])
            item = at.value  # noqa: PLW2901 - the item itself
        for method in item if is_object(item) else ():
            if method in _METHODS:
                yield f"{method.upper()} {path}", at.below(method)


def _artifacts(library: ImportedFiles, name: str, at: ValueLocation, own: _Own) -> Iterator[ImportRoot]:
    method, path = name.split(" ", 1)
    operation = at.value
    if not is_object(operation):
        raise at.error("PAR903", "an operation must be an object")
    hint = str(operation.get("operationId") or f"{method} {path}")
    body = _followed(library, at.below("requestBody")) if "requestBody" in operation else None
    for media_type, place in _contents(body):
        if _JSON.match(media_type):
            kind = own.names["request"]
            root = _root(library, place)
            yield ImportRoot(kind, root, path, method.lower(), None, "application/json", f"{hint} {kind}")
            break
    answers = operation.get("responses", {})
    status = next((each for each in ("200", "201", "2XX", "2xx", "default") if each in answers), None)
    answer = _followed(library, at.below("responses", status)) if status else None
    seen: set[str] = set()
    for media_type, place in _contents(answer):
        plain = _EVENTS if media_type.startswith(_EVENTS) else "application/json" if _JSON.match(media_type) else ""
        if plain in own.names and plain not in seen:
            seen.add(plain)
            kind = own.names[plain]
            code = str(status).upper() if status != "default" else str(status)
            yield ImportRoot(kind, _root(library, place), path, method.lower(), code, plain, f"{hint} {kind}")


def _followed(library: ImportedFiles, at: ValueLocation) -> ValueLocation:
    """What stands there, or what it refers to."""
    for _ in range(20):
        value = at.value
        if not is_object(value) or "$ref" not in value:
            return at
        at = library.referred(at, value["$ref"])
    raise at.error("PAR905", "references lead in a circle", "let one of them end")


def _root(library: ImportedFiles, at: ValueLocation) -> ValueLocation:
    """The schema that stands there, or the one with a name that is all it says."""
    for _ in range(20):
        value = at.value
        if not is_object(value) or set(value) != {"$ref"}:
            break
        at = library.referred(at, value["$ref"])
    return at


def _contents(at: ValueLocation | None) -> Iterator[tuple[str, ValueLocation]]:
    value: Any = at.value if at else None
    content = value.get("content") if is_object(value) else None
    if at is None or not is_object(content):
        return
    for media_type, document in content.items():
        if is_object(document) and "schema" in document:
            yield media_type, at.below("content", media_type, "schema")
