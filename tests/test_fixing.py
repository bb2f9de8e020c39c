"""Fixes: what they change is as it should be, and what they do not change stays byte for byte."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from command import parlance
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance.check.dialect import Dialect
from parlance.check.document_reader import json_document
from parlance.check.engine import judge
from parlance.check.fixes.json_writing import writer_of, written
from parlance.check.fixes.value_fix import ValueEdit, ValueFix
from parlance.check.json_places import locate
from parlance.check.reports import Context, described_by
from parlance.cli.checking import Job, check_file
from parlance.cli.fix_files import FixRun
from parlance.cli.fix_options import FixOptions
from parlance.cli.reporting import Reporting
from parlance.cli.run import Run
from parlance.finding.pointer import joined, parent, tokens
from parlance.finding.shape import is_array, is_object
from parlance.finding.suggestion import nearest
from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.rule import Edit as RuleEdit
from parlance.runtime.python.rule import Fix, Rule
from parlance.runtime.python.violation import Violation

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "fixing").iterdir() if path.is_dir())
Json: TypeAlias = Any


def there(value: Json, pointer: str) -> bool:
    try:
        at(value, pointer)
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


def at(value: Json, pointer: str) -> Json:
    for token in tokens(pointer):
        value = value[token] if is_object(value) else value[int(token)]
    return value


class Case(Rule):
    """What `fixes.yaml` says of one finding, as a rule."""

    def __init__(self, code: str, facts: dict[str, Any], title: str = "fix it", *, of_document: bool = False) -> None:
        fix = Fix(title, self.edits, safe=bool(facts.get("safe", True)), of_document=of_document)
        super().__init__(code, "found-it", "warning", "It is there.", "It is a test.", "found", fix=fix)
        self.facts = facts

    def edits(self, value: Json, pointer: str) -> list[RuleEdit]:
        """The edits of the finding at *pointer*."""
        return [self._edit(value, pointer, facts) for facts in self.facts["edits"]]

    def found(self, value: Json) -> bool:
        """Whether there is something to find."""
        pointer = self.facts["found"]
        is_null = not self.facts.get("nothing") or (there(value, pointer) and at(value, pointer) is None)
        return there(value, pointer) and is_null and not ("gone" in self.facts and there(value, self.facts["gone"]))

    def _edit(self, value: Json, pointer: str, facts: dict[str, Any]) -> RuleEdit:
        operation = next(key for key in ("rename", "remove", "replace", "add", "append", "insert") if key in facts)
        name = facts[operation] if operation in {"rename", "add"} else None
        new = facts.get("value") if operation == "add" else facts[operation]
        new = None if operation in {"rename", "remove"} else copied(new, value)
        return RuleEdit(operation, facts.get("root", pointer), name, new)


def copied(new: Json, value: Json) -> Json:
    """*new*, with what it copies from *value*."""
    if is_object(new):
        return at(value, new["copy"]) if "copy" in new else {key: copied(one, value) for key, one in new.items()}
    return [copied(one, value) for one in new] if is_array(new) else new


def check(value: Json) -> Iterator[Violation]:
    """Say what is bad."""
    if there(value, "/bad"):
        yield Violation("PAR103", "/bad", "bad")


ANYTHING = Artifact("anything", check, lambda value: not any(check(value)), frozenset(), frozenset(), {})
"""An artifact with one rule: nothing is `bad`."""


def dialect(rules: Iterable[Case]) -> Dialect:
    listed = list(rules)

    def lint(value: Json) -> Iterator[Violation]:
        return (rule.at(rule.facts["found"], {}) for rule in listed if rule.found(value))

    return Dialect("x", {"anything": ANYTHING}, {"anything": lint}, {rule.code: rule for rule in listed})


def fixed(path: Path, chosen: Dialect) -> tuple[FixRun, Run]:
    fixes = FixRun(FixOptions(enabled=True))
    reporting = Reporting(form=None, files={}, statistics=False, max_findings=0, fail_on=None)
    with Run(reporting, Context(dialect="x", describe=described_by({}), version=lambda: None)) as run:
        check_file(run, fixes.of(Job(str(path), path.name, chosen, "anything", lint=True)))
    return fixes, run


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_becomes_what_is_expected_and_stays_that(case: Path, tmp_path: Path) -> None:
    (source,) = case.glob("input.*")
    (expected,) = case.glob("expected.*")
    facts: list[dict[str, Any]] = yaml.safe_load((case / "fixes.yaml").read_text())
    rules = [Case(f"PAR{200 + index}", one) for index, one in enumerate(facts)]
    (path := tmp_path / source.name).write_bytes(source.read_bytes())
    for _ in range(2):
        fixes, run = fixed(path, dialect(rules))
        assert path.read_bytes() == expected.read_bytes()
        left = {rule.code for rule in rules if {"left", "refused", "unwritable"} & rule.facts.keys()}
        assert {code for code in run.outcome.total.codes if code.startswith("PAR2")} == left
        reasons = [remark.partition(" is not fixed: ")[2] for remark in fixes.remarks if " is not fixed" in remark]
        assert sorted(reasons) == sorted(rule.facts["refused"] for rule in rules if "refused" in rule.facts)
        could = sum("unwritable" in rule.facts for rule in rules)
        assert sum("could be fixed" in remark for remark in fixes.remarks) == could
        assert [*tmp_path.iterdir()] == [path]


WORDS = st.text(max_size=3) | st.sampled_from(["a", "b", "a/b", "~", '"', "é", "\u2028"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=12)
LAYOUTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {},
        {"indent": 2},
        {"indent": "\t", "ensure_ascii": False},
        {"separators": (",", ":")},
        {"separators": (" ,\r\n ", " : ")},
        {"indent": 0},
    ]
)


def places(value: Json, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    yield joined(path)
    pairs: Iterable[tuple[str | int, Json]] = ()
    pairs = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


@st.composite
def edit_lists(draw: st.DrawFn) -> tuple[str, Json, list[ValueEdit]]:
    value: Json = draw(st.lists(VALUES, max_size=4) | st.dictionaries(WORDS, VALUES, max_size=4))
    before, after = draw(st.sampled_from(["", "\n", " "])), draw(st.sampled_from(["", "\n"]))
    text = before + json.dumps(value, **draw(LAYOUTS)) + after
    value = json_document(text).value
    pointers = [*places(value)]
    edits: list[ValueEdit] = []
    for _ in range(draw(st.integers(1, 5))):
        pointer = draw(st.sampled_from(pointers))
        operation = draw(st.sampled_from(["rename", "remove", "replace", "add", "append", "insert"]))
        name = draw(WORDS) if operation in {"rename", "add"} else None
        copied_or_new = st.sampled_from(pointers).map(lambda one: at(value, one)) | VALUES
        new: Json = draw(copied_or_new) if operation in {"replace", "add", "append"} else None
        if operation == "insert":
            new = draw(st.lists(copied_or_new, max_size=3))
        edits.append(ValueEdit(operation, pointer, name, new))
    return text, value, edits


def edited(value: Json, edits: list[ValueEdit], pointer: str = "") -> Json:
    """What all edits make of a value, done in the plainest way."""
    ours = [edit for edit in edits if edit.pointer == pointer]
    for edit in ours:
        if edit.operation == "replace":
            return edit.value
    if is_object(value):
        fields: dict[str, Json] = {}
        for key, one in value.items():
            inner = pointer + joined([key])
            reported = {edit.operation: edit.name for edit in edits if edit.pointer == inner}
            if "remove" not in reported:
                fields[str(reported["rename"]) if "rename" in reported else key] = edited(one, edits, inner)
        return fields | {str(edit.name): edit.value for edit in ours if edit.operation == "add"}
    if is_array(value):
        gone = {edit.pointer for edit in edits if edit.operation == "remove"}
        new = {edit.pointer: edit.value for edit in edits if edit.operation == "insert"}
        kept: list[Json] = []
        for inner, one in ((f"{pointer}/{index}", one) for index, one in enumerate(value)):
            kept += [] if inner in gone else [edited(one, edits, inner)]
            kept += new.get(inner, [])
        return kept + [edit.value for edit in ours if edit.operation == "append"]
    return value


def untouched(value: Json, edits: list[ValueEdit]) -> Iterator[tuple[str, Json]]:
    """The values in which nothing is edited, and that stay."""
    for pointer in places(value):
        outer = [pointer[:index] for index in range(len(pointer) + 1) if pointer[index : index + 1] in ("", "/")]
        reported = [edit for edit in edits if edit.operation in {"remove", "replace"} and edit.pointer in outer]
        if not reported and not any((edit.pointer + "/").startswith(pointer + "/") for edit in edits):
            yield pointer, at(value, pointer)


def moved(value: Json, pointer: str, edits: list[ValueEdit]) -> str:
    """Where what stays comes to stand."""
    if not pointer:
        return ""
    above, token = parent(pointer), tokens(pointer)[-1]
    gone = {edit.pointer for edit in edits if edit.operation == "remove"}
    new = {edit.pointer: len(edit.value) for edit in edits if edit.operation == "insert"}
    if is_array(at(value, above)):
        before = [f"{above}/{index}" for index in range(int(token))]
        token = str(int(token) - sum(one in gone for one in before) + sum(new.get(one, 0) for one in before))
    names = [edit.name for edit in edits if edit.operation == "rename" and edit.pointer == pointer]
    return moved(value, above, edits) + joined([names[0] or "" if names else token])


def spelling(text: str, pointer: str) -> str:
    place = locate(text, [pointer])[pointer]
    return text[place.start : place.end]


@settings(max_examples=examples(150, at_length=4000), suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(edit_lists())
def test_edits_of_a_text_are_edits_of_its_value_and_change_nothing_else(
    drawn: tuple[str, Json, list[ValueEdit]],
) -> None:
    text, value, sought = drawn
    writer = writer_of(json_document(text))
    assert writer is not None
    edit_set = writer.edit_set()
    edits = [edit for edit in sought if edit_set.take([edit])]
    after = written(text, writer.changes(edit_set))
    around = (text[: -len(text.lstrip())], text[len(text.rstrip()) :])
    result = json_document(after)
    assert not result.faults
    assert repr(result.value) == repr(edited(value, edits))
    assert ("\n" in after) <= ("\n" in text)
    assert (after[: -len(after.lstrip())], after[len(after.rstrip()) :]) == around
    for pointer, _ in untouched(value, edits):
        assert spelling(after, moved(value, pointer, edits)) == spelling(text, pointer)


@given(edit_lists())
def test_all_edits_of_a_fix_are_made_or_none(drawn: tuple[str, Json, list[ValueEdit]]) -> None:
    text, value, edits = drawn
    writer = writer_of(json_document(text))
    assert writer is not None
    edit_set = writer.edit_set()
    taken = edit_set.take(edits)
    after = written(text, writer.changes(edit_set))
    assert repr(json_document(after).value) == repr(edited(value, edits) if taken else value)
    fix = writer.fix(ValueFix("fix it", safe=True, edits=tuple(edits)))
    assert (fix is not None) == (after != text)


def lint(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    return parlance("lint", "--dialect", "mendable", "--output-format", "concise", *arguments, cwd=cwd, stdin=stdin)


FAULTY = '{"model": "m", "stop": "", "seed": 1, "mesages": [{"role": "user", "content": ""}]}\n'
SAFE = '{"model": "m", "seed": 1, "mesages": [{"role": "user", "content": ""}]}\n'
FIXED = '{"model": "m", "seed": 1, "messages": [{"role": "user", "content": ""}]}\n'


def test_what_is_safe_is_fixed_and_the_rest_where_that_is_asked_for(tmp_path: Path) -> None:
    (path := tmp_path / "a.json").write_text(FAULTY)
    done = lint("a.json", cwd=tmp_path)
    assert "PAR202 empty-stop an empty stop stops nothing [*]\n" in done.stdout
    assert done.stdout.endswith("1 fixable with --fix, 1 more with\n--unsafe-fixes\n")
    done = lint("--fix", "a.json", cwd=tmp_path)
    assert (path.read_text(), done.returncode) == (SAFE, 1)
    assert done.stderr == "Fixed 1 of 2 findings in 1 file\n"
    done = lint("--fix", "--unsafe-fixes", "a.json", cwd=tmp_path)
    assert (path.read_text(), done.returncode) == (FIXED, 0)
    assert lint("--fix", "--unsafe-fixes", "a.json", cwd=tmp_path).stderr == ""
    assert path.read_text() == FIXED


def test_unsafe_fixes_alone_mean_nothing(tmp_path: Path) -> None:
    done = lint("--unsafe-fixes", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "--unsafe-fixes needs --fix or --diff" in done.stderr


def test_standard_input_is_fixed_onto_standard_output(tmp_path: Path) -> None:
    lines = f"\n{FAULTY}{SAFE}{{\n\n".encode()
    done = lint("--fix", "--unsafe-fixes", "-", "--stdin-filename", "x.jsonl", cwd=tmp_path, stdin=lines)
    assert done.stdout == f"\n{FIXED}{FIXED}{{\n\n"
    assert "x.jsonl:4:2: PAR001" in done.stderr
    assert done.returncode == 1


def test_a_diff_is_what_patch_needs_and_changes_nothing(tmp_path: Path) -> None:
    pretty = json.dumps(json.loads(FAULTY), indent=1)
    many = "".join(FAULTY if index in {0, 5, 30} else '{"model": "m", "messages": []}\n' for index in range(40))
    (tmp_path / "a.json").write_text(pretty)
    (tmp_path / "b.jsonl").write_text(many.removesuffix("\n"))
    (tmp_path / "c.json").write_text('{"model": "m", "messages": []}')
    done = lint("--diff", "--unsafe-fixes", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Would fix 8 of 8 findings in 2 files\n"
    assert (tmp_path / "a.json").read_text() == pretty
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=done.stdout.encode(), check=True, capture_output=True)  # noqa: S607
    assert json.loads((tmp_path / "a.json").read_text()) == json.loads(FIXED)
    assert (tmp_path / "b.jsonl").read_text() == many.replace(FAULTY, FIXED).removesuffix("\n")
    assert done.stdout.count("@@ -") == 3
    clean = lint("--diff", "--unsafe-fixes", ".", cwd=tmp_path)
    assert (clean.returncode, clean.stdout) == (0, "")


def test_rights_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (real := tmp_path / "real" / "a.json").write_text(FAULTY)
    real.chmod(0o640)
    (link := tmp_path / "link.json").symlink_to(real)
    lint("--fix", "link.json", cwd=tmp_path)
    assert link.is_symlink()
    assert (real.read_text(), stat.S_IMODE(real.stat().st_mode)) == (SAFE, 0o640)
    assert [*real.parent.iterdir()] == [real]


def test_what_is_selected_is_fixed_and_what_a_baseline_lists_is_not(tmp_path: Path) -> None:
    (path := tmp_path / "a.json").write_text(FAULTY)
    lint("--fix", "--ignore", "PAR202", "a.json", cwd=tmp_path)
    assert path.read_text() == FAULTY
    path.write_text(json.dumps(json.loads(FAULTY), indent=1))
    lint("--baseline", "known.json", "--baseline-update", "--select", "PAR202", "a.json", cwd=tmp_path)
    done = lint("--fix", "--unsafe-fixes", "--baseline", "known.json", "a.json", cwd=tmp_path)
    assert json.loads(path.read_text()) == {**json.loads(FIXED), "stop": ""}
    assert done.stderr == "Fixed 1 of 1 finding in 1 file\n"


def test_a_fix_that_leads_to_an_error_is_taken_back_and_reported(tmp_path: Path) -> None:
    (path := tmp_path / "a.json").write_text('{"model": "m", "messages": [], "seed": 7, "stop": ""}')
    done = lint("--fix", "--advice", "a.json", cwd=tmp_path)
    assert path.read_text() == '{"model": "m", "messages": [], "seed": 7}'
    assert done.stderr == (
        "warning: a.json:1:40: PAR201 lucky-seed is not fixed: "
        "it would lead to PAR103 at /seed: must be an integer\nFixed 1 of 2 findings in 1 file\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("model: m\nmessages: []\nstop: ''\n", "model: m\nmessages: []\n"),
        ("stop: ''  # nothing\nmodel: m\nmessages: []", "model: m\nmessages: []"),
        ("model: m\nmessages: []\nstop: ''", "model: m\nmessages: []"),
        ("# a\nmodel: m\n# b\nstop: ''\n# c\nmessages: []\n", "# a\nmodel: m\n# b\n# c\nmessages: []\n"),
        ("{model: m, stop: '', messages: []}\n", "{model: m, messages: []}\n"),
        ("{\"model\": \"m\", # x\n  'messages': [],\n  stop: ''}\n", '{"model": "m", # x\n  \'messages\': []}\n'),
        ("model: m\r\nstop: ''\r\nmessages: []\r\n", "model: m\r\nmessages: []\r\n"),
        ("%YAML 1.1\n---\nmodel: m\nstop: !!str ''\nmessages: []\n", "%YAML 1.1\n---\nmodel: m\nmessages: []\n"),
        ("model: m\nmessages: &x []\n'stop': &y \"\"\n", "model: m\nmessages: &x []\n"),
        ("\ufeffmodel: é\nstop: ''\nmessages: []\n", "\ufeffmodel: é\nmessages: []\n"),
    ],
)
def test_yaml_is_fixed_and_keeps_all_else(tmp_path: Path, before: str, after: str) -> None:
    (path := tmp_path / "a.yaml").write_bytes(before.encode())
    assert "1 fixable with --fix\n" in lint("a.yaml", cwd=tmp_path).stdout
    done = lint("--fix", "a.yaml", cwd=tmp_path)
    assert path.read_bytes().decode() == after
    assert done.stderr.startswith("Fixed 1 of ")
    assert "fixable" not in done.stdout


def test_each_document_of_a_yaml_file_is_fixed(tmp_path: Path) -> None:
    one = "model: m\nmessages: []\nstop: ''\n"
    (path := tmp_path / "a.yaml").write_text(f"{one}---\nmodel: m\nmessages: []\n...\n# between\n--- # third\n{one}")
    done = lint("--fix", "a.yaml", cwd=tmp_path)
    rest = "model: m\nmessages: []\n"
    assert path.read_text() == f"{rest}---\n{rest}...\n# between\n--- # third\n{rest}"
    assert done.stderr == "Fixed 2 of 2 findings in 1 file\n"


@pytest.mark.parametrize(
    "text",
    [
        "model: m\nmessages: []\nuser: &x ''\nstop: *x\n",
        "x: &x {stop: ''}\n<<: *x\nmodel: m\nmessages: []\n",
        "model: m\nmessages: []\nstop: &x ''\nuser: *x\n",
        "model: m\nmessages: []\n? stop\n: ''\n",
    ],
)
def test_what_is_called_fixable_in_yaml_is_fixed(tmp_path: Path, text: str) -> None:
    """Where another place says the value, there is no fix, or one that leaves the other place as it is."""
    (path := tmp_path / "a.yaml").write_text(text)
    called = "1 fixable with --fix" in lint("a.yaml", cwd=tmp_path).stdout
    done = lint("--fix", "a.yaml", cwd=tmp_path)
    assert done.stderr.splitlines()[-1].startswith(f"Fixed {int(called)} of ")
    value = yaml.safe_load(text)
    assert yaml.safe_load(path.read_text()) == {key: one for key, one in value.items() if key != "stop" or not called}


def test_the_body_of_a_line_is_fixed(tmp_path: Path) -> None:
    line = '{"id": "%s", "body": {"model": "m", "messages": [], "stop": ""}}\n'
    (path := tmp_path / "a.jsonl").write_text(line % 1 + line % 2)
    assert lint("--fix", "a.jsonl", cwd=tmp_path).returncode == 0
    assert path.read_text() == (line % 1 + line % 2).replace(', "stop": ""', "")


class Meddler(Case):
    """A rule that has the file changed while it is checked."""

    path: Path

    def found(self, value: Json) -> bool:
        """Change the file, and look."""
        with self.path.open("a") as file:
            file.write("{}\n")
        return super().found(value)


def test_a_file_that_changes_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    (path := tmp_path / "a.json").write_text('{"n": null}\n')
    rule = Meddler("PAR200", {"found": "/n", "edits": [{"remove": True}]})
    rule.path = path
    _, run = fixed(path, dialect([rule]))
    assert path.read_text().startswith('{"n": null}\n{}\n')
    assert run.outcome.problems == [("a.json", "it changed while it was read; check it again when it is complete")]
    assert [*tmp_path.iterdir()] == [path]


def test_many_fixes_take_few_rounds_and_one_that_is_bad_spoils_none(tmp_path: Path) -> None:
    fields = {f"n{index}": None for index in range(200)}
    (path := tmp_path / "a.json").write_text(json.dumps(fields))
    rules = [Case(f"PAR{200 + index}", {"found": f"/n{index}", "edits": [{"remove": True}]}) for index in range(200)]
    rules[77].facts["edits"] = [{"rename": "bad"}]
    fixes, _ = fixed(path, dialect(rules))
    assert path.read_text() == '{"n77": null}'
    assert (fixes.fixed, len(fixes.remarks)) == (199, 1)


def test_a_fix_is_reported_by_stretches_of_the_text() -> None:
    text = '{\n  "a": 1,\n  "é": {}\n}'
    rule = Case("PAR200", {"found": "/a", "edits": [{"remove": True}, {"add": "b", "root": "/é", "value": [1]}]})
    (finding,) = judge(json_document(text), dialect([rule]), "anything", lint=True).findings
    assert finding.fix is not None
    assert [(str(edit.span), edit.span.end_line, edit.span.end_column, edit.text) for edit in finding.fix.edits] == [
        (":2:3", 3, 3, ""),
        (":3:8", 3, 10, '{\n    "b": [\n      1\n    ]\n  }'),
    ]


@pytest.mark.parametrize(
    ("word", "known", "used", "expected"),
    [
        ("mesages", ("messages", "model"), (), "messages"),
        ("Model", ("model", "models"), (), "model"),
        ("toles", ("tools", "roles"), (), "roles"),
        ("tols", ("tools", "toles"), (), None),
        ("modle", ("model",), ("model",), None),
        ("colour", ("model",), (), None),
    ],
)
def test_a_misspelt_key_is_renamed_if_one_name_alone_is_nearest(
    word: str, known: tuple[str, ...], used: tuple[str, ...], expected: str | None
) -> None:
    assert nearest(word, known, used) == expected
