"""What each binding says of a contract that uses every construct, and of one whose every text is hostile."""

from __future__ import annotations

import ast
import json
import re
import sys
import typing
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, cast

import jsonschema
import jsonschema_rs
import pytest
from markdown_it import MarkdownIt
from parlance.contract.ir import Contract
from parlance.emit.render import render
from parlance.emit.tree import check_texts
from parlance.folders import templates_folder
from parlance.targets.python_names import UnusableNameError, class_name
from parlance.targets.registry import TARGETS, Edition, File, index
from parlance.targets.target_names import NEEDS, TOGETHER, with_needs
from sample_contracts import HOSTILE, contract, hostile_contract

CONTRACTS = {"plain": contract(), "hostile": hostile_contract()}


def text_of(file: File) -> str:
    return render(templates_folder(), file.template, file.view) if file.template else file.text or ""


def texts(name: str, *targets: str) -> dict[str, str]:
    chosen = CONTRACTS[name]
    return {file.path: text_of(file) for target in targets for file in TARGETS[target].files(chosen)}


def test_every_target_has_a_name_and_stands_behind_what_it_needs() -> None:
    assert [*NEEDS] == [*TARGETS]
    names = [*NEEDS]
    assert all(names.index(need) < names.index(name) for name, needs in NEEDS.items() for need in needs)
    assert with_needs({"strategies", "models"}) == ("enums", "dicts", "models", "validators", "rules", "strategies")


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize("target", TARGETS)
def test_every_target_takes_every_contract(name: str, target: str) -> None:
    assert bool(check_texts(texts(name, target))) is (target not in TOGETHER)


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_shared_files_take_every_contract(name: str) -> None:
    chosen = CONTRACTS[name]
    edition = Edition(contracts=(chosen,), default=chosen.dialect, targets=frozenset(TARGETS))
    made = [*index(edition)]
    assert len({file.path for file in made}) == len(made)
    check_texts({file.path: text_of(file) for file in made})


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize("target", ["enums", "dicts"])
def test_every_class_field_and_member_is_documented(name: str, target: str) -> None:
    (source,) = texts(name, target).values()
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            assert ast.get_docstring(node)
            for one, two in zip(node.body[1::2], node.body[2::2], strict=True):
                assert isinstance(one, ast.Assign | ast.AnnAssign)
                assert isinstance(two, ast.Expr)
    spoken = " ".join(" ".join(HOSTILE.split()).split("\ud800")[0].split())
    if name == "hostile":
        printed = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert any(isinstance(text, str) and spoken in " ".join(text.split()) for text in printed)


def test_dicts_have_types_that_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = texts("plain", "dicts").values()
    module = ModuleType("parlance_dialects.shop.dicts")
    # Python 3.14 looks the names of a TypedDict up in its module, whatever globals it is given.
    monkeypatch.setitem(sys.modules, module.__name__, module)
    space: dict[str, Any] = vars(module)
    space["__package__"] = "parlance_dialects.shop"
    exec(compile(source, "dicts.py", "exec"), space)  # noqa: S102 - it is what is tested
    hints = typing.get_type_hints(space["Letter"], space, include_extras=True)
    assert {*hints} == {"type", "pages", "class", "x-mark"}
    for name, required in (("Order", {"carrier"}), ("Box", {"type", "weight"})):
        hints = typing.get_type_hints(space[name], space, include_extras=True)
        assert {field for field, hint in hints.items() if typing.get_origin(hint) is not typing.NotRequired} == required


def test_members_are_named_after_their_values() -> None:
    (source,) = texts("plain", "enums").values()
    space: dict[str, Any] = {"__name__": "enums"}
    exec(compile(source, "enums.py", "exec"), space)  # noqa: S102 - it is what is tested
    assert {one.name: one.value for one in space["CarrierEnum"]} == {"POST": "post", "PICK_UP": "pick-up"}
    assert {one.name: one.value for one in space["SpeedEnum"]} == {"VALUE_1": 1, "VALUE_2": 2}
    assert "Other values are accepted too." in space["TierEnum"].__doc__


BOX = {"type": "box", "weight": 1}
ORDERS: list[tuple[Any, bool]] = [
    ({"carrier": "post"}, True),
    ({"carrier": "pigeon"}, False),
    ({}, False),
    ([], False),
    ({"carrier": "post", "unknown": 1}, True),
    ({"carrier": "post", "speed": None}, True),
    ({"carrier": "post", "speed": 1.0}, True),
    ({"carrier": "post", "speed": True}, False),
    ({"carrier": "post", "speed": 3}, False),
    ({"carrier": "post", "tier": "silver"}, True),
    ({"carrier": "post", "tier": "far too long"}, False),
    ({"carrier": "post", "tier": 1}, False),
    ({"carrier": "post", "note": None}, True),
    ({"carrier": "post", "note": ""}, False),
    ({"carrier": "post", "note": "Abc"}, False),
    ({"carrier": "post", "tags": {"a": "b"}}, True),
    ({"carrier": "post", "tags": {"long": "b"}}, False),
    ({"carrier": "post", "tags": {"a": "longer"}}, False),
    ({"carrier": "post", "tags": {"a": "1", "b": "2", "c": "3"}}, False),
    ({"carrier": "post", "json": [{"a": [None, 1, "x", True]}]}, True),
    ({"carrier": "post", "parcel": BOX}, True),
    ({"carrier": "post", "parcel": {**BOX, "weight": 0}}, False),
    ({"carrier": "post", "parcel": {**BOX, "weight": 31}}, False),
    ({"carrier": "post", "parcel": {**BOX, "more": 1}}, False),
    ({"carrier": "post", "parcel": {**BOX, "boxes": [BOX, {"type": "letter"}]}}, True),
    ({"carrier": "post", "parcel": {**BOX, "boxes": []}}, False),
    ({"carrier": "post", "parcel": {"weight": 1}}, False),
    ({"carrier": "post", "parcel": {"type": "sack"}}, False),
    ({"carrier": "post", "parcel": {"type": "letter", "pages": 2, "more": 1}}, True),
    ({"carrier": "post", "parcel": {"type": "letter", "pages": 3}}, False),
    ({"carrier": "post", "parcel": {"type": "letter", "x-mark": ["a", "a"]}}, False),
    ({"carrier": "post", "parcel": None}, False),
]


@pytest.mark.parametrize(("value", "good"), ORDERS)
def test_bundles_judge_as_the_contract_says(value: Any, good: bool) -> None:
    schema = json.loads(texts("plain", "jsonschema")["jsonschema/shop-2024-01/order.schema.json"])
    validator: Any = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(value) is good
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(value) is good


@pytest.mark.parametrize("name", CONTRACTS)
def test_bundles_are_schemas_without_loose_ends(name: str) -> None:
    for path, text in texts(name, "jsonschema").items():
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert {f"#/$defs/{each}" for each in schema["$defs"]} == {*references(schema)}, path


def test_openapi_describes_the_operation() -> None:
    document = json.loads(texts("plain", "openapi")["openapi/shop-2024-01.json"])
    names = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert {*references(document)} <= names
    operation = document["paths"]["/orders"]["post"]
    assert operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Order")
    assert [*operation["responses"]] == ["200"]
    assert document["components"]["schemas"]["Parcel"]["discriminator"]["mapping"] == {
        "box": "#/components/schemas/Box",
        "letter": "#/components/schemas/Letter",
    }
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        kept = cast("dict[str, Any]", node)
        if isinstance(kept.get("$ref"), str):
            yield kept["$ref"]
        yield from references([*kept.values()])
    elif isinstance(node, list):
        for child in cast("Sequence[Any]", node):
            yield from references(child)


@pytest.mark.parametrize("name", CONTRACTS)
def test_pages_hold_whole_tables_and_links_that_lead_somewhere(name: str) -> None:
    (page,) = texts(name, "markdown").values()
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)
    assert len([token for token in tokens if token.type == "table_open"]) >= 10
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(page)
    tags = set(re.findall(r"</?([a-z0-9]+)", html.split("-->", 1)[1]))
    assert tags <= {"h1", "h2", "h3", "p", "a", "code", "table", "thead", "tbody", "tr", "th", "td"}
    anchors = set(re.findall(r'<a id="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links
    assert links <= anchors
    for table in html.split("<table>")[1:]:
        rows = table.split("</table>")[0].split("<tr>")[1:]
        assert len({row.count("<th>") + row.count("<td>") for row in rows}) == 1


@pytest.mark.parametrize("name", ["None", "class", "a-b", "1a", "é", "", "str", "TypedDict", "BaseModel"])
def test_a_name_that_cannot_be_a_class_is_refused(name: str) -> None:
    with pytest.raises(UnusableNameError):
        class_name(name)


def test_a_contract_is_whole_in_its_json() -> None:
    (text,) = texts("plain", "contract").values()
    document = json.loads(text)["contract"]
    assert [each["name"] for each in document["definitions"]] == [each.name for each in contract().definitions]
    note = next(each for each in document["definitions"] if each["name"] == "Order")["fields"][4]
    assert note["has_default"] is True
    assert note["history"]["deprecation"] == {"kind": "Deprecation", "since": "2024-02-03", "replaced_by": ["tags"]}
    assert isinstance(contract(), Contract)
