"""The documents of rules as one JSON file: what strategies grow theirs from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...contract.ir import Contract, JsonValue
from ..json_text import json_line

__all__ = ["examples_file"]

_KEYS = {
    "document": ("good", "bad"),
    "stream": ("good_streams", "bad_streams"),
    "exchange": ("good_exchanges", "bad_exchanges"),
}
"""Where the examples of rules stand in the file, by what the rules are about."""


def examples_file(contracts: Iterable[Contract]) -> str:
    """The text of the file: each document once, and which of them each dialect takes for what."""
    numbers: dict[str, int] = {}
    dialects: dict[str, JsonValue] = {}
    for contract in contracts:
        known: dict[str, Any] = {artifact.name: {"good": [], "bad": []} for artifact in contract.artifacts}
        for rule in contract.rules:
            if rule.scope not in _KEYS or rule.artifact not in known:
                continue
            good, bad = (known[rule.artifact].setdefault(key, []) for key in _KEYS[rule.scope])
            good += [_number(example.document, numbers) for example in rule.good if example.request is None]
            bad += [
                [rule.code, pointer, _number(example.document, numbers)]
                for example in rule.bad
                for pointer in example.at
                if example.request is None
            ]
        for artifact in known.values():
            for good in artifact.keys() & {key for key, _ in _KEYS.values()}:
                artifact[good] = [*dict.fromkeys(artifact[good])]
        dialects[contract.dialect] = known
    lines = ",\n".join(numbers)
    rows = ",\n".join(f"{json_line(name)}: {json_line(known)}" for name, known in dialects.items())
    return f'{{"documents": [\n{lines}\n],\n"dialects": {{\n{rows}\n}}}}\n'


def _number(document: JsonValue, numbers: dict[str, int]) -> int:
    return numbers.setdefault(json_line(document), len(numbers))
