"""Environments for what cannot be installed beside the rest: each in a folder of its own below `.venvs`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["ROOT", "own_environment"]

ROOT = Path(__file__).parents[1]


def own_environment(name: str, what: str, requirements: str, *arguments: str) -> Path:
    """The Python of an environment in which pip has installed *arguments*: once for each text of *requirements*."""
    folder = ROOT / ".venvs" / name
    python, marker = folder / "bin" / "python", folder / "installed"
    if not marker.exists() or marker.read_text("utf-8") != requirements:
        print(f"installing {what} into {folder.relative_to(ROOT)}; rm -r takes it away", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = (python, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check")
        subprocess.run([*install, *arguments], cwd=ROOT, check=True)
        marker.write_text(requirements, "utf-8")
    return python
