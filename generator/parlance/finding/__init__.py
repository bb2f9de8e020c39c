"""Findings and the places they point to: the one currency of every check, ours and the user's.

Each name is loaded when it is first asked for: a document without a fault needs few of them.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .finding import ConformanceError, Finding, Fix, Report, TextEdit
    from .lines import Lines, lines_of
    from .located_text import LocatedText
    from .place import LocatedList, LocatedMap, Place, Span
    from .severity import Severity
    from .spec_error import SpecError, as_line
    from .spec_fault import fault
    from .suggestion import did_you_mean

__all__ = [
    "ConformanceError",
    "Finding",
    "Fix",
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

_MODULES = {
    "finding": ("ConformanceError", "Finding", "Fix", "Report", "TextEdit"),
    "lines": ("Lines", "lines_of"),
    "located_text": ("LocatedText",),
    "place": ("LocatedList", "LocatedMap", "Place", "Span"),
    "severity": ("Severity",),
    "spec_error": ("SpecError", "as_line"),
    "spec_fault": ("fault",),
    "suggestion": ("did_you_mean",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
