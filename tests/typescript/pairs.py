"""Each function of the run-time code in Python with arguments for it; the one of the same name in `run.mjs` is to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from parlance.check.payload import plain
from parlance.finding.suggestion import question, suggestions
from parlance.runtime.python import lookup, message, operators, text, values, violation
from parlance.runtime.python.violation import Violation

from .json_values import Sampler, whole

__all__ = ["VALUE_PAIRS", "Arguments", "Pair", "collected", "shown"]

Arguments: TypeAlias = "Callable[[Sampler], list[Any]]"
"""One list of arguments at random."""


@dataclass(frozen=True)
class Pair:
    """A function of Python's, and what both languages are asked."""

    function: Callable[..., Any]
    arguments: Arguments
    times: int = 1500

    def cases(self, sampler: Sampler) -> Iterator[list[Any]]:
        """All arguments."""
        return (self.arguments(sampler) for _ in range(self.times))


def shown(fault: Violation) -> list[Any]:
    """All of a violation."""
    return [
        fault.code, fault.severity, fault.pointer, fault.message, fault.help, [*fault.known], fault.on_key, fault.media_type,
    ]  # fmt: skip


def collected(check: Callable[..., None], **names: str) -> Callable[..., list[Any]]:
    """A check as a function that gives what it finds; its bounds come as one object, renamed where names differ."""

    def collect(value: Any, at: str, *others: Any) -> list[Any]:
        found: list[Violation] = []
        *plain_ones, bounds = others if names else (*others, {})
        check(value, at, found, *plain_ones, **{names[key]: one for key, one in bounds.items()})
        return [shown(fault) for fault in found]

    return collect


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
    inside = [*container] if isinstance(container, (list, dict)) else []
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
    import json

    written = json.dumps(sampler.value(), ensure_ascii=sampler.chance(0.5), indent=sampler.choice([None, 1]))
    if sampler.chance(0.5):
        at = sampler.random.randrange(len(written) + 1)
        written = written[:at] + sampler.choice(["", ",", "}", '"', "NaN", "-Infinity", "01", "\x01", "\ufeff", " ", "\\u12"]) + written[at + sampler.random.randrange(2) :]
    return [whole(written) if sampler.chance(0.97) else sampler.value(1)]


def _base64(sampler: Sampler) -> list[Any]:
    signs = "AZaz09+/" if sampler.chance(0.8) else "A=\n-_é😀 "
    data = "".join(sampler.choice(signs) for _ in range(sampler.choice([0, 3, 4, 6, 7, 8])))
    return [data + "=" * sampler.choice([0, 0, 1, 2, 3]) + sampler.choice(["", "", "", "\n"])]


def _data_url(sampler: Sampler) -> list[Any]:
    space = sampler.choice(["", " ", "\t", "\x1c", "\x85", "\ufeff", "\u3000"])
    scheme = sampler.choice(["data:", "DATA:", "Data:", "dat:", "data", "ſdata:"])
    kind = sampler.choice(["image/png", "IMAGE/PNG", "", "ΑΣ/İ", f"a{space * 3}b"])
    rest = sampler.choice([",x", ";base64,QUJD", ",", "", ";a;b,c,d", "\n,"])
    return [whole(scheme + space + kind + space + rest) if sampler.chance(0.95) else sampler.value(1)]


def _pointer(sampler: Sampler, value: Any) -> str:
    pointer = ""
    while isinstance(value, (list, dict)) and value and sampler.chance(0.8):
        key = sampler.choice([*value] if isinstance(value, dict) else [*range(len(value))])
        pointer += f"/{violation.escape(str(key))}"
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
    return [sampler.value(4), [sampler.choice(["*", "a", "type", "a/b", "", "__proto__"]) for _ in range(sampler.random.randrange(4))]]


def _at_key(sampler: Sampler) -> list[Any]:
    container = sampler.value(2)
    inside = [*container] if isinstance(container, dict) else [0, 1, 2, -1, 0.5, True]
    return [container, sampler.choice(inside) if inside and sampler.chance(0.8) else sampler.scalar()]


def _template(sampler: Sampler) -> list[Any]:
    template = "".join(sampler.choice(["{a}", "{b", "}", "{", "{}", "{type}", "{a{b}}", "text ", "é", "{__proto__}"]) for _ in range(5))
    return [template, sampler.object()]


def _typed(sampler: Sampler) -> list[Any]:
    names = ["array", "boolean", "integer", "null", "number", "object", "string", "bool", 1, None]
    types = [sampler.choice(names) for _ in range(sampler.random.randrange(4))]
    return [sampler.value(1), types if sampler.chance(0.5) else sampler.choice(names)]


def _misspelt(sampler: Sampler, word: str) -> str:
    letters = [*word]
    for _ in range(sampler.random.randrange(4)):
        at = sampler.random.randrange(len(letters) + 1)
        match sampler.random.randrange(4):
            case 0:
                letters.insert(at, sampler.choice("aez10.-_é😀"))
            case 1:
                letters[at : at + 1] = []
            case 2:
                letters[at : at + 2] = letters[at : at + 2][::-1]
            case _:
                letters[at : at + 1] = [each.swapcase() for each in letters[at : at + 1]]
    return whole("".join(letters))


_WORDS = [
    "model", "messages", "max_tokens", "temperature", "top_p", "n", "id", "gpt-4.1", "gpt-4o-mini", "gpt-4o", "role", "roles",
    "tool_choice", "tools", "stop", "İd", "straße", "😀key", "ΣΑΣ", "it's", 'say "no"', "a\\b", "\u2028", "x\u00a0y", "",
]  # fmt: skip


def _suggested(sampler: Sampler) -> list[Any]:
    known = [sampler.choice(_WORDS) for _ in range(8)]
    return [_misspelt(sampler, sampler.choice(_WORDS)), [*known, *sampler.array(1)], [sampler.choice(_WORDS) for _ in range(2)]]


def _pointed(*options: Any) -> Arguments:
    return lambda sampler: [sampler.value(2), sampler.choice(["", "/a", "/a/0"]), *(sampler.choice(one) for one in options)]


_TEXT_BOUNDS = [
    {}, {"shortest": 1}, {"shortest": 2, "longest": 3}, {"longest": 1}, {"longest": 0, "expected": "a name"},
    {"pattern": "^[a-z]+$", "search": "^[a-z]+\\Z"}, {"mediaType": "application/json", "expected": "a string or null"},
    {"shortest": 3, "pattern": "é|😀", "search": "é|😀"},
]  # fmt: skip
_KEY_BOUNDS = [bounds for bounds in _TEXT_BOUNDS if "expected" not in bounds]
_NUMBER_BOUNDS = [
    {}, {"least": 0, "most": 2}, {"above": 0.5, "below": 1e-5}, {"step": 0.01}, {"step": 3, "expected": "a count"},
    {"least": -(2**63), "most": 2**63 - 1}, {"above": -1e-7, "step": 1e-5},
]  # fmt: skip


def _text_checked(sampler: Sampler) -> list[Any]:
    value = sampler.text() if sampler.chance(0.8) else sampler.value(1)
    return [value, "/a", sampler.choice(_TEXT_BOUNDS)]


def _key_checked(sampler: Sampler) -> list[Any]:
    return [sampler.text(), "/a", sampler.choice(_KEY_BOUNDS)]


def _number_checked(sampler: Sampler) -> list[Any]:
    value = sampler.number() if sampler.chance(0.8) else sampler.value(1)
    return [value, "/a", sampler.choice(_NUMBER_BOUNDS)]


def _member_checked(sampler: Sampler) -> list[Any]:
    members: list[Any] = sampler.choice([["a", "b"], ["auto"], [1, 2, 3], [f"m{one}" for one in range(20)], ["😀" * 70, "é"]])
    return [sampler.choice(members) if sampler.chance(0.3) else sampler.value(1), "/a", members, "a word or null"]


def _constant_checked(sampler: Sampler) -> list[Any]:
    constant = sampler.choice(["a", "😀", 1, 0, True, False, 0.5])
    return [constant if sampler.chance(0.3) else sampler.value(1), "/a", constant, "that"]


def _resembling(sampler: Sampler) -> list[Any]:
    return [_misspelt(sampler, sampler.choice(_WORDS)), "/a", [*_WORDS]]


def _tagged(sampler: Sampler) -> list[Any]:
    value = sampler.object()
    if sampler.chance(0.5):
        value["type"] = sampler.choice(["a", "b", 1, None])
    return [value, "/a", "type", ["a", "c"]]


def _unknown(sampler: Sampler) -> list[Any]:
    words = [word for word in _WORDS if word]
    keys = [_misspelt(sampler, sampler.choice(words)) for _ in range(4)]
    value = {key: 1 for key in keys if not key.isdigit()}
    fields = [sampler.choice(words) for _ in range(8)]
    foreign = {sampler.choice(words): ["of another server", sampler.choice([None, "leave it out"])]}
    return [value, "/a", fields, sampler.choice(["refuse", "ignore", "keep"]), fields[:2], foreign]


def _check_unknown(value: Any, at: str, fields: list[str], policy: str, refused: list[str], foreign: Any) -> list[Any]:
    found: list[Violation] = []
    violation.check_unknown(value, at, found, frozenset(fields), policy, frozenset(refused), foreign)
    return [shown(fault) for fault in found]


def _missing_expected(at: str, name: str, missing: list[str]) -> list[Any]:
    found: list[Violation] = []
    for each in missing:
        violation.missing_field(each, found, "x")
    violation.missing_field(at, found, name, expected=True)
    return [shown(fault) for fault in found]


def _check_variants(value: Any, at: str) -> list[Any]:
    found: list[Violation] = []
    checks = (
        lambda one, place, faults: violation.check_integer(one, place, faults, least=1),
        lambda one, place, faults: violation.check_member(one, place, faults, ("a", "b"), "a name"),
    )
    violation.check_variants(value, at, found, checks, "a number or a name")
    return [shown(fault) for fault in found]


def _check_array(value: Any, at: str, bounds: Any) -> list[Any]:
    found: list[Violation] = []
    violation.check_array(value, at, found, **bounds)
    return [shown(fault) for fault in found]


def _members(check: Callable[..., None]) -> Callable[..., list[Any]]:
    return lambda value, at, members, *others: collected(check)(value, at, tuple(members), *others)


def _plain(value: Any) -> list[Any]:
    copy, faults, is_whole = plain(value)
    advice = {"pass a finite number, or None": "pass a finite number, or null"}
    return [copy, [[each.code, each.pointer, each.message, advice.get(str(each.help), each.help)] for each in faults], is_whole]


_TEXT_NAMES = {name: name for name in ("shortest", "longest", "pattern", "search", "expected")} | {"mediaType": "media_type"}
_NUMBER_NAMES = {name: name for name in ("least", "most", "above", "below", "step", "expected")}
_COUNT_NAMES = {name: name for name in ("fewest", "most")}

VALUE_PAIRS: dict[str, Pair] = {
    "lengthOf": Pair(len, lambda sampler: [sampler.text(9)]),
    "firstOf": Pair(lambda one, count: one[:count], lambda sampler: [sampler.text(9), sampler.random.randrange(9)]),
    "stripped": Pair(str.strip, lambda sampler: [sampler.text(9)]),
    "lowered": Pair(str.lower, lambda sampler: [sampler.text(9)]),
    "compareText": Pair(lambda left, right: (left > right) - (left < right), lambda sampler: [sampler.text(9), sampler.text(9)]),
    "equal": Pair(operators.equal, _two_alike, 4000),
    "comparable": Pair(lambda left, right: values.comparable(left) == values.comparable(right), _two_alike, 4000),
    "compare": Pair(operators.compare, _compared, 4000),
    "isIn": Pair(lambda one, all_: operators.is_in(one, operators.members(all_)), _contained, 3000),
    "lacksAny": Pair(lambda one, other: operators.lacks_any(operators.members(one), other), lambda sampler: [_contained(sampler)[1], sampler.value(2)]),
    "plus": Pair(operators.plus, _calculated(operators.plus)),
    "minus": Pair(operators.minus, _calculated(operators.minus)),
    "times": Pair(operators.times, _calculated(operators.times)),
    "total": Pair(operators.total, lambda sampler: [[sampler.random.randrange(9999) if sampler.chance(0.7) else sampler.text() for _ in range(9)] if sampler.chance(0.7) else sampler.value()]),
    "size": Pair(operators.size, lambda sampler: [sampler.value()]),
    "without": Pair(operators.without, lambda sampler: [sampler.value(2), sampler.array(1, 9)]),
    "typeName": Pair(operators.type_name, lambda sampler: [sampler.value(2)]),
    "hasType": Pair(operators.has_type, _typed),
    "isMultiple": Pair(values.is_multiple, _multiple, 4000),
    "isUnique": Pair(values.is_unique, lambda sampler: [sampler.array(3, 4)], 4000),
    "string": Pair(text.string, lambda sampler: [sampler.value(1)], 3000),
    "startsWith": Pair(text.starts_with, _texts, 3000),
    "endsWith": Pair(text.ends_with, _texts, 3000),
    "contains": Pair(text.contains, _texts, 3000),
    "isJson": Pair(text.is_json, _json_text, 3000),
    "isJsonObject": Pair(text.is_json_object, _json_text),
    "isBase64": Pair(text.is_base64, _base64),
    "byteSize": Pair(text.byte_size, _base64),
    "mimeType": Pair(text.mime_type, _data_url),
    "dataOf": Pair(text.data_of, _data_url),
    "listed": Pair(message.listed, lambda sampler: [sampler.array(1)]),
    "shown": Pair(message.shown, lambda sampler: [sampler.value(2)], 3000),
    "filled": Pair(message.filled, _template, 3000),
    "get": Pair(lookup.get, lambda sampler: [sampler.value(2), sampler.key()]),
    "hasKey": Pair(lookup.has_key, lambda sampler: [sampler.value(2), sampler.key()]),
    "atKey": Pair(lookup.at_key, _at_key, 3000),
    "items": Pair(lookup.items, lambda sampler: [sampler.value(2)]),
    "entries": Pair(lambda value: [[*pair] for pair in lookup.entries(value)], lambda sampler: [sampler.value(2)]),
    "select": Pair(lambda value, steps: [[*one] for one in lookup.select(value, tuple(steps))], _steps, 3000),
    "find": Pair(lookup.find, _found, 3000),
    "resolves": Pair(lookup.resolves, _resolved, 3000),
    "suggestions": Pair(suggestions, _suggested, 3000),
    "question": Pair(question, lambda sampler: [[sampler.choice(_WORDS) for _ in range(sampler.random.randrange(4))]]),
    "plain": Pair(_plain, lambda sampler: [sampler.value(4)]),
    "wrongType": Pair(collected(violation.wrong_type), _pointed(["a string", "an array or null"], [None, "text/plain"])),
    "missingField": Pair(collected(lambda name, at, found: violation.missing_field(at, found, name)), lambda sampler: [sampler.text(), "/a"]),
    "noVariant": Pair(collected(lambda names, at, found: violation.no_variant(at, found, names)), lambda sampler: [sampler.text(), "/a"], 20),
    "missingExpected": Pair(_missing_expected, lambda sampler: ["/a", sampler.key(), [sampler.choice(["", "/a", "/a/b"]) for _ in range(2)]], 100),
    "checkVariants": Pair(_check_variants, lambda sampler: [sampler.choice(["a", 1, 0, None, sampler.scalar()]), "/a"], 300),
    "checkText": Pair(collected(violation.check_text, **_TEXT_NAMES), _text_checked, 3000),
    "checkInteger": Pair(collected(violation.check_integer, **_NUMBER_NAMES), _number_checked, 3000),
    "checkNumber": Pair(collected(violation.check_number, **_NUMBER_NAMES), _number_checked, 3000),
    "checkBoolean": Pair(collected(violation.check_boolean), _pointed(["a boolean or null"]), 300),
    "checkMember": Pair(_members(violation.check_member), _member_checked),
    "checkResemblance": Pair(_members(violation.check_resemblance), _resembling, 3000),
    "checkConstant": Pair(collected(violation.check_constant), _constant_checked),
    "checkTag": Pair(lambda value, at, tag, members: collected(violation.check_tag)(value, at, tag, tuple(members)), _tagged),
    "checkArray": Pair(_check_array, lambda sampler: [sampler.array(2), "/a", sampler.choice([{}, {"fewest": 2}, {"most": 1}, {"unique": True}])]),
    "checkMap": Pair(collected(violation.check_map, **_COUNT_NAMES), lambda sampler: [sampler.object(), "/a", sampler.choice([{}, {"fewest": 1}, {"fewest": 2, "most": 3}])]),
    "invalidKey": Pair(collected(lambda key, at, found, **bounds: violation.invalid_key(at, found, key, **bounds), **_TEXT_NAMES | {}), _key_checked),
    "refusedField": Pair(collected(lambda name, at, found, *others: violation.refused_field(at, found, name, *others)), lambda sampler: [sampler.key(), "/a", "Acme", "as its reference says"], 100),
    "checkUnknown": Pair(_check_unknown, _unknown, 3000),
}  # fmt: skip
