"""The gate: one function for each artifact, which tells quickly that rules find nothing in a document."""

from .writer import Subject, gate

__all__ = ["Subject", "gate"]
