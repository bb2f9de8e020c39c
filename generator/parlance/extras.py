"""The extras of this distribution: which modules each brings, and what is said where one is missing."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DISTRIBUTION", "EXTRAS", "missing_extra"]

DISTRIBUTION = "chat-parlance"
"""What is installed; the command, and what is imported, is `parlance`."""

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "arrow": ("pyarrow",),
    "fast": ("orjson",),
    "generate": ("datamodel_code_generator", "jinja2", "jsonschema", "referencing"),
    "lsp": ("lsprotocol", "pygls"),
    "rich": ("rich",),
    "strategies": ("hypothesis",),
}
"""The modules that are imported for each extra, and nowhere else."""


def missing_extra(error: ImportError) -> str | None:
    """How to install what an import did not find; None if no extra brings it."""
    name = (error.name or "").partition(".")[0]
    for extra, modules in EXTRAS.items():
        if name in modules:
            return f"needs `pip install '{DISTRIBUTION}[{extra}]'`"
    return None
