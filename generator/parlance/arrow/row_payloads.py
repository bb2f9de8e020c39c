"""Arrays of any type to the payload of each row: the bytes of a text, or a decoded value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from .pyarrow_modules import compute, pa

__all__ = ["Payload", "map_column", "payloads", "plain_array", "weighted_payloads"]

Payload: TypeAlias = Any
"""Bytes of JSON text, or any decoded value; None where the row is null."""

_MAKES: TypeAlias = Callable[[Iterator[Payload]], Any]


def _arrow_column(column: Any) -> Any:
    """*column* as an array or a chunked array: that of any library which hands over Arrow's C structs."""
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column
    if hasattr(column, "__arrow_c_stream__"):
        return pa.chunked_array(column)
    if hasattr(column, "__arrow_c_array__"):
        return pa.array(column)
    kind = type(column)
    message = f"a column of Arrow is needed, such as a pyarrow.Array, not {kind.__module__}.{kind.__qualname__}"
    raise TypeError(message)


def map_column(column: Any, make: _MAKES, kind: Any) -> Any:
    """What *make* makes of the payloads of each chunk, as one column of the type *kind*."""
    column = _arrow_column(column)
    if isinstance(column, pa.ChunkedArray):
        return pa.chunked_array([_map_array(chunk, make) for chunk in column.chunks], kind)
    return _map_array(column, make)


def _map_array(array: Any, make: _MAKES) -> Any:
    array = plain_array(array)
    if not pa.types.is_dictionary(array.type):
        return make(payloads(array))
    used = compute.unique(array.indices).drop_null()
    return _map_array(array.dictionary.take(used), make).take(compute.index_in(array.indices, value_set=used))


def weighted_payloads(column: Any) -> Iterator[tuple[Payload, int]]:
    """Each payload, and how many rows have it: a value of a dictionary comes once for each chunk."""
    column = _arrow_column(column)
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        yield from _weighted(plain_array(chunk))


def _weighted(array: Any) -> Iterator[tuple[Payload, int]]:
    if not pa.types.is_dictionary(array.type):
        yield from ((payload, 1) for payload in payloads(array))
        return
    used = compute.value_counts(array.indices.drop_null())
    values = plain_array(array.dictionary.take(used.field("values")))
    yield from zip(payloads(values), used.field("counts").to_pylist(), strict=True)


def plain_array(array: Any, *, decode: bool = False) -> Any:
    """An array without what only says how it is stored; with *decode* without a dictionary, too."""
    while isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_run_end_encoded(array.type):
        return compute.run_end_decode(array)
    return array.dictionary_decode() if decode and pa.types.is_dictionary(array.type) else array


def payloads(array: Any) -> Iterator[Payload]:
    """The payload of each row; one is made after the other."""
    kind = array.type
    if not _is_bytes(kind):
        _check_names(kind)
        yield from map(_value, array)
        return
    for row in array:
        buffer = row.as_buffer()  # of strings, too: their bytes may be no UTF-8
        yield None if buffer is None else buffer.to_pybytes()


def _is_bytes(kind: Any) -> bool:
    types = pa.types
    return any(
        test(kind)
        for test in (
            *(types.is_string, types.is_large_string, types.is_string_view),
            *(types.is_binary, types.is_large_binary, types.is_binary_view, types.is_fixed_size_binary),
        )
    )


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
    if pa.types.is_dictionary(kind) or isinstance(scalar, pa.ExtensionScalar | pa.RunEndEncodedScalar):
        return _value(scalar.value)
    if isinstance(scalar, pa.StringScalar | pa.LargeStringScalar | pa.StringViewScalar):
        return scalar.as_buffer().to_pybytes().decode(errors="surrogateescape")
    return scalar.as_py()
