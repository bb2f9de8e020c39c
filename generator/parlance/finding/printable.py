"""Text from outside as a terminal can show it, and as it cannot be steered by."""

from __future__ import annotations

import re

__all__ = ["WIDTH", "printable"]

WIDTH = 80
"""Columns of a terminal, which everything fits."""

_CI_ORDER = r"##(?=(?:vso|teamcity)?\[)"
"""What GitHub, Azure Pipelines and TeamCity take for an order wherever it stands in a line."""

_TAB = "    "
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """*text* with pictures instead of control characters, so that it cannot steer a terminal or a build."""
    if "##" in text:
        text = re.sub(_CI_ORDER, "#\N{MUSIC SHARP SIGN}", text)
    return text if text.isascii() and text.isprintable() else "".join(map(_picture, text))


def _picture(char: str) -> str:
    if char == "\t":
        return _TAB
    if " " <= char <= "~":
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "\u2421"
    import unicodedata  # a megabyte of tables; few names and payloads need them

    return "\ufffd" if unicodedata.category(char) in _HIDDEN and char != "\u200d" else char


def printable_line(text: str) -> str:
    """*text* as a line of its own, which is no order to GitHub either: those begin with two colons."""
    return printable(f"./{text}" if text.lstrip().startswith("::") else text)
