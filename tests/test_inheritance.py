"""What a dialect inherits, and what its header makes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from parlance.check.document_reader import decoded_document
from parlance.check.engine import judge
from parlance.compiled import compile_dialect
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.contract.manual import pages
from parlance.contract.rules import Server
from parlance.finding import SpecError
from parlance.generation.rule_examples import example_faults
from parlance.spec import load_spec, resolve
from parlance.targets.rule_words import answers_elsewhere, holding_note

SMALL = Path(__file__).parent / "cases" / "spec" / "foreign-small"

RULES = """
- code: PAR200
  name: nameless-guest
  artifact: order
  severity: error
  summary: Eve ordered.
  why: Nobody calls her.
  kind: requires
  field: guest
  needs: self.guest != 'Eve'
  message: not Eve
  server: {status: 400, text: No.}
  sources: [{source: the menu, date: 2025-01-01}]
  confidence: A
  examples:
    bad: [{at: /guest, document: {drinks: [{name: tea}], guest: Eve}}]
    good: [{document: {drinks: [{name: tea}]}}]

- code: PAR201
  name: bare-text
  artifact: order
  severity: error
  summary: The guest is a number.
  why: It is of another shop.
  kind: assert
  at: /guest
  assert: "type(self) != 'number'"
  explains: true
  message: no number
  sources: [{source: the menu, date: 2025-01-01}]
  confidence: A
  examples:
    bad: [{at: /guest, document: {drinks: [{name: tea}], guest: Bob}}]
    good: [{document: {drinks: [{name: tea}]}}]

- code: PAR202
  name: same-guest
  artifact: order
  scope: file
  severity: error
  summary: Two orders have one guest.
  why: Nobody knows whom to call.
  kind: unique
  key: self.guest
  message: "{key} came before"
  sources: [{source: the menu, date: 2025-01-01}]
  confidence: A
  examples:
    bad: [{at: /1, document: [{drinks: [{name: tea}], guest: Bob}, {drinks: [{name: tea}], guest: Bob}]}]
    good: [{document: [{drinks: [{name: tea}]}]}]

- code: PAR203
  name: much-sugar
  artifact: order
  severity: info
  since: 2026-01-01
  summary: Much sugar.
  why: It is much.
  kind: assert
  at: /drinks/*
  assert: "self.sugar == null || self.sugar < 3"
  message: much
  sources: [{source: the menu, date: 2026-01-01}]
  confidence: B
  examples:
    bad: [{at: /drinks/0, document: {drinks: [{name: tea, sugar: 3}]}}]
    good: [{document: {drinks: [{name: tea}]}}]
"""
SAYS = "evidence: {source: a visit, date: 2025-02-01, says: we tried}"
HEADER = """overlay: 1.1.0
info: {title: A shop, version: '1'}
id: ID
description: A shop.
extends: shop
as-of: 2025-03-01
"""


@pytest.fixture(name="spec")
def spec_folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "shop.yaml").write_text(RULES.lstrip("\n"), "utf-8")
    (tmp_path / "dialects" / "corner.yaml").write_text(
        HEADER.replace("ID", "corner") + "family: shop\ndefault: true\n", "utf-8"
    )
    return tmp_path


def bar(spec: Path, more: str = "", name: str = "bar") -> Contract:
    """A shop of its own family, whose header says *more*."""
    (spec / "dialects" / f"{name}.yaml").write_text(HEADER.replace("ID", name) + more, "utf-8")
    return build_contract(resolve(load_spec(spec), name))


def severities(contract: Contract) -> dict[str, str]:
    return {rule.code: rule.severity for rule in contract.rules}


def found(contract: Contract, document: object, *, lint: bool = True) -> list[tuple[str, str]]:
    verdict = judge(decoded_document(document), compile_dialect(contract), "order", lint=lint)
    return [(one.code, str(one.severity)) for one in verdict.findings]


EVE = {"drinks": [{"name": "tea"}], "guest": "Eve"}


def test_within_a_family_rules_stay_as_they_are(spec: Path) -> None:
    contract = build_contract(resolve(load_spec(spec), "corner"))
    assert severities(contract) == {"PAR200": "error", "PAR201": "error", "PAR202": "error"}
    assert all(rule.is_confirmed for rule in contract.rules)
    assert found(contract, EVE, lint=False) == [("PAR200", "error")]


def test_an_error_of_another_family_is_a_warning_but_for_what_explains_a_shape(spec: Path) -> None:
    contract = bar(spec)
    assert severities(contract) == {"PAR200": "warning", "PAR201": "error", "PAR202": "warning"}
    assert not any(rule.is_confirmed for rule in contract.rules)
    assert all(rule.server == () for rule in contract.rules), "another server's answer is not its own"
    assert found(contract, EVE, lint=False) == []
    assert found(contract, EVE) == [("PAR200", "warning")]
    dialect = compile_dialect(contract)
    assert [rule.rule.severity for rule in dialect.file_rules["order"]] == ["warning"]
    assert dialect.rules["PAR200"].severity == "warning"


def test_rules_say_nothing_of_what_the_server_ignores(spec: Path) -> None:
    contract = bar(
        spec,
        f"""actions:
  - target: $.components.schemas.Order.properties.guest
    policy: ignored
    {SAYS}
""",
    )
    assert severities(contract)["PAR200"] == "warning"
    assert found(contract, EVE) == [("PAR125", "warning")]
    assert found(contract, {"drinks": [{"name": "tea"}], "guest": 7}) == [("PAR125", "warning")]
    assert found(contract, {"drinks": [{"name": "tea"}]}) == []
    assert found(contract, EVE, lint=False) == [("PAR125", "warning")]
    loaded = load_spec(spec)
    corner = build_contract(resolve(loaded, "corner"))
    records = [record for record in loaded.records if record["code"] == "PAR200"]
    assert example_faults([contract, corner], records) == [], "an example is about the dialect that looks at the field"


def test_a_dialect_of_the_same_family_keeps_what_the_other_one_confirmed(spec: Path) -> None:
    bar(spec, f"rules: {{enable: [{{code: PAR200, {SAYS}}}]}}\n")
    bar(spec, "family: bar\n", "wine")
    text = (spec / "dialects" / "wine.yaml").read_text("utf-8").replace("extends: shop", "extends: bar")
    (spec / "dialects" / "wine.yaml").write_text(text, "utf-8")
    wine = build_contract(resolve(load_spec(spec), "wine"))
    assert severities(wine) == {"PAR200": "error", "PAR201": "error", "PAR202": "warning"}
    (spec / "dialects" / "wine.yaml").write_text(text.replace("family: bar", "family: wine"), "utf-8")
    assert severities(build_contract(resolve(load_spec(spec), "wine")))["PAR200"] == "warning"


def test_what_is_enabled_holds_on_whichever_day_and_is_an_error(spec: Path) -> None:
    contract = bar(spec, f"rules: {{enable: [{{code: [PAR200, PAR203], {SAYS}}}]}}\n")
    assert severities(contract) == {"PAR200": "error", "PAR201": "error", "PAR202": "warning", "PAR203": "info"}
    assert found(contract, EVE, lint=False) == [("PAR200", "error")]
    (rule,) = (rule for rule in contract.rules if rule.code == "PAR200")
    assert (rule.is_confirmed, rule.evidence[0].says) == (True, "we tried")


def test_hearsay_makes_no_error(spec: Path) -> None:
    contract = bar(spec, "rules: {enable: [{code: PAR200, evidence: {source: a rumour, confidence: C}}]}\n")
    assert severities(contract)["PAR200"] == "warning"
    text = "rules: {severities: {PAR200: {severity: error, evidence: {source: a rumour, confidence: C}}}}\n"
    with pytest.raises(SpecError, match="what is of confidence C is a warning at most"):
        bar(spec, text)


def test_nothing_may_be_inherited(spec: Path) -> None:
    assert severities(bar(spec, "rules: {inherit: none}\n")) == {}
    contract = bar(spec, f"rules: {{inherit: none, enable: [{{code: PAR202, {SAYS}}}]}}\n")
    assert severities(contract) == {"PAR202": "error"}


def test_a_server_answers_in_its_own_words(spec: Path) -> None:
    contract = bar(
        spec,
        f"errors: {{status: 422, type: bad, {SAYS}, codes: {{PAR202: {{status: 409, code: 7, {SAYS}}}, "
        f"PAR103: {{status: 418, {SAYS}}}}}}}\n"
        f"rules: {{enable: [{{code: PAR200, {SAYS}}}]}}\n",
    )
    answers = {rule.code: rule.server for rule in contract.rules}
    assert answers["PAR200"] == (Server(status=422, type="bad"),)
    assert answers["PAR202"] == (Server(status=409, code=7),)
    assert answers["PAR201"] == (), "nobody says that this server refuses it"
    assert dict(contract.answers) == {"": Server(status=422, type="bad"), "PAR103": Server(status=418)}
    shop = build_contract(resolve(load_spec(spec), "corner"))
    page = next(page for page in pages([contract, shop]) if page.rule.code == "PAR200")
    assert page.rule.server == (Server(status=422, type="bad"),)
    assert answers_elsewhere(page) == {"400: No.": ["corner"]}
    page = next(page for page in pages([contract, shop]) if page.rule.code == "PAR202")
    assert {each.dialect: holding_note(each, "error") for each in page.dialects} == {
        "bar": "warning, not confirmed",
        "corner": "",
    }


def test_two_dialects_may_have_the_same_file_of_rules(spec: Path) -> None:
    rule = RULES[: RULES.index("- code: PAR201")].replace("PAR200", "BAR101").replace("nameless", "unloved")
    (spec / "dialects" / "both.rules.yaml").write_text(rule.lstrip("\n"), "utf-8")
    bar(spec, f"rule-files: [both.rules.yaml]\nrules: {{disable: [{{code: PAR200, {SAYS}}}]}}\n", "pub")
    contract = bar(spec, f"rule-files: [both.rules.yaml]\nrules: {{disable: [{{code: PAR200, {SAYS}}}]}}\n")
    assert severities(contract)["BAR101"] == "error"
    assert found(contract, EVE, lint=False) == [("BAR101", "error")]
    loaded = load_spec(spec)
    contracts = [build_contract(resolve(loaded, name)) for name in ("bar", "pub", "corner")]
    assert "BAR101" not in severities(contracts[2])
    assert example_faults(contracts, [record for record in loaded.records if record["code"] == "BAR101"]) == []


def test_a_dialect_grades_the_rules_of_its_files(spec: Path) -> None:
    rule = RULES[: RULES.index("- code: PAR201")].replace("PAR200", "BAR101").replace("nameless", "unloved")
    (spec / "dialects" / "both.rules.yaml").write_text(rule.lstrip("\n"), "utf-8")
    disable = f"disable: [{{code: PAR200, {SAYS}}}]"
    bar(spec, f"rule-files: [both.rules.yaml]\nrules: {{{disable}}}\n", "pub")
    graded = f"severities: {{BAR101: {{severity: info, {SAYS}}}}}"
    contract = bar(spec, f"rule-files: [both.rules.yaml]\nrules: {{{disable}, {graded}}}\n")
    assert severities(contract)["BAR101"] == "info"
    assert severities(build_contract(resolve(load_spec(spec), "pub")))["BAR101"] == "error"


@pytest.mark.parametrize(("family", "faults"), [("", 0), ("family: shop\n", 1)])
def test_an_example_is_not_checked_against_own_rules_of_another_server(spec: Path, family: str, faults: int) -> None:
    own = "".join(f"    {line}\n" for line in RULES[: RULES.index("- code: PAR201")].splitlines())
    own = own.replace("PAR200", "BAR101").replace("nameless", "unloved")
    contract = bar(spec, f"{family}rules:\n  own:{own}")
    assert severities(contract)["PAR200"] == ("error" if family else "warning")
    loaded = load_spec(spec)
    records = [record for record in loaded.records if record["code"] == "PAR200"]
    shop = (build_contract(resolve(loaded, name)) for name in ("corner",))
    assert len(example_faults([contract], records, shop)) == faults
    assert example_faults([contract], records) == [] or family
