"""`python -m tests.environments newest [PYTHON ...]`: the tests on every supported Python, and what became of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .bounds import supported
from .interpreters import find
from .runs import DEPENDENCIES, Counts, project, run


def main() -> int:
    """Run the tests on each Python, and sum up."""
    parser = argparse.ArgumentParser(prog="python -m tests.environments", description=__doc__)
    parser.add_argument("dependencies", choices=DEPENDENCIES)
    parser.add_argument("pythons", nargs="*", metavar="PYTHON", help="a name on PATH, or a path")
    arguments = parser.parse_args()
    results: dict[str, Counts | str] = {}
    for name in arguments.pythons or _names(arguments.dependencies):
        interpreter = find(name)
        label = f"Python {interpreter.version} ({name})" if interpreter else name
        print(f"{label}, {arguments.dependencies} dependencies", flush=True)
        results[label] = run(interpreter, arguments.dependencies) if interpreter else "not found"
        print(f"{label}: {results[label]}", flush=True)
    print("", *(f"{label}: {result}" for label, result in results.items()), sep="\n")
    return exit_code(list(results.values()))


def _names(dependencies: str) -> list[str]:
    pythons = [f"python{version}" for version in supported(project())]
    return pythons[:1] if dependencies == "lowest" else pythons


def exit_code(results: Sequence[Counts | str]) -> int:
    """0 if tests ran and passed on every Python, 2 if they did not run on one of them, 1 if any failed."""
    if not results or any(isinstance(result, str) for result in results):
        return 2
    return 0 if all(isinstance(result, Counts) and result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
