"""`python -m tests.metaschema --seconds 60`: mutated schemas and drawn patterns, until the time is up."""

from __future__ import annotations

import argparse
import random
import sys

from .campaign import run


def main() -> int:
    """Say how much was judged, and every difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.metaschema", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="by default another one each time")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    outcome = run(seed, seconds=options.seconds)
    print(
        f"seed {seed}: {outcome.schemas} schemas, {outcome.malformed} of them malformed; "
        f"{outcome.patterns} patterns, of which {outcome.compiled} compile; {len(outcome.differences)} differences"
    )
    print(*outcome.differences[:20], sep="\n")
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
