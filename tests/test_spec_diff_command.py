"""`parlance spec diff` and `changelog` as commands: what they read, how they print, and what they refuse."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, parlance
from diff_cases import changes_of, document, load, short_line, written
from import_cases import bad_cases
from import_cases import written as bad_document
from jsonschema import Draft202012Validator
from parlance.cli.main import main
from parlance.contract_diff.change_report import changes_schema

SMALL = "Request: {type: object, properties: {a: {type: string}}}\n"
MORE = "Request: {type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}\n"
GATEWAY = """overlay: 1.1.0
info: {title: Gateway, version: '2026-11-20'}
id: gateway
description: A gateway of ours.
extends: openai
sources: [{source: our notes, date: 2026-11-20}]
actions:
  - target: $.components.schemas.CreateChatCompletionRequest.properties.seed
    policy: refused
    evidence: {source: our notes, date: 2026-11-20, says: refused}
"""


@pytest.fixture(name="folder")
def two_versions(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(document(SMALL), "utf-8")
    (tmp_path / "new.yaml").write_text(document(MORE), "utf-8")
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code and output of a command in this process."""
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    output = capsys.readouterr()
    code = stop.value.code
    assert isinstance(code, int)
    return code, output.out, output.err


@pytest.mark.parametrize(("limit", "code"), [(None, 0), ("breaking", 1), ("cosmetic", 1)])
def test_a_change_fails_only_where_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], limit: str | None, code: int
) -> None:
    options = ["--fail-on", limit] if limit else []
    found, out, _ = ran(capsys, "spec", "diff", str(folder / "old.yaml"), str(folder / "new.yaml"), *options)
    assert found == code
    assert "required-field-added" in out


def test_a_compatible_change_is_no_breaking_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(
        capsys, "spec", "diff", str(folder / "new.yaml"), str(folder / "new.yaml"), "--fail-on", "cosmetic"
    )
    assert (code, out) == (0, "no change\n")


def test_json_is_what_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    schema: Any = json.loads(changes_schema())
    Draft202012Validator.check_schema(schema)
    for names in (("openai-2024-06", "atoma"), ("kluster", "openai"), ("openai", "openai")):
        code, out, _ = ran(capsys, "spec", "diff", *names, "--output-format", "json")
        report = json.loads(out)
        validator: Any = Draft202012Validator(schema)
        validator.validate(report)
        assert code == 0
        assert sum(report["summary"].values()) == len(report["changes"])


def test_text_keeps_to_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(capsys, "spec", "diff", "openai-2024-06", "atoma")
    assert max(map(len, out.split("\n"))) <= 80
    levels = ["breaking", "risky", "compatible", "cosmetic"]
    request = out.partition("\n\n")[0].split("\n")
    found = [levels.index(line.split()[0]) for line in request if line[2:].startswith(tuple(levels))]
    assert found == sorted(found)
    assert len({*found}) == 4


def test_rules_policies_and_models_are_compared() -> None:
    changes = changes_of("openai", "anthropic")
    kinds = {change.kind for change in changes}
    rules = {"rule-removed", "rule-changed", "rule-severity-changed", "model-removed"}
    assert rules | {"policy-changed", "members-opened", "type-widened"} <= kinds
    messages = {change.at: change.message for change in changes if change.kind == "policy-changed"}
    assert messages["/temperature"] == "it was supported, and is clamped to 1"
    assert messages["/seed"] == "it was supported, and is ignored"


def test_an_overlay_is_compared_with_what_it_extends(tmp_path: Path) -> None:
    (tmp_path / "gateway.yaml").write_text(GATEWAY, "utf-8")
    found = changes_of("openai", tmp_path / "gateway.yaml")
    assert "breaking request /seed field-refused" in map(short_line, found)
    assert "compatible request /seed field-added" in map(short_line, changes_of(tmp_path / "gateway.yaml", "openai"))


def test_a_document_and_the_folder_that_is_imported_of_it_are_the_same(tmp_path: Path) -> None:
    for number, case in enumerate(load("summer-2026.yaml")):
        inside = tmp_path / str(number)
        inside.mkdir()
        path, _ = written(case, inside)
        with pytest.raises(SystemExit):
            main(["spec", "import", str(path), "--output", str(inside / "spec")])
        assert changes_of(path, inside / "spec") == []


def test_json_schemas_by_other_titles_are_one_artifact(tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text('{"type": "object", "properties": {"a": {}}, "required": ["a"]}', "utf-8")
    (tmp_path / "bill.json").write_text('{"type": "object", "properties": {"a": {}}}', "utf-8")
    found = changes_of(tmp_path / "order.json", tmp_path / "bill.json")
    assert list(map(short_line, found)) == ["compatible bill /a field-optional"]


def test_a_dialect_and_a_document_are_compared_by_the_artifacts_of_the_document(folder: Path) -> None:
    kinds = {change.artifact for change in changes_of("openai", folder / "new.yaml")}
    assert kinds == {"request"}
    assert not any(change.kind.startswith("rule-") for change in changes_of(folder / "new.yaml", "openai"))


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


@pytest.fixture(name="repository", scope="module")
def git_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    (root / "api").mkdir()
    (root / "api" / "openapi.yaml").write_text(document("Request: {$ref: 'parts.yaml#/A'}\n"), "utf-8")
    (root / "api" / "parts.yaml").write_text("A: {type: object, properties: {a: {type: string}}}\n", "utf-8")
    (root / "broken.yaml").write_text(document("Request: {type: strng}\n"), "utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "One", "--date", "2026-01-02T00:00:00")
    (root / "api" / "parts.yaml").write_text("A: {type: object, properties: {a: {type: integer}}}\n", "utf-8")
    return root


def test_revisions_of_git_are_read_with_the_files_beside_them(repository: Path) -> None:
    done = parlance("spec", "diff", "HEAD:api/openapi.yaml", "api/openapi.yaml", "--fail-on", "risky", cwd=repository)
    assert done.returncode == 1, done.stderr
    assert "type-changed" in done.stdout
    assert not [*repository.glob("**/*.tmp")]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("HEAD:broken.yaml", "HEAD:broken.yaml:13:15: error PAR903"),
        ("HEAD:missing.yaml", "git says"),
        ("nobody:api/openapi.yaml", "git says"),
        ("-c:x", "no such option"),
        ("missing.yaml", "there is no file missing.yaml"),
        ("openia", "did you mean 'openai'"),
        ("openai@2020-01-01", "is before 2023-03-01"),
        ("openai@soon", "is not a day"),
        ("kluster@2025-01-01", "takes no date"),
        ("api", "is not a keyword of the spec language"),
    ],
)
@pytest.mark.parametrize("is_old", [True, False])
def test_what_is_no_version_is_refused_on_both_sides(repository: Path, word: str, says: str, is_old: bool) -> None:
    sides = (word, "openai") if is_old else ("openai", word)
    done = parlance("spec", "diff", *sides, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


BAD = bad_cases()


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize("case", BAD[::4], ids=[case["name"] for case in BAD[::4]])
def test_what_an_import_refuses_is_refused_on_both_sides(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    case: dict[str, Any],
    is_old: bool,
) -> None:
    monkeypatch.chdir(folder)
    (folder.parent / "secret.yaml").write_text("A: {type: string}\n", "utf-8")
    name = bad_document(case, folder).name
    options = [str(option) for option in case.get("options", []) if "--as-of" not in str(option)]
    sides = (name, "new.yaml") if is_old else ("new.yaml", name)
    code, out, err = ran(capsys, "spec", "diff", *sides, *options)
    assert (code, out) == (2, "")
    assert err.startswith(f"{name}:")
    assert case["error"] in err.split("\n")[0]


def test_a_changelog_leaves_out_what_means_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "again-2026-02-03.yaml").write_text(f"# Other words.\n{document(MORE)}", "utf-8")
    (folder / "last-2026-02-04.yaml").write_text(document(SMALL), "utf-8")
    names = [str(folder / name) for name in ("old.yaml", "new.yaml", "again-2026-02-03.yaml", "last-2026-02-04.yaml")]
    code, out, _ = ran(capsys, "spec", "changelog", *names)
    titles = [line for line in out.split("\n") if line and not line.startswith(" ")]
    assert code == 0
    assert [title.partition(":")[2] for title in titles] == [" 1 breaking"] * 2
    assert titles[0].startswith("2026-02-04 ")
    _, out, _ = ran(capsys, "spec", "changelog", *names, "--output-format", "json")
    versions = json.loads(out)["versions"]
    assert [version["day"] for version in versions] == ["2026-02-04", None]
    _, out, _ = ran(capsys, "spec", "changelog", *names, "--output-format", "markdown")
    assert out.count("\n## ") + out.startswith("## ") == 2


def test_a_changelog_of_one_version_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "spec", "changelog", str(folder / "old.yaml"))
    assert code == 2
    assert "two versions" in err


def test_a_version_of_git_is_dated_by_its_commit(repository: Path) -> None:
    done = parlance("spec", "changelog", "HEAD:api/openapi.yaml", "api/openapi.yaml", cwd=repository)
    again = parlance("spec", "changelog", "api/openapi.yaml", "HEAD:api/openapi.yaml", cwd=repository)
    assert done.stdout.partition("\n")[0].count(" ") < again.stdout.partition("\n")[0].count(" ")


def test_an_artifact_that_neither_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "spec", "diff", "openai", "openai", "--artifact", "requst")
    assert code == 2
    assert "did you mean 'request'" in err


def test_the_report_of_an_import_is_what_its_schema_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "spec", "import", "--report-schema")
    schema: Any = json.loads(out)
    Draft202012Validator.check_schema(schema)
    example = ROOT / "docs" / "import-example" / "acme.yaml"
    ran(capsys, "spec", "import", str(example), "--output", str(folder / "acme"), "--report", str(folder / "r.json"))
    validator: Any = Draft202012Validator(schema)
    validator.validate(json.loads((folder / "r.json").read_text("utf-8")))
    assert code == 0
