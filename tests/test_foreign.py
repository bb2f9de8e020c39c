"""A field that is known from elsewhere is called by what it is, and never taken for a misspelling."""

from __future__ import annotations

import json
from typing import Any

import parlance
import pytest
import shipped
from rows import each_row

RECORD = "CreateChatCompletionRequest"
GROUPS: list[dict[str, Any]] = shipped.spec().document["components"]["schemas"][RECORD]["x-foreign"]
FOREIGN = [(str(name), group) for group in GROUPS for name in group["names"]]
REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}


@each_row(FOREIGN)
def test_a_foreign_field_is_named_for_what_it_is(row: tuple[str, dict[str, Any]]) -> None:
    name, group = row
    (finding,) = parlance.validate(json.dumps({**REQUEST, name: None})).findings
    assert (finding.code, finding.pointer) == ("PAR102", f"/{name}")
    assert finding.message == f"unknown field {name!r}, {group['what']}"
    assert finding.help == group.get("help", "remove it")
    assert finding.fix is None


@pytest.mark.parametrize("name", ["top_k", "min_tokens", "seed_", "timeout"])
def test_a_dialect_that_keeps_unknown_fields_warns_of_misspellings_only(name: str) -> None:
    found = [finding.code for finding in parlance.lint({**REQUEST, name: 1}, dialect="kluster").findings]
    assert found == (["PAR121"] if name == "seed_" else [])


@pytest.mark.parametrize(
    ("name", "near"), [("top_q", "top_p"), ("min_token", None), ("sto", "stop"), ("Top_K", "top_p")]
)
def test_what_only_resembles_a_foreign_field_is_an_unknown_one(name: str, near: str | None) -> None:
    (finding,) = parlance.validate({**REQUEST, name: 1}).findings
    assert finding.code == "PAR102"
    assert finding.message == f"unknown field {name!r}"
    assert finding.help == (f"did you mean {near!r}?" if near else "remove it")
