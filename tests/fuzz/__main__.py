"""`python -m fuzz --minutes 20`: every part gets its share of the time, whatever the others found."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from .campaigns import CAMPAIGNS, Campaign, Result

_SHOWN = 20


def main() -> int:
    """Print what each part tried, then every disagreement; 1 if there is one."""
    options = _options()
    chosen = {name: one for name, one in CAMPAIGNS.items() if not options.part or name in options.part}
    until = time.monotonic() + options.minutes * 60
    results: dict[str, Result] = {}
    shares = sum(one.share for one in chosen.values())
    for name, campaign in chosen.items():
        began = time.monotonic()
        # What one part does not need is for those after it, and what it takes too long is theirs.
        results[name] = _result(campaign, max(until - began, 0.0) * campaign.share / shares, options.seed)
        shares -= campaign.share
        print(f"{_row(name, results[name])} ({time.monotonic() - began:.0f} s)", flush=True)
    for name, result in results.items():
        for one in result.notes[:_SHOWN]:
            print(f"{name}: {one}")
        for one in result.wrong[:_SHOWN]:
            print(f"\n{name}: {one}")
    wrong = {name: len(result.wrong) for name, result in results.items() if result.wrong}
    verdict = ", ".join(f"{each} in {name}" for name, each in wrong.items())
    print(f"\n{f'disagreements: {verdict}' if wrong else 'all agree'}")
    return 1 if wrong else 0


def _result(campaign: Campaign, seconds: float, seed: int) -> Result:
    try:
        return campaign.run(seconds, seed)
    except Exception:  # the others have their turn nevertheless
        return Result({}, [f"did not end:\n{traceback.format_exc()}"])


def _row(name: str, result: Result) -> str:
    if result.skipped:
        return f"{name}: skipped: {result.skipped}"
    counts = ", ".join(f"{each:,} {what}" for what, each in result.counts.items())
    return f"{name}: {CAMPAIGNS[name].title}: {counts or 'nothing'}; {len(result.wrong)} disagreements"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="for all parts together (20)")
    parser.add_argument("--part", action="append", choices=CAMPAIGNS, help="this one only; may be given several times")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other inputs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
