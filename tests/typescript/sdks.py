"""`make sdks`: the recipes of docs/typescript.md with openai-node and the AI SDK, which come from npm."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from .generated import built
from .recipes import consumer, installed, recipes
from .tools import ABSENT, FOLDER, install, is_installed, run

__all__ = ["main"]

_SDKS = FOLDER / "sdks"


def main() -> None:
    """Try them, or say why not."""
    if not is_installed():
        sys.exit(ABSENT)
    if not install(_SDKS):
        sys.exit("npm could not install the SDKs: the recipes are not tried with them")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        installed(project, built(Path(folder) / "package"))
        build = consumer(project, recipes())
        print(run("--test", str(_SDKS / "sdks.mjs"), environment={**os.environ, "PARLANCE_BUILD": build.as_uri()}))


if __name__ == "__main__":
    main()
