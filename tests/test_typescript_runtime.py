"""Run-time code in TypeScript gives what the same code in Python gives."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from parlance.finding.shape import is_array
from parlance.folders import runtime_folder
from parlance.runtime.python import patterns
from typescript.json_values import Sampler
from typescript.pairs import Pair
from typescript.rule_pairs import RULE_PAIRS, SHARED
from typescript.tools import ABSENT, FOLDER, SOURCES, answers, answers_to, is_installed, run, transported
from typescript.value_pairs import VALUE_PAIRS
from typescript.violation_pairs import VIOLATION_PAIRS

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)

PAIRS: dict[str, Pair] = VALUE_PAIRS | VIOLATION_PAIRS | RULE_PAIRS


@pytest.fixture(scope="module")
def given(build: Path) -> dict[str, list[tuple[list[Any], Any]]]:
    """For each function, arguments with what TypeScript gives: all of them in one process."""
    cases = [(name, one) for name, pair in PAIRS.items() for one in pair.cases(Sampler(len(name)))]
    sent = [(name, transported(one) if PAIRS[name].is_wide else one) for name, one in cases]
    found: dict[str, list[tuple[list[Any], Any]]] = {name: [] for name in PAIRS}
    for (name, arguments), answer in zip(cases, answers(build, sent, SHARED), strict=True):
        found[name].append((arguments, answer))
    return found


def as_json(value: Any) -> Any:
    """A value as it is once it was JSON, where 1.0 is 1 and the largest numbers are infinite."""
    return json.loads(json.dumps(value), parse_float=float, parse_int=float, object_hook=_revived)


def _revived(value: dict[str, Any]) -> Any:
    return float(value["$number"]) if [*value] == ["$number"] else value


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_agree(name: str, given: dict[str, list[tuple[list[Any], Any]]]) -> None:
    differences: list[Any] = []
    for arguments, answer in given[name]:
        expected = as_json(PAIRS[name].function(*arguments))
        if as_json(answer) != expected:
            differences.append((arguments, expected, answer))
    assert not differences, f"{len(differences)} of {len(given[name])}, such as {differences[0]!a}"


_DIALECTS = "dialects are not put together there yet"
ABSENT_NAMES = {
    "ArtifactChecks": _DIALECTS,
    "Doubting": "a function there, `doubting`",
    "Faults": _DIALECTS,
    "applied": _DIALECTS,
    "artifacts": _DIALECTS,
    "byCode": _DIALECTS,
    "column": _DIALECTS,
    "loweredFileRules": _DIALECTS,
    "loweredRules": _DIALECTS,
    "Artifact": "documents are not recognised by their fields there",
    "Edit": "there are no fixes",
    "Fix": "there are no fixes",
    "FileRule": "there are no files of lines",
    "Model": "a type alone, of which nothing is left when it runs",
    "Rule": "a type alone, of which nothing is left when it runs",
    "Policy": "a type alone, of which nothing is left when it runs",
    "Violation": "a type alone, of which nothing is left when it runs",
    "decimal": "a part of isMultiple",
    "schemasIn": "subschemas is as fast",
    "subschemas": "it has a module of its own",
    "DEFINITION_KEYWORDS": "the module of subschemas has it to itself",
    "guard": "a function of TypeScript is declared as a guard",
    "HOLDERS": "the module of subschemas has it to itself",
    "LIST_KEYWORDS": "the module of subschemas has it to itself",
    "MAP_KEYWORDS": "the module of subschemas has it to itself",
    "SCHEMA_KEYWORDS": "the module of subschemas has it to itself",
}
"""What is in a module of Python's and not in the one of the same name in TypeScript, and why."""


STEMS = [path.stem.replace("-", "_") for path in sorted(SOURCES.glob("*.ts"))]
LIKE = [stem for stem in STEMS if (runtime_folder() / f"{stem}.py").is_file()]


@pytest.mark.parametrize("name", LIKE)
def test_a_module_has_what_its_like_in_python_has(name: str, build: Path) -> None:
    like = import_module(f"parlance.runtime.python.{name}")
    expected = {one if one[0].isupper() else camel_case(one) for one in like.__all__}
    assert expected - {*answers(build, [["exportsOf", [name.replace("_", "-")]]], {})[0]} <= {*ABSENT_NAMES}


def test_the_reader_of_patterns_has_what_its_like_in_python_has(build: Path) -> None:
    there = answers(build, [["exportsOf", ["patterns/index"]]], {})[0]
    assert sorted(there) == sorted(map(camel_case, patterns.__all__))


def camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


DEVIATIONS = [
    pytest.param(case, id=f"{each['name']}-{case['function']}")
    for each in yaml.safe_load((Path(__file__).parent / "cases" / "typescript" / "deviations.yaml").read_text("utf-8"))
    for case in each.get("cases", [])
]


def messages(value: Any) -> Any:
    """What is reported in words: the only message, several, or the value itself."""
    faults = [one for one in value if is_array(one) and len(one) == 8] if is_array(value) else []
    texts = [fault[3] for fault in faults]
    return texts[0] if len(texts) == 1 else texts or value


@pytest.mark.parametrize("case", DEVIATIONS)
def test_a_deviation_is_as_it_is_listed(case: dict[str, Any], build: Path) -> None:
    written = case.get("arguments") or json.dumps([case["repeated"] * case["times"]])
    here = messages(PAIRS[case["function"]].function(*json.loads(written, object_hook=_revived)))
    there = messages(answers_to(build, f'{{"shared": {{}}, "cases": [["{case["function"]}", {written}]]}}')[0])
    assert there == case["typescript"]
    assert here == case.get("python", here)
    assert here != there


def test_letters_have_the_same_lower_case(build: Path) -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}]
    # At the end of a word, a sigma is another letter; random words try that.
    parts = ["".join(letters[at : at + 4096]).replace("Σ", "") for at in range(0, len(letters), 4096)]
    # Either language may know letters of a later Unicode.
    texts = answers(build, [["assigned", [part]] for part in parts], {})
    assert sum(map(len, texts)) > 270_000
    assert answers(build, [["lowered", [text]] for text in texts], {}) == [text.lower() for text in texts]


def test_the_same_characters_are_spaces(build: Path) -> None:
    codes = [*range(0x3100), *range(0xFE00, 0x10000)]
    texts = [f"{chr(code)}a{chr(code)}" for code in codes]
    assert answers(build, [["stripped", [text]] for text in texts], {}) == [text.strip() for text in texts]


def test_no_value_fails_hangs_or_pollutes(build: Path) -> None:
    environment = {**os.environ, "PARLANCE_BUILD": build.as_uri()}
    run("--test", str(FOLDER / "hostile.mjs"), environment=environment)
