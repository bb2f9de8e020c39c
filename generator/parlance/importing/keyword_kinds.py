"""The keywords of OpenAPI and JSON Schema by what an import does with them."""

from __future__ import annotations

from typing import Any

__all__ = ["ANNOTATIONS", "BY_TYPE", "KNOWN", "REFUSED", "STRUCTURE", "TYPES", "UNSUPPORTED", "typed_keywords"]

TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")

BY_TYPE: dict[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
}
"""What each keyword is about, from which the type is known where none is said."""

REFUSED: dict[str, str] = {
    "not": "a spec says what is accepted: list that, or take `not` out",
    "if": "a spec has no conditions: write the cases as a `oneOf`, or take `if` out",
    "$dynamicRef": "use $ref",
    "$recursiveRef": "use $ref",
}
"""Keywords that an import gives up at, and what to do about each."""

UNSUPPORTED: dict[str, tuple[str, ...]] = {
    "array": ("prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems", "additionalItems"),
    "object": ("patternProperties", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties"),
}
"""Keywords that the spec language cannot say, by the type that they are about."""

ANNOTATIONS = frozenset(
    {
        *("title", "example", "examples", "readOnly", "writeOnly", "externalDocs", "xml", "$comment", "format"),
        *("contentMediaType", "contentEncoding", "contentSchema", "markdownDescription"),
    }
)
"""Keywords that say nothing about values; those that a spec has no place for are dropped, and that is noted."""

STRUCTURE = frozenset(
    {
        *("type", "enum", "const", "allOf", "anyOf", "oneOf", "$ref", "nullable", "discriminator", "description"),
        *("default", "deprecated", "$defs", "definitions", "$id", "id", "$schema", "$anchor", "$vocabulary"),
        *("$dynamicAnchor", "then", "else", "$recursiveAnchor"),
    }
)

KNOWN = frozenset(
    {
        *STRUCTURE,
        *ANNOTATIONS,
        *REFUSED,
        *(key for keys in (*BY_TYPE.values(), *UNSUPPORTED.values()) for key in keys),
    }
)


def typed_keywords(node: dict[str, Any]) -> list[str]:
    """The types that the keywords of a schema are about."""
    return [
        name for name, keys in BY_TYPE.items() if any(key in node for key in (*keys, *UNSUPPORTED.get(name, ())))
    ]
