"""Both distributions in a fresh environment, as users have them: installed from `dist/`, and used."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .interpreters import Interpreter
from .runs import FOLDER, ROOT, constraints

__all__ = ["Installation", "use"]

_MOST = 6
"""Distributions that checking payloads may need: click, PyYAML, pathspec, python-jsonpath, and these two."""

_DIST = ROOT / "dist"
_WRONG = {"model": "gpt-5", "messages": [{"role": "user", "content": "Hello"}], "temprature": 1}
_DRAW = """
from hypothesis import given, settings
from parlance_dialects import openai

@settings(max_examples=20, deadline=None)
@given(openai.strategies.valid_request())
def law(request):
    assert openai.is_valid_request(request)
    openai.CreateChatCompletionRequest.model_validate(request)

law()
"""


class Installation(NamedTuple):
    """An environment that was used, and what it takes."""

    faults: tuple[str, ...]
    distributions: int
    """How many checking payloads needs, these two included."""

    megabytes: float
    """What they take, byte code included."""

    @property
    def ok(self) -> bool:
        """Whether everything did what it should, with few distributions."""
        return not self.faults and self.distributions <= _MOST

    def __str__(self) -> str:
        """What is wrong, or how much was installed."""
        return "; ".join(self.faults) or f"{self.distributions} distributions, {self.megabytes:.1f} MB, all right"


def use(interpreter: Interpreter, dependencies: str) -> Installation:
    """Install the tool alone and lint; add all extras that others need, generate, draw from strategies, and serve."""
    name = f"{interpreter.series}-{dependencies}-install"
    environment = FOLDER / name
    limits = constraints(name) if dependencies == "lowest" else ()
    subprocess.run([interpreter.path, "-m", "venv", "--clear", environment], check=True)
    python = str(environment / "bin" / "python")
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    tool, dialects = (str(next(_DIST.glob(f"{each}-*.whl"))) for each in ("chat_parlance", "parlance_dialects"))
    subprocess.run([*pip, "install", "--quiet", *limits, tool, dialects], check=True)
    count, size = _taken([*pip, "list", "--format=json"], environment)
    with TemporaryDirectory() as folder:
        faults = [*_alone(environment / "bin" / "parlance", Path(folder))]
        more = ("chat-parlance[generate,strategies]", "parlance-dialects[pydantic]")  # as the messages say
        subprocess.run([*pip, "install", "--quiet", "--find-links", str(_DIST), *limits, *more, "fastapi"], check=True)
        faults += _with_extras(environment / "bin", Path(folder))
    return Installation(tuple(faults), count, size)


def _taken(listing: list[str], environment: Path) -> tuple[int, float]:
    """How many distributions there are beside pip and what venv brings, and the megabytes of their files."""
    done = subprocess.run(listing, capture_output=True, text=True, check=True)
    names = {each["name"] for each in json.loads(done.stdout)} - {"pip", "setuptools"}
    own = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence")
    (packages,) = environment.glob("lib/python*/site-packages")
    files = [path for each in packages.iterdir() if not each.name.startswith(own) for path in (each, *each.rglob("*"))]
    return len(names), sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def _alone(parlance: Path, folder: Path) -> Iterator[str]:
    (folder / "wrong.json").write_text(json.dumps(_WRONG), "utf-8")
    yield from _expected([str(parlance), "lint", "wrong.json"], folder, 1, "PAR102")
    yield from _expected([str(parlance), "lint", "--dialect", "openai@2025-03-01", "wrong.json"], folder, 1, "PAR102")
    yield from _expected(
        [str(parlance), "generate", "--output", "out"], folder, 2, "needs `pip install 'chat-parlance[generate]'`"
    )
    yield from _expected([str(parlance), "sample"], folder, 2, "needs `pip install 'chat-parlance[strategies]'`")


def _with_extras(programs: Path, folder: Path) -> Iterator[str]:
    parlance = str(programs / "parlance")
    yield from _expected([parlance, "generate", "--dialect", "openai", "--output", "out"], folder, 0, "files")
    yield from _expected([parlance, "sample"], folder, 0, "messages")
    python = str(programs / "python")
    yield from _expected([python, "-c", _DRAW], folder, 0, "")
    server = (str(Path(__file__).with_name("page_server.py")), str(ROOT / "docs" / "library.md"))
    yield from _expected([python, "-W", "error", *server], folder, 0, "served")


def _expected(command: list[str], folder: Path, code: int, text: str) -> Iterator[str]:
    """What is wrong with a command that should end with this code and print this text."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    shown = done.stdout + done.stderr
    if done.returncode != code or text not in shown:
        last = shown.strip().rpartition("\n")[2]
        yield f"{Path(command[0]).name} {' '.join(command[1:])[:40]} ended with exit code {done.returncode}: {last}"
