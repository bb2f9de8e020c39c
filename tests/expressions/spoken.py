"""The expressions that the spec's rules and rows of models are made of, with documents that they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parlance.contract.expression import Expression, names, parse
from parlance.finding.shape import is_array, is_object
from parlance.folders import spec_folder
from parlance.spec.reading import read_list

from .engines import NAMES

__all__ = ["Spoken", "spoken"]

_KEYS = frozenset(
    {
        "when",
        "assert",
        "needs",
        "where",
        "key",
        "to-key",
        "measure",
        "symbol",
        "ids",
        "id",
        "value",
        "replace",
        "append",
    }
)
"""Of a rule, whose values are expressions; so are all of `let`."""

_IN_ROWS = frozenset({"reasoning", "unless"})


@dataclass(frozen=True)
class Spoken:
    """One expression, as the spec has it."""

    where: str
    text: str
    expression: Expression
    let: tuple[tuple[str, Expression], ...]
    """What the rule binds before, in order."""

    documents: tuple[Any, ...]
    """The rule's examples."""


def spoken() -> list[Spoken]:
    """Every expression of the spec that CEL can say; the same one is there once for each rule."""
    made: dict[tuple[str, str], Spoken] = {}
    rules = [rule for path in sorted((spec_folder() / "rules").glob("*.yaml")) for rule in read_list(path)]
    for rule in rules:
        let = tuple((name, parse(text)) for name, text in rule.get("let", {}).items())
        examples = _documents(rule)
        documents = _plain(line for each in examples for line in (each if rule.get("scope") == "file" else [each]))
        reported = {key: value for key, value in rule.items() if key not in {"examples", "server", "sources"}}
        for text in _texts(reported, _KEYS):
            made[rule["code"], text] = Spoken(rule["code"], text, parse(text), let, documents)
    about = _plain(each for rule in rules if rule["kind"] == "capability" for each in _documents(rule))
    for path in sorted((spec_folder() / "models").glob("*.yaml")):
        for row in read_list(path):
            for text in _texts({key: row[key] for key in ("reasoning", "fields") if key in row}, _IN_ROWS):
                made[path.stem, text] = Spoken(path.stem, text, parse(text), (), about)
    return [each for each in made.values() if {*names(each.expression)} <= {*NAMES, *dict(each.let)}]


def _documents(rule: Mapping[str, Any]) -> list[Any]:
    return [each["document"] for kind in ("bad", "good") for each in rule["examples"][kind]]


def _plain(documents: Iterable[Any]) -> tuple[Any, ...]:
    """The same without places, which engines do not know what to do with."""
    return tuple(json.loads(json.dumps(each)) for each in documents)


def _texts(value: Any, keys: frozenset[str]) -> Iterator[str]:
    """The expressions below *value*."""
    if is_array(value):
        for item in value:
            yield from _texts(item, keys)
    elif is_object(value):
        for key, item in value.items():
            if key == "let":
                yield from item.values()
            elif key in keys and isinstance(item, str):
                yield item
            else:
                yield from _texts(item, keys)
