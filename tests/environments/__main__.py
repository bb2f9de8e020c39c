"""`python -m tests.environments newest [PYTHON ...]`: the tests on every supported Python, and what became of them.

`lowest` runs them with the lowest versions that are allowed, and `installs` uses what `make dist` built, with both.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .bounds import supported
from .installs import Installation, use
from .interpreters import find
from .runs import DEPENDENCIES, Counts, project, run

_INSTALLS = "installs"


def main() -> int:
    """Run the tests on each Python, and sum up."""
    parser = argparse.ArgumentParser(prog="python -m tests.environments", description=__doc__)
    parser.add_argument("what", choices=(*DEPENDENCIES, _INSTALLS))
    parser.add_argument("pythons", nargs="*", metavar="PYTHON", help="a name on PATH, or a path")
    arguments = parser.parse_args()
    results: dict[str, Counts | Installation | str] = {}
    for name in arguments.pythons or _names(arguments.what):
        interpreter = find(name)
        label = f"Python {interpreter.version} ({name})" if interpreter else name
        for dependencies in DEPENDENCIES if arguments.what == _INSTALLS else (arguments.what,):
            each = f"{label}, {dependencies} dependencies"
            print(each, flush=True)
            do = use if arguments.what == _INSTALLS else run
            results[each] = do(interpreter, dependencies) if interpreter else "not found"
            print(f"{each}: {results[each]}", flush=True)
    print("", *(f"{label}: {result}" for label, result in results.items()), sep="\n")
    return exit_code(list(results.values()))


def _names(what: str) -> list[str]:
    pythons = [f"python{version}" for version in supported(project())]
    return pythons[:1] if what == "lowest" else pythons


def exit_code(results: Sequence[Counts | Installation | str]) -> int:
    """0 if all was right on every Python, 2 if nothing ran on one of them, 1 if any failed."""
    ran = [result for result in results if not isinstance(result, str)]
    if not ran or len(ran) < len(results):
        return 2
    return 0 if all(result.ok for result in ran) else 1


if __name__ == "__main__":
    sys.exit(main())
