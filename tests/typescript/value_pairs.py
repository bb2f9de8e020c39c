"""Values, strings and looking into documents, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from parlance.check.payload import plain
from parlance.finding.shape import is_array, is_object
from parlance.finding.suggestion import question, suggestions
from parlance.runtime.python import equality, lookup, message, operators, strings
from parlance.runtime.python.violation import escape

from .json_values import Sampler, whole
from .pairs import WORDS, Arguments, Pair, misspelt

__all__ = ["VALUE_PAIRS"]


def _two_alike(sampler: Sampler) -> list[Any]:
    value = sampler.value()
    return [value, sampler.changed(value)]


def _texts(sampler: Sampler) -> list[Any]:
    whole_text = sampler.text(8)
    start = sampler.random.randrange(len(whole_text) + 1)
    end = sampler.random.randrange(len(whole_text) + 1)
    part = whole_text[start : max(start, end)] if sampler.chance(0.7) else sampler.value(1)
    return [whole_text if sampler.chance(0.9) else sampler.value(1), part]


def _compared(sampler: Sampler) -> list[Any]:
    left = sampler.scalar()
    right = sampler.changed(left) if sampler.chance(0.4) else sampler.scalar()
    return [sampler.choice(["<", "<=", ">", ">="]), left, right]


def _contained(sampler: Sampler) -> list[Any]:
    container = sampler.value(2) if sampler.chance(0.3) else sampler.array(2, sampler.choice([5, 40]))
    inside: list[Any] = [*container] if is_array(container) or is_object(container) else []
    return [sampler.choice(inside) if inside and sampler.chance(0.6) else sampler.scalar(), container]


def _calculated(operation: Callable[[Any, Any], Any]) -> Arguments:
    """Two values of which nothing larger comes than both languages hold exactly."""

    def arguments(sampler: Sampler) -> list[Any]:
        while True:
            pair = [sampler.value(2), sampler.value(2)] if sampler.chance(0.5) else [sampler.number(), sampler.number()]
            result = operation(*pair)
            if not isinstance(result, int) or abs(result) < 2**53:
                return pair

    return arguments


def _multiple(sampler: Sampler) -> list[Any]:
    step = sampler.choice([1, 2, 3, 7, 0.1, 0.01, 0.3, 1e-5, 2.5, 1e-300, 5e-324, 1e21, 1e300])
    value = sampler.random.randrange(-999, 999) * step if sampler.chance(0.5) else sampler.number()
    rounded = round(value, 12)
    return [int(rounded) if abs(rounded) < 2**53 and rounded == int(rounded) else rounded, step]


def _json_text(sampler: Sampler) -> list[Any]:
    written = json.dumps(sampler.value(), ensure_ascii=sampler.chance(0.5), indent=sampler.choice([None, 1]))
    if sampler.chance(0.5):
        at = sampler.random.randrange(len(written) + 1)
        written = (
            written[:at]
            + sampler.choice(["", ",", "}", '"', "NaN", "-Infinity", "01", "\x01", "\ufeff", " ", "\\u12"])
            + written[at + sampler.random.randrange(2) :]
        )
    return [whole(written) if sampler.chance(0.97) else sampler.value(1)]


def _has_more_than(value: Any, most: int) -> bool:
    return operators.compare(">", operators.size(value), most)


def _has_any(value: dict[str, Any], keys: list[str]) -> bool:
    return not value.keys().isdisjoint(keys)


def _base64(sampler: Sampler) -> list[Any]:
    signs = "AZaz09+/" if sampler.chance(0.8) else "A=\n-_é😀 "
    data = "".join(sampler.choice(signs) for _ in range(sampler.choice([0, 3, 4, 6, 7, 8, 254, 256, 300])))
    return [data + "=" * sampler.choice([0, 0, 1, 2, 3]) + sampler.choice(["", "", "", "\n"])]


def _data_url(sampler: Sampler) -> list[Any]:
    space = sampler.choice(["", " ", "\t", "\x1c", "\x85", "\ufeff", "\u3000"])
    scheme = sampler.choice(["data:", "DATA:", "Data:", "dat:", "data", "\u017fdata:"])
    kind = sampler.choice(["image/png", "IMAGE/PNG", "", "ΑΣ/İ", f"a{space * 3}b"])
    rest = sampler.choice([",x", ";base64,QUJD", ",", "", ";a;b,c,d", "\n,"])
    return [whole(scheme + space + kind + space + rest) if sampler.chance(0.95) else sampler.value(1)]


def _pointer(sampler: Sampler, value: Any) -> str:
    pointer = ""
    while (is_array(value) or is_object(value)) and value and sampler.chance(0.8):
        key: Any = sampler.choice([*value] if is_object(value) else [*range(len(value))])
        pointer += f"/{escape(str(key))}"
        value = value[key]
    return pointer + sampler.choice(["", "", "", "/0", "/00", "/٣", "/-1", "/x", "/", "/99999999999999999999"])


def _found(sampler: Sampler) -> list[Any]:
    value = sampler.value(4)
    return [value, whole(_pointer(sampler, value))]


def _resolved(sampler: Sampler) -> list[Any]:
    value = sampler.value(4)
    beginning = sampler.choice(["#", "#", "#", "", "#a", "a#"])
    return [whole(beginning + _pointer(sampler, value)) if sampler.chance(0.95) else sampler.value(1), value]


def _steps(sampler: Sampler) -> list[Any]:
    return [
        sampler.value(4),
        [sampler.choice(["*", "a", "type", "a/b", "", "__proto__"]) for _ in range(sampler.random.randrange(4))],
    ]


def _at_key(sampler: Sampler) -> list[Any]:
    container = sampler.value(2)
    inside: list[Any] = [*container] if is_object(container) else [0, 1, 2, -1, 0.5, True]
    return [container, sampler.choice(inside) if inside and sampler.chance(0.8) else sampler.scalar()]


def _template(sampler: Sampler) -> list[Any]:
    template = "".join(
        sampler.choice(["{a}", "{b", "}", "{", "{}", "{type}", "{a{b}}", "text ", "é", "{__proto__}"]) for _ in range(5)
    )
    return [template, sampler.object()]


def _typed(sampler: Sampler) -> list[Any]:
    names = ["array", "boolean", "integer", "null", "number", "object", "string", "bool", 1, None]
    types = [sampler.choice(names) for _ in range(sampler.random.randrange(4))]
    return [sampler.value(1), types if sampler.chance(0.5) else sampler.choice(names)]


def _suggested(sampler: Sampler) -> list[Any]:
    known = [sampler.choice(WORDS) for _ in range(8)]
    return [
        misspelt(sampler, sampler.choice(WORDS)),
        [*known, *sampler.array(1)],
        [sampler.choice(WORDS) for _ in range(2)],
    ]


def _plain(value: Any) -> list[Any]:
    copy, faults, is_whole = plain(value)
    return [copy, [[each.code, each.pointer, each.message, each.help] for each in faults], is_whole]


def _first(whole_text: str, count: int) -> str:
    return whole_text[:count]


def _order(left: str, right: str) -> int:
    return (left > right) - (left < right)


def _are_comparable(left: Any, right: Any) -> bool:
    return equality.comparable(left) == equality.comparable(right)


def _is_in(value: Any, container: Any) -> bool:
    return operators.is_in(value, operators.members(container))


def _entries(value: Any) -> list[Any]:
    return [[*pair] for pair in lookup.entries(value)]


def _select(value: Any, steps: list[str]) -> list[Any]:
    return [[*place] for place in lookup.select(value, tuple(steps))]


VALUE_PAIRS: dict[str, Pair] = {
    "lengthOf": Pair(len, lambda sampler: [sampler.text(9)]),
    "firstOf": Pair(_first, lambda sampler: [sampler.text(9), sampler.random.randrange(9)]),
    "stripped": Pair(str.strip, lambda sampler: [sampler.text(9)]),
    "lowered": Pair(str.lower, lambda sampler: [sampler.text(9)]),
    "compareText": Pair(_order, lambda sampler: [sampler.text(9), sampler.text(9)]),
    "equal": Pair(operators.equal, _two_alike, 3000),
    "comparable": Pair(_are_comparable, _two_alike, 3000),
    "compare": Pair(operators.compare, _compared, 3000),
    "isIn": Pair(_is_in, _contained, 2000),
    "isOneOf": Pair(_is_in, lambda sampler: [sampler.value(1), [sampler.text() for _ in range(3)]]),
    "hasMoreThan": Pair(_has_more_than, lambda sampler: [sampler.value(2), sampler.random.randrange(4)], 2000),
    "hasAny": Pair(_has_any, lambda sampler: [sampler.object(), [sampler.key() for _ in range(3)]]),
    "lacksAny": Pair(
        operators.lacks_any,
        lambda sampler: [_contained(sampler)[1], sampler.value(2)],
    ),
    "plus": Pair(operators.plus, _calculated(operators.plus)),
    "minus": Pair(operators.minus, _calculated(operators.minus)),
    "times": Pair(operators.times, _calculated(operators.times)),
    "total": Pair(
        operators.total,
        lambda sampler: [
            [sampler.random.randrange(9999) if sampler.chance(0.7) else sampler.text() for _ in range(9)]
            if sampler.chance(0.7)
            else sampler.value()
        ],
    ),
    "size": Pair(operators.size, lambda sampler: [sampler.value()]),
    "without": Pair(operators.without, lambda sampler: [sampler.value(2), sampler.array(1, 9)]),
    "typeName": Pair(operators.type_name, lambda sampler: [sampler.value(2)]),
    "hasType": Pair(operators.has_type, _typed),
    "isMultiple": Pair(equality.is_multiple, _multiple, 3000),
    "isUnique": Pair(equality.is_unique, lambda sampler: [sampler.array(3, 4)], 3000),
    "string": Pair(strings.string, lambda sampler: [sampler.value(1)], 2000),
    "startsWith": Pair(strings.starts_with, _texts, 2000),
    "endsWith": Pair(strings.ends_with, _texts, 2000),
    "contains": Pair(strings.contains, _texts, 2000),
    "isJson": Pair(strings.is_json, _json_text, 2000),
    "isJsonObject": Pair(strings.is_json_object, _json_text),
    "isBase64": Pair(strings.is_base64, _base64),
    "byteSize": Pair(strings.byte_size, _base64),
    "mimeType": Pair(strings.mime_type, _data_url),
    "dataOf": Pair(strings.data_of, _data_url),
    "listed": Pair(message.listed, lambda sampler: [sampler.array(1)]),
    "shown": Pair(message.shown, lambda sampler: [sampler.value(2)], 2000),
    "filled": Pair(message.filled, _template, 2000),
    "get": Pair(lookup.get, lambda sampler: [sampler.value(2), sampler.key()]),
    "hasKey": Pair(lookup.has_key, lambda sampler: [sampler.value(2), sampler.key()]),
    "atKey": Pair(lookup.at_key, _at_key, 2000),
    "items": Pair(lookup.items, lambda sampler: [sampler.value(2)]),
    "entries": Pair(_entries, lambda sampler: [sampler.value(2)]),
    "select": Pair(_select, _steps, 2000),
    "find": Pair(lookup.find, _found, 2000),
    "resolves": Pair(lookup.resolves, _resolved, 2000),
    "suggestions": Pair(suggestions, _suggested, 2000),
    "question": Pair(question, lambda sampler: [[sampler.choice(WORDS) for _ in range(sampler.random.randrange(4))]]),
    "plain": Pair(_plain, lambda sampler: [sampler.value(4)]),
}
