"""What TypeScript makes of the answers of validators and rules is what Python makes of them."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from agreement.generated import EVERY_SUBJECT
from parlance.check.dialect import generated_dialect
from same.campaign import documents
from typescript.random_dialect import broken_text, random_dialect, random_document, text_dialect
from typescript.tools import ABSENT, FOLDER, is_installed, run
from typescript.verdicts import (
    Difference,
    Question,
    differences,
    of_other_artifacts,
    respelled,
    rule_examples,
    with_what_json_lacks,
)

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)

DIALECTS = ("openai-2026-11", "kluster-2024-10")
MUTANTS = 40
"""Of each artifact: those of one process of node."""


def shown(found: list[Difference]) -> str:
    return "\n".join(
        f"{one.what} of {one.question.artifact} {ascii(one.question.document)[:2_000]}:\n"
        f"  Python     {one.python!a}\n  TypeScript {one.typescript!a}"
        for one in found[:3]
    )


@pytest.mark.parametrize("name", DIALECTS)
def test_examples_of_rules_have_the_same_verdict(name: str, build: Path) -> None:
    dialect = generated_dialect(name)
    questions = [*rule_examples(dialect)]
    assert len(questions) > 300
    assert not (found := differences(dialect, questions, build)), shown(found)


@pytest.mark.parametrize("name", DIALECTS)
def test_documents_of_other_artifacts_and_misspelt_ones_have_the_same_verdict(name: str, build: Path) -> None:
    dialect, random = generated_dialect(name), Random(name)  # noqa: S311 - no secret
    questions = [*of_other_artifacts(dialect, 3, random), *respelled(dialect, 4, random)]
    assert not (found := differences(dialect, questions, build)), shown(found)


@pytest.mark.parametrize("name", DIALECTS)
def test_mutants_have_the_same_verdict(name: str, build: Path) -> None:
    questions: list[Question] = []
    for subject in (one for one in EVERY_SUBJECT if one.dialect == name):
        mutants = [*documents(subject, {}, MUTANTS, 1)][-MUTANTS:]
        questions += (Question(subject.artifact, one) for one in mutants if len(json.dumps(one)) < 20_000)
    questions += with_what_json_lacks(questions[::4], Random(name))  # noqa: S311 - no secret
    assert not (found := differences(generated_dialect(name), questions, build)), shown(found)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_validators_and_rules_find_is_composed_alike(seed: int, build: Path) -> None:
    dialect, random = random_dialect(seed), Random(seed)  # noqa: S311 - no secret
    questions = [Question(artifact, random_document(random)) for artifact in dialect.artifacts for _ in range(25)]
    questions += with_what_json_lacks([*islice(questions, 0, None, 4)], random)
    assert not (found := differences(dialect, questions, build)), shown(found)


def test_what_is_wrong_with_json_in_a_string_has_the_same_words(build: Path) -> None:
    random = Random(1)  # noqa: S311 - no secret
    texts = [
        *("[" * 513, "[" * 512, "9" * 4300, "9" * 4301, f"-{'9' * 4301}", "1e400", "1e308", "", " \n "),
        *(f'{{"{"k" * 50}": 1,\n "{"k" * 50}": 2}}', '{"it\'s": 1, "it\'s": 2}', '{"a":' * 25, '{"a":' * 20),
        *(
            '"\\ud83d\\u0041"',
            '"\\\\ud800"',
            '"\\ud83d\\ude00"',
            '{"\\udc00": 1}',
            '"a"b',
            '"a" b',
            '"\x01"',
            '"\\',
            '"\\u12',
        ),
        *("\ufeff{}", "1\u00b2", "\u0663", "{\u0663: 1}", "\u00bd", "tru", "[tru", "true1", "true\u0301", "n\u00a0"),
        *(broken_text(random) for _ in range(2_000)),
    ]
    assert not (found := differences(text_dialect(), [Question("texts", texts)], build)), shown(found)


def test_hostile_values_are_judged(build: Path) -> None:
    judged: dict[str, Any] = json.loads(run(FOLDER / "hostile_verdicts.mjs", build.as_uri()))
    codes = {name: [code for code, _ in one["found"]] for name, one in judged.items()}
    assert {name for name, one in judged.items() if one["isValid"] is one["hasError"]} == set()
    assert {name for name, one in judged.items() if not (one["isAgreed"] and one["isUntouched"])} == set()
    sound = {"plain", "without prototype", "own __proto__", "constructor", "undefined field", "nearly too deep"}
    assert {name for name, found in codes.items() if not found} == sound | {"shared", "long", "getter"}
    assert {name for name, found in codes.items() if "PAR008" in found} == {"cycle", "deep", "too deep"}
    assert codes["broken rule"] == ["PAR201"]
    assert codes["model from __proto__"] == codes["keys of prototypes alone"] == ["PAR101"]
    assert codes["shared where a text is meant"] == ["PAR103", "PAR103", "PAR103"]
