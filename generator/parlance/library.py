"""The library: a payload to a report, against any dialect at any date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .check.dialect import Dialect, UnknownArtifact, UnknownDialect, generated_dialect, generated_package
from .check.engine import judge
from .check.reader import decoded_document, json_document
from .finding import Report, SpecError

if TYPE_CHECKING:
    from .spec import Resolved, Spec

__all__ = ["UnknownArtifact", "UnknownDialect", "find_dialect", "resolve_named", "validate"]


def validate(payload: object, artifact: str = "request", dialect: str | None = None) -> Report:
    """The verdict on one payload: bytes or a string of JSON text, or a decoded value.

    `artifact` is what the payload should be (`request`, `response`, `chunk`, …), or `auto` to tell by its fields.
    `dialect` is an id, an alias or one of them at a date, such as `openai@2025-03-01`; the default one for None.
    """
    chosen = find_dialect(dialect)
    if isinstance(payload, bytes | bytearray | str):
        text = payload if isinstance(payload, str) else bytes(payload)
        document = json_document(text, "<payload>")
    else:
        document = decoded_document(payload)
    return Report(judge(document, chosen, artifact).findings)


def find_dialect(name: str | None = None) -> Dialect:
    """The dialect of this name; with `@` and a date it is made from the spec on the spot."""
    if name is None or "@" not in name:
        return generated_dialect(name)
    generated_package()  # what every validator shares is in it
    from .compiled import compile_validators
    from .contract.build import build_contract
    from .layout import spec_folder
    from .spec import load_spec

    contract = build_contract(resolve_named(load_spec(spec_folder()), name))
    return Dialect(contract.dialect, compile_validators(contract))


def resolve_named(spec: Spec, name: str) -> Resolved:
    """The document of a dialect that a user named: a wrong name is theirs, any other fault the spec's."""
    from .spec import resolve

    try:
        return resolve(spec, name)
    except SpecError as error:
        if any(finding.span for finding in error.findings):
            raise
        raise UnknownDialect("; ".join(filter(None, (error.findings[0].message, error.findings[0].help)))) from None
