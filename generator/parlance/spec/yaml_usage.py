"""The YAML of a spec: what JSON can say, and days; nothing that YAML 1.1 makes of a word or of digits."""

from __future__ import annotations

import math
from datetime import date
from typing import assert_never

from ..finding import Lines
from ..yaml_text.events import constructed, tag_name
from ..yaml_text.usage import ProblemKind, Scalar, Words, YamlProblem

__all__ = ["SpecUsage"]

_DEPTH = 200
_GROWTH = 10
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_AMBIGUOUS = {
    "bool": ("a boolean to YAML", "true or false"),
    "int": ("a number to YAML, and not to JSON", "the number in plain digits"),
    "float": ("a number to YAML, and not to JSON", "the number in plain digits"),
    "null": ("not null", "null"),
    "timestamp": ("not a day", "a day such as 2024-09-12"),
}
_KINDS = {"bool": "a boolean", "int": "a number", "float": "a number", "null": "null"}


class SpecUsage:
    """What one file of a spec may hold."""

    levels = _DEPTH + 1  # the file itself is not nested
    merges = False
    plain_keys = False

    def __init__(self, lines: Lines) -> None:
        self.growth = _GROWTH * len(lines.text) + 100
        self._lines = lines

    def scalar(self, kind: str, text: str) -> Scalar:
        """A JSON value or a day."""
        try:
            return Scalar(_value(kind, text))
        except LookupError:
            return Scalar(None, _foreign(kind))
        except ValueError:
            wrong, instead = _AMBIGUOUS[kind]
            return Scalar(None, _words(f"{text} is {wrong}", f"write {instead}; if it is a text, put it in quotes"))

    def words(self, problem: YamlProblem) -> Words:
        """A problem as it is worded for a spec."""
        subject = problem.subject
        match problem.kind:
            case ProblemKind.CHARACTER:
                return _words(f"the character U+{ord(subject):04X} may not stand in YAML")
            case ProblemKind.SYNTAX:
                return _syntax(problem)
            case ProblemKind.DEPTH:
                return _words(f"nested more than {_DEPTH} deep")
            case ProblemKind.GROWTH:
                return _words(f"aliases expand to more than {_GROWTH} times the text", "write the values out")
            case ProblemKind.UNDEFINED:
                return _words(f"the anchor &{subject} is not defined before this alias", "define it first")
            case ProblemKind.CIRCULAR:
                return _words("an alias leads into itself")
            case ProblemKind.REPEATED_KEY:
                first, _ = self._lines.place(problem.first)
                return _words(f"the key {subject!r} stands twice; the first is in line {first}", "remove or rename one")
            case ProblemKind.SCALAR_KEY:
                kind = _KINDS.get(problem.detail, f"a {problem.detail}")
                message = f"the key {subject} is {kind} to YAML, and a key must be text"
                return _words(message, f"put it in quotes: '{subject}'")
            case ProblemKind.OTHER_KEY:
                return _words("a key must be text")
            case ProblemKind.TAG:
                return _foreign(subject)
            case ProblemKind.MERGE | ProblemKind.MERGED_VALUE:
                return _words("`<<` is not part of the spec language", "write it out")
            case _:
                assert_never(problem.kind)


def _words(message: str, advice: str | None = None) -> Words:
    return Words("PAR901", message, advice)


def _foreign(kind: str) -> Words:
    return _words(f"the tag {tag_name(kind)} is not part of the spec language", "write the plain value")


def _syntax(problem: YamlProblem) -> Words:
    message = " ".join(part for part in (problem.detail, problem.subject) if part)
    advice = "the file may be cut off" if "expected" in message or "end" in message else None
    return _words(f"is not YAML: {message}", advice)


def _value(kind: str, text: str) -> object:
    """Raises `ValueError` for what is spelt otherwise than in JSON, `LookupError` for what is of no kind here."""
    match kind:
        case "str":
            return text
        case "null":
            return constructed("null", text)
        case "bool" if text not in _BOOLEANS:
            raise ValueError(text)
        case "bool":
            return _BOOLEANS[text]
        case "int":
            return _integer(text)
        case "float":
            return _number(text)
        case "timestamp":
            return date.fromisoformat(text)
        case _:
            raise LookupError(kind)


def _integer(text: str) -> int:
    digits = text.lstrip("+-")
    if not digits.isascii() or not digits.isdigit() or (len(digits) > 1 and digits[0] == "0"):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    value = float(text.replace("_", "?"))
    if not math.isfinite(value):
        raise ValueError(text)
    return value
