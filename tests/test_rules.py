"""Rules of a spec to rules of a contract: expressions, kinds, dates, families, and the places of what is wrong.

Rules that are refused stand in `cases/spec/bad/rules-*`; the rules of `cases/spec/foreign-full` use every word.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.check.dialect import generated_dialect
from parlance.contract.build import build_contract
from parlance.contract.expression import (
    FUNCTIONS,
    MACROS,
    METHODS,
    Binary,
    Conditional,
    Expression,
    ExpressionError,
    Literal,
    Macro,
    Name,
    Select,
    Unary,
    names,
    parse,
    parts,
)
from parlance.contract.ir import Contract
from parlance.contract.json_form import as_json
from parlance.contract.rules import Assert, FieldPolicy, Limit, Rule, Selector, Unique
from parlance.contract_diff.change_report import change_line
from parlance.contract_diff.kept_contract import KeptContract, kept_changes, kept_contract
from parlance.contract_diff.rule_diff import rule_facts
from parlance.finding import LocatedText, SpecError
from parlance.finding.shape import is_array, is_object
from parlance.folders import spec_folder
from parlance.spec import load_spec, resolve
from parlance.spec.grammar import Grammar
from parlance.spec.reading import read_list

FULL = Path(__file__).parent / "cases" / "spec" / "foreign-full"
SMALL = FULL.with_name("foreign-small")


def contract(name: str, root: Path = FULL) -> Contract:
    return build_contract(resolve(load_spec(root), name))


def rules(name: str, code: str) -> list[Rule]:
    return [rule for rule in contract(name).rules if rule.code == code]


# Expressions.

TIERS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*",))
TIER = {operator: tier for tier, operators in enumerate(TIERS) for operator in operators}


def grouped(words: list[str]) -> Expression:
    """Operands and operators by turns, split at the last operator of the loosest tier: the table, read by hand."""
    if len(words) == 1:
        return Unary("!", Name(words[0][1:])) if words[0].startswith("!") else Name(words[0])
    loosest = min(TIER[operator] for operator in words[1::2])
    at = max(index for index in range(1, len(words), 2) if TIER[words[index]] == loosest)
    return Binary(words[at], grouped(words[:at]), grouped(words[at + 1 :]))


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(sorted(TIER)), st.sampled_from(["", "!"])), max_size=8)
)
def test_operators_bind_as_the_table_says(pairs: list[tuple[str, str, str]]) -> None:
    words = [word for operand, operator, sign in pairs for word in (sign + operand, operator)]
    assert parse(" ".join([*words, "z"])) == grouped([*words, "z"])


def written(expression: Expression) -> str:
    match expression:
        case Binary(operator, left, right):
            return f"({written(left)} {operator} {written(right)})"
        case Conditional(test, then, otherwise):
            return f"({written(test)} ? {written(then)} : {written(otherwise)})"
        case Unary(operator, operand):
            return f"{operator}({written(operand)})"
        case Select(of, field):
            return f"{written(of)}.{field}"
        case Literal(str(value)):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
        case Literal(value):
            return json.dumps(value)
        case Name(name):
            return name
        case _:
            raise AssertionError(expression)


LEAVES = st.one_of(
    st.sampled_from([Literal(value=True), Literal(value=False), Literal(None), Name("self"), Name("root")]),
    st.builds(Literal, st.integers(0, 99)),
    st.builds(Literal, st.text("ab'\"\\\né ", max_size=5)),
)
EXPRESSIONS: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from(sorted(TIER)), inner, inner),
        st.builds(Conditional, inner, inner, inner),
        st.builds(Unary, st.sampled_from("!-"), inner),
        st.builds(Select, st.just(Name("self")), st.sampled_from(["role", "in_", "x1"])),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS)
def test_what_is_written_with_brackets_is_read_back(expression: Expression) -> None:
    assert parse(written(expression)) == expression


@given(st.text("self.role=!&|()[]{}'\"?:,+-1 \n", max_size=30))
def test_any_text_is_an_expression_or_has_a_fault_within_it(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "the end stands where a value should"),
        ("a ==", 4, "the end stands where a value should"),
        ("a == ) b", 5, "')' stands where a value should"),
        ("a b", 2, "'b' stands where the expression could end"),
        ("a & b", 2, "'&' has no meaning here"),
        ("(a", 2, "the end stands where ')' should"),
        ("a ? b", 5, "the end stands where ':' should"),
        ("a.1", 2, "'1' stands where the name of a field should"),
        ("len(a)", 0, "there is no function 'len'"),
        ("a.len()", 2, "there is no function 'len'"),
        ("size()", 0, "size does not take 0 arguments"),
        ("has(a)", 0, "has() takes one selection"),
        ("a.all(b)", 2, "all takes a variable and an expression"),
        ("a.matches(b)", 2, "the pattern of matches must be a literal"),
        ("{1: a}", 1, "a key must be a string"),
        (r"a == 'x\q'", 5, "\\q is no escape"),
        ("'open", 0, "has no meaning here"),
        ("a == 01", 6, "'1' stands where the expression could end"),
        ("1e999", 4, "'9' stands where the expression could end"),
        ("٣", 0, "'٣' has no meaning here"),
        ("[" * 390 + "a", 0, "nested too deeply"),
        ("a" + ".b" * 300, 400, "too long; bind parts of it to names by `let`"),
    ],
)
def test_a_fault_of_an_expression_has_its_offset(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (message in caught.value.message, caught.value.offset) == (True, offset)


def test_names_that_a_macro_binds_are_its_own() -> None:
    expression = parse("a.all(x, x > y) && {'k': x}.k == [b][0]")
    assert list(names(expression)) == ["a", "y", "x", "b"]
    assert sum(isinstance(part, Macro) for part in parts(expression)) == 1


# Places.


@pytest.mark.parametrize(
    "spelling",
    [
        "abc def",
        "'abc def'",
        "'it''s abc def'",
        '"abc\\u0020 \\"def\\""',
        '"\\xe9 abc \\\\ def"',
        "abc\n    def",
        "'abc\n     def'",
        ">-\n    abc\n    def",
        ">-\n\n     abc\n\n     def\n",
        "|-\n    abc\n      def",
        "|-\n    é\n\n    abc\n    def",
    ],
)
def test_a_character_of_a_text_has_its_place(tmp_path: Path, spelling: str) -> None:
    file = tmp_path / "list.yaml"
    source = f"- a: b\n- key: {spelling}\n"
    file.write_text(source, "utf-8")
    text = read_list(file)[1]["key"]
    assert isinstance(text, LocatedText)
    for letter in "abcdef":
        place = text.place(text.index(letter, text.index("abc") if letter in "abc" else text.index("def")))
        assert source.split("\n")[place.line - 1][place.column - 1] == letter, (letter, place)


# Kinds.


def test_each_kind_becomes_its_check() -> None:
    kinds = {rule.kind: type(rule.check).__name__ for rule in contract("observatory-2025").rules}
    assert kinds == {
        "assert": "Assert",
        "requires": "Assert",
        "forbids": "Assert",
        "conflicts": "Assert",
        "unique": "Unique",
        "same": "Same",
        "reference": "Reference",
        "pairing": "Pairing",
        "sequence": "Sequence",
        "limit": "Limit",
        "keywords": "KeywordKinds",
        "capability": "Capabilities",
        "deprecated": "Assert",
    }


@pytest.mark.parametrize(
    ("code", "when", "test", "point", "message"),
    [
        ("PAR201", "self.repeat != null", "self.gain != null", "repeat", "repeat needs a gain"),
        ("PAR202", "self.gain != null", "!self.signature.startsWith('test')", "gain", "a test takes no gain"),
        ("PAR203", "self.plan != null && self.steps != null", "false", "steps", "steps is not for use beside plan"),
        ("PAR501", "self.follow != null", "false", "follow", "follow is deprecated since 2022-01-01"),
    ],
)
def test_short_forms_are_assertions_at_their_field(code: str, when: str, test: str, point: str, message: str) -> None:
    (rule,) = rules("observatory-2025", code)
    at = (Selector(steps=()),)
    assert rule.check == Assert(at=at, when=parse(when), test=parse(test), point=(point,), report_key=True)
    assert rule.message == message


def test_an_assertion_keeps_its_parts() -> None:
    (rule,) = rules("observatory-2025", "PAR200")
    check = rule.check
    assert isinstance(check, Assert)
    assert check.at == (Selector(steps=("notes", "*")), Selector(steps=("notes",)))
    assert [name for name, _ in check.let] == ["text_1", "long"]
    assert (check.point, check.report_key, check.nulls) == (("text",), True, True)
    assert [server.status for server in rule.server] == [400, 422]
    assert rule.fix is not None
    assert [(edit.operation, edit.name, edit.from_root) for edit in rule.fix.edits] == [
        ("rename", "body", False),
        ("replace", None, False),
        ("remove", None, False),
        ("add", "author", True),
        ("append", None, True),
        ("insert", None, True),
    ]
    assert rule.bad[0].at == ("/notes/1/text",)


def test_no_text_of_a_contract_knows_its_place() -> None:
    seen: list[object] = []

    def collect(value: Any) -> None:
        seen.append(value)
        if is_object(value):
            collect([*value, *value.values()])
        elif is_array(value):
            for item in value:
                collect(item)
        elif isinstance(value, tuple):
            collect([*cast("tuple[object, ...]", value)])
        elif is_dataclass(value):
            collect([getattr(value, field.name) for field in fields(value)])

    made = contract("observatory-2025")
    collect([*made.rules, *made.capabilities])
    assert len(seen) > 1000
    assert [value for value in seen if isinstance(value, LocatedText)] == []


def test_a_rule_over_a_file_sees_lines() -> None:
    (rule,) = rules("observatory-2025", "PAR610")
    here = Selector(steps=())
    assert rule.scope == "file"
    assert rule.check == Unique(at=here, over=here, key=parse("string(self.target)"))
    assert (rule.bad[0].times, rule.good[0].bytes) == (2, 90)


# Dialects.


def test_rules_hold_where_and_when_they_say() -> None:
    codes = {name: {rule.code for rule in contract(name).rules} for name in ("observatory-2025", "southern-2023")}
    assert codes["observatory-2025"] - codes["southern-2023"] == {"PAR202", "PAR203", "PAR500", "PAR502", "PAR702"}
    assert codes["southern-2023"] - codes["observatory-2025"] == {"SOUTH101", "SOUTH102"}
    assert "PAR200" not in {rule.code for rule in contract("observatory@2020-02-01").rules}
    assert "PAR200" in {rule.code for rule in contract("observatory@2029-12-31").rules}
    assert "PAR200" not in {rule.code for rule in contract("observatory@2030-01-01").rules}


def test_a_dialect_gives_severities_to_rules_and_to_what_the_tool_finds() -> None:
    made = contract("southern-2023")
    assert [rule.severity for rule in made.rules if rule.code == "PAR201"] == ["warning"]
    assert made.severities == (("PAR120", "info"),)


@pytest.mark.parametrize(("day", "maximum"), [("2023-12-31", 10), ("2024-01-01", 12)])
def test_bounds_are_those_of_the_day(day: str, maximum: int) -> None:
    (rule,) = rules(f"observatory@{day}", "PAR400")
    assert isinstance(rule.check, Limit)
    assert (rule.check.minimum, rule.check.maximum) == (1, maximum)


def test_a_limit_without_a_bound_on_its_day_is_none(tmp_path: Path) -> None:
    shutil.copytree(FULL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "rules" / "observatory.yaml"
    text = file.read_text("utf-8").replace("  minimum: 1\n", "").replace("{minimum}", "{maximum}")
    file.write_text(text.replace("{value: 10, until: 2024-01-01}, ", ""), "utf-8")
    assert "PAR400" not in {rule.code for rule in contract("observatory@2023-12-31", tmp_path).rules}
    assert "PAR400" in {rule.code for rule in contract("observatory@2024-01-01", tmp_path).rules}


def test_a_rule_whose_fields_a_dialect_lacks_is_left_out(tmp_path: Path) -> None:
    shutil.copytree(FULL, tmp_path, dirs_exist_ok=True)
    dialect = tmp_path / "dialects" / "observatory-2025.yaml"
    action = """
actions:
  - target: $.components.schemas.ObservationRequest.properties['gain', 'notes']
    remove: true
    evidence: {source: a visit}
"""
    dialect.write_text(dialect.read_text("utf-8").rstrip() + action, "utf-8")
    before = {rule.code for rule in contract("observatory-2025").rules}
    after = {rule.code for rule in contract("observatory-2025", tmp_path).rules}
    assert before - after == {"PAR200", "PAR202", "PAR300"}, "PAR201 has gain in an expression only"


def test_a_field_may_be_one_that_only_another_dialect_has(tmp_path: Path) -> None:
    shutil.copytree(FULL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "rules" / "observatory.yaml"
    text = file.read_text("utf-8")
    rule = text[text.index("- code: PAR201") : text.index("- code: PAR202")]
    rule = rule.replace("PAR201", "PAR290").replace("repeat", "hemisphere").replace("-without-gain", "-alone")
    file.write_text(text + rule, "utf-8")
    dialect = tmp_path / "dialects" / "southern-2023.yaml"
    header = dialect.read_text("utf-8")
    dialect.write_text(header.replace("{code: PAR200,", "{code: [PAR200, PAR290],"), "utf-8")
    assert "PAR290" in {rule.code for rule in contract("southern-2023", tmp_path).rules}
    assert "PAR290" not in {rule.code for rule in contract("observatory-2025", tmp_path).rules}
    dialect.write_text(header, "utf-8")
    file.write_text(text, "utf-8")
    newest = tmp_path / "dialects" / "observatory-2025.yaml"
    own = "".join(f"    {line}\n" for line in rule.splitlines())
    newest.write_text(f"{newest.read_text('utf-8').rstrip()}\nrules:\n  own:\n{own}", "utf-8")
    with pytest.raises(SpecError, match="PAR912 observation-request has no 'hemisphere' there"):
        contract("observatory-2025", tmp_path)


@pytest.mark.parametrize(("day", "deprecated"), [("2021-12-31", []), ("2022-01-01", ["follow"])])
def test_deprecated_fields_are_those_of_the_day(day: str, deprecated: list[str]) -> None:
    assert [rule.message.split()[0] for rule in rules(f"observatory@{day}", "PAR501")] == deprecated


def test_a_deprecated_field_of_one_variant_is_reported_by_its_tag(tmp_path: Path) -> None:
    shutil.copytree(FULL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "schemas" / "request.yaml"
    text = file.read_text("utf-8")
    field = "seconds: {type: number, minimum: 0, "
    assert field in text
    file.write_text(text.replace(field, field + "x-deprecated-since: 2023-03-03, "), "utf-8")
    found = [
        rule.check
        for rule in contract("observatory-2025", tmp_path).rules
        if rule.code == "PAR501" and "seconds" in rule.message
    ]
    when = parse("self.do in ['wait'] && self.seconds != null")
    # A step stands in the plan, in the steps, and in a loop in either; a loop in a loop is not followed.
    paths = [("plan", "*"), ("plan", "*", "steps", "*"), ("steps", "*"), ("steps", "*", "steps", "*")]
    assert [check.at[0].steps for check in found if isinstance(check, Assert)] == paths
    assert all(isinstance(check, Assert) and check.when == when for check in found)


# Rows of models, and what artifacts hold.


def test_rows_are_those_of_the_family_and_policies_those_of_the_day() -> None:
    assert contract("southern-2023").capabilities == ()
    for day, refused, values in (("2021-12-31", True, None), ("2022-01-01", False, (0, 1))):
        old, first, second = contract(f"observatory@{day}").capabilities
        assert (old.title, old.continues, first.continues) == ("The first one", True, False)
        assert (first.title, second.title, second.policies) == ("The small one", "Any other", ())
        assert first.reasoning == parse("self.binning == 2")
        policy = first.policies[0]
        assert (policy.field, policy.refused, policy.values) == (("gain",), refused, values)
    assert isinstance(policy, FieldPolicy)
    assert policy.unless == parse("!reasoning")
    assert first.policies[1].field == ("steps", "*", "do")


def test_artifacts_know_what_they_hold() -> None:
    embeds = {artifact.name: artifact.embeds for artifact in contract("observatory-2025").artifacts if artifact.embeds}
    assert embeds == {"observation": ((("problem",), "problem"), (("frames", "*"), "frame"))}


def test_a_contract_as_json_names_its_rules_and_rows() -> None:
    document: Any = as_json(contract("observatory@2022-01-01"))
    assert document["rules"][1] == {
        "code": "PAR201",
        "name": "repeat-without-gain",
        "severity": "error",
        "kind": "requires",
        "artifact": "observation-request",
        "message": "repeat needs a gain",
        "check": document["rules"][1]["check"],
    }
    assert len({rule["check"] for rule in document["rules"]}) > 1
    assert document["capabilities"][1]["policies"] == [
        {"field": "/gain", "code": "PAR500", "values": [0, 1], "minimum": 0, "maximum": 1},
        {"field": "/steps/*/do", "code": "PAR500", "values": ["wait"]},
        {"field": "/gain", "code": "PAR502", "null": True},
        {"field": "/steps/*/do", "code": "PAR502", "null": True},
    ]


def test_what_changed_names_rules_and_rows() -> None:
    old, new = contract("observatory@2021-12-31"), contract("observatory@2022-01-01")
    kept = [KeptContract(each, tuple(rule_facts(each))) for each in (old, new)]
    lines = [change_line(change) for change in kept_changes(*kept)]
    assert [line for line in lines if "rule" in line or "models" in line or "PAR" in line]
    read = [kept_contract(json.loads(json.dumps(as_json(each)))) for each in (old, new)]
    assert read[0] is not None
    assert read[1] is not None
    assert [change_line(change) for change in kept_changes(read[0], read[1])] == lines


def test_the_manual_of_the_language_has_every_word() -> None:
    manual = (spec_folder() / "RULES.md").read_text("utf-8")
    languages = Grammar(spec_folder() / "meta.schema.json").languages
    known = languages["rules"] | languages["models"] | FUNCTIONS.keys() | METHODS.keys() | MACROS
    assert {word for word in known if not re.search(rf"(?<![\w-]){word}(?![\w-])", manual)} == set()


def test_rules_and_rows_may_be_missing() -> None:
    made = contract("corner", SMALL)
    assert (made.rules, made.capabilities, made.as_of) == ((), (), date(2025, 3, 1))


def test_findings_of_an_expression_come_in_the_order_of_the_file() -> None:
    expected = FULL.with_name("bad") / "rules-expressions" / "expected.txt"
    lines = [int(line) for line in re.findall(r"yaml:(\d+):", expected.read_text("utf-8"))]
    assert all(before <= after for before, after in pairwise(lines))


def test_the_order_of_fields_does_not_change_what_is_reported_of_a_model() -> None:
    parts = [{"type": "file"}, {"type": "image_url", "image_url": {"url": "a", "detail": "original"}}]
    messages = [{"role": "user", "content": parts}, {"role": "user", "content": {"b": {"type": "input_audio"}}}]
    policies = {"verbosity": "low", "reasoning_effort": "low", "max_tokens": 99999}
    request = {"model": "gpt-4o", **policies, "messages": messages}
    lint = generated_dialect("openai-2026-11").lints["request"]
    found = [(one.code, one.pointer) for one in lint(request)]
    assert found == [(one.code, one.pointer) for one in lint(dict(reversed(request.items())))]
    assert found[-5:] == [
        ("PAR501", "/reasoning_effort"),
        ("PAR513", "/messages/1/content/b/type"),
        ("PAR523", "/max_tokens"),
        ("PAR502", "/verbosity"),
        ("PAR527", "/messages/0/content/1/image_url/detail"),
    ]
