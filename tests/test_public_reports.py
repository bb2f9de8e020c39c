"""Each document of a public report gets the verdict that its server, or the client that read its answer, gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import parlance
import yaml
from parlance.finding import Finding, Severity
from rows import each_row

REPORTS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "public-reports.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def stream_findings(stream: str | list[dict[str, Any]], dialect: str) -> list[Finding]:
    if not isinstance(stream, str):
        stream = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in stream) + "data: [DONE]\n\n"
    validator = parlance.StreamValidator(dialect, lint=True)
    return [*validator.feed(stream.encode()), *validator.close()]


def file_findings(report: dict[str, Any], folder: Path) -> list[Finding]:
    path = folder / report.get("file", "exchange.json")
    text = report["text"] * report.get("times", 1) if "text" in report else json.dumps(report["exchange"])
    path.write_bytes(text.encode(report.get("encoding", "utf-8")))
    return [*parlance.lint_file(path, report["dialect"]).findings]


@each_row(REPORTS, lambda report: f"{report['dialect']}: {report['report']}")
def test_a_document_gets_the_verdict_of_the_report(report: dict[str, Any], tmp_path: Path) -> None:
    if "stream" in report:
        found = stream_findings(report["stream"], report["dialect"])
    elif "file" in report or "exchange" in report:
        found = file_findings(report, tmp_path)
    else:
        found = [*parlance.lint(report["document"], report.get("artifact", "request"), report["dialect"]).findings]
    if "at" in report:
        least = Severity(report["least"])
        inside = [
            one
            for one in found
            if f"{one.pointer}/".startswith(f"{report['at']}/") and one.chunk == report.get("chunk")
        ]
        assert any(one.severity in (least, Severity.ERROR) for one in inside), found
    else:
        bad = (Severity.ERROR,) if report["expect"] == "taken" else (Severity.ERROR, Severity.WARNING)
        assert [one for one in found if one.severity in bad] == []
