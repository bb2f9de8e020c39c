"""What programs other than the compiler read in the lines of a source file, and act upon."""

from __future__ import annotations

import re

__all__ = ["orders"]

_VIM = re.compile(r"(?:^|\s)(?:vi|[Vv]im(?:[<=>]?\d+)?|ex):")
_EMACS = re.compile(r"Local Variables:", re.IGNORECASE)
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+")
_AT_THE_MARGIN = re.compile(r"^# (?:mypy: |/// )", re.MULTILINE)


def orders(source: str) -> list[str]:
    """The lines of *source* that vim, Emacs, Python, mypy or uv would take for an order."""
    lines = re.split(r"\r\n|[\n\r]", source)
    found = [line for line in (*lines[:5], *lines[-6:]) if _VIM.search(line)]
    found += [line for line in lines[:2] if _COOKIE.search(line)]
    found += [line for line in lines[:1] if "-*-" in line or line.startswith("#!")]
    found += _EMACS.findall(source[-3000:])
    return found + _AT_THE_MARGIN.findall(source)
