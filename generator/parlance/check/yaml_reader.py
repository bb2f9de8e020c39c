"""The YAML of a payload: all of YAML 1.1 that JSON has a value for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ..yaml_text.event_reader import read as read_documents
from ..yaml_text.events import NoParserError, tag_name
from ..yaml_text.nodes import YamlDocument
from ..yaml_text.usage import ProblemKind, Scalar, Words, YamlProblem
from .text_source import DEPTH, Unreadable
from .yaml_scalars import scalar_value, shortened

__all__ = ["payload_words", "read"]

_GROWTH = 1_000_000
"""How many values aliases and merges may add to those of the text."""


def read(text: str) -> Iterator[YamlDocument]:
    """The documents of a YAML text, up to the first that is not YAML."""
    try:
        yield from read_documents(text, _PayloadUsage())
    except NoParserError as error:
        message = f"{error.message}, and YAML is read by it: {error.advice}"
        raise Unreadable(message) from None


class _PayloadUsage:
    levels = DEPTH
    growth = _GROWTH
    merges = True
    plain_keys = False

    def scalar(self, kind: str, text: str) -> Scalar:
        return scalar_value(kind, text)

    def words(self, problem: YamlProblem) -> Words:
        return payload_words(problem)


def payload_words(problem: YamlProblem) -> Words:
    """A problem of a YAML text as it is worded for a payload."""
    subject = problem.subject
    match problem.kind:
        case ProblemKind.CHARACTER:
            return _words(f"U+{ord(subject):04X} may not stand in YAML", "write it as an escape in double quotes")
        case ProblemKind.SYNTAX:
            return _syntax(problem)
        case ProblemKind.DEPTH:
            message, advice = f"nested more than {DEPTH} levels deep", "flatten it; what follows is not checked"
            return Words("PAR008", message, advice)
        case ProblemKind.GROWTH:
            message = f"aliases expand this document to more than {_GROWTH:,} values"
            return Words("PAR011", message, "write it without nested aliases")
        case ProblemKind.UNDEFINED:
            return _words(f"the anchor &{subject} is not defined before this alias", "define it first")
        case ProblemKind.CIRCULAR:
            message = f"the alias *{subject} stands inside what it names, which JSON cannot say"
            return _words(message, "write the value out")
        case ProblemKind.REPEATED_KEY:
            return Words("PAR004", f"the key {subject[:40]!r} is given twice", "remove one; the last one counts")
        case ProblemKind.SCALAR_KEY:
            message = f"the key {shortened(subject)} is read as {problem.detail}, and keys are strings"
            return _words(message, f'quote it: "{shortened(subject)}"')
        case ProblemKind.OTHER_KEY | ProblemKind.MERGE:
            return _words("a key is not a string, which JSON cannot say", "write a string")
        case ProblemKind.TAG:
            return _words(f"the tag {shortened(tag_name(subject))} says what JSON cannot", "write plain data")
        case ProblemKind.MERGED_VALUE:
            return _words("<< merges mappings, and this is none", "write <<: *anchor")
        case _:
            assert_never(problem.kind)


def _words(message: str, advice: str) -> Words:
    return Words("PAR010", message, advice)


def _syntax(problem: YamlProblem) -> Words:
    message = ", ".join(part for part in (problem.subject, problem.detail) if part) or "this is not YAML"
    advice = "indent with spaces" if "cannot start any token" in message else "check quotes, brackets and indentation"
    return _words(message, advice)
