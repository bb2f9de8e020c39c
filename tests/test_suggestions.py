"""A note at the end, where a request that nobody chose a dialect for looks like another provider's."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import parlance_dialects.own_features as tables
import pytest
from parlance.check.other_dialects import Suggestions
from parlance.cli.main import run
from parlance.contract.build import build_contracts
from parlance.folders import snapshot_file
from parlance.library import find_dialect
from parlance.spec import load_spec, resolve
from parlance.stopping import Stopping
from parlance.targets.edition import Edition
from parlance.targets.own_features import own_features

SPEC = Path(__file__).parents[1] / "spec"
OVERLAYS = Path(__file__).parent / "cases" / "overlays"
LLAMA = "meta-llama/Meta-Llama-3.1-8B-Instruct"
"""A model of kluster's table."""

Run = Callable[..., tuple[int, str, str]]


def request(**fields: Any) -> str:
    return json.dumps({"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}], **fields})


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance lint` on a request in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def typed(text: str, *arguments: str) -> tuple[int, str, str]:
        (tmp_path / "a.json").write_text(text)
        code = run(("lint", *arguments, "a.json"), Stopping())
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return typed


def test_a_model_of_another_table_is_pointed_out(command: Run) -> None:
    code, _, errors = command(request(model=LLAMA, temperature=3))
    assert code == 1
    assert errors == f"note: this looks like a request for kluster ({LLAMA}): try --dialect kluster\n"


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (request(model=LLAMA), ()),  # no finding
        (request(temperature=3), ()),  # nothing of another provider
        (request(model=LLAMA, temperature=3), ("--dialect", "openai")),
        (request(model=LLAMA, temperature=3), ("--dialect", "openai,kluster")),
        (request(model=7), ()),
        ("[" + request(model=LLAMA, temperature=3), ()),
    ],
)
def test_otherwise_nothing_is_suggested(command: Run, text: str, arguments: tuple[str, ...]) -> None:
    assert "this looks like" not in command(text, *arguments)[2]


def test_a_dialect_in_the_settings_was_chosen(command: Run) -> None:
    Path("parlance.toml").write_text('dialect = "openai"\n')
    assert command(request(model=LLAMA, temperature=3))[2] == ""


def test_the_dialect_with_most_of_the_fields_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {"a": ("one", "two"), "b": ("two",), "c": ("one", "two", "three", "four")}
    monkeypatch.setitem(tables.FIELDS, "request", fields)
    dialect = find_dialect(None)

    def suggested(*payloads: dict[str, int]) -> str | None:
        suggestions = Suggestions()
        for payload in payloads:
            suggestions.look_at(payload, "request", dialect)
        return suggestions.text()

    assert suggested({"a": 1, "b": 1}) == "this looks like a request for two (a, b): try --dialect two"
    assert suggested({"a": 1}) == "this looks like a request for one or two (a): try --dialect one,two"
    assert suggested({"a": 1}, {"b": 1}) == "this looks like a request for two (a, b): try --dialect two"
    assert suggested({"c": 1}) is None  # four say nothing
    assert suggested({"d": 1}) is None
    line = {"body": {"b": 1}}
    suggestions = Suggestions()
    suggestions.look_at(line, "batch", dialect)
    assert suggestions.text() == "this looks like a request for two (b): try --dialect two"


def value_of(assigned: str) -> Any:
    """What a line of Python assigns to its name."""
    [statement] = ast.parse(assigned).body
    assert isinstance(statement, ast.AnnAssign)
    assert statement.value is not None
    return ast.literal_eval(statement.value)


def test_the_table_has_what_only_dialects_of_others_have(tmp_path: Path) -> None:
    shutil.copytree(SPEC, tmp_path / "spec")
    for name in ("mistral", "vllm"):
        shutil.copy(OVERLAYS / f"{name}.yaml", tmp_path / "spec" / "dialects" / f"{name}-scratch.yaml")
    spec = load_spec(tmp_path / "spec", snapshot=snapshot_file())
    names = ("openai-2026-11", "openai-2024-10", "mistral-scratch", "vllm-scratch", "kluster-2024-10")
    contracts = tuple(build_contracts(resolve(spec, name) for name in names))
    aliases = (("mistral", "mistral-scratch"), ("kluster", "kluster-2024-10"))
    edition = Edition(contracts=contracts, aliases=aliases, default="openai-2026-11", targets=frozenset({"validators"}))
    view = own_features(edition).view
    assert view is not None
    made = [value_of(str(view[name])) for name in ("fields", "models", "patterns")]
    assert made[0] == {"request": {"random_seed": ("mistral",), "safe_prompt": ("mistral",)}}
    assert made[1]["request"][LLAMA] == ("kluster",)
    assert made[2]["request"] == {
        "^meta-llama/Meta-Llama-3\\.1-(8B|70B|405B)-Instruct$": ("kluster",)
    }  # and not ^[^ ]+$, which is any model
