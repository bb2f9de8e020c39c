"""What every model is: a JSON object that says which of its fields were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_serializer
from pydantic_core import PydanticKnownError, PydanticUndefined

from .model_types import AnyJson

if TYPE_CHECKING:
    from pydantic.config import ExtraValues

__all__ = ["ClosedRecord", "OpenRecord", "PartialRecord", "count_fields"]

_Model = TypeVar("_Model", bound=BaseModel)


class ClosedRecord(BaseModel):
    """A JSON object that has no field beyond the known ones."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
    )

    _bases: ClassVar[frozenset[str]] = frozenset({"OpenRecord", "PartialRecord"})
    """What is no model itself; where all is one module, its name does not tell."""

    _constants: ClassVar[dict[str, Any]] = {}
    """The required fields that have one value each: a constructor gives it, a document must."""

    if not TYPE_CHECKING:

        def __init__(self, **data: Any) -> None:
            given = {name: each for name, each in self._constants.items() if name not in data}
            super().__init__(**given, **data)

        # What is read from a document does not go through a constructor.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Let documents have no defaults, and adapters build what they need at once."""
        if cls.__module__ == __name__ and cls.__name__ in cls._bases:
            return
        # FastAPI knows which warnings it has to hold back while it builds an adapter, not later.
        cls.model_config = {**cls.model_config, "defer_build": False}
        if not {ClosedRecord, OpenRecord, PartialRecord}.intersection(cls.__bases__):
            return
        fields = cls.__pydantic_fields__
        defaults = {name: field.default for name, field in fields.items()}
        constants = {name: value for name, value in defaults.items() if _is_constant(value)}
        for name in constants:
            fields[name].default = PydanticUndefined
        cls._constants = {**cls._constants, **constants}

    @classmethod
    def model_validate_json(
        cls,
        json_data: str | bytes | bytearray,
        *,
        strict: bool | None = None,
        extra: ExtraValues | None = None,
        context: Any | None = None,
        by_alias: bool | None = None,
        by_name: bool | None = None,
    ) -> Self:
        """Read JSON, in which a field has its name on the wire only."""
        by_wire = by_alias is None and by_name is None
        return super().model_validate_json(
            json_data,
            strict=strict,
            extra=extra,
            context=context,
            by_alias=True if by_wire else by_alias,
            by_name=False if by_wire else by_name,
        )

    if not TYPE_CHECKING:
        # Without a type of what it returns, schemas show the fields.
        @model_serializer(mode="wrap")
        def _write_given(self, write, info):  # noqa: ANN001, ANN202
            """Write what was given, and no more: null is not the same as absent."""
            written = write(self)
            if info.exclude_unset or not isinstance(self, ClosedRecord):
                return written
            fields = type(self).__pydantic_fields__
            for name in fields.keys() - self.__pydantic_fields_set__:
                written.pop(name if info.by_alias is False else fields[name].alias or name, None)
            return written


class OpenRecord(ClosedRecord):
    """A JSON object that may have more fields, which are kept."""

    if not TYPE_CHECKING:
        __pydantic_extra__: dict[str, AnyJson]

    model_config = ConfigDict(extra="allow")


class PartialRecord(ClosedRecord):
    """A JSON object that may have more fields, which are left out."""

    model_config = ConfigDict(extra="ignore")


def _is_constant(default: object) -> bool:
    return default is not None and default is not PydanticUndefined


def count_fields(model: _Model, minimum: int = 0, maximum: int | None = None) -> _Model:
    """Refuse a model to which too few or too many fields were given, and return any other."""
    count = len(model.model_fields_set)
    if count < minimum:
        limit = {"field_type": "Object", "min_length": minimum, "actual_length": count}
        raise PydanticKnownError("too_short", limit)
    if maximum is not None and count > maximum:
        limit = {"field_type": "Object", "max_length": maximum, "actual_length": count}
        raise PydanticKnownError("too_long", limit)
    return model
