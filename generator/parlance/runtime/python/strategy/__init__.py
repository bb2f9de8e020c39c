"""What the strategies of all dialects share: shapes, values of them, and ways to break one.

It needs hypothesis; nothing else under this package does.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    message = "strategies are made with hypothesis: run `pip install hypothesis`"
    raise ImportError(message) from error

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

del _hypothesis
