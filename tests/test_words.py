"""Names and texts are in the field's words: those that the project has given up do not come back."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT

CASES: dict[str, Any] = yaml.load((ROOT / "tests" / "cases" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)
WORDS: list[dict[str, Any]] = CASES["words"]
OWN = {"tests/test_words.py"}


def _pattern(kind: str) -> re.Pattern[str]:
    words = "|".join(word for row in WORDS for word in row[kind])
    ends = (r"(?<![A-Za-z])", r"(?![a-z])") if kind == "identifiers" else (r"\b", r"\b")
    return re.compile(f"{ends[0]}(?:{words}){ends[1]}", re.IGNORECASE)


IDENTIFIERS, PROSE = _pattern("identifiers"), _pattern("prose")


@cache
def files() -> tuple[str, ...]:
    """Every file in which the words are looked for, from the root of the repository."""
    paths = {path for pattern in CASES["files"] for path in ROOT.glob(pattern)}
    return tuple(sorted({path.relative_to(ROOT).as_posix() for path in paths} - OWN))


def uses(file: str) -> Iterator[str]:
    """`file:line: the word in its line` for each use of a word, right or not."""
    yield from (f"{file}: {found[0]} in its name" for found in IDENTIFIERS.finditer(Path(file).stem))
    text = (ROOT / file).read_text("utf-8")
    rows = _python(text) if file.endswith(".py") else _prose(1, text)
    for line, word, around in rows:
        if not any(row["file"] == file and row["text"] in around for row in CASES["legitimate"]):
            yield f"{file}:{line}: {word} in {around}"


def _python(text: str) -> Iterator[tuple[int, str, str]]:
    if not PROSE.search(text) and not IDENTIFIERS.search(_spelt_out(text)):  # tokens take ten times as long
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            found_in = IDENTIFIERS.finditer(_spelt_out(token.string))
            yield from ((token.start[0], found[0], token.string) for found in found_in)
        elif token.type in {tokenize.STRING, tokenize.COMMENT}:
            yield from _prose(token.start[0], token.string)


def _spelt_out(text: str) -> str:
    """A text with `camelCase` as `camel_Case`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text)


def _prose(first: int, text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.split("\n"), start=first):
        yield from ((number, found[0], line.strip()) for found in PROSE.finditer(line))


def test_no_word_that_was_given_up_comes_back() -> None:
    assert [use for file in files() for use in uses(file)] == []


@pytest.mark.parametrize("row", CASES["legitimate"], ids=lambda row: row["file"])
def test_a_legitimate_use_is_there_and_has_a_reason(row: dict[str, str]) -> None:
    assert row["text"] in (ROOT / row["file"]).read_text("utf-8")
    assert row["reason"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def told() -> None: ...", ["told"]),
        ("class WantedFix: ...", ["Wanted"]),
        ("is_mended = 1", ["mended"]),
        ('"""What is told of a plan."""', ["told", "plan"]),
        ("x = 1  # nobody mends this", ["mends"]),
        ("self._plans['a']", ["plans"]),
        ("explanation = unwanted = untold = plane = confirm = amend = airborne", []),
        ('"""A planet; confirmed, recommended, foretold."""', []),
        ('"""Its ignored names."""', []),
    ],
)
def test_words_are_found_by_their_bounds(text: str, found: list[str]) -> None:
    assert [word for _, word, _ in _python(text)] == found
