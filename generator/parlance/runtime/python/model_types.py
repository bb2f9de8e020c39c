"""What the models of every dialect are made of: JSON, checked as JSON Schema checks it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Never,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

from pydantic import BaseModel, Field, Strict
from pydantic_core import PydanticCustomError, PydanticKnownError, core_schema

from .equality import is_multiple, is_unique
from .pattern_search import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.fields import FieldInfo
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "AnyJson",
    "Boolean",
    "Entries",
    "Exactly",
    "Integer",
    "Items",
    "Number",
    "Omissible",
    "Real",
    "Refused",
    "Text",
    "Whole",
    "Wire",
]

_Value = TypeVar("_Value")

def Wire(name: str) -> FieldInfo:  # noqa: N802 - it stands in annotations, beside classes
    """Give a field another name in JSON; Python code may use either."""
    info: FieldInfo = Field(alias=name)
    return info


@dataclass(frozen=True, slots=True)
class Text:
    """A string. Lengths count characters; a pattern means what ECMA-262 says."""

    min_length: int | None = None
    """The fewest characters."""

    max_length: int | None = None
    """The most characters."""

    pattern: str | None = None
    """A regular expression that the string has a match of, as schemas show it."""

    search: str | None = None
    """The same in Python."""

    excluded: tuple[str, ...] = ()
    """What the string is not."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check the length natively, and the pattern if there is one."""
        del source, handler
        text = core_schema.str_schema(
            strict=True, min_length=self.min_length, max_length=self.max_length
        )
        if self.search is None and not self.excluded:
            return text
        return core_schema.no_info_after_validator_function(self._match, text)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the pattern."""
        described = handler(schema)
        described |= {} if self.pattern is None else {"pattern": self.pattern}
        return described | {"not": {"enum": [*self.excluded]}} if self.excluded else described

    def _match(self, value: str) -> str:
        if self.search is not None and not matches(self.search, value):
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": self.pattern})
        if value in self.excluded:
            raise PydanticCustomError("refused_value", "The value is refused")
        return value


@dataclass(frozen=True, slots=True)
class _Numeric:
    """What numbers of both kinds can be bound by."""

    minimum: float | None = None
    """The least number."""

    maximum: float | None = None
    """The greatest number."""

    exclusive_minimum: float | None = None
    """What the number is more than."""

    exclusive_maximum: float | None = None
    """What the number is less than."""

    multiple_of: float | None = None
    """What divides the number without a rest."""

    def _bounded(self, value: float) -> float:
        if self.minimum is not None and value < self.minimum:
            raise PydanticKnownError("greater_than_equal", {"ge": self.minimum})
        if self.maximum is not None and value > self.maximum:
            raise PydanticKnownError("less_than_equal", {"le": self.maximum})
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            raise PydanticKnownError("greater_than", {"gt": self.exclusive_minimum})
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            raise PydanticKnownError("less_than", {"lt": self.exclusive_maximum})
        if self.multiple_of is not None and not is_multiple(value, self.multiple_of):
            raise PydanticKnownError("multiple_of", {"multiple_of": self.multiple_of})
        return value

    def _described(self) -> JsonSchemaValue:
        keywords = {
            "minimum": self.minimum,
            "maximum": self.maximum,
            "exclusiveMinimum": self.exclusive_minimum,
            "exclusiveMaximum": self.exclusive_maximum,
            "multipleOf": self.multiple_of,
        }
        return {keyword: value for keyword, value in keywords.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Whole(_Numeric):
    """A number without a fraction: `1.0` is one and becomes `1`, `true` is none."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check in Python: integers of any size stay exact."""
        del source, handler
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the bounds."""
        del schema, handler
        return {"type": "integer"} | self._described()

    def _check(self, value: object) -> float:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise PydanticKnownError("int_type")
        return self._bounded(value)


@dataclass(frozen=True, slots=True)
class Real(_Numeric):
    """A finite number. An integer stays one, because as a float it might not be exact."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check in Python: integers of any size stay exact."""
        del source, handler
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the bounds."""
        del schema, handler
        return {"type": "number"} | self._described()

    def _check(self, value: object) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise PydanticKnownError("float_type")
        if isinstance(value, float) and not math.isfinite(value):
            raise PydanticKnownError("finite_number")
        return self._bounded(value)


@dataclass(frozen=True, slots=True)
class Items:
    """How many items a list has, and whether any may stand twice."""

    minimum: int | None = None
    """The fewest items."""

    maximum: int | None = None
    """The most items."""

    unique: bool = False
    """Whether no two may be equal."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Count natively; compare the items as they came, before they become models."""
        bounds = Field(min_length=self.minimum, max_length=self.maximum)
        counted = handler(Annotated[source, bounds])
        if not self.unique:
            return counted
        return core_schema.no_info_before_validator_function(_without_twins, counted)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the uniqueness."""
        described = handler(schema)
        return described | {"uniqueItems": True} if self.unique else described


@dataclass(frozen=True, slots=True)
class Entries:
    """How many entries a dict has."""

    minimum: int | None = None
    """The fewest entries."""

    maximum: int | None = None
    """The most entries."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Count natively."""
        bounds = Field(min_length=self.minimum, max_length=self.maximum)
        return handler(Annotated[source, bounds])


@dataclass(frozen=True, slots=True)
class Exactly:
    """A constant or a member that is no string: `1.0` is `1`, and `true` is not."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Look at the type first, because Pydantic compares as Python does."""
        constant = get_origin(source) is Literal and isinstance(get_args(source)[0], bool)
        check = _boolean if constant else _whole
        return core_schema.no_info_before_validator_function(check, handler(source))


class _Present:
    """Refuses null where None only stands for a field that is not there."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Take the null out of the schema."""
        schema = handler(source)
        return schema["schema"] if schema["type"] == "nullable" else schema


class _Refusal:
    """Refuses every value."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Look at nothing."""
        del source, handler
        return core_schema.no_info_plain_validator_function(_refuse)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Accept nothing."""
        del schema, handler
        return {"not": {}}


class _Finite:
    """Refuses what JSON has no word for, such as NaN, anywhere in a value of any type."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Look at every part of the value."""
        return core_schema.no_info_after_validator_function(_json, handler(source))


def _is_none(value: object) -> bool:
    return value is None


def _refuse(value: object) -> Never:
    del value
    raise PydanticCustomError("refused_field", "The field is refused")


AnyJson: TypeAlias = Annotated[Any, _Finite()]
"""Any value of JSON."""

Boolean: TypeAlias = Annotated[bool, Strict()]
"""`True` or `False`, and no number."""

Integer: TypeAlias = Annotated[int, Whole()]
"""A number without a fraction."""

Number: TypeAlias = Annotated[float, Real()]
"""A finite number."""

Refused: TypeAlias = Annotated[Never, _Refusal()]
"""The value of a field that is refused: there is none."""

Omissible: TypeAlias = Annotated[_Value | None, _Present(), Field(exclude_if=_is_none)]
"""A field that may be absent and not null: None says that it is absent, and is never written."""


def _whole(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


def _boolean(value: object) -> object:
    if not isinstance(value, bool):
        raise PydanticKnownError("bool_type")
    return value


def _without_twins(value: object) -> object:
    if not is_unique([_plain(item) for item in _items(value)]):
        raise PydanticCustomError("unique_items", "List should have no item twice")
    return value


def _items(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, (list, tuple)) else []


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    return value


def _json(value: object) -> object:
    for part in _parts(value):
        if isinstance(part, float) and not math.isfinite(part):
            raise PydanticKnownError("finite_number")
        if part is not None and not isinstance(part, (str, int, float, list, dict)):
            raise PydanticCustomError("json_type", "Input should be a JSON value")
    return value


def _parts(value: object) -> Iterator[object]:
    ahead = [value]
    while ahead:
        part = ahead.pop()
        yield part
        if isinstance(part, dict):
            ahead.extend(cast("dict[str, object]", part).values())
        elif isinstance(part, list):
            ahead.extend(cast("list[object]", part))
