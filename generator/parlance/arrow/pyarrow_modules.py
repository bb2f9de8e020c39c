"""pyarrow and the engines, which bring no types, or are not there: whatever comes from them is `Any`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..extras import missing_extra

__all__ = ["compute", "optional_module", "pa"]


def optional_module(name: str) -> Any:
    """The module of this name; where pyarrow is not installed, the error says how to get it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if (need := missing_extra(error)) is None:
            raise
        raise ModuleNotFoundError(f"parlance.arrow {need}", name=error.name) from None


pa: Any = optional_module("pyarrow")
compute: Any = optional_module("pyarrow.compute")
