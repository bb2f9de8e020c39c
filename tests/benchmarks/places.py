"""Where the benchmark finds what it measures, and how it runs it in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = [
    "DIALECT",
    "child",
    "environment",
    "older_openapi_document",
    "openapi_document",
    "parlance_command",
    "request_schema",
    "schema_of",
]

DIALECT = "openai-2026-11"

_ROOT = Path(__file__).parents[2]
_GENERATED = _ROOT / "generated"


def request_schema() -> Path:
    """The bundle that the peers compile."""
    return schema_of("request")


def schema_of(artifact: str) -> Path:
    """The bundle of an artifact."""
    return _GENERATED / "jsonschema" / DIALECT / f"{artifact}.schema.json"


def openapi_document() -> Path:
    """The same schemas in the idiom of OpenAPI, with discriminators in place of conditions."""
    return _GENERATED / "openapi" / f"{DIALECT}.json"


def older_openapi_document() -> Path:
    """Those of the oldest dialect of the same provider."""
    return min((_GENERATED / "openapi").glob(f"{DIALECT.partition('-')[0]}-*.json"))


def environment() -> dict[str, str]:
    """The variables of a child, which imports what lies in this checkout, installed or not."""
    paths = [str(_ROOT / "generator"), str(_GENERATED / "python")]
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled once, not on every start
    return variables


def child(*arguments: str, exit_code: int = 0) -> Callable[[], None]:
    """Python with these arguments, as an action."""

    def run() -> None:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment(),
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        if done.returncode != exit_code:
            message = f"{' '.join(arguments)}\nexited with {done.returncode}, not {exit_code}: {done.stderr.decode()}"
            raise RuntimeError(message)

    return run


def parlance_command(*arguments: str, exit_code: int = 0) -> Callable[[], None]:
    """The command line, as its installed script starts it."""
    return child("-c", "from parlance.__main__ import main; main()", *arguments, exit_code=exit_code)
