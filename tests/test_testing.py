"""`parlance.testing.assert_conforms`, by itself and as a fixture of pytest, and what the plugin costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from parlance.testing import assert_conforms

REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}


def message(payload: object, **options: Any) -> str:
    """What an assertion on *payload* fails with."""
    with pytest.raises(AssertionError) as caught:
        assert_conforms(payload, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("payload", "lines"),
    [
        ({**REQUEST, "n": 0}, ['-   "n": 0', "?   ^ must be at least 1, is 0 (error PAR106 number-too-small)"]),
        ({}, ["  {}", '+   "messages": ...', '+   "model": ...']),
        ([], ["- []"]),
        (None, ["- null"]),
        ({**REQUEST, "a/b~\x1b": 1}, ['-   "a/b~\\u001b": 1']),
        ({**REQUEST, "temperature": float("nan")}, ['-   "temperature": NaN']),
        ({**REQUEST, "stop": {"x"}}, ["-   \"stop\": {'x'}"]),
        ({"model": "gpt-4.1", "messages": [{"role": "user", "content": "x" * 500, "n": 1}]}, ['-       "n": 1']),
    ],
    ids=repr,
)
def test_the_message_has_the_lines_that_are_wrong(payload: object, lines: list[str]) -> None:
    shown = message(payload, dialect="openai").splitlines()
    assert shown[0] == "this request does not conform to openai-2026-11"
    assert [line for line in lines if line not in shown] == []
    assert max(map(len, (line for line in shown if not line.startswith("?")))) <= 100


def test_lines_that_are_right_are_left_out() -> None:
    many = [{"role": "user", "content": "Hello"}] * 50
    shown = message({**REQUEST, "messages": [*many, {"role": "usr", "content": "Hello"}, *many]}).splitlines()
    assert len(shown) < 12
    assert [line for line in shown if line == "  ..."] == ["  ...", "  ..."]


@pytest.mark.parametrize("text", ['{"model": 5', b"\xff", "", "[" * 100_000])
def test_of_a_text_that_is_not_json_the_findings_are_shown(text: str | bytes) -> None:
    assert "<payload>:" in message(text)


def test_a_payload_that_is_nested_too_deeply_has_a_message() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert "PAR" in message({**REQUEST, "metadata": deep})


def test_a_warning_is_enough_where_that_is_asked_for() -> None:
    payload = {**REQUEST, "max_tokens": 5}
    assert_conforms(payload)
    assert "(warning PAR512 deprecated-field)" in message(payload, lint=True)
    assert_conforms(REQUEST, lint=True)


def test_other_artifacts_and_dialects_can_be_named() -> None:
    assert "this response does not conform to mistral-2026-08" in message({}, artifact="response", dialect="mistral")


TESTS = """
def test_right(assert_conforms):
    assert_conforms({"model": "m", "messages": [{"role": "user", "content": "Hello"}]})

def test_wrong(assert_conforms):
    assert_conforms({"model": "m", "messages": [{"role": "user", "content": "Hello"}], "seed": 1})
"""


def run_pytest(folder: Path, *options: str) -> str:
    arguments = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest", *options]
    program = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_pytest_has_a_fixture_for_the_dialect_of_its_settings(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nparlance_dialect = mistral\n", "utf-8")
    (tmp_path / "test_requests.py").write_text(TESTS, "utf-8")
    printed = run_pytest(tmp_path)
    assert "1 failed, 1 passed" in printed
    assert "AssertionError: this request does not conform to mistral-2026-08" in printed
    assert "marked_payload" not in printed


def test_the_plugin_is_found_and_loads_nothing_of_the_tool(tmp_path: Path) -> None:
    (plugin,) = entry_points(group="pytest11", name="parlance")
    assert plugin.value == "parlance.pytest_plugin"
    shown = "sorted(name for name in sys.modules if name.startswith('parlance'))"
    (tmp_path / "test_it.py").write_text(f"import sys\ndef test_it():\n    print({shown})\n", "utf-8")
    assert "['parlance', 'parlance.pytest_plugin']" in run_pytest(tmp_path, "-s")
