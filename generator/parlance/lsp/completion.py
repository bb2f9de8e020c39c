"""Names of fields and values at the cursor, as the spec has them at that place of the payload."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionItemTag,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    Range,
    TextEdit,
)

from ..check.document_reader import format_of
from ..finding.pointer import joined, value_at
from ..finding.shape import is_object
from .contracts import Contracts
from .cursor_place import CursorPlace, cursor_place
from .cursor_token import CursorToken, json_token, yaml_token
from .editor_file import FileRole
from .open_documents import OpenDocument

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from .type_places import AllowedValue, FieldOfRecord, TypePlaces

__all__ = ["completions"]

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*\Z")
"""Words that YAML reads as texts, but for those that it has a meaning for."""

_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_CLOSERS = {"{": "}", "[": "]"}
_FOLLOWED = re.compile(r"\s*+\"")
"""What follows where a member follows, so that a comma is due."""


def completions(
    document: OpenDocument, offset: int, role: FileRole, contracts: Contracts, *, snippets: bool
) -> list[CompletionItem]:
    """What may stand at *offset*; *snippets* says whether the editor takes texts with places to fill in."""
    is_yaml = format_of(role.name) == "yaml"
    token = (yaml_token if is_yaml else json_token)(document.text, offset)
    if token is None:
        return []
    place = cursor_place(document, token, role, is_yaml=is_yaml)
    contract = contracts.of(role) if place else None
    if place is None or contract is None:
        return []
    from .type_places import TypePlaces

    places = TypePlaces(contract, place.artifact or _usual(contract), place.value)
    edit = _Insertion(document, token, role.dialect.id, snippets=snippets)
    items = edit.fields(place, places) if place.is_key else edit.values(place, places)
    return [*items]


def _usual(contract: Contract) -> str:
    """What an empty object is taken for: what is sent, and not in lines."""
    return next((one.name for one in contract.artifacts if one.direction == "sent" and not one.is_line), "")


class _Insertion:
    """Turns what is allowed into items for one place of a text."""

    def __init__(self, document: OpenDocument, token: CursorToken, dialect: str, *, snippets: bool) -> None:
        is_yaml = format_of(document.file.name) == "yaml"
        self._token = token
        self._dialect = dialect
        self._is_yaml = is_yaml
        self._snippets = snippets
        self._range: Range = document.positions.range(token.start, token.end)
        followed = not is_yaml and _FOLLOWED.match(document.text, token.end)
        self._comma = "," if followed else ""

    def fields(self, place: CursorPlace, places: TypePlaces) -> Iterator[CompletionItem]:
        """The fields that are not there yet and that the dialect does not refuse."""
        present = value_at(place.value, joined(place.steps))
        for number, owner in enumerate(places.fields(place.steps)):
            if not (is_object(present) and owner.field.name in present) and not _is_refused(owner):
                yield self._field(owner, number, places, (*place.steps, owner.field.name))

    def values(self, place: CursorPlace, places: TypePlaces) -> Iterator[CompletionItem]:
        """The scalars that the spec names."""
        for number, allowed in enumerate(places.values(place.steps)):
            if isinstance(allowed.value, str) or not self._token.quote:
                yield self._value(allowed, number)

    def _field(self, owner: FieldOfRecord, number: int, places: TypePlaces, steps: tuple[str, ...]) -> CompletionItem:
        from ..contract.ir import Presence
        from .field_text import field_detail, field_text, opening

        field = owner.field
        name = self._written(field.name)
        rest = "" if self._token.has_colon else ": "
        value = ""
        if rest and self._snippets and not self._is_yaml:
            value = _placeholder(opening(field.type, places), places.values(steps))
        text = f"{_escaped(name) if self._snippets else name}{rest}{value}"
        is_deprecated = field.history.deprecation is not None
        rank = 0 if field.presence is Presence.REQUIRED else 2 if is_deprecated else 1
        return self._item(
            field.name,
            f"{text}{self._comma if rest and value else ''}",
            CompletionItemKind.Property,
            f"{rank}{number:04}",
            detail=field_detail(field),
            documentation=MarkupContent(MarkupKind.Markdown, field_text(owner, places, self._dialect)),
            tags=[CompletionItemTag.Deprecated] if is_deprecated else None,
        )

    def _value(self, allowed: AllowedValue, number: int) -> CompletionItem:
        from .field_text import value_text

        written = self._written(allowed.value)
        text = _escaped(written) if self._snippets else written
        is_deprecated = allowed.member is not None and allowed.member.history.deprecation is not None
        label = allowed.value if isinstance(allowed.value, str) else json.dumps(allowed.value)
        documentation = value_text(allowed)
        return self._item(
            label,
            text,
            CompletionItemKind.EnumMember if isinstance(allowed.value, str) else CompletionItemKind.Value,
            f"{1 if is_deprecated else 0}{number:04}",
            documentation=MarkupContent(MarkupKind.Markdown, documentation) if documentation else None,
            tags=[CompletionItemTag.Deprecated] if is_deprecated else None,
        )

    def _item(self, label: str, text: str, kind: CompletionItemKind, order: str, **facts: Any) -> CompletionItem:
        return CompletionItem(
            label=label,
            kind=kind,
            sort_text=order,
            # Editors compare it with what stands between the start of the range and the cursor, the quote included.
            filter_text=f"{self._token.quote}{label}{self._token.quote}",
            insert_text_format=InsertTextFormat.Snippet if self._snippets else InsertTextFormat.PlainText,
            text_edit=TextEdit(self._range, text),
            **facts,
        )

    def _written(self, value: str | int | bool | None) -> str:
        """A scalar as the format has it; in YAML without quotes, where nothing speaks against it."""
        text = json.dumps(value, ensure_ascii=False)
        if not self._is_yaml or not isinstance(value, str) or self._token.quote == '"':
            return text
        if self._token.quote == "'":
            doubled = value.replace("'", "''")
            return f"'{doubled}'"
        is_plain = _PLAIN.match(value) is not None and value.lower() not in _YAML_WORDS
        return value if is_plain else text


def _placeholder(mark: str, values: list[AllowedValue]) -> str:
    """Where a value is filled in, between the marks that it begins and ends with; the value, if there is only one."""
    if len(values) == 1 and isinstance(values[0].value, str):
        return _escaped(json.dumps(values[0].value))
    return f"{mark}$1{_CLOSERS.get(mark, mark)}"


def _escaped(text: str) -> str:
    """A text in a snippet."""
    return re.sub(r"([\\$}])", r"\\\1", text)


def _is_refused(owner: FieldOfRecord) -> bool:
    from ..contract.ir import Nothing, Refused, Renamed

    policy = owner.field.policy
    return isinstance(owner.field.type, Nothing) or isinstance(policy, Refused | Renamed)
