"""Where the cursor stands in a payload: a marker in place of the word shows it, and is taken out of the value again."""

from __future__ import annotations

from typing import NamedTuple

from ..finding.shape import is_array, is_object
from .cursor_token import MARKER, CursorToken, marked_texts
from .editor_file import FileRole
from .open_documents import OpenDocument
from .payload_places import payloads_of

__all__ = ["CursorPlace", "cursor_place"]


class CursorPlace(NamedTuple):
    """Where the marker stood in a payload, without which that is now."""

    artifact: str
    value: object
    steps: tuple[str, ...]
    is_key: bool


class _MarkerRemover:
    """Takes the marker out of a value, and knows the container that it stood in."""

    def __init__(self) -> None:
        self._container: object = None
        self._step = ""
        self.is_key = False
        self.is_alone = False
        """Whether it was the only key of a document."""

    def __call__(self, value: object) -> None:
        """Take it out of *value*, if it is there."""
        self._remove(value)
        self.is_alone = self.is_alone or (self.is_key and value is self._container and value == {})

    def _remove(self, value: object) -> None:
        pending = [value]
        while pending:
            container = pending.pop()
            if is_object(container):
                if MARKER in container:
                    del container[MARKER]
                    self._container, self._step, self.is_key = container, "", True
                    return
                pending += container.values()
                key = next((key for key, inner in container.items() if inner == MARKER), None)
                if key is not None:
                    container[key] = None
                    self._container, self._step = container, key
                    return
            elif is_array(container):
                pending += container
                if MARKER in container:
                    number = container.index(MARKER)
                    container[number] = None
                    self._container, self._step = container, str(number)
                    return

    def steps(self, value: object) -> tuple[str, ...] | None:
        """The way in *value* to where the marker stood; None where it was not in there."""
        pending: list[tuple[object, tuple[str, ...]]] = [(value, ())]
        while pending:
            container, steps = pending.pop()
            if container is self._container and container is not None:
                return steps if self.is_key else (*steps, self._step)
            if is_object(container):
                pending += ((inner, (*steps, key)) for key, inner in container.items())
            elif is_array(container):
                pending += ((inner, (*steps, str(number))) for number, inner in enumerate(container))
        return None


def cursor_place(document: OpenDocument, token: CursorToken, role: FileRole, *, is_yaml: bool) -> CursorPlace | None:
    """Where the word stands in the payload that it is in."""
    line, _ = document.positions.place(token.start)
    for text in marked_texts(document.text, token, is_yaml=is_yaml):
        remover = _MarkerRemover()
        for payload in payloads_of(role, text, line, remover):
            steps = remover.steps(payload.document.value)
            if steps is not None:
                return CursorPlace(payload.artifact, payload.document.value, steps, remover.is_key)
        if remover.is_alone:
            return CursorPlace("", {}, (), is_key=True)
    return None
