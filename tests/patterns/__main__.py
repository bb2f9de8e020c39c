"""`python -m tests.patterns`: random patterns before node and RE2, and proofs of linear time, counted; at length."""

from __future__ import annotations

import argparse

from .campaign import DELIBERATE, Outcome, examine_random
from .clock import examine_clock
from .engines import OURS, PEERS
from .speed import examine_speed

_COLUMNS = "{:<9}{:>10}{:>10}{:>10}{:>9}"
_SHOWN = 20


def main() -> int:
    """Print what was searched for, and every difference; 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.patterns", description=__doc__)
    parser.add_argument("--patterns", type=int, default=10_000, help="random patterns, on 12 texts each (10000)")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other patterns")
    options = parser.parse_args()
    meaning = examine_random(options.patterns, seed=options.seed)
    _print_meaning(meaning)
    speed = examine_speed(options.patterns // 2, seed=options.seed)
    print(f"\n{speed.proven} patterns proven linear, {speed.reached} of them with a text that reaches the bound")
    print(f"{speed.unproven} not, {speed.slow} of them with a text that is slow")
    print(f"{len(speed.broken)} of {speed.texts} texts break a bound")
    slowest = examine_clock(options.patterns // 20, seed=options.seed)
    print(f"\nat most {slowest.backtracking} s for a million characters with re, {slowest.linear} s with the engine")
    wrong = [*map(str, meaning.differences), *speed.broken]
    for each in wrong[:_SHOWN]:
        print(f"\n{each}")
    return 1 if wrong else 0


def _print_meaning(outcome: Outcome) -> None:
    print(f"{outcome.patterns} random patterns, half of them for the flag u")
    print(_COLUMNS.format("engine", "refused", "searches", "found", "differ"))
    for engine in ("node", *OURS, *PEERS):
        differ = sum(each.engine == engine for each in outcome.differences)
        counts = (outcome.refused[engine], outcome.searches[engine], outcome.found[engine], differ)
        print(_COLUMNS.format(engine, *counts))
    print(_COLUMNS.format("parser", "", "", "", sum(each.engine == "parse" for each in outcome.differences)))
    for reason, words in DELIBERATE.items():
        print(f"{outcome.deliberate[reason]} x {words}")


if __name__ == "__main__":
    raise SystemExit(main())
