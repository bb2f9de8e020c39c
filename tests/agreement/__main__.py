"""`python -m tests.agreement`: all readers against each other, for as long as is wanted."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from .ajv import Ajv
from .campaign import Outcome, examine
from .generated import SUBJECTS, Subject
from .readers import readers

_COLUMNS = "{:<32}{:>9}{:>10}{:>9}{:>7}{:>10}{:>9}"


def main() -> int:
    """Print a row for each artifact, then every disagreement; 1 if there is one."""
    options = _options()
    chosen = [
        subject
        for subject in SUBJECTS
        if options.dialect in (None, subject.dialect) and options.artifact in (None, subject.artifact)
    ]
    if not chosen:
        print("no such dialect or artifact; there are " + ", ".join(map(str, SUBJECTS)), file=sys.stderr)
        return 2
    work = partial(_examined, mutants=options.mutants, seconds=options.seconds, seed=options.seed)
    print(_COLUMNS.format("artifact", "tried", "accepted", "refused", "known", "disagree", "seconds"))
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(work, chosen):
            outcomes.append(outcome)
            print(_row(str(outcome.subject), [outcome]), flush=True)
    print(_row("all", outcomes))
    for outcome in outcomes:
        for disagreement in outcome.disagreements:
            print(f"\n{outcome.subject}:\n{disagreement}")
    return 1 if any(outcome.disagreements for outcome in outcomes) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600, help="the longest that an artifact may take")
    parser.add_argument("--mutants", type=int, default=10_000, help="how many an artifact gets (10000)")
    parser.add_argument("--dialect", help="this one only")
    parser.add_argument("--artifact", help="this one only")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other mutants")
    return parser.parse_args()


def _examined(subject: Subject, *, mutants: int, seconds: float, seed: int) -> Outcome:
    with Ajv() as ajv:
        return examine(subject, readers(subject, ajv), mutants=mutants, seconds=seconds, seed=seed)


def _row(name: str, outcomes: list[Outcome]) -> str:
    return _COLUMNS.format(
        name,
        sum(each.tried for each in outcomes),
        sum(each.accepted for each in outcomes),
        sum(each.refused for each in outcomes),
        sum(each.explained.total() for each in outcomes),
        sum(len(each.disagreements) for each in outcomes),
        f"{sum(each.seconds for each in outcomes):.0f}",
    )


if __name__ == "__main__":
    raise SystemExit(main())
