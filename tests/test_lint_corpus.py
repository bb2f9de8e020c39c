"""Files with one mistake each get one finding each, at its place and in a few lines; files without get none.

What is expected of `cases/lint/defects` and `cases/lint/valid` stands in the YAML file of each beside them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.document_reader import read_documents
from parlance.check.file_verdicts import Judged, judge_all
from parlance.check.reports.text_report import as_text
from parlance.finding import Finding, Severity
from rows import each_row

CASES = Path(__file__).parent / "cases" / "lint"
DEFECTS = sorted((CASES / "defects").iterdir())
VALID = sorted((CASES / "valid").iterdir())
MOST = 6
"""Lines of text for a finding."""


@cache
def expected(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load((CASES / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
    return table


@cache
def dialect() -> Dialect:
    return generated_dialect()


def linted(path: Path) -> list[Judged]:
    with path.open("rb") as stream:
        return list(judge_all(read_documents(stream, path.name), dialect(), lint=True))


class Loud(NamedTuple):
    """An error or a warning, and how it is shown."""

    finding: Finding
    text: list[str]


def loud(path: Path) -> list[Loud]:
    found: list[Loud] = []
    for judged in linted(path):
        for finding in judged.findings:
            if finding.severity is not Severity.INFO:
                source = judged.document.source
                line = source.line(finding.span.line) if source and finding.span else None
                found.append(Loud(finding, list(as_text(finding, line, path.name))))
    return found


@each_row(DEFECTS, lambda path: path.name)
def test_one_mistake_is_one_finding_at_its_place(path: Path) -> None:
    found = [{"code": one.code, "pointer": one.pointer, "line": one.span and one.span.line} for one, _ in loud(path)]
    assert found == [expected("defects.yaml")[path.name]]


@each_row(DEFECTS, lambda path: path.name)
def test_a_finding_takes_few_lines(path: Path) -> None:
    for _, text in loud(path):
        on_two_lines = text[0].endswith(":")  # as the code has no room beside a long name of a file
        assert len(text) <= MOST + on_two_lines, "\n".join(text)
        assert max(map(len, text)) <= 80


@each_row(VALID, lambda path: path.name)
def test_nothing_is_wrong_with_what_is_valid(path: Path) -> None:
    found = [finding for judged in linted(path) for finding in judged.findings]
    assert {finding.code for finding in found} == {*expected("valid.yaml").get(path.name, ())}
    assert all(finding.severity is Severity.INFO for finding in found)


def test_there_are_many_of_each_and_none_is_forgotten() -> None:
    assert {path.name for path in DEFECTS} == {*expected("defects.yaml")}
    assert {*expected("valid.yaml")} <= {path.name for path in VALID}
    assert len(DEFECTS) >= 60
    assert len(VALID) >= 40
    assert len({each["code"] for each in expected("defects.yaml").values()}) >= 40


def test_the_command_finds_the_same() -> None:
    command = [sys.executable, "-m", "parlance", "lint", "--output-format", "json-lines"]
    done = subprocess.run([*command, "."], cwd=CASES / "defects", capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = {
        (Path(row["file"]).name, row["code"], row["line"])
        for row in rows
        if row.get("severity") in {"error", "warning"}
    }
    assert found == {(name, each["code"], each["line"]) for name, each in expected("defects.yaml").items()}
