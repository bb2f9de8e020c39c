"""Faults of JSON that stands in a string are shown where they are written, whatever the escapes before them."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.check.dialect import generated_dialect
from parlance.check.document import JsonPlaces
from parlance.check.document_reader import decoded_document, read_documents
from parlance.check.engine import judge
from parlance.check.json_places import characters
from parlance.check.text_source import TextSource
from parlance.finding import Finding

HISTORY = """{
  "model": "gpt-4.1-2025-04-14",
  "messages": [
    {"role": "assistant", "tool_calls": [
      {"id": "c", "type": "function", "function": {"name": "f", "arguments":
        %s}}
    ]},
    {"role": "tool", "tool_call_id": "c", "content": "x"}
  ]
}
"""


@given(st.text(), st.booleans())
def test_each_character_is_found_where_it_is_written(text: str, ascii_only: bool) -> None:
    written = json.dumps(text, ensure_ascii=ascii_only)
    offsets = characters(written, 0)
    assert offsets[-1] == len(written) - 1
    parts = [written[start:end] for start, end in pairwise(offsets)]
    assert [json.loads(f'"{part}"') for part in parts] == [*text]


def test_a_text_that_is_written_otherwise_has_no_places() -> None:
    assert JsonPlaces(TextSource("a", '{"a": "b"}')).inside("/a", "another") is None


def found(text: str, file: str) -> list[Finding]:
    (document,) = read_documents(BytesIO(text.encode()), file)
    findings = judge(document, generated_dialect(), "request", lint=True).findings
    return [one for one in findings if one.name == "malformed-arguments"]


@pytest.mark.parametrize(
    ("written", "column", "printed"),
    [
        (r'"{\"a\": 1,}"', 19, "trailing comma before }"),
        (r'"{\"\u00e9\ud83d\ude00\": tru}"', 35, "tru is not JSON"),
        (r'"{\n\t\"a\": [1 2]}"', 24, "a comma is missing after this value"),
        (r'"{\"a\": 1"', 19, "the text ends inside the object opened at line 6, column 10"),
        (r'"{\"a\": NaN}"', 18, "NaN is not a JSON number"),
    ],
)
def test_the_place_inside_arguments_is_shown(written: str, column: int, printed: str) -> None:
    (one,) = found(HISTORY % written, "a.json")
    assert (str(one.span), one.message) == (f"a.json:6:{column}", f"the arguments are not JSON: {printed}")


@pytest.mark.parametrize(
    ("written", "place"),
    [("'{\"a\": tru}'", "a.yaml:9:47"), ('"{\\"a\\": tru}"', "a.yaml:9:49"), ("'{\"a\": 1}'", None)],
)
def test_so_is_the_place_in_yaml(written: str, place: str | None) -> None:
    lines = [
        "model: gpt-4.1-2025-04-14", "messages:", "  - role: user", "    content: Hello", "  - role: assistant",
        "    tool_calls:", "      - id: c", "        type: function",
        f"        function: {{name: f, arguments: {written}}}", "  - {role: tool, tool_call_id: c, content: x}",
    ]  # fmt: skip
    assert [str(one.span) for one in found("\n".join(lines), "a.yaml")] == ([place] if place else [])


def test_a_decoded_payload_gets_to_know_what_is_wrong_without_a_place() -> None:
    (one,) = found(HISTORY % r'"{\"a\": 1,}"', "a.json")
    document = decoded_document(json.loads(HISTORY % r'"{\"a\": 1,}"'))
    (other,) = judge(document, generated_dialect(), "request", lint=True).findings
    assert (other.message, other.span) == (one.message, None)
