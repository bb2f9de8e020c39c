"""The names of what is made of definitions, and the memory of what was made by them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

__all__ = ["DefinitionNames", "MadeOnce"]

_Made = TypeVar("_Made")
_Thing: TypeAlias = Literal["predicate", "check", "fields", "foreign", "members"]


class DefinitionNames(Protocol):
    """Names for what is made of each definition."""

    def predicate(self, name: str, /) -> str:
        """The function that says whether a value has no fault."""
        ...

    def check(self, name: str, /) -> str:
        """The function that collects the faults of a value."""
        ...

    def fields(self, name: str, /) -> str:
        """The constant that lists a record's fields."""
        ...

    def foreign(self, name: str, /) -> str:
        """The constant that says of fields from elsewhere what they are."""
        ...

    def members(self, name: str, /) -> str:
        """The constant that lists an enumeration's values."""
        ...


class _NotedNames:
    """Names, with a note of each that was asked for."""

    def __init__(self, names: DefinitionNames) -> None:
        self.notes: dict[tuple[_Thing, str], str] = {}
        self._names = names

    def predicate(self, name: str, /) -> str:
        return self._noted("predicate", name)

    def check(self, name: str, /) -> str:
        return self._noted("check", name)

    def fields(self, name: str, /) -> str:
        return self._noted("fields", name)

    def foreign(self, name: str, /) -> str:
        return self._noted("foreign", name)

    def members(self, name: str, /) -> str:
        return self._noted("members", name)

    def _noted(self, thing: _Thing, name: str) -> str:
        return self.notes.setdefault((thing, name), _name(self._names, thing, name))


class MadeOnce(Generic[_Made]):
    """What is made of programs that are equal, once for all dialects that give equal names to what these mention."""

    def __init__(self) -> None:
        self._made: dict[Hashable, list[tuple[dict[tuple[_Thing, str], str], _Made]]] = {}

    def of(self, program: Hashable, names: DefinitionNames, make: Callable[[DefinitionNames], _Made]) -> _Made:
        """What *make* makes of a program by *names*; nothing else that it looks at may differ between dialects."""
        known = self._made.setdefault(program, [])
        for notes, made in known:
            if all(_name(names, thing, name) == noted for (thing, name), noted in notes.items()):
                return made
        noted = _NotedNames(names)
        made = make(noted)
        known.append((noted.notes, made))
        return made


def _name(names: DefinitionNames, thing: _Thing, name: str) -> str:
    named: str = getattr(names, thing)(name)
    return named
