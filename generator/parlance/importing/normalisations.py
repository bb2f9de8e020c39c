"""What an import may change in a document: each kind of edit, where it applies, what comes of it, and why."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NORMALISATIONS", "Normalisation"]


class Normalisation(NamedTuple):
    """One kind of edit, as the report and the documentation name it."""

    applies: str
    """What is found in a document."""

    becomes: str
    """What the spec has instead."""

    reason: str
    """Why that is what the author means, in one sentence."""

    widens: bool = False
    """Whether the spec accepts what the document, read to the letter, refuses, and the author may mean to refuse."""


NORMALISATIONS: dict[str, Normalisation] = {
    "nullable": Normalisation(
        "`nullable: true` beside `type`, `$ref`, `enum`, `oneOf`, `anyOf`, `allOf`, or alone in a union",
        "null is accepted, once",
        "OpenAPI 3.1 and JSON Schema say null by type; `nullable` has no meaning there, and its author means it.",
    ),
    "tags": Normalisation(
        "`discriminator`, or a `oneOf` of objects that a constant distinguishes",
        "a tagged union; every constant is proved to be another",
        "With the tag known, one mistake is one finding, and generated types can be narrowed by it.",
    ),
    "tag-constant": Normalisation(
        "a `discriminator` whose field is any text in a member",
        "the constant of the `mapping`, or the name of the schema",
        "OpenAPI says that the value of the field chooses the schema.",
    ),
    "tag-required": Normalisation(
        "a `discriminator` whose field a member does not require",
        "the field is required",
        "OpenAPI says that the field of a discriminator is required.",
    ),
    "one-of": Normalisation(
        "`oneOf` whose members are not proved to exclude each other",
        "`anyOf`, in the same order",
        "A value that fits two members is refused by `oneOf`, to the letter, and nobody means that.",
        widens=True,
    ),
    "repeated-property": Normalisation(
        "the same property in several arms of `allOf`",
        "one property: the intersection of types, bounds and null",
        "A value must fit every arm.",
    ),
    "closed-arm": Normalisation(
        "`additionalProperties` in one of several arms of `allOf` that refuses a property of another",
        "an object with the properties of all arms; after `false`, no others",
        "To the letter, the properties of the other arms would be refused.",
        widens=True,
    ),
    "all-of": Normalisation(
        "`allOf`", "one schema with the properties of all its arms", "A spec has its records in one piece."
    ),
    "single-enum": Normalisation(
        "`enum` with one value, with or without an `x-` keyword that calls it a constant",
        "`const`",
        "One value is a constant, by which members of unions are distinguished.",
    ),
    "repeated-value": Normalisation("an `enum` that lists a value twice", "the value once", "A set has a value once."),
    "enum-type": Normalisation(
        "a value of an `enum` that `type` refuses", "the `enum` without it", "No document can have the value."
    ),
    "default": Normalisation(
        "a `default` that its own schema refuses, or on a schema that may not have one",
        "no default",
        "What is absent cannot mean a value that may not stand there.",
    ),
    "int64": Normalisation(
        "a bound of ±9223372036854776000", "±2⁶³", "A tool has rounded the range of 64-bit integers to a float."
    ),
    "exclusive-bound": Normalisation(
        "`exclusiveMinimum: true`, `exclusiveMaximum: true`",
        "the number beside it as `exclusiveMinimum`, `exclusiveMaximum`",
        "OpenAPI 3.0 and draft 4 say it by a boolean, and later ones by the number.",
    ),
    "number": Normalisation(
        "a bound that is written as a text, or a bound of an integer with a fraction",
        "a number; of an integer, the next whole number inside",
        "A bound is a number.",
    ),
    "ref-sibling": Normalisation(
        "a keyword beside `$ref`, in OpenAPI 3.0 and JSON Schema up to draft 7",
        "ignored, `nullable` apart",
        "These versions say that nothing beside `$ref` counts.",
    ),
    "yaml-anchor": Normalisation(
        "a YAML anchor that is defined twice", "the later one from there on", "YAML 1.2 says so."
    ),
    "yaml-scalar": Normalisation(
        "`no`, `off`, `1_0`, `2024-01-01` and the like without quotes, in YAML",
        "a text, unless the type admits only what YAML 1.1 reads there",
        "YAML 1.1 and 1.2 read them differently, and the schema says which is meant.",
    ),
    "type": Normalisation(
        "no `type` beside keywords of one type, such as `properties`",
        "that type",
        "To the letter, every value of another type passes, and nobody means that.",
    ),
    "undeclared": Normalisation(
        "a name in `required` that is no property", "a property with any value", "It must be there all the same."
    ),
    "name": Normalisation(
        "a name that no type can have, or that another name becomes",
        "letters, digits and underscores, a capital first",
        "Names of schemas become names of types.",
    ),
    "annotation": Normalisation(
        "`title`, `example`, `examples`, `x-…` and other notes that a spec has no place for",
        "a description or an example where they fit and conform; else dropped",
        "They say nothing about which values are valid.",
    ),
    "unknown-keyword": Normalisation(
        "a keyword that neither OpenAPI nor JSON Schema has", "dropped", "It has no meaning in any version."
    ),
    "unsupported": Normalisation(
        "`patternProperties`, `prefixItems`, `contains`, `dependentRequired` and other keywords without a counterpart",
        "kept as any value",
        "The spec language cannot say it.",
        widens=True,
    ),
    "portable-pattern": Normalisation(
        "a `pattern` that engines read differently, such as `^\\S.*$`",
        "the same in words that all of them know: `^[^\\t-\\r …][^\\n\\r…]*$`",
        "A spec has patterns that mean the same everywhere; this one finds what ECMA-262 says that the other finds.",
    ),
    "pattern": Normalisation(
        "a `pattern` that looks ahead or behind or refers to a group, or that may take more than linear time",
        "kept as any text",
        "A spec has patterns that are safe to run and mean the same everywhere.",
        widens=True,
    ),
}
"""By the name of each kind, in the order of the documentation."""
