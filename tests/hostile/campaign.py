"""Inputs and commands to breaches of the law."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import parlance
import parlance_dialects.openai_2024_06
import parlance_dialects.openai_2026_11

from .inputs import Input
from .law import breaches, run, snapshot

__all__ = ["prepare", "try_all"]


def prepare() -> None:
    """Import what runs load late, once for all of them."""
    for package in (parlance, parlance_dialects.openai_2024_06, parlance_dialects.openai_2026_11):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith((".models", ".dicts")):
                import_module(module.name)
    import_module("pathspec")


def try_all(folder: Path, inputs: Iterable[Input], commands: Mapping[str, list[str]]) -> Iterator[str]:
    """One line for each breach."""
    prepare()
    for given in inputs:
        for name, command in commands.items():
            place = folder / "work"
            place.mkdir()
            (place / given.file).write_bytes(given.data)
            done = run([word.replace("{}", given.file) for word in command], place, given.data)
            for breach in [*breaches(done), *_changed(place, given, command)]:
                yield f"{name}: {given.name}: {breach}"
            shutil.rmtree(place)


def _changed(place: Path, given: Input, command: list[str]) -> Iterator[str]:
    """What a run did to the folder that it should not have done."""
    kept = snapshot(place)
    if kept[given.file] != given.data and "--fix" not in command:
        yield "the file was changed"
    if surplus := kept.keys() - {given.file, "report.sarif", "baseline.json"}:
        yield f"left behind: {surplus}"
