"""Whatever text a spec holds, the Python made from it compiles and says the same."""

from __future__ import annotations

import ast
import enum
import inspect
import keyword

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from parlance.backends.python.text import WIDTH, bracketed, docstring, exports, literal, paragraph, verbatim
from parlance.contract.ir import Enumeration, Member, Text
from parlance.targets.python_names import field_names, member_names

# Plain `st.text()` hardly ever finds what breaks a string literal.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("\\\"'\n\r\t{}#%` .a\x00\x07\x0b\x0c\x1a\x1c\x7f\x85\xa0\u2028\u202e\ufeff\ud800é漢😀")),
        st.sampled_from(list("NuUx0rbf")),
    ),
    max_size=60,
) | st.lists(
    st.sampled_from(
        [
            *('"""', "'''", "\\", '\\"', "{{ x }}", "#}", "{%", "\n", "\n\n", " ", "word.", "\\N{DASH}", "a" * 40),
            *("vim:", "vi:", "ex:", "Vim<700:", "Variables:", "# ", "# mypy: x", "# ///"),
        ]
    ),
    max_size=30,
).map("".join)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HOSTILE,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HOSTILE, inner, max_size=4)
    ),
    max_leaves=10,
)
NAMES = HOSTILE | st.sampled_from([*keyword.kwlist, "model_config", "json", "str", "_x", "__x", "1", "mro", "title"])


def encodable(source: str) -> str:
    """*source* as it comes back from a file."""
    return source.encode("utf-8").decode("utf-8")


@settings(deadline=None)
@given(VALUES)
def test_a_literal_evaluates_to_its_value(value: object) -> None:
    source = literal(value)
    assert ast.literal_eval(encodable(source)) == value
    assert "\n" not in source


@settings(max_examples=examples(200, at_length=5000))
@given(HOSTILE, st.integers(0, 3))
def test_a_docstring_says_its_text(text: str, level: int) -> None:
    margin = "    " * level
    opening = "".join(f"{'    ' * depth}class C{depth}:\n" for depth in range(level))
    tree = ast.parse(encodable(f"{opening}{margin}{docstring(text, len(margin))}\n"))
    found = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert len(found) == 1
    value = found[0]
    assert isinstance(value, str)
    assert inspect.cleandoc(value).split() == text.replace("\ud800", "\\ud800").split()


@pytest.mark.parametrize("text", ["\ud800", "Says \udfff.", "a\\b \udabc", '"\ud800"', "First. " * 20 + "\udc00"])
def test_a_docstring_compiles_whatever_surrogates_its_text_has(text: str) -> None:
    """From Python 3.13 on, none does that holds one; earlier ones do not mind."""
    namespace: dict[str, str] = {}
    exec(compile(encodable(docstring(text)), "text.py", "exec"), namespace)  # noqa: S102 - it is what is tested
    shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
    assert encodable(namespace["__doc__"]).split() == shown.split()


@given(HOSTILE, st.integers(0, 60))
def test_a_docstring_keeps_to_the_width(text: str, indent: int) -> None:
    for line in docstring(text, indent).split("\n")[1:]:
        assert len(line) <= WIDTH or " " not in line.strip()


@given(st.lists(NAMES, unique=True, max_size=8), st.lists(st.none() | NAMES, min_size=8, max_size=8))
def test_every_member_has_its_own_usable_name(values: list[str], printed: list[str | None]) -> None:
    members = tuple(
        Member(value=value, description="x", name=name) for value, name in zip(values, printed, strict=False)
    )
    names = member_names(Enumeration(name="E", description="x", members=members, base=Text()))
    made = enum.StrEnum("made", dict(zip(names, values, strict=True)))  # type: ignore[misc]
    assert [member.value for member in made] == values
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names)


@given(st.lists(NAMES, unique=True, max_size=8))
def test_every_field_has_its_own_usable_attribute(names: list[str]) -> None:
    attributes = field_names(names, taken={"Taken"})
    assert list(attributes) == names
    assert len(set(attributes.values())) == len(names)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in attributes.values())
    assert all(not name.startswith(("_", "model_")) for name in attributes.values())


@given(st.lists(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,30}", fullmatch=True), unique=True, max_size=12))
def test_exports_list_every_name(names: list[str]) -> None:
    source = exports(names)
    (assignment,) = ast.parse(source).body
    assert isinstance(assignment, ast.Assign)
    assert sorted(ast.literal_eval(assignment.value)) == sorted(names)
    assert all(len(line) <= WIDTH for line in source.split("\n"))


def test_a_short_list_stays_on_one_line() -> None:
    assert bracketed("[", ["1", "2"], "]") == "[1, 2]"


def test_a_docstring_reads_as_a_person_would_write_it() -> None:
    assert docstring("One box.") == '"""One box."""'
    assert docstring(r"Matches `\d+`.") == r'r"""Matches `\d+`."""'
    assert docstring('He said "yes"') == '"""He said "yes\\""""'
    long = "The first sentence. " + "word " * 30
    assert docstring(long, 4) == (
        '"""The first sentence.\n\n    ' + " ".join(["word"] * 19) + "\n    " + " ".join(["word"] * 11) + '\n    """'
    )


@given(HOSTILE)
def test_no_docstring_comes_to_hold_half_a_surrogate_pair(text: str) -> None:
    """Python 3.13 and later compile none that does."""
    for source in (docstring(text), f'"""{paragraph(text)} """', f'"""{verbatim(text)} """'):
        ast.literal_eval(source).encode()
