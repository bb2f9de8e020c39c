"""Every target, and what a run needs beside them."""

from __future__ import annotations

from .contract_json import contract_json
from .definitions import Part
from .dicts import dicts as typed_dicts
from .dicts import part as dicts_part
from .edition import Edition, Target
from .enums import enums as enum_classes
from .enums import part as enums_part
from .file import File
from .index import index
from .index import runtime as runtime_of_index
from .jsonschema import jsonschema
from .markdown import markdown
from .models import models as pydantic_models
from .models import part as models_part
from .openapi import openapi
from .python_modules import modules as python_modules
from .rule_pages import rule_pages
from .rules import MODULES as RULE_MODULES
from .rules import part as rules_part
from .rules import rules as rule_checks
from .runtime_files import runtime_files
from .sharing import SpecLayout
from .strategies import part as strategies_part
from .strategies import shared as strategy_examples
from .strategies import strategies
from .typescript import package as typescript_package
from .typescript import typescript
from .validators import part as validators_part
from .validators import validators

__all__ = [
    "TARGETS",
    "Edition",
    "File",
    "Part",
    "SpecLayout",
    "Target",
    "index",
    "python_modules",
    "runtime_files",
    "runtime_of_index",
]

TARGETS: dict[str, Target] = {
    "enums": Target(summary="StrEnum and IntEnum classes", files=enum_classes, part=enums_part),
    "dicts": Target(summary="TypedDicts", files=typed_dicts, part=dicts_part, runtime=("typed_dict",)),
    "models": Target(
        summary="Pydantic models",
        files=pydantic_models,
        part=models_part,
        runtime=("model_types",),
        needs=("enums",),
    ),
    "validators": Target(
        summary="straight-line checks", files=validators, part=validators_part, runtime=("violation",)
    ),
    "rules": Target(
        summary="checks of what no schema says",
        files=rule_checks,
        part=rules_part,
        runtime=RULE_MODULES,
        needs=("validators",),
    ),
    "strategies": Target(
        summary="hypothesis strategies",
        files=strategies,
        part=strategies_part,
        runtime=("strategy",),
        shared=strategy_examples,
        needs=("validators", "rules"),
    ),
    "typescript": Target(summary="TypeScript types and checks", files=typescript, shared=typescript_package),
    "jsonschema": Target(summary="JSON Schema 2020-12, a file per artifact", files=jsonschema),
    "openapi": Target(summary="OpenAPI 3.1", files=openapi),
    "markdown": Target(summary="reference pages", files=markdown, shared=rule_pages),
    "contract": Target(summary="the contract as JSON", files=contract_json),
}
"""Every target by its name, in the order of work."""
