"""What is said of a schema, by the rule and by the meta-schema, and of a pattern, by us and by Python's `re`."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from parlance.runtime.python.patterns import regex_fault
from parlance_dialects import openai_2026_08 as openai
from parlance_dialects.openai_2026_08.rules import lint_request
from parlance_dialects.violation import Violation

__all__ = ["CODE", "PLACES", "compiles", "findings", "is_wellformed", "refused_pattern"]

CODE = "PAR420"
_NEW = re.compile(r"(?:[^\\(]|\\[^z]|\((?!\?\#)|\(\?\#(?:[^)\\]|\\.)*\))*\\z", re.DOTALL)
"""A pattern that says `\\z`, the end of the text, which Python knows since 3.14, outside its comments."""

_META = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def _request(**fields: Any) -> dict[str, Any]:
    return {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Name a fjord."}], **fields}


def _tool(schema: Any, strict: bool) -> dict[str, Any]:
    function = {"name": "fjord", "strict": strict, "parameters": schema}
    return _request(tools=[{"type": "function", "function": function}], parallel_tool_calls=False)


def _function(schema: Any, strict: bool) -> dict[str, Any]:
    del strict  # the older form has no such thing
    return _request(functions=[{"name": "fjord", "parameters": schema}])


def _format(schema: Any, strict: bool) -> dict[str, Any]:
    return _request(
        response_format={"type": "json_schema", "json_schema": {"name": "fjord", "strict": strict, "schema": schema}}
    )


PLACES: Sequence[tuple[str, Callable[[Any, bool], dict[str, Any]]]] = (
    ("/tools/0/function/parameters", _tool),
    ("/functions/0/parameters", _function),
    ("/response_format/json_schema/schema", _format),
)
"""Where a schema stands in a request: the pointer to it, and the request."""

assert all(openai.is_valid_request(make({}, False)) for _, make in PLACES)


def findings(document: dict[str, Any]) -> list[Violation]:
    """What the rules find, but for advice."""
    return [one for one in lint_request(document) if one.severity != "info"]


def is_wellformed(schema: Any) -> bool:
    """Whether the meta-schema of JSON Schema 2020-12 accepts *schema*."""
    verdict: bool = _META.is_valid(schema)  # pyright: ignore[reportUnknownMemberType] - of an overload for older code
    return verdict


def compiles(pattern: str) -> bool:
    """Whether Python's `re` compiles *pattern*, as it did up to 3.13: servers run what is older than the newest."""
    if sys.version_info >= (3, 14) and _NEW.match(pattern):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except (re.error, OverflowError, ValueError):
            return False
    return True


def refused_pattern(pattern: str) -> bool:
    """Whether we say that `re` does not compile *pattern*."""
    return regex_fault(pattern) is not None
