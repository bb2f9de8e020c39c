"""Schemas that use every keyword, what may be done to them, and patterns made of what `re` has an opinion on."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from parlance.finding.shape import is_array, is_object
from parlance.folders import spec_folder
from parlance.spec.reading import read_list

__all__ = ["KINDS", "RIGHT", "WRONG", "drawn_pattern", "drawn_schema", "mutated"]


def _kinds() -> dict[str, str]:
    rules: Any = read_list(spec_folder() / "rules" / "tools.yaml")
    (rule,) = (rule for rule in rules if rule["kind"] == "keywords")
    return {str(name): str(kind if isinstance(kind, str) else kind["is"]) for name, kind in rule["keywords"].items()}


KINDS: dict[str, str] = _kinds()
"""Every keyword of the spec, with the kind of its values."""

RIGHT: dict[str, list[Any]] = {
    "anchor": ["a", "_b-1.c"],
    "array": [[], ["a", 1, None, {"type": "nothing"}]],
    "boolean": [True, False],
    "boolean-map": [{}, {"https://example.com/a": True}],
    "count": [0, 3, 2.0],
    "dependency-map": [{}, {"a": ["b"], "c": {"type": "object"}, "d": True}],
    "identifier": ["https://example.com/a", "a#", ""],
    "name-map": [{}, {"a": [], "b": ["c", "d"]}],
    "names": [[], ["a", "b"]],
    "number": [0, -1.5, 1e300],
    "positive-number": [1, 0.01],
    "schema": [True, False, {}, {"type": "string"}],
    "schema-map": [{}, {"a": True, "required": {"type": "integer"}}],
    "schemas": [[True], [{"type": "string"}, {}]],
    "string": ["", "a"],
    "types": ["object", ["string", "null"]],
}
"""Values of each kind."""

WRONG: dict[str, list[Any]] = {
    "anchor": ["1", "", 1, None, ["a"]],
    "array": ["a", {}, None, True],
    "boolean": ["true", 1, None, []],
    "boolean-map": [[], {"a": 1}, {"a": None}, "a"],
    "count": ["3", -1, 1.5, True, None, [1]],
    "dependency-map": [[], {"a": "b"}, {"a": [1]}, {"a": None}],
    "identifier": ["a#b", 1, None],
    "name-map": [[], {"a": "b"}, {"a": ["b", "b"]}, {"a": {}}],
    "names": [True, False, "a", None, {}, [1], ["a", "a"], [["a"]]],
    "number": ["1", True, None, [], {}],
    "positive-number": [0, -1, "1", True, None],
    "schema": ["string", 1, None, [], [{}]],
    "schema-map": [[], "a", None, True, {"a": "string"}, {"a": None}, {"a": [{}]}],
    "schemas": [[], {}, {"a": {}}, ["string"], [None], True],
    "string": [1, True, None, [], {"a": "b"}],
    "types": ["str", "String", "", [], ["string", "str"], ["null", "null"], [1], 1, None, {}, True],
}
"""Values that are of no such kind."""

_JUNK: list[Any] = [value for values in (*RIGHT.values(), *WRONG.values()) for value in values]


def drawn_schema(random: Random, depth: int = 3) -> dict[str, Any]:
    """A schema of a few keywords with values of their kinds, some of which are such schemas."""
    schema: dict[str, Any] = {}
    for name in random.sample([*KINDS], random.randint(0, 4)):
        kind = KINDS[name]
        if depth and random.random() < 0.6:
            schema[name] = _deeper(kind, random, depth - 1)
        else:
            schema[name] = copy.deepcopy(random.choice(RIGHT[kind]))
    return schema


def _deeper(kind: str, random: Random, depth: int) -> Any:
    match kind:
        case "schema":
            return drawn_schema(random, depth)
        case "schemas":
            return [drawn_schema(random, depth) for _ in range(random.randint(1, 2))]
        case "schema-map" | "dependency-map":
            return {random.choice(["a", "type", "x/y~"]): drawn_schema(random, depth)}
        case _:
            return copy.deepcopy(random.choice(RIGHT[kind]))


def mutated(schema: dict[str, Any], random: Random) -> dict[str, Any]:
    """A copy of *schema* with one change: another value, another keyword, one more or one less."""
    changed = copy.deepcopy(schema)
    holder = random.choice([*_holders(changed)])
    value = copy.deepcopy(random.choice(_JUNK))
    if is_array(holder):
        if holder and random.random() < 0.7:
            holder[random.randrange(len(holder))] = value
        else:
            holder.append(value)
    elif holder and random.random() < 0.5:
        key = random.choice([*holder])
        if random.random() < 0.2:
            del holder[key]
        else:
            holder[key] = value
    else:
        holder[random.choice([*KINDS, "x-other", "const", "default", "a"])] = value
    return changed


def _holders(value: Any) -> Iterator[Any]:
    if is_object(value) or is_array(value):
        yield value
        for each in value.values() if is_object(value) else value:
            yield from _holders(each)


_PIECES = [
    *("a", "b", "é", ".", "^", "$", "|", "*", "+", "?", "{", "}", ",", "1", "9", "-", " ", "\n", "#"),
    *("<", ">", "=", "!", ":"),
    *("{2}", "{2,}", "{,3}", "{3,2}", "{4294967295}", "[", "]", "[^", "[a-z]", "[z-a]", r"[\d-a]", "&&", "--"),
    *("(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?#", "(?", "(?P", "(?P<n>", "(?P<m>", "(?P=n)", "(?<n>"),
    *("(?(1)", "(?(n)", "(?(2)", "(?i)", "(?x)", "(?i:", "(?-i:", "(?a-i:", "(?L)", "(?au)", "(?ms-x:"),
    *("\\", r"\d", r"\p", r"\p{L}", r"\1", r"\2", r"\10", r"\012", r"\400", r"\8", r"\x4", r"\x41"),
    *(r"\u0041", r"\U00110000", r"\N{DASH}", r"\N{EM DASH}", r"\b", r"\B", r"\A", r"\Z", r"\z", r"\é", r"\-", r"\]"),
    *("P", "n", "i", "x"),
]


def drawn_pattern(random: Random) -> str:
    """A pattern, of which about a quarter compile."""
    text = "".join(random.choice(_PIECES) for _ in range(random.randint(1, random.choice([3, 6, 12]))))
    if random.random() < 0.5:
        text += ")" * max(0, text.count("(") - text.count(")"))
    return text
