"""Values that tell what a gate asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...node_class import node_class

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


@node_class(frozen=True, slots=True)
class HasOpen:
    """Whether any of gathered ids is open."""

    ids: Variable


@node_class(frozen=True, slots=True)
class IsOpen:
    """Whether an id is among gathered ids that are open."""

    ids: Variable
    id: Value


@node_class(frozen=True, slots=True)
class OrZero:
    """A number; zero for null."""

    value: Value


@node_class(frozen=True, slots=True)
class Breaks:
    """Whether the rule of a code finds anything in the document."""

    rule: str


@node_class(frozen=True, slots=True)
class RefusedByModel:
    """Whether something in the document is an error, or of another severity, with a model that is called so."""

    model: Value
    severity: str = "error"


@node_class(frozen=True, slots=True)
class Ask:
    """What another routine of the same gate says, which is given some variables."""

    routine: str
    arguments: tuple[Variable, ...]
