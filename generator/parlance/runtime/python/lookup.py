"""Ways to look into a document: what is missing, or of a wrong type, is None; nothing fails."""

from __future__ import annotations

from .violation import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .violation import Json

__all__ = ["at_key", "entries", "find", "get", "has_key", "items", "resolves", "select"]


def get(value: Json, key: str) -> Json:
    """The value of a key; None for anything but an object that has it."""
    return value.get(key) if isinstance(value, dict) else None


def has_key(value: Json, key: str) -> bool:
    """Whether an object has a key, null or not."""
    return isinstance(value, dict) and key in value


def at_key(value: Json, key: Json) -> Json:
    """The value at a key of an object or at a place of an array; None where there is none."""
    if isinstance(value, dict):
        return value.get(key) if isinstance(key, str) else None
    if isinstance(value, list) and isinstance(key, int) and not isinstance(key, bool):
        return value[key] if 0 <= key < len(value) else None
    return None


def items(value: Json) -> list[Json]:
    """What a macro goes over: the items of an array, or the keys of an object."""
    if isinstance(value, list):
        return value
    return [*value] if isinstance(value, dict) else []


def entries(value: Json) -> Iterable[tuple[Json, Json]]:
    """Each item with its place, or each value with its key as a token of a pointer."""
    if isinstance(value, list):
        return enumerate(value)
    if isinstance(value, dict):
        return [(escape(key), item) for key, item in value.items()]
    return ()


def select(value: Json, steps: tuple[str, ...]) -> list[tuple[str, Json]]:
    """Each place that *steps* lead to and that is there, with its pointer."""
    places = [("", value)]
    for step in steps:
        if step == "*":
            places = [
                (f"{at}/{token}", item) for at, each in places for token, item in entries(each)
            ]
        else:
            name = escape(step)
            places = [
                (f"{at}/{name}", each[step])
                for at, each in places
                if isinstance(each, dict) and step in each
            ]
    return places


def find(value: Json, pointer: str) -> Json:
    """The value at a pointer; None where there is none."""
    for token in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)] if token.isdecimal() and int(token) < len(value) else None
        else:
            value = get(value, token.replace("~1", "/").replace("~0", "~"))
    return value


def resolves(reference: Json, schema: Json) -> bool:
    """Whether a local reference such as `#/$defs/a` leads somewhere in a schema."""
    if not isinstance(reference, str) or not reference.startswith("#"):
        return False
    value = schema
    for token in reference[1:].split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)] if token.isdecimal() and int(token) < len(value) else None
        else:
            value = get(value, token.replace("~1", "/").replace("~0", "~"))
        if value is None:
            return False
    return reference == "#" or reference.startswith("#/")
