"""The files of the playground: its own modules, the npm package and the JSON parser, compiled and copied."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from parlance.folders import spec_folder
from parlance.spec import load_spec
from typescript.tools import MODULES, PACKAGE, install, run

__all__ = ["build_playground", "dialect_options"]

FOLDER = Path(__file__).parent / "playground"
PARSER = FOLDER / "node_modules" / "@humanwhocodes" / "momoa" / "dist" / "momoa.js"


def build_playground(target: Path) -> Path:
    """Write all that the page loads into *target*. Raises `RuntimeError` where npm cannot fetch what is pinned."""
    if not (install() and install(FOLDER)):
        raise RuntimeError("npm could not install TypeScript and the parser of JSON: is there a network?")
    _compile(PACKAGE, target / "package", "--declaration", "false", "--declarationMap", "false", "--removeComments")
    _compile(FOLDER, target)
    # A browser knows no packages: the parser is one module beside ours.
    shutil.copy(PARSER, target / "momoa.js")
    for path in (target / "places.js", target / "edits.js"):
        path.write_text(path.read_text("utf-8").replace('"@humanwhocodes/momoa"', '"./momoa.js"'), "utf-8")
    shutil.copy(FOLDER / "playground.css", target)
    return target


def _compile(project: Path, target: Path, *options: str) -> None:
    run(MODULES / "typescript" / "lib" / "tsc.js", "--project", str(project), "--outDir", str(target), *options)


def dialect_options() -> str:
    """The dialects as options of a list, the default chosen, the others by their title."""
    rows = sorted(load_spec(spec_folder()).dialects, key=lambda one: (not one.default, one.title))
    return "".join(f'<option value="{escape(row.id)}">{escape(row.title)}</option>' for row in rows)
