"""What the matrix says of places in fields that a dialect does not look into."""

from typing import Any

import pytest
import shipped
import yaml
from command import ROOT
from parlance.targets.matrix import FieldPlace, cells


@pytest.mark.parametrize(
    ("dialect", "field", "state"),
    [
        ("ollama", "tool_choice", "ignored"),
        ("ollama", "/tool_choice/type=function", "ignored"),
        ("ollama", "/tool_choice/function/name", "ignored"),
        ("vllm", "/tool_choice/type=function", "supported"),
        ("vllm", "/functions/*/name", "ignored"),
        ("kluster", "/tools/*/type=function", "refused"),
        ("kluster", "/tools/*/function/name", "refused"),
        ("kluster", "/response_format/type=json_object", "supported"),
    ],
)
def test_what_stands_in_a_field_shares_its_fate(dialect: str, field: str, state: str) -> None:
    columns = [(dialect, shipped.contract_of(dialect))]
    [[cell]] = cells(columns, [FieldPlace.of(field)], shipped.contract_of("openai"))
    assert cell.state == state
    assert cell.evidence or state == "supported"


FACTS: dict[str, Any] = yaml.load((ROOT / "tests" / "cases" / "matrix.yaml").read_text("utf-8"), yaml.CSafeLoader)
DIALECTS: list[str] = FACTS["dialects"]
STATES = {
    "S": {"supported"},
    "=": {"supported", "clamped", "mapped", "extension"},
    "C": {"clamped", "mapped"},
    "I": {"ignored"},
    "X": {"refused"},
    "m": {"supported", "refused", "ignored", "unknown"},
    "?": {"supported", "refused", "ignored", "unknown"},
}
EXCEPT = {(each["dialect"], each["field"]): each["state"] for each in FACTS["except"]}


@pytest.mark.parametrize(("number", "dialect"), [*enumerate(DIALECTS)], ids=DIALECTS)
def test_the_matrix_has_what_was_read_of_the_servers(number: int, dialect: str) -> None:
    fields: dict[str, list[str]] = FACTS["fields"]
    columns = [(dialect, shipped.contract_of(dialect))]
    rows = cells(columns, [FieldPlace.of(field) for field in fields], shipped.contract_of("openai"))
    for (field, letters), [cell] in zip(fields.items(), rows, strict=True):
        known = {state for letter in letters[number].split("/") for state in STATES[letter]}
        expected = EXCEPT.get((dialect, field))
        assert expected not in known  # an exception that is none any more is taken out
        assert cell.state in ({expected} if expected else known), field
