"""What people's hands type: options of ruff and check-jsonschema, settings for one call, completion, schemas."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
from command import environment
from command_in_process import Run, typing_into
from jsonschema import Draft202012Validator
from parlance.check.dialect import generated_package
from parlance.folders import schemas_folder

HELLO = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}\n'
OLD = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 5, "temprature": 1}\n'
ENVIRONMENT = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "GITHUB_WORKSPACE", "CI_PROJECT_DIR")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance` in a folder with one file that is right and one that is not."""
    (tmp_path / "good.json").write_text(HELLO)
    (tmp_path / "old.json").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    for name in (*ENVIRONMENT, "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return typing_into(capfd)


def codes(printed: str) -> list[str]:
    """The codes of a report as JSON."""
    return [one["code"] for one in json.loads(printed)["findings"]]


def found(command: Run, *arguments: str) -> list[str]:
    return codes(command("lint", "--output-format", "json", *arguments)[1])


def files(command: Run, *arguments: str) -> list[str]:
    """The files that are checked."""
    listed = command("lint", "--show-files", *arguments)[1].splitlines()
    return [line for line in listed if "# skipped" not in line]


def test_no_path_means_the_working_folder(command: Run) -> None:
    assert command("lint", "--statistics") == command("lint", "--statistics", ".")
    assert found(command) == ["PAR512", "PAR102"]


def test_the_name_of_standard_input_means_standard_input(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "parlance", "lint", "--stdin-filename", "x.json"]
    done = subprocess.run(arguments, cwd=tmp_path, env=environment(), input=b"{", capture_output=True, check=False)
    assert (done.stdout.startswith(b"x.json:1:"), done.returncode) == (True, 1)


def test_the_version_has_a_letter(command: Run) -> None:
    assert command("-V") == command("--version")


def test_quiet_is_findings_alone(command: Run) -> None:
    assert command("lint", "-q", "good.json") == (0, "", "")
    code, printed, errors = command("lint", "-q", "--output-format", "concise", "old.json")
    assert (code, len(printed.splitlines()), errors) == (1, 2, "")
    assert command("-q", "lint", "good.json") == (0, "", "")
    code, _, errors = command("lint", "-q", "nothing.json")
    assert (code, errors) == (2, "error: nothing.json: no such file or folder\n")
    assert command("lint", "-q", "-v")[2].endswith("error: --quiet and --verbose cannot be used together\n")


def test_verbose_names_every_file(command: Run, tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('exclude = ["skipped.json"]\n')
    (tmp_path / "skipped.json").write_text(HELLO)
    (tmp_path / "other.json").write_text('{"name": 1}')
    errors = command("lint", "-v")[2].splitlines()
    assert errors == [
        "settings: parlance.toml",
        "skipped.json: skipped, excluded",
        "good.json: 1 request (openai-2026-11)",
        "old.json: 1 request (openai-2026-11)",
        "other.json: skipped, not a payload",
    ]


@pytest.mark.parametrize(
    ("variables", "option", "is_coloured"),
    [
        ({}, "auto", False),
        ({}, "always", True),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, "auto", True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_is_asked_for(
    command: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], option: str, is_coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for form in ("text", "concise", "grouped"):
        printed = command("lint", "--output-format", form, "--color", option)[1]
        assert ("\x1b[" in printed) == is_coloured


@pytest.mark.parametrize("variables", [{"CLICOLOR": "0"}, {"TERM": "dumb"}])
def test_a_terminal_may_want_no_colour(variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(OLD)
    master, slave = os.openpty()
    arguments = [sys.executable, "-m", "parlance", "validate", "old.json"]
    subprocess.run(arguments, cwd=tmp_path, env=environment(**variables), stdout=slave, check=False)
    assert b"\x1b[31m" not in os.read(master, 65536)
    os.close(master)
    os.close(slave)


def test_one_setting_counts_over_files_and_the_environment(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parlance.toml").write_text('ignore = ["PAR1"]\n[severities]\nPAR102 = "warning"\n')
    assert found(command) == ["PAR512"]
    assert found(command, "--config", "ignore = []") == ["PAR512", "PAR102"]
    monkeypatch.setenv("PARLANCE_IGNORE", "PAR5")
    assert found(command) == ["PAR102"]
    assert found(command, "--config", "ignore=PAR102,PAR512") == []
    assert found(command, "--config", "ignore=PAR102", "--ignore", "PAR512") == ["PAR102"]
    monkeypatch.delenv("PARLANCE_IGNORE")
    both = ("--config", "ignore=[]", "--config", "severities.PAR512=error")
    report = json.loads(command("lint", "--output-format", "json", *both)[1])
    assert [one["severity"] for one in report["findings"]] == ["error", "warning"]
    assert command("--config", "fail-on=never", *both, "lint")[0] == 0


def test_a_file_of_settings_takes_the_place_of_those_found(command: Run, tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('select = ["PAR512"]\n')
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci" / "strict.toml").write_text('select = ["PAR102"]\nexclude = ["/good.json"]\n')
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert found(command) == ["PAR512"]
    assert found(command, "--isolated") == ["PAR512", "PAR102"]
    assert found(command, "--config", "ci/strict.toml") == ["PAR102"]
    assert files(command, "--config", "ci/strict.toml") == ["old.json"]
    assert found(command, "--config", "ci/strict.toml", "--config", 'select=["PAR512"]') == ["PAR512"]
    assert found(command, "--isolated", "--config", "select=PAR102") == ["PAR102"]


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        (["nothing.toml"], "'nothing.toml' is neither a file nor KEY=VALUE"),
        (["slect=PAR3"], "there is no setting 'slect'; did you mean 'select'"),
        (["advice=maybe"], "advice must be true or false"),
        (["severities.PAR3=eror"], "severities.PAR3 must be one of error, warning, info, off; did you mean 'error'?"),
        (["max-findings=-1"], "max-findings must be a whole number of at least 0"),
        (["=1"], "'=1' is not KEY=VALUE as TOML has it"),
        (["pyproject.toml"], "there is no table [tool.parlance] in it"),
        (["one.toml", "pyproject.toml"], "--config names two files, one.toml and pyproject.toml"),
        (["one.toml", "--isolated"], "--config one.toml cannot be used with --isolated"),
    ],
)
def test_what_config_cannot_mean_is_refused(command: Run, tmp_path: Path, texts: list[str], problem: str) -> None:
    (tmp_path / "one.toml").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    options = [part for text in texts for part in ([text] if text.startswith("--") else ["--config", text])]
    code, printed, errors = command("lint", *options)
    assert (code, printed, errors.splitlines()[-1].startswith("error: ")) == (2, "", True)
    assert problem in errors.splitlines()[-1]


def test_patterns_exclude_and_include(command: Run, tmp_path: Path) -> None:
    for name in ("a/x.json", "a/y.json", "b/z.json", "b/z.prompt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HELLO)
    every = ["a/x.json", "a/y.json", "b/z.json", "good.json", "old.json"]
    assert files(command) == every
    assert files(command, "--exclude", "a/,good.json") == ["b/z.json", "old.json"]
    assert files(command, "--exclude", "a/", "--exclude", "b/") == ["good.json", "old.json"]
    (tmp_path / "parlance.toml").write_text('exclude = ["a/"]\nextend-exclude = ["good.json"]\n')
    assert files(command) == ["b/z.json", "old.json"]
    assert files(command, "--extend-exclude", "old.json") == ["b/z.json"]
    assert files(command, "--exclude", "b/") == ["a/x.json", "a/y.json", "old.json"]
    assert files(command, "good.json") == ["good.json"]
    assert files(command, "good.json", "--force-exclude") == []
    (tmp_path / "parlance.toml").write_text('include = ["b/*", "old.json"]\n')
    assert files(command) == ["b/z.json", "b/z.prompt", "old.json"]
    assert files(command, "a/x.json") == ["a/x.json"]
    assert files(command, "a/*.json", "b/**") == ["a/x.json", "a/y.json", "b/z.json", "b/z.prompt"]


@pytest.mark.parametrize("name", [".", "prompts", "**/*.json"])
def test_a_folder_of_which_everything_is_excluded_is_a_warning(command: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "a.json").write_text("{")
    code, printed, errors = command("lint", "--exclude", "*.json", name)
    assert (code, printed) == (0, "")
    assert errors == (
        f"warning: {name}: every file is excluded or ignored; those that are named are read, "
        "and --no-ignore reads ignored ones\n"
    )
    (tmp_path / "empty").mkdir()
    assert command("lint", "empty")[0] == 2


def test_the_settings_of_a_file_are_shown_as_toml(command: Run, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.json").write_text(HELLO)
    patterns = [f"a/rather/long/path/to/files/number/{number}" for number in range(3)]
    table = '[per-file-ignores]\n"a/rather/long/pattern/**" = ["PAR3"]\n"and/another/pattern/**" = ["PAR4", "PAR5"]\n'
    (tmp_path / "deep" / "parlance.toml").write_text(f"exclude = {patterns}\n{table}")
    code, printed, _ = command("lint", "--show-settings", "deep", "--severity", "PAR3=off")
    assert (code, max(map(len, printed.splitlines())) <= 80) == (0, True)
    shown = tomllib.loads(printed)
    assert (shown["exclude"], shown["severities"], shown["fail-on"]) == (patterns, {"PAR3": "off"}, "error")
    assert shown["per-file-ignores"]["and/another/pattern/**"] == ["PAR4", "PAR5"]
    assert printed.startswith("# settings for deep/a.json\n")
    assert "# deep/parlance.toml:1\n" in printed
    assert 'severities = {"PAR3" = "off"}  # --severity\n' in printed
    assert 'dialect = "openai-2026-11"  # default\n' in printed


YAML = """model: gpt-4.1
messages:
  - role: user
    content: "Hello # parlance: ignore[PAR102]"
max_tokens: 5  # parlance: ignore[PAR512]
# parlance: ignore[unknown-field]

temprature: 1
topp: 1
"""


def test_comments_in_yaml_accept_findings(command: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(YAML)
    report = json.loads(command("lint", "--output-format", "json", "a.yaml")[1])
    assert [(one["code"], one["line"]) for one in report["findings"]] == [("PAR102", 9)]
    assert report["summary"]["ignored"] == 2
    (tmp_path / "a.yaml").write_text(YAML.replace("PAR512", "PAR5").replace("unknown-field", "PAR103"))
    assert found(command, "a.yaml") == ["PAR102", "PAR102"]
    (tmp_path / "b.json").write_text(OLD.replace("Hello", "# parlance: ignore[PAR102]"))
    assert "PAR102" in found(command, "b.json")


def test_what_a_comment_accepts_is_not_fixed(command: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(YAML)
    assert command("lint", "--fix", "--unsafe-fixes", "a.yaml")[0] == 0
    assert (tmp_path / "a.yaml").read_text() == YAML.replace("topp: 1", "top_p: 1")


@pytest.mark.parametrize("head", ["body: |  # parlance: ignore[PAR102]", "# parlance: ignore[PAR102]\n  body: |"])
def test_a_comment_is_about_the_whole_text_that_begins_there(command: Run, tmp_path: Path, head: str) -> None:
    body = OLD.replace(', "max_tokens": 5', "").replace('"temp', '\n    "temp').strip()
    text = f"request:\n  method: POST\n  url: https://api.openai.com/v1/chat/completions\n  {head}\n    {body}\n"
    (tmp_path / "log.yaml").write_text(text)
    assert found(command, "--at", "/request/body", "log.yaml") == []
    (tmp_path / "log.yaml").write_text(text.replace("PAR102", "PAR103"))
    assert found(command, "--at", "/request/body", "log.yaml") == ["PAR102"]


def test_annotations_are_relative_to_the_repository(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "old.json").write_text(OLD)
    monkeypatch.chdir(tmp_path / "deep")
    assert "::error file=old.json,line=1," in command("lint", "--output-format", "github")[1]
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "::error file=deep/old.json,line=1," in command("lint", "--output-format", "github")[1]
    assert "file=old.json" in command("lint", "--output-format", "github", "../old.json")[1]
    log = json.loads(command("lint", "--output-format", "sarif")[1])
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "deep/old.json"
    monkeypatch.delenv("GITHUB_WORKSPACE")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    assert json.loads(command("lint", "--output-format", "gitlab")[1])[0]["location"]["path"] == "deep/old.json"


def test_a_step_summary_is_appended(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert command("lint")[0] == 1
    assert summary.read_text() == "# before\n"
    assert command("lint", "--output-format", "github")[0] == 1
    assert summary.read_text() == "# before\n" + command("lint", "--output-format", "markdown")[1]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    code, printed, errors = command("lint", "--output-format", "github")
    assert (code, "::error file=old.json" in printed, "(GITHUB_STEP_SUMMARY) cannot be written" in errors) == (
        2,
        True,
        True,
    )


def test_a_step_summary_is_not_longer_than_github_takes(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setattr("parlance.cli.step_summary.StepSummary.most", 150)
    command("lint", "--output-format", "github")
    assert (tmp_path / "summary.md").read_text().endswith("\nand 1 more, for which there is no room here\n")


def test_markdown_holds_no_markup_of_a_payload(command: Run, tmp_path: Path) -> None:
    (tmp_path / "evil.json").write_text(OLD.replace("temprature", "a|b<img>@team`x`[y](z)"))
    row = next(
        line for line in command("lint", "--output-format", "markdown", "evil.json")[1].splitlines() if "PAR102" in line
    )
    assert row.replace("\\|", "").count("|") == 5
    assert not any(part in row for part in ("<img", " @", "'@", "b`x", "](z"))


def test_sarif_links_to_the_pages_where_they_are_published(command: Run) -> None:
    def driver(*arguments: str) -> dict[str, Any]:
        found = json.loads(command("lint", "--output-format", "sarif", *arguments)[1])["runs"][0]["tool"]["driver"]
        return cast("dict[str, Any]", found)

    site = "https://docs.example/parlance/"
    published = driver("--config", f"docs-url={site}")
    assert published["informationUri"] == site
    assert [rule["helpUri"] for rule in published["rules"]] == [f"{site}rules/{code}/" for code in ("PAR102", "PAR512")]
    assert "://" not in json.dumps(driver())


def test_the_json_report_has_what_containers_hold(command: Run, tmp_path: Path) -> None:
    entry = {
        "request": {"method": "POST", "url": "https://api.openai.com/v1/chat/completions", "postData": {"text": HELLO}},
        "response": {"status": 200, "content": {"text": ""}},
    }
    log = {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [entry] * 3}
    (tmp_path / "t.har").write_text(json.dumps({"log": log}))
    printed = command("lint", "--output-format", "json", "t.har")[1]
    report = json.loads(printed)
    from parlance.check.reports.json_report import schema_text

    Draft202012Validator(json.loads(schema_text())).validate(report)  # pyright: ignore[reportUnknownMemberType]
    ((counts,), (of_file,)) = report["summary"]["containers"], report["files"][0]["containers"]
    assert (counts, counts["container"], counts["entries"]) == (of_file, "HAR", 3)
    assert counts["artifacts"]["request"] == 3
    assert "3 requests" in command("lint", "t.har")[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(command: Run, shell: str) -> None:
    code, printed, _ = command("completion", shell)
    assert (code, "_PARLANCE_COMPLETE" in printed) == (0, True)
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=printed.encode(), check=True)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("lint --dialect mis", "mistral"),
        ("lint --dialect openai,gro", "openai,groq"),
        ("lint --as ch", "chunk"),
        ("lint --select PAR30", "PAR301"),
        ("lint --ignore unans", "unanswered-tool-call"),
        ("lint --severity PAR301=o", "PAR301=off"),
        ("lint --output-format gr", "grouped"),
        ("rule PAR30", "PAR301"),
        ("schema resp", "response"),
        ("schema request --dialect klu", "kluster"),
        ("dialects show open", "openai-2026-11"),
        ("generate --target jso", "jsonschema"),
        ("comp", "completion"),
    ],
)
def test_values_are_completed(command: Run, monkeypatch: pytest.MonkeyPatch, typed: str, value: str) -> None:
    monkeypatch.setenv("_PARLANCE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"parlance {typed}")
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split())))
    code, printed, _ = command()
    assert code == 0
    assert value in [line.partition(",")[2] for line in printed.splitlines()]


def test_every_shipped_schema_has_an_example_that_is_valid(command: Run) -> None:
    import parlance

    bundles = sorted(schemas_folder().glob("*/*.schema.json"))
    without: set[str] = set()
    for path in bundles:
        bundle: dict[str, Any] = json.loads(path.read_text("utf-8"))
        artifact = path.name.removesuffix(".schema.json")
        for example in bundle.get("examples", []):
            report = parlance.validate(example, artifact=artifact, dialect=path.parent.name)
            assert report.ok, (path, str(report))
        if "examples" not in bundle:
            without.add(f"{path.parent.name} {artifact}")
    assert without == set()
    name = generated_package().DEFAULT
    assert command("schema", "request")[1] == (schemas_folder() / name / "request.schema.json").read_text("utf-8")


def test_a_schema_is_made_where_it_is_not_shipped(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = command("schema", "error", "--dialect", "kluster")[1]
    monkeypatch.setattr("parlance.cli.schema_command.schemas_folder", lambda: tmp_path)
    assert command("schema", "error", "--dialect", "kluster")[1] == shipped
    past = json.loads(command("schema", "request", "--dialect", "openai@2025-03-01")[1])
    assert (past["$id"], len(past["examples"])) == ("urn:parlance:openai:2025-03-01:request", 1)
    for artifact, advice in (("reqest", "did you mean 'request'?"), ("stream", "there are request, response")):
        code, _, errors = command("schema", artifact)
        assert (code, advice in errors) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [("rule",), ("rule", "PAR301"), ("rule", "PAR103"), ("rule", "PAR502"), ("dialects",), ("dialects", "matrix")]
    + [("dialects", "show", name) for name in ("openai", "kluster", "compatible", "vllm")]
    + [("config",), ("lint", "--show-settings")],
    ids=" ".join,
)
def test_what_is_printed_fits_a_terminal(command: Run, arguments: tuple[str, ...]) -> None:
    code, printed, _ = command(*arguments)
    assert (code, max(map(len, printed.splitlines())) <= 80) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lnt",),
        ("lint", "--bogus"),
        ("lint", "--fail-on", "x"),
        ("lint", "--max-findings", "x"),
        ("lint", "--dialect"),
        ("lint", "--dialect", "x"),
        ("rule", "x", "y"),
        ("schema",),
        ("completion", "powershell"),
        ("completion",),
        ("dialects", "show"),
        ("generate", "--target", "x"),
    ],
    ids=" ".join,
)
def test_a_fault_of_usage_is_one_line_in_small_letters(command: Run, arguments: tuple[str, ...]) -> None:
    code, printed, errors = command(*arguments)
    line = errors.splitlines()[-1]
    assert (code, printed, line.startswith("error: ")) == (2, "", True)
    assert line.removeprefix("error: ")[0].islower() or line.startswith("error: --")
    assert [one for one in errors.splitlines() if one.startswith("Error")] == []
    assert "␊" not in errors


@pytest.mark.parametrize("arguments", [(), ("spec",)], ids=" ".join)
def test_a_command_without_its_subcommand_shows_the_help(command: Run, arguments: tuple[str, ...]) -> None:
    assert command(*arguments) == (2, "", command(*arguments, "--help")[1])
