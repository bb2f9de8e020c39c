"""Where an error of a model is, in the words of those who wrote the document."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["field_path"]


def field_path(place: Iterable[str | int]) -> str:
    """The place of an error, such as `messages[0].content` for `("messages", 0, "content")`."""
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
