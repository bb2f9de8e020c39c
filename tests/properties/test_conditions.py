"""A condition and its opposite are opposites, whatever the strings in it say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.backends.python.text import literal
from parlance.targets.validators.code import Block, Line, lay_out

WORDS = st.lists(
    st.sampled_from([" == ", " is ", " is not ", " in ", " not in ", " and ", " or ", '"', "\\", "(", "a", "len("])
).map("".join)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@given(WORDS, WORDS, st.sampled_from(["value == {}", "{} in value", "{} not in value", "{} != value"]))
def test_not_is_said_of_the_operator_and_not_of_a_string(text: str, other: str, form: str) -> None:
    condition = form.format(literal(text))
    code = "\n".join(lay_out([Block("if not", condition, (Line("found = True"),))], 0))
    for value in (text, other, {text: 1}, {other: 1}, None):
        names: dict[str, Any] = {"value": value, "found": False}
        try:
            expected = not eval(condition, {}, dict(names))  # noqa: S307 - our own source
        except TypeError:
            continue
        exec(code, {}, names)  # noqa: S102 - our own source
        assert names["found"] is expected, code
