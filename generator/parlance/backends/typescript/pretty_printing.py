"""Source as a document with breaks that are line ends only where a line would be too long (Wadler 1998)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from .text import WIDTH

__all__ = ["LINE_END", "SPACE", "Break", "Document", "Group", "Indented", "Name", "bracketed", "names", "printed"]

_STEP = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the module imports or defines."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line end after *last*; or *flat*, where the group around it fits on its line."""

    flat: str | None
    """None for a line end in any case."""

    last: str = ""


@dataclass(frozen=True, slots=True)
class Indented:
    """What stands further right where it begins a line."""

    parts: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands on one line if it fits."""

    parts: tuple[Document, ...]


Document: TypeAlias = "str | Name | Break | Indented | Group | tuple[Document, ...]"

LINE_END, SPACE = Break(None), Break(" ")


def bracketed(start: Document, items: Iterable[Document], end: str, edge: str = "") -> Group:
    """Items in brackets, which have *edge* inside on one line; on several, each item ends in a comma."""
    match listed := tuple(items):
        case ():
            return Group((start, end))
        case (Group() as only,) if edge == "":
            return Group((start, only, end))  # the brackets of what stands alone are enough
        case _:
            pass
    rows = [listed[0], *(part for item in listed[1:] for part in (",", SPACE, item))]
    return Group((start, Indented((Break(edge), *rows)), Break(edge, ","), end))


def names(document: Document) -> frozenset[str]:
    """Every name in a document."""
    found: set[str] = set()
    ahead: list[Document] = [document]
    while ahead:
        part = ahead.pop()
        if isinstance(part, tuple):
            ahead += [each for each in part if type(each) is not str]  # four in five are, and have none
        elif isinstance(part, Indented | Group):
            ahead += [each for each in part.parts if type(each) is not str]
        elif isinstance(part, Name):
            found.add(part.text)
    return frozenset(found)


def printed(document: Document, indent: int = 0) -> str:
    """A document as text, whose first line is for a place that is *indent* columns from the left."""
    out: list[str] = []
    column = indent
    ahead: list[tuple[int, Document]] = [(indent, document)]
    while ahead:
        level, part = ahead.pop()
        if isinstance(part, str):  # asked in the order of how many there are: a `match` takes three times as long
            out.append(part)
            column += len(part)
        elif isinstance(part, tuple):
            ahead += [(level, each) for each in reversed(part)]
        elif isinstance(part, Name):
            out.append(part.text)
            column += len(part.text)
        elif isinstance(part, Group):
            line = _on_one_line(part.parts, WIDTH - column)
            if line is not None and _fits(ahead, WIDTH - column - len(line)):
                out.append(line)
                column += len(line)
            else:
                ahead += [(level, each) for each in reversed(part.parts)]
        elif isinstance(part, Break):
            out.append(f"{part.last}\n{' ' * level}")
            column = level
        else:
            ahead += [(level + _STEP, each) for each in reversed(part.parts)]
    return "\n".join(line.rstrip() for line in "".join(out).split("\n"))


def _on_one_line(parts: Sequence[Document], room: int) -> str | None:
    """Some documents on one line; None if there is more of them than *room*, or they must end a line."""
    out: list[str] = []
    ahead = [*reversed(parts)]
    while ahead:
        part = ahead.pop()
        kind = type(part)  # asked most of all that is done here: a `match` takes three times as long
        if kind is tuple:
            ahead += reversed(cast("tuple[Document, ...]", part))
            continue
        if kind is str:
            text = cast("str", part)
        elif isinstance(part, Indented | Group):
            ahead += reversed(part.parts)
            continue
        else:
            found = part.text if isinstance(part, Name) else cast("Break", part).flat
            if found is None:
                return None
            text = found
        out.append(text)
        room -= len(text)
        if room < 0:
            return None
    return "".join(out)


def _fits(after: Sequence[tuple[int, Document]], room: int) -> bool:
    """Whether what comes *after*, the last of it first, fits in the *room* up to where a line may end."""
    rest = len(after)
    ahead: list[Document] = []
    while room >= 0:
        if not ahead:
            if rest == 0:
                return True
            rest -= 1
            ahead.append(after[rest][1])
        match ahead.pop():
            case str(text) | Name(text):
                room -= len(text)
            case Break():
                return True
            case Indented(parts) | Group(parts) | tuple(parts):
                ahead += reversed(parts)
    return False
