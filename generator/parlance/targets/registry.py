"""Every target, and what a run needs beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..contract.accepted import accepted
from ..contract.ir import Contract
from .change_pages import change_pages
from .contract_json import contract_json
from .definitions import Part
from .dicts import dicts as typed_dicts
from .dicts import part as dicts_part
from .edition import Edition, Target
from .enums import enums as enum_classes
from .enums import part as enums_part
from .file import File
from .grouping import ModuleFile
from .index import index, is_shared
from .index import runtime as runtime_of_index
from .jsonschema import Examples, jsonschema
from .markdown import markdown
from .matrix_table import matrix_page
from .models import models as pydantic_models
from .models import part as models_part
from .openapi import openapi
from .params import params as sent_params
from .params import part as params_part
from .record_book import RecordBook
from .record_pages import record_pages
from .rule_pages import rule_pages
from .rules import MODULES as RULE_MODULES
from .rules import part as rules_part
from .rules import rules as rule_checks
from .runtime_files import runtime_files
from .sharing import SpecLayout
from .strategies import part as strategies_part
from .strategies import shared as strategy_examples
from .strategies import strategies
from .typescript import modules as typescript_modules
from .typescript import package as typescript_package
from .typescript import parts as typescript_parts
from .typescript import typescript
from .validators import MODULES as VALIDATOR_MODULES
from .validators import part as validators_part
from .validators import validators

__all__ = [
    "TARGETS",
    "Edition",
    "Examples",
    "File",
    "ModuleFile",
    "Part",
    "SpecLayout",
    "Target",
    "index",
    "is_shared",
    "runtime_files",
    "runtime_of_index",
]

_Made = TypeVar("_Made")


def _of_accepted(make: Callable[[Contract], _Made]) -> Callable[[Contract], _Made]:
    """What *make* makes of a contract without the constraints that nothing attests."""

    def made(contract: Contract) -> _Made:
        return make(accepted(contract))

    return made


def _bundles(contract: Contract, examples: Examples) -> Iterator[File]:
    return jsonschema(accepted(contract), examples)


def _one(make: Callable[[Contract], Part | None]) -> Callable[[Contract], Iterator[Part]]:
    """The one part that *make* makes of a contract, if it makes any."""

    def made(contract: Contract) -> Iterator[Part]:
        if (part := make(contract)) is not None:
            yield part

    return made


def _none(contract: Contract) -> Iterator[File]:
    """What a dialect gives to a target that is about several."""
    del contract
    yield from ()


def _pages(edition: Edition) -> Iterator[File]:
    """The pages of rules and of records, and the matrix of dialects."""
    book = RecordBook(edition)
    yield from rule_pages(book)
    yield from record_pages(book)
    yield from matrix_page(edition)


TARGETS: dict[str, Target] = {
    "enums": Target(
        summary="StrEnum and IntEnum classes", files=_of_accepted(enum_classes), parts=_one(_of_accepted(enums_part))
    ),
    "dicts": Target(
        summary="TypedDicts",
        files=_of_accepted(typed_dicts),
        parts=_one(_of_accepted(dicts_part)),
        runtime=("typed_dict",),
    ),
    "params": Target(
        summary="TypedDicts of requests, as SDKs type them",
        files=_of_accepted(sent_params),
        parts=_one(_of_accepted(params_part)),
        runtime=("typed_dict",),
    ),
    "models": Target(
        summary="Pydantic models",
        files=_of_accepted(pydantic_models),
        parts=_one(_of_accepted(models_part)),
        runtime=("model_errors", "model_records", "model_types", "model_unions"),
    ),
    "validators": Target(
        summary="straight-line checks",
        files=validators,
        parts=_one(validators_part),
        is_coarse=True,
        runtime=VALIDATOR_MODULES,
    ),
    "rules": Target(
        summary="checks of what no schema says",
        files=_of_accepted(rule_checks),
        parts=_one(_of_accepted(rules_part)),
        is_coarse=True,
        runtime=RULE_MODULES,
    ),
    "strategies": Target(
        summary="hypothesis strategies",
        files=strategies,
        parts=_one(strategies_part),
        is_coarse=True,
        runtime=("strategy",),
        shared=strategy_examples,
    ),
    "typescript": Target(
        summary="TypeScript types and checks",
        files=typescript,
        parts=typescript_parts,
        modules=typescript_modules,
        shared=typescript_package,
    ),
    "jsonschema": Target(
        summary="JSON Schema 2020-12, a file per artifact", files=_of_accepted(jsonschema), with_examples=_bundles
    ),
    "openapi": Target(summary="OpenAPI 3.1", files=_of_accepted(openapi)),
    "markdown": Target(summary="reference pages", files=markdown, shared=_pages),
    "changes": Target(
        summary="pages of what changed between dialects", files=_none, shared=change_pages, needs_days=True
    ),
    "contract": Target(summary="the contract as JSON", files=contract_json),
}
"""Every target of `target_names.NEEDS` by its name, in the same order."""
