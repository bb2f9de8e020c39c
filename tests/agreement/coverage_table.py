"""Which branches of the compiler, and of the code that it makes, all kinds of input take: a table."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import coverage
import parlance
from parlance.contract.build import build_contract
from parlance.folders import spec_folder
from parlance.spec import load_spec, resolve

from .byte_mutation import byte_mutants
from .generated import GENERATED, Subject
from .kinds import KINDS, inputs
from .seeds import cases

__all__ = ["coverage_table"]

_COLUMNS = "{:<58}{:>11}{:>9}{:>9}{:>10}  {}"
_SPECS = Path(__file__).parent.parent / "cases" / "spec"
_FOREIGN = ("foreign-full", "foreign-small", "foreign-unions")
"""Specs with the constructs that our own does not need."""

_SHOWN = 10
"""Branches of a file that are listed."""

_MADE = ("validators.py", "rules.py", "artifact.py", "rule.py", "violation.py", "*_faults.py")


def coverage_table(subjects: Sequence[Subject], count: int, seed: int) -> str:
    """A row for each file: its branches, how many were never taken, and on which lines."""
    compiler = Path(parlance.__file__).parent / "targets"
    python = GENERATED / "python"
    measured = [
        *(str(compiler / name / "*.py") for name in ("validators", "rules")),
        *(str(python / "parlance_dialects" / "*" / name) for name in _MADE),
        *(str(python / "parlance_dialects" / name) for name in _MADE),
    ]
    watch = coverage.Coverage(branch=True, include=measured, data_file=None, config_file=False)
    # Where every class of a union is handled, what remains cannot be reached.
    watch.exclude(r"case _:\n\s+assert_never")
    watch.exclude("assert_never")
    for name in [name for name in sys.modules if name.startswith(("parlance_dialects", "parlance.targets"))]:
        del sys.modules[name]  # what a module does when it is loaded counts, too
    watch.start()
    _compile()
    for subject in subjects:
        _check(subject, count, seed)
    watch.stop()
    return "\n".join(_rows(watch))


def _compile() -> None:
    """Every dialect, and every construct, through the compiler."""
    from parlance.targets.rules import rules
    from parlance.targets.validators import validators

    for folder in (spec_folder(), *(_SPECS / name for name in _FOREIGN)):
        spec = load_spec(folder)
        for name in [each.id for each in spec.dialects] or [spec.base.id]:
            contract = build_contract(resolve(spec, name))
            for made in (*validators(contract), *rules(contract)):
                assert made.view


def _check(subject: Subject, count: int, seed: int) -> None:
    """Every kind of input through both checks and the lint of an artifact."""
    artifact = subject.module.ARTIFACTS[subject.artifact]
    lint = importlib.import_module(f"{subject.module.__name__}.rules").LINTS[subject.artifact]
    for text in _texts(subject, count, seed):
        value = json.loads(text)
        found = artifact.is_valid(value), list(artifact.check(value)), list(lint(value))
        assert len(found) == 3
    for data in islice(byte_mutants(subject, seed), count):
        parlance.lint(data, artifact=subject.artifact, dialect=subject.dialect)


def _texts(subject: Subject, count: int, seed: int) -> Iterator[str]:
    yield from cases(subject)
    for kind in KINDS:
        yield from (one.text for one in islice(inputs(kind, subject, seed), count))


def _rows(watch: coverage.Coverage) -> Iterator[str]:
    with NamedTemporaryFile(suffix=".json") as file:
        watch.json_report(outfile=file.name, pretty_print=False)
        report: dict[str, Any] = json.loads(Path(file.name).read_bytes())
    yield _COLUMNS.format("file", "statements", "missed", "branches", "missed", "branches never taken, by line")
    for path, found in sorted(report["files"].items()):
        summary = found["summary"]
        yield _COLUMNS.format(
            "/".join(Path(path).parts[-3:]),
            summary["num_statements"],
            summary["missing_lines"],
            summary["num_branches"],
            summary["missing_branches"],
            _abridged(found["missing_branches"]),
        )
    totals = report["totals"]
    yield _COLUMNS.format(
        "all", *(totals[name] for name in ("num_statements", "missing_lines", "num_branches", "missing_branches")), ""
    )


def _abridged(branches: list[list[int]]) -> str:
    shown = [f"{line}->{to}" if to > 0 else f"{line}->end" for line, to in branches[:_SHOWN]]
    return ", ".join([*shown, *(["…"] if len(branches) > _SHOWN else [])])
