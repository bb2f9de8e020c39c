"""The library jsonschema, which reads bundles without knowing anything of ours.

Two keywords it does not read as JSON Schema has them, and only there it gets a hint from us. A pattern is Python's to
it, in which `$` also matches before a line break at the end: a text that ends in one is searched for what ECMA-262
means. And it divides floats, by which 19.99 is no multiple of 0.01: here, fractions are divided.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ..regex import translated

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["IndependentReader", "Problems"]

Bundle: TypeAlias = Mapping[str, Any]
Problems: TypeAlias = Callable[[str], str | None]
"""The text of a document to what is wrong with it; None if nothing is. It raises `RecursionError` for deep nesting."""


class IndependentReader:
    """Reads bundles; what several of them have in common is read once."""

    def __init__(self) -> None:
        self._accepted: set[str] = set()
        self._problems: dict[str, Problems] = {}

    def faults(self, bundle: Bundle) -> Iterator[str]:
        """Why a bundle is no schema by its own standard."""
        from jsonschema import SchemaError

        parts: dict[str, Any] = {"": {**bundle, "$defs": {}}}
        parts |= {f"$defs/{name}: ": part for name, part in bundle["$defs"].items()}
        for name, part in parts.items():
            text = json.dumps(part)
            if text not in self._accepted:
                try:
                    _validator().check_schema(part)
                    self._accepted.add(text)
                except SchemaError as error:
                    yield f"{name}{error.json_path}: {error.message}"
        yield from _dangling(bundle)

    def problems(self, bundle: Bundle) -> Problems:
        """What is wrong with documents by a bundle; each text is read once."""
        key = json.dumps([bundle["$ref"], bundle["$defs"]])
        if key not in self._problems:
            schema = _validator()(bundle)

            @cache
            def problem(document: str) -> str | None:
                error = next(schema.iter_errors(json.loads(document)), None)
                return None if error is None else error.message

            self._problems[key] = problem
        return self._problems[key]


def _dangling(bundle: Bundle) -> Iterator[str]:
    """The references that lead nowhere; a validator finds them only where a document comes to one."""
    from referencing import Registry, Resource
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    root: Resource[Any] = DRAFT202012.create_resource(bundle)
    resolver = Registry[Any]().with_resource("", root).resolver()
    pending = [root]
    while pending:
        schema = pending.pop()
        pending += schema.subresources()
        contents: dict[str, Any] = cast("dict[str, Any]", schema.contents) if isinstance(schema.contents, dict) else {}
        if "$ref" in contents:
            try:
                resolver.lookup(contents["$ref"])
            except Unresolvable:
                yield f"{contents['$ref']!r} leads nowhere"


@cache
def _validator() -> type[Validator]:
    from jsonschema import Draft202012Validator, validators

    keywords: dict[str, Any] = {"pattern": _pattern, "multipleOf": _multiple_of}
    extend: Callable[..., type[Validator]] = validators.extend  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return extend(Draft202012Validator, keywords)


def _pattern(_: object, pattern: str, value: object, __: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(value, str) and not re.search(translated(pattern) if value.endswith("\n") else pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _multiple_of(_: object, step: float, value: Any, __: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (_exact(value) / _exact(step)).denominator != 1:
        yield ValidationError(f"{value!r} is not a multiple of {step!r}")


def _exact(number: float) -> Fraction:
    """The decimal number that the shortest text of *number* says."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))
