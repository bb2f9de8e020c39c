"""A user's repository with a dialect of its own on top of ours: every command and the library, and every mistake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import parlance
import pytest
import yaml
from command_in_process import Run, typing_into
from parlance.library import find_dialect
from parlance.spec import SpecError

GATEWAY = """overlay: 1.1.0
info: {title: Gateway, version: '2026-03-01'}
id: gateway
description: Our gateway, which books on teams.
extends: kluster
unknown-fields: refuse
actions:
  - target: $.components.schemas.CreateChatCompletionRequest.properties
    update: {team: {type: string, minLength: 2, description: Who pays.}}
    evidence: {source: our wiki, date: 2026-03-01, says: required for bills}
  - target: $.components.schemas.CreateChatCompletionRequest.properties.seed
    policy: refused
    evidence: {source: our wiki, date: 2026-03-01, says: the cache would miss}
"""
HELLO = {"model": "klusterai/Meta-Llama-3.1-8B-Instruct-Turbo", "messages": [{"role": "user", "content": "Hello"}]}
MISTAKES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "cases" / "own-dialects.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an overlay and two requests, in which commands run."""
    (tmp_path / "gateway.yaml").write_text(GATEWAY)
    (tmp_path / "good.json").write_text(json.dumps({**HELLO, "team": "search"}))
    (tmp_path / "bad.json").write_text(json.dumps({**HELLO, "team": "s", "seed": 7, "colour": 1}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(repository: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance` in the repository: exit code, standard output, standard error."""
    del repository
    return typing_into(capfd)


def codes(output: str) -> list[tuple[str, str]]:
    return [(one["code"], one["pointer"]) for one in json.loads(output)["findings"]]


FOUND = [("PAR109", "/team"), ("PAR124", "/seed"), ("PAR102", "/colour")]


@pytest.mark.parametrize("name", ["validate", "lint"])
def test_files_are_checked_against_it(command: Run, name: str) -> None:
    code, printed, _ = command(name, "--overlay", "gateway.yaml", "good.json")
    assert (code, printed) == (0, "1 file conforms to gateway (1 request)\n")
    code, printed, _ = command(name, "--overlay", "gateway.yaml", "--output-format", "json", "bad.json")
    assert code == 1
    assert sorted(codes(printed)) == sorted(FOUND)
    assert "the cache would miss" in printed


def test_settings_and_the_environment_name_it(command: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "parlance.toml").write_text('overlays = ["gateway.yaml"]\n')
    (repository / "deep").mkdir()
    monkeypatch.chdir(repository / "deep")
    assert command("validate", "../good.json")[:2] == (0, "1 file conforms to gateway (1 request)\n")
    assert f'overlays=["{repository}' in re.sub(r"\s", "", command("config")[1])
    assert "conforms to kluster-2024-10" in command("validate", "--dialect", "kluster", "../bad.json")[1]
    (repository / "parlance.toml").write_text('dialect = "openai"\noverlays = ["gateway.yaml"]\n')
    assert "openai-2026-11" in command("validate", "../good.json", "--output-format", "json")[1]
    (repository / "parlance.toml").unlink()
    monkeypatch.setenv("PARLANCE_OVERLAYS", "../gateway.yaml")
    assert command("validate", "../good.json")[0] == 0


def test_one_of_several_must_be_named(command: Run, repository: Path) -> None:
    (repository / "second.yaml").write_text(
        GATEWAY.replace("id: gateway", "id: second").replace("extends: kluster", "extends: gateway")[
            : GATEWAY.index("actions:") - 1
        ]
    )
    given = ("--overlay", "gateway.yaml", "--overlay", "second.yaml", "good.json")
    assert "openai-2026-11" in command("lint", *given, "--output-format", "json")[1]
    assert command("lint", *given, "--dialect", "second")[:2] == (0, "1 file conforms to second (1 request)\n")
    assert "conforms to kluster-2024-10" in command("lint", *given, "--dialect", "kluster")[1]


def test_pages_show_it(command: Run) -> None:
    for arguments in (("show", "gateway.yaml"), ("show", "gateway", "--overlay", "gateway.yaml")):
        printed = command("dialects", *arguments)[1]
        assert "As of 2026-03-01, its base as of 2024-10-16. Unknown fields: refuse." in printed
        assert "/team" in printed
        assert "the cache would miss (our wiki 2026-03-01)" in " ".join(printed.split())
    assert "\ngateway " in command("dialects", "--overlay", "gateway.yaml")[1]
    shared = next(iter(find_dialect("kluster").rules))
    printed = command("rule", shared, "--overlay", "gateway.yaml", "--output-format", "json")[1]
    assert "gateway" in json.loads(printed)["dialects"]


def test_samples_are_of_it(command: Run, repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parlance", "sample", "--overlay", "gateway.yaml", "--count", "300"],
        cwd=repository, capture_output=True, text=True, check=True,
    )  # fmt: skip
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    reports = [parlance.validate(document, dialect=repository / "gateway.yaml") for document in documents]
    assert [report for report in reports if not report.ok] == []
    assert any("team" in document for document in documents)
    assert not any("seed" in document for document in documents)
    assert command("sample", "--overlay", "gateway.yaml", "--dialect", "getaway")[0] == 2


def test_bindings_are_generated_of_it_alone(command: Run, repository: Path) -> None:
    (repository / "parlance.toml").write_text('targets = ["contract", "models", "rules", "typescript", "validators"]\n')
    arguments = ("generate", "--overlay", "gateway.yaml", "--output", "made")
    code, printed, errors = command(*arguments)
    assert (code, errors) == (0, "")
    assert "for 1 dialect in made" in printed
    assert command(*arguments, "--check")[0] == 0
    types = (repository / "made/typescript/src/gateway/types.ts").read_text("utf-8")
    assert "team?: string" in types
    program = (
        "import json, sys; from parlance_dialects import gateway as g\n"
        "good, bad = map(json.load, map(open, sys.argv[1:]))\n"
        "g.CreateChatCompletionRequest.model_validate(good)\n"
        "print(g.is_valid_request(good), [(v.code, v.pointer) for v in g.check_request(bad)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "good.json", "bad.json"],
        cwd=repository, env={**os.environ, "PYTHONPATH": "made/python"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("True [("), done.stderr
    assert "'PAR124', '/seed'" in done.stdout
    (repository / "gateway.yaml").write_text(GATEWAY.replace("minLength: 2", "minLength: 3"))
    code, printed, _ = command(*arguments, "--check")
    assert code == 1
    assert "team" in printed
    assert "run: parlance generate --overlay gateway.yaml --output made" in printed


def test_the_library_reads_an_edited_file_anew(repository: Path) -> None:
    path, payload = repository / "gateway.yaml", {**HELLO, "team": "ab"}
    assert parlance.validate(payload, dialect=path).ok
    assert find_dialect(path) is find_dialect(path)
    facts = path.stat()
    path.write_text(GATEWAY.replace("minLength: 2", "minLength: 4"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert path.stat().st_size == facts.st_size
    (finding,) = parlance.lint(payload, dialect=path).findings
    assert finding.pointer == "/team"
    path.write_text("extends: kluster")
    with pytest.raises(SpecError, match=r"gateway\.yaml:1:1"):
        parlance.validate(payload, dialect=path)
    path.write_text(GATEWAY)
    assert parlance.validate(payload, overlays=[path]).ok
    assert parlance.validate(payload, dialect="gateway", overlays=[str(path)]).ok
    with pytest.raises(parlance.UnknownDialect, match="did you mean 'gateway'"):
        parlance.validate(payload, dialect="gatewya", overlays=[path])


RULES = """\
- code: GATE101
  name: team-named
  artifact: request
  severity: warning
  summary: No team.
  why: Nobody pays.
  kind: assert
  at: ''
  assert: "type(self.team) == 'string'"
  message: no team
  sources: [{source: our wiki, date: 2026-11-01}]
  confidence: B
  examples:
    bad: [{at: '', document: {model: m, messages: [{role: user, content: Hello}]}}]
    good: [{document: {model: m, team: ab, messages: [{role: user, content: Hello}]}}]
"""


def test_an_edited_file_of_rules_is_read_anew(command: Run, repository: Path) -> None:
    path, rules = repository / "gateway.yaml", repository / "gateway.rules.yaml"
    path.write_text(f"{GATEWAY}rule-files: [gateway.rules.yaml]\n")
    settings = repository / "parlance.toml"
    settings.write_text(
        'overlays = ["gateway.yaml"]\n[[target]]\ndialect = "gateway"\ntarget = "rules"\noutput = "made"\n'
    )
    for message in ("no team", "nobody pays"):
        rules.write_text(RULES.replace("message: no team", f"message: {message}"))
        assert message in [one.message for one in parlance.lint(HELLO, dialect=path)]
        assert command("generate", "--check")[0] == 1
        assert command("generate")[0] == 0
        assert command("generate", "--check")[0] == 0
    rules.unlink()
    with pytest.raises(SpecError, match="there is no file"):
        parlance.lint(HELLO, dialect=path)


def test_another_spec_takes_the_place_of_ours(command: Run, repository: Path) -> None:
    spec = str(Path(__file__).parent / "cases" / "spec" / "foreign-small")
    assert "\ncorner   shop, default " in command("dialects", "--spec", spec)[1]
    code, printed, errors = command("validate", "--spec", spec, "--as", "order", "good.json")
    assert code == 1, errors
    assert "PAR10" in printed
    assert not parlance.validate({}, artifact="order", spec=spec).ok
    assert "did you mean 'shop'" in command("validate", "--spec", spec, "--dialect", "shpo", "good.json")[2]
    assert "nowhere:1:1: PAR901 there is no such folder" in command("lint", "--spec", "nowhere", "good.json")[2]
    (repository / "parlance.toml").write_text(f'spec = "{spec}"\n')
    assert "shop" in command("dialects")[1]


def _hostile(name: str, path: Path) -> None:
    """Put something that is no overlay at *path*."""
    path.unlink()
    match name:
        case "a folder":
            path.mkdir()
        case "a link to itself":
            path.symlink_to(path)
        case "a pipe":
            os.mkfifo(path)
        case "wrong encoding":
            path.write_bytes(GATEWAY.encode("utf-16"))
        case "a huge file":
            path.write_text(GATEWAY + "# \n" * 400_000)
        case "a deep file":
            path.write_text("a: " + "[" * 5000)
        case "NUL":
            path.write_text(GATEWAY.replace("Our gateway", '"Our \0 gateway"'))
        case _:
            pass


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("a folder", "gateway.yaml:1:1: PAR901 this is no file"),
        ("a link to itself", "gateway.yaml:1:1: PAR901 cannot be read: too many levels of symbolic links"),
        ("a pipe", "gateway.yaml:1:1: PAR901 this is no file"),
        ("wrong encoding", "gateway.yaml:1:1: PAR901 byte 0xff is not UTF-8 (save the file as UTF-8)"),
        ("a huge file", "gateway.yaml:1:1: PAR901 the file has more than 1,000,000 bytes, and an overlay has few"),
        ("a deep file", "gateway.yaml:1:204: PAR901 nested more than 200 deep"),
        ("NUL", "gateway.yaml:4:19: PAR901 the character U+0000 may not stand in YAML"),
        ("missing", "gateway.yaml:1:1: PAR901 cannot be read: no such file or directory"),
    ],
)
def test_what_is_no_overlay_is_refused(command: Run, repository: Path, name: str, printed: str) -> None:
    _hostile(name, repository / "gateway.yaml")
    reading: list[tuple[str, ...]] = [("lint", "good.json"), ("dialects",)]
    if name in {"a folder", "missing"}:  # it reads the whole spec first, and then an overlay as the others do
        reading.append(("generate", "--output", "made"))
    for arguments in reading:
        code, out, errors = command(*arguments, "--overlay", "gateway.yaml")
        assert (code, out) == (2, "")
        assert printed.partition(": PAR")[0] in errors
    assert command("lint", "--overlay", "gateway.yaml", "good.json")[2] == f"{printed}\n"
    assert not (repository / "made").exists()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_its_place_and_advice(command: Run, repository: Path, name: str) -> None:
    case = MISTAKES[name]
    text = GATEWAY.replace(case["old"], case["new"]) if "old" in case else case["text"]
    assert text != GATEWAY
    (repository / "gateway.yaml").write_text(text)
    code, out, errors = command("lint", "--overlay", "gateway.yaml", "good.json")
    assert (code, out) == (2, "")
    assert errors.startswith(case["printed"])


def test_dialects_that_extend_each_other_are_refused(command: Run, repository: Path) -> None:
    (repository / "gateway.yaml").write_text(GATEWAY.replace("extends: kluster", "extends: second"))
    (repository / "second.yaml").write_text(GATEWAY.replace("id: gateway", "id: second").replace("kluster", "gateway"))
    code, _, errors = command("lint", "--overlay", "gateway.yaml", "--overlay", "second.yaml", "good.json")
    assert code == 2
    assert "gateway.yaml:5:1: PAR905 gateway → second → gateway" in errors


def test_a_file_in_the_place_of_a_name_gets_advice(command: Run) -> None:
    code, _, errors = command("lint", "--dialect", "gateway.yaml", "good.json", "--overlay", "gateway.yaml")
    assert code == 2
    assert "an overlay is given with --overlay" in " ".join(errors.split())
    assert command("lint", "--dialect", "gateway.yaml", "good.json")[0] == 2


def test_a_start_is_written_and_loads(command: Run, repository: Path) -> None:
    code, printed, _ = command("dialects", "init", "team-gate", "--extends", "kluster")
    assert (code, printed.splitlines()[0]) == (0, "team-gate.yaml: new; it is kluster until it says what is different")
    text = (repository / "team-gate.yaml").read_text("utf-8")
    assert command("lint", "--overlay", "team-gate.yaml", "good.json")[:2] == (
        0, "1 file conforms to team-gate (1 request)\n",
    )  # fmt: skip
    kept, examples = text.split("# actions:")
    uncommented = kept + "actions:" + examples.replace("\n# ", "\n")
    (repository / "team-gate.yaml").write_text(uncommented)
    assert command("lint", "--overlay", "team-gate.yaml", "good.json")[0] == 0
    code, _, errors = command("dialects", "init", "team-gate")
    assert code == 2
    assert "is there already" in errors
    assert (repository / "team-gate.yaml").read_text("utf-8") == uncommented
    assert command("dialects", "init", "dated", "--extends", "openai@2025-03-01")[0] == 0
    assert "\nas-of: 2025-03-01 " in (repository / "dated.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["../up", "a/b", "Capital", "", "a\nb", "'q'", "openai", "kluster-2024-10", "-x"])
def test_a_start_has_a_name_that_can_be_used(command: Run, repository: Path, name: str) -> None:
    before = sorted(repository.iterdir())
    code, _, errors = command("dialects", "init", "--", name)
    assert code == 2
    assert "is not a name" in errors or "is taken" in errors
    assert sorted(repository.iterdir()) == before


def test_a_start_extends_what_there_is(command: Run, repository: Path) -> None:
    assert "did you mean 'kluster'?" in command("dialects", "init", "mine", "--extends", "klustr")[2]
    assert not (repository / "mine.yaml").exists()
    assert command("dialects", "init", "mine", "--extends", "gateway", "--overlay", "gateway.yaml")[0] == 0


def test_the_example_of_the_page_is_true(repository: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "own-dialects.md").read_text("utf-8")
    text = page.split("```yaml\n")[1].split("```")[0]
    assert text.count("\n") == 10
    (repository / "gateway.yaml").write_text(text)
    payload = {"model": "gpt-4.1", "messages": HELLO["messages"]}
    for document, found in (
        ({**payload, "team": "search"}, []),
        (payload, [("PAR101", "/team")]),
        ({**payload, "team": "x", "seed": 1}, [("PAR124", "/seed")]),
    ):
        report = parlance.validate(document, dialect=repository / "gateway.yaml")
        assert [(finding.code, finding.pointer) for finding in report.findings] == [*map(tuple, found)]


def test_reports_are_as_of_any_dialect(command: Run) -> None:
    report: Any = json.loads(command("lint", "--overlay", "gateway.yaml", "--output-format", "json", "bad.json")[1])
    assert "gateway" in json.dumps(report)
