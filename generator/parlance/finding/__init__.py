"""Findings and the places they point to: the one currency of every check, ours and the user's."""

from .fault import SpecError, fault
from .finding import Finding, Fix, InvalidPayload, Report, Severity, TextEdit
from .place import LocatedList, LocatedMap, LocatedText, Place, Span
from .suggestion import did_you_mean

__all__ = [
    "Finding",
    "Fix",
    "InvalidPayload",
    "LocatedList",
    "LocatedMap",
    "LocatedText",
    "Place",
    "Report",
    "Severity",
    "Span",
    "SpecError",
    "TextEdit",
    "did_you_mean",
    "fault",
]
