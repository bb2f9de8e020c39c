"""What a reader of YAML is asked to allow, and how it words what it finds wrong."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, NamedTuple, Protocol

__all__ = ["ProblemKind", "Scalar", "Usage", "Words", "YamlProblem"]


class ProblemKind(Enum):
    """What can be wrong with a YAML text, scalars apart."""

    CHARACTER = auto()
    """A character that YAML cannot hold; the subject is it."""

    SYNTAX = auto()
    """What is not YAML; the subject is the problem as PyYAML has it, the detail what it was reading."""

    DEPTH = auto()
    """A container at a deeper level than is allowed."""

    GROWTH = auto()
    """Aliases that make more of the text than is allowed."""

    UNDEFINED = auto()
    """An alias without its anchor; the subject is the name."""

    CIRCULAR = auto()
    """An alias inside what it stands for; the subject is the name."""

    REPEATED_KEY = auto()
    """A key that stands twice; the subject is the key, and the first stands at `first`."""

    SCALAR_KEY = auto()
    """A key that is a scalar and no text; the subject is how it is written, the detail its kind."""

    OTHER_KEY = auto()
    """A key that is no text at all, or an alias of something else."""

    TAG = auto()
    """A tag that the value cannot have; the subject is the tag."""

    MERGE = auto()
    """`<<`, where mappings are not merged."""

    MERGED_VALUE = auto()
    """A value of `<<` that is not a mapping."""


class YamlProblem(NamedTuple):
    """What is wrong, without words."""

    kind: ProblemKind
    subject: str = ""
    detail: str = ""
    first: int = 0


class Words(NamedTuple):
    """A problem in words."""

    code: str
    message: str
    advice: str | None = None


class Scalar(NamedTuple):
    """A value, or what stands in for it where there is a fault."""

    value: Any
    fault: Words | None = None
    remark: str | None = None
    """What YAML made of the text, where that may surprise."""


class Usage(Protocol):
    """What one kind of text may hold, such as a spec or a payload."""

    @property
    def levels(self) -> int:
        """How many containers may stand in one another."""
        ...

    @property
    def growth(self) -> int:
        """How many values aliases and merges may add to those of the text."""
        ...

    @property
    def merges(self) -> bool:
        """Whether `<<` merges mappings; it is never a key like any other."""
        ...

    @property
    def plain_keys(self) -> bool:
        """Whether a key that YAML takes for a number or a truth value is the text that is written."""
        ...

    def scalar(self, kind: str, text: str) -> Scalar:
        """The value of a scalar that is not a key; its kind is `null`, `bool`, `int`, `float`, `str`, or any tag."""
        ...

    def words(self, problem: YamlProblem) -> Words:
        """How a problem is worded."""
        ...
