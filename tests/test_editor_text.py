"""Texts as an editor keeps them: places in every encoding, edits, and JSON that is not finished."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    PositionEncodingKind,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)
from parlance.check.document_reader import json_document
from parlance.finding import Lines
from parlance.finding.pointer import joined
from parlance.lsp.cursor_token import json_token, marked_texts, yaml_token
from parlance.lsp.open_documents import OpenDocument
from parlance.lsp.text_positions import TextPositions
from parlance.lsp.unfinished_json import completed_document

UNITS = {
    PositionEncodingKind.Utf8: "utf-8",
    PositionEncodingKind.Utf16: "utf-16-le",
    PositionEncodingKind.Utf32: "utf-32-le",
}
WIDTHS = {PositionEncodingKind.Utf8: 1, PositionEncodingKind.Utf16: 2, PositionEncodingKind.Utf32: 4}
ENCODINGS = sorted(UNITS)
TEXTS = st.text(alphabet='ab\n\r\t"{}[]:,é\u2028\x0c\x85😀\ufeff', max_size=40)
REQUEST = (
    '{"model": "gpt-4o", "messages": [{"role": "user", "content": "a\\n\\"b\\" 😀"}], "n": 1.5e3, "stop": ["x", null]}'
)


def place_by_definition(text: str, offset: int, encoding: PositionEncodingKind) -> Position:
    """Line and character as the protocol defines them."""
    ends = [found.end() for found in re.finditer("\r\n|\n|\r", text) if found.end() <= offset]
    line = text[ends[-1] if ends else 0 : offset]
    return Position(len(ends), len(line.encode(UNITS[encoding])) // WIDTHS[encoding])


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_a_place_is_what_the_protocol_says(text: str, encoding: PositionEncodingKind, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # there is no place between the two
    positions = TextPositions(text, encoding)
    assert positions.position(offset) == place_by_definition(text, offset, encoding)
    assert positions.offset(positions.position(offset)) == offset


@given(TEXTS, st.sampled_from(ENCODINGS), st.integers(0, 50), st.integers(0, 50))
def test_every_place_leads_into_the_text(text: str, encoding: PositionEncodingKind, line: int, character: int) -> None:
    positions = TextPositions(text, encoding)
    offset = positions.offset(Position(line, character))
    assert 0 <= offset <= len(text)
    assert positions.position(offset) <= Position(line, max(character, 0))


@given(TEXTS.filter(lambda text: not text.startswith("\ufeff")), st.data())
def test_places_of_findings_are_those_of_their_lines(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert TextPositions(text).place(offset) == Lines(text).place(offset)


@given(
    TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), TEXTS), max_size=4), st.sampled_from(ENCODINGS)
)
def test_edits_come_to_the_text_that_they_describe(
    text: str, edits: list[tuple[int, int, str]], encoding: PositionEncodingKind
) -> None:
    document = OpenDocument("file:///a.json", 1, "json", text, encoding)
    changes: list[Any] = []
    for start, length, new in edits:
        first, last = min(start, len(text)), min(start + length, len(text))
        if any(text[at - 1 : at + 1] == "\r\n" for at in (first, last)):
            continue
        positions = TextPositions(text, encoding)
        changes.append(TextDocumentContentChangePartial(positions.range(first, last), new))
        text = text[:first] + new + text[last:]
    assert document.changed(changes, 2).text == text
    whole = [*changes, TextDocumentContentChangeWholeDocument("{}")]
    assert document.changed(whole, 3).text == "{}"


def test_an_edit_behind_a_line_separator_of_unicode_is_in_its_line() -> None:
    """Python ends a line there, and the protocol does not."""
    document = OpenDocument("file:///a.json", 1, "json", '{"a": "x\u2028y\x0cz"}\n{}', "utf-16")
    change = TextDocumentContentChangePartial(Range(Position(1, 1), Position(1, 1)), "1")
    assert document.changed([change], 2).text == '{"a": "x\u2028y\x0cz"}\n{1}'


@pytest.mark.parametrize("length", range(1, len(REQUEST)))
def test_every_beginning_of_a_request_has_a_value(length: int) -> None:
    document = completed_document(json_document(REQUEST[:length]))
    assert document.complete
    whole = json.loads(REQUEST)
    value: Any = document.value
    # What ends before the cut is as it is in the whole.
    for key, following in pairwise(value):
        assert value[key] == whole[key], following


@given(st.text(alphabet="{}[]:,\"'\\ \nab1.-/*truenl", max_size=30))
@example('{"a" "b": [}, 1 2]')
@example('{{"a"')
@example("{'a': 'b\"c', d: .5}")
def test_any_beginning_is_completed_to_json(text: str) -> None:
    document = completed_document(json_document("{" + text))
    assert document.complete
    places = document.places
    assert places is not None
    value: Any = document.value
    assert all(places.location(joined([key])) is not None for key in value)


@given(TEXTS, st.data())
def test_a_word_at_the_cursor_is_around_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    for find, is_yaml in ((json_token, False), (yaml_token, True)):
        token = find(text, offset)
        if token is not None:
            assert token.start <= offset <= token.end
            assert "\n" not in text[token.start : token.end]
            for marked in marked_texts(text, token, is_yaml=is_yaml):
                assert marked.startswith(text[: token.start])
