"""`parlance sample`: the same seed gives the same documents, and what is printed is what `validate` makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import parlance
import shipped

COMMAND = [sys.executable, "-m", "parlance"]


def _run(*arguments: str, expected: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stderr
    return done


def test_the_same_seed_gives_the_same_documents() -> None:
    first, again, other = (_run("sample", "--count", "20", "--seed", seed).stdout for seed in ("3", "3", "4"))
    assert first == again != other
    documents = [json.loads(line) for line in first.splitlines()]
    assert len(documents) == 20
    assert all(parlance.validate(document).ok for document in documents)


def test_one_document_is_laid_out() -> None:
    text = _run("sample", "response", "--dialect", "kluster-2024-10").stdout
    assert text.startswith("{\n")
    assert parlance.validate(text, artifact="response", dialect="kluster-2024-10").ok


def test_a_fault_comes_with_its_code_and_pointer() -> None:
    lines = _run("sample", "--fault", "--count", "10").stdout.splitlines()
    for line in lines:
        fault = json.loads(line)
        found = parlance.lint(fault["document"], select=["ALL"]).findings
        assert (fault["code"], fault["pointer"]) in [(each.code, each.pointer) for each in found]
    (only,) = _run("sample", "--fault", "PAR302").stdout.splitlines()
    assert json.loads(only)["code"] == "PAR302"


def test_what_cannot_be_made_is_reported() -> None:
    assert "did you mean 'request'?" in _run("sample", "reqest", expected=2).stderr
    assert "no mistake in a request has the code PAR999" in _run("sample", "--fault", "PAR999", expected=2).stderr
    printed = _run("sample", "--dialect", "openai@2025-03-01", expected=2).stderr
    assert "parlance generate --dialect openai@2025-03-01 --target strategies" in " ".join(printed.split())
    program = "import sys; sys.modules['hypothesis'] = None\nfrom parlance.cli import main; main(['sample'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: needs `pip install 'chat-parlance[strategies]'`\n"


def test_a_pipe_may_be_closed() -> None:
    piped = subprocess.Popen(
        [*COMMAND, "sample", "--count", "200"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert piped.stdout is not None
    assert piped.stderr is not None
    piped.stdout.readline()
    piped.stdout.close()
    assert piped.stderr.read() == ""
    piped.wait()


def test_a_dialect_at_a_date_has_strategies_once_it_is_generated(tmp_path: Path) -> None:
    spec = shipped.copy_of_schemas(tmp_path / "spec", "PAR302")
    made = ("--target", "strategies", "--output", str(tmp_path))
    _run("generate", "--spec", str(spec), "--dialect", "openai@2025-03-01", *made)
    program = (
        "from hypothesis import given, settings\n"
        "from parlance_dialects import openai_2025_03_01 as openai\n"
        "@settings(max_examples=20, database=None, deadline=None)\n"
        "@given(openai.strategies.valid_request())\n"
        "def test(document): assert openai.is_valid_request(document)\n"
        "test(); print(len(openai.strategies.mistakes('request')) > 300)\n"
    )
    path = {"PYTHONPATH": str(tmp_path / "python")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=path)
    assert (done.stdout, done.stderr) == ("True\n", "")
