"""The kinds of change, and how bad each is for whoever sends a document and for whoever reads one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

__all__ = ["CHANGE_KINDS", "ChangeKind", "ChangeLevel"]


class ChangeLevel(StrEnum):
    """How bad a change is for clients that were written before it, the worst first."""

    BREAKING = "breaking"
    """What they send is refused, or what they receive is not what they were promised."""

    RISKY = "risky"
    """What they send means something else, or they receive what they may not have thought of."""

    COMPATIBLE = "compatible"
    """They need not know of it."""

    COSMETIC = "cosmetic"
    """No document is judged otherwise."""

    @property
    def rank(self) -> int:
        """Its place, 0 for the worst."""
        return [*ChangeLevel].index(self)


class ChangeKind(NamedTuple):
    """What the changes of one kind have in common."""

    meaning: str
    sent: ChangeLevel
    """The level where clients send the artifact."""

    received: ChangeLevel
    """The level where servers send it."""


_BREAKING, _RISKY, _COMPATIBLE, _COSMETIC = ChangeLevel

CHANGE_KINDS: dict[str, ChangeKind] = {
    "artifact-added": ChangeKind("a document that there was not", _COMPATIBLE, _COMPATIBLE),
    "artifact-removed": ChangeKind("a document that there is no more", _BREAKING, _BREAKING),
    "address-changed": ChangeKind("another path, method or status", _BREAKING, _BREAKING),
    "field-added": ChangeKind("a field that may be there", _COMPATIBLE, _COMPATIBLE),
    "required-field-added": ChangeKind("a field that must be there", _BREAKING, _COMPATIBLE),
    "field-removed": ChangeKind("a field that was optional is gone", _BREAKING, _RISKY),
    "required-field-removed": ChangeKind("a field that was required is gone", _BREAKING, _BREAKING),
    "field-renamed": ChangeKind("an optional field has another name", _BREAKING, _RISKY),
    "required-field-renamed": ChangeKind("a required field has another name", _BREAKING, _BREAKING),
    "field-required": ChangeKind("a field becomes required", _BREAKING, _COMPATIBLE),
    "field-optional": ChangeKind("a field becomes optional", _COMPATIBLE, _BREAKING),
    "expectation-changed": ChangeKind("an optional field is promised, or no longer is", _COSMETIC, _COSMETIC),
    "field-refused": ChangeKind("a field is refused, whatever it holds", _BREAKING, _COMPATIBLE),
    "field-accepted": ChangeKind("a field that was refused is not", _COMPATIBLE, _COMPATIBLE),
    "policy-changed": ChangeKind("the server does something else with a field or a value", _RISKY, _COSMETIC),
    "null-added": ChangeKind("null is accepted", _COMPATIBLE, _BREAKING),
    "null-removed": ChangeKind("null is no longer accepted", _BREAKING, _COMPATIBLE),
    "type-added": ChangeKind("values of another type are accepted, too", _COMPATIBLE, _BREAKING),
    "type-removed": ChangeKind("values of one type are no longer accepted", _BREAKING, _COMPATIBLE),
    "type-changed": ChangeKind("values of another type, and none of the former", _BREAKING, _BREAKING),
    "type-widened": ChangeKind("integers become numbers, or anything is accepted", _COMPATIBLE, _BREAKING),
    "type-narrowed": ChangeKind("numbers become integers, or no longer is anything accepted", _BREAKING, _COMPATIBLE),
    "value-added": ChangeKind("a value that was refused", _COMPATIBLE, _RISKY),
    "value-removed": ChangeKind("a value is refused", _BREAKING, _COMPATIBLE),
    "known-value-added": ChangeKind("a name for a value that is accepted anyway", _COSMETIC, _COSMETIC),
    "known-value-removed": ChangeKind("a value is named no more, and still accepted", _COSMETIC, _COSMETIC),
    "values-opened": ChangeKind("other values than the listed ones are accepted", _COMPATIBLE, _RISKY),
    "values-closed": ChangeKind("only the listed values are accepted", _BREAKING, _COMPATIBLE),
    "member-added": ChangeKind("another member of a union", _COMPATIBLE, _RISKY),
    "member-removed": ChangeKind("a member of a union is gone", _BREAKING, _COMPATIBLE),
    "members-opened": ChangeKind("objects with other tags are accepted", _COMPATIBLE, _RISKY),
    "members-closed": ChangeKind("only objects with known tags are accepted", _BREAKING, _COMPATIBLE),
    "bound-widened": ChangeKind("a bound is gone, or admits more", _COMPATIBLE, _RISKY),
    "bound-narrowed": ChangeKind("a bound is new, or admits less", _BREAKING, _COMPATIBLE),
    "bound-changed": ChangeKind("a bound refuses some values and admits others", _BREAKING, _RISKY),
    "pattern-removed": ChangeKind("a text need not match a pattern", _COMPATIBLE, _RISKY),
    "pattern-added": ChangeKind("a text must match a pattern", _BREAKING, _COMPATIBLE),
    "pattern-changed": ChangeKind("a text must match another pattern", _BREAKING, _RISKY),
    "unknown-fields-accepted": ChangeKind("fields that have no name are no longer refused", _COMPATIBLE, _COMPATIBLE),
    "unknown-fields-refused": ChangeKind("fields that have no name are refused", _BREAKING, _COMPATIBLE),
    "unknown-fields-changed": ChangeKind("fields that have no name are dropped, or no longer are", _RISKY, _COSMETIC),
    "default-changed": ChangeKind("another value is meant where a field is absent", _RISKY, _COSMETIC),
    "deprecated": ChangeKind("something should no longer be used", _COSMETIC, _COSMETIC),
    "undeprecated": ChangeKind("something may be used again", _COSMETIC, _COSMETIC),
    "format-changed": ChangeKind("what a text is meant to be", _COSMETIC, _COSMETIC),
    "description-changed": ChangeKind("other words", _COSMETIC, _COSMETIC),
    "rule-added": ChangeKind("a rule for errors holds that did not", _BREAKING, _COMPATIBLE),
    "rule-removed": ChangeKind("a rule for errors holds no more", _COMPATIBLE, _RISKY),
    "rule-changed": ChangeKind("a rule looks for something else", _RISKY, _RISKY),
    "rule-severity-changed": ChangeKind("a warning becomes an error, or the reverse", _BREAKING, _COMPATIBLE),
    "model-added": ChangeKind("a row in the table of models", _RISKY, _RISKY),
    "model-removed": ChangeKind("a row is gone from the table of models", _RISKY, _RISKY),
    "model-policy-added": ChangeKind("some models refuse a field or a value", _BREAKING, _COMPATIBLE),
    "model-policy-removed": ChangeKind("some models no longer refuse a field or a value", _COMPATIBLE, _RISKY),
    "model-policy-changed": ChangeKind("some models take other values of a field", _BREAKING, _RISKY),
}
"""Every kind, by name. Rules that find no errors, and reverse changes of a severity, have levels of their own."""
