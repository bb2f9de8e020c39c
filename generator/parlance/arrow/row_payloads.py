"""Arrays of any type to the payload of each row: the bytes of a text, or a decoded value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from .pyarrow_modules import compute, pa

__all__ = ["Payload", "map_column", "payloads", "weighted_payloads"]

Payload: TypeAlias = Any
"""Bytes of JSON text, or any decoded value; None where the row is null."""

_MAKES: TypeAlias = Callable[[Iterator[Payload]], Any]


_STRINGS: Any = (pa.StringScalar, pa.LargeStringScalar, pa.StringViewScalar)
_BYTES: Any = (
    *(pa.BinaryScalar, pa.LargeBinaryScalar, pa.BinaryViewScalar, pa.FixedSizeBinaryScalar),
    *_STRINGS,
)
_WRAPPERS: Any = (pa.DictionaryScalar, pa.ExtensionScalar, pa.RunEndEncodedScalar, pa.UnionScalar)
"""Scalars of types that only say how a value is stored, or which of several it is."""


def _arrow_column(column: Any) -> Any:
    """*column* as an array or a chunked array: that of any library which hands over Arrow's C structs."""
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column
    if hasattr(column, "__arrow_c_stream__"):
        return pa.chunked_array(column)
    if hasattr(column, "__arrow_c_array__"):
        return pa.array(column)
    message = f"a column of Arrow is needed, such as a pyarrow.Array, not {_type_name(column)}"
    raise TypeError(message)


def _type_name(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def map_column(column: Any, make: _MAKES, kind: Any) -> Any:
    """What *make* makes of the payloads of each chunk, as one column of the type *kind*."""
    column = _arrow_column(column)
    if isinstance(column, pa.ChunkedArray):
        return pa.chunked_array([_map_array(chunk, make) for chunk in column.chunks], kind)
    return _map_array(column, make)


def _map_array(array: Any, make: _MAKES) -> Any:
    array = _storage(array)
    if not pa.types.is_dictionary(array.type):
        return make(payloads(array))
    # Values are looked up one by one, for not every type has a kernel that takes some of them: views have none.
    used = compute.unique(array.indices).drop_null()
    found = make(_payload(array.dictionary[index]) for index in used.to_pylist())
    return found.take(compute.index_in(array.indices, value_set=used))


def weighted_payloads(column: Any) -> Iterator[tuple[Payload, int]]:
    """Each payload, and how many rows have it: a value of a dictionary comes once for each chunk."""
    column = _arrow_column(column)
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        array = _storage(chunk)
        if pa.types.is_dictionary(array.type):
            used = compute.value_counts(array.indices.drop_null()).to_pylist()
            yield from ((_payload(array.dictionary[each["values"]]), each["counts"]) for each in used)
        else:
            yield from ((payload, 1) for payload in payloads(array))


def _storage(array: Any) -> Any:
    """What an array of an extension type is stored as."""
    while isinstance(array, pa.ExtensionArray):
        array = array.storage
    return array


def payloads(array: Any) -> Iterator[Payload]:
    """The payload of each row; one is made after the other."""
    _check_names(array.type)
    return map(_payload, array)


def _payload(scalar: Any) -> Payload:
    """The bytes of a text, which may be no UTF-8 whatever the type says; or a decoded value."""
    if isinstance(scalar, _BYTES):
        buffer = scalar.as_buffer()
        return None if buffer is None else buffer.to_pybytes()
    if isinstance(scalar, _WRAPPERS):
        return _payload(scalar.value) if scalar.is_valid else None
    return _value(scalar)


def _check_names(kind: Any) -> None:
    """Refuse a struct with two fields of one name, of which no object could have both."""
    if pa.types.is_struct(kind):
        names = [kind.field(index).name for index in range(kind.num_fields)]
        if repeated := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"the struct has more than one field {min(repeated)!r}")
    for index in range(kind.num_fields):
        _check_names(kind.field(index).type)


def _value(scalar: Any) -> Payload:
    """A scalar as JSON has it. A field of a struct that is null is left out: Arrow has no other word for absent."""
    if not scalar.is_valid:
        return None
    kind = scalar.type
    if pa.types.is_struct(kind):
        return {name: _value(value) for name, value in scalar.items() if value.is_valid}
    if pa.types.is_map(kind):
        return {_value(entry["key"]): _value(entry["value"]) for entry in scalar.values}
    if hasattr(scalar, "values") and isinstance(scalar.values, pa.Array):  # a list of any width
        return [_value(item) for item in scalar.values]
    if isinstance(scalar, _WRAPPERS):
        return _value(scalar.value)
    if isinstance(scalar, _STRINGS):
        return scalar.as_buffer().to_pybytes().decode(errors="surrogateescape")
    return scalar.as_py()
