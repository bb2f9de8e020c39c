"""`python -m engines`: Spark and Ray, installed in a folder of their own, and the tests that need them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venvs" / "engines"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_OWN = ("--editable", "./generated/python", "--editable", ".[arrow]")
_TOOLS = ("duckdb", "hypothesis", "numpy", "polars", "pytest")


def main() -> int:
    """Install what is not there yet, and run the tests; their exit code."""
    if shutil.which("java") is None:
        print("there is no java on the path: Spark, which needs 17 or later, is left out", file=sys.stderr)
    python = FOLDER / "bin" / "python"
    installed = FOLDER / "installed"
    expected = REQUIREMENTS.read_text("utf-8")
    if not installed.exists() or installed.read_text("utf-8") != expected:
        print(f"installing Spark and Ray, 1.5 GB, into {FOLDER.relative_to(ROOT)}; rm -r takes it away", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        files = ("--constraint", "constraints.txt", "--requirement", str(REQUIREMENTS))
        subprocess.run([*install, *files, *_OWN, *_TOOLS], cwd=ROOT, check=True)
        installed.write_text(expected, "utf-8")
    print("Spark and Ray: about five minutes on two cores", flush=True)
    # Workers are started as the driver is; without this Spark takes the first python3 of the path.
    surroundings = {**os.environ, "PYSPARK_PYTHON": str(python), "PARLANCE_ENGINES": "1"}
    tests = ("tests/engines", "tests/test_columns.py", "tests/test_column_engines.py", "-p", "no:cacheprovider", "-rs")
    return subprocess.run(
        [python, "-m", "pytest", *tests, *sys.argv[1:]], cwd=ROOT, env=surroundings, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
