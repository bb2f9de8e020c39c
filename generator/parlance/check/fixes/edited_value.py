"""Edits of a value, made in the plainest way: what a text must say after them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ...finding.pointer import joined, tokens
from ...finding.shape import is_array, is_object
from .value_fix import ValueEdit

__all__ = ["edited_value", "is_same"]


def edited_value(value: Any, edits: Iterable[ValueEdit]) -> Any:
    """*value* after all *edits*, which can be made beside each other."""
    return _Application(edits).of(value, "")


def is_same(left: Any, right: Any) -> bool:
    """Whether two values are the same in JSON, with the same kind of number everywhere."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


class _Application:
    def __init__(self, edits: Iterable[ValueEdit]) -> None:
        self._edits: dict[tuple[str, str], list[ValueEdit]] = {}
        self._touched: dict[str, set[str]] = {}
        """By pointer, the tokens below it that lead to edits."""

        for edit in edits:
            self._edits.setdefault((edit.pointer, edit.operation), []).append(edit)
            at = ""
            for token in edit.pointer.split("/")[1:]:
                self._touched.setdefault(at, set()).add(token)
                at = f"{at}/{token}"
            self._touched.setdefault(at, set())

    def of(self, value: Any, at: str) -> Any:
        """What becomes of the *value* at a pointer."""
        if at not in self._touched:
            return value
        if replaced := self._edits.get((at, "replace")):
            return replaced[0].value
        if is_object(value):
            return self._object(value, at)
        return self._array(value, at) if is_array(value) else value

    def _object(self, value: dict[str, Any], at: str) -> dict[str, Any]:
        touched, renamed = self._touched[at], False
        fields = dict(value)
        for token in touched:
            inner, (key,) = f"{at}/{token}", tokens(f"/{token}")
            renamed = renamed or (inner, "rename") in self._edits
            if (inner, "remove") in self._edits:
                fields.pop(key, None)
            elif key in fields:
                fields[key] = self.of(fields[key], inner)
        if renamed:  # which keeps its place
            fields = {self._new_key(at, key): one for key, one in fields.items()}
        return fields | {edit.name or "": edit.value for edit in self._edits.get((at, "add"), ())}

    def _new_key(self, at: str, key: str) -> str:
        renamed = self._edits.get((at + joined([key]), "rename"))
        return renamed[0].name or "" if renamed else key

    def _array(self, value: list[Any], at: str) -> list[Any]:
        touched = self._touched[at]
        items: list[Any] = []
        for index, one in enumerate(value):
            if str(index) not in touched:
                items.append(one)
                continue
            inner = f"{at}/{index}"
            if (inner, "remove") not in self._edits:
                items.append(self.of(one, inner))
            items += [new for edit in self._edits.get((inner, "insert"), ()) for new in edit.value]
        return items + [edit.value for edit in self._edits.get((at, "append"), ())]
