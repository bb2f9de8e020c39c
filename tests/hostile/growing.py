"""Schemas, specs and settings of any size, of which every part is at fault, or none is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

__all__ = ["SCHEMAS", "SETTINGS", "SPEC", "SPECS"]

SPEC = Path(__file__).parent.parent / "cases" / "spec" / "foreign-small"
"""What the files of `SPECS` belong to."""

Text: TypeAlias = Callable[[int], str]


def _properties(count: int, member: Callable[[int], Any]) -> str:
    return json.dumps({"properties": {f"p{number}": member(number) for number in range(count)}})


def _references(count: int) -> str:
    definitions = {f"d{number}": {"type": "string", "maxLength": number} for number in range(count)}
    return json.dumps({"anyOf": [{"$ref": f"#/$defs/{name}"} for name in definitions], "$defs": definitions})


def _record(count: int, member: Callable[[int], str]) -> str:
    members = "".join(f"    p{number}: {member(number)}\n" for number in range(count))
    return f"Wide:\n  description: Much.\n  type: object\n  properties:\n{members}"


def _overlay(count: int, target: str) -> str:
    source = "source: the menu, date: 2025-03-01"
    action = f"  - {{target: {target}, remove: true, evidence: {{{source}, says: it is not there}}}}\n"
    header = (SPEC / "dialects" / "corner.yaml").read_text("utf-8").partition("actions:\n")[0]
    return f"{header}family: shop\nactions:\n" + "".join(action % number for number in range(count))


def _rules(count: int, condition: str, message: str = "wrong") -> str:
    rule: dict[str, Any] = {
        "code": "PAR200",
        "artifact": "order",
        "severity": "error",
        "applies": ["shop"],
        "summary": "It is wrong.",
        "why": "It is not right.",
        "kind": "assert",
        "assert": condition,
        "message": message,
        "sources": [{"source": "the menu", "date": "2025-03-01"}],
        "confidence": "A",
        "examples": {"bad": [{"at": "", "document": {}}], "good": [{"document": {}}]},
    }
    rules = "".join(f"- {json.dumps({**rule, 'name': f'wrong-{number}'})}\n" for number in range(count))
    return rules.replace('"2025-03-01"', "2025-03-01")  # which is a day in YAML


SETTINGS: dict[str, Text] = {
    "unknown keys": lambda count: "".join(f"k{number} = 1\n" for number in range(count)),
    "wrong severities": lambda count: "[severities]\n" + "".join(f"k{number} = 1\n" for number in range(count)),
    "severities of unknown rules": lambda count: (
        "[severities]\n" + "".join(f"k{number} = 'off'\n" for number in range(count))
    ),
    "wrong severities on one line": lambda count: (
        f"severities = {{{', '.join(f'k{number} = 1' for number in range(count))}}}\n"
    ),
}
"""Of `parlance.toml`."""

SCHEMAS: dict[str, Text] = {
    "unknown keywords": lambda count: _properties(count, lambda number: {f"typo{number}": 1}),
    "unknown keywords at the root": lambda count: json.dumps({f"typo{number}": 1 for number in range(count)}),
    "dangling references": lambda count: _properties(count, lambda number: {"$ref": f"#/$defs/{number}"}),
    "dangling anchors": lambda count: _properties(count, lambda number: {"$ref": f"#a{number}"}),
    "patterns refused": lambda count: _properties(count, lambda number: {"pattern": f"(a{number}"}),
    "names refused": lambda count: json.dumps({"patternProperties": {f"(a{number}": {} for number in range(count)}}),
    "unknown formats": lambda count: _properties(count, lambda number: {"format": f"dat{number}"}),
    "unknown types": lambda count: _properties(count, lambda number: {"type": f"strin{number}"}),
    "loops": lambda count: _properties(count, lambda number: {"$ref": f"#/properties/p{number}"}),
    "duplicate keys": lambda count: "{" + ", ".join(['"type": "string"'] * count) + "}",
    "definitions": lambda count: _references(count // 4),
    "values": lambda count: json.dumps({"enum": [*range(count)]}),
}
"""Of `--from-schema`."""

SPECS: dict[str, tuple[str, Text]] = {
    "unknown keywords": (
        "schemas/wide.yaml",
        lambda count: _record(count, lambda number: f"{{type: string, typo{number}: 1, description: A.}}"),
    ),
    "dangling references": (
        "schemas/wide.yaml",
        lambda count: _record(count, lambda number: f"{{$ref: '#/X{number}'}}"),
    ),
    "patterns refused": (
        "schemas/wide.yaml",
        lambda count: _record(count, lambda number: f"{{type: string, pattern: '(a{number}', description: A.}}"),
    ),
    "definitions": (
        "schemas/wide.yaml",
        lambda count: "".join(f"D{number}: {{type: string, description: A.}}\n" for number in range(count)),
    ),
    "duplicate keys": ("schemas/wide.yaml", lambda count: "D: {type: string, description: A.}\n" * count),
    "tags": ("schemas/wide.yaml", lambda count: "D:\n  examples:\n" + "    - !x a\n" * count),
    "actions without effect": (
        "dialects/corner.yaml",
        lambda count: _overlay(count, "$.components.schemas.Drink.properties.x%s"),
    ),
    "queries without a match": ("dialects/corner.yaml", lambda count: _overlay(count // 4, "$..x%s")),
    "rules of one code": ("rules/x.yaml", lambda count: _rules(count // 4, "self.sugar")),
    "rules that do not parse": ("rules/x.yaml", lambda count: _rules(count // 4, "self.(")),
    "unknown names in a rule": (
        "rules/x.yaml",
        lambda count: _rules(1, f"[{', '.join(f'x{number}' for number in range(count))}]"),
    ),
    "unknown placeholders": (
        "rules/x.yaml",
        lambda count: _rules(1, "self.guest", " ".join(f"{{x{number}}}" for number in range(count))),
    ),
}
"""Of a spec, each with its file."""
