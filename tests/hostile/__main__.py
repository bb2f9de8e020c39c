"""`make hostile`: every part, whatever comes of the others, and a table of what did.

`--part NAME`, which may be repeated, tries these only. Words choose inputs by name, and only those are tried then.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .campaign import try_all
from .commands import COMMANDS, MAIN
from .formats import LENGTHY, formats_grown
from .growth import CASES, grown
from .injection import injected
from .inputs import SAMPLES, damaged, hostile, truncated
from .moments import doubled, killed, stopped, without_room
from .processes import signalled


class Part(NamedTuple):
    """A campaign under a name, which takes a folder to work in."""

    name: str
    title: str
    run: partial[Iterator[str]]


def parts(words: list[str]) -> Iterator[Part]:
    """What is tried, in order."""
    kinds = [one for one in hostile() if not words or any(word in one.name for word in words)]
    title = f"{len(kinds)} kinds of input x {len(COMMANDS)} commands"
    yield Part("inputs", title, partial(try_all, inputs=kinds, commands=COMMANDS))
    if words:
        return
    for file, text in SAMPLES.items():
        cut = [*truncated(file, text), *damaged(file, text, 300)]
        title = f"{len(cut)} cut or damaged {file} x {len(MAIN)} commands"
        yield Part("damage", title, partial(try_all, inputs=cut, commands=MAIN))
    yield Part("kill", "4 commands killed at 50 moments each", partial(killed, count=50))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        title = f"4 commands stopped by {number.name} at 50 moments each"
        yield Part("stop", title, partial(stopped, count=50, number=number))
    for busy in (False, True):
        title = f"200 processes signalled on {'a busy' if busy else 'this'} machine"
        yield Part("signals", title, partial(signalled, count=200, busy=busy))
    yield Part("twice", "4 commands doubled 20 times each", partial(doubled, count=20))
    title = f"{len(CASES)} documents, of 2,500 parts and of 10,000"
    yield Part("growth", title, partial(grown, count=2500, cases=CASES))
    title = f"every format on {len(LENGTHY)} texts, of 20,000 pieces and of 80,000"
    yield Part("growth", title, partial(formats_grown, count=20_000))
    title = "4 commands in 40 sizes of disk"
    yield Part("room", title, partial(without_room, limits=[size**3 for size in range(40)]))
    yield Part("injection", "every text in every place of a spec", partial(injected))


def main() -> int:
    """Print every breach of the law, and how many each part had; 1 if there is one."""
    options = _options()
    # What started this may have it ignore signals, as `nohup` and `&` do, and processes inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    rows: list[tuple[str, int, float]] = []
    for part in parts(options.words):
        if options.part and part.name not in options.part:
            continue
        began, found = time.monotonic(), 0
        for breach in _breaches(part):
            print(f"{part.name}: {breach}", flush=True)
            found += 1
        rows.append((f"{part.name}: {part.title}", found, time.monotonic() - began))
        print(_row(*rows[-1]), flush=True)
    print("\nin all:")
    for row in rows:
        print(_row(*row))
    total = sum(found for _, found, _ in rows)
    print(_row("all", total, sum(seconds for _, _, seconds in rows)))
    return 1 if total else 0


def _breaches(part: Part) -> Iterator[str]:
    """What a part finds; that it fails itself is a breach, too."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield from part.run(Path(folder))
        except Exception:
            yield f"did not end:\n{traceback.format_exc()}"


def _row(title: str, found: int, seconds: float) -> str:
    return f"{title:<70}{found:>6} breaches{seconds:>8.0f} s"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    names = list(dict.fromkeys(part.name for part in parts([])))
    parser.add_argument("--part", action="append", choices=names, help="this one only")
    parser.add_argument("words", nargs="*", help="inputs whose name has one of these")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
