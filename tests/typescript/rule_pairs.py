"""What applies rules, likewise: with the checks, models and keywords of the dialects, as far as they are data."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

import yaml
from parlance.finding.shape import is_object
from parlance.folders import spec_folder
from parlance.runtime.python import capability, checks, keywords, lookup, patterns, rule, sequence
from parlance.runtime.python.violation import Violation
from patterns.sampling import Patterns

from .json_values import Sampler, whole
from .pairs import Arguments, Pair, shown
from .tools import ROOT

__all__ = ["RULE_PAIRS", "SHARED", "generated_patterns"]

_GENERATED = ROOT / "generated" / "python" / "parlance_dialects"
_PATTERN_ARGUMENTS = {"matches": 0, "matches_pattern": 1, "Model": 0}
"""Which argument of a function is a pattern of Python's."""

_SEARCHING = re.compile(r"\b(?:matches|matches_pattern|Model)\(|search=")


def _patterns() -> Iterator[str]:
    texts = [path.read_text("utf-8") for path in sorted(_GENERATED.rglob("*.py"))]
    # Most definitions are the same in several dialects, and in most there is no pattern.
    definitions = dict.fromkeys(one for text in texts for one in text.split("\n\n\n") if _SEARCHING.search(one))
    for node in (node for one in definitions for node in ast.walk(ast.parse(one))):
        if isinstance(node, ast.Call):
            at = _PATTERN_ARGUMENTS.get(node.func.id) if isinstance(node.func, ast.Name) else None
            written = [node.args[at]] if at is not None else []
            written += [each.value for each in node.keywords if each.arg == "search"]
            constants = [each.value for each in written if isinstance(each, ast.Constant)]
            yield from (each for each in constants if isinstance(each, str))


@cache
def generated_patterns() -> list[str]:
    """Every pattern that a generated check searches for."""
    return sorted({*_patterns()})


@cache
def _examples() -> list[Any]:
    """The documents of all examples of rules."""
    texts = [path.read_text("utf-8") for path in sorted((spec_folder() / "rules").glob("*.yaml"))]
    rules = [each for text in texts for each in yaml.load(text, yaml.CSafeLoader)]
    return [
        example["document"]
        for each in rules
        for examples in each.get("examples", {}).values()
        for example in examples
        if "document" in example
    ]


def _document(sampler: Sampler) -> Any:
    document = sampler.choice(_examples())
    for _ in range(sampler.random.randrange(3)):
        document = sampler.changed(document)
    return document


def _facts(one: rule.Rule) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "code": one.code, "name": one.name, "severity": one.severity,
        "message": one.message, "help": one.help, "onKey": one.on_key, "inside": one.inside, "explains": one.explains,
    }  # fmt: skip
    return {key: value for key, value in facts.items() if value is not None}


def _rule(facts: dict[str, Any]) -> rule.Rule:
    named = {"onKey": "on_key"}
    return rule.Rule(summary="", why="", **{named.get(key, key): value for key, value in facts.items()})


_FACTS: dict[str, Any] = {
    "code": "PAR999", "name": "a-fault", "severity": "warning",
    "message": "{symbol} after {before}, {a} and {type}", "help": "say {a}", "onKey": True,
}  # fmt: skip


def _rule_at(facts: dict[str, Any], pointer: str, values: dict[str, Any], known: list[str]) -> list[Any]:
    return shown(_rule(facts).at(pointer, values, tuple(known)))


def _pairs(sampler: Sampler) -> list[Any]:
    ids: list[Any] = ["a", "b", "c", 1, True, ["a"], {"a": 1}]
    steps: list[dict[str, Any]] = []
    for index in range(sampler.random.randrange(12)):
        opens = [sampler.choice([*ids, None]) for _ in range(sampler.random.randrange(4))]
        identity = sampler.choice([*ids, None])
        closes = sampler.chance(0.6)
        given = sampler.choice([opens, opens, opens, None, {"a": 1}])
        steps.append({"pointer": f"/{index}", "index": index, "opens": given, "closes": closes, "identity": identity})
    return [steps]


def _follow_pairs(steps: list[dict[str, Any]]) -> Any:
    names = ("pointer", "index", "opens", "closes", "identity")
    return sequence.follow_pairs([tuple(one[name] for name in names) for one in steps])


def _ordered(sampler: Sampler) -> list[Any]:
    symbols: list[Any] = ["user", "assistant", "tool", None, 1]
    names = ["user", "assistant", "tool"]
    order: dict[str, Any] = {"following": {one: [sampler.choice(names)] for one in names if sampler.chance(0.7)}}
    order |= {end: [sampler.choice(names)] for end in ("first", "last") if sampler.chance(0.5)}
    places = [[f"/{index}", sampler.choice(symbols)] for index in range(sampler.random.randrange(6))]
    return [_FACTS, places, order]


def _check_sequence(facts: dict[str, Any], places: list[Any], order: dict[str, Any]) -> list[Any]:
    found: list[Violation] = []
    first, last = (tuple(order[end]) if end in order else None for end in ("first", "last"))
    following = {symbol: tuple(allowed) for symbol, allowed in order["following"].items()}
    sequence.check_sequence(_rule(facts), [(at, symbol) for at, symbol in places], first, last, following, found)
    return [shown(fault) for fault in found]


@cache
def _generated(name: str) -> Any:
    from importlib import import_module

    return import_module(f"parlance_dialects.{name}.rules")


def _rows(name: str) -> list[dict[str, Any]]:
    """The rows of a dialect's models; what is said of exceptions is a function, in place of which there is another."""
    rows: list[dict[str, Any]] = []
    for row in _generated(name)._MODELS._rows:
        policies: list[dict[str, Any]] = []
        for policy in row.policies:
            facts: dict[str, Any] = {
                "steps": policy.steps, "facts": _facts(policy.rule), "refused": policy.refused, "null": policy.null,
                "excepted": policy.unless is not None, "values": policy.values, "minimum": policy.minimum,
                "maximum": policy.maximum,
            }  # fmt: skip
            policies.append({key: value for key, value in facts.items() if value is not None})
        rows.append({"names": row.names, "title": row.title, "policies": policies, "continues": row.continues})
    return rows


_ROWS = {name: _rows(name) for name in ("openai_2026_11", "kluster_2024_10")}


def _reasons(root: Any) -> bool:
    return lookup.get(root, "reasoning_effort") is not None


def _policy(facts: dict[str, Any]) -> capability.Policy:
    return capability.Policy(
        facts["steps"],
        _rule(facts["facts"]),
        refused=facts["refused"],
        null=facts["null"],
        unless=(lambda _root, reasons: reasons) if facts["excepted"] else None,
        values=facts.get("values"),
        minimum=facts.get("minimum"),
        maximum=facts.get("maximum"),
    )


def _models(rows: list[dict[str, Any]]) -> capability.Models:
    made: list[capability.Model] = []
    for row in rows:
        policies = tuple(_policy(facts) for facts in row["policies"])
        made.append(capability.Model(row["names"], row["title"], policies, _reasons, continues=row["continues"]))
    return capability.Models(*made)


_MODELS = {name: _models(rows) for name, rows in _ROWS.items()}
_NAMES = [
    "gpt-4.1", "gpt-4.1-mini", "gpt-5", "gpt-5.1", "gpt-5-pro", "o1", "o1-mini", "o3-mini",
    "gpt-4o-audio-preview", "chatgpt-4o-latest",
    "gpt-3.5-turbo-0301", "gpt-4-vision-preview", "gpt-4o-search-preview", "dall-e-3", "gpt-4o\n",
    "o3-2025-04-16", "unheard", "",
]  # fmt: skip


def _asked(sampler: Sampler) -> list[Any]:
    name = "openai_2026_11" if sampler.chance(0.8) else "kluster_2024_10"
    document = _document(sampler)
    root = document if is_object(document) else {}
    fields = {step for row in _ROWS[name] for policy in row["policies"] for step in policy["steps"][:1]}
    values: list[Any] = [None, 1, 0, "none", "high", True, [], {"type": "x"}, 9999]
    more = {field: sampler.choice(values) for field in sorted(fields) if sampler.chance(0.15)}
    return [name, sampler.choice([*_NAMES, *_NAMES, *_NAMES, None, 1]), root | more]


def _check_models(dialect: str, name: Any, root: Any) -> list[Any]:
    found: list[Violation] = []
    capability.check_models(_MODELS[dialect], name, root, found)
    return [shown(fault) for fault in found]


def _refused(dialect: str, name: Any, root: Any) -> bool:
    return capability.refused_by_model(_MODELS[dialect], name, root)


def _surveyed(name: str) -> list[dict[str, Any]]:
    """The checks of a dialect's requests, each with a rule that names it."""
    rows: list[dict[str, Any]] = []
    for number, check in enumerate(_generated(name)._REQUEST.checks):
        needs = [one if isinstance(one, str) else [*one] for one in check.needs]
        facts = {**_FACTS, "code": f"C{number}", "message": check.rule.code if check.rule else ""}
        if check.rule:
            facts |= {"severity": check.rule.severity, "explains": check.rule.explains}
        row = {"facts": facts, "isOfOne": check.rule is not None, "needs": needs, "point": check.point}
        rows.append(row | {"reads": sorted(check.reads)})
    return rows


_CHECKS = {name: _surveyed(name) for name in ("openai_2026_11", "atoma_2024_12")}


def _applied(rule_: rule.Rule) -> Callable[[Any, checks.Findings], None]:
    return lambda _document, found: found.append(rule_.at("", {}))


def _checks(rows: list[dict[str, Any]]) -> dict[str, checks.Checks]:
    made: list[checks.Check] = []
    for row in rows:
        one = _rule(row["facts"])
        needs = [each if isinstance(each, str) else tuple(each) for each in row["needs"]]
        made.append(checks.Check(one if row["isOfOne"] else None, _applied(one), *needs))
    every = checks.Checks(*made)
    return {"all": every, "errors": every.errors()}


_MADE = {name: _checks(rows) for name, rows in _CHECKS.items()}


def _survey(dialect: str, kind: str, document: Any) -> list[Any]:
    return [shown(fault) for fault in _MADE[dialect][kind].run(document)]


_ADVICE: dict[str, str] = _generated("openai_2026_11")._MALFORMED_SCHEMA_KEYWORDS._advice


def _kinds() -> dict[str, list[str]]:
    """The keywords of each kind, and some for kinds that no rule has."""
    kinds = {"dependency_map": ["dependencies"], "boolean_map": ["$vocabulary"], "number": ["minimum"]}
    for name, test in _generated("openai_2026_11")._MALFORMED_SCHEMA_KEYWORDS._tests.items():
        kind = "types" if test.__name__ == "_type_names" else test.__name__.removeprefix("_")
        kinds.setdefault(kind, []).append(name)
    return kinds | {"array": ["examples"]}


_KINDS = _kinds()
_KEYWORDS_OF_SCHEMAS = keywords.Keywords(_ADVICE, **{kind: tuple(names) for kind, names in _KINDS.items()})


def _malformed(document: Any) -> list[Any]:
    wrong = rule.Rule("A", "a", "error", "", "", "{keyword}: {expected}, {actual}")
    typed = rule.Rule("B", "b", "error", "", "", "{type}")

    def check_types(root: Any, found: checks.Findings) -> None:
        for schema, path, _depth in found.schemas(lookup.get(root, "schema")):
            if lookup.has_key(schema, "type"):
                found.append(typed.at(f"/schema{path}/type", {"type": schema["type"]}))

    def check_keywords(root: Any, found: checks.Findings) -> None:
        _KEYWORDS_OF_SCHEMAS.check(wrong, lookup.get(root, "schema"), "/schema", found)

    made = checks.Checks(
        checks.Check(typed, check_types, "/schema/**/type", reads=("type",), point="/type"),
        checks.Check(wrong, check_keywords, "/schema"),
    )
    return [shown(fault) for fault in made.run(document)]


_SCHEMA_VALUES: list[Any] = [
    "object", "string", "str", "Strin", "bo", "", "#", "a#b", "a#\n", "name", "1name", "_n\n", True, False,
    None, 0, 3, -1, 0.5, 2.5e300,
    [], ["a"], ["a", "b", "a"], ["a", 1], ["string", "null"], ["string", "x"], ["string", "string"],
    {}, {"a": True}, {"a": 1}, {"a": ["b"]}, {"a": ["b", "b"]}, {"a/b": ["b", 2]},
]  # fmt: skip


_KEYWORDS = [
    *sorted(name for names in _KINDS.values() for name in names),
    *["type", "properties", "items", "anyOf", "$defs", "allOf", "required", "unheard"] * 4,
]


def _schema(sampler: Sampler, depth: int = 4) -> Any:
    """A schema in which much is wrong."""
    schema: dict[str, Any] = {}
    for _ in range(sampler.random.randrange(5)):
        keyword = sampler.choice(_KEYWORDS)
        inner = [_schema(sampler, depth - 1) for _ in range(2)] if depth and sampler.chance(0.35) else []
        options = [inner, {f"p{index}~/": one for index, one in enumerate(inner)}, *inner[:1]]
        schema[keyword] = sampler.choice(options) if inner else sampler.choice(_SCHEMA_VALUES)
    return schema if sampler.chance(0.97) else sampler.choice(_SCHEMA_VALUES)


def _pattern(sampler: Sampler) -> list[Any]:
    """A pattern, or what is like one; JavaScript does not know which names of characters there are."""
    while True:
        pattern = _any_pattern(sampler)
        if not str(patterns.regex_fault(pattern)).startswith("there is no character"):
            return [pattern]


def _any_pattern(sampler: Sampler) -> Any:
    if sampler.chance(0.02):
        return sampler.scalar()
    if sampler.chance(0.5):
        pieces = [
            "(", ")", "(?:", "(?P<a>", "(?P=a)", "(?P<b>", "(?(1)", "(?(a)", "(?(+1)", "(?(1_0)", "(?(٣)",
            "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?#c)",
            "(?i)", "(?x)", "(?i:", "(?-i:", "(?a-x:", "(?aL)", "(?u:", "(?ix-u:", "(?-:", "(?y", "|", "*", "+",
            "?", "??", "{2}", "{2,1}", "{,3}", "{a}", "{99999999999}",
            "[a-z]", "[z-a]", "[^]", "[]]", "[\\d-z]", "[a", "]", "\\d", "\\Z", "\\z", "\\1", "\\2", "\\12",
            "\\377", "\\400", "\\08", "\\x4", "\\x41", "\\u0041",
            "\\U00110000", "\\N{DIGIT ONE}", "\\N", "\\N{", "\\b", "\\é", "\\q", "^", "$", ".", "a", "é", "😀",
            " ", "#", "\n", "\\", "\\\\", "(?x)#(\n", "(?x) # )", "(?x:#[\n)", "(?x)[#]\n(",
        ]  # fmt: skip
        return whole("".join(sampler.choice(pieces) for _ in range(sampler.random.randrange(7))))
    stream = Patterns(Random(sampler.random.random()), legacy=sampler.chance(0.5))  # noqa: S311, nothing is secret
    return whole(stream.one() if sampler.chance(0.7) else stream.failing())


_WORDS = [
    "https://a", "HTTP://", "data:,", "DATA:image/png;base64,x", "abc_DEF-9", "a b", "", "\n", "a\n", "x" * 65,
    "JSON", "json", "/properties/a", "/$defs/b", "/type", "/type/0", "/items/3", "QUJD", "QUI=",
    "text-embedding-3-small", "whisper-1", "gpt-6-sol", "sora-2-pro", "é", "😀", "٣",
]  # fmt: skip


def _searched(sampler: Sampler) -> list[Any]:
    """A pattern of the dialects, with a text like what it matches."""
    words = [*_NAMES, *_WORDS]
    text = sampler.choice(words) + sampler.choice(["", "", "", "\n", "-2024-05-13", "-mini", " ", "x"])
    return [text if sampler.chance(0.97) else sampler.value(1), sampler.choice(generated_patterns())]


def _matches(value: Any, pattern: str) -> bool:
    from parlance.runtime.python.strings import matches_pattern

    return matches_pattern(value, pattern)


def _with_schema(sampler: Sampler) -> list[Any]:
    return [{"schema": _schema(sampler)}]


def _subschemas(schema: Any) -> list[Any]:
    return [[each, path, depth] for each, path, depth in checks.subschemas(schema)]


def _schemas_in(schema: Any) -> list[Any]:
    return [[each, depth] for each, _path, depth in checks.subschemas(schema)]


def _chosen(sampler: Sampler) -> list[Any]:
    return [sampler.choice([*_CHECKS]), sampler.choice(["all", "errors"]), _document(sampler)]


def _as_object(arguments: Arguments) -> Arguments:
    def made(sampler: Sampler) -> list[Any]:
        while True:
            *others, last = arguments(sampler)
            if isinstance(last, dict):
                return [*others, last]

    return made


SHARED: dict[str, Any] = {"models": _ROWS, "checks": _CHECKS, "advice": _ADVICE, "kinds": _KINDS}
"""What many arguments name, and are not to carry with them."""

RULE_PAIRS: dict[str, Pair] = {
    "ruleAt": Pair(_rule_at, lambda sampler: [_FACTS, "/a", sampler.object(), [sampler.text()]]),
    "followPairs": Pair(_follow_pairs, _pairs, 3000),
    "checkSequence": Pair(_check_sequence, _ordered, 2000),
    "checkModels": Pair(_check_models, _asked, 1000),
    "refusedByModel": Pair(_refused, _as_object(_asked), 1000),
    "survey": Pair(_survey, _chosen, 1500),
    "malformed": Pair(_malformed, _with_schema, 2000),
    "rejects": Pair(_KEYWORDS_OF_SCHEMAS.rejects, _as_object(lambda sampler: [_schema(sampler, 1)]), 2000),
    "subschemas": Pair(_subschemas, lambda sampler: [_schema(sampler)], 1000),
    "schemasIn": Pair(_schemas_in, lambda sampler: [_schema(sampler)], 1000),
    "regexFault": Pair(patterns.regex_fault, _pattern, 4000),
    "lookAround": Pair(patterns.look_around, _pattern, 2000),
    "matchesPattern": Pair(_matches, _searched, 4000),
}
