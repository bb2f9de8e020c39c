"""YAML as a spec and as a payload: one reader, of which each takes what it allows."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from parlance.check.document_reader import read_documents
from parlance.finding import Lines, LocatedList, LocatedMap, SpecError
from parlance.finding.shape import is_object
from parlance.spec.reading import read_file, read_list
from parlance.spec.yaml_usage import SpecUsage
from parlance.yaml_text import event_reader
from parlance.yaml_text.event_reader import read
from parlance.yaml_text.nodes import FoldedNodes, YamlNode

BOTH: list[tuple[str, str, object]] = [
    ("anchor and tag in two lines", "key: &anchor\n !!map\n  a: b\n", {"key": {"a": "b"}}),
    ("an alias as a key", "a: &k b\nc:\n  *k : 1\n", {"a": "b", "c": {"b": 1}}),
    ("a directive", "%YAML 1.2\n---\na: [http://x.org/x?y=1, b]\n...\n", {"a": ["http://x.org/x?y=1", "b"]}),
    ("`<<` in quotes is a key", '"<<": {x: 1}\n', {"<<": {"x": 1}}),
    ("`=` is a key", "=: 1\n", {"=": 1}),
    (
        "blocks",
        "a: |2+\n    deep\n  \n\nb: >-\n  one\n\n  two\n   three\n",
        {"a": "  deep\n\n\n", "b": "one\ntwo\n three"},
    ),
    ("keys alone", "? a\n? b\n", {"a": None, "b": None}),
    ("tags of what is written", "a: !!str 12\nb: !!seq [1]\nc: !!null ~\n", {"a": "12", "b": [1], "c": None}),
    ("lines joined", "a: \"x\\\r\n  y\"\r\nb: 'it''s'\r\n", {"a": "xy", "b": "it's"}),
    ("an anchor defined twice", "- &x 1\n- *x\n- &x 2\n- *x\n", [1, 1, 2, 2]),
    ("lists without lines between", "- - - a\n    - b\n  - c\n", [[["a", "b"], "c"]]),
    ("escapes", 'a: "\\x41\\u00e9\\U0001F600\\_\\N\\e"\n', {"a": "Aé\U0001f600\xa0\x85\x1b"}),
    ("numbers that are texts", "a: 0o17\nb: 1e3\nc: +12\nd: 1.\n", {"a": "0o17", "b": "1e3", "c": 12, "d": 1.0}),
]
REFUSED: list[tuple[str, str, list[str]]] = [
    ("a key twice, once by an alias", "a: &k b\n*k : 1\nb: 2\n", ["3:1"]),
    ("a list as a key", "? [x]\n: 1\n", ["1:3"]),
    (
        "tags of others",
        "c: !local x\nd: !!binary aGk=\ne: !!set {a, b}\nf: !<tag:x.org,2020:y> 1\n",
        ["1:4", "2:4", "3:4", "4:4"],
    ),
    ("tags of another kind", "a: !!seq {x: 1}\nb: !!map [1]\n", ["1:4", "2:4"]),
    (
        "tags that the text is not",
        "a: !!null no\nb: !!bool x\nc: !!int x\nd: !!float x\n",
        ["1:4", "2:4", "3:4", "4:4"],
    ),
    ("an alias into itself", "a: &x\n  b: *x\n", ["2:6"]),
    ("an alias of nothing", "k: 1\na: *nope\n", ["2:4"]),
    ("a key that is a boolean", "yes: 1\n", ["1:1"]),
    ("the value of the default", "a: 1\nb: =\n", ["2:4"]),
    ("half of a pair", 'a: "\\ud83d\\ude00"\n', ["1:7"]),
    ("what no number is", "a: .inf\nb: -.INF\nc: .NaN\n", ["1:4", "2:4", "3:4"]),
]
APART: list[tuple[str, str, object, object]] = [
    ("merges", "a: &a {x: 1}\nc:\n  <<: *a\n  y: 9\n", ["3:3"], {"a": {"x": 1}, "c": {"y": 9, "x": 1}}),
    ("a tagged merge", "a: &a {x: 1}\nb:\n  !!merge <<: *a\n", ["3:3"], {"a": {"x": 1}, "b": {"x": 1}}),
    (
        "two merges",
        "a: &a {x: 1, y: 2}\nc: {<<: [{y: 3}, *a]}\n",
        ["2:5"],
        {"a": {"x": 1, "y": 2}, "c": {"y": 3, "x": 1}},
    ),
    ("a merge of a text", "a: {<<: text}\n", ["1:5"], ["1:9"]),
    (
        "digits",
        "a: 017\nb: 0x1F\nc: 1:30\nd: 1_0\n",
        ["1:4", "2:4", "3:4", "4:4"],
        {"a": 15, "b": 31, "c": 90, "d": 10},
    ),
    ("words", "a: on\nb: No\n", ["1:4", "2:4"], {"a": True, "b": False}),
    ("a day", "a: 2024-09-12\n", {"a": date(2024, 9, 12)}, ["1:4"]),
    ("no days", "a: 2024-13-45\nb: 2024-09-12T10:00:00Z\n", ["1:4", "2:4"], ["1:4", "2:4"]),
    ("a second document", "a: 1\n---\nb: 2\n", ["2:1"], {"a": 1}),
]


def spec(folder: Path, text: str) -> object:
    """What a spec reads, or the places of the faults."""
    file = folder / "spec.yaml"
    file.write_text(text, "utf-8", newline="")
    try:
        return data(read_list(file) if text.startswith("- ") else read_file(file))
    except SpecError as error:
        return [str(finding.span).partition("spec.yaml:")[2] for finding in error.findings]


def data(value: object) -> object:
    if isinstance(value, LocatedMap):
        return {key: data(child) for key, child in value.items()}
    if isinstance(value, LocatedList):
        return [data(child) for child in value]
    return str(value) if isinstance(value, str) else value


def payload(text: str) -> Any:
    """What is read of the first document of a payload, or the places of the faults."""
    first = next(iter(read_documents(io.BytesIO(text.encode()), "x.yaml")))
    findings = list(first.text_findings())
    return [str(finding.span).removeprefix("x.yaml:") for finding in findings] if findings else first.value


@pytest.mark.parametrize(("text", "value"), [case[1:] for case in BOTH], ids=[case[0] for case in BOTH])
def test_both_read_it_alike(tmp_path: Path, text: str, value: object) -> None:
    assert (spec(tmp_path, text), payload(text)) == (value, value)


@pytest.mark.parametrize(("text", "places"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_both_refuse_it_at_one_place(tmp_path: Path, text: str, places: list[str]) -> None:
    assert (spec(tmp_path, text), payload(text)) == (places, places)


@pytest.mark.parametrize(("text", "of_spec", "of_payload"), [case[1:] for case in APART], ids=[c[0] for c in APART])
def test_each_takes_what_it_allows(tmp_path: Path, text: str, of_spec: object, of_payload: object) -> None:
    assert (spec(tmp_path, text), payload(text)) == (of_spec, of_payload)


def nested(levels: int) -> str:
    """So many lists in one another, written side by side: each has the one before as an alias."""
    lines = [f"a{level}: &a{level} [{f'*a{level - 1}' if level else 1}]" for level in range(levels)]
    return "\n".join(lines) + "\n"


def test_aliases_nest_no_deeper_than_brackets(tmp_path: Path) -> None:
    assert isinstance(spec(tmp_path, nested(200)), dict)
    assert spec(tmp_path, nested(201)) == ["201:14"]
    assert isinstance(payload(nested(511)), dict)
    assert payload(nested(512)) == ["512:14"]
    deep = nested(511) + "b: {x: &b {y: *a508}}\nc: {<<: *b, z: 1}\nd: {e: {<<: *b}}\n"
    assert payload(deep) == ["514:13"]


LONG = """
# a cassette of two documents
interactions:
- request:
    body: '{"a": 1,

      "b": 2}'
    headers: {Accept: ['*/*'], "x": [1, 2]}
  response: {}
-   text: |+
      kept to the end

    folded: >-
      one
      two
  # between
- - - a: 1
      b: [x, y]
  - c: ~
- plain
- ? key
  : value
- <<: {d: 1}
  e: !!binary aGk=
more:
    - deep:
      - deeper:
        - "Grüße 🌊": 1
---
- &a {x: 1}
- y: *a
- z: 1
"""


def nodes_of(text: str) -> list[tuple[object, ...]]:
    """Every node of a text with its places."""
    found: list[tuple[object, ...]] = []
    for document in read(text, SpecUsage(Lines(text))):
        pending = [("", document.root)]
        while pending:
            pointer, node = pending.pop()
            assert node is not None
            value: object = node.value
            assert not is_object(value) or [*node.children] == [*value]
            facts = (node.start, node.end, node.last, node.key, node.layout, node.alias, node.decorated)
            found.append((document.start, pointer, value, *facts))
            pending += [(f"{pointer}/{token}", child) for token, child in node.children.items()]
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_folded_in_a_long_text_is_read_again_as_it_was(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = LONG.replace("\n", end)
    whole = nodes_of(text)
    folded: list[YamlNode] = []
    fold = YamlNode.fold

    def noted(node: YamlNode, items: FoldedNodes, end: int) -> None:
        folded.append(node)
        fold(node, items, end)

    monkeypatch.setattr(event_reader, "_LONG", 0)
    monkeypatch.setattr(YamlNode, "fold", noted)
    assert nodes_of(text) == whole
    assert len(folded) == 11


def test_values_of_folded_items_are_the_same_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_reader, "_LONG", 0)
    (document,) = read("- a: {b: [1, 2]}\n- c: 1\n", SpecUsage(Lines("")))
    assert document.root is not None
    node = document.find("/0/a/b")
    assert node is not None
    assert node.value is document.root.value[0]["a"]["b"]
