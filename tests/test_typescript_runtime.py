"""Run-time code in TypeScript gives what the same code in Python gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typescript.json_values import Sampler
from typescript.pairs import VALUE_PAIRS, Pair
from typescript.tools import ABSENT, answers, compiled, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)

PAIRS: dict[str, Pair] = VALUE_PAIRS


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("typescript"))


@pytest.fixture(scope="module")
def given(build: Path) -> dict[str, list[tuple[list[Any], Any]]]:
    """For each function, arguments with what TypeScript gives: all of them in one process."""
    cases = [(name, one) for name, pair in PAIRS.items() for one in pair.cases(Sampler(len(name)))]
    found: dict[str, list[tuple[list[Any], Any]]] = {name: [] for name in PAIRS}
    for (name, arguments), answer in zip(cases, answers(build, cases), strict=True):
        found[name].append((arguments, answer))
    return found


def as_json(value: Any) -> Any:
    """A value as it is once it was JSON, where 1.0 is 1 and the largest numbers are infinite."""
    return json.loads(json.dumps(value), parse_float=float, parse_int=float, object_hook=_revived)


def _revived(value: dict[str, Any]) -> Any:
    return float(value["$number"]) if [*value] == ["$number"] else value


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_agree(name: str, given: dict[str, list[tuple[list[Any], Any]]]) -> None:
    differences = []
    for arguments, answer in given[name]:
        expected = as_json(PAIRS[name].function(*arguments))
        if as_json(answer) != expected:
            differences.append((arguments, expected, answer))
    assert not differences, f"{len(differences)} of {len(given[name])}, such as {ascii(differences[0])}"
