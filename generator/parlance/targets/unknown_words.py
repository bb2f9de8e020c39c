"""What becomes of a field that a record does not name, as a sentence."""

from __future__ import annotations

from ..contract.ir import Record, UnknownFields
from .phrases import unconfirmed

__all__ = ["UNKNOWN_FIELDS", "unknown_sentence"]

UNKNOWN_FIELDS = {
    UnknownFields.REFUSE: "Other fields are an error.",
    UnknownFields.IGNORE: "Other fields are ignored.",
    UnknownFields.KEEP: "Other fields are passed on.",
    UnknownFields.OPEN: "Other fields are welcome.",
}


def unknown_sentence(record: Record) -> str:
    """`Other fields are an error.`, and whether that is confirmed."""
    return unconfirmed(UNKNOWN_FIELDS[record.unknown], "unknown" in record.doubtful)
