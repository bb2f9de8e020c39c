"""Schemas that users send, compiled: what keeps a value from fitting one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from ..finding import SpecError
from ..runtime.python.message import shown

__all__ = ["UnusableSchema", "misfit"]

_KEPT = 256
"""How many compiled schemas are kept: applications send the same few again and again."""

_LARGEST = 128 << 10
"""How many characters of a schema are compiled: so many take some seconds, and what people write is far smaller."""


class UnusableSchema(Exception):
    """Why a schema cannot be compiled."""


def misfit(value: object, schema: object) -> str | None:
    """What keeps *value* from fitting *schema*, the first of several things; None if it fits.

    Raises `UnusableSchema`.
    """
    text = json.dumps(schema)
    if len(text) > _LARGEST:
        message = f"it has {len(text):,} characters, and no more than {_LARGEST:,} are compiled"
        raise UnusableSchema(message)
    found = _checks(text)
    if isinstance(found, str):
        raise UnusableSchema(found)
    try:
        return next(found(value), None)
    except RecursionError:
        return "this is nested too deeply to be checked"


@lru_cache(maxsize=_KEPT)
def _checks(text: str) -> Callable[[Any], Iterator[str]] | str:
    """What finds misfits by the schema with this JSON text, or why there is no such thing."""
    # Most files hold no exchange in which a user's schema matters, and the compiler takes longer to load than they do.
    from ..emit.python_source import compile_python
    from ..schema_compiler.compiling import Options, read_program
    from ..schema_compiler.module import schema_code
    from ..schemas.building import Permissions
    from ..schemas.document_library import Library
    from ..schemas.documents import SchemaDocument

    document = SchemaDocument("", "", json.loads(text))
    options = Options(permissions=Permissions(unknown_keywords=True))
    try:
        code = schema_code(read_program(document, Library(), options))
        module = compile_python(code.text.encode(), "schema.py")
    except SpecError as error:
        first = error.findings[0]
        return f"{shown(f'#{first.pointer}')}: {first.message.removeprefix(f'#{first.pointer}: ')}"
    except RecursionError:
        return "it is nested too deeply"
    namespace: dict[str, Any] = {"__name__": "schema"}
    exec(module, namespace)  # noqa: S102 our own output; text of the schema enters it as literals only
    accept, gather = namespace[code.accept], namespace[code.gather]

    def misfits(value: Any) -> Iterator[str]:
        if accept(value):
            return
        found: list[Any] = []
        gather(value, "", found)
        yield from (f"{one.pointer}: {one.message}" if one.pointer else one.message for one in found)

    return misfits
