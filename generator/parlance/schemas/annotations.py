"""Words in schemas that are keywords of no edition and ask nothing of values: notes for editors and generators."""

from __future__ import annotations

from ..finding.shape import is_array
from .documents import Node

__all__ = ["LIKELY", "is_annotation"]

_EDITORS = frozenset({"allowComments", "allowTrailingCommas", "defaultSnippets", "doNotSuggest", "suggestSortText"}) | {
    *("markdownDescription", "deprecationMessage", "markdownDeprecationMessage", "errorMessage", "patternErrorMessage"),
    *("enumDescriptions", "markdownEnumDescriptions", "enumItemLabels", "enumDetails", "completionDetail", "sortText"),
    *("enumNames", "enumTitles", "enum_titles", "propertyOrder", "preferredOrder", "headerTemplate", "explainer"),
}
"""VS Code, language servers, JSON Editor and form builders, by their documentation as of November 2026."""

_GENERATORS = frozenset({"tsType", "tsEnumNames", "tsImport", "goType", "goName", "goJSONSchema", "pyType"}) | {
    *(
        "javaType",
        "existingJavaType",
        "extendsJavaClass",
        "javaInterfaces",
        "javaName",
        "javaEnumNames",
        "javaAbstract",
    ),
    *("javaEnums", "javaInterface", "customTypePath", "customBasePath", "customTypeName", "typeName", "rustType"),
}
"""json-schema-to-typescript, jsonschema2pojo, datamodel-code-generator and their like."""

LIKELY = frozenset(word for word in _EDITORS | _GENERATORS if len(word) > 8)
"""Words that a misspelt one may have been meant to be; shorter ones are near to words that mean nothing."""

_OTHER_EDITIONS = frozenset({"$comment", "$id", "id", "$anchor", "$defs", "definitions", "examples", "example"}) | {
    *("deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema", "$vocabulary"),
    *("discriminator", "xml", "externalDocs"),
}
"""Keywords that other editions and OpenAPI have, and that refuse nothing there either."""

_PREFIXES = ("x-", "x_", "X-", "_", "//", "@", "ui:", "meta:", "$comment", "$xsd")
_PROSE = frozenset({"name", "version", "author", "authors", "copyright", "license", "fileMatch", "url", "tags"}) | {
    *("links", "notes", "note", "comment", "comments", "documentation", "reference", "since", "scope", "label", "hint"),
    *("$version", "schemaVersion", "$generated", "$generator", "metamodel_version", "icon", "group", "category"),
}
"""What is a remark where it is a text or a list of texts, and a property outside `properties` where it is a schema."""


def is_annotation(word: str, value: Node) -> bool:
    """Whether *word*, which is no keyword, is known to ask nothing of a value."""
    if word in _PROSE:
        return isinstance(value, str) or (is_array(value) and all(isinstance(each, str) for each in value))
    return word in _EDITORS or word in _GENERATORS or word in _OTHER_EDITIONS or word.startswith(_PREFIXES)
