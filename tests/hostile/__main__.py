"""`make hostile`: every input with every command, then every moment of being killed, stopped, doubled or without room.

Words as arguments choose inputs by name, and nothing else is tried then.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .campaign import try_all
from .commands import COMMANDS, MAIN
from .growth import CASES, grown
from .inputs import SAMPLES, damaged, hostile, truncated
from .moments import doubled, killed, stopped, without_room


def campaigns(words: list[str]) -> Iterator[tuple[str, partial[Iterator[str]]]]:
    """What is tried, each part with its title; it takes a folder to work in."""
    kinds = [one for one in hostile() if not words or any(word in one.name for word in words)]
    yield f"{len(kinds)} kinds of input x {len(COMMANDS)} commands", partial(try_all, inputs=kinds, commands=COMMANDS)
    if words:
        return
    for file, text in SAMPLES.items():
        cut = [*truncated(file, text), *damaged(file, text, 300)]
        yield f"{len(cut)} cut or damaged {file} x {len(MAIN)} commands", partial(try_all, inputs=cut, commands=MAIN)
    yield "4 commands killed at 50 moments each", partial(killed, count=50)
    for number in (signal.SIGINT, signal.SIGTERM):
        yield f"4 commands stopped by {number.name} at 50 moments each", partial(stopped, count=50, number=number)
    yield "4 commands doubled 20 times each", partial(doubled, count=20)
    yield f"{len(CASES)} documents, of 2,500 parts and of 10,000", partial(grown, count=2500, cases=CASES)
    yield "4 commands in 40 sizes of disk", partial(without_room, limits=[size**3 for size in range(40)])


def main() -> int:
    """How many breaches of the law there were, each printed."""
    found, began = 0, time.monotonic()
    for title, campaign in campaigns(sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            for breach in campaign(Path(folder)):
                print(breach, flush=True)
                found += 1
        print(f"{title}: {found} breaches so far, {time.monotonic() - began:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main() > 0)
