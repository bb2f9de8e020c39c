"""What is printed of a rule, on a terminal and on a page: true, short, and safe whatever a spec says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shipped
from click.testing import CliRunner, Result
from command import ROOT, parlance
from markdown_it import MarkdownIt
from parlance.cli.rule_command import rule as command
from parlance.contract.expression import Literal
from parlance.contract.ir import Contract, Evidence, JsonValue
from parlance.contract.manual import Page, pages
from parlance.contract.rules import Assert, Example, Rule, RuleFix, Server
from parlance.emit.render import render
from parlance.finding.catalogue import CATALOGUE
from parlance.folders import templates_folder
from parlance.targets.example_text import example_lines
from parlance.targets.record_book import RecordBook
from parlance.targets.registry import TARGETS, Edition, File, index
from parlance.targets.rule_pages import rule_pages
from sample_contracts import HOSTILE, contract

TAGS = {"h1", "h2", "p", "a", "code", "pre", "blockquote", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.fixture(scope="module")
def contracts() -> tuple[Contract, ...]:
    return tuple(shipped.contract_of(dialect.id) for dialect in shipped.spec().dialects)


@pytest.fixture(scope="module")
def manual() -> tuple[Page, ...]:
    return pages([*shipped.contracts().values()])


def rule(*bad: Example, text: str = "What is wrong.", **changes: Any) -> Rule:
    whole = Rule(
        code="PAR999",
        name="wrong-thing",
        kind="assert",
        artifact="order",
        scope="document",
        severity="error",
        summary=text,
        why=text,
        message=text,
        help=text,
        check=Assert(at=(), test=Literal(value=False)),
        fix=RuleFix(title=text, safe=True, edits=()),
        server=(Server(status=400, type=text, code=text, param=text, text=text),),
        since=None,
        sources=(Evidence(source=text, says=text),),
        confidence="A",
        bad=bad or (Example(document={"a": text}, at=("/a",)),),
        good=(Example(document={text: text}),),
    )
    return replace(whole, **changes)


def shown(document: JsonValue, *at: str, **changes: Any) -> list[str]:
    example = Example(document=document, at=at)
    return example_lines(rule(example, **changes), example)


def marked(lines: list[str]) -> list[str]:
    """What stands above each row of carets."""
    found: list[str] = []
    for above, carets in pairwise(lines):
        if carets.strip("^ ") == "" and "^" in carets:
            found += [above[run.start() : run.end()] for run in re.finditer(r"\^+", carets)]
    return found


BY_KEY = Assert(at=(), test=Literal(value=False), report_key=True)
LONG: list[JsonValue] = [f"item {number} of quite a few" for number in range(500)]


@pytest.mark.parametrize(
    ("document", "at", "expected"),
    [
        ({"a": 1, "b": "two"}, "/b", ['"two"']),
        ({"a": {"b": None}}, "/a/b", ["null"]),
        ({"a": [1, 22, 3]}, "/a/1", ["22"]),
        ({"a": [{"b": 1}]}, "/a/0", ["{"]),
        ({"a": [{"b": 1}]}, "", ["{"]),
        ({"a": {"b": 1}}, "/a/missing", ["{"]),
        ({"a": '{"b": 1}'}, "/a/b", ['"{\\"b\\": 1}"']),
        ({"a/b": {"m~n": 5}}, "/a~1b/m~0n", ["5"]),
        ({"a": LONG}, "/a/77", ['"item 77 of quite a few"']),
        ([], "/0", ["["]),
    ],
)
def test_an_example_marks_the_place_or_the_nearest_that_is_there(
    document: JsonValue, at: str, expected: list[str]
) -> None:
    assert marked(shown(document, at)) == expected


def test_a_rule_about_a_key_marks_the_key() -> None:
    assert marked(shown({"a": {"50": 1}}, "/a/50", check=BY_KEY)) == ['"50"']
    assert marked(shown({"a": [1]}, "/a/0", check=BY_KEY)) == ["1"]


def test_several_places_are_marked() -> None:
    assert marked(shown({"a": 1, "b": [{"c": 2}]}, "/a", "/b/0/c")) == ["1", "2"]


def test_a_long_example_keeps_its_beginning_and_what_is_marked() -> None:
    lines = shown({"a": LONG, "b": "x" * 500}, "/a/77")
    assert len(lines) < 12
    assert [line.strip() for line in lines if "…" in line] == ["…", "…", f'"b": "{"x" * 48}…"']


def test_a_rule_over_a_file_shows_its_lines() -> None:
    document: JsonValue = [{"id": "a", "body": {"text": "x" * 90}}, {"id": "a", "body": {"text": "x" * 90}}]
    example = Example(document=document, at=("/1/id",), times=3, bytes=1000)
    lines = example_lines(rule(example, scope="file"), example)
    assert lines == [
        '{"id": "a", "body": {…}}',
        '{"id": "a", "body": {…}}',
        "       ^^^",
        "… 3 times over",
        "… with 1000 bytes a line",
    ]


def test_every_example_of_the_spec_is_short_and_marked(manual: tuple[Page, ...]) -> None:
    assert len(manual) > 100
    for page in manual:
        for example in (*page.rule.bad, *page.rule.good):
            lines = example_lines(page.rule, example)
            places = {at for at in example.at if at or page.rule.scope == "document"}  # a file itself has no place
            assert bool(marked(lines)) == bool(places), page.rule.code
            assert len(marked(lines)) <= len(places), page.rule.code
            assert len(lines) <= 100, page.rule.code


def files(*given: Contract) -> dict[str, str]:
    """The pages of some contracts, rendered."""
    edition = Edition(contracts=given, default=given[0].dialect, targets=frozenset({"markdown"}))
    target = TARGETS["markdown"]
    assert target.shared is not None
    made = [*(file for each in given for file in target.files(each)), *target.shared(edition), *index(edition)]
    return {file.path: text(file) for file in made}


def text(file: File) -> str:
    assert file.template is not None
    return render(templates_folder(), file.template, file.view)


def test_every_rule_has_a_page_and_every_link_leads_somewhere(contracts: tuple[Contract, ...]) -> None:
    made = files(*contracts)
    codes = {rule.code for each in contracts for rule in each.rules}
    assert {Path(path).stem for path in made if path.startswith("markdown/rules/PAR")} == codes | {*CATALOGUE}
    for path, page in made.items():
        for link in re.findall(r"\]\(([^)#]+)\)", re.sub(r"`[^`\n]*`", "", page)):
            assert str((ROOT / path).parent.joinpath(link).resolve().relative_to(ROOT)) in made, (path, link)
    for each in contracts:
        page = made[f"markdown/{each.dialect}.md"]
        assert all(f"(rules/{rule.code}.md)" in page for rule in each.rules)
    listed = made["markdown/rules/README.md"]
    assert all(listed.count(f"({code}.md)") == 1 for code in codes)


def test_a_dialect_without_rules_has_no_such_pages() -> None:
    made = files(contract())
    assert not [path for path in made if "rules" in path]
    assert "## Rules" not in made["markdown/shop-2024-01.md"]
    assert "rules" not in made["markdown/README.md"]


def test_nothing_that_a_spec_says_breaks_a_page() -> None:
    fence = f"{HOSTILE}\n```\n# Heading\n````"
    made = files(replace(contract(), rules=(rule(text=fence),)))
    page = made["markdown/rules/PAR999.md"]
    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "# PAR999 wrong-thing",
        "## What is reported",
        "## Bad",
        "## Good",
        "## What a server answers",
        "## Sources",
    ]
    assert "\x1b" not in page
    assert "\u202e" not in page
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(page.split("-->", 1)[1])
    assert not set(re.findall(r"</?([a-z0-9]+)", html)) - TAGS
    assert re.findall(r"(?m)^`{3,}", page) == ["```", "```", "`````", "`````"]
    for row in html.split("<tr>")[1:]:
        assert row.count("<th>") + row.count("<td>") == 2


def test_a_code_is_reported_once_though_dialects_differ() -> None:
    strict, mild = rule(severity="error"), rule(severity="warning", message="Else.", help=None)
    made = pages([replace(contract("a-1"), rules=(strict,)), replace(contract("b-1"), rules=(mild, mild))])
    (page,) = made
    assert page.rule is strict
    assert [(each.dialect, each.severity) for each in page.dialects] == [("a-1", "error"), ("b-1", "warning")]
    assert page.messages == ((strict.message, strict.help), ("Else.", None))
    markdown = files(replace(contract("a-1"), rules=(strict,)), replace(contract("b-1"), rules=(mild,)))
    assert "[a-1](../a-1.md), [b-1](../b-1.md) (warning)" in markdown["markdown/rules/PAR999.md"]


@pytest.mark.parametrize(("default", "words"), [("a-1", "One reason."), ("b-1", "Another reason.")])
def test_of_the_dialects_of_one_day_the_default_has_the_word(default: str, words: str) -> None:
    one, other = rule(text="One reason."), rule(text="Another reason.")
    given = (replace(contract("a-1"), rules=(one,)), replace(contract("b-1"), rules=(other,)))
    edition = Edition(contracts=given, default=default, targets=frozenset({"markdown"}))
    page, *_ = rule_pages(RecordBook(edition))
    assert f"\n* {words}: {words}\n" in text(page)


# The command.


@pytest.fixture
def reported() -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(command, arguments)


def test_a_rule_is_explained_by_code_or_name(
    tmp_path: Path, reported: Callable[..., Result], manual: tuple[Page, ...]
) -> None:
    page = next(page for page in manual if page.rule.server and page.rule.fix and not page.policies)
    one = page.rule
    done = parlance("rule", one.code.lower(), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{one.code} {one.name} ({one.severity})\n\n")
    flat = " ".join(done.stdout.split())
    for word in (one.summary, " ".join(one.why.split()), one.message, one.help, str(one.server[0].status)):
        assert word is None or word in flat
    assert one.fix is not None
    assert one.fix.title in flat
    assert all(evidence.source in flat for evidence in one.sources)
    assert all(holding.dialect in flat for holding in page.dialects)
    assert "\nbad\n  {" in done.stdout
    assert "\ngood\n  {" in done.stdout
    assert re.search(r"\n +\^+\n", done.stdout)
    assert reported(one.name).stdout == done.stdout


def test_what_models_take_is_reported(reported: Callable[..., Result], manual: tuple[Page, ...]) -> None:
    page = next(page for page in manual if page.policies)
    row, _ = page.policies[0]
    done = reported(page.rule.code, "--output-format", "json")
    facts = json.loads(done.stdout)
    assert facts["models"][0]["title"] == row.title
    assert facts["models"][0]["fields"]
    assert facts["models"][0]["accepted"]
    assert facts["dialects"] == {holding.dialect: holding.severity for holding in page.dialects}
    assert len(facts["bad"]) == len(page.rule.bad)


def test_all_codes_are_listed(reported: Callable[..., Result], manual: tuple[Page, ...]) -> None:
    rows: list[dict[str, str]] = json.loads(reported("--output-format", "json").stdout)
    names = {code: entry.name for code, entry in CATALOGUE.items()}
    names |= {page.rule.code: page.rule.name for page in manual}
    assert {row["code"]: row["name"] for row in rows} == names
    assert [row["code"] for row in rows] == sorted(names)
    lines = [line for line in reported().stdout.splitlines() if line[0] != " "]
    assert [line.split()[:3] for line in lines] == [[row["code"], row["severity"], row["name"]] for row in rows]


def test_a_code_of_the_tool_is_reported_without_a_spec(reported: Callable[..., Result]) -> None:
    done = reported("PAR102")
    summary = CATALOGUE["PAR102"].summary
    assert done.stdout == f"PAR102 unknown-field (error)\n\n{summary}\n\napplies to  any artifact\n"


def test_the_json_of_every_code_says_all(reported: Callable[..., Result], manual: tuple[Page, ...]) -> None:
    own = json.loads(reported("PAR102", "--output-format", "json").stdout)
    rule = json.loads(reported("PAR301", "--output-format", "json").stdout)
    assert own.keys() == rule.keys() >= {"server", "applies_to", "sources", "dialects", "evidence", "bad", "good"}
    assert own["applies_to"] == "any artifact"
    (page,) = (page for page in manual if page.rule.code == "PAR301")
    assert rule["applies_to"].startswith("request, since ")
    assert len(rule["sources"]) == len(page.sources) > 0
    assert rule["server"][0]["status"] == page.rule.server[0].status
    assert all(answer["dialects"] and answer["status"] for answer in own["server"])
    assert set(own["dialects"]) >= {name for answer in own["server"] for name in answer["dialects"]}


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("PAR10Z", "did you mean 'PAR101' or"),
        ("unknwon-field", "did you mean 'unknown-field'?"),
        ("explosion", "did you mean 'yaml-alias-explosion'?"),
        ("json", "there are "),
        ("xylophone", "parlance rule lists them all"),
        ("", "parlance rule lists them all"),
    ],
)
def test_an_unknown_rule_is_answered_with_a_guess(reported: Callable[..., Result], word: str, advice: str) -> None:
    done = reported(word)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert f"there is no rule {word!r}; {advice}" in done.stderr
