"""The documents of rules, from which others are grown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["known_examples"]


def known_examples(dialect: str) -> Mapping[str, Any]:
    """Those that a dialect knows, by artifact."""
    known: Mapping[str, Any] = _examples().get(dialect, {})
    return known


@cache
def _examples() -> dict[str, Any]:
    """The documents of rules, by dialect and artifact: good ones; bad ones with what is found."""
    written: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_bytes())
    documents: list[Any] = written["documents"]
    return {
        dialect: {
            artifact: {
                **_documents(documents, known, "good", "bad"),
                "stream": _documents(documents, known, "good_streams", "bad_streams"),
                "exchange": _documents(documents, known, "good_exchanges", "bad_exchanges"),
            }
            for artifact, known in found.items()
        }
        for dialect, found in written["dialects"].items()
    }


def _documents(
    documents: Sequence[Any], known: Mapping[str, Any], good: str, bad: str
) -> dict[str, list[Any]]:
    """Those that an artifact is known to have under two keys, with what is found in the latter."""
    return {
        "good": [documents[number] for number in known.get(good, ())],
        "bad": [(code, at_, documents[number]) for code, at_, number in known.get(bad, ())],
    }
