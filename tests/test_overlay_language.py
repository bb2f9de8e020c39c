"""The words of overlays, on two scratch dialects: a lenient one that converts, and one that closes every object."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import shipped
from agreement.campaign import CASES as CASES_KIND
from agreement.campaign import examine
from agreement.generated import subjects
from agreement.readers import readers
from parlance.compiled import compile_dialect
from parlance.contract.build import build_contract
from parlance.folders import snapshot_file
from parlance.library import validate
from parlance.spec import load_spec, resolve
from typescript.generated import Case, built, cases, decodable, differences
from typescript.tools import ABSENT, is_installed

CASES = Path(__file__).parent / "cases" / "overlays"
HELLO = [{"role": "user", "content": "Hello"}]
KNOWN = {"model": "m", "messages": HELLO}


@pytest.fixture(scope="module", name="made")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of both dialects, with their Python package as `scratch_dialects`."""
    root = tmp_path_factory.mktemp("overlays")
    shipped.copy_of_schemas(root / "spec", "PAR203", "PAR213", "PAR340")
    names: list[str] = []
    for path in sorted(CASES.glob("*.yaml")):
        shutil.copy(path, root / "spec" / "dialects")
        names += ["--dialect", f"{path.stem}-scratch"]
    for target in ("jsonschema", "models", "openapi", "rules", "strategies", "typescript", "validators"):
        names += ["--target", target]
    command = [sys.executable, "-m", "parlance", "generate", "--spec", "spec", "--output", "made", *names]
    subprocess.run(command, cwd=root, check=True)
    (root / "made" / "python" / "parlance_dialects").rename(root / "scratch_dialects")
    return root


@pytest.fixture(name="artifacts")
def loaded_artifacts(made: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(made)  # pyright: ignore[reportUnknownMemberType]

    @cache
    def load(dialect: str) -> Any:
        return __import__(f"scratch_dialects.{dialect}_scratch", fromlist=["ARTIFACTS"]).ARTIFACTS

    return load


def of_part(part: dict[str, Any]) -> dict[str, Any]:
    """A message with one part."""
    return {"messages": [{"role": "user", "content": [part]}]}


FILE = {"type": "file", "file": {"file_id": "f-1"}}
SOUND = {"type": "input_audio", "input_audio": {"data": "", "format": "mp3"}}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
TABLE: list[tuple[str, dict[str, Any], list[tuple[str, str, str]]]] = [
    # ignored: whatever it holds
    ("vllm", {"user": "me"}, [("PAR125", "/user", "warning")]),
    ("vllm", {"user": 7}, [("PAR125", "/user", "warning")]),
    ("vllm", {"store": True}, [("PAR125", "/store", "warning")]),
    ("vllm", {"store": None}, []),
    ("vllm", {"usr": "me"}, []),  # a near miss is kept, and is none of a field that does nothing
    # attested by an action, inherited from another provider, and of a type
    ("vllm", {"n": 16384}, []),
    ("vllm", {"n": 16385}, [("PAR107", "/n", "error")]),
    ("vllm", {"n": 0}, [("PAR106", "/n", "warning")]),
    ("vllm", {"n": None, "temperature": 2}, []),
    ("vllm", {"temperature": 2.1}, [("PAR107", "/temperature", "error")]),
    ("vllm", {"top_p": 1.1}, [("PAR107", "/top_p", "warning")]),
    ("vllm", {"top_p": []}, [("PAR103", "/top_p", "error")]),
    ("vllm", {"tools": []}, [("PAR112", "/tools", "error")]),
    ("vllm", {"messages": []}, [("PAR112", "/messages", "warning")]),
    ("vllm", {"reasoning_effort": "other"}, [("PAR105", "/reasoning_effort", "warning")]),
    # conversions
    ("vllm", {"n": "2"}, [("PAR129", "/n", "warning")]),
    ("vllm", {"n": 2.0}, []),
    ("vllm", {"n": "2.5"}, [("PAR103", "/n", "error")]),
    ("vllm", {"n": "two"}, [("PAR103", "/n", "error")]),
    ("vllm", {"temperature": "0.5"}, [("PAR129", "/temperature", "warning")]),
    ("vllm", {"temperature": "42"}, [("PAR129", "/temperature", "warning"), ("PAR107", "/temperature", "warning")]),
    ("vllm", {"temperature": "1e400"}, [("PAR129", "/temperature", "warning")]),
    ("vllm", {"temperature": "1e22"}, [("PAR129", "/temperature", "warning"), ("PAR107", "/temperature", "warning")]),
    ("vllm", {"top_p": "-.5"}, [("PAR129", "/top_p", "warning"), ("PAR106", "/top_p", "warning")]),
    ("vllm", {"n": "99999999999999999999"}, [("PAR129", "/n", "warning")]),
    ("vllm", {"n": "+99999"}, [("PAR129", "/n", "warning"), ("PAR107", "/n", "warning")]),
    ("vllm", {"temperature": "0.5x"}, [("PAR103", "/temperature", "error")]),
    ("vllm", {"stream": "true"}, [("PAR129", "/stream", "warning")]),
    ("vllm", {"stream": "yes"}, [("PAR103", "/stream", "error")]),
    ("vllm", {"stop": "1"}, []),  # a text stands for itself
    # open unions, absent tags, refused members
    ("vllm", {"messages": [{"role": "critic", "content": "No"}]}, []),
    ("vllm", {"messages": [{"role": "critic", "content": 7}]}, [("PAR103", "/messages/0/content", "error")]),
    ("vllm", {"messages": [{"role": "user"}]}, [("PAR101", "/messages/0/content", "error")]),
    ("vllm", {"messages": [{}]}, [("PAR101", "/messages/0/role", "error")]),
    ("vllm", {"tools": [{"function": {"name": "f"}}]}, []),
    ("vllm", {"tools": [{"function": {}}]}, [("PAR101", "/tools/0/function/name", "error")]),
    ("vllm", {"tools": [{"type": "custom", "custom": {"name": "f"}}]}, [("PAR124", "/tools/0/type", "error")]),
    ("vllm", {"tools": [{"type": "other"}]}, [("PAR105", "/tools/0/type", "error")]),
    # two shapes that no constant distinguishes: the one that is plainly meant
    ("vllm", {"guided": {"choices": ["a"], "fallback": "b"}}, []),
    ("vllm", {"guided": {"choices": "a"}}, [("PAR103", "/guided/choices", "error")]),
    ("vllm", {"guided": {"choices": ["a", 1]}}, [("PAR103", "/guided/choices/1", "error")]),
    ("vllm", {"guided": {"fallback": "a"}}, [("PAR101", "/guided/choices", "error")]),
    (
        "vllm",
        {"guided": {"pattern": 1, "flags": 2}},
        [("PAR103", f"/guided/{name}", "error") for name in ("pattern", "flags")],
    ),
    ("vllm", {"guided": {"pattern": 1, "extra": 2}}, [("PAR103", "/guided/pattern", "error")]),
    ("vllm", {"guided": {}}, [("PAR118", "/guided", "error")]),
    ("vllm", {"guided": {"extra": 1}}, [("PAR118", "/guided", "error")]),
    ("vllm", {"guided": {"choices": 1, "pattern": 1}}, [("PAR118", "/guided", "error")]),
    ("vllm", {"guided": 1}, [("PAR118", "/guided", "error")]),
    # all fields of a record
    ("mistral", {"safe_prompt": True}, []),
    ("mistral", {"logit_bias": {"1": 1}}, [("PAR124", "/logit_bias", "error")]),
    ("mistral", {"user": None}, [("PAR124", "/user", "error")]),
    ("mistral", {"unheard_of": 1}, [("PAR102", "/unheard_of", "error")]),
    # renamed
    ("mistral", {"random_seed": 1}, []),
    ("mistral", {"random_seed": -1}, [("PAR106", "/random_seed", "error")]),
    ("mistral", {"seed": 1}, [("PAR128", "/seed", "error")]),
    # clamped
    ("mistral", {"temperature": 1.5}, []),
    ("mistral", {"temperature": 1.6}, [("PAR126", "/temperature", "warning")]),
    ("mistral", {"temperature": -3}, [("PAR126", "/temperature", "warning")]),
    ("mistral", {"temperature": "1"}, [("PAR103", "/temperature", "error")]),
    # mapped
    ("mistral", {"tool_choice": "any"}, []),
    ("mistral", {"tool_choice": "required"}, [("PAR127", "/tool_choice", "warning")]),
    # values and members
    ("mistral", {"reasoning_effort": "high"}, []),
    ("mistral", {"reasoning_effort": "low"}, [("PAR125", "/reasoning_effort", "warning")]),
    ("mistral", {"reasoning_effort": "medium"}, [("PAR124", "/reasoning_effort", "error")]),
    ("mistral", {"messages": [{"role": "developer", "content": "x"}]}, [("PAR124", "/messages/0/role", "error")]),
    # hearsay
    ("mistral", {"top_p": 0.5}, [("PAR124", "/top_p", "warning")]),
    ("mistral", {"n": 65}, [("PAR107", "/n", "warning")]),
    # what is a warning at most, and what beside it is not
    ("ignoring", {"service_tier": "scale"}, [("PAR125", "/service_tier", "warning")]),
    ("ignoring", {"max_tokens": 5, "max_completion_tokens": 5}, [("PAR125", "/max_completion_tokens", "warning")]),
    (
        "ignoring",
        {"max_tokens": "5", "max_completion_tokens": 5},
        [("PAR125", "/max_completion_tokens", "warning"), ("PAR103", "/max_tokens", "error")],
    ),
    ("ignoring", {"store": True}, [("PAR124", "/store", "warning")]),
    ("ignoring", {"store": 1}, [("PAR124", "/store", "warning"), ("PAR103", "/store", "error")]),
    ("ignoring", {"user": 7}, [("PAR128", "/user", "warning")]),
    ("ignoring", {"logprobs": True, "top_logprobs": 6}, [("PAR126", "/top_logprobs", "warning")]),
    ("ignoring", {"logprobs": True, "top_logprobs": 4.5}, [("PAR103", "/top_logprobs", "error")]),
    ("ignoring", {"logprobs": True, "top_logprobs": 5.5}, [("PAR103", "/top_logprobs", "error")]),
    ("ignoring", {"logprobs": True, "top_logprobs": -0.5}, [("PAR103", "/top_logprobs", "error")]),
    ("ignoring", {"logprobs": True, "top_logprobs": -1}, [("PAR126", "/top_logprobs", "warning")]),
    ("ignoring", {"logprobs": True, "top_logprobs": 1e300}, [("PAR126", "/top_logprobs", "warning")]),
    ("ignoring", {"logprobs": True, "top_logprobs": "6"}, [("PAR103", "/top_logprobs", "error")]),
    ("ignoring", {"verbosity": "high"}, [("PAR127", "/verbosity", "warning")]),
    ("ignoring", {"verbosity": "higher"}, [("PAR105", "/verbosity", "warning")]),
    ("ignoring", {"verbosity": 1}, [("PAR103", "/verbosity", "error")]),
    ("ignoring", {"reasoning_effort": "xhigh"}, [("PAR124", "/reasoning_effort", "warning")]),
    ("ignoring", {"reasoning_effort": "max"}, [("PAR124", "/reasoning_effort", "error")]),
    ("ignoring", {"unheard_of": 1}, [("PAR122", "/unheard_of", "warning")]),
    ("ignoring", of_part(FILE), [("PAR124", "/messages/0/content/0/type", "warning")]),
    (
        "ignoring",
        of_part({"type": "file", "file": 1}),
        [("PAR124", "/messages/0/content/0/type", "warning"), ("PAR103", "/messages/0/content/0/file", "error")],
    ),
    ("ignoring", of_part(SOUND), [("PAR125", "/messages/0/content/0/type", "warning")]),
    ("ignoring", of_part(IMAGE), [("PAR124", "/messages/0/content/0/type", "error")]),
]


RULES: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    # what a rule says of a value that does nothing, or only because of one, is no error
    ({"service_tier": "scale"}, [("PAR125", "/service_tier", "warning")]),
    ({"max_tokens": 5, "max_completion_tokens": 5}, [("PAR125", "/max_completion_tokens", "warning")]),
    # another error stays
    (
        {"service_tier": "scale", **of_part({"type": "file", "file": {}})},
        [
            ("PAR124", "/messages/0/content/0/type", "warning"),
            ("PAR125", "/service_tier", "warning"),
            ("PAR340", "/messages/0/content/0/file", "error"),
        ],
    ),
    (
        of_part({"type": "file", "file": {}}),
        [("PAR124", "/messages/0/content/0/type", "warning"), ("PAR340", "/messages/0/content/0/file", "error")],
    ),
]
"""Requests to the server that ignores much, and what is wrong with them."""


@pytest.mark.parametrize(("dialect", "change", "expected"), TABLE, ids=lambda each: json.dumps(each)[:60])
def test_a_word_has_its_verdict(
    artifacts: Any, dialect: str, change: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    request = artifacts(dialect)["request"]
    document = {**KNOWN, **change}
    found = [(each.code, each.pointer, each.severity) for each in request.check(document)]
    assert found == expected
    assert request.is_valid(document) is not any(severity == "error" for _, _, severity in expected)


def test_a_refusal_shows_its_evidence(artifacts: Any) -> None:
    (found,) = artifacts("mistral")["request"].check({**KNOWN, "logit_bias": {}})
    assert "additionalProperties is false" in found.help
    (found,) = artifacts("mistral")["request"].check({**KNOWN, "reasoning_effort": "medium"})
    assert "only high and none" in found.help


@pytest.mark.parametrize(("change", "expected"), RULES, ids=lambda each: json.dumps(each)[:60])
def test_rules_give_way_to_what_has_no_effect(
    made: Path, change: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    report = validate({**KNOWN, **change}, "request", "ignoring-scratch", spec=made / "spec")
    assert [(each.code, each.pointer, each.severity) for each in report.findings] == expected


def test_all_readers_agree(made: Path, artifacts: Any) -> None:
    del artifacts  # which makes the package importable
    for subject in subjects(made / "made", "scratch_dialects"):
        if subject.artifact not in {"request", "response"}:
            continue
        reported = examine(subject, readers(subject), mutants=40, kinds=(CASES_KIND, "structure-mutated"))
        drawn = examine(subject, readers(subject), mutants=12, kinds=("valid", "single-fault"))
        assert drawn.tallies["valid"].refused == 0
        assert drawn.tallies["single-fault"].refused > 0
        disagreements = [*reported.disagreements, *drawn.disagreements]
        assert not disagreements, "\n".join(map(str, [subject, *disagreements]))


@pytest.mark.skipif(not is_installed(), reason=ABSENT)
def test_typescript_finds_what_python_finds(made: Path, artifacts: Any, tmp_path: Path) -> None:
    del artifacts
    spec = load_spec(made / "spec", snapshot=snapshot_file())
    names = [f"{path.stem}-scratch" for path in CASES.glob("*.yaml")]
    dialects = {name: compile_dialect(build_contract(resolve(spec, name))) for name in names}
    given = [Case("ignoring-scratch", "request", {**KNOWN, **change}) for change, _ in RULES]
    given += [Case(f"{dialect}-scratch", "request", decodable({**KNOWN, **change})) for dialect, change, _ in TABLE]
    scratch = [each for each in subjects(made / "made", "scratch_dialects") if each.artifact in {"request", "response"}]
    mutants = cases(Random(20261129), 50, scratch)  # noqa: S311 - no secret
    package = built(tmp_path / "package", made / "made" / "typescript")
    found = [*differences(package, [*given, *mutants], dialects.__getitem__)]
    assert not found, "\n".join(found)
