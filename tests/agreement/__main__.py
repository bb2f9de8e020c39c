"""`python -m tests.agreement`: all readers against each other, for as many seconds as given."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from .ajv import Ajv
from .campaign import EVERY_KIND, Outcome, Tally, examine
from .coverage_table import coverage_table
from .generated import EVERY_SUBJECT, Subject
from .readers import readers

_COLUMNS = "{:<32}{:>9}{:>10}{:>9}{:>7}{:>10}{:>9}"
_LEAST = 300
"""Inputs of each kind for which coverage is measured, where no number is given."""



def main() -> int:
    """Print a row for each artifact and each kind of input, then every disagreement; 1 if there is one."""
    options = _options()
    chosen = [
        subject
        for subject in EVERY_SUBJECT
        if options.dialect in (None, subject.dialect) and options.artifact in (None, subject.artifact)
    ]
    if not chosen:
        print("no such dialect or artifact; there are " + ", ".join(map(str, EVERY_SUBJECT)), file=sys.stderr)
        return 2
    if options.coverage:
        print(coverage_table(chosen, options.mutants or _LEAST, options.seed))
        return 0
    mutants = options.mutants or 10_000
    work = partial(_examined, mutants=mutants, seconds=options.seconds, seed=options.seed)
    print(_COLUMNS.format("artifact", "tried", "accepted", "refused", "known", "disagree", "seconds"))
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(work, chosen):
            outcomes.append(outcome)
            print(_row(str(outcome.subject), [*outcome.tallies.values()], outcome.seconds), flush=True)
    for kind in EVERY_KIND:
        print(_row(f"all {kind}", [each.tallies[kind] for each in outcomes]))
    tallies = [tally for each in outcomes for tally in each.tallies.values()]
    print(_row("all", tallies, sum(each.seconds for each in outcomes)))
    for outcome in outcomes:
        for disagreement in outcome.disagreements:
            print(f"\n{outcome.subject}:\n{disagreement}")
    return 1 if any(outcome.disagreements for outcome in outcomes) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600, help="the longest that an artifact may take")
    parser.add_argument("--mutants", type=int, help="inputs of each kind for an artifact (10000)")
    parser.add_argument("--coverage", action="store_true", help="which branches the inputs take, in place of verdicts")
    parser.add_argument("--dialect", help="this one only")
    parser.add_argument("--artifact", help="this one only")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other mutants")
    return parser.parse_args()


def _examined(subject: Subject, *, mutants: int, seconds: float, seed: int) -> Outcome:
    with Ajv() as ajv:
        by_name = readers(subject, ajv)
        return examine(subject, by_name, mutants=mutants, seconds=seconds, seed=seed, kinds=EVERY_KIND)


def _row(name: str, tallies: list[Tally], seconds: float | None = None) -> str:
    return _COLUMNS.format(
        name,
        sum(each.tried for each in tallies),
        sum(each.accepted for each in tallies),
        sum(each.refused for each in tallies),
        sum(each.explained.total() for each in tallies),
        sum(len(each.disagreements) for each in tallies),
        "" if seconds is None else f"{seconds:.0f}",
    )


if __name__ == "__main__":
    raise SystemExit(main())
