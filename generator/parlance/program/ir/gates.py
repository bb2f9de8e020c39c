"""Values that tell what a gate asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .values import Value, Variable

__all__ = [
    "Ask",
    "Breaks",
    "HasOpen",
    "IsOpen",
    "OrZero",
    "RefusedByModel",
]


@dataclass(frozen=True, slots=True)
class HasOpen:
    """Whether any of gathered ids is open."""

    ids: Variable


@dataclass(frozen=True, slots=True)
class IsOpen:
    """Whether an id is among gathered ids that are open."""

    ids: Variable
    id: Value


@dataclass(frozen=True, slots=True)
class OrZero:
    """A number; zero for null."""

    value: Value


@dataclass(frozen=True, slots=True)
class Breaks:
    """Whether the rule of a code finds anything in the document."""

    rule: str


@dataclass(frozen=True, slots=True)
class RefusedByModel:
    """Whether something in the document is an error, or of another severity, with a model that is called so."""

    model: Value
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Ask:
    """What another routine of the same gate says, which is given some variables."""

    routine: str
    arguments: tuple[Variable, ...]
