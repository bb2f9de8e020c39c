"""A run says its stages in order, and writes no JSON Schema that an independent reader refuses or reads differently."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
import shipped
from command import environment
from parlance import pipeline
from parlance.cli import main
from parlance.contract.ir import (
    Array,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Integer,
    Named,
    Null,
    Number,
    Presence,
    Record,
    Text,
    Union,
    UnknownFields,
)
from parlance.emit.lock import Lock, Output
from parlance.emit.tree import check_texts
from parlance.finding import Finding
from parlance.generation.bundles import bundle_faults, example_documents
from parlance.generation.dialect_names import Dialects
from parlance.generation.job import GenerationJob
from parlance.generation.made_files import MadeFile
from parlance.spec import Spec
from parlance.targets.jsonschema import jsonschema
from parlance.targets.registry import TARGETS, File
from shipped import contract_of

SMALL = Path(__file__).parent / "cases" / "spec" / "foreign-small"
FULL = SMALL.parent / "foreign-full"
STAGES = (
    *("load_spec", "resolve", "build_contracts", "kept_files", "dialect_files", "package_files", "edition_of"),
    *("shared_files", "spec_snapshot", "made_files", "check_texts", "example_faults", "bundle_faults", "tree_of"),
    *("write_tree",),
)
"""What `generate` does to a spec, in order."""

PAYLOADS: dict[str, Any] = {
    "order-two": {"drinks": [{"name": "tea", "size": "large", "sugar": 3}, {"name": "x"}], "guest": None},
    "order-sweet": {"drinks": [{"name": "tea", "sugar": 4}]},
    "order-bitter": {"drinks": [{"name": "tea", "sugar": -1}]},
    "order-empty": {"drinks": []},
    "order-unnamed": {"drinks": [{"name": ""}]},
    "order-nameless": {"drinks": [{}]},
    "order-bucket": {"drinks": [{"name": "tea", "size": "bucket"}]},
    "order-tip": {"drinks": [{"name": "tea"}], "tip": 1},
    "order-half": {"drinks": [{"name": "tea", "sugar": 0.5}]},
    "another": ["no order"],
}
"""Payloads for the coffee shop: one for each edge, from whichever side."""

RULE = """
- code: PAR200
  name: bob
  artifact: order
  severity: warning
  summary: Bob ordered.
  why: Bob never pays.
  kind: assert
  at: /guest
  assert: "self != 'Bob'"
  message: Bob
  sources: [{source: the menu, date: 2025-01-01}]
  confidence: A
  examples:
    bad: [{at: /guest, document: {drinks: [{name: tea}], guest: Bob}}]
    good: [{document: {drinks: [{name: tea}], guest: Ann}}]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the coffee shop's spec, to which payloads and a rule were added."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "spec")
    (tmp_path / "spec" / "examples").mkdir()
    for name, payload in PAYLOADS.items():
        (tmp_path / "spec" / "examples" / f"{name}.json").write_text(json.dumps(payload, indent=1), "utf-8")
    (tmp_path / "spec" / "rules").mkdir()
    (tmp_path / "spec" / "rules" / "shop.yaml").write_text(RULE, "utf-8")
    return tmp_path


def generate(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--spec", "spec", "--output", "generated", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def unseen(what: str, done: int, total: int) -> None:
    """No progress is shown."""
    del what, done, total


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_stages_of_a_run_are_these_in_this_order(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del project
    seen: list[str] = []

    def noted(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            seen.append(name)
            made = stage(*arguments, **options)
            return iter([*made]) if hasattr(made, "__next__") else made  # a generator does its work when it is read

        return run

    for name in STAGES:
        monkeypatch.setattr(pipeline, name, noted(name, getattr(pipeline, name)))
    assert generate() == 0
    assert tuple(dict.fromkeys(seen)) == STAGES
    seen.clear()
    assert generate() == 0
    assert not seen, "the hashes say that all is there"
    (Path("generated") / "README.md").unlink()
    assert generate() == 0  # examples that ran for the same inputs do not run again
    assert tuple(dict.fromkeys(seen)) == tuple(name for name in STAGES if name != "example_faults")


@pytest.mark.usefixtures("project")
def test_a_lock_that_somebody_laid_out_anew_is_written_again() -> None:
    assert generate() == 0
    lock = Path("generated") / "parlance.lock"
    text = lock.read_text("utf-8")
    lock.write_text(text.replace("\n  ", "\n      "), "utf-8")
    assert generate() == 0
    assert lock.read_text("utf-8") == text


Made = TypeVar("Made")


def test_the_code_of_a_dialect_is_made_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For its files and for the examples; only what a run does not write is made for the examples alone."""
    made: list[tuple[str, str]] = []

    def counted(name: str, make: Callable[[Contract], Made]) -> Callable[[Contract], Made]:
        def run(contract: Contract) -> Made:
            made.append((name, contract.dialect))
            return make(contract)

        return run

    for name in ("rules", "validators"):
        target = TARGETS[name]
        assert target.parts
        monkeypatch.setitem(TARGETS, name, replace(target, parts=counted(name, target.parts)))
        monkeypatch.setattr(f"parlance.compiled.{name}", counted(name, target.files))
    assert generate() == 0
    assert sorted(made) == [("rules", "corner"), ("validators", "corner")]
    made.clear()
    replaced(project / "spec" / "rules" / "shop.yaml", "message: Bob", "message: Bob again")
    assert generate() == 0
    assert sorted(made) == [("rules", "corner"), ("validators", "corner")]
    made.clear()
    replaced(project / "spec" / "rules" / "shop.yaml", "Bob again", "Bob")
    assert generate("--target", "enums") == 0
    assert sorted(made) == [("rules", "corner"), ("validators", "corner")]


def test_only_the_last_stage_differs_where_nothing_is_to_be_written(project: Path) -> None:
    job = GenerationJob(spec=project / "spec", output=project / "generated", targets=tuple(TARGETS))
    compared = pipeline.generate(job, Lock(), unseen, write=False)
    assert not (project / "generated").exists()
    written = pipeline.generate(job, Lock(), unseen, write=True)
    assert written == compared
    assert contents(project / "generated").keys() == {*compared.changes.added}


def test_what_only_proves_is_loaded_when_there_is_something_to_prove(project: Path) -> None:
    assert generate("--target", "jsonschema", "--target", "contract") == 0
    code = """
import sys
from parlance.cli import main
try:
    main(["generate", "--spec", "spec", "--output", "generated", "--target", "jsonschema", "--target", "contract"])
finally:
    assert not {"jsonschema", "referencing", "datamodel_code_generator"} & set(sys.modules), sys.modules
"""
    subprocess.run([sys.executable, "-c", code], env=environment(), cwd=project, check=True)


def test_a_partial_run_with_a_day_of_the_base_keeps_the_others(project: Path) -> None:
    """Of a spec without dialects, too, of which the base is the only one."""
    shutil.rmtree(project / "spec" / "dialects")
    assert generate() == 0
    before = contents(project / "generated")
    assert generate("--dialect", "shop@2025-01-01", "--target", "jsonschema") == 0
    after = contents(project / "generated")
    package = "python/parlance_dialects/shop_2025_01_01/__init__.py"
    assert after.keys() - before.keys() == {"jsonschema/shop@2025-01-01/order.schema.json", package}
    assert before.keys() <= after.keys()
    assert generate("--check") == 1


# The bundles.


def test_a_spec_with_examples_is_generated(project: Path) -> None:
    assert generate() == 0
    assert (project / "generated" / "jsonschema" / "corner" / "order.schema.json").is_file()


def changed(contract: Contract, name: str, change: Callable[[Any], Definition]) -> Contract:
    """*contract* with another definition *name*."""
    definitions = tuple(change(one) if one.name == name else one for one in contract.definitions)
    assert definitions != contract.definitions
    return replace(contract, definitions=definitions)


def with_field(record: str, field: str, **values: Any) -> Callable[[Contract], Contract]:
    """A contract with another *field* of *record*."""

    def change(one: Record) -> Record:
        return replace(one, fields=tuple(replace(f, **values) if f.name == field else f for f in one.fields))

    return lambda contract: changed(contract, record, change)


def with_record(record: str, **values: Any) -> Callable[[Contract], Contract]:
    return lambda contract: changed(contract, record, lambda one: replace(one, **values))


def without_member(value: str) -> Callable[[Contract], Contract]:
    def change(one: Enumeration) -> Enumeration:
        return replace(one, members=tuple(member for member in one.members if member.value != value))

    return lambda contract: changed(contract, "Size", change)


WRONG: dict[str, tuple[Callable[[Contract], Contract], str]] = {
    "a required field is optional": (with_field("Drink", "name", presence=Presence.OPTIONAL), "order-nameless"),
    "an optional field is required": (with_field("Order", "guest", presence=Presence.REQUIRED), "order-tip"),
    "an upper bound is one too high": (with_field("Drink", "sugar", type=Integer(minimum=0, maximum=4)), "order-sweet"),
    "an upper bound is one too low": (with_field("Drink", "sugar", type=Integer(minimum=0, maximum=2)), "order-two"),
    "a lower bound is gone": (with_field("Drink", "sugar", type=Integer(maximum=3)), "order-bitter"),
    "an integer is a number": (with_field("Drink", "sugar", type=Number(minimum=0, maximum=3)), "order-half"),
    "a text may be empty": (with_field("Drink", "name", type=Text()), "order-unnamed"),
    "an array may be empty": (with_field("Order", "drinks", type=Array(items=Named("Drink"))), "order-empty"),
    "null is refused": (with_field("Order", "guest", type=Text()), "order-two"),
    "a field is gone": (with_record("Order", fields=(), unknown=UnknownFields.REFUSE), "order-tip"),
    "unknown fields are refused": (with_record("Order", unknown=UnknownFields.REFUSE), "order-tip"),
    "a value of an enumeration is gone": (without_member("large"), "order-two"),
    "an enumeration is open": (lambda one: changed(one, "Size", lambda size: replace(size, open=True)), "order-bucket"),
    "one constant stands for all texts": (with_field("Drink", "name", type=Constant("tea")), "order-two"),
}
"""Contracts that say something else than the one that the checks are made of, and a payload that shows it."""


def make_bundles_of(monkeypatch: pytest.MonkeyPatch, files: Callable[[Contract], Iterator[File]]) -> None:
    monkeypatch.setitem(TARGETS, "jsonschema", replace(TARGETS["jsonschema"], files=files, with_examples=None))


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("targets", [("jsonschema",), ("jsonschema", "validators")], ids="+".join)
def test_a_bundle_of_another_contract_is_refused(
    case: str,
    targets: tuple[str, ...],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whether the checks are made in the same run or not, and, of one case, whatever is done with what was made."""
    change, payload = WRONG[case]
    arguments = [word for target in targets for word in ("--target", target)]
    assert generate(*arguments) == 0
    before = contents(project / "generated")
    (project / "spec" / "openapi.yaml").write_bytes((project / "spec" / "openapi.yaml").read_bytes() + b"# later\n")
    make_bundles_of(monkeypatch, lambda contract: jsonschema(change(contract)))
    capsys.readouterr()
    for verb in ([], ["--check"], ["--diff"]) if case == "a field is gone" else ([],):
        assert generate(*arguments, *verb) == 2
        assert contents(project / "generated") == before
        err = capsys.readouterr().err
        assert f"spec/examples/{payload}.json:1:1: error PAR919" in err
        assert "as order of corner: our checks " in err
        assert "report it" in err


def test_a_bundle_is_read_whenever_it_is_new(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nothing changed since its dialect got its first files, which were others."""
    assert generate("--target", "enums") == 0
    before = contents(project / "generated")
    make_bundles_of(monkeypatch, lambda contract: jsonschema(with_record("Order", fields=())(contract)))
    assert generate("--target", "jsonschema") == 2
    assert contents(project / "generated") == before


HARMLESS: dict[str, Callable[[Contract], Contract]] = {
    "other words": with_record("Order", description="What somebody asks for."),
    "a field that is expected": with_field("Order", "guest", presence=Presence.EXPECTED),
    "the same in another order": with_field("Order", "guest", type=Union((Null(), Text()))),
    "no example shows it": with_field("Drink", "name", type=Text(min_length=1, max_length=1000)),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_bundle_with_the_same_verdicts_is_written(case: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_bundles_of(monkeypatch, lambda contract: jsonschema(HARMLESS[case](contract)))
    assert generate("--target", "jsonschema") == 0
    assert (project / "generated").is_dir()


def test_an_example_of_a_rule_is_a_payload_too(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "spec" / "examples")
    wrong = with_field("Order", "guest", type=Text(max_length=2))
    make_bundles_of(monkeypatch, lambda contract: jsonschema(wrong(contract)))
    assert generate("--target", "jsonschema") == 2
    err = capsys.readouterr().err
    assert "spec/rules/shop.yaml:15:11: error PAR919" in err
    assert "spec/rules/shop.yaml:16:12: error PAR919" in err
    assert not (project / "generated").exists()


BROKEN: dict[str, tuple[Callable[[Any], Any], str]] = {
    "no such type": (lambda bundle: bundle["$defs"]["Drink"].update(type="drink"), "'drink' is not valid"),
    "a negative length": (lambda bundle: bundle["$defs"]["Drink"]["properties"]["name"].update(minLength=-1), "-1"),
    "no list": (lambda bundle: bundle["$defs"]["Size"].update(enum="small"), "'small' is not of type 'array'"),
    "a pattern that is none": (lambda bundle: bundle["$defs"]["Drink"].update(pattern="("), "'(' is not a 'regex'"),
    "a name that is gone": (lambda bundle: bundle["$defs"].pop("Size"), "'#/$defs/Size' leads nowhere"),
    "a root that is none": (lambda bundle: bundle.update({"$ref": "#/$defs/Ordre"}), "'#/$defs/Ordre' leads nowhere"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_bundle_that_is_no_schema_is_refused(
    case: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change, reason = BROKEN[case]

    def broken(contract: Contract) -> Iterator[File]:
        for file in jsonschema(contract):
            bundle = json.loads(file.text or "")
            change(bundle)
            yield replace(file, text=json.dumps(bundle))

    shutil.rmtree(project / "spec" / "examples")  # it does not take a document to see it
    shutil.rmtree(project / "spec" / "rules")
    make_bundles_of(monkeypatch, broken)
    assert generate("--target", "jsonschema") == 2
    err = capsys.readouterr().err
    assert "error PAR918" in err
    assert "jsonschema refuses the schema of corner order: " in " ".join(err.split())
    assert reason in " ".join(err.split())
    assert not (project / "generated").exists()


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


DIFFERENT: dict[str, tuple[str, str, list[Any]]] = {
    "a line break at the end": ("minLength: 1", "pattern: '^[a-z]+$'", ["tea", "tea\n", "tea\nmilk", "\n"]),
    "decimal steps": ("type: string, minLength: 1", "type: number, multipleOf: 0.01", [19.99, 0.07, 1e22, 0.005, 7]),
    "small steps": ("type: string, minLength: 1", "type: number, multipleOf: 1.0e-300", [1.0, 3e-300, 0, 2.5e-300]),
    "integral floats": ("type: string, minLength: 1", "type: integer, multipleOf: 3", [3.0, 3, 4.0, 2**70, True]),
    "great numbers": ("type: string, minLength: 1", "type: number, maximum: 9007199254740993", [2**53 + 1, 2**53 + 2]),
    "code points": ("minLength: 1", "minLength: 2, maxLength: 2", ["😀😀", "😀", "e\u0301"]),
    "what is equal": (
        "type: string, minLength: 1",
        "type: array, uniqueItems: true, items: {description: Anything.}",
        [[1, True], [1, 1.0], [{"a": 1}, {"a": 1.0}], [0, False], [[1], [True]], [None, 0]],
    ),
    "deep nesting": (
        "type: string, minLength: 1",
        "description: A.}\n    deep: {$ref: '#/Drink'",
        [{}],
    ),
}
"""What jsonschema, or JSON Schema, has otherwise than we, or might: a constraint, and values on both sides of it."""


@pytest.mark.parametrize("case", DIFFERENT)
def test_readers_that_differ_by_design_hold_up_nobody(case: str, project: Path) -> None:
    old, new, values = DIFFERENT[case]
    for number, value in enumerate(values):
        payload = {"drinks": [{"name": value}]}
        (project / "spec" / "examples" / f"order-value{number}.json").write_text(json.dumps(payload), "utf-8")
    if case == "deep nesting":
        deep = '{"name": "a", "deep": ' * 500 + '{"name": "a"}' + "}" * 500
        (project / "spec" / "examples" / "order-deep.json").write_text(f'{{"drinks": [{deep}]}}', "utf-8")
    shutil.rmtree(project / "spec" / "rules")
    replaced(
        project / "spec" / "schemas" / "order.yaml",
        f"name: {{{old}" if "type" in old else old,
        (f"name: {{{new}" if "type" in old else new),
    )
    assert generate("--target", "jsonschema", "--target", "validators") == 0


def test_the_severities_of_a_dialect_are_left_out(project: Path) -> None:
    """JSON Schema has one verdict: what a dialect takes for a warning, its bundle refuses all the same."""
    replaced(
        project / "spec" / "dialects" / "corner.yaml",
        "default: true\n",
        (
            "default: true\nrules:\n"
            "  disable: [{code: PAR107, evidence: {source: the menu}}]\n"
            "  severities:\n"
            "    PAR109: {severity: warning, evidence: {source: the menu}}\n"
            "    PAR122: {severity: error, evidence: {source: the menu}}\n"
        ),
    )
    assert generate("--target", "jsonschema", "--target", "validators") == 0


def test_what_lies_among_the_examples_and_is_no_document_is_passed_over(project: Path) -> None:
    (project / "spec" / "examples" / "order-broken.json").write_bytes(b'{"drinks": [')
    (project / "spec" / "examples" / "order-bytes.json").write_bytes(b"\xff\xfe")
    (project / "spec" / "examples" / "README.md").write_bytes(b"# Payloads\n")
    assert generate("--target", "jsonschema") == 0


def bundles(contract: Contract) -> list[File]:
    target = TARGETS["jsonschema"].files
    assert target is not None
    return [*target(contract)]


@cache
def our_spec() -> tuple[Spec, tuple[Contract, ...]]:
    spec = shipped.spec()
    return spec, tuple(contract_of(dialect.id) for dialect in spec.dialects)


def faults(contract: Contract, bundled: Contract, before: dict[str, Output] | None = None) -> list[Finding]:
    """What is wrong with the bundles of *bundled*, held against the checks of *contract*, which has the same id."""
    spec, everything = our_spec()
    texts = {file.path: file.text or "" for file in bundles(bundled)}
    files = [MadeFile(path, text, "jsonschema", bundled.dialect) for path, text in texts.items()]
    checked = check_texts(texts, before)
    documents = example_documents(spec, everything)
    return bundle_faults([contract], documents, Dialects(files, checked), checked)


def test_our_own_bundles_have_the_verdicts_of_our_checks_on_many_documents() -> None:
    spec, contracts = our_spec()
    documents = [*example_documents(spec, contracts)]
    assert len(documents) > 400
    assert {"request", "response", "chunk", "batch", "fine-tune", None} <= {one.artifact for one in documents}
    # `parlance generate` holds the bundles of every dialect against the same documents before it writes them.
    for contract in contracts[::12]:
        assert faults(contract, contract) == []


@pytest.mark.parametrize(
    "change",
    [
        with_field("ChatCompletionRequestUserMessage", "content", type=Text()),
        with_field("CreateChatCompletionRequest", "n", type=Union((Integer(minimum=1, maximum=1), Null()))),
        with_field("ChatCompletion", "choices", type=Array(items=Text())),
        with_record("ChatCompletionMessageToolCall", unknown=UnknownFields.REFUSE, fields=()),
    ],
)
def test_a_wrong_bundle_of_ours_is_refused_where_an_example_shows_it(change: Callable[[Contract], Contract]) -> None:
    _, contracts = our_spec()
    contract = contracts[-1]
    found = faults(contract, change(contract))
    assert {one.code for one in found} == {"PAR919"}


def test_a_bundle_that_did_not_change_is_not_read_again() -> None:
    _, contracts = our_spec()
    wrong = with_field("ChatCompletion", "choices", type=Array(items=Text()))(contracts[-1])
    texts = {file.path: file.text or "" for file in bundles(wrong)}
    before = {path: Output(one.sha256) for path, one in check_texts(texts).items()}
    assert faults(contracts[-1], wrong) != []
    assert faults(contracts[-1], wrong, before) == []
