"""The command `parlance` as a process: its signals are taken over before anything else is imported."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

from .stopping import Stopping

__all__ = ["main"]

_COLLECTED = 50_000
"""After so many new objects, not 700, garbage is looked for: it takes 5 % of a run over a small file to find none."""


def main() -> NoReturn:
    """Run the arguments of the process, and exit: 0 clean, 1 findings, 2 everything else, 128 and a signal's number."""
    stopping = Stopping()
    stopping.begin()
    gc.set_threshold(_COLLECTED)
    from .cli.main import run, silence_output

    code = run(None, stopping)
    stopping.ignore()
    if stopping.received is not None:
        silence_output()
    sys.exit(code)


if __name__ == "__main__":
    main()
