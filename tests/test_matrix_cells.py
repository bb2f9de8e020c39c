"""What the matrix says of places in fields that a dialect does not look into."""

import pytest
import shipped
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
