"""What would fix a finding, as edits of the document's value: from a rule, or from a misspelt key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...runtime.python.rule import Fix

__all__ = ["ValueEdit", "ValueFix", "fix_by_rule", "renaming"]


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """One change of a document."""

    operation: str
    """`rename`, `remove`, `replace`, `add`, `append` or `insert`."""

    pointer: str
    """The place that is changed; for `add` and `append` the object or array that gains, for `insert` the item after
    which there will be others."""

    name: str | None = None
    """The new key, of `rename` and `add`."""

    value: Any = None
    """The new value, of `replace`, `add` and `append`; a list of new items, of `insert`."""


@dataclass(frozen=True, slots=True)
class ValueFix:
    """Edits that are made together or not at all."""

    title: str
    """What they do, as a command."""

    safe: bool
    """Whether the meaning of the document is certain to stay the same."""

    edits: tuple[ValueEdit, ...]
    """At least one; every pointer is of the document as it is before all of them."""

    def within(self, above: str) -> ValueFix:
        """The same where the document stands at *above* in another."""
        edits = tuple(replace(edit, pointer=above + edit.pointer) for edit in self.edits)
        return replace(self, edits=edits) if above else self


def fix_by_rule(fix: Fix, value: object, pointer: str, above: str = "") -> ValueFix | None:
    """The fix of a rule for its violation at *pointer* in *value*, which stands at *above* in its document."""
    edits = tuple(
        ValueEdit(one.operation, above + one.pointer, one.name, one.value) for one in fix.edits(value, pointer)
    )
    return ValueFix(fix.title, fix.safe, edits) if edits else None


def renaming(pointer: str, name: str, *, safe: bool = False) -> ValueFix:
    """The fix of a key with another name; that a misspelt one was meant so is a guess."""
    return ValueFix(f"rename it to {name}", safe=safe, edits=(ValueEdit("rename", pointer, name),))
