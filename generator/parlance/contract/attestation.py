"""Which constraints of a schema the dialect's server is known to have."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from ..finding import Place
from .source import Schema, place

__all__ = ["Attestation"]

_ATTESTED = "x-attested"


class Attestation:
    """Answers for one document which constraints nothing attests."""

    def __init__(self, is_doubtful: Callable[[Place | None], bool]) -> None:
        self.is_doubtful = is_doubtful
        """Whether what is written at a place is another provider's, or hearsay."""

        self._is_attested = False
        self._is_touched = False

    @contextmanager
    def of(self, schema: Schema) -> Generator[None]:
        """Within, constraints are those of a field or a named schema, and of all that is written in it."""
        before = self._is_attested, self._is_touched
        self._is_attested = schema.get(_ATTESTED, False)
        self._is_touched = self._has_evidence(schema)
        try:
            yield
        finally:
            self._is_attested, self._is_touched = before

    def doubts(self, schema: Schema, attributes: Mapping[str, str]) -> frozenset[str]:
        """The attributes whose keywords, *attributes* says which, stand in the schema and are not attested."""
        if self._is_attested or schema.get(_ATTESTED, False):
            return frozenset()
        return frozenset(
            name for name, key in attributes.items() if key in schema and self.is_doubtful(place(schema, key))
        )

    def doubts_end(self, schema: Schema, key: str) -> bool:
        """Whether nothing attests that the list behind *key* has all there is: no action took anything from it."""
        if self._is_attested or self._is_touched or schema.get(_ATTESTED, False):
            return False
        return self.is_doubtful(place(schema, key))

    def knows(self, schema: Schema) -> bool:
        """Whether the dialect itself, or one of its family, declares or touches the schema, if only by hearsay."""
        evidence = schema.get("x-evidence", ())
        places = [place(schema), *(place(evidence, index) for index in range(len(evidence)))]
        places += [place(schema, key) for key in ("x-listed", "x-policy") if key in schema]
        return schema.get(_ATTESTED, False) or any(not self.is_doubtful(at) for at in places)

    def _has_evidence(self, schema: Schema) -> bool:
        """Whether an action of the dialect's own, or of its family, touched the schema itself."""
        evidence = schema.get("x-evidence", ())
        return any(
            item.get("confidence") != "C" and not self.is_doubtful(place(evidence, index))
            for index, item in enumerate(evidence)
        )
