"""`python -m tests.conformance.download`: the suite, out of the source distribution of jsonschema, into `.venv`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from .suite import FOLDER

__all__ = ["download"]

_CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
_INSIDE = re.compile(r"[^/]+/json/((?:tests|remotes)/.+)")


def download() -> None:
    """Put the suite of the pinned release in its place, as a whole or not at all."""
    pins = _CONSTRAINTS.read_text("utf-8").splitlines()
    pin = next(line for line in pins if line.startswith("jsonschema=="))
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as work:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "--no-deps", "--no-binary", "jsonschema", "--dest", work, pin], check=True)
        unpacked = Path(work) / "suite"
        with tarfile.open(next(Path(work).glob("*.tar.gz"))) as archive:
            for member in archive.getmembers():
                if (found := _INSIDE.fullmatch(member.name)) and member.isfile():
                    member.name = found[1]
                    archive.extract(member, unpacked, filter="data")
        shutil.rmtree(FOLDER, ignore_errors=True)
        unpacked.rename(FOLDER)


if __name__ == "__main__":
    download()
