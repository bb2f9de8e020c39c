"""The hooks of pre-commit and the GitHub action, run as their hosts run them, in repositories of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT
from parlance.check.document_reader import FORMATS
from parlance_dialects import DIALECTS

HOOKS: list[dict[str, Any]] = yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), yaml.CSafeLoader)
ACTION: dict[str, Any] = yaml.load((ROOT / "action.yml").read_text("utf-8"), yaml.CSafeLoader)
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
SOURCES = (
    ".pre-commit-hooks.yaml",
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    "generator",
    "generated/jsonschema",
    "generated/python",
    "generated/snapshot",
    "spec",
    "templates",
)
TRIED = {"openai_2026_11", "kluster_2024_10"}
"""Those that a payload is checked by here; without the others git and pip have a tenth to pack."""

GOOD = '{"model": "gpt-4o-2024-08-06", "messages": [{"role": "user", "content": "Hello"}]}\n'
BAD = '{"model": "gpt-4o-2024-08-06", "messages": [{"role": "user", "content": "Hello"}], "top_k": 5}\n'
UNANSWERED = """{"model": "gpt-4o-2024-08-06", "messages": [
  {"role": "user", "content": "Rain?"},
  {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
  {"role": "user", "content": "Well?"}
]}
"""


def surroundings(home: Path, **extra: str) -> dict[str, str]:
    """An environment in which pip builds and installs without a network, and git knows its user."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_COMPILE": "0",  # what is run of it is compiled then, and that is little
        "PIP_NO_BUILD_ISOLATION": "0",  # pip takes this to mean that there is none
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "test@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        **extra,
    }


def run(*command: str, cwd: Path, env: dict[str, str], code: int = 0) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def published(home: Path) -> Path:
    """A repository with this tool, as others fetch it: `owner/tool`, tagged v1."""
    folder = home / "owner" / "tool"
    others = shutil.ignore_patterns("__pycache__", *({*DIALECTS.values()} - TRIED))
    for name in SOURCES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=others)
        else:
            shutil.copy(ROOT / name, folder / name)
    (folder / ".gitignore").write_text("__pycache__/\n")
    for command in ("init --quiet", "add --all", "commit --quiet --message=All", "tag v1"):
        run("git", *command.split(), cwd=folder, env=surroundings(home))
    return folder


@pytest.fixture
def repository(tmp_path: Path, home: Path) -> Path:
    """A user's repository: payloads, and much that is none."""
    files = {
        "prompts/good.json": GOOD,
        "prompts/bad one.json": BAD,
        "prompts/history.json": UNANSWERED,
        "package.json": '{"name": "site"}\n',
        "click.py": "raise SystemExit('imported by accident')\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    run("git", "init", "--quiet", cwd=tmp_path, env=surroundings(home))
    return tmp_path


# pre-commit.


def pre_commit(repository: Path, home: Path, *arguments: str, code: int) -> str:
    run("git", "add", "--all", cwd=repository, env=surroundings(home))
    # What it installs finds here what it depends on.
    env = surroundings(home, PYTHONPATH=sysconfig.get_path("purelib"))
    return run(sys.executable, "-P", "-m", "pre_commit", *arguments, cwd=repository, env=env, code=code)


def configure(repository: Path, published: Path, hook: str, *arguments: str, files: str = "^prompts/") -> None:
    entry = {"id": hook, "args": list(arguments), **({"files": files} if files else {})}
    settings = {"repos": [{"repo": str(published), "rev": "v1", "hooks": [entry]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings))


def test_hooks_look_at_every_format_and_at_nothing_else() -> None:
    assert [hook["id"] for hook in HOOKS] == ["parlance-lint", "parlance-validate"]
    for hook in HOOKS:
        assert all(re.search(hook["files"], f"a/b{ending.upper()}") for ending in FORMATS)
        assert not any(re.search(hook["files"], name) for name in ("a.py", "json", "a.json.bak", "a.yaml5", "ajson"))


def test_hooks_skip_what_is_excluded_and_what_is_no_payload() -> None:
    for hook in HOOKS:
        assert hook["entry"].split()[2:] == ["--force-exclude", "--skip-unrecognised"]


def test_a_hook_is_quiet_about_what_is_no_payload(repository: Path, published: Path, home: Path) -> None:
    configure(repository, published, "parlance-lint", "--exit-zero", files="")
    (repository / "parlance.toml").write_text('exclude = ["bad one.json"]\n')
    (repository / "tsconfig.json").write_text('{"compilerOptions": {}, // none\n}\n')
    shown = pre_commit(repository, home, "run", "--color=never", "--verbose", code=0)
    assert "1 error in 1 of 2 files" in shown
    assert "4 files skipped: 1 excluded, 3 not payloads" in " ".join(shown.split())
    assert not [name for name in ("PAR601", "package.json:", "tsconfig.json:", "bad one.json:") if name in shown]


def test_pre_commit_installs_the_tool_and_stops_what_is_wrong(repository: Path, published: Path, home: Path) -> None:
    configure(repository, published, "parlance-lint")
    reported = pre_commit(repository, home, "run", "--color=never", code=1)
    assert "prompts/bad one.json:1:84: error PAR102 unknown-field" in reported
    assert "prompts/history.json:4:3: error PAR301 unanswered-tool-call" in reported
    assert "package.json" not in reported
    configure(repository, published, "parlance-validate", "--output-format", "concise")
    reported = pre_commit(repository, home, "run", "--color=never", code=1)
    assert "prompts/bad one.json:1:84: PAR102" in reported
    for name in ("bad one", "history"):
        (repository / "prompts" / f"{name}.json").write_text(GOOD)
    assert "Passed" in pre_commit(repository, home, "run", "--color=never", code=0)


# The action.


def filled(text: str, inputs: dict[str, str], published: Path) -> str:
    """*text* with the values of its expressions."""
    values: dict[str, str] = {
        "github.action_path": str(published),
        "github.server_url": f"file://{published.parent.parent}",
        "github.action_repository": f"{published.parent.name}/{published.name}",
        "steps.python.outputs.python-path": str(sys.executable),
        **{f"inputs.{name}": str(inputs.get(name, spec["default"])) for name, spec in ACTION["inputs"].items()},
    }
    return re.sub(r"\$\{\{ ([\w.-]+) }}", lambda found: values[str(found[1])], text)


class Runner:
    """Runs steps of the action in a user's repository."""

    def __init__(self, home: Path, published: Path, temporary: Path) -> None:
        self._home = home
        self._published = published
        self._temporary = temporary
        temporary.mkdir(exist_ok=True)
        self.output = temporary / "output"
        """What the last step handed to those after it."""

    def step(self, name: str, cwd: Path, code: int = 0, **inputs: str) -> str:
        """What a step prints."""
        step = STEPS[name]
        env = {key: filled(value, inputs, self._published) for key, value in step["env"].items()}
        assert "${{" not in step["run"], "what a user gives must not become part of a script"
        self.output.write_text("")
        files = {"RUNNER_TEMP": str(self._temporary), "GITHUB_OUTPUT": str(self.output)}
        shell = (step["shell"], "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        return run(*shell, cwd=cwd, env=surroundings(self._home, **files, **env), code=code)


@pytest.fixture(scope="module")
def runner(home: Path, published: Path) -> Runner:
    """One that has installed the tool."""
    ready = Runner(home, published, home / "runner")
    ready.step("Install parlance", home)
    assert (home / "runner" / "parlance" / "parlance" / "spec_data").is_dir()
    return ready


def test_the_action_is_whole() -> None:
    assert ACTION["runs"]["using"] == "composite"
    used = set(re.findall(r"inputs\.([\w-]+)", str(ACTION["runs"])))
    assert used == set(ACTION["inputs"]) == {"paths", "dialect", "arguments", "sarif", "version"}
    assert all("default" in each and each["description"] for each in ACTION["inputs"].values())
    assert [name for name, step in STEPS.items() if "run" in step] == [
        "Identify the version",
        "Install parlance",
        "Lint",
    ]
    assert STEPS["Find Python"]["id"] == "python"


def test_what_was_installed_is_known_by_its_files_or_by_its_commit(home: Path, published: Path, tmp_path: Path) -> None:
    step = Runner(home, published, tmp_path / "runner")

    def key(version: str = "") -> str:
        step.step("Identify the version", tmp_path, version=version)
        return step.output.read_text().removeprefix("key=").strip()

    commit = run("git", "rev-parse", "v1", cwd=published, env=surroundings(home)).strip()
    assert [key(version="v1"), key(version=commit), key(version="HEAD")] == [commit] * 3
    before = key()
    assert before == key()
    added = published / "added"
    added.touch()
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert key() != before
    added.unlink()
    used = str(STEPS["Restore parlance"]["with"])
    assert [name for name in ("python-version", "steps.version.outputs.key", "runner.os") if name not in used] == []
    assert STEPS["Install parlance"]["if"] == "steps.cache.outputs.cache-hit != 'true'"


def test_the_action_writes_a_report_for_code_scanning_when_asked(runner: Runner, repository: Path) -> None:
    runner.step("Lint", repository, code=1)
    assert runner.output.read_text() == ""
    runner.step("Lint", repository, code=1, sarif="true")
    name, _, path = runner.output.read_text().strip().partition("=")
    report = json.loads(Path(path).read_text("utf-8"))
    assert (name, [each["tool"]["driver"]["name"] for each in report["runs"]]) == ("sarif", ["parlance"])
    assert {each["ruleId"] for each in report["runs"][0]["results"]} >= {"PAR102", "PAR301"}
    assert STEPS["Upload findings"]["with"]["sarif_file"] == "${{ steps.lint.outputs.sarif }}"
    runner.step("Lint", repository, code=2, sarif="true", dialect="no-such")
    assert runner.output.read_text() == ""


def test_the_action_annotates_what_is_wrong(runner: Runner, repository: Path) -> None:
    reported = runner.step("Lint", repository, code=1, paths="prompts/good.json\nprompts/bad one.json\n\n")
    assert "::error file=prompts/bad one.json,line=1,col=84," in reported
    assert "good.json" not in reported
    everything = runner.step("Lint", repository, code=1)
    assert "::error file=prompts/history.json,line=4,col=3," in everything
    assert "PAR601" not in everything
    assert "2 errors in 2 of 3 files;" in everything
    assert everything.endswith("; 1 file skipped: not a payload\n")


def test_the_action_passes_its_inputs_on(runner: Runner, repository: Path) -> None:
    reported = runner.step("Lint", repository, paths="prompts", arguments="--ignore PAR102\n--ignore PAR301")
    assert "::error" not in reported
    reported = runner.step("Lint", repository, paths="prompts/bad one.json", dialect="kluster-2024-10")
    assert "PAR102" not in reported, "it passes unknown fields on"
    reported = runner.step("Lint", repository, code=2, dialect="no-such")
    assert "there is no dialect 'no-such'" in reported


def test_the_action_runs_nothing_that_an_input_says(runner: Runner, repository: Path) -> None:
    evil = '"; touch stolen; $(touch stolen) `touch stolen`'
    for name in ("paths", "dialect", "arguments"):
        runner.step("Lint", repository, code=2, **{name: evil})
    assert not (repository / "stolen").exists()
    assert "no such file" in runner.step("Lint", repository, code=2, paths="--help")


def test_the_action_installs_another_version(home: Path, published: Path) -> None:
    other = Runner(home, published, home / "other")
    other.step("Install parlance", home, version="v1")
    assert (home / "other" / "parlance" / "parlance_dialects").is_dir()
    assert "nowhere" in other.step("Install parlance", home, code=1, version="nowhere")
