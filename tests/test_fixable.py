"""What a summary calls fixable is what its flags then fix, in whatever a document is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parlance.check.document_reader import yaml_document
from parlance.check.fixes.edited_value import edited_value, is_same
from parlance.check.fixes.json_writing import UnwritableEdit, writer_of, written
from parlance.check.fixes.value_fix import ValueEdit
from parlance.cli import main
from shipped import contracts
from test_fixing import VALUES, WORDS, at, places

DEFECTS = Path(__file__).parent / "cases" / "lint" / "defects"
SAFELY = re.compile(r"(\d+) fixable with --fix(?! --unsafe)")
UNSAFELY = re.compile(r"(\d+) (?:more with|fixable with --fix) --unsafe-fixes")


class Plain(yaml.SafeDumper):
    """Writes out what occurs twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Every value stands for itself."""
        return True


class Indented(Plain):
    """Indents the items of a list more than its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Never without indentation."""
        super().increase_indent(flow, False)


def in_yaml(value: Any, dumper: type[yaml.SafeDumper] = Plain, **options: Any) -> str:
    dump: Any = yaml.dump
    return str(dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, **options))


ENCODINGS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "compact JSON": ("x.json", json.dumps),
    "indented JSON": ("x.json", lambda value: json.dumps(value, indent=2)),
    "JSON Lines": ("x.jsonl", lambda value: f"{json.dumps(value)}\n" * 2),
    "YAML in blocks": ("x.yaml", lambda value: in_yaml(value, default_flow_style=False)),
    "YAML in deep blocks": ("x.yaml", lambda value: in_yaml(value, Indented, default_flow_style=False, indent=4)),
    "YAML in brackets": ("x.yaml", lambda value: in_yaml(value, default_flow_style=True, width=10**6)),
    "several YAML documents": ("x.yaml", lambda value: f"---\n{in_yaml(value)}" * 2),
}


WHOLE = ("indented JSON", "YAML in blocks")
OTHERS = [encoding for encoding in ENCODINGS if encoding not in WHOLE]


class Subject(NamedTuple):
    """A document that something may be fixed in."""

    dialect: str
    artifact: str
    value: Any


@cache
def subjects() -> list[Subject]:
    """The bad examples of every rule that has a fix, and every defect of the corpus."""
    found: dict[str, list[Subject]] = {}
    for name, contract in contracts().items():
        for rule in contract.rules:
            if rule.fix is not None and rule.code not in found:
                found[rule.code] = [Subject(name, rule.artifact, one.document) for one in rule.bad]
    return [*(one for examples in found.values() for one in examples), *defects(next(iter(contracts())))]


def defects(dialect: str) -> Iterator[Subject]:
    for path in sorted(DEFECTS.iterdir()):
        texts = path.read_text("utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text("utf-8")]
        for text in texts:
            value = yaml_document(text).value  # as nearly all JSON is YAML, too
            if isinstance(value, dict):
                yield Subject(dialect, "auto", value)


def answered(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(" ".join(text.split()))
    return int(found[1]) if found else 0


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_called_fixable_is_fixed(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name, write = ENCODINGS[encoding]

    def lint(subject: Subject, *flags: str) -> tuple[str, str]:
        with pytest.raises(SystemExit):
            main(["lint", *flags, "--dialect", subject.dialect, "--as", subject.artifact, "--statistics", name])
        printed = capsys.readouterr()
        return printed.out, printed.err

    total = 0
    # Every document in two formats, and in one of the others.
    for subject in subjects() if encoding in WHOLE else subjects()[OTHERS.index(encoding) :: len(OTHERS)]:
        Path(name).write_text(text := write(subject.value), "utf-8")
        out, _ = lint(subject)
        safe, unsafe = answered(SAFELY, out), answered(UNSAFELY, out)
        for flags, called in ((["--fix"], safe), (["--fix", "--unsafe-fixes"], safe + unsafe)):
            if called:
                Path(name).write_text(text, "utf-8")
                left, err = lint(subject, *flags)
                assert answered(re.compile(r"Fixed (\d+) of"), err) == called, (subject, flags, out, err)
                assert answered(SAFELY, left) == 0, (subject, flags, left)
                assert answered(UNSAFELY, left) == (0 if len(flags) > 1 else answered(UNSAFELY, lint(subject)[0]))
                assert not (len(flags) > 1 and answered(UNSAFELY, left))
        total += safe + unsafe
    assert total > (100 if encoding in WHOLE else 20)


LAYOUTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"default_flow_style": False},
        {"default_flow_style": True},
        {"default_flow_style": None},
        {"default_style": '"'},
        {"default_style": "|", "default_flow_style": False},
        {"default_flow_style": False, "indent": 4},
        {"default_flow_style": False, "width": 20},
    ]
)


@st.composite
def edits_of_yaml(draw: st.DrawFn) -> tuple[str, list[ValueEdit]]:
    strings = st.lists(VALUES, min_size=1, max_size=4) | st.dictionaries(WORDS, VALUES, min_size=1, max_size=4)
    text = in_yaml(draw(strings), draw(st.sampled_from([Plain, Indented])), **draw(LAYOUTS))
    value = yaml_document(text).value
    pointers = [*places(value)]
    edits: list[ValueEdit] = []
    for _ in range(draw(st.integers(1, 4))):
        operation = draw(st.sampled_from(["rename", "remove", "replace", "add", "append", "insert"]))
        name = draw(WORDS) if operation in {"rename", "add"} else None
        copied_or_new = st.sampled_from(pointers).map(lambda one: at(value, one)) | VALUES
        new: Any = draw(copied_or_new) if operation in {"replace", "add", "append"} else None
        if operation == "insert":
            new = draw(st.lists(copied_or_new, max_size=3))
        edits.append(ValueEdit(operation, draw(st.sampled_from(pointers)), name, new))
    return text, edits


@settings(max_examples=examples(120, at_length=3000))
@given(edits_of_yaml())
@example(("- a:\n  - |+\n    b\n\n- c\n", [ValueEdit("add", "/0", "d", "e")]))
@example(("- a:\n  - |2+\n\u2028\n", [ValueEdit("add", "/0", "d", "e")]))
def test_edits_of_yaml_are_edits_of_its_value(drawn: tuple[str, list[ValueEdit]]) -> None:
    """Keys after a question mark stay as they are, and so does what contains one."""
    text, drawn_edits = drawn
    document = yaml_document(text)
    writer = writer_of(document)
    if writer is None or re.search(r"(^[ -]*|[{,]\s*)\? ", text, re.MULTILINE):
        return
    edit_set = writer.edit_set()
    edits = [edit for edit in drawn_edits if edit_set.take([edit])]
    try:
        after = yaml_document(written(text, writer.changes(edit_set)))
    except UnwritableEdit:
        return
    assert after.complete
    assert not after.faults
    assert is_same(after.value, edited_value(document.value, edits))
