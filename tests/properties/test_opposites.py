"""A comparison and its opposite are opposites, whatever is compared and whatever the strings in it say."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.backends.python.printing import flat, lines_of
from parlance.backends.python.syntax import Assign, Comparison, Constant, If, Name, Value, call, opposite

WORDS = st.lists(
    st.sampled_from([" == ", " is ", " is not ", " in ", " not in ", " and ", " or ", '"', "\\", "(", "a", "len("])
).map("".join)
VALUE = Name("value")
FORMS: list[Callable[[Value], Value]] = [
    lambda text: Comparison(VALUE, "==", text),
    lambda text: Comparison(text, "in", VALUE),
    lambda text: Comparison(text, "not in", VALUE),
    lambda text: Comparison(VALUE, "!=", text),
    lambda text: Comparison(call("str", VALUE), "==", text),
]
NUMBERS = st.sampled_from([0, 1, 2, -1, 0.5, math.nan, math.inf])


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@given(WORDS, WORDS, st.sampled_from(FORMS))
def test_the_opposite_is_of_the_operator_and_not_of_a_string(
    text: str, other: str, form: Callable[[Value], Value]
) -> None:
    condition = form(Constant(text))
    code = "\n".join(lines_of([If(opposite(condition), (Assign("found", Constant(value=True)),))], ""))
    for value in (text, other, {text: 1}, {other: 1}, None):
        names: dict[str, object] = {"value": value, "found": False}
        try:
            expected = not eval(flat(condition), {}, dict(names))  # noqa: S307 - our own source
        except TypeError:
            continue
        exec(code, {}, names)  # noqa: S102 - our own source
        assert names["found"] is expected, code


@given(NUMBERS, NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.booleans())
def test_the_opposite_of_an_order_holds_of_nan_too(left: float, right: float, sign: str, of_counts: bool) -> None:
    of_counts = of_counts and not math.isnan(left) and not math.isnan(right)
    condition = Comparison(Name("left"), sign, Name("right"), of_counts)
    names = {"left": left, "right": right}
    assert eval(flat(opposite(condition)), {}, names) is not eval(flat(condition), {}, names)  # noqa: S307
    assert flat(opposite(condition)).startswith("not ") is (sign not in {"==", "!="} and not of_counts)
