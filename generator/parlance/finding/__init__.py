"""Findings and the places they point to: the one currency of every check, ours and the user's."""

from .fault import SpecError, closest, did_you_mean, fault
from .finding import Finding, Fix, Report, Severity
from .place import LocatedList, LocatedMap, Place, Span

__all__ = [
    "Finding",
    "Fix",
    "LocatedList",
    "LocatedMap",
    "Place",
    "Report",
    "Severity",
    "Span",
    "SpecError",
    "closest",
    "did_you_mean",
    "fault",
]
