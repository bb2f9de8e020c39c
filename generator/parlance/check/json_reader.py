"""JSON, read fast: the standard parser decides, and the slow one is asked only where it hesitates."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ..finding.shape import is_array, is_object
from ..finding.text_fault import TextFault
from .text_source import DEPTH, Parsed, TextSource

__all__ = ["read", "read_faultless"]

_HALF_PAIR = r"\\u[dD][89a-fA-F]"


def read(source: TextSource) -> Parsed:
    """The value of a JSON text and all its faults."""
    text = source.text
    if not text or text.isspace():
        fault = TextFault("PAR009", "there is no document in this text", 0, 0, "write one, or remove the file")
        return Parsed(None, [fault], complete=False)
    try:
        return Parsed(read_faultless(text), [], complete=True)
    except (ValueError, RecursionError):
        from .json_parser import parse  # most texts have no fault

        return parse(source)


def read_faultless(text: str) -> object:
    """The value of a JSON text that has no fault. Raises `ValueError` or `RecursionError` where it may have one."""
    value = _DECODER.decode(text)
    if "\\" in text and re.search(_HALF_PAIR, text):
        json.dumps(value, ensure_ascii=False).encode()
    if text.count("[") + text.count("{") > DEPTH and _too_deep(value):
        raise ValueError
    return value


def _too_deep(value: object) -> bool:
    if not (is_object(value) or is_array(value)):
        return False
    level: list[Any] = [value]
    for _ in range(DEPTH):
        inner: list[Any] = []
        for container in level:
            inner += container.values() if type(container) is dict else container
        level = [each for each in inner if type(each) is dict or type(each) is list]  # what the decoder makes
        if not level:
            return False
    return True


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError
    return fields


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError
    return number


def _refused(_: str) -> None:
    raise ValueError


_DECODER = json.JSONDecoder(object_pairs_hook=_without_repetition, parse_float=_finite, parse_constant=_refused)
