"""Lines: one way of counting them, so that the line of an excerpt holds what its finding points to."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import SCRIPT, parlance
from hypothesis import assume, given
from hypothesis import strategies as st
from parlance.check.document import Document
from parlance.check.document_reader import json_document, read_documents
from parlance.check.excerpt import excerpt
from parlance.check.text_source import Unreadable
from parlance.finding import Lines, LocatedText, Span, SpecError, lines_of
from parlance.finding.printable import printable
from parlance.folders import spec_folder
from parlance.schemas.documents import read_document
from parlance.spec.reading import read_list, read_text

ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1e", "\ufeff", "\ufeff\n"]
"""What somebody takes for the end of a line, and a mark that nobody does."""

SPACES = st.lists(st.sampled_from([*ENDS[:3], " ", "\t"]), max_size=4).map("".join)
TEXTS = st.lists(st.sampled_from([*ENDS, "a", "é", "😀", " ", '"', "\\", "'", "x" * 90]), max_size=8).map("".join)
IN_YAML = st.lists(st.sampled_from([*ENDS[:6], "a", "é", "漢", " ", '"', "'", "x" * 90]), max_size=8).map("".join)


def cut(lines: Lines, span: Span) -> str:
    """What a span of one line points to."""
    line = lines.line(span.line)
    assert line is not None
    assert span.line == span.end_line
    return line[span.column - 1 : span.end_column - 1]


def read(text: str, name: str) -> list[Document]:
    return list(read_documents(io.BytesIO(text.encode()), name))


@given(TEXTS)
def test_the_lines_of_a_text_are_the_text(text: str) -> None:
    lines = lines_of(text)
    assert "".join(lines) == text
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines[:-1])
    assert lines == [line.decode() for line in io.BytesIO(text.encode())]


@given(TEXTS, st.integers(1, 9))
def test_a_place_is_where_the_character_is(text: str, first: int) -> None:
    lines = Lines(text, first)
    for offset, character in enumerate(text):
        number, column = lines.place(offset)
        line = lines.line(number)
        assert line is not None
        assert line[column - 1 : column] == character or (character in "\r\n" and column > len(line))
        assert number == first + text.count("\n", 0, offset)
    assert lines.line(first - 1) is None
    assert lines.line(lines.place(len(text))[0] + 1) is None


@given(TEXTS, st.integers(1, 3), st.integers(1, 200), st.integers(1, 3), st.integers(1, 200))
def test_no_span_breaks_an_excerpt(text: str, line: int, column: int, end_line: int, end_column: int) -> None:
    shown = excerpt(Span("x", line, column, end_line, end_column), text.replace("\n", ""), "wrong " * 20)
    assert all(one == printable(one) for one in shown)


@given(st.lists(st.tuples(TEXTS, SPACES), min_size=1, max_size=5), SPACES, st.booleans())
def test_a_value_of_json_stands_in_its_line(values: list[tuple[str, str]], gap: str, is_ascii: bool) -> None:
    written = [json.dumps(text, ensure_ascii=is_ascii) for text, _ in values]
    pairs = zip(written, values, strict=True)
    document = json_document(gap + "[" + ",".join(f"{one}{space}" for one, (_, space) in pairs) + "]")
    assert document.source is not None
    for index, spot in enumerate(document.locations([f"/{index}"])[f"/{index}"] for index in range(len(values))):
        assert cut(document.source, spot.value) == written[index]


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n", "\n \r\n"]))
def test_a_value_of_json_lines_stands_in_its_line(values: list[str], end: str) -> None:
    text = "".join(f"[{json.dumps(value, ensure_ascii=False)}]{end}" for value in values)
    whole = Lines(text)
    for value, document in zip(values, read(text, "x.jsonl"), strict=True):
        spot = document.locations(["/0"])["/0"]
        assert document.source is not None
        assert cut(document.source, spot.value) == cut(whole, spot.value) == json.dumps(value, ensure_ascii=False)


def quoted(text: str) -> str:
    """A text in double quotes, as YAML has them."""
    return f'"{"".join(char if char.isalnum() else f"{chr(92)}u{ord(char):04x}" for char in text)}"'


@given(st.lists(IN_YAML, min_size=1, max_size=5), st.sampled_from(ENDS[:6]))
def test_a_value_of_yaml_stands_in_its_line(values: list[str], end: str) -> None:
    written = list(map(quoted, values))
    text = "".join(f"- {one}{end}" for one in written)
    (document,) = read(text, "x.yaml")
    assert document.source is not None
    for index, spot in enumerate(document.locations([f"/{index}"])[f"/{index}"] for index in range(len(values))):
        assert cut(document.source, spot.value) == written[index]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spec") / "rules.yaml"


@given(
    st.lists(IN_YAML, min_size=1, max_size=4), st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from(ENDS[:3])
)
def test_each_character_of_a_spec_has_its_place(file: Path, values: list[str], style: str | None, end: str) -> None:
    text = yaml.dump(values, default_style=style, allow_unicode=True, width=20, line_break=end)
    assume(not text.startswith("[]"))
    file.write_text(text, "utf-8", newline="")
    lines = Lines(text)
    for value in read_list(file):
        assert isinstance(value, LocatedText)
        for offset, character in enumerate(value):
            place = value.place(offset)
            line = lines.line(place.line)
            assert line is not None
            assert place.column <= len(line) + 1
            if character in "aé漢x":
                assert line[place.column - 1] == character


@given(st.lists(IN_YAML, min_size=1, max_size=5), st.sampled_from(ENDS[:6]))
def test_a_key_of_a_spec_stands_in_its_line(values: list[str], end: str) -> None:
    keys = {f"{number}{value}": quoted(f"{number}{value}") for number, value in enumerate(values)}
    text = end.join(f"{key}: [1,{end} {{{key}: 2}}]" for key in keys.values())
    lines = Lines(text)
    found = read_text(text, "x.yaml")
    for key, place in found.places.items():
        inner = found[key].places[1]
        for at, written in ((place, keys[key]), (inner, "{")):
            line = lines.line(at.line)
            assert line is not None
            assert line.startswith(written, at.column - 1)


@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
@pytest.mark.parametrize("end", ENDS[:6])
def test_a_schema_with_any_end_of_a_line_is_refused_with_its_line(tmp_path: Path, name: str, end: str) -> None:
    between = end if name == "x.yaml" or end in ("\n", "\r\n", "\r") else " "
    inside = end * 5 if name == "x.json" and end > " " else ""
    text = f'{{"title": "a{inside}b{"x" * 90}", "properties":{between}{{"a":{between}{{"typo": 1}},'
    text += ' "b": {"$ref": "#/x"},\n'
    text += f'"c": {{"pattern":{between}"("}}, "d": {{"tipe": 2}}}}}}\n'
    (tmp_path / name).write_text(text, "utf-8", newline="")
    done = parlance("generate", "--from-schema", name, "--output", "-", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    check_shown(done.stderr, text)
    assert len(_HEAD.findall(done.stderr)) == 4


_HEAD = re.compile(r"^[^\s:]+:(\d+):(\d+): error", re.MULTILINE)
_CARET = re.compile(r"^ *(\d+) \| (.*)\n +\| ( *)(\^+)", re.MULTILINE)


def check_shown(printed: str, text: str) -> None:
    """The marked part of each excerpt is what stands at the place above it."""
    lines = Lines(text)
    places = _HEAD.findall(printed)
    shown = _CARET.findall(printed)
    assert len(shown) == len(places) > 0
    for (number, column), (beside, source, before, carets) in zip(places, shown, strict=True):
        line = lines.line(int(number))
        assert line is not None
        assert number == beside
        start = int(column) - 1
        marked = source[len(before) : len(before) + len(carets)]
        assert printable(line[start : start + len(carets)]).startswith(marked.removesuffix("…")), (marked, line)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_a_payload_with_any_end_of_a_line_is_shown_with_its_line(tmp_path: Path, end: str) -> None:
    gap = end if end in ("\n", "\r\n", "\r") else " "
    head = f'{{"model": "m",{gap}"user": "a{end if end > " " else ""}b",{gap}"messages":'
    text = f'{head} [{{"role": "user", "content": "x", "nam": 1}}],{gap}"temprature": 1,{gap}"n": "{"y" * 200}"}}'
    (tmp_path / "x.json").write_text(text, "utf-8", newline="")
    (tmp_path / "y.yaml").write_text(text, "utf-8", newline="")
    for name in ("x.json", "y.yaml"):
        done = parlance("validate", "--as", "request", name, cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        check_shown(done.stdout, text)
    done = parlance("validate", "--as", "request", "--output-format", "sarif", "x.json", cwd=tmp_path)
    lines: list[str] = text.split("\n")
    results: list[Any] = json.loads(done.stdout)["runs"][0]["results"]
    for result in results:
        region = result["locations"][0]["physicalLocation"]["region"]
        row: str = lines[int(region["startLine"]) - 1]
        key = row[int(region["startColumn"]) - 1 : int(region["endColumn"]) - 1]
        assert key in ('"nam"', '"user"', '"temprature"', '"n"')


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\ufeff"])
def test_a_fault_in_a_spec_is_shown_with_its_line(tmp_path: Path, end: str) -> None:
    (tmp_path / "spec").mkdir()
    text = f"openapi: 3.1.0\ninfo:{{title: 'a{end}b',{end} titel: 2}}\n".replace("info:{", "info: {")
    (tmp_path / "spec" / "openapi.yaml").write_text(text, "utf-8", newline="")
    done = parlance("generate", "--spec", "spec", "--output", "generated", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    check_shown(done.stderr, text)


def test_a_byte_order_mark_shifts_no_excerpt(tmp_path: Path) -> None:
    text = '{"properties": {"a": {"typo": 1}}}'
    (tmp_path / "x.json").write_text(text, "utf-8")
    marked = tmp_path / "y.yaml"
    marked.write_text(f"\ufeff\ufeff{text}", "utf-8")
    done = parlance("generate", "--from-schema", "y.yaml", "--output", "-", cwd=tmp_path)
    assert done.stderr.startswith("y.yaml:1:1: error PAR003")
    with pytest.raises(SpecError, match=r"y.yaml:1:1: PAR901 the character U\+FEFF may not stand"):
        read_list(marked)


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028"])
def test_a_diff_counts_as_git_does(tmp_path: Path, end: str) -> None:
    inside, between = ("", end) if end == "\r" else (end if end > " " else "", " ")
    old = f'{{"model": "gpt-4.1", "stop": "{inside}",{between}"messages": [{{"role": "user", "content": "x"}}],\n'
    old += '"temprature": 1}\n'
    (tmp_path / "x.json").write_text(old, "utf-8", newline="")
    command = [sys.executable, "-c", SCRIPT, "lint", "--as", "request", "--diff", "--unsafe-fixes", "x.json"]
    diff = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout
    assert b"@@ -1,2 +1,2 @@" in diff
    (tmp_path / "x.diff").write_bytes(diff)
    subprocess.run(["git", "apply", "-p0", "x.diff"], cwd=tmp_path, check=True)  # noqa: S607 - whichever git there is
    assert (tmp_path / "x.json").read_bytes().decode() == old.replace("temprature", "temperature")


def test_settings_count_as_tomllib_does(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_bytes("dialect = 'a\u2028b'\noutputt = 1\n".encode())
    assert "parlance.toml:2: there is no setting" in parlance("config", cwd=tmp_path).stderr
    (tmp_path / "parlance.toml").write_bytes(b"dialect = 'a'\rb = 1\n")
    assert "parlance.toml:1: " in parlance("config", cwd=tmp_path).stderr


# YAML has two readers in PyYAML, of which the one in C reads more.


@pytest.mark.parametrize("path", sorted(spec_folder().rglob("*.yaml")), ids=lambda path: path.name)
def test_both_readers_of_yaml_read_each_file_of_the_spec_alike(path: Path) -> None:
    text = path.read_bytes().decode()
    assert _events(text, yaml.CSafeLoader) == _events(text, yaml.SafeLoader)


def _events(text: str, loader: Any) -> list[tuple[object, ...]]:
    facts = ("value", "anchor", "tag", "implicit", "explicit")
    events: list[Any] = [*yaml.parse(text, Loader=loader)]
    return [
        (type(event), event.start_mark.index, event.end_mark.index, *(getattr(event, fact, None) for fact in facts))
        for event in events
    ]


@pytest.mark.parametrize("text", ["{a: b?}", "a: 'b'\t# c", "a:\t1", "|# a\n b", "a: !\t1"])
def test_the_other_reader_of_yaml_is_never_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        list(yaml.parse(text, Loader=yaml.SafeLoader))
    list(yaml.parse(text, Loader=yaml.CSafeLoader))
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(Unreadable, match="PyYAML has no C part"):
        read(text, "x.yaml")
    file = tmp_path / "x.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(SpecError, match=r"x.yaml:1:1: PAR901 PyYAML has no C part.*install a wheel"):
        read_list(file)
    with pytest.raises(SpecError, match=r"x.yaml:1:1: PAR901 cannot be read: PyYAML has no C part"):
        read_document(file, "x.yaml", "", "")
