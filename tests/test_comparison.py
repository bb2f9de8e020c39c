"""`--dialect A,B`: a file is read once, and one table shows what breaks where in each."""

from __future__ import annotations

import io
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from command_in_process import Run, typing_into
from jsonschema import Draft202012Validator
from parlance.check.excerpt import WIDTH, columns
from parlance.check.reports.json_report import schema_text

REQUEST = """{"model": "gpt-4.1",
 "messages": [{"role": "user", "content": "Hello"}, {"role": "developer", "content": "Hello"}],
 "temperature": 3,
 "seed": 4,
 "tools": []}
"""
HELLO = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}\n'
TABLE = """bad.json                                                         openai  kluster
  2:62 PAR105 /messages/1/role                                   -       E
    must be 'system', 'user' or 'assistant', not 'developer'
  3:17 PAR107 /temperature                                       E       E
    must be at most 2, is 3
  4:2 PAR512 /seed                                               W       -
    deprecated since 2026-08-21
  5:2 PAR124 /tools                                              -       E
    kluster-2024-10 refuses 'tools'
  5:11 PAR112 /tools                                             E       -
    must have at least 1 item, has 0

openai: 2 errors, 1 warning in 1 of 1 file
kluster: 3 errors in 1 of 1 file
"""
BOTH = ("--dialect", "openai,kluster")
IDS = {"openai-2026-11", "kluster-2024-10"}



@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance` in a folder with a request that is right and one that is not."""
    (tmp_path / "bad.json").write_text(REQUEST)
    (tmp_path / "good.json").write_text(HELLO)
    (tmp_path / "lines.jsonl").write_text((REQUEST.replace("\n", "") + "\n") * 8)
    monkeypatch.chdir(tmp_path)
    return typing_into(capfd)


@pytest.mark.parametrize(
    "chosen",
    [BOTH, ("--dialect", "openai", "--dialect", "kluster"), ("--dialect", "openai, kluster,openai-2026-11")],
)
def test_what_several_find_at_a_place_is_one_row(command: Run, chosen: tuple[str, ...]) -> None:
    assert command("lint", *chosen, "bad.json")[:2] == (1, TABLE)


def test_two_names_of_one_dialect_are_no_comparison(command: Run) -> None:
    code, printed, _ = command("lint", "--dialect", "openai,openai-2026-11", "good.json")
    assert (code, printed) == (0, "1 file conforms to openai-2026-11 (1 request)\n")


def test_one_dialect_that_refuses_it_is_enough_to_fail(command: Run) -> None:
    Path("developer.json").write_text(HELLO.replace("user", "developer"))
    assert command("validate", "--dialect", "openai", "developer.json")[0] == 0
    assert command("validate", *BOTH, "developer.json")[0] == 1
    code, printed, _ = command("validate", *BOTH, "good.json")
    assert code == 0
    assert printed.splitlines() == [
        "openai: 1 file conforms to openai-2026-11 (1 request)",
        "kluster: 1 file conforms to kluster-2024-10 (1 request)",
    ]


def test_many_dialects_are_numbered_and_every_line_fits(command: Run) -> None:
    names = "openai,openai-2024-06,openai-2024-10,openai-2025-12,openai-2026-08,kluster,atoma,compatible"
    code, printed, _ = command("lint", "--dialect", names, "bad.json", "lines.jsonl")
    assert code == 1
    assert printed.startswith("1 openai, 2 openai-2024-06")
    assert max(map(columns, printed.splitlines())) <= WIDTH


def test_lines_are_judged_one_by_one_and_alike_rows_are_counted(command: Run) -> None:
    _, printed, _ = command("lint", *BOTH, "lines.jsonl")
    assert "  and 3 more like it: PAR107 must be at most 2, is 3\n" in printed
    assert "\n15 not shown (--max-findings 0 shows all)\n" in printed


def test_standard_input_is_read_once(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REQUEST.encode())))
    _, printed, _ = command("lint", *BOTH, "--stdin-filename", "bad.json", "-")
    assert printed == TABLE


def test_statistics_have_a_column_for_each(command: Run) -> None:
    _, printed, _ = command("lint", *BOTH, "--statistics", "bad.json")
    rows = [line.split() for line in printed.splitlines() if line.startswith("PAR")]
    assert ["PAR107", "number-too-large", "1", "1"] in rows
    assert ["PAR124", "refused-field", "-", "1"] in rows


def test_every_format_names_the_dialect(command: Run) -> None:
    def report(form: str) -> str:
        return command("lint", *BOTH, "--output-format", form, "bad.json", "good.json")[1]

    whole = json.loads(report("json"))
    Draft202012Validator(json.loads(schema_text())).validate(whole)  # pyright: ignore[reportUnknownMemberType]
    assert {one["dialect"] for one in whole["findings"]} == IDS
    assert [(one["name"], one["errors"], one["documents"]) for one in whole["dialects"]] == [
        ("openai", 2, 2),
        ("kluster", 3, 2),
    ]
    assert (whole["summary"]["errors"], whole["summary"]["documents"]) == (5, 2)
    assert {json.loads(line)["dialect"] for line in report("json-lines").splitlines()} == IDS
    results = json.loads(report("sarif"))["runs"][0]["results"]
    assert {one["properties"]["dialect"] for one in results} == IDS
    prints = [one["partialFingerprints"]["parlance/v1"] for one in results]
    issues = json.loads(report("gitlab"))
    assert all(one["description"].startswith(("openai: ", "kluster: ")) for one in issues)
    for one in (prints, [issue["fingerprint"] for issue in issues]):
        assert len(set(one)) == len(one) == len(whole["findings"])
    lines = [line for line in report("github").splitlines() if line.startswith("::")]
    assert all(line.split("::")[2].startswith(("openai: ", "kluster: ")) for line in lines)
    suites = ET.fromstring(report("junit"))  # noqa: S314 our own
    names = [case.attrib["name"] for case in suites.iter("testcase")]
    assert all(name.startswith(("openai: ", "kluster: ")) for name in names)
    assert names[-1] == "kluster: conforms to kluster-2024-10"
    assert int(suites.attrib["tests"]) == len(names)
    assert ": kluster: PAR124 refused-field " in report("concise")


def test_a_finding_of_a_single_dialect_has_its_name_in_json(command: Run) -> None:
    whole = json.loads(command("lint", "--output-format", "json", "bad.json")[1])
    Draft202012Validator(json.loads(schema_text())).validate(whole)  # pyright: ignore[reportUnknownMemberType]
    assert {one["dialect"] for one in whole["findings"]} == {"openai-2026-11"}
    assert "dialects" not in whole


def test_a_baseline_accepts_a_finding_in_every_dialect(command: Run) -> None:
    _, _, errors = command("lint", *BOTH, "--baseline", "known.json", "--baseline-update", "bad.json")
    assert errors == "known.json: 5 added, 0 removed, 5 in all\n"
    for names in ("openai", "kluster", "kluster,openai"):
        code, printed, _ = command("lint", "--dialect", names, "--baseline", "known.json", "bad.json")
        assert (code, "no new findings" in printed) == (0, True)


def test_files_of_reports_have_all_of_them(command: Run) -> None:
    command("lint", *BOTH, "--output-file", "text=report.txt", "--output-file", "json=report.json", "bad.json")
    assert Path("report.txt").read_text() == TABLE
    assert {one["dialect"] for one in json.loads(Path("report.json").read_text())["findings"]} == IDS


def test_dialects_by_file_are_overridden(command: Run) -> None:
    Path("parlance.toml").write_text('[per-file-dialects]\n"*.json" = "atoma"\n')
    assert command("lint", *BOTH, "bad.json")[1] == TABLE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((*BOTH, "--fix"), "--fix and --diff go with one dialect"),
        ((*BOTH, "--diff"), "run them with --dialect openai, then compare again"),
        (("--dialect", "openai,klustr"), "there is no dialect 'klustr'; did you mean 'kluster'?"),
        (("--dialect", "openai,"), "a name is missing in 'openai,'"),
    ],
)
def test_what_cannot_be_compared_is_refused(command: Run, arguments: tuple[str, ...], message: str) -> None:
    before = Path("bad.json").read_text()
    code, printed, errors = command("lint", *arguments, "bad.json")
    assert (code, printed) == (2, "")
    assert message in errors
    assert Path("bad.json").read_text() == before
