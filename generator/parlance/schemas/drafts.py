"""The editions of JSON Schema: which keywords each has, and where schemas stand inside schemas."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["DRAFTS", "FORMATS", "METASCHEMAS", "VOCABULARIES", "Draft", "Holds", "SchemaDialect", "subschema_keywords"]


class Draft(Enum):
    """An edition that is carried out whole, or what a version of OpenAPI makes of one."""

    DRAFT_4 = "draft-04"
    DRAFT_6 = "draft-06"
    DRAFT_7 = "draft-07"
    DRAFT_2019_09 = "2019-09"
    DRAFT_2020_12 = "2020-12"
    OPENAPI_3_0 = "OpenAPI 3.0"
    OPENAPI_3_1 = "OpenAPI 3.1"

    @property
    def identifier(self) -> str:
        """The keyword that names a schema."""
        return "id" if self is Draft.DRAFT_4 else "$id"

    @property
    def names_anchors_by_identifier(self) -> bool:
        """Whether an identifier such as `#item` is an anchor."""
        return self in _OLD

    @property
    def ignores_siblings(self) -> bool:
        """Whether what stands beside a `$ref` means nothing."""
        return self in _OLD or self is Draft.OPENAPI_3_0

    @property
    def lists_items(self) -> bool:
        """Whether `items` may be a list, one schema for each of the first items."""
        return self in _OLD or self is Draft.DRAFT_2019_09

    @property
    def is_openapi(self) -> bool:
        """Whether `nullable` and the other keywords of OpenAPI mean something."""
        return self in (Draft.OPENAPI_3_0, Draft.OPENAPI_3_1)


_OLD = (Draft.DRAFT_4, Draft.DRAFT_6, Draft.DRAFT_7)


class Holds(Enum):
    """In which form a keyword holds schemas."""

    ONE = "a schema"
    LIST = "a list of schemas"
    ONE_OR_LIST = "a schema or a list of them"
    MAP = "schemas by name"
    MAP_OR_NAMES = "schemas or lists of names, by name"


METASCHEMAS = {
    "http://json-schema.org/draft-04/schema": Draft.DRAFT_4,
    "http://json-schema.org/draft-06/schema": Draft.DRAFT_6,
    "http://json-schema.org/draft-07/schema": Draft.DRAFT_7,
    "https://json-schema.org/draft/2019-09/schema": Draft.DRAFT_2019_09,
    "https://json-schema.org/draft/2020-12/schema": Draft.DRAFT_2020_12,
}
"""The address, without its empty fragment, by which a schema says that it is written in an edition."""

_OPENAPI = {
    "https://spec.openapis.org/oas/3.0/schema": Draft.OPENAPI_3_0,
    "https://spec.openapis.org/oas/3.1/dialect/base": Draft.OPENAPI_3_1,
}
"""What schemas in documents of OpenAPI are written in; of these names 3.1 alone defines one."""

DRAFTS = {draft.value: draft for draft in METASCHEMAS.values()}
"""The editions of JSON Schema, by what `--draft` calls them."""

_HOLDERS = {
    "additionalProperties": Holds.ONE,
    "allOf": Holds.LIST,
    "anyOf": Holds.LIST,
    "contains": Holds.ONE,
    "definitions": Holds.MAP,
    "dependencies": Holds.MAP_OR_NAMES,
    "else": Holds.ONE,
    "if": Holds.ONE,
    "not": Holds.ONE,
    "oneOf": Holds.LIST,
    "patternProperties": Holds.MAP,
    "properties": Holds.MAP,
    "propertyNames": Holds.ONE,
    "then": Holds.ONE,
}
_OLD_ITEMS = {"items": Holds.ONE_OR_LIST, "additionalItems": Holds.ONE}
_SINCE_2019 = {
    "$defs": Holds.MAP,
    "contentSchema": Holds.ONE,
    "dependentSchemas": Holds.MAP,
    "unevaluatedItems": Holds.ONE,
    "unevaluatedProperties": Holds.ONE,
}
_NEWEST = {**_HOLDERS, **_SINCE_2019, "items": Holds.ONE, "prefixItems": Holds.LIST}
_SINCE_6 = frozenset({"contains", "propertyNames"})
_SINCE_7 = frozenset({"if", "then", "else"})
_SUBSCHEMAS = {
    Draft.DRAFT_4: {
        name: holds for name, holds in {**_HOLDERS, **_OLD_ITEMS}.items() if name not in _SINCE_6 | _SINCE_7
    },
    Draft.DRAFT_6: {name: holds for name, holds in {**_HOLDERS, **_OLD_ITEMS}.items() if name not in _SINCE_7},
    Draft.DRAFT_7: {**_HOLDERS, **_OLD_ITEMS},
    Draft.DRAFT_2019_09: {**_HOLDERS, **_OLD_ITEMS, **_SINCE_2019},
    Draft.DRAFT_2020_12: _NEWEST,
    Draft.OPENAPI_3_0: _NEWEST,
    Draft.OPENAPI_3_1: _NEWEST,
}


def subschema_keywords(draft: Draft) -> dict[str, Holds]:
    """The keywords of *draft* that hold schemas."""
    return _SUBSCHEMAS[draft]


_IDENTITY = frozenset({"$schema", "$id", "$ref", "$comment"})
_APPLICATORS = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "contains", "items"}) | {
    *("properties", "patternProperties", "additionalProperties", "propertyNames"),
}
_ASSERTIONS = frozenset({"type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum"}) | {
    *("exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems"),
    *("maxProperties", "minProperties", "required"),
}
_NOTES = frozenset({"title", "description", "default", "examples", "readOnly", "writeOnly"})
_CONTENT = frozenset({"contentEncoding", "contentMediaType"})
_COUNTED = frozenset({"maxContains", "minContains", "dependentRequired"})
_OLD_NAMES = frozenset({"definitions", "dependencies"})
"""In 2019-09 and 2020-12 the metaschema still knows them, and so do we."""

_2019 = "https://json-schema.org/draft/2019-09/vocab/"
_2020 = "https://json-schema.org/draft/2020-12/vocab/"
VOCABULARIES: dict[str, frozenset[str]] = {
    f"{_2019}core": _IDENTITY | _OLD_NAMES | {"$anchor", "$defs", "$recursiveAnchor", "$recursiveRef", "$vocabulary"},
    f"{_2019}applicator": _APPLICATORS
    | {"additionalItems", "dependentSchemas"}
    | {"unevaluatedItems", "unevaluatedProperties"},
    f"{_2019}validation": _ASSERTIONS | _COUNTED,
    f"{_2019}meta-data": _NOTES | {"deprecated"},
    f"{_2019}format": frozenset({"format"}),
    f"{_2019}content": _CONTENT | {"contentSchema"},
    f"{_2020}core": _IDENTITY | _OLD_NAMES | {"$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$vocabulary"},
    f"{_2020}applicator": _APPLICATORS | {"prefixItems", "dependentSchemas"},
    f"{_2020}unevaluated": frozenset({"unevaluatedItems", "unevaluatedProperties"}),
    f"{_2020}validation": _ASSERTIONS | _COUNTED,
    f"{_2020}meta-data": _NOTES | {"deprecated"},
    f"{_2020}format-annotation": frozenset({"format"}),
    f"{_2020}format-assertion": frozenset({"format"}),
    f"{_2020}content": _CONTENT | {"contentSchema"},
}
"""The keywords of each vocabulary, by its address."""

_DRAFT_7 = _IDENTITY | _APPLICATORS | _ASSERTIONS | _NOTES | _CONTENT | _OLD_NAMES | {"additionalItems", "format"}
_DRAFT_6 = _DRAFT_7 - _SINCE_7 - _CONTENT - {"$comment", "readOnly", "writeOnly"}
_DRAFT_4 = (_DRAFT_6 - _SINCE_6 - {"const", "examples", "$id"}) | {"id"}
_OF_OPENAPI = frozenset({"nullable", "discriminator", "xml", "externalDocs", "example"})


@dataclass(frozen=True, slots=True)
class SchemaDialect:
    """What a schema is written in: an edition, less what its metaschema leaves out."""

    metaschema: str
    draft: Draft
    keywords: frozenset[str]
    left_out: frozenset[str] = frozenset()
    """Keywords of the edition that the metaschema switches off."""

    asserts_formats: bool = False

    @classmethod
    def of(cls, draft: Draft, metaschema: str | None = None) -> SchemaDialect:
        """All of *draft*."""
        own = next(uri for uri, each in (METASCHEMAS | _OPENAPI).items() if each is draft)
        return cls(metaschema or own, draft, keywords_of(draft))

    @classmethod
    def chosen(cls, draft: Draft, metaschema: str, vocabularies: frozenset[str]) -> SchemaDialect:
        """What is left of *draft* with these vocabularies only."""
        kept = frozenset[str]().union(*(VOCABULARIES.get(each, ()) for each in vocabularies))
        asserts = f"{_2020}format-assertion" in vocabularies
        return cls(metaschema, draft, kept, keywords_of(draft) - kept, asserts)


def keywords_of(draft: Draft) -> frozenset[str]:
    """Every keyword of *draft*."""
    match draft:
        case Draft.DRAFT_4:
            return _DRAFT_4
        case Draft.DRAFT_6:
            return _DRAFT_6
        case Draft.DRAFT_7:
            return _DRAFT_7
        case Draft.DRAFT_2019_09:
            return _of_vocabularies(_2019)
        case Draft.DRAFT_2020_12:
            return _of_vocabularies(_2020)
        case Draft.OPENAPI_3_0 | Draft.OPENAPI_3_1:
            # 3.0 has fewer, but who writes a newer one there means it.
            return _of_vocabularies(_2020) | _OF_OPENAPI


def _of_vocabularies(prefix: str) -> frozenset[str]:
    return frozenset[str]().union(*(words for name, words in VOCABULARIES.items() if name.startswith(prefix)))


_FORMATS_4 = frozenset({"date-time", "email", "hostname", "ipv4", "ipv6", "uri"})
_FORMATS_6 = _FORMATS_4 | {"uri-reference", "uri-template", "json-pointer"}
_FORMATS_7 = frozenset({"date-time", "date", "time", "email", "idn-email", "hostname", "idn-hostname"}) | {
    *("ipv4", "ipv6"),
    *("uri", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex"),
}
_FORMATS_2019 = _FORMATS_7 | {"duration", "uuid"}
FORMATS = {
    Draft.DRAFT_4: _FORMATS_4,
    Draft.DRAFT_6: _FORMATS_6,
    Draft.DRAFT_7: _FORMATS_7,
    Draft.DRAFT_2019_09: _FORMATS_2019,
    Draft.DRAFT_2020_12: _FORMATS_2019,
    Draft.OPENAPI_3_0: _FORMATS_2019,
    Draft.OPENAPI_3_1: _FORMATS_2019,
}
"""The formats that each edition defines; all of them can be asserted."""
