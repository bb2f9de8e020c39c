"""`python -m engines`: Spark and Ray, installed in a folder of their own, and the tests that need them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from own_environment import ROOT, own_environment

__all__ = ["main"]

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_OWN = ("--editable", "./generated/python", "--editable", ".[arrow]")
_TOOLS = ("duckdb", "hypothesis", "numpy", "polars", "pytest")


def main() -> int:
    """Install what is not there yet, and run the tests; their exit code."""
    if shutil.which("java") is None:
        print("there is no java on the path: Spark, which needs 17 or later, is left out", file=sys.stderr)
    files = ("--constraint", "constraints.txt", "--requirement", str(REQUIREMENTS))
    what = "Spark and Ray, 1.5 GB,"
    python = own_environment("engines", what, REQUIREMENTS.read_text("utf-8"), *files, *_OWN, *_TOOLS)
    print("Spark and Ray: about five minutes on two cores", flush=True)
    # Workers are started as the driver is; without this Spark takes the first python3 of the path.
    surroundings = {**os.environ, "PYSPARK_PYTHON": str(python), "PARLANCE_ENGINES": "1"}
    tests = ("tests/engines", "tests/test_columns.py", "tests/test_column_engines.py", "-p", "no:cacheprovider", "-rs")
    return subprocess.run(
        [python, "-m", "pytest", *tests, *sys.argv[1:]], cwd=ROOT, env=surroundings, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
