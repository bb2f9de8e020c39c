"""Each document of a public report gets the verdict that its server, or the client that read its answer, gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import parlance
import pytest
import yaml
from parlance.finding import Severity

REPORTS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "public-reports.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("report", [pytest.param(one, id=f"{one['dialect']}: {one['report']}") for one in REPORTS])
def test_a_document_gets_the_verdict_of_the_report(report: dict[str, Any]) -> None:
    found = parlance.lint(report["document"], report.get("artifact", "request"), report["dialect"]).findings
    if "at" in report:
        least = Severity(report["least"])
        inside = [one for one in found if f"{one.pointer}/".startswith(f"{report['at']}/")]
        assert any(one.severity in (least, Severity.ERROR) for one in inside), found
    else:
        bad = (Severity.ERROR,) if report["expect"] == "taken" else (Severity.ERROR, Severity.WARNING)
        assert [one for one in found if one.severity in bad] == []
