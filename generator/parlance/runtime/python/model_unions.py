"""Unions of models, whose errors are at the place in the document and name no part of the union."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic import Discriminator
from pydantic import Tag as PydanticTag
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import ErrorDetails

    Handler: TypeAlias = core_schema.ValidatorFunctionWrapHandler

__all__ = ["ByTag", "Case", "OneOf", "Tag"]

Case = PydanticTag
"""The value of a tag that chooses a record; empty for the rest of an open union."""

_BEGINNING = "Input should be "
_KINDS = {
    "dict_type": "an object",
    "list_type": "a list",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "string_type": "a string",
}
"""What else an input should be, in the words of JSON."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A union of records that a field distinguishes."""

    tag: str
    """The name of the field on the wire."""

    attribute: str
    """The attribute that holds it."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Choose the record natively."""
        discriminator = Discriminator(self.attribute)
        return _tagged(discriminator.__get_pydantic_core_schema__(source, handler), self.tag)


@dataclass(frozen=True, slots=True)
class ByTag:
    """A union of records by a field that may be absent, or have another value."""

    tag: str
    """The name of the field on the wire."""

    attribute: str
    """The attribute that holds it."""

    known: tuple[str, ...]
    """The values that choose a record."""

    default: str | None = None
    """The value that stands for an absent field."""

    refused: tuple[str, ...] = ()
    """The values that choose nothing."""

    is_open: bool = False
    """Whether other values are accepted, too."""

    has_record: bool = False
    """Whether there is a record for them."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let a function choose the record."""
        discriminator = Discriminator(self._chosen)
        return _tagged(discriminator.__get_pydantic_core_schema__(source, handler), self.tag)

    def _chosen(self, value: object) -> str | None:
        if isinstance(value, Mapping):
            fields = cast("Mapping[str, object]", value)
            given = fields.get(self.tag, self.default)
        else:
            given = getattr(value, self.attribute, None)
            given = self.default if given is None else given
        if isinstance(given, str) and (given in self.known or given in self.refused):
            return None if given in self.refused else given
        return "" if self.is_open and (self.has_record or isinstance(given, str)) else None


class OneOf:
    """A union of types that no field distinguishes: the errors are of the one that is meant."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Try the types natively."""
        return _with_errors(handler(source), _of_one)


def _tagged(schema: core_schema.CoreSchema, tag: str) -> core_schema.CoreSchema:
    def errors(raised: list[ErrorDetails]) -> list[InitErrorDetails]:
        return [_of_tag(error, tag) or _inner(error) for error in raised]

    return _with_errors(schema, errors)


def _with_errors(
    schema: core_schema.CoreSchema, errors: Callable[[list[ErrorDetails]], list[InitErrorDetails]]
) -> core_schema.CoreSchema:
    """*schema* with other errors than those that Pydantic has for it."""

    def validate(value: object, handler: Handler) -> object:
        try:
            return handler(value)
        except ValidationError as error:
            title, lines = error.title, errors(error.errors(include_url=False))
        raise ValidationError.from_exception_data(title, lines)

    return core_schema.no_info_wrap_validator_function(validate, schema)


def _of_tag(error: ErrorDetails, tag: str) -> InitErrorDetails | None:
    """The error at the tag itself, if it is the tag that is wrong."""
    if error["loc"]:
        return None
    match error["type"]:
        case "union_tag_not_found":
            return InitErrorDetails(type="missing", loc=(tag,), input=error["input"])
        case "union_tag_invalid":
            *others, last = error.get("ctx", {}).get("expected_tags", "").split(", ")
            expected = f"{', '.join(others)} or {last}" if others else last
            given: Any = error["input"]
            value: object = given.get(tag) if hasattr(given, "get") else given
            return InitErrorDetails(
                type="literal_error", loc=(tag,), input=value, ctx={"expected": expected}
            )
        case _:
            return None


def _inner(error: ErrorDetails, skipped: int = 1) -> InitErrorDetails:
    """The same error without the part of its place that names a member of the union."""
    kind = _custom(error["type"], error["msg"], error.get("ctx"))
    return InitErrorDetails(type=kind, loc=error["loc"][skipped:], input=error["input"])


def _of_one(raised: list[ErrorDetails]) -> list[InitErrorDetails]:
    """The errors of the member that the value is nearest to, or one error for all of them."""
    members: dict[int | str, list[ErrorDetails]] = {}
    for error in raised:
        members.setdefault(error["loc"][0] if error["loc"] else "", []).append(error)
    near = [errors for errors in members.values() if not any(map(_is_mismatch, errors))]
    if near:
        nearest: list[ErrorDetails] = min(near, key=len)
        return [*map(_inner, nearest)]
    texts = dict.fromkeys(
        _KINDS.get(error["type"], error["msg"].removeprefix(_BEGINNING)) for error in raised
    )
    kind = _custom("union_type", f"{_BEGINNING}{' or '.join(texts)}")
    return [InitErrorDetails(type=kind, loc=(), input=raised[0]["input"])]


def _is_mismatch(error: ErrorDetails) -> bool:
    """Whether a value is of another JSON type than a member of a union."""
    if len(error["loc"]) > 1:
        return False
    is_set = error["type"] in {"enum", "literal_error"} and not isinstance(error["input"], str)
    return is_set or error["type"].endswith("_type")


def _custom(kind: Any, text: Any, facts: dict[str, Any] | None = None) -> PydanticCustomError:
    return PydanticCustomError(kind, text, facts)
