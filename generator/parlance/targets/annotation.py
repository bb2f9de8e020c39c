"""Types of a contract as Python annotations, broken over lines where one is too short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from ..backends.python.text import WIDTH, literal
from ..contract.ir import (
    Anything,
    Array,
    Boolean,
    Constant,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Tagged,
    Text,
    Type,
    Union,
)

__all__ = ["Annotation", "Call", "Choice", "Generic", "Word", "annotation", "choice", "flat", "laid_out", "words"]


@dataclass(frozen=True, slots=True)
class Word:
    """A name or a literal."""

    text: str


@dataclass(frozen=True, slots=True)
class Generic:
    """A name with arguments in brackets."""

    name: str
    arguments: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, joined by bars."""

    options: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call, such as one that makes a marker; its arguments are finished. A tuple of several is one without a name."""

    name: str
    arguments: tuple[str | Call, ...]


Annotation = Word | Generic | Choice | Call


def annotation(kind: Type) -> Annotation:
    """How a plain Python value of *kind* is annotated; a definition is its name."""
    match kind:
        case Text():
            return Word("str")
        case Integer():
            return Word("int")
        case Number():
            return Word("float")
        case Boolean():
            return Word("bool")
        case Null():
            return Word("None")
        case Anything():
            return Word("Any")
        case Nothing():
            return Word("Never")
        case Constant():
            return Generic("Literal", (Word(literal(kind.value)),))
        case Array():
            return Generic("list", (annotation(kind.items),))
        case Map():
            return Generic("dict", (Word("str"), annotation(kind.values)))
        case Named():
            return Word(kind.name)
        case Tagged():
            others = [] if kind.others is None else [Word(kind.others)]
            anything = [Generic("dict", (Word("str"), Word("Any")))] if kind.open and not others else []
            return choice([*(Word(name) for _, name in kind.options), *others, *anything])
        case Union():
            return choice(annotation(option) for option in kind.options)
        case _:
            assert_never(kind)


def choice(options: Iterable[Annotation]) -> Annotation:
    """Any of *options*, no two equal; `Any` swallows the others."""
    parts = (part for option in options for part in (option.options if isinstance(option, Choice) else (option,)))
    several = tuple(dict.fromkeys(parts))
    if Word("Any") in several:
        return Word("Any")
    return several[0] if len(several) == 1 else Choice(several)


def words(tree: Annotation) -> Iterator[str]:
    """Every name and literal that *tree* mentions."""
    match tree:
        case Word():
            yield tree.text
        case Generic():
            yield tree.name
            for argument in tree.arguments:
                yield from words(argument)
        case Choice():
            for option in tree.options:
                yield from words(option)
        case Call():
            yield flat(tree)
        case _:
            assert_never(tree)


def laid_out(start: str, tree: Annotation, end: str = "", indent: int = 0) -> str:
    """`start` + annotation + `end`, on one line if it fits; the first line is for a place indented already."""
    line = f"{start}{flat(tree)}{end}"
    if indent + len(line) <= WIDTH:
        return line
    margin, inner = " " * indent, " " * (indent + 4)
    match tree:
        case Word():
            return f"{start}(\n{inner}{tree.text}\n{margin}){end}" if start.endswith(" = ") else line
        case Generic(name="Literal"):
            lines = [f"{inner}{flat(argument)}," for argument in tree.arguments]
            return "\n".join([f"{start}Literal[", *lines, f"{margin}]{end}"])
        case Generic():
            if len(tree.arguments) == 1 and isinstance(tree.arguments[0], Choice):
                lines = _alternatives(tree.arguments[0], indent + 4)
            elif len(tree.arguments) == 1:
                lines = [f"{inner}{laid_out('', tree.arguments[0], '', indent + 4)}"]
            else:
                lines = [f"{inner}{laid_out('', argument, ',', indent + 4)}" for argument in tree.arguments]
            return "\n".join([f"{start}{tree.name}[", *lines, f"{margin}]{end}"])
        case Call():
            lines = [f"{inner}{laid_out('', _argument(each), ',', indent + 4)}" for each in tree.arguments]
            return "\n".join([f"{start}{tree.name}(", *lines, f"{margin}){end}"])
        case Choice():
            return "\n".join([f"{start}(", *_alternatives(tree, indent + 4), f"{margin}){end}"])
        case _:
            assert_never(tree)


def _alternatives(tree: Choice, indent: int) -> list[str]:
    margin = " " * indent
    first, *rest = tree.options
    return [
        f"{margin}{laid_out('', first, '', indent)}",
        *(f"{margin}{laid_out('| ', option, '', indent)}" for option in rest),
    ]


def flat(tree: Annotation) -> str:
    """*tree* on one line, however long."""
    match tree:
        case Word():
            return tree.text
        case Generic():
            return f"{tree.name}[{', '.join(map(flat, tree.arguments))}]"
        case Choice():
            return " | ".join(map(flat, tree.options))
        case Call():
            return f"{tree.name}({', '.join(flat(_argument(each)) for each in tree.arguments)})"
        case _:
            assert_never(tree)


def _argument(argument: str | Call) -> Annotation:
    return Word(argument) if isinstance(argument, str) else argument
