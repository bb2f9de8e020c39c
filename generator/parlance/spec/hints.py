"""What to write instead of the words of JSON Schema and OpenAPI that the spec language leaves out."""

from __future__ import annotations

__all__ = ["INSTEAD"]

_VERSION = "the document needs none; the meta-schema is the grammar"
_CONDITION = "a condition between fields is a rule, not a schema"

INSTEAD: dict[str, str] = {
    "$anchor": "name a schema by its key at the top level of a file",
    "$comment": "write a YAML comment",
    "$defs": "put the schema at the top level of a file and refer to it by $ref",
    "$dynamicRef": "use $ref",
    "$id": "a schema is named by its key at the top level of a file",
    "$schema": _VERSION,
    "additionalItems": "`items` says what every item is",
    "components": "named schemas stand in schemas/*.yaml",
    "contains": _CONDITION,
    "definitions": "put the schema at the top level of a file and refer to it by $ref",
    "dependencies": _CONDITION,
    "dependentRequired": _CONDITION,
    "dependentSchemas": _CONDITION,
    "deprecated": "say since when: x-deprecated-since: 2024-09-12",
    "else": _CONDITION,
    "enum": "list the values as oneOf: [{const: …, description: …}]; one value is const",
    "example": "examples is a list",
    "externalDocs": "say it in the description, or its source in x-source",
    "if": _CONDITION,
    "not": _CONDITION,
    "nullable": "null is said by type: [string, 'null'], or by {type: 'null'} as the last member of an anyOf",
    "patternProperties": "keys that are data are a map: additionalProperties, and propertyNames for their pattern",
    "prefixItems": "`items` says what every item is",
    "readOnly": "a response and a request have schemas of their own",
    "summary": "say it in the description",
    "then": _CONDITION,
    "title": "a schema is named by its key at the top level of a file",
    "unevaluatedItems": "`items` says what every item is",
    "unevaluatedProperties": "use additionalProperties",
    "writeOnly": "a response and a request have schemas of their own",
    "x-enum-varnames": "x-name on each member",
    "xml": "the wire format is JSON",
}
