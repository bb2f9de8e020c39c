"""Recorded bytes as they were before they were compressed and written as text; how much that may be is bounded."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from importlib import import_module
from typing import Any

from ..finding.shape import is_array

__all__ = ["LARGEST", "UndecodableBody", "from_base64", "plain_bytes", "plain_value", "unpacked"]

LARGEST = 64 << 20
"""How many bytes a body may have when it is unpacked: no answer is so long, and a bomb is longer."""

_GZIP = b"\x1f\x8b"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_GZIP_IN_BASE64 = "H4sI"
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})++")
_EVENTS = re.compile(r"\s*+(?:data|event|id|retry)?:")
_ADVICE = "record it again"


class UndecodableBody(Exception):
    """Why bytes cannot be made out, and what to do."""

    def __init__(self, message: str, advice: str = _ADVICE) -> None:
        super().__init__(message)
        self.advice = advice


def unpacked(value: object, *, is_base64: bool = False, is_hex: bool = False) -> object:
    """A recorded body as it was: what it is said to be written in counts where its characters bear that out.

    Headers are often recorded as they were before a proxy unpacked the body, and the other way round.
    """
    if is_hex and is_array(value) and value and all(isinstance(each, str) for each in value):
        return plain_bytes(b"".join(_from_hex(str(each)) for each in value))
    if not isinstance(value, str):
        return value
    if is_hex and _HEX.fullmatch(value):
        return plain_bytes(_from_hex(value))
    is_listed = value.lstrip()[:1] in ("{", "[")
    if is_base64 and is_listed and plain_value(value) is not value:
        return _joined_pieces(value)
    if is_base64 or value.startswith(_GZIP_IN_BASE64):
        return value if _EVENTS.match(value) else plain_bytes(from_base64(value))
    return value


def _joined_pieces(text: str) -> object:
    """What a JSON list of pieces in base64 stands for; any other JSON text is the body itself."""
    pieces = plain_value(text)
    if not is_array(pieces) or not pieces or not all(isinstance(each, str) for each in pieces):
        return text
    return plain_bytes(b"".join(from_base64(str(each)) for each in pieces))


def plain_value(body: object) -> object:
    """The value of a body that is JSON text; itself where it is none."""
    if not isinstance(body, str | bytes):
        return body
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body


def _from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        message = "these are no bytes in hexadecimal digits"
        raise UndecodableBody(message) from None


def from_base64(text: str) -> bytes:
    """The bytes that a text in base64 stands for."""
    written = "".join(text.split())
    try:
        return base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        message = "this is not base64"
        raise UndecodableBody(message, "write the bytes in base64, or the text itself") from None


def plain_bytes(data: bytes) -> bytes:
    """*data* unpacked. What was compressed shows in the bytes: headers are often recorded as they were before."""
    if data.startswith(_GZIP):
        return _inflated(data, zlib.MAX_WBITS | 16, "gzip")
    if data.startswith(_ZLIB):
        return _inflated(data, zlib.MAX_WBITS, "zlib")
    if _is_text(data):
        return data
    return _from_brotli(data)


def _inflated(data: bytes, bits: int, name: str) -> bytes:
    reader = zlib.decompressobj(bits)
    try:
        found = reader.decompress(data, LARGEST + 1)
    except zlib.error:
        message = f"this is not {name}, as which it begins"
        raise UndecodableBody(message) from None
    if len(found) > LARGEST:
        message = f"unpacked, this is more than {LARGEST >> 20} MiB"
        raise UndecodableBody(message, "take it out: no answer is so long")
    if not reader.eof:
        message = f"the {name} data breaks off"
        raise UndecodableBody(message)
    return found


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start > 0 and error.reason == "unexpected end of data"  # a text that was cut
    return True


def _from_brotli(data: bytes) -> bytes:
    """What brotli makes of bytes that are nothing else; it has no mark of its own."""
    try:
        brotli: Any = import_module("brotli")
    except ModuleNotFoundError:
        message = "these bytes are no text, and no gzip; brotli cannot be read without the package brotli"
        raise UndecodableBody(message, "install brotli, or record the body as text") from None
    reader = brotli.Decompressor()
    found = bytearray()
    try:
        for start in range(0, len(data), 1 << 12):
            found += reader.process(data[start : start + (1 << 12)])
            if len(found) > LARGEST:
                message = f"unpacked, this is more than {LARGEST >> 20} MiB"
                raise UndecodableBody(message, "take it out: no answer is so long")
        is_whole = reader.is_finished()
    except brotli.error:
        message = "these bytes are no text, and neither gzip nor brotli"
        raise UndecodableBody(message) from None
    if not is_whole:
        message = "the brotli data breaks off"
        raise UndecodableBody(message)
    return bytes(found)
