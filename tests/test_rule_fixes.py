"""Each fix of a rule fixes at least one of the rule's bad examples, and what it fixes stays fixed."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.document_reader import json_document
from parlance.check.engine import judge
from parlance.check.fixes.fix_rounds import FixedDocument, fix_document
from parlance.contract.ir import Contract
from parlance.contract.rules import Rule
from rows import each_row
from shipped import contracts

LAYOUTS: list[dict[str, Any]] = [{"indent": 2}, {"separators": (",", ":")}]


SUBJECTS: dict[str, tuple[Contract, Rule]] = {}
for _contract in contracts().values():
    for _rule in _contract.rules:
        if _rule.fix is not None:
            SUBJECTS.setdefault(_rule.code, (_contract, _rule))


def fixed_text(text: str, dialect: Dialect, artifact: str) -> FixedDocument:
    return fix_document(json_document(text), lambda one, _: judge(one, dialect, artifact, lint=True), unsafe=True)


@each_row(product(SUBJECTS.values(), LAYOUTS), lambda row: f"{row[0][1].code} {row[1]}")
def test_a_fix_fixes_an_example_for_good(row: tuple[tuple[Contract, Rule], dict[str, Any]]) -> None:
    (contract, rule), layout = row
    code, dialect, fixed = rule.code, generated_dialect(contract.dialect), 0
    for example in rule.bad:
        result = fixed_text(json.dumps(example.document, **layout), dialect, rule.artifact)
        with_fix = [one for one in result.before.findings if one.code == code and one.fix]
        left = [one for one in result.verdict.findings if one.code == code and one.fix]
        rejected = [one for one in result.rejected if one.finding.code == code]
        assert len(left) == len(rejected)
        assert not [one.reason for one in rejected if code in one.reason]
        fixed += len(with_fix) > len(left)
        assert result.document.source is not None
        again = fixed_text(result.document.source.text, dialect, rule.artifact)
        assert again.document.source is not None
        assert again.document.source.text == result.document.source.text
    assert fixed
