"""How names begin that a pattern matches: no match begins otherwise."""

from __future__ import annotations

import re

import pytest
import shipped
from parlance.contract.build import build_contract
from parlance.regex import translated
from parlance.regex.beginnings import beginnings
from parlance.spec import resolve


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^ab$", ("ab",)),
        (r"^a\.b(?:-c)?$", ("a.b",)),
        ("^(?:ab|ac)d$", ("abd", "acd")),
        ("^(ab?)c$", ("abc", "ac")),
        ("^a+b$", ("a",)),
        ("^(?:ab){2}c$", ("ab",)),
        ("^(?:a|b*)$", ()),
        ("^a?$", ()),
        ("^[ab]c$", ()),
        ("^(?!x)ab$", ()),
        (r"^\bab$", ()),
        ("^.a$", ()),
        ("^(?:a|ab|abc)x?$", ("a",)),
        (r"^(a)\1$", ("a",)),
        ("^(?:[a-z]|1)$", ()),
        (f"^(?:{'|'.join(map(str, range(100, 150)))})$", ()),
    ],
)
def test_a_match_begins_with_one_of_them(pattern: str, expected: tuple[str, ...]) -> None:
    assert beginnings(pattern) == expected


def test_every_known_model_begins_as_its_row_says() -> None:
    spec = shipped.spec()
    contract = build_contract(resolve(spec, spec.default))
    rows = [(f"^(?:{row.pattern})$", beginnings(f"^(?:{row.pattern})$")) for row in contract.capabilities]
    assert sum(bool(begun) for _, begun in rows) > len(rows) / 2
    names = {text + end for _, begun in rows for text in begun for end in ("", "-mini", "-2025-01-31", "x", "-pro")}
    for pattern, begun in rows:
        for name in names | {name[:-1] for name in names}:
            if re.search(translated(pattern), name):
                assert not begun or name.startswith(begun), (pattern, name)
