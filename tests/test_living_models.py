"""Examples name models that are served: of the rules, of the spec, and of what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import parlance
from parlance.check.dialect import generated_dialect
from parlance.contract.ir import Contract, Enumeration, JsonValue
from parlance.contract.rules import Rule
from parlance.folders import spec_folder
from rows import each_row
from shipped import contract_of

ROOT = Path(__file__).parent.parent
RETIRED = "PAR520"
UNSUPPORTED_ROLE = "PAR504"
"""Only models that have been shut down since took no message of some roles."""

READ = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "spec").glob("*.md")),
]
EXAMPLES = sorted((spec_folder() / "examples").glob("*"))


@cache
def newest() -> Contract:
    return contract_of(generated_dialect().id)


@cache
def is_retired(model: str) -> bool:
    report = parlance.lint({"model": model, "messages": [{"role": "user", "content": "Hello."}]}, select=[RETIRED])
    return not report.ok or bool(report.findings)


def models(value: JsonValue) -> Iterator[str]:
    """Every model that a document names."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "model" and isinstance(each, str):
                yield each
            yield from models(each)
    elif isinstance(value, list):
        for each in value:
            yield from models(each)


def test_a_retired_model_is_distinguished_from_others() -> None:
    assert is_retired("gpt-3.5-turbo-0613")
    assert is_retired("o4-mini")
    assert not is_retired("gpt-4.1")
    assert not is_retired("my-own-model")


@each_row([each for each in newest().rules if each.code not in {RETIRED, UNSUPPORTED_ROLE}], lambda rule: rule.code)
def test_examples_of_rules_name_living_models(rule: Rule) -> None:
    named = {model for example in (*rule.bad, *rule.good) for model in models(example.document)}
    assert {model for model in named if is_retired(model)} == set()


@each_row([*READ, *EXAMPLES])
def test_what_people_read_names_living_models(path: Path) -> None:
    known = next(each for each in newest().definitions if each.name == "ModelEnum")
    assert isinstance(known, Enumeration)
    words = set(re.findall(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", path.read_text("utf-8")))
    assert {
        member.value for member in known.members if member.value in words and is_retired(str(member.value))
    } == set()
