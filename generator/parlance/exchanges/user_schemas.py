"""Schemas that users send, compiled: what keeps a value from fitting one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ..emit.python_source import compile_python
from ..finding import SpecError
from ..schema_compiler.compiling import Options, read_program
from ..schema_compiler.module import schema_code
from ..schemas.building import Permissions
from ..schemas.documents import SchemaDocument
from ..schemas.library import Library

__all__ = ["Misfit", "UnusableSchema", "misfit"]

_KEPT = 256
"""How many compiled schemas are kept: applications send the same few again and again."""

_OPTIONS = Options(permissions=Permissions(unknown_keywords=True))


class UnusableSchema(Exception):
    """Why a schema cannot be compiled."""


class Misfit(NamedTuple):
    """What keeps a value from fitting a schema."""

    place: str
    """A pointer in the value."""

    fault: str
    """What is wrong there."""


def misfit(value: object, schema: object) -> Misfit | None:
    """The first thing that keeps *value* from fitting *schema*, if anything does. Raises `UnusableSchema`."""
    found = _checks(json.dumps(schema))
    if isinstance(found, str):
        raise UnusableSchema(found)
    try:
        return next(found(value), None)
    except RecursionError:
        return Misfit("", "is nested too deeply to be checked")


@lru_cache(maxsize=_KEPT)
def _checks(text: str) -> Callable[[Any], Iterator[Misfit]] | str:
    """What finds misfits by the schema with this JSON text, or why there is no such thing."""
    document = SchemaDocument("", "", json.loads(text))
    try:
        code = schema_code(read_program(document, Library(), _OPTIONS))
        module = compile_python(code.text.encode(), "schema.py")
    except SpecError as error:
        first = error.findings[0]
        return first.message
    except RecursionError:
        return "it is nested too deeply"
    namespace: dict[str, Any] = {"__name__": "schema"}
    exec(module, namespace)  # noqa: S102 our own output; text of the schema enters it as literals only
    accept, gather = namespace[code.accept], namespace[code.gather]

    def misfits(value: Any) -> Iterator[Misfit]:
        if accept(value):
            return
        found: list[Any] = []
        gather(value, "", found)
        yield from (Misfit(one.pointer, one.message) for one in found)

    return misfits
