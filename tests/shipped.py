"""The spec that ships and the contracts of its dialects, read once for all the tests of a process."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from parlance.contract.build import build_contracts
from parlance.contract.ir import Contract
from parlance.folders import spec_folder
from parlance.spec import resolve
from parlance.spec.model import Spec
from parlance.spec_source import SpecSource

__all__ = ["contract_of", "contracts", "copy_of_schemas", "spec", "spec_of_schemas"]


@cache
def spec() -> Spec:
    """The spec that ships, as every command reads it. It is not to be changed: its dialects are resolved once, too.

    What the snapshot knows is neither read nor proven again: that it is what the files say, a test of its own says.
    """
    return SpecSource().load()


@cache
def spec_of_schemas(*codes: str) -> Spec:
    """The same with its default dialect alone, and with the rules of these codes alone.

    What an overlay says of schemas is the same on top of it; its rules are nine tenths of what a dialect costs.
    """
    whole = spec()
    default = whole.names[whole.default]
    rules = [record for record in whole.rules if record["code"] in codes]
    return replace(whole, dialects=(default,), rules=rules, models={})


def copy_of_schemas(folder: Path, *codes: str, dialects: tuple[str, ...] = ("openai-2026-11",)) -> Path:
    """A copy of its files in a new folder, with these dialects alone, and with the rules of these codes alone."""
    root = Path(shutil.copytree(spec_folder(), folder))
    shutil.rmtree(root / "models")
    for path in (root / "dialects").iterdir():
        if path.stem not in dialects:
            path.unlink()
    for path in (root / "rules").iterdir():
        records = re.split(r"^(?=- code: )", path.read_text("utf-8"), flags=re.MULTILINE)
        kept = [record for record in records if record.startswith(tuple(f"- code: {code}\n" for code in codes))]
        path.write_text("".join(kept), "utf-8") if kept else path.unlink()
    return root


@cache
def contracts() -> dict[str, Contract]:
    """Each dialect by its id, the newest base first."""
    headers = sorted(spec().dialects, key=lambda header: (header.as_of, header.default), reverse=True)
    made = build_contracts(resolve(spec(), header.id) for header in headers)
    return {contract.dialect: contract for contract in made}


def contract_of(name: str) -> Contract:
    """The contract of a dialect, by id or alias."""
    header = spec().names.get(name)
    return contracts()[header.id if header else name]
