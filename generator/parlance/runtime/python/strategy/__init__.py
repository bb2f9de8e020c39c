"""What the strategies of all dialects share: shapes, values of them, and ways to break one.

It needs hypothesis; nothing else under this package does.
"""

from __future__ import annotations

from .artifact_subject import ArtifactSubject
from .faulty_document import Fault
from .mistakes import Mistake
from .subject_makers import exchange_subjects, stream_subjects, subjects
from .value_shapes import (
    Anything,
    Array,
    Boolean,
    Constant,
    Integer,
    Map,
    Members,
    NamedShape,
    Null,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
    Union,
    definition,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias, TypeVar

    from hypothesis.strategies import SearchStrategy

    _Document = TypeVar("_Document")

    Documents: TypeAlias = Callable[[], SearchStrategy[_Document]]
    """What makes a strategy for documents of one type."""

__all__ = [
    "Anything",
    "Array",
    "ArtifactSubject",
    "Boolean",
    "Constant",
    "Fault",
    "Integer",
    "Map",
    "Members",
    "Mistake",
    "NamedShape",
    "Null",
    "Number",
    "Record",
    "Shape",
    "Tagged",
    "Text",
    "Union",
    "definition",
    "exchange_subjects",
    "stream_subjects",
    "subjects",
]
