"""`make hostile`: every input with every command; then every moment of being stopped."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from .campaign import try_all
from .commands import COMMANDS, MAIN
from .inputs import SAMPLES, damaged, hostile, truncated

if __name__ == "__main__":
    began = time.monotonic()
    cut = [one for file, text in SAMPLES.items() for one in truncated(file, text)]
    wild = [one for file, text in SAMPLES.items() for one in damaged(file, text, 300)]
    kinds = [*hostile()]
    wanted = sys.argv[1:]
    if wanted:
        kinds = [one for one in kinds if any(word in one.name for word in wanted)]
        cut = wild = []
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for title, inputs, commands in (("kinds", kinds, COMMANDS), ("cut", cut, MAIN), ("damaged", wild, MAIN)):
            for breach in try_all(Path(folder), inputs, commands):
                print(breach, flush=True)
                found += 1
            print(f"{title}: {len(inputs)} inputs x {len(commands)} commands", flush=True)
    print(f"{found} breaches in {time.monotonic() - began:.0f} s")
    sys.exit(found > 0)
