"""`make picture`: the picture of a terminal in README, of what `parlance lint` prints."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from .pages import ROOT

__all__ = ["COMMAND", "PICTURE", "picture", "shown_text"]

PICTURE = ROOT / "docs" / "images" / "terminal.svg"
FOLDER = ROOT / "docs" / "examples"
COMMAND = ("lint", "prompts/")
_WIDTH = 80

_COLOURS = [
    (59, 66, 82), (240, 113, 120), (163, 190, 140), (235, 203, 139),
    (129, 161, 193), (180, 142, 173), (136, 192, 208), (229, 233, 240),
]  # fmt: skip
"""Black, red, green, yellow, blue, magenta, cyan and white, all of which are read on the ground."""

_THEME = TerminalTheme((30, 34, 42), (216, 222, 233), _COLOURS, _COLOURS)


def _printed() -> str:
    """What the command prints on a terminal, colours included."""
    surroundings = {**os.environ, "COLUMNS": str(_WIDTH), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    for name in ("NO_COLOR", "FORCE_COLOR"):
        surroundings.pop(name, None)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "parlance", *COMMAND]
    with subprocess.Popen(command, cwd=FOLDER, env=surroundings, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        printed = b"".join(_pieces(ours))
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


def _pieces(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal, until nobody writes any more."""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # on Linux, that is how it ends
            return
        if not piece:
            return
        yield piece


def picture() -> str:
    """The picture as SVG, the same on every run."""
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), f"parlance {' '.join(COMMAND)}"))
    console.print(Text.from_ansi(_printed()))
    svg = console.export_svg(title="parlance", theme=_THEME, unique_id="terminal")
    # A picture loads nothing: without these, the reader's own monospaced font is taken.
    return re.sub(r"(?s)\s*@font-face \{.*?\}", "", svg)


def shown_text(svg: str) -> str:
    """The words of a picture, without colours and spaces."""
    return re.sub(r"(?s)<[^>]*>|\s|&#160;", "", svg.partition("<g class")[2])


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(picture(), "utf-8")
    print(f"picture: {PICTURE.relative_to(ROOT)}")
