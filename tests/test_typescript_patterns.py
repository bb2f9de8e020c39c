"""Patterns as literals of JavaScript: node finds with them what it finds with the pattern itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from parlance.backends.typescript.regex_literals import ecmascript_pattern, regex_literal
from parlance.regex import RegexError, parse
from patterns.campaign import sample_texts
from patterns.engines import Node
from patterns.sampling import Patterns

CASES = Path(__file__).parent / "cases" / "patterns"
MEANING: list[dict[str, Any]] = yaml.load((CASES / "meaning.yaml").read_text("utf-8"), yaml.CSafeLoader)
SPEED: dict[str, list[dict[str, Any]]] = yaml.load((CASES / "speed.yaml").read_text("utf-8"), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node() as process:
        yield process


@pytest.mark.parametrize("case", MEANING, ids=lambda case: case["pattern"])
def test_a_literal_means_what_its_pattern_means(case: dict[str, Any], node: Node) -> None:
    texts = [*case["found"], *case["not"]]
    expected = [*(True for _ in case["found"]), *(False for _ in case["not"])]
    assert node.ask(ecmascript_pattern(parse(case["pattern"])), texts) == expected


def test_literals_of_random_patterns_mean_what_the_patterns_mean(node: Node) -> None:
    searches = found = 0
    for legacy in (False, True):
        random = Random(7)  # noqa: S311, nothing is secret
        stream = Patterns(random, legacy=legacy)
        for _ in range(400):
            pattern = stream.one()
            try:
                literal = ecmascript_pattern(parse(pattern))
            except RegexError:
                continue
            texts = sample_texts(random, pattern, 12, legacy=legacy)
            expected = node.ask(pattern, texts, legacy=legacy)
            if expected is None:  # what only older engines take, without the flag
                expected = node.ask(pattern, texts, legacy=True)
            assert node.ask(literal, texts) == expected, (pattern, literal)
            searches += len(texts)
            found += sum(expected or ())
    assert searches > 4000
    assert 0.2 < found / searches < 0.8


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("", "/(?:)/u"),
        ("a/b", r"/a\/b/u"),
        ("[/]", r"/\//u"),
        ("^[/a]$", "/^[/a]$/u"),
        ("\n\r\u2028\u2029", r"/\n\r\u2028\u2029/u"),
        ("^[^\n]*$", r"/^[^\n]*$/u"),
        (r"\u{d83d}\u{de00}", r"/\u{d83d}\u{de00}/u"),
        ("😀", r"/\u{1f600}/u"),
        ("^(?i:data):", "/^[Dd][Aa][Tt][Aa]:/u"),
        ("^(?<a>x)(y)z$", "/^(?:x)(?:y)z$/u"),
        (r"^(?<a>x)(y)\k<a>1$", r"/^(x)(?:y)(?:\1)1$/u"),
        ("^(?=a)b", "/^(?=a)b/u"),
        ("^[a-]$", "/^[a-]$/u"),
        (r"^[\]\\^]$", r"/^[\\-\^]$/u"),
        ("^.$", "/^.$/u"),
        ("^[^]$", "/^[^]$/u"),
        ("^a{2}b{2,}c{2,3}?$", "/^a{2}b{2,}c{2,3}?$/u"),
        (r"^a\.b\+$", r"/^a\.b\+$/u"),
        ("^}]$", r"/^\}\]$/u"),
        ("^a vim: b$", r"/^a vim\x3a b$/u"),
        ("Local Variables:", r"/Local Variables\x3a/u"),
    ],
)
def test_a_literal_is_written_as_people_write_it(pattern: str, literal: str, node: Node) -> None:
    assert regex_literal(pattern) == literal
    assert node.ask(literal.removeprefix("/").removesuffix("/u"), []) == []


def test_no_text_of_a_pattern_leaves_its_literal() -> None:
    random = Random(3)  # noqa: S311, nothing is secret
    signs = [
        "/",
        "*/",
        "//",
        "\n",
        "\r",
        "\u2028",
        "\u2029",
        "`",
        "'",
        '"',
        "\\\\",
        "\\/",
        "[/]",
        "[\\]/]",
        "a",
        "</script>",
    ]
    for _ in range(2000):
        pattern = "^" + "".join(random.choices(signs, k=random.randrange(8)))
        try:
            literal = regex_literal(pattern)
        except RegexError:
            continue
        inside = literal.removeprefix("/").removesuffix("/u")
        assert not re.search("[\n\r\u2028\u2029]", literal)
        assert "/" not in re.sub(r"\\.|\[(?:[^\]\\]|\\.)*\]", "", inside)
        assert literal.isascii()


@pytest.mark.parametrize("case", [case for key in SPEED for case in SPEED[key]], ids=lambda case: case["pattern"])
def test_only_what_takes_linear_time_becomes_a_literal(case: dict[str, Any]) -> None:
    if case in SPEED["linear"]:
        assert regex_literal(case["pattern"])
    else:
        with pytest.raises(RegexError, match="linear time"):
            regex_literal(case["pattern"])


@pytest.mark.parametrize("pattern", ["(", "a**", "\\", "(?<=a"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RegexError):
        regex_literal(pattern)
