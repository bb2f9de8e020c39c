"""A dialect whose validators and rules find anything anywhere: what no generated one says may still be composed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from parlance.check.dialect import Dialect
from parlance.finding.shape import is_array, is_object
from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.rule import Rule
from parlance.runtime.python.violation import Violation

__all__ = ["broken_text", "random_dialect", "random_document", "text_dialect"]

_FIELDS = ("model", "items", "body", "object", "count")
_NAMES = (*_FIELDS, "modle", "itens", "bodi", "a/b~c", "x")
_TEXTS = ("", "1", "true", "{}", "[1, 2]", '{"a": 1, "a": 2}', "modell", "x", "chat", "{'a': 1}", "[1,", "0.50", "\n")
_SCALARS = (None, True, False, 0, 1, 0.5, 0.00001, 123456789012345678, *_TEXTS)

_RULES = {
    code: Rule(code, code.lower(), severity, "", "", "", explains=explains, inside=inside)
    for code, severity, explains, inside in (
        ("PAR201", "error", False, False),
        ("PAR202", "warning", False, False),
        ("PAR203", "info", False, False),
        ("PAR204", "error", True, False),
        ("PAR205", "info", True, False),
        ("PAR206", "error", False, True),
        ("PAR207", "warning", False, True),
    )
}


def random_document(random: Random, depth: int = 0) -> Any:
    """An object, mostly, of a few fields, rightly spelt or not."""
    size = random.randrange(4 if depth else 6)
    match random.choice("ooas" if depth < 3 else "s") if depth else random.choice("oooooooooas"):
        case "o":
            return {random.choice(_NAMES): random_document(random, depth + 1) for _ in range(size)}
        case "a":
            return [random_document(random, depth + 1) for _ in range(size % 3)]
        case _:
            return random.choice(_SCALARS)


def random_dialect(seed: int) -> Dialect:
    """A dialect whose artifacts stand in each other and have forms."""
    random = Random(seed)  # noqa: S311 - no secret
    artifacts = [
        _artifact(random, "request"),
        _artifact(
            random, "line", embeds=(("/body", "request"), ("/items", "tune"), ("/count", "nothing")), is_line=True
        ),
        _artifact(random, "tune", is_line=True),
        _artifact(random, "tune-two", is_line=True, variant_of="tune"),
        _artifact(random, "tune-three", variant_of="tune"),
        _artifact(random, "error"),
    ]
    lints = {one.name: _finder(random.random(), _rule_violations) for one in artifacts}
    errors = {name: _of_errors(find) for name, find in lints.items()}
    return Dialect(f"random-{seed}", {one.name: one for one in artifacts}, lints, _RULES, errors=errors)


def _artifact(random: Random, name: str, **others: Any) -> Artifact:
    check = _finder(random.random(), _structure_violations)
    required = random.sample(_FIELDS, random.randrange(1, 4))
    constants: dict[str, tuple[str | int | float | bool, ...]] = {"object": ("chat", "x")}
    return Artifact(
        name,
        lambda value: iter(check(value)),
        lambda value: all(one.severity != "error" for one in check(value)),
        frozenset(required),
        frozenset([*required, *random.sample(_FIELDS, 2)]),
        constants if random.random() < 0.5 else {},
        **others,
    )


_Find = Callable[[Any], list[Violation]]


def _of_errors(find: _Find) -> _Find:
    return lambda value: [one for one in find(value) if one.severity == "error" or _RULES[one.code].explains]


def _finder(salt: float, violations: Callable[[Random, str, Any], Iterator[Violation]]) -> _Find:
    """What finds faults that depend on the place and the value there, and sometimes on the whole document."""

    def find(value: Any) -> list[Violation]:
        found: list[Violation] = []
        whole = zlib.crc32(json.dumps(value).encode()) % 3
        for pointer, each in _places(value, ""):
            text = json.dumps(each)
            key = f"{salt} {pointer} {text if len(text) < 12 else type(each)}"
            for seed in (key, f"{key} {whole}"):
                found += violations(Random(zlib.crc32(seed.encode())), pointer, each)  # noqa: S311 - no secret
        return found

    return find


def _places(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    yield at, value
    items = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for key, item in items:
        yield from _places(item, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _structure_violations(random: Random, at: str, value: Any) -> Iterator[Violation]:
    if random.random() < 0.75:
        return
    code = random.choice(
        (
            "PAR103",
            "PAR103",
            "PAR105",
            "PAR118",
            "PAR125",
            *(("PAR101", "PAR102", "PAR122", "PAR120") if is_object(value) else ()),
        )
    )
    severity = "warning" if code in ("PAR120", "PAR122", "PAR125") or random.random() < 0.1 else "error"
    advice = random.choice((None, None, None, "do otherwise"))
    match code:
        case "PAR101" | "PAR120":
            yield Violation(code, f"{at}/{random.choice(_FIELDS)}", "absent", severity=severity)
        case "PAR102" | "PAR122":
            for key in [key for key in value if "/" not in key][:2]:
                yield Violation(code, f"{at}/{key}", "unknown", _FIELDS, severity, advice)
        case "PAR103":
            media_type = random.choice((None, None, "application/json"))
            yield Violation("PAR104" if value is None else code, at, "wrong", severity=severity, media_type=media_type)
        case _:
            known = random.choice(((), ("model", "models", 1)))
            yield Violation(code, at, "other", known, severity, advice, on_key=random.random() < 0.5)


def _rule_violations(random: Random, at: str, value: Any) -> Iterator[Violation]:
    if random.random() < 0.75:
        return
    rule = random.choice([*_RULES.values()])
    pointer = f"{at}/{random.choice(_NAMES[:-2])}" if is_object(value) and random.random() < 0.5 else at
    yield Violation(rule.code, pointer, rule.name, (), rule.severity, random.choice((None, "do so")))


def text_dialect() -> Dialect:
    """A dialect whose only artifact is an array of strings, each of which should be JSON."""

    def find(value: Any) -> list[Violation]:
        return [Violation("PAR206", f"/{index}", "no JSON") for index, _ in enumerate(value)]

    artifact = Artifact("texts", lambda _: iter(()), lambda _: True, frozenset(), frozenset(), {})
    return Dialect("texts", {"texts": artifact}, {"texts": find}, _RULES, errors={"texts": find})


_LETTERS = "{}[]:,\"'\\/#+-.0123456789eEtrufalsnNI _ax\n\t\r\0\u00e9\u2028\u201c\u00a0\ufeff\u0301\u00b2\U0001f600"
_SOURCES = (
    '{"a": [1, -2.5e3, true, null], "b": {"c": "d\\n\\u00e9\\ud83d\\ude00"}, "a": 1}',
    '{"city": "Paris",\n "days": [1, 2, 3], "note": "say \\"hi\\""}',
    '[[[[]]], {}, "", false, 0]',
    '"\\ud800"',
    "-0.0e-1",
    "[1e999, NaN, -Infinity, 00, 1., .5, +1]",
    "{'a': None, b: undefined, // c\n}",
)


def broken_text(random: Random) -> str:
    """A text that is JSON, or nearly."""
    text = random.choice(_SOURCES)
    for _ in range(random.randrange(4)):
        at = random.randrange(len(text) + 1)
        end = at + random.choice((0, 0, 1, 1, 5))
        text = text[:at] + "".join(random.choices(_LETTERS, k=random.randrange(3))) + text[end:]
    return text[: random.randrange(len(text) + 1)] if random.random() < 0.3 else text
