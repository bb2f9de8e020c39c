"""`make folds`: install the peers apart, ask each what every shape comes to, and write that down."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import yaml
from parlance import fold

from .shapes import SHAPES, Shape
from .table import DATA, table, wrong

_ROOT = Path(__file__).parents[2]
_HEAD = "# Written by `make folds`: what is wrong with the completion that each builds of a shape; empty: nothing.\n"


def main() -> int:
    """Print the table; 1 if ours is wrong."""
    folder = _ROOT / ".venvs/folds"
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "openai", "litellm"], check=True)
    shapes = json.dumps([shape.chunks for shape in SHAPES])
    run = subprocess.run(
        [python, Path(__file__).with_name("peers.py")], input=shapes, capture_output=True, text=True, check=True
    )
    peers: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    rows = [_row(shape, found) for shape, found in zip(SHAPES, peers["found"], strict=True)]
    text = yaml.safe_dump({"versions": peers["versions"], "shapes": rows}, sort_keys=False, width=120)
    DATA.write_text(_HEAD + text, "utf-8")
    print(*table(), sep="\n")
    return 1 if any(row["parlance"] for row in rows) else 0


def _row(shape: Shape, found: dict[str, Any]) -> dict[str, str]:
    made = {"parlance": fold(shape.chunks), **found}
    return {"shape": shape.what, **{name: wrong(whole, shape) for name, whole in made.items()}}


if __name__ == "__main__":
    sys.exit(main())
