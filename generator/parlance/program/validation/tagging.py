"""Which records are reached through a tag alone, so that its value need not be looked at twice."""

from __future__ import annotations

from ...contract.ir import Contract
from ...contract.references import mentions

__all__ = ["records_by_tag"]


def records_by_tag(contract: Contract) -> dict[str, str]:
    """The tag of each record that nothing but tagged unions with this tag refer to."""
    uses: dict[str, set[str | None]] = {artifact.root: {None} for artifact in contract.artifacts}
    for definition in contract.definitions:
        for name, tag in mentions(definition):
            uses.setdefault(name, set()).add(tag)
    return {name: tag for name, tags in uses.items() if len(tags) == 1 and (tag := next(iter(tags))) is not None}
