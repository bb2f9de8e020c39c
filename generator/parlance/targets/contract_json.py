"""A contract as JSON, for other programs and for comparison."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Contract
from ..contract.json_form import as_json
from .file import File
from .json_text import NOTE, json_file

__all__ = ["contract_json"]


def contract_json(contract: Contract) -> Iterator[File]:
    """`contract/<dialect>.json`."""
    yield File(
        path=f"contract/{contract.dialect}.json", text=json_file({"$comment": NOTE, "contract": as_json(contract)})
    )
