"""A document with one mistake, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Fault"]


@dataclass(frozen=True)
class Fault:
    """A document that breaks one rule or one constraint, once."""

    document: Any
    """What would go over the wire, decoded; of a rule over a file, the list of its lines."""

    code: str
    """What it breaks, such as `PAR301`."""

    pointer: str
    """Where (RFC 6901); of what is absent, where it should be."""

    severity: str
    """`error` where a server refuses it, `warning` or `info` where one does not."""

    where: str
    """The field, the record or the rule that is broken, in the spec's words."""

    what: str
    """How, in a few words."""
