"""The snapshot of the spec says what reading the YAML says, place by place, and only of files that are as they were."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shipped
from parlance.contract.build import build_contract, build_contracts
from parlance.contract.ir import Contract
from parlance.contract.json_form import as_json
from parlance.finding import Finding, LocatedList, LocatedMap, LocatedText, Place, SpecError
from parlance.finding.shape import is_array, is_object
from parlance.folders import grammar_file, shipped_bytes, snapshot_file, spec_folder
from parlance.generation.dialect_rows import dialect_rows
from parlance.spec import Spec, load_spec, resolve, with_overlays
from parlance.spec.snapshot import Snapshot, snapshot_text
from parlance.spec_source import SpecSource
from parlance.targets.rule_manual import RuleManual

OVERLAY = """\
overlay: 1.1.0
info: {{title: Gateway, version: '2026-11-20'}}
id: gateway
description: Our gateway.
extends: {extends}
sources:
  - {{source: us, date: 2026-11-20}}
{rest}
"""
RULE = """
rules:
  own:
    - code: GATE001
      name: gateway-seed
      artifact: request
      severity: error
      summary: A seed is sent.
      why: It does nothing.
      kind: {kind}
      {about}
      message: no seed
      sources: [{{source: us, date: 2026-11-20}}]
      confidence: A
      examples:
        bad: [{{at: /seed, document: {{model: m, messages: [], seed: 1}}}}]
        good: [{{document: {{model: m, messages: []}}}}]
"""
EVIDENCE = "evidence: {source: us, date: 2026-11-20, says: so}"
FIELD = "field: {}\n      where: self.stream"
SEED = "$.components.schemas.CreateChatCompletionRequest.properties.seed"
OVERLAYS = {
    "nothing": ("vllm", ""),
    "a field that is ignored": ("vllm", f"actions:\n  - {{target: {SEED}, policy: ignored, {EVIDENCE}}}"),
    "a target that matches nothing": ("vllm", f"actions:\n  - {{target: {SEED}s, remove: true, {EVIDENCE}}}"),
    "a reference to nothing": (
        "openai",
        f"actions:\n  - {{target: {SEED}, update: {{$ref: '#/components/schemas/Sed'}}, {EVIDENCE}}}",
    ),
    "a keyword that there is not": ("openai", f"actions:\n  - {{target: {SEED}, update: {{minimun: 0}}, {EVIDENCE}}}"),
    "another day": ("vllm", "as-of: 2024-09-01"),
    "a day on which what it maps to was not there": ("cerebras", "as-of: 2023-03-01"),
    "a rule of its own": ("vllm", RULE.format(kind="forbids", about=FIELD.format("seed"))),
    "a rule about a field that there is not": ("vllm", RULE.format(kind="forbids", about=FIELD.format("sed"))),
    "a rule with a broken expression": ("vllm", RULE.format(kind="assert", about="assert: self.seed ==")),
    "a code that there is not": ("vllm", f"rules:\n  disable: [{{code: PAR299, {EVIDENCE}}}]"),
    "a name that is taken": ("vllm", "aliases: [groq]"),
    "what there is not": ("vlm", ""),
    "no title": ("vllm", "conversion: lax"),
}
FAULTLESS = {"nothing", "a field that is ignored", "another day", "a rule of its own"}


@pytest.fixture(scope="module")
def plain() -> Spec:
    return load_spec(spec_folder())


@pytest.fixture(scope="module")
def known() -> Spec:
    return loaded(spec_folder())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(spec_folder(), tmp_path / "spec"))


@pytest.fixture
def part(copy: Path) -> Path:
    """Of the copy the dialects of the base, and one that extends it: what is read anew is a third."""
    for path in (copy / "dialects").glob("*.yaml"):
        if not path.name.startswith(("openai", "vllm", "continued", "least-tokens")):
            path.unlink()
    for path in (copy / "models").glob("*.yaml"):
        if path.stem != "openai":
            path.unlink()
    return copy


def loaded(root: Path, overlays: tuple[Path, ...] = ()) -> Spec:
    return load_spec(root, overlays, snapshot=snapshot_file())


def test_the_tool_starts_from_it() -> None:
    assert SpecSource().load().is_proven  # or else: run `parlance generate`


def check_same(one: Any, other: Any) -> None:
    """Fail if two values differ, in what they are or in where anything of them stands."""
    assert issubclass(type(other), type(one))
    if isinstance(one, LocatedMap | LocatedList):
        assert (one.at, one.places) == (other.at, other.places)
    if isinstance(one, LocatedText):
        assert (one.at, one.spelling) == (other.at, other.spelling)
        assert [one.place(offset) for offset in (0, len(one))] == [other.place(offset) for offset in (0, len(other))]
    assert one == other
    if is_object(one):
        assert [*one] == [*other]
        for key, child in one.items():
            check_same(child, other[key])
    elif is_array(one):
        for child, twin in zip(one, other, strict=True):
            check_same(child, twin)


def test_it_says_what_the_files_say(plain: Spec, known: Spec) -> None:
    assert known.is_proven
    assert not plain.is_proven
    assert known.files.keys() == plain.files.keys()
    for name, (kind, value) in plain.files.items():
        assert known.files[name][0] == kind
        check_same(value, known.files[name][1])


@pytest.mark.parametrize("name", ["openai-2026-11", "vllm", "kluster", "compatible", "openai@2025-03-01"])
def test_dialects_come_out_the_same(plain: Spec, known: Spec, name: str) -> None:
    one, other = (build_contract(resolve(spec, name)) for spec in (plain, known))
    assert as_json(one) == as_json(other)
    assert one == other


@pytest.mark.parametrize("about", OVERLAYS)
def test_overlays_have_the_same_faults(tmp_path: Path, plain: Spec, known: Spec, about: str) -> None:
    extends, rest = OVERLAYS[about]
    path = tmp_path / "gateway.yaml"
    path.write_text(OVERLAY.format(extends=extends, rest=rest), "utf-8")
    without = found_in(path, plain)
    assert found_in(path, known) == without
    assert isinstance(without, Contract) is (about in FAULTLESS), without


def found_in(path: Path, spec: Spec) -> Contract | list[Finding]:
    """What is wrong with an overlay, each fault with its place; or else the contract."""
    try:
        return build_contract(resolve(with_overlays(spec, (path,)), "gateway"))
    except SpecError as error:
        findings: list[Finding] = [*error.findings]
        assert findings
        return findings


def test_an_edited_file_is_read_anew(copy: Path) -> None:
    assert loaded(copy).is_proven  # the same files, wherever they are
    path = copy / "rules" / "tools.yaml"
    before = loaded(copy).files["rules/tools.yaml"][1].at
    path.write_text(f"# a comment\n{path.read_text('utf-8')}", "utf-8")
    spec = loaded(copy)
    assert not spec.is_proven
    assert spec.files["rules/tools.yaml"][1].at == Place(str(path), before.line + 1, before.column)
    assert spec.files["rules/files.yaml"][1].at.file == str(copy / "rules" / "files.yaml")


def build_all(spec: Spec, *names: str) -> None:
    for _ in build_contracts(resolve(spec, name) for name in names):
        pass


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("rules/tools.yaml", "kind: ", "kinds: ", "PAR902"),
        ("rules/tools.yaml", "artifact: request", "artifact: reqest", "PAR912"),
        ("rules/parameters.yaml", "self.", "self.un.", "PAR912"),
        ("schemas/request.yaml", "$ref: ", "$ref: un", "PAR904"),
        ("dialects/vllm-2026-11.yaml", "extends: openai", "extends: opnai", "PAR904"),
        ("dialects/vllm-2026-11.yaml", ".properties", ".propertys", "PAR906"),
        ("models/openai.yaml", "code: PAR", "code: PAR9", "PAR9"),
        ("openapi.yaml", "x-as-of", "x-as-off", "PAR902"),
    ],
)
def test_a_fault_in_an_edited_file_is_found(part: Path, name: str, old: str, new: str, fault: str) -> None:
    path = part / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    findings: list[object] = []
    for load in (loaded, load_spec):
        with pytest.raises(SpecError) as raised:
            build_all(load(part), "openai", "vllm")
        findings.append([*raised.value.findings])
        assert any(finding.code.startswith(fault) for finding in raised.value.findings), raised.value.findings
    assert findings[0] == findings[1]


def test_a_file_that_goes_or_comes_leaves_nothing_proven(copy: Path) -> None:
    (copy / "dialects" / "more.yaml").write_text(OVERLAY.format(extends="vllm", rest=""), "utf-8")
    assert not loaded(copy).is_proven
    (copy / "dialects" / "more.yaml").unlink()
    assert loaded(copy).is_proven
    (copy / "dialects" / "groq-2026-08.yaml").unlink()
    with pytest.raises(SpecError, match="no dialect chooses the models of 'groq'"):
        loaded(copy)


def test_another_grammar_or_a_broken_file_is_no_snapshot(tmp_path: Path) -> None:
    text = snapshot_file().read_text("utf-8")
    names = list(json.loads(text.partition("\n")[0])["files"])
    assert Snapshot.read(snapshot_file(), grammar_file()).is_whole(names)
    grammar = tmp_path / "grammar.json"
    grammar.write_bytes(grammar_file().read_bytes() + b"\n")
    assert not Snapshot.read(snapshot_file(), grammar).is_whole(names)
    broken = tmp_path / "snapshot.json"
    head, rest = text.split("\n", 1)
    for part in ("", "[]", "{", '{"files": 1}', text[:-9], head, f"{head}\n", f"{head}\n{rest}{rest}"):
        broken.write_text(part, "utf-8")
        assert not Snapshot.read(broken, grammar_file()).is_whole(names)
    assert not load_spec(spec_folder(), snapshot=broken).is_proven
    assert not Snapshot.read(tmp_path / "none", grammar_file()).is_whole(names)
    assert not Snapshot.read(None, grammar_file()).is_whole([])


TRICKY = """\
- {code: "\\0x", day: 2024-01-02, text: '2024-01-02', other: "\\x01\\x02", none: null, list: [], map: {}}
- "\\u0002 é\\n"
- |
  several
  lines 😀
- [1, 2.5, true, {a: {b: [c]}}, '']
"""


def test_any_value_survives(tmp_path: Path) -> None:
    from parlance.spec.reading import read_file, read_header, read_list

    (tmp_path / "list.yaml").write_text(TRICKY, "utf-8")
    (tmp_path / "map.yaml").write_text(f"\ufeffrules:\n{TRICKY}more:\n{TRICKY}", "utf-8")
    readers = {"list.yaml": ("rules", read_list), "map.yaml": ("dialect", read_header)}
    values: dict[str, tuple[str, Any]] = {name: (kind, read(tmp_path / name)) for name, (kind, read) in readers.items()}
    values["map.yaml"] = ("entry", read_file(tmp_path / "map.yaml"))
    path = tmp_path / "snapshot.json"
    path.write_text(snapshot_text(tmp_path, grammar_file(), values), "utf-8")
    snapshot = Snapshot.read(path, grammar_file())
    for name, (kind, value) in values.items():
        check_same(value, snapshot.value(name, kind, tmp_path / name))
        assert snapshot.value(name, "models", tmp_path / name) is None
    assert snapshot.value("none.yaml", "rules", tmp_path / "list.yaml") is None
    (tmp_path / "list.yaml").unlink()
    assert snapshot.value("list.yaml", "rules", tmp_path / "list.yaml") is None


def test_line_ends_make_no_difference(plain: Spec, copy: Path) -> None:
    for path in copy.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    spec = loaded(copy)
    assert spec.is_proven
    names = ("vllm", "kluster")
    ours, theirs = ([*build_contracts(resolve(each, name) for name in names)] for each in (spec, plain))
    assert ours == theirs
    read = load_spec(copy)
    for name, (_, value) in read.files.items():
        again: Any = spec.files[name][1]
        assert [each.at for each in texts_in(value)] == [each.at for each in texts_in(again)]
        ends = ([each.place(len(each)) for each in texts_in(one)] for one in (value, again))
        assert next(ends) == next(ends)
    assert snapshot_text(copy, grammar_file(), read.files) == snapshot_file().read_text("utf-8")


def texts_in(value: Any) -> Iterator[LocatedText]:
    if isinstance(value, LocatedText):
        yield value
    children: list[Any] = [*value.values()] if is_object(value) else value if is_array(value) else []
    for child in children:
        yield from texts_in(child)


def test_places_stay_where_they_are_when_values_change() -> None:
    value: Any = loaded(spec_folder()).files["rules/tools.yaml"][1]
    first, second = value[0], value[1]
    plain: Any = load_spec(spec_folder()).files["rules/tools.yaml"][1]
    places = dict(plain[0].places)
    del first["code"]
    here = Place("here", 1, 1)
    first.put("added", 1, here)
    assert first.places == places | {"added": here}
    last = value.places[-1]
    value.add(second, here)
    assert value.places[-2:] == [last, here]


# What commands say of the whole spec, which is kept beside it.


def test_what_commands_say_is_what_they_would_find_out() -> None:
    kept = SpecSource().command_pages()
    assert kept is not None
    spec, contracts = shipped.spec(), shipped.contracts()
    assert kept.row("dialects") == [*dialect_rows(spec, (contracts[dialect.id] for dialect in spec.dialects))]
    manual = RuleManual([*contracts.values()])
    assert kept.row("rule") == json.loads(json.dumps(manual.rows()))
    for row in manual.rows():
        facts = json.loads(json.dumps(manual.facts(row["code"])))
        assert kept.row(f"rule {row['code']}") == {"facts": facts, "lines": manual.lines(row["code"])}


def test_what_commands_say_is_found_out_anew_where_a_file_is_another(
    copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("parlance.spec_source.spec_folder", lambda: copy)
    assert SpecSource().command_pages() is not None
    assert SpecSource(copy).command_pages() is None
    assert SpecSource(overlays=(tmp_path / "a.yaml",)).command_pages() is None
    new = copy / "dialects" / "more.yaml"
    new.write_text("", "utf-8")
    assert SpecSource().command_pages() is None
    new.unlink()
    rules = next((copy / "rules").glob("*.yaml"))
    rules.write_bytes(rules.read_bytes() + b"# edited\n")
    assert SpecSource().command_pages() is None
    rules.unlink()
    assert SpecSource().command_pages() is None


def test_a_compressed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    plain = tmp_path / "a.json"
    packed = tmp_path / "a.json.gz"
    packed.write_bytes(gzip.compress(b"{}"))
    assert shipped_bytes(plain) == b"{}"
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(OSError, match="Error"):
        shipped_bytes(plain)
    packed.unlink()
    with pytest.raises(FileNotFoundError):
        shipped_bytes(plain)
