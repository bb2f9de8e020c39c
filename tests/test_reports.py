"""What every format makes of the same findings, read again by what reads it elsewhere."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
import tracemalloc
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from command import INTERRUPTIBLE, environment, parlance
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml
from parlance.check.excerpt import WIDTH
from parlance.check.reports import (
    REPORTERS,
    Context,
    Description,
    Outcome,
    Problem,
    Reporter,
    Tally,
    described_by,
    spool,
)
from parlance.check.reports.fingerprint import Fingerprints
from parlance.check.reports.json_report import schema_text
from parlance.check.reports.junit_xml import JunitCases
from parlance.check.reports.summary import sentence
from parlance.finding import Finding, Fix, Severity, Span, TextEdit
from parlance.runtime.python.rule import Rule

CASES = Path(__file__).parent / "cases" / "reports"
RUN: dict[str, Any] = json.loads((CASES / "findings.json").read_text("utf-8"))
FINDINGS = [finding for file in RUN["files"] for finding in file["findings"]]
SARIF_SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
ENDINGS = {
    "text": "txt",
    "concise": "concise.txt",
    "grouped": "grouped.txt",
    "markdown": "md",
    "json-lines": "jsonl",
    "github": "github.txt",
    "junit": "xml",
}


RULES = {code: Rule(code, **facts, message="") for code, facts in RUN["rules"].items()}


def span(file: str, places: list[int] | None) -> Span | None:
    return Span(file, *places) if places else None


def edits(file: str, facts: list[dict[str, Any]]) -> tuple[TextEdit, ...]:
    return tuple(TextEdit(Span(file, *one["span"]), one["text"]) for one in facts)


def finding(file: str, facts: dict[str, Any]) -> Finding:
    code, fix = facts["code"], facts.get("fix")
    return Finding(
        code=code,
        name=RULES[code].name if code in RULES else "",
        severity=Severity(facts["severity"]),
        pointer=facts["pointer"],
        message=facts["message"],
        span=span(file, facts["span"]),
        help=facts.get("help"),
        fix=Fix(fix["title"], fix["safe"], edits(file, fix["edits"])) if fix else None,
    )


def written(form: str, *, statistics: bool = False, files: list[dict[str, Any]] | None = None) -> str:
    parts: list[str] = []
    context = Context(dialect="small", describe=described_by(RULES), version=lambda: "1.2.3", statistics=statistics)
    reporter: Reporter = REPORTERS[form](parts.append, context)
    outcome = Outcome(problems=[Problem(*one.split(": ", 1)) for one in RUN["problems"]])
    for file in RUN["files"] if files is None else files:
        tally = outcome.files[file["file"]] = Tally()
        for counts in (tally, outcome.total):
            counts.add_documents(1, "request")
        for facts in file["findings"]:
            one = finding(file["file"], facts)
            for counts in (tally, outcome.total):
                counts.add(one)
            reporter.show(one, file["file"], facts.get("line"))
    reporter.finish(outcome)
    return "".join(parts)


def faults(validator: Draft4Validator | Draft202012Validator, value: Any) -> list[Any]:
    return [*validator.iter_errors(value)]  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_is_what_is_expected(form: str) -> None:
    expected = CASES / f"expected.{ENDINGS.get(form, f'{form}.json' if form != 'json' else form)}"
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(written(form), encoding="utf-8")
    assert written(form) == expected.read_text("utf-8")


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_cannot_steer_a_terminal(form: str) -> None:
    text = written(form)
    assert all(char.isprintable() or char == "\n" for char in text)
    if form == "text":
        wide = [sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line) for line in text.split("\n")]
        assert max(wide) <= WIDTH


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_that_streams_holds_nothing(form: str) -> None:
    parts: list[str] = []
    reporter = REPORTERS[form](parts.append, Context(dialect="x", describe=described_by({}), version=lambda: None))
    facts = {"code": "PAR103", "severity": "error", "pointer": "", "message": "m", "span": None}
    for count in range(1, 4):
        reporter.show(finding("a", facts), "a", None)
        assert len(parts) == (count if reporter.streams else 0)
    assert reporter.streams == (form in {"text", "concise", "grouped", "json-lines", "github"})


@pytest.mark.parametrize("form", [form for form in REPORTERS if not REPORTERS[form].streams])
def test_a_report_is_the_same_from_disk(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = written(form)
    monkeypatch.setattr(spool, "_MOST", 100)
    monkeypatch.setattr(spool, "_BLOCK", 1)
    assert written(form) == expected


@pytest.mark.parametrize("form", REPORTERS)
def test_no_report_holds_its_findings(form: str) -> None:
    """Two of them hold a number for each line that has a finding, so that equal ones can be distinguished."""
    numbers = 3_000 * 250 if form in {"gitlab", "sarif"} else 0
    assert peak(form, 4_000) < peak(form, 1_000) + (3 << 18) + numbers


def peak(form: str, count: int) -> int:
    """How many bytes a report takes at most, which is written to nowhere."""
    rule = Description("wrong-type", Severity.ERROR, "It is.")
    context = Context(dialect="x", describe={"PAR103": rule}.__getitem__, version=str)
    outcome = Outcome(files={"a": Tally()})
    seldom = gc.get_threshold()
    gc.set_threshold(700)  # what is garbage is not held
    tracemalloc.start()
    try:
        reporter = REPORTERS[form](lambda _: None, context)
        for number in range(count):
            facts = {"code": "PAR103", "severity": "error", "pointer": f"/messages/{number}", "message": "is no string"}
            one = finding("a", {**facts, "span": [number + 1, 1, number + 1, 9]})
            outcome.total.add(one)
            reporter.show(one, "a", f"line {number}")
        reporter.finish(outcome)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*seldom)


def test_an_interrupted_run_leaves_no_report(folder: Path) -> None:
    arguments = ["validate", "-", "--stdin-filename", "x.jsonl", "--output-file", "sarif=x.sarif"]
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *arguments],
        cwd=folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{BAD}\n".encode() * 2000)
    process.stdin.flush()
    process.stdout.readline()
    assert len([*folder.iterdir()]) == 3
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "b.json"]


def test_statistics_come_in_place_of_findings() -> None:
    lines = written("text", statistics=True).splitlines()
    assert lines[:3] == ["2  PAR103  wrong-type", "2  PAR512  deprecated-field", "1  PAR301  unanswered-tool-call"]
    assert " ".join(lines[5:]) == (
        "4 errors, 1 warning, 1 note in 3 of 4 files; 1 fixable with --fix, 1 more with --unsafe-fixes"
    )
    assert written("concise", statistics=True).splitlines() == lines
    report = json.loads(written("json", statistics=True))
    assert [one["count"] for one in report["statistics"]] == [2, 2, 1, 1]
    assert len(report["findings"]) == len(FINDINGS)


@pytest.mark.parametrize("statistics", [False, True])
def test_json_is_what_its_schema_says(statistics: bool) -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    report = json.loads(written("json", statistics=statistics))
    assert faults(Draft202012Validator(schema), report) == []
    line = Draft202012Validator({"$ref": "#/$defs/finding", "$defs": schema["$defs"]})
    lines = [json.loads(one) for one in written("json-lines").splitlines()]
    assert [fault for one in lines for fault in faults(line, one)] == []
    assert lines == report["findings"]


@pytest.mark.parametrize(
    "damage",
    [
        '{"dialect": 1}',
        '{"findings": [{}]}',
        '{"extra": 1}',
        '{"statistics": [{"code": "PAR1", "count": 1}]}',
        '{"summary": {"errors": 0}}',
    ],
)
def test_the_schema_refuses_what_is_no_report(damage: str) -> None:
    report = {**json.loads(written("json")), **json.loads(damage)}
    assert len(faults(Draft202012Validator(json.loads(schema_text())), report)) > 0


@pytest.fixture(scope="module")
def sarif_run() -> dict[str, Any]:
    log = json.loads(written("sarif"))
    schema = json.loads(SARIF_SCHEMA.read_text("utf-8"))
    assert faults(Draft4Validator(schema), log) == []
    assert len(faults(Draft4Validator(schema), {**log, "version": "2.0.0"})) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_results_lead_to_their_rules(sarif_run: dict[str, Any]) -> None:
    rules = sarif_run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one["code"] for one in FINDINGS})
    for result in sarif_run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (rule,) = (rule for rule in rules if rule["id"] == "PAR301")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["help"]["markdown"].startswith("**PAR301 unanswered-tool-call**")
    assert "before the conversation goes on" in rule["fullDescription"]["text"]
    assert [one["level"] for one in sarif_run["results"][:3]] == ["error", "warning", "note"]
    assert sarif_run["invocations"][0]["executionSuccessful"] is False


def test_sarif_names_files_as_uris(sarif_run: dict[str, Any]) -> None:
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif_run["results"]]
    names = [file["file"] for file in RUN["files"] for _ in file["findings"]]
    for uri, name in zip(uris, names, strict=True):
        assert urlsplit(uri)[:2] == ("", "")
        assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri)
        assert unquote(uri) == name.removeprefix("./")


def test_sarif_says_where_a_fix_goes(sarif_run: dict[str, Any]) -> None:
    assert sarif_run["columnKind"] == "unicodeCodePoints"
    fixes = [one["fixes"][0]["artifactChanges"][0]["replacements"] for one in sarif_run["results"] if "fixes" in one]
    texts = [[edit["insertedContent"]["text"] for edit in one] for one in fixes]
    assert texts == [['"max_completion_tokens"'], ["", '"safety_identifier"']]
    assert fixes[0][0]["deletedRegion"] == {"startLine": 20, "startColumn": 3, "endLine": 20, "endColumn": 15}


def test_files_elsewhere_have_absolute_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    facts = [{"code": "PAR103", "severity": "error", "pointer": "", "message": "m", "span": [1, 1, 1, 2]}]
    names = ("../a b.json", str(tmp_path / "here" / "a.json"))
    log = json.loads(written("sarif", files=[{"file": name, "findings": facts} for name in names]))
    found = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    assert found[0].startswith("file:///")
    assert found[0].endswith("/a%20b.json")
    assert found[1] == "a.json"


def test_fingerprints_outlast_what_is_written_above() -> None:
    def prints(index: int, line: int, text: str) -> list[str]:
        seen = Fingerprints()
        facts = {"code": "PAR103", "severity": "error", "message": "m", "pointer": f"/messages/{index}/name"}
        one = finding("a.json", {**facts, "span": [line, 3, line, 9]})
        return [seen.of(one, "a.json", text), seen.of(one, "a.json", text), seen.of(one, "b.json", text)]

    first = prints(3, 7, '  "name": 1')
    assert first[0] == first[2] != first[1]
    assert first == prints(4, 12, '      "name": 1')
    assert not set(first) & set(prints(3, 7, '  "name": 2'))


COMMAND = re.compile(r"::(?P<name>[a-z]+)(?: (?P<properties>[^\r\n]*?))?::(?P<message>[^\r\n]*)")
ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def unescaped(text: str, known: set[str]) -> str:
    return re.sub("%(?:25|0D|0A|3A|2C)", lambda match: ESCAPES[match[0]] if match[0] in known else match[0], text)


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Reads workflow commands as their runner does: the first `::` after the properties ends them; all else is log."""
    for line in text.removesuffix("\n").split("\n"):
        if not line.lstrip().startswith("::"):
            continue
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = [pair.partition("=") for pair in match["properties"].split(",")]
        properties = {name: unescaped(value, {*ESCAPES}) for name, _, value in pairs}
        yield match["name"], properties, unescaped(match["message"], {"%25", "%0D", "%0A"})


def test_github_reads_what_was_meant() -> None:
    *found, problem = commands(written("github"))
    assert problem == ("error", {"title": "parlance"}, "gone\u241b.json: no such file or folder")
    assert [name for name, _, _ in found] == ["error", "warning", "notice", "error", "error", "error"]
    for (_, properties, message), facts in zip(found, FINDINGS, strict=True):
        meant = facts["message"].translate({0x1B: "\u241b", 0xFFFE: "\ufffd"})
        assert message.partition("\nhelp: ")[0] == meant
        assert properties["title"].startswith(facts["code"])
        assert ("line" in properties) == (facts["span"] is not None)
        assert ("endColumn" in properties) == (facts["span"] is not None and facts["span"][0] == facts["span"][2])
    assert found[3][1]["file"] == "100%, a:bé [\u241b[31m].jsonl"
    assert found[3][1]["endColumn"] == "12"


@given(st.text(st.sampled_from("%25AD0\r\n:,=; éx")), st.text(st.sampled_from("%2C3A\r\n:,x")))
def test_github_reads_any_text_and_any_name(message: str, name: str) -> None:
    facts = {"code": "PAR103", "severity": "error", "pointer": "", "message": message, "span": None}
    file = f"f{name}"
    found = [*commands(written("github", files=[{"file": file, "findings": [facts]}]))]
    assert found[0] == ("error", {"file": file, "title": "PAR103 wrong-type"}, message)


def test_gitlab_issues_are_whole_and_apart() -> None:
    issues = json.loads(written("gitlab"))
    assert [one["check_name"] for one in issues] == [*(one["code"] for one in FINDINGS), "unreadable"]
    assert [one["severity"] for one in issues] == ["major", "minor", "info", "major", "major", "major", "blocker"]
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    assert all(one["location"]["lines"]["begin"] >= 1 for one in issues)
    assert issues[0]["location"] == {"path": "prompts/weather.json", "lines": {"begin": 14, "end": 17}}


def test_junit_has_a_suite_a_file_and_a_case_a_finding() -> None:
    root = ET.fromstring(written("junit"))  # noqa: S314 our own text
    assert [suite.get("name") for suite in root][:2] == ["prompts/weather.json", "prompts/clean.json"]
    assert [len(suite) for suite in root] == [3, 1, 2, 1, 1]
    assert {failure.get("type") for failure in root.iter("failure")} == {"error"}
    assert [len(suite.findall("testcase/system-out")) for suite in root] == [2, 0, 0, 0, 0]
    assert '\u241b[2J \U0001f642 <&"]]> \ufffd' in (root[2][0][0].get("message") or "")


def test_junit_is_read_by_a_parser_of_its_own() -> None:
    read: Any = JUnitXml.fromstring(written("junit").encode())  # pyright: ignore[reportUnknownMemberType]
    assert (read.tests, read.failures, read.errors) == (8, 4, 1)
    results = [[type(result).__name__ for case in suite for result in case.result] for suite in read]
    assert results == [["Failure"], [], ["Failure"] * 2, ["Failure"], ["Error"]]
    assert all(len({case.name for case in suite}) == len(list(suite)) for suite in read)


@given(st.text(st.characters()))
def test_junit_is_xml_whatever_it_says(message: str) -> None:
    facts = {"code": "PAR103", "severity": "error", "pointer": message, "message": message, "span": None}
    root = ET.fromstring(written("junit", files=[{"file": message, "findings": [facts]}]))  # noqa: S314 likewise
    assert root.get("failures") == "1"


BAD = '{"model": 5, "messages": []}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(BAD)
    (tmp_path / "b.json").write_text('{"model": "m", "messages": []}')
    return tmp_path


def test_several_reports_are_written_at_once(folder: Path) -> None:
    (folder / "out").mkdir()
    options = [f"--output-file={form}=out/{form}" for form in REPORTERS]
    done = parlance("validate", ".", *options, cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert (folder / "out" / "text").read_text("utf-8") == done.stdout
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(REPORTERS)
    for form in REPORTERS:
        alone = parlance("validate", "a.json", "b.json", "--output-format", form, cwd=folder)
        assert (folder / "out" / form).read_text("utf-8") == alone.stdout


def test_a_path_alone_takes_the_place_of_standard_output(folder: Path) -> None:
    done = parlance("validate", ".", "--output-format", "json", "--output-file", "report.json", cwd=folder)
    assert (done.stdout, done.returncode) == ("", 1)
    before = (folder / "report.json").read_text()
    again = parlance("validate", ".", "--output-format", "json", "--output-file", "report.json", cwd=folder)
    assert again.returncode == 1
    assert (folder / "report.json").read_text() == before, "the report is no document to be checked"


def test_what_a_report_replaces_stays_as_long_as_there_is_none(folder: Path) -> None:
    (folder / "real.txt").write_text("before")
    (folder / "real.txt").chmod(0o640)
    (folder / "link.txt").symlink_to("real.txt")
    missing = folder / "missing" / "x"
    done = parlance("validate", ".", "--output-file", "text=link.txt", f"--output-file=json={missing}", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{missing} cannot be written: no such file or directory" in done.stderr
    assert (folder / "real.txt").read_text() == "before"
    assert parlance("validate", ".", "--output-file", "text=link.txt", cwd=folder).returncode == 1
    assert "PAR103" in (folder / "real.txt").read_text()
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "b.json", "link.txt", "real.txt"]


def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    done = parlance("validate", "a.json", "--output-file", "concise=/dev/null", cwd=folder)
    assert done.returncode == 1
    assert Path("/dev/null").is_char_device()
    full = parlance("validate", "a.json", "--output-file", "json=/dev/full", cwd=folder)
    assert (full.returncode, full.stderr) == (2, "error: /dev/full cannot be written: no space left on device\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--output-file", "sarf=x"], "did you mean 'sarif'?"),
        (["--output-file", "sarif=-"], "name a file"),
        (["--output-file", "json=x", "--output-file", "sarif=./x"], "two reports cannot be written to one file"),
        (["--output-file", "a.json"], "a.json is to be read"),
        (
            ["--output-format", "sarif", "--statistics"],
            "--statistics goes with a report in text, concise, grouped, markdown or json",
        ),
        (["--fail-on", "warn"], "'warning'"),
    ],
)
def test_wrong_options_are_reported(folder: Path, options: list[str], message: str) -> None:
    done = parlance("validate", "a.json", *options, cwd=folder)
    assert message in done.stderr
    assert done.returncode == 2
    assert (folder / "a.json").read_text() == BAD


def test_a_file_may_have_an_equals_sign(folder: Path) -> None:
    assert parlance("validate", "a.json", "--output-file", "./x=y", cwd=folder).returncode == 1
    assert "PAR103" in (folder / "x=y").read_text()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--exit-zero", "missing.json"], 2),
    ],
)
def test_the_exit_code_is_what_was_asked_for(folder: Path, options: list[str], code: int) -> None:
    assert parlance("validate", "a.json", *options, cwd=folder).returncode == code


@pytest.mark.parametrize(("severity", "reached"), [("error", 1), ("warning", 2), ("info", 3)])
def test_a_severity_is_reached_by_itself_and_above(severity: str, reached: int) -> None:
    tally = Tally()
    facts = {"code": "PAR103", "pointer": "", "message": "m", "span": None}
    tally.add(finding("x", {**facts, "severity": severity}))
    assert [tally.reaches(least) for least in Severity] == [False] * (reached - 1) + [True] * (4 - reached)


def test_the_schema_of_the_report_is_shown(tmp_path: Path) -> None:
    assert parlance("validate", "--report-schema", cwd=tmp_path).stdout == schema_text()


def test_what_is_judged_in_part_does_not_conform() -> None:
    outcome = Outcome()
    for tally in (outcome.total, outcome.files.setdefault("a.jsonl", Tally())):
        tally.add_documents(1, "batch", {"PAR617"})
        tally.add_documents(1, "batch")
    context = Context(dialect="x", describe=described_by({}), version=lambda: None)
    assert sentence(outcome, context) == "1 file: no findings (2 batches); 1 document judged in part (PAR617)"
    assert "no findings, judged in part" in "".join(JunitCases(context).report(outcome))
    assert outcome.total.as_json()["partial"] == 1
