"""Bytes to text, with a fault for every way in which they are not plain UTF-8."""

from __future__ import annotations

import codecs
import re

from ..finding.text_fault import TextFault

__all__ = ["decode", "without_surrogates"]

_SURROGATE = "[\ud800-\udfff]"
"""Compiled for the first text that is not ASCII: that takes longer than to check a small file."""

_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The longer marks first: that of UTF-16 begins that of UTF-32."""


def decode(data: bytes | str) -> tuple[str, list[TextFault]]:
    """The text, as far as it can be made out, and what is wrong with the bytes."""
    if isinstance(data, str):
        text, faults = _characters(data)
    else:
        text, faults = _text(data)
    if text.startswith("\ufeff"):
        fault = TextFault("PAR003", "the text starts with a byte order mark", 0, 0, "save it as UTF-8 without a mark")
        return text[1:], [fault, *faults]
    return text, faults


def without_surrogates(text: str) -> str:
    """*text* with U+FFFD for every half of a surrogate pair, so that it can be printed."""
    return text if text.isascii() else re.sub(_SURROGATE, "\ufffd", text)


def _characters(text: str) -> tuple[str, list[TextFault]]:
    lone = None if text.isascii() else re.search(_SURROGATE, text)
    if lone is None:
        return text, []
    message = f"the text holds U+{ord(lone.group()):04X}, one half of a surrogate pair"
    fault = TextFault("PAR007", message, lone.start(), lone.end(), "decode the bytes as UTF-8")
    return without_surrogates(text), [fault]


def _text(data: bytes) -> tuple[str, list[TextFault]]:
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        for mark, name in _WIDE.items():
            if data.startswith(mark):
                return _transcoded(data, name)
        return _decoded_around(data, error)


def _transcoded(data: bytes, name: str) -> tuple[str, list[TextFault]]:
    fault = TextFault("PAR002", f"the bytes are {name.upper()}, not UTF-8", 0, 1, "save the file as UTF-8")
    return data.decode(name, errors="replace"), [fault]


def _decoded_around(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[TextFault]]:
    text = data.decode(errors="replace")
    start = len(data[: error.start].decode().removeprefix("\ufeff"))
    if error.reason == "unexpected end of data":
        message = "the text ends in the middle of a character"
        return text, [TextFault("PAR002", message, start, start + 1, "the file is cut off: write it again")]
    message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    return text, [TextFault("PAR002", message, start, start + 1, "save the file as UTF-8")]
