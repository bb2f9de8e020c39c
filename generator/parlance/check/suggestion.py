"""Which other dialect a faulty payload seems to be meant for: by fields and models that only that dialect has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module

from ..finding.shape import is_object
from .dialect import Dialect, generated_package

__all__ = ["Suggestions"]

_MOST_DIALECTS = 3
"""What more dialects have in common says little about which of them is meant."""

_MOST_FEATURES = 3
"""How many fields or models are named as the reason."""

_Table = Mapping[str, Mapping[str, tuple[str, ...]]]


class Suggestions:
    """Looks at payloads with findings, and suggests other dialects for them at the end."""

    def __init__(self) -> None:
        self._votes = Counter[str]()
        """In how many payloads no other dialect has more of what the default one lacks, by the name of the dialect."""

        self._features: dict[str, tuple[str, ...]] = {}
        """What was found, and the names of the dialects that have it."""

    def look_at(self, value: object, artifact: str | None, dialect: Dialect) -> None:
        """Look at a payload that has findings, and at what it holds inside."""
        found = dict(_features(value, artifact))
        if artifact is not None and artifact in dialect.artifacts and is_object(value):
            for pointer, inner in dialect.artifacts[artifact].embeds:
                found |= _features(value.get(pointer.removeprefix("/")), inner)
        counts = Counter(name for names in found.values() for name in names)
        most = max(counts.values(), default=0)
        self._votes.update(name for name, count in counts.items() if count == most)
        self._features |= found

    def text(self) -> str | None:
        """What to try; None where nothing points at another dialect, or too much does."""
        most = max(self._votes.values(), default=0)
        names = [name for name, count in self._votes.items() if count == most]
        if not names or len(names) > _MOST_DIALECTS:
            return None
        reasons = [feature for feature, having in self._features.items() if set(names) & set(having)]
        shown = ", ".join(reasons[:_MOST_FEATURES])
        return f"this looks like a request for {' or '.join(names)} ({shown}): try --dialect {','.join(names)}"


def _features(value: object, artifact: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the payload has that the default dialect's provider never had, with the dialects that have it."""
    if not is_object(value):
        return
    tables = import_module(f"{generated_package().__name__}.own_features")
    fields: _Table = tables.FIELDS
    models: _Table = tables.MODELS
    patterns: _Table = tables.PATTERNS
    place: tuple[str, ...] = tables.PLACES.get(artifact, ())
    for name, having in fields.get(artifact or "", {}).items():
        if name in value:
            yield name, having
    model: object = value
    for step in place:
        model = model.get(step) if is_object(model) else None
    if place and isinstance(model, str):
        if model in models.get(artifact or "", {}):
            yield model, models[artifact or ""][model]
        matching = (having for pattern, having in patterns[artifact or ""].items() if re.search(pattern, model))
        if names := tuple(dict.fromkeys(name for having in matching for name in having)):
            yield model, names
