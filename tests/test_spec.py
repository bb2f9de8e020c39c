"""Reading specs: each folder of `cases/spec/bad` holds what differs from `cases/spec/foreign-small`, and its findings.

`PARLANCE_ACCEPT=1 pytest tests/test_spec.py` writes the findings of today to `expected.txt`; `git diff` is the review.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from parlance.contract.build import build_contract
from parlance.finding import Finding, LocatedList, LocatedMap
from parlance.finding.catalogue import CATALOGUE
from parlance.folders import spec_folder
from parlance.generation.rule_examples import example_faults
from parlance.regex.portability import unportable
from parlance.spec import SpecError, load_spec, resolve
from parlance.spec.grammar import Grammar
from parlance.spec.reading import read_file, read_list

CASES = Path(__file__).parent / "cases" / "spec"
BAD = sorted(path.name for path in (CASES / "bad").iterdir())
SMALL = CASES / "foreign-small"
FULL = CASES / "foreign-full"


def findings_of(root: Path) -> list[Finding]:
    """What loading, resolving, building and running examples find; the first step that finds anything is the last."""
    try:
        spec = load_spec(root)
        contracts = [build_contract(resolve(spec, dialect.id)) for dialect in spec.dialects]
        return example_faults(contracts, spec.records)
    except SpecError as error:
        return list(error.findings)


def line(finding: Finding, root: Path) -> str:
    text = f"{finding.span}: {finding.code} {finding.message}"
    return (text if finding.help is None else f"{text} ({finding.help})").replace(f"{root.as_posix()}/", "")


@pytest.fixture(name="broken")
def broken_spec(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    root = tmp_path / "spec"
    shutil.copytree(SMALL, root)
    shutil.copytree(CASES / "bad" / str(request.param), root, dirs_exist_ok=True)
    (root / "expected.txt").unlink(missing_ok=True)
    return root


@pytest.mark.parametrize(("broken", "case"), [(case, case) for case in BAD], indirect=["broken"])
def test_a_bad_spec_is_refused_with_its_places(broken: Path, case: str) -> None:
    expected = CASES / "bad" / case / "expected.txt"
    found = "".join(line(finding, broken) + "\n" for finding in findings_of(broken))
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(found, "utf-8")
    assert found
    assert found == expected.read_text("utf-8")


def test_every_code_of_a_spec_has_a_case() -> None:
    """But for those that only a fault of the generator causes, or a dialect that loads and leaves something open.

    `test_pipeline.py` has the former, and `test_dialect_lint.py` the latter.
    """
    elsewhere = ["PAR918", "PAR919", "PAR921", "PAR922", "PAR923", "PAR924", "PAR925"]
    seen = "".join((CASES / "bad" / case / "expected.txt").read_text("utf-8") for case in BAD)
    assert [code for code in CATALOGUE if code.startswith("PAR9") and code not in seen] == elsewhere


def every_file() -> list[tuple[str, Path]]:
    """Each file of every spec here and of the tool's own, with the definition that it must satisfy."""
    folders = [spec_folder(), SMALL, FULL, *(CASES / "bad" / case for case in BAD)]
    kinds = {"openapi.yaml": "entry", "schemas/*.yaml": "schemas", "dialects/*.yaml": "dialect"}
    kinds |= {"rules/*.yaml": "rules", "models/*.yaml": "models"}
    return [(kind, path) for root in folders for pattern, kind in kinds.items() for path in sorted(root.glob(pattern))]


def content(path: Path) -> LocatedMap | LocatedList:
    is_list = path.parent.name in {"containers", "rules", "models"} or path.name.endswith(".rules.yaml")
    return read_list(path) if is_list else read_file(path)


def test_the_grammar_is_read_as_json_schema_reads_it() -> None:
    path = spec_folder() / "meta.schema.json"
    grammar, schema = Grammar(path), json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    read = 0
    for kind, file in every_file():
        try:
            value = content(file)
        except SpecError:
            continue
        read += 1
        if not any(name in file.parts for name in ("quoted-date", "date-for-text")):
            plain = json.loads(json.dumps(value, default=str))
            validator: Any = jsonschema.Draft202012Validator({**schema, "$ref": f"#/$defs/{kind}"})
            valid = validator.is_valid(plain)
            assert valid == (not list(grammar.check(kind, value))), file
    assert read > 100


def test_the_full_foreign_spec_uses_every_word() -> None:
    used: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, LocatedMap):
            used.update(value)
            for child in value.values():
                collect(child)
        elif isinstance(value, LocatedList):
            for child in value:
                collect(child)

    for path in FULL.rglob("*.yaml"):
        collect(content(path))
    languages = Grammar(spec_folder() / "meta.schema.json").languages
    # An action's `policy` and `only` write these, and nobody else may; `containers` is a word of a user's overlay.
    assert frozenset().union(*languages.values()) - used == {"containers", "x-attested", "x-listed", "x-policy"}


@pytest.mark.parametrize("root", [SMALL, FULL], ids=["small", "full"])
def test_a_foreign_spec_is_read(root: Path) -> None:
    assert findings_of(root) == []


@pytest.mark.parametrize(
    ("name", "resolved", "day"),
    [
        ("southern-2023", "southern-2023", date(2023, 6, 30)),
        ("southern", "southern-2024", date(2024, 6, 30)),
        ("observatory", "observatory-2025", date(2025, 9, 1)),
        ("observatory@2021-02-03", "observatory@2021-02-03", date(2021, 2, 3)),
        ("observatory@2099-01-01", "observatory@2099-01-01", date(2099, 1, 1)),
    ],
)
def test_a_dialect_is_found_by_its_names_and_the_base_by_a_day(name: str, resolved: str, day: date) -> None:
    found = resolve(load_spec(FULL), name)
    assert (found.id, found.as_of) == (resolved, day)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("southen", "PAR904 there is no dialect 'southen' (did you mean 'southern'?)"),
        ("sothern@2021-01-01", "PAR904 there is no dialect 'sothern' (did you mean 'southern'?)"),
        ("southern@2021-01-01", "PAR904 'southern' takes no date; only the base, 'observatory', does"),
        ("observatory@2021-13-01", "PAR903 '2021-13-01' is not a day (write it as observatory@2025-09-01)"),
        ("observatory@", "PAR903 '' is not a day (write it as observatory@2025-09-01)"),
        (
            "observatory@2019-12-31",
            'PAR903 2019-12-31 is before 2020-01-01, when Observatory: "{{ night }}" & co. begins (choose a later day)',
        ),
        (
            "",
            "PAR904 there is no dialect '' (there are eastern-2025, newest, observatory, observatory-2025, southern, "
            "southern-2023, southern-2024)",
        ),
    ],
)
def test_an_unknown_dialect_is_refused_with_a_suggestion(name: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        resolve(load_spec(FULL), name)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("present", "message"), [(False, "there is no such folder"), (True, "cannot be read: no such")]
)
def test_a_missing_spec_is_refused(tmp_path: Path, present: bool, message: str) -> None:
    root = tmp_path / "spec"
    if present:
        root.mkdir()
    with pytest.raises(SpecError, match=message):
        load_spec(root)


def properties(day: str, schema: str = "ObservationRequest") -> LocatedMap:
    found: LocatedMap = resolve(load_spec(FULL), f"observatory@{day}").document["components"]["schemas"][schema]
    return found


@pytest.mark.parametrize(
    ("day", "exists"),
    [("2021-05-04", False), ("2021-05-05", True), ("2099-01-01", True)],
)
def test_a_field_exists_from_its_first_day(day: str, exists: bool) -> None:
    assert ("mode" in properties(day)["properties"]) is exists


@pytest.mark.parametrize(("day", "exists"), [("2020-01-01", True), ("2022-12-31", True), ("2023-01-01", False)])
def test_a_field_exists_to_the_day_before_its_last(day: str, exists: bool) -> None:
    assert ("tracker" in properties(day)["properties"]) is exists


@pytest.mark.parametrize(("day", "count"), [("2020-12-31", 1), ("2021-01-01", 2), ("2025-12-31", 2), ("2026-01-01", 1)])
def test_an_entry_of_allof_has_its_days(day: str, count: int) -> None:
    assert len(properties(day)["allOf"]) == count


@pytest.mark.parametrize(("day", "deprecated"), [("2021-12-31", False), ("2022-01-01", True)])
def test_a_deprecation_begins_on_its_day(day: str, deprecated: bool) -> None:
    follow = properties(day)["properties"]["follow"]
    assert ("x-deprecated-since" in follow) is ("x-replaced-by" in follow) is deprecated


def test_a_union_with_one_member_left_is_that_member_and_dropped_fields_are_not_required(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    order = tmp_path / "schemas" / "order.yaml"
    text = order.read_text("utf-8").replace("required: [drinks]", "required: [drinks, tip]\n  x-expected: [who]")
    text += """
    tip: {type: integer, description: In cents., x-since: 2025-02-01}
    who:
      description: Who will drink it.
      anyOf: [{type: string, minLength: 1}, {type: 'null', x-since: 2025-02-01}]
"""
    order.write_text(text, "utf-8")
    spec = load_spec(tmp_path)
    before = resolve(spec, "shop@2025-01-31").document["components"]["schemas"]["Order"]
    assert before["required"] == ["drinks"]
    assert before["properties"]["who"] == {
        "type": "string",
        "minLength": 1,
        "description": "Who will drink it.",
    }
    after = resolve(spec, "shop@2025-02-01").document["components"]["schemas"]["Order"]
    assert after["required"] == ["drinks", "tip"]
    assert len(after["properties"]["who"]["anyOf"]) == 2


def test_schemas_come_in_the_order_of_the_story(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    schemas = tmp_path / "schemas"
    order = (schemas / "order.yaml").read_text("utf-8")
    (schemas / "order.yaml").write_text(
        order
        + "    tip: {$ref: 'tip.yaml#/Tip', description: A tip.}\n"
        + "    cake: {anyOf: [{$ref: 'cake.yaml#/Cake'}, {type: 'null'}], description: A cake.}\n",
        "utf-8",
    )
    texts = {
        "tip": "Tip: {description: A tip., $ref: 'coin.yaml#/Coin'}\n",
        "cake": "Icing: {description: On it., $ref: 'order.yaml#/Size'}\nCake: {description: A cake., type: string}\n",
        "coin": "Coin: {description: A coin., type: integer}\n",
        "bean": "Bean: {description: Mentioned nowhere., type: string}\n",
        "aroma": "Aroma: {description: Mentioned where nothing leads., $ref: 'bean.yaml#/Bean'}\n",
    }
    for name, text in texts.items():
        (schemas / f"{name}.yaml").write_text(text, "utf-8")
    names = list(load_spec(tmp_path).document["components"]["schemas"])
    assert names == ["Size", "Drink", "Order", "Tip", "Icing", "Cake", "Coin", "Aroma", "Bean"]


def test_views_do_not_touch_the_spec() -> None:
    spec = load_spec(FULL)
    before = json.dumps(spec.document, default=str)
    for name in ("observatory@2020-01-01", "southern-2023", "southern-2024"):
        resolve(spec, name)
    assert json.dumps(spec.document, default=str) == before


def test_an_overlay_updates_removes_and_copies_and_leaves_its_evidence() -> None:
    schemas = resolve(load_spec(FULL), "southern-2023").document["components"]["schemas"]
    request = schemas["ObservationRequest"]
    assert "secret" not in request["properties"]
    assert request["properties"]["gain"]["maximum"] == 2
    assert request["required"] == ["target", "filters", "signature", "hemisphere"]
    assert [member["const"] for member in schemas["Filter"]["oneOf"]][-1] == "infra-red"
    assert "green" not in [member["const"] for member in schemas["Filter"]["oneOf"]]
    assert schemas["SouthernWords"]["type"] == "string"
    assert request["properties"]["hemisphere"]["x-evidence"][0]["source"] == "the southern handbook"
    assert request["x-evidence"][0]["says"] == "it is not there"
    assert schemas["Filter"]["oneOf"][-1]["x-evidence"] == [{"source": "a visit"}]


def test_a_dialect_inherits_actions_and_header_of_what_it_extends() -> None:
    resolved = resolve(load_spec(FULL), "southern-2024")
    schemas = resolved.document["components"]["schemas"]
    assert "hemisphere" in schemas["ObservationRequest"]["properties"]
    assert schemas["TrackingMode"]["x-open"] is False
    assert (resolved.parent, resolved.unknown_fields) == ("southern-2023", "refuse")
    assert resolved.severities == {"PAR120": "info", "PAR121": "off"}
    assert {"PAR200", "PAR202"}.isdisjoint(resolved.choices)
    assert resolved.choices["PAR201"].severity == "warning", "the visit is hearsay"
    assert resolved.choices["PAR203"].evidence[0]["source"] == "the southern handbook"
    assert resolved.errors is not None
    assert resolved.errors["status"] == 418, "one family, one server"


def test_places_survive_dates_and_overlays() -> None:
    schemas = resolve(load_spec(FULL), "southern-2023").document["components"]["schemas"]
    fields = schemas["ObservationRequest"]["properties"]
    assert fields.places["target"].file.endswith("request.yaml")
    assert fields.places["hemisphere"].file.endswith("southern-2023.yaml")


@pytest.mark.parametrize("pattern", ["^[a-zA-Z0-9_-]+$", r"^\d{1,3}(?:\.\d+)?$", r"[^\n]*\w\b|a{2,}?", r"[.*+?]\x41\/"])
def test_a_portable_pattern_is_accepted(pattern: str) -> None:
    assert unportable(pattern) is None


def test_no_change_of_a_spec_is_a_crash(tmp_path: Path) -> None:
    shutil.copytree(FULL, tmp_path, dirs_exist_ok=True)
    files = {path: path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.yaml"))}
    chance = random.Random(20250901)  # noqa: S311 - the same changes on every run
    words = ["x-since", "anyOf", "oneOf", "type", "null", "5", "[]", "{}", "true", "2021-01-01", "$ref", "allOf", "''"]
    for _ in range(60):
        path, text = chance.choice(list(files.items()))
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        lines[at] = re.sub(r"[\w$'#/.-]+", lambda word: chance.choice([word[0], *words]), lines[at], count=3)
        path.write_text("\n".join(lines), "utf-8")
        assert all(finding.code.startswith("PAR9") for finding in findings_of(tmp_path))
        path.write_text(text, "utf-8")
