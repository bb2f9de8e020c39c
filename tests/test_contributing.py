"""The changes that CONTRIBUTING works through, carried out to the letter, survive the project's own tests."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, environment
from worked_changes import carry_out, changes

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGES = changes(PAGE)
COPIED = ("generator", "generated/snapshot", "templates", "spec", "tests", "pyproject.toml")
FIELD, RULE, DIALECT = CHANGES["Add a field"], CHANGES["Add a rule"][0].text, CHANGES["Add a dialect"][0].text
NAME = FIELD[0].text.partition(":")[0]
TABLE = Path(FIELD[2].path).parent.name
"""The dialect whose table of cases takes the new field."""

TOUCHED = ("openai-2026-08", TABLE)
"""The dialects that ship in which the rule is an error, and is tried: those of its family from its day on."""

TARGETS = ("validators", "rules", "markdown", "fields")
"""What the tests of cases run, the page of a rule, and the new target."""

CODE = re.search(r"code: (\w+)", RULE)
ACME = re.search(r"^id: (\S+)", DIALECT, re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with all four changes, and of its dialects those in which something changed."""
    folder = tmp_path_factory.mktemp("checkout")
    left_out = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder / name)
    carry_out(folder, PAGE)
    assert ACME
    asked = [argument for name in TARGETS for argument in ("--target", name)]
    named = [argument for name in (*TOUCHED, ACME[1]) for argument in ("--dialect", name)]
    parlance(folder, "generate", "--output", "generated", *named, *asked)
    return folder


def run(folder: Path, *arguments: str) -> str:
    paths = ":".join(str(folder / name) for name in ("generator", "generated/python"))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment(PYTHONPATH=paths), capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def parlance(folder: Path, *arguments: str) -> str:
    return run(folder, "-c", "from parlance.cli import main; main()", *arguments)


def test_the_page_works_four_changes_through() -> None:
    assert {title: len(blocks) for title, blocks in CHANGES.items()} == {
        "Add a field": 3,
        "Add a rule": 3,
        "Add a dialect": 1,
        "Add a target": 2,
    }
    assert [Path(change.path).suffix for change in CHANGES["Add a target"]] == [".py", ".j2"]


def test_a_new_field_and_a_new_rule_pass_the_tests_of_their_cases(checkout: Path) -> None:
    assert CODE
    chosen = f"{NAME} or {CODE[1]} or {TABLE}-request or test_nothing_is_wrong or test_one_mistake"
    files = ("eras", "dialects", "lint_corpus", "rules_examples")
    paths = [f"tests/test_{name}.py" for name in files]
    printed = run(checkout, "-m", "pytest", "-p", "no:cacheprovider", "-k", chosen, "-rA", *paths)
    passed = re.findall(r"^PASSED (\S+)", printed, re.MULTILINE)
    for name, least in (("eras", 2), ("dialects", 1), ("lint_corpus", 2), ("rules_examples", 1)):
        assert len([test for test in passed if test.startswith(f"tests/test_{name}.py")]) >= least, printed[-3000:]


def test_the_new_rule_has_its_page(checkout: Path) -> None:
    assert CODE
    assert "logprobs" in parlance(checkout, "rule", CODE[1], "--dialect", TOUCHED[0])
    assert (checkout / f"generated/markdown/rules/{CODE[1]}.md").is_file()


def test_the_new_dialect_is_shown_with_its_difference_and_its_evidence(checkout: Path) -> None:
    assert ACME
    shown = parlance(checkout, "dialects", "show", ACME[1])
    assert "tools" in shown
    assert "Acme API reference" in shown


def test_the_new_target_makes_its_files_and_passes_the_linter(checkout: Path) -> None:
    (checkout / f"generated/fields/{TABLE}.txt").unlink()
    assert ": 1 new" in parlance(checkout, "generate", "--target", "fields", "--dialect", TABLE)
    listed = (checkout / f"generated/fields/{TABLE}.txt").read_text("utf-8").splitlines()
    assert f"CreateChatCompletionRequest.{NAME}" in listed
    run(checkout, "-m", "ruff", "check", "--no-cache", "generator/parlance/targets")
