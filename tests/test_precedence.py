"""Each row of the table by which findings give way decides about a document, and none is needed twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from parlance.check import precedence
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import json_document
from parlance.check.file_verdicts import judge_all
from parlance.check.precedence import Origin

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "precedence.yaml").read_text())
DIALECT = generated_dialect("openai-2026-11")
TABLE = precedence.TABLE


def _findings(case: dict[str, Any]) -> list[str]:
    numbered = enumerate(_texts(case), start=1)
    documents = [json_document(text, "f.json", line, is_line="lines" in case) for line, text in numbered]
    results = judge_all(documents, DIALECT, case.get("artifact", "request"), lint=case.get("lint", True))
    return sorted(f"{one.code} {one.pointer}".strip() for result in results for one in result.findings)


def _texts(case: dict[str, Any]) -> list[str]:
    documents = case["lines"] if "lines" in case else [case["document"]]
    return [document if isinstance(document, str) else json.dumps(document) for document in documents]


def _decides(case: dict[str, Any], row: precedence.Precedence) -> bool:
    return row.fact == case["fact"] and ("origin" not in case or Origin[case["origin"]] in row.origins)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['fact']}-{case.get('origin', '')}".lower().strip("-"))
def test_a_row_of_the_table_decides(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _findings(case) == sorted(case["findings"])
    monkeypatch.setattr(precedence, "TABLE", tuple(row for row in TABLE if not _decides(case, row)))
    assert len(precedence.TABLE) == len(TABLE) - 1
    assert _findings(case) == sorted([*case["findings"], *case["without"]])


def test_every_row_has_a_case() -> None:
    for row in TABLE:
        assert any(_decides(case, row) for case in CASES), row
    assert {row.fact for row in TABLE} == set(precedence.DocumentFacts.__slots__)
