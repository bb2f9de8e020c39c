"""The names of the run time that validators use."""

from __future__ import annotations

from ...runtime.python import (
    artifact,
    container_faults,
    equality,
    field_faults,
    pattern_search,
    scalar_faults,
    spelt_faults,
    violation,
)
from ..run_time_imports import homes

__all__ = ["HOMES", "MODULES"]

HOMES = homes(
    (artifact, container_faults, equality, field_faults, pattern_search, scalar_faults, spelt_faults, violation)
)
"""The module of each name."""

MODULES = (*dict.fromkeys(HOMES.values()),)
"""The modules that validators import, by name."""
