"""Where the characters of a YAML scalar are written, whichever way it is."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
import yaml
from parlance.check.document_reader import read_documents

_PIECES = [*"ab '\"\\  :#é😀\t{}", "\n", "\n\n", "data: "]
_PLAIN = frozenset("abé{}:#")
"""Characters that no style writes in another way, but as an escape."""


@pytest.mark.parametrize("style", ["'", '"', "|", None])
@pytest.mark.parametrize("width", [20, 40, 10_000])
def test_each_character_is_where_the_text_says(style: str | None, width: int) -> None:
    random = Random(f"{style} {width}")  # noqa: S311 the same texts every time
    exact = 0
    for _ in range(150):
        value = "".join(random.choice(_PIECES) for _ in range(random.randint(1, 90)))
        unicode = random.random() < 0.5
        text = yaml.dump([{"k": 1, "x": value}], default_style=style, width=width, allow_unicode=unicode)
        (document,) = read_documents(BytesIO(text.encode()), "a.yaml")
        source = document.places.inside("/0/x", value) if document.places and not document.faults else None
        if source is None:
            continue
        exact += 1
        lines = text.split("\n")
        for offset, character in enumerate(value):
            line, column = source.place(offset)
            assert character not in _PLAIN or lines[line - 1][column - 1] in {character, "\\"}, text
    assert exact > 100


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("'a''b'", "a'b", [1, 2, 4, 5]),
        ('"a\\"b"', 'a"b', [1, 2, 4, 5]),
        ('"a\\\n  b"', "ab", [1, 6, 7]),
        ("'a\n\n  b'", "a\nb", [1, 2, 6, 7]),
        ('"\\u00e9\\x41"', "éA", [1, 7, 11]),
        ("|\n  a\n\n  b\n", "a\n\nb\n", [4, 5, 6, 9, 10, 11]),
        ("|-\n  a\n", "a", [5, 6]),
        ("|2\n   a\n", " a\n", None),
        (">\n  a\n  b\n", "a b\n", None),
        ("plain", "plain", None),
        ("'a'", "b", None),
    ],
)
def test_places_are_those_of_the_style(text: str, value: str, places: list[int] | None) -> None:
    from parlance.check.yaml_characters import characters

    assert characters(text, 0, len(text), value) == places
