"""The readers: every text is either a value whose parts have places, or a fault that has one."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance.check import json_reader
from parlance.check.document import Document
from parlance.check.document_reader import decoded_document, json_document, read_documents
from parlance.check.json_parser import parse
from parlance.check.json_places import locate
from parlance.check.payload import plain
from parlance.check.text_source import TextSource
from parlance.finding.pointer import joined
from parlance.finding.shape import is_array, is_object
from rows import each_row

Json: TypeAlias = Any
WORDS = st.text() | st.sampled_from(["", "a/b", "~", "~1", '"', "\\", "\u2028"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=20)
LAYOUTS = st.sampled_from([{}, {"indent": 2}, {"ensure_ascii": False}, {"separators": (" ,\r\n\t", " : ")}])
SAMPLE = '{"model": "é\\u00e9\\n😀", "messages": [{"role": "user", "n": [1, -2.5e+3, true, null, {}]}], "x": ""}'


def parts(value: Json, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
    """Every value inside a value, by its pointer."""
    found = {joined(path): value}
    pairs = enumerate(value) if is_array(value) else value.items() if is_object(value) else ()
    children: Iterable[tuple[str | int, Json]] = pairs
    for key, child in children:
        found |= parts(child, (*path, key))
    return found


def read(data: bytes | str, name: str) -> list[Document]:
    return list(read_documents(io.BytesIO(data.encode() if isinstance(data, str) else data), name))


def faults(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.start) for fault in json_document(text).faults]


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(VALUES, LAYOUTS)
def test_both_readers_agree_with_the_standard_one(value: Json, layout: dict[str, Any]) -> None:
    text = json.dumps(value, **layout)
    for parsed in (parse(TextSource("", text)), json_reader.read(TextSource("", text))):
        assert parsed.complete
        assert not parsed.faults
        assert repr(parsed.value) == repr(json.loads(text))


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(VALUES, LAYOUTS)
def test_a_span_slices_back_to_its_value(value: Json, layout: dict[str, Any]) -> None:
    text = json.dumps(value, **layout)
    expected = parts(json.loads(text))
    found = locate(text, expected)
    assert found.keys() == expected.keys()
    for pointer, place in found.items():
        assert repr(json.loads(text[place.start : place.end])) == repr(expected[pointer])
        if place.key:
            token = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            assert json.loads(text[slice(*place.key)]) == token


@given(st.text(st.sampled_from('{}[]:,"\\/truefalsnN0123.-+eE \n\tu')))
def test_what_the_standard_reader_refuses_has_exactly_one_fault_of_syntax(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        parsed = json_reader.read(TextSource("", text))
        assert not parsed.complete
        assert parsed.faults[-1].code in ("PAR001", "PAR009")
        assert 0 <= parsed.faults[-1].start <= len(text)
    else:
        assert json_reader.read(TextSource("", text)).complete


@each_row(range(len(SAMPLE.encode())))
def test_a_truncated_text_has_one_fault_at_its_end(length: int) -> None:
    document = json_document(SAMPLE.encode()[:length])
    assert not document.complete
    assert len(document.faults) == 1
    text = SAMPLE.encode()[:length].decode(errors="replace").rstrip()
    cut_character = text.endswith("\ufffd")
    assert document.faults[0].code == ("PAR009" if length == 0 else "PAR002" if cut_character else "PAR001")
    assert document.faults[0].start == len(text) - cut_character


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1,]", [("PAR001", 2)]),
        ('{"a": 1,}', [("PAR001", 7)]),
        ("['a']", [("PAR001", 1)]),
        ("{a: 1}", [("PAR001", 1)]),
        ('{"a" 1}', [("PAR001", 5)]),
        ('["a" "b"]', [("PAR001", 4)]),
        ('{"a": 1 "b": 2}', [("PAR001", 7)]),
        ("[1 // no\n]", [("PAR001", 3)]),
        ("# no\n[]", [("PAR001", 0)]),
        ("[True]", [("PAR001", 1)]),
        ("[1}", [("PAR001", 2)]),
        ("[1]]", [("PAR001", 3)]),
        ("[1] [2]", [("PAR001", 4)]),
        ("[,1]", [("PAR001", 1)]),
        ("[01]", [("PAR001", 1)]),
        ("[1.]", [("PAR001", 1)]),
        ("[+1]", [("PAR001", 1)]),
        ("[.5]", [("PAR001", 1)]),
        ("[0x1F]", [("PAR001", 1)]),
        ('["a\nb"]', [("PAR001", 3)]),
        (r'["\x"]', [("PAR001", 2)]),
        (r'["\u12"]', [("PAR001", 2)]),
        ("[\xa01]", [("PAR001", 1)]),
        ("[“a”]", [("PAR001", 1)]),
        ("", [("PAR009", 0)]),
        (" \n", [("PAR009", 0)]),
        ("\ufeff[]", [("PAR003", 0)]),
        ('{"a": 1, "a": 2}', [("PAR004", 9)]),
        ('{"a": 1, "\\u0061": 2}', [("PAR004", 9)]),
        ("[NaN, -Infinity]", [("PAR005", 1), ("PAR005", 6)]),
        ("[1e999, -1e999]", [("PAR006", 1), ("PAR006", 8)]),
        ("[" + "9" * 5000 + "]", [("PAR006", 1)]),
        (r'["\ud800"]', [("PAR007", 2)]),
        (r'["\ud83d\ude00", "\udc00 "]', [("PAR007", 18)]),
        (r'["\\ud800"]', []),
        ('["\ud800"]', [("PAR007", 2)]),
        ("[" * 513 + "]" * 513, [("PAR008", 512)]),
        ('{"":' * 513 + "1" + "}" * 513, [("PAR008", 2048)]),
        ("[" * 512 + "]" * 512, []),
        ("[" + "[]," * 1000 + "[]]", []),
    ],
)
def test_each_fault_is_found_where_it_is(text: str, expected: list[tuple[str, int]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize("depth", [10_000, 100_000])
def test_no_depth_is_too_much_to_refuse(depth: int) -> None:
    assert faults("[" * depth + "]" * depth) == [("PAR008", 512)]
    assert faults('{"a":' * depth) == [("PAR008", 512 * 5)]


@pytest.mark.parametrize("depth", [513, 1100, 10_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: ", "- [", "? "])
def test_no_depth_of_yaml_is_too_much_to_refuse(opening: str, depth: int) -> None:
    text = "- [" + "[" * depth if opening == "- [" else opening * depth
    assert [fault.code for document in read(text, "x.yaml") for fault in document.faults] == ["PAR008"]


def test_the_rest_of_a_faulty_document_is_still_there() -> None:
    document = json_document('{"a": NaN, "b": 1, "b": 1e999, "c": "\\udc00", "d": [2]}')
    assert document.complete
    assert document.value == {"a": 0, "b": 0, "c": "\ufffd", "d": [2]}
    assert document.locations(["/b", "/d/0"])["/b"].value.column == 25
    assert document.locations(["/d/0"])["/d/0"].value.column == 53


def test_large_integers_stay_exact() -> None:
    assert json_document(f"[{2**64 + 1}, {10**400}]").value == [2**64 + 1, 10**400]


@pytest.mark.parametrize(
    ("data", "code", "column"),
    [
        (b'{"a": "\xff"}', "PAR002", 8),
        ('{"é": "'.encode() + b'\xc3("}', "PAR002", 8),
        ('{"a": 1}'.encode("utf-16"), "PAR002", 1),
        ('{"a": 1}'.encode("utf-32"), "PAR002", 1),
        (b'\xef\xbb\xbf{"a": 1}', "PAR003", 1),
        (b'{"a": "\xed\xa0\x80"}', "PAR002", 8),
    ],
)
def test_bytes_that_are_not_plain_utf8_are_reported_and_read(data: bytes, code: str, column: int) -> None:
    document = json_document(data, "x.json")
    finding = next(document.text_findings())
    assert finding.code == code
    assert finding.span is not None
    assert (finding.span.line, finding.span.column) == (1, column)
    assert document.complete


def test_json_lines_are_read_one_by_one() -> None:
    documents = read('{"a": 1}\r\n\n  \n{"a":\n[2]', "x.jsonl")
    assert [document.value for document in documents] == [{"a": 1}, None, [2]]
    assert [document.source.first_line for document in documents if document.source] == [1, 4, 5]
    assert next(documents[1].text_findings()).span.line == 4  # type: ignore[union-attr]


def test_json_lines_are_not_read_ahead() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Json) -> int:
            buffer[:] = (b"[1]\n" * (len(buffer) // 4 + 1))[: len(buffer)]
            return len(buffer)

    documents = read_documents(io.BufferedReader(Endless()), "x.ndjson")
    assert [next(documents).value for _ in range(1000)] == [[1]] * 1000


def test_a_nameless_text_is_recognised() -> None:
    assert len(read('{"a": 1}\n{"a": 2}\n', "<stdin>")) == 2
    assert len(read('{"a":\n1}\n', "<stdin>")) == 1
    assert len(read('{"a": 1}\n{"a": 2}\n', "x.json")) == 1


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.yaml", "<stdin>"])
@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_text_has_no_document(name: str, data: bytes) -> None:
    codes = [fault.code for document in read(data, name) for fault in document.faults]
    assert [code for code in codes if code != "PAR003"] == ["PAR009"]


YAML: list[tuple[str, Json, list[tuple[str, int, int]]]] = [
    ("a: 1\nb: [x, 2.5, true, null, ~]", {"a": 1, "b": ["x", 2.5, True, None, None]}, []),
    ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}, []),
    ("a: &x {b: 1, d: 2}\nc: {<<: *x, b: 3}", {"a": {"b": 1, "d": 2}, "c": {"b": 3, "d": 2}}, []),
    ("a: 1\na: 2", {"a": 2}, [("PAR004", 2, 1)]),
    ("a: .nan", {"a": 0}, [("PAR005", 1, 4)]),
    ("a: -.inf", {"a": 0}, [("PAR005", 1, 4)]),
    ("a: 1.0e+999", {"a": 0}, [("PAR006", 1, 4)]),
    ("a: " + "9" * 5000, {"a": 0}, [("PAR006", 1, 4)]),
    ("a: 2024-01-01", {"a": "2024-01-01"}, [("PAR010", 1, 4)]),
    ("a: !!binary aGk=", {"a": "aGk="}, [("PAR010", 1, 4)]),
    ("a: !!python/object:os.system [x]", {"a": ["x"]}, [("PAR010", 1, 4)]),
    ("a: !mine {b: 1}", {"a": {"b": 1}}, [("PAR010", 1, 4)]),
    ("1: a", {"1": "a"}, [("PAR010", 1, 1)]),
    ("? [a]\n: 1", {"": 1}, [("PAR010", 1, 3)]),
    ("a: !!str 12", {"a": "12"}, []),
    ("a: !!int x", {"a": 0}, [("PAR010", 1, 4)]),
    ("a: &x [*x]", None, [("PAR010", 1, 8)]),
    ("a: *x", None, [("PAR010", 1, 4)]),
    ("a: [1", None, [("PAR010", 1, 6)]),
    ("a: b: c", None, [("PAR010", 1, 5)]),
    ("a:\n\t- b", None, [("PAR010", 2, 1)]),
    ("a: \x01", None, [("PAR010", 1, 4)]),
]


@pytest.mark.parametrize(("text", "value", "expected"), YAML)
def test_yaml_is_what_json_can_say_of_it(text: str, value: object, expected: list[tuple[str, int, int]]) -> None:
    (document,) = read(text, "x.yaml")
    found = [(one.code, one.span.line, one.span.column) for one in document.text_findings() if one.span]
    assert (document.value, found) == (value, expected)


def test_yaml_aliases_cannot_explode() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    (document,) = read(bomb, "x.yaml")
    assert [fault.code for fault in document.faults] == ["PAR011"]
    assert not document.complete


def test_yaml_says_what_it_made_of_a_word() -> None:
    (document,) = read("a: on\nb: [012, 1:30, yes, 'no', true, 12]", "x.yaml")
    assert document.value == {"a": True, "b": [10, 90, True, "no", True, 12]}
    assert list(document.remarks) == ["/a", "/b/0", "/b/1", "/b/2"]


def test_yaml_documents_have_places_of_their_own() -> None:
    first, second = read("a: {b: [1, é]}\n---\n- c: |\n    d\n", "x.yaml")
    spot = first.locations(["/a/b/1", "/nowhere"])
    assert {pointer: str(one.value) for pointer, one in spot.items()} == {"/a/b/1": "x.yaml:1:12"}
    spot = second.locations(["/0/c"])
    assert (spot["/0/c"].value.line, spot["/0/c"].value.column, str(spot["/0/c"].key)) == (3, 6, "x.yaml:3:3")


@given(VALUES)
def test_a_decoded_payload_is_copied_as_it_is(value: Json) -> None:
    copy, found, complete = plain(value)
    assert (repr(copy), found, complete) == (repr(value), [], True)


def test_a_decoded_payload_may_hold_anything() -> None:
    odd = {"a": math.nan, "b": (1, 2), "c": {3}, 4: "d", "e": object(), "f": "\ud800", "g": b"h"}
    document = decoded_document(odd)
    assert document.value == {"a": 0, "b": [1, 2], "c": [3], "4": "d", "e": None, "f": "\ufffd", "g": None}
    found = {fault.pointer: fault.code for fault in document.faults}
    assert found == {
        "/a": "PAR005", "/b": "PAR001", "/c": "PAR001", "/4": "PAR001", "/e": "PAR001", "/f": "PAR007", "/g": "PAR001",
    }  # fmt: skip


def test_a_payload_inside_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert [fault.code for fault in decoded_document(endless).faults] == ["PAR008"]


def nested(levels: int, inside: object = None) -> object:
    for _ in range(levels):
        inside = [inside]
    return inside


@pytest.mark.parametrize(
    "payload",
    [None, 1.5, {"a": [1, "é", True]}, nested(512), {"a": nested(511)}],
    ids=["null", "number", "object", "deep", "field"],
)
def test_plain_data_is_checked_as_it_is(payload: object) -> None:
    document = decoded_document(payload)
    assert document.value is payload
    assert document.complete
    assert document.faults == ()


@pytest.mark.parametrize(
    "payload",
    [nested(513), nested(511, {"a": []}), nested(3, {1: 2}), nested(3, (1,)), [math.nan], ["\ud800"], [b""]],
    ids=["deep", "field", "key", "tuple", "number", "text", "bytes"],
)
def test_what_is_not_plain_is_copied_with_its_faults(payload: object) -> None:
    document = decoded_document(payload)
    assert document.value is not payload
    assert document.faults
