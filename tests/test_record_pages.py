"""The pages of records: each example is one, each link leads somewhere, and rules and fields name each other."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from command import ROOT
from jsonschema import Draft202012Validator
from parlance.finding.catalogue import CATALOGUE
from parlance.targets.record_book import record_file

MARKDOWN = ROOT / "generated" / "markdown"
PAGES = sorted(path for path in (MARKDOWN / "records").glob("*.md") if path.stem != "README")
EXAMPLE = re.compile(r"^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()#]*)(?:#([^()]*))?\)")
WITHOUT_EXAMPLE = {"OpenRouterServerTool", "OpenRouterServerToolChoice"}
"""Their type is any word but those of other tools, and no rule's example has one."""


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def schemas(dialect: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_bytes()) for path in (ROOT / "generated/jsonschema" / dialect).glob("*.json"))


def test_each_example_is_such_a_record() -> None:
    without = set[str]()
    for page in PAGES:
        name = text(page).partition("\n# ")[2].partition("\n")[0]
        dialect = re.search(r"^\| As described by \| \[([^]]*)\]", text(page), re.MULTILINE)
        examples = EXAMPLE.findall(text(page))
        if not examples:
            without.add(name)
            continue
        assert dialect
        ((bundle, *_),) = [[each for each in schemas(dialect[1]) if name in each["$defs"]]]
        schema = {"$schema": bundle["$schema"], "$defs": bundle["$defs"], "$ref": f"#/$defs/{name}"}
        for example in examples:
            validator: Any = Draft202012Validator(schema)
            faults = [fault.message for fault in validator.iter_errors(json.loads(example))]
            assert not faults, f"{name}: {faults}"
    assert without == WITHOUT_EXAMPLE


def test_each_link_leads_to_a_page_and_a_place_in_it() -> None:
    for page in [*MARKDOWN.rglob("*.md")]:
        for target, anchor in LINK.findall(re.sub(r"(?s)```.*?```|`[^`\n]*`", "", text(page))):
            if target.startswith("http"):
                continue
            place = (page.parent / target).resolve() if target else page
            assert place.is_file(), f"{page.name}: {target}"
            assert not anchor or f'<a id="{anchor}"></a>' in text(place), f"{page.name}: {target}#{anchor}"


def test_rules_and_records_name_each_other() -> None:
    of_records = {(rule, page.stem) for page in PAGES for rule in re.findall(r"\.\./rules/(PAR\d+)\.md", text(page))}
    of_rules = {
        (page.stem, record)
        for page in (MARKDOWN / "rules").glob("PAR*.md")
        for record in re.findall(r"\.\./records/([\w-]+)\.md", text(page))
    }
    assert of_records == of_rules
    assert len({rule for rule, _ in of_rules}) > 250


@pytest.mark.parametrize(
    ("record", "field", "rule"),
    [
        ("CreateChatCompletionRequest", "top_logprobs", "PAR201"),
        ("CreateChatCompletionRequest", "messages", "PAR301"),
        ("CreateChatCompletionRequest", "max_tokens", "PAR512"),
        ("ImageURL", "url", "PAR324"),
    ],
)
def test_a_rule_stands_at_its_field(record: str, field: str, rule: str) -> None:
    page = text(MARKDOWN / "records" / record_file(record))
    section = page.partition(f'<a id="field-{field}"></a>')[2].partition("\n### ")[0]
    assert f"[{rule}](../rules/{rule}.md)" in section


def test_each_code_of_the_tool_has_a_page() -> None:
    assert {*CATALOGUE} <= {page.stem for page in (MARKDOWN / "rules").glob("PAR*.md")}
