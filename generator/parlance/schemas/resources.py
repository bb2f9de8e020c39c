"""Documents to the resources in them: what is named by `$id` and by anchors, and what every reference leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..finding import Finding, SpecError
from ..finding.pointer import joined, tokens
from ..finding.shape import is_array, is_object
from .document_library import Library, UnavailableError
from .documents import Node, SchemaDocument
from .drafts import DRAFTS, METASCHEMAS, VOCABULARIES, Draft, Holds, SchemaDialect, keywords_of, subschema_keywords
from .openapi_documents import openapi_draft
from .uris import joined_uri, pointer_of, without_fragment

__all__ = ["Registry", "Resource", "SchemaLocation", "subschemas"]

_SCHEME = re.compile("https?:")
"""Both are written for either in every second schema, and nobody means two things by them."""


@dataclass(eq=False)
class Resource:
    """A schema with an address of its own, and the names inside it."""

    uri: str
    document: SchemaDocument
    pointer: str
    """Where it stands in its document."""

    dialect: SchemaDialect
    anchors: dict[str, str] = field(default_factory=dict[str, str])
    """Pointers from the root of the document, by name; those of dynamic anchors are among them."""

    dynamic: dict[str, str] = field(default_factory=dict[str, str])
    """Of dynamic anchors alone. A resource with `$recursiveAnchor` has one with an empty name."""


class SchemaLocation(NamedTuple):
    """A place where a schema stands."""

    resource: Resource
    pointer: str
    """From the root of the document."""

    @property
    def document(self) -> SchemaDocument:
        """What it stands in."""
        return self.resource.document

    @property
    def schema(self) -> Node:
        """What stands there."""
        return self.document.at(self.pointer)

    def place(self, *keys: str | int) -> str:
        """What messages call it, or what it holds under these keys: the document's label, `#` and the pointer."""
        return f"{self.document.label}#{self.pointer}{joined(keys)}"


class Registry:
    """Every resource that is known so far; documents are added when a reference leads to them."""

    def __init__(self, library: Library, default: Draft) -> None:
        self._library = library
        self._default = SchemaDialect.of(default)
        self._resources: dict[str, Resource] = {}
        self._documents: dict[str, SchemaDocument] = {}
        self._roots: dict[tuple[SchemaDocument, str], Resource] = {}
        self._dialects: dict[str, SchemaDialect] = {}
        self.added: list[Resource] = []
        """In the order in which they were met."""

        self.notes: dict[Finding, None] = {}
        """What was read otherwise than it seems to be meant, of all programs that were built."""

        self.metaschema_checks: dict[str, Callable[[Node], Iterator[Any]]] = {}
        """What was compiled of metaschemas that are not standard, by address."""

        self.scanned: dict[tuple[SchemaDocument, str], Resource] = {}
        """Where a schema stands that is part of a resource, as its dialect has it, and that resource."""

    def add(self, document: SchemaDocument, dialect: SchemaDialect | None = None) -> SchemaLocation:
        """Its root. What does not say in which dialect it is written is in *dialect*."""
        self._documents[document.uri] = document
        openapi = openapi_draft(document.value)
        root = self._scan(document, SchemaDialect.of(openapi) if openapi else dialect or self._default)
        return SchemaLocation(root, "")

    def inside(self, location: SchemaLocation, pointer: str) -> SchemaLocation:
        """The location of what stands at *pointer* somewhere below *location*."""
        resource = self._roots.get((location.document, pointer))
        return SchemaLocation(resource or location.resource, pointer)

    def resolved(self, reference: str, base: Resource) -> SchemaLocation:
        """What *reference* leads to from *base*. Raises `UnavailableError`, and `SpecError` for a document's text."""
        uri, fragment = without_fragment(joined_uri(base.uri, reference))
        resource = self._resources.get(uri) or self._fetched(uri, base)
        pointer = pointer_of(fragment)
        if pointer is None:
            found = resource.anchors.get(str(fragment))
            if found is None:
                message = f"{resource.document.label or 'this schema'} has no anchor {str(fragment)!r}"
                raise UnavailableError(message)
            return SchemaLocation(self._owner(resource, found), found)
        target = resource.pointer + joined(tokens(pointer))
        if reason := resource.document.missing(target):
            raise UnavailableError(reason)
        return SchemaLocation(self._owner(resource, target), target)

    def start(self, document: SchemaDocument, fragment: str) -> SchemaLocation:
        """What a fragment leads to in a document that was added; raises `UnavailableError`."""
        root = self._roots[document, ""]
        found = self.resolved(f"{root.uri}#{fragment}", root)
        if found.pointer and is_object(found.schema) and "$schema" in found.schema:
            found.resource.dialect = self._own_dialect(found.resource, found.pointer, found.schema)
        return found

    def _owner(self, resource: Resource, pointer: str) -> Resource:
        """The innermost resource around *pointer*."""
        keys = tokens(pointer)
        for end in range(len(keys), -1, -1):
            if found := self._roots.get((resource.document, joined(keys[:end]))):
                return found
        return resource

    def _fetched(self, uri: str, base: Resource) -> Resource:
        if uri not in self._documents:
            self.add(self._library.document(uri), base.dialect)
        return self._roots[self._documents[uri], ""]

    def dialect(self, metaschema: str) -> SchemaDialect:
        """What a schema is written in that names *metaschema*. Raises `UnavailableError`."""
        uri = without_fragment(metaschema)[0]
        if uri not in self._dialects:
            self._dialects[uri] = self._read_dialect(uri)
        return self._dialects[uri]

    def _read_dialect(self, uri: str) -> SchemaDialect:
        standard = _SCHEME.sub("http:", uri)
        if standard == "http://json-schema.org/schema":  # "the latest", which says nothing
            return self._default
        for metaschema, draft in METASCHEMAS.items():
            if standard == _SCHEME.sub("http:", metaschema):
                return SchemaDialect.of(draft)
        known = self._resources.get(uri)
        document = known.document if known else self._library.document(uri)
        schema = document.at(known.pointer) if known else document.value
        above = schema.get("$schema") if is_object(schema) else None
        if above is None or without_fragment(above)[0] == uri:
            message = f"{uri} belongs to no edition that is carried out: they are {', '.join(DRAFTS)}"
            raise UnavailableError(message)
        draft = self.dialect(above).draft
        vocabularies = schema.get("$vocabulary")
        if "$vocabulary" not in keywords_of(draft) or not is_object(vocabularies):
            return SchemaDialect.of(draft, uri)
        for name, required in vocabularies.items():
            if required and name not in VOCABULARIES:
                message = f"{uri} demands the vocabulary {name}, which is not carried out"
                raise UnavailableError(message)
        return SchemaDialect.chosen(draft, uri, frozenset(vocabularies))

    def _scan(self, document: SchemaDocument, dialect: SchemaDialect) -> Resource:
        root = self._register(document, "", joined_uri(document.uri, ""), dialect)
        self._resources.setdefault(document.uri, root)
        pending = [(root, "", document.value)]
        while pending:
            resource, pointer, schema = pending.pop()
            self.scanned[document, pointer] = resource
            if is_object(schema):
                here = self._entered(resource, pointer, schema)
                self.scanned[document, pointer] = here
                children = [(here, pointer + joined(keys), child) for keys, child in subschemas(schema, here.dialect)]
                pending += reversed(children)
        return root

    def _entered(self, resource: Resource, pointer: str, schema: dict[str, Node]) -> Resource:
        """The resource that *schema* belongs to, with the names that it brings."""
        draft = self._own_dialect(resource, pointer, schema).draft
        identifier = schema.get(draft.identifier)
        old = draft.names_anchors_by_identifier
        if isinstance(identifier, str) and not (old and "$ref" in schema):
            uri, fragment = without_fragment(joined_uri(resource.uri, identifier))
            if old and fragment:
                resource.anchors[fragment] = pointer
            if not identifier.startswith("#"):
                dialect = self._own_dialect(resource, pointer, schema)
                resource = self._named(resource, pointer, uri, dialect)
        elif pointer == "":
            resource.dialect = self._own_dialect(resource, pointer, schema)
        self._anchors(resource, pointer, schema)
        return resource

    def _named(self, resource: Resource, pointer: str, uri: str, dialect: SchemaDialect) -> Resource:
        if pointer == resource.pointer:
            resource.uri, resource.dialect = uri, dialect
        else:
            resource = self._register(resource.document, pointer, uri, dialect)
        other = self._resources.setdefault(uri, resource)
        if other is not resource and (other.document is resource.document or other.document.uri != uri):
            message = f"two schemas are named {uri}; the other is {other.document.label}#{other.pointer}"
            at = f"{pointer}/{resource.dialect.draft.identifier}"
            raise SpecError([resource.document.fault("PAR908", at, message, advice="rename one", key=True)])
        return resource

    def _register(self, document: SchemaDocument, pointer: str, uri: str, dialect: SchemaDialect) -> Resource:
        resource = Resource(uri, document, pointer, dialect)
        self._roots[document, pointer] = resource
        self.added.append(resource)
        return resource

    def _own_dialect(self, resource: Resource, pointer: str, schema: dict[str, Node]) -> SchemaDialect:
        metaschema = schema.get("$schema")
        if not isinstance(metaschema, str):
            return resource.dialect
        try:
            return self.dialect(metaschema)
        except UnavailableError as error:
            at = f"{pointer}/$schema"
            found = resource.document.fault("PAR904", at, error.reason, advice=error.advice)
            raise SpecError([found]) from None

    def _anchors(self, resource: Resource, pointer: str, schema: dict[str, Node]) -> None:
        draft = resource.dialect.draft
        if draft is Draft.DRAFT_2019_09 and schema.get("$recursiveAnchor") is True:
            resource.dynamic[""] = resource.pointer
        for keyword in ("$anchor", "$dynamicAnchor"):
            name = schema.get(keyword)
            if not isinstance(name, str) or keyword not in resource.dialect.keywords:
                continue
            if resource.anchors.get(name, pointer) != pointer:
                message = f"the anchor {name!r} stands twice; the other is at #{resource.anchors[name]}"
                at = f"{pointer}/{keyword}"
                raise SpecError([resource.document.fault("PAR908", at, message, advice="rename one")])
            resource.anchors[name] = pointer
            if keyword == "$dynamicAnchor":
                resource.dynamic[name] = pointer


def subschemas(schema: dict[str, Node], dialect: SchemaDialect) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """The schemas directly inside *schema*, each with the keys that lead to it."""
    if dialect.draft.ignores_siblings and "$ref" in schema:
        # Whatever stands beside a reference means nothing, but definitions are referred to all the same.
        schema = {key: value for key, value in schema.items() if key == "definitions"}
    for keyword, holds in subschema_keywords(dialect.draft).items():
        value = schema.get(keyword)
        if holds is Holds.ONE or (holds is Holds.ONE_OR_LIST and not is_array(value)):
            if is_object(value) or isinstance(value, bool):
                yield (keyword,), value
        elif is_array(value):
            if holds in (Holds.LIST, Holds.ONE_OR_LIST):
                for index, child in enumerate(value):
                    yield (keyword, index), child
        elif is_object(value):
            for name, child in value.items():
                if holds is Holds.MAP or not is_array(child):
                    yield (keyword, name), child
