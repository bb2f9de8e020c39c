"""Findings that are alike: five are shown to people, the rest is counted, and programs get them all."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from command import SCRIPT, environment, parlance
from hypothesis import given
from hypothesis import strategies as st
from parlance.check.excerpt import WIDTH
from parlance.check.reports import REPORTERS, Context, Outcome, Problem, Tally, described_by
from parlance.check.reports.repeats import Repeats
from parlance.finding import Finding, Severity, Span

PEOPLE = ("text", "concise", "github")


def finding(pointer: str = "/stop", message: str = "m", code: str = "PAR103", severity: str = "error") -> Finding:
    return Finding(code=code, severity=Severity(severity), pointer=pointer, message=message)


def counted(findings: list[tuple[Finding, str]], most: int = 5) -> tuple[list[bool], list[tuple[str, str, int]]]:
    """Which are shown, and what is printed about the rest."""
    reported: list[tuple[str, str, int]] = []
    repeats = Repeats(most, lambda one, file, count: reported.append((one.message, file, count)))
    shown = [repeats.is_shown(one, file) for one, file in findings]
    repeats.close()
    assert repeats.hidden == shown.count(False) == sum(count for _, _, count in reported)
    return shown, reported


@pytest.mark.parametrize(
    ("number", "most", "hidden"), [(1, 5, 0), (5, 5, 0), (6, 5, 1), (2000, 5, 1995), (3, 1, 2), (2000, 0, 0)]
)
def test_what_is_shown_and_what_is_counted_is_all(number: int, most: int, hidden: int) -> None:
    shown, reported = counted([(finding(), "a")] * number, most)
    assert shown == [True] * (number - hidden) + [False] * hidden
    assert reported == ([("m", "a", hidden)] if hidden else [])


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        (finding("/messages/1/content"), True),
        (finding("/messages/20/content"), True),
        (finding("/messages/0/name"), False),
        (finding("/messages/x/content"), False),
        (finding("/messages/0/content/0"), False),
        (finding("/messages/0/content", message="n"), False),
        (finding("/messages/0/content", code="PAR104"), False),
        (finding("/messages/0/content", severity="warning"), False),
    ],
)
def test_findings_are_alike_but_for_indices(other: Finding, is_alike: bool) -> None:
    first = finding("/messages/0/content")
    assert counted([(first, "a"), (other, "a")], 1)[0] == [True, not is_alike]
    assert counted([(first, "a"), (other, "b")], 1)[0] == [True, True], "each file counts for itself"


def test_kinds_that_are_forgotten_are_reported_before() -> None:
    many = [(finding(message=str(number)), "a") for number in range(5000)]
    repeats = Repeats(1, lambda _, __, ___: None)
    for one, file in [*many, *many]:
        repeats.is_shown(one, file)
    assert len(vars(repeats)["_counts"]) <= 1000
    frequent = [pair for one in many for pair in ((finding(), "a"), one)]
    shown, reported = counted(frequent, 1)
    assert (shown.count(False), reported) == (4999, [("m", "a", 4999)]), "what comes again and again is remembered"
    shown, reported = counted([(finding(), "a")] * 3 + many + [(finding(), "a")] * 3, 1)
    assert [count for _, _, count in reported] == [2, 2]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"))), st.integers(1, 4))
def test_nothing_is_lost(pairs: list[tuple[str, str]], most: int) -> None:
    """Shown and counted findings of a kind and a file are all of them, in runs of a file."""
    shown, reported = counted([(finding(message=message), file) for message, file in pairs], most)
    for kind in set(pairs):
        visible = sum(is_shown for pair, is_shown in zip(pairs, shown, strict=True) if pair == kind)
        assert visible + sum(count for *of, count in reported if tuple(of) == kind) == pairs.count(kind)


def report(form: str, findings: list[tuple[Finding, str]], **facts: Any) -> list[str]:
    """What is written for each finding, and at the end."""
    parts: list[str] = [""]
    context = Context(dialect="small", describe=described_by({}), version=lambda: None, max_findings=5, **facts)
    reporter = REPORTERS[form](lambda text: parts.append(parts.pop() + text), context)
    outcome = Outcome()
    for one, file in findings:
        for tally in (outcome.total, outcome.files.setdefault(file, Tally())):
            tally.add(one)
        reporter.show(one, file, None)
        parts.append("")
    reporter.finish(outcome)
    return parts


@pytest.mark.parametrize("form", PEOPLE)
def test_another_kind_is_written_as_it_comes(form: str) -> None:
    batch = [(finding(severity="warning"), "a")] * 2000
    batch[1000:1000] = [(finding(message=f"exact {number}"), "a") for number in range(7)]
    parts = report(form, batch)
    assert all(f"exact {number}" in parts[1000 + number] for number in range(7))
    assert sum("exact" not in part and part != "" for part in parts[:-1]) == 5
    end = " ".join(parts[-1].split())
    assert "and 1,995 more like it: PAR103 m" in end
    assert "7 errors, 2,000 warnings in 1 of 1 file; 1,995 not shown (--max-findings 0 shows all)" in end


@pytest.mark.parametrize("form", [form for form in REPORTERS if form not in (*PEOPLE, "grouped", "markdown")])
def test_programs_get_every_finding(form: str) -> None:
    text = "".join(report(form, [(finding(message="same"), "a")] * 40))
    assert text.count("PAR103") >= 40
    assert "more like it" not in text


def test_a_report_of_text_fits_a_terminal() -> None:
    names = ("a" * 300, "ä" * 90, "模型" * 30, "dir/" * 30 + "x.json", "short")
    message = "a message 模型 that goes on " * 9
    facts: dict[str, Any] = {"pointer": "/模x" * 50, "message": message, "help": message}
    findings = [
        (Finding(code="PAR103", severity=Severity.WARNING, span=span, **facts), name)
        for name in names for span in (None, Span(name, 12345, 6, 12345, 9)) for _ in range(7)
    ]  # fmt: skip
    lines = "".join(report("text", findings)).splitlines()
    wide = [line for line in lines if sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line) > WIDTH]
    assert {line.split(":")[0] for line in wide} == {*names[:4]}, "a name is not broken"
    assert any(line.startswith("and 9 more like it: PAR103 a message") and line.endswith("…") for line in lines)


REPEATED = '{"model": "m", "stop": "", "messages": []}\n'


def test_the_limit_is_an_option_and_a_setting(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(REPEATED * 9)

    def shown(*arguments: str, **extra: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, "lint", "--dialect", "strict", "--output-format", "concise", *arguments],
            cwd=tmp_path, env=environment(**extra), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "9 warnings" in done.stdout
        return done.stdout.count("an empty stop") - done.stdout.count("more like it")

    assert [shown("a.jsonl", *more) for more in ([], ["--max-findings", "0"], ["--max-findings", "2"])] == [5, 9, 2]
    assert shown("a.jsonl", PARLANCE_MAX_FINDINGS="3") == 3
    (tmp_path / "parlance.toml").write_text("max-findings = 0\n")
    assert shown("a.jsonl") == 9
    assert shown("a.jsonl", "--max-findings", "1", PARLANCE_MAX_FINDINGS="3") == 1


@pytest.mark.parametrize("text", ["-1", "x", "1.5", "9" * 5000])
def test_a_wrong_limit_is_refused(tmp_path: Path, text: str) -> None:
    done = parlance("lint", "-", "--max-findings", text, cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


# What fails.


@pytest.mark.parametrize("problem", [False, True])
@pytest.mark.parametrize("fail_on", [None, *Severity])
@pytest.mark.parametrize("severities", [(), ("info",), ("warning",), ("info", "error")])
def test_junit_and_gitlab_fail_for_what_the_run_fails_for(
    severities: tuple[str, ...], fail_on: Severity | None, problem: bool
) -> None:
    ranks = ["error", "warning", "info"]
    failing = [one for one in severities if fail_on is not None and ranks.index(one) <= ranks.index(fail_on)]
    context = Context(dialect="small", describe=described_by({}), version=lambda: None, fail_on=fail_on)
    outcome = Outcome(files={"a": Tally()}, problems=[Problem("b", "gone")] * problem)
    parts: dict[str, list[str]] = {"junit": [], "gitlab": []}
    for form, part in parts.items():
        reporter = REPORTERS[form](part.append, context)
        for severity in severities:
            reporter.show(finding(severity=severity, message=severity), "a", None)
        reporter.finish(outcome)
    junit, issues = parts["junit"][0], json.loads(parts["gitlab"][0])
    assert f'tests="{max(1, len(severities)) + problem}" failures="{len(failing)}" errors="{int(problem)}"' in junit
    assert sorted(one["description"].split(": ")[1] for one in issues if one["severity"] == "major") == sorted(failing)
    assert [one["location"]["path"] for one in issues if one["severity"] == "blocker"] == ["b"] * problem


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--fail-on", "never"], 0),
        (["--ignore", "PAR301"], 0),
        (["--ignore", "PAR301", "--fail-on", "warning"], 1),
        (["--severity", "PAR301=warning"], 0),
        (["--select", "PAR201"], 0),
        (["--select", "PAR201", "--fail-on", "info"], 1),
        (["--exit-zero", "missing.json"], 2),
    ],
)
def test_reports_agree_with_the_exit_code(tmp_path: Path, options: list[str], code: int) -> None:
    unwise = '{"model": "m", "stop": "", "seed": 7, "messages": [{"role": "user", "content": "Why??"}]}'
    (tmp_path / "a.json").write_text(unwise)
    files = ("--output-file", "junit=x.xml", "--output-file", "gitlab=x.gitlab")
    done = parlance("lint", "--dialect", "strict", *files, *options, "a.json", cwd=tmp_path)
    assert done.returncode == code
    junit = (tmp_path / "x.xml").read_text()
    assert ("<failure" in junit, "<error" in junit) == (code == 1, code == 2)
    severities = {one["severity"] for one in json.loads((tmp_path / "x.gitlab").read_text())}
    assert ("major" in severities, "blocker" in severities) == (code == 1, code == 2)
