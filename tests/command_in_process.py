"""The command line in the process of the tests, which costs no start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from parlance.cli.main import run
from parlance.stopping import Stopping

__all__ = ["Run", "typing_into"]

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Takes the words of a command; gives exit code, standard output, standard error."""


def typing_into(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance` with what is typed; nothing that it says is ever a traceback."""

    def typed(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, Stopping())
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return typed
