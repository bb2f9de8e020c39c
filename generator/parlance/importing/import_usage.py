"""The YAML of documents that others wrote: scalars as YAML 1.2 has them, and a remark where YAML 1.1 differs."""

from __future__ import annotations

import math
import re

from ..check.yaml_reader import payload_words
from ..yaml_text.events import constructed, tag_name
from ..yaml_text.usage import ProblemKind, Scalar, Words, YamlProblem

__all__ = ["ImportUsage", "older_reading"]

_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_LONGEST = 400
"""Digits of a number: no float has more, and Python refuses to read integers of some thousand."""

_DEPTH = 512
_GROWTH = 200_000
"""How many values aliases and merges may add: a whole document of a large provider has about as many."""


class ImportUsage:
    """What a document that is imported may hold."""

    levels = _DEPTH
    growth = _GROWTH
    merges = True
    plain_keys = True

    def scalar(self, kind: str, text: str) -> Scalar:
        """The value of YAML 1.2; the remark is the kind that it has in YAML 1.1, where that is another."""
        match kind:
            case "str" | "value" | "merge":
                return Scalar(text)
            case "null":
                return Scalar(None)
            case "bool":
                return Scalar(_BOOLEANS[text.lower()]) if text.lower() in _BOOLEANS else Scalar(text, remark="bool")
            case "int" | "float":
                return _number(kind, text)
            case "timestamp":
                return Scalar(text, remark="timestamp")
            case _:
                message = f"the tag {tag_name(kind)} says what JSON cannot"
                return Scalar(text, Words("PAR901", message, "write plain data"))

    def words(self, problem: YamlProblem) -> Words:
        """A problem as it is worded for a document."""
        if problem.kind is ProblemKind.GROWTH:
            message = f"aliases expand this document by more than {_GROWTH:,} values"
            return Words("PAR901", message, "write it without nested aliases")
        words = payload_words(problem)
        return words._replace(code="PAR901")


def older_reading(kind: str, text: str) -> object:
    """What YAML 1.1 makes of a scalar that YAML 1.2 has as a text."""
    return text if kind == "timestamp" else constructed(kind, text)


def _number(kind: str, text: str) -> Scalar:
    if len(text) <= _LONGEST and _INTEGER.match(text):
        return Scalar(int(text))
    if len(text) <= _LONGEST and _HEXADECIMAL.match(text):
        return Scalar(int(text, 16))
    if _FLOAT.match(text) and math.isfinite(float(text)):
        return Scalar(float(text))
    if "inf" in text.lower() or "nan" in text.lower():
        return Scalar(text, Words("PAR901", f"{text} is not a JSON number", "write a finite number"))
    if len(text) > _LONGEST:
        return Scalar(text, Words("PAR901", "this number has too many digits", "write a shorter one"))
    return Scalar(text, remark=kind)
