"""Findings and the places they point to: the one currency of every check, ours and the user's."""

from .fault import SpecError, as_line, fault
from .finding import Finding, Fix, InvalidPayload, Report, Severity, TextEdit
from .lines import Lines, lines_of
from .located_text import LocatedText
from .place import LocatedList, LocatedMap, Place, Span
from .suggestion import did_you_mean

__all__ = [
    "Finding",
    "Fix",
    "InvalidPayload",
    "Lines",
    "LocatedList",
    "LocatedMap",
    "LocatedText",
    "Place",
    "Report",
    "Severity",
    "Span",
    "SpecError",
    "TextEdit",
    "as_line",
    "did_you_mean",
    "fault",
    "lines_of",
]
