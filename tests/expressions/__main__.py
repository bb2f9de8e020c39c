"""`python -m tests.expressions`: every expression of the spec, and random ones, before two CEL engines; at length."""

from __future__ import annotations

import argparse

from .campaign import DELIBERATE, Outcome, examine_random, examine_spoken
from .engines import ENGINES

_COLUMNS = "{:<13}{:<28}{:>7}{:>9}{:>13}{:>9}{:>8}"


def main() -> int:
    """Print what was evaluated, and every difference; 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.expressions", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="documents for each expression of the spec (200)")
    parser.add_argument("--random", type=int, default=5_000, help="random expressions, on 10 documents each (5000)")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other documents")
    options = parser.parse_args()
    outcomes = {
        "of the spec": examine_spoken(options.rounds, options.seed),
        "random": examine_random(options.random, 10, options.seed),
    }
    print(_COLUMNS.format("expressions", "engine", "number", "refused", "evaluations", "values", "differ"))
    for name, outcome in outcomes.items():
        for engine in ENGINES:
            print(_row(name, engine, outcome))
    for reason, words in DELIBERATE.items():
        print(f"\n{sum(outcome.deliberate[reason] for outcome in outcomes.values())} x {words}")
    differences = [each for outcome in outcomes.values() for each in outcome.differences]
    for difference in differences[:20]:
        print(f"\n{difference}")
    return 1 if differences else 0


def _row(name: str, engine: str, outcome: Outcome) -> str:
    differ = sum(each.engine == engine for each in outcome.differences)
    counts = (outcome.evaluations[engine], outcome.values[engine], differ)
    return _COLUMNS.format(name, engine, outcome.expressions, outcome.refused[engine], *counts)


if __name__ == "__main__":
    raise SystemExit(main())
