"""Python conditions and statements as small trees, and the one way to lay them out within a hundred columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard, assert_never

from ..backends.python.text import WIDTH

__all__ = [
    "ALWAYS",
    "NEVER",
    "All",
    "Any",
    "Block",
    "Call",
    "Condition",
    "Line",
    "Return",
    "Statement",
    "Test",
    "all_of",
    "any_of",
    "identifiers",
    "inline",
    "lay_out",
    "negated",
    "size",
]

_STEP = "    "
_TOKEN = re.compile(
    r"""r?\"{3}(?:[^\\]|\\.)*?\"{3}|(?<!f)"(?:[^"\\]|\\.)*"|(?<!f)'(?:[^'\\]|\\.)*'"""
    r"""|(f?(?!f["'])\w+)|(f"(?:[^"\\]|\\.)*"|f'(?:[^'\\]|\\.)*')""",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Test:
    """An expression that binds more tightly than `not`."""

    text: str
    opposite: str | None = None
    """An expression that is true where this one is false, if there is a shorter one than `not …`."""

    cost: int = 1


@dataclass(frozen=True, slots=True)
class All:
    """Conditions joined by `and`; true where there are none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Conditions joined by `or`; false where there are none."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | All | Any
ALWAYS = All(())
NEVER = Any(())


@dataclass(frozen=True, slots=True)
class Line:
    """A statement on a line of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call for its effect; the function may be one that is called within another: `found.append(Violation`."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`if`, `elif`, `else` or `for …`, and what it holds."""

    keyword: str
    condition: Condition | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """`return`, and whether a condition holds."""

    condition: Condition


Statement: TypeAlias = Line | Call | Block | Return


def all_of(parts: Iterable[Condition]) -> Condition:
    """The conjunction, flat, and without what is always true."""
    flat: list[Condition] = []
    for part in parts:
        if part == NEVER:
            return NEVER
        flat += part.parts if isinstance(part, All) else (part,)
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(parts: Iterable[Condition]) -> Condition:
    """The disjunction, flat, and without what is never true."""
    flat: list[Condition] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        flat += part.parts if isinstance(part, Any) else (part,)
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def negated(condition: Condition) -> Condition:
    """The opposite."""
    match condition:
        case Test(text, opposite, cost):
            if opposite is not None:
                return Test(opposite, text, cost)
            return Test(text[4:] if text.startswith("not ") else f"not {text}", text, cost)
        case All(parts):
            return any_of(map(negated, parts))
        case Any(parts):
            return all_of(map(negated, parts))
        case _:
            assert_never(condition)


def size(condition: Condition) -> int:
    """How many tests there are in it; a call counts for more."""
    return condition.cost if isinstance(condition, Test) else sum(map(size, condition.parts))


def inline(condition: Condition, *, within: type[All | Any] | None = None) -> str:
    """*condition* on one line, in parentheses where it stands *within* another kind."""
    match condition:
        case Test(text):
            return text
        case All(()):
            return "True"
        case Any(()):
            return "False"
        case All(parts) | Any(parts):
            text = (" and " if isinstance(condition, All) else " or ").join(inline(part, within=All) for part in parts)
            return text if within is None else f"({text})"
        case _:
            assert_never(condition)


def identifiers(source: str) -> set[str]:
    """The names in a piece of source; what plain strings say is no name, what f-strings hold may be."""
    words: set[str] = set()
    for word, formatted in _TOKEN.findall(source):
        words.update(_WORD.findall(formatted) if formatted else (word,))
    return words


def lay_out(statements: Sequence[Statement], depth: int = 1) -> list[str]:
    """The lines of *statements*, indented by *depth* steps."""
    return [line for statement in tidied(statements) for line in _lines(statement, depth)]


def tidied(statements: Sequence[Statement]) -> list[Statement]:
    """The same with fewer blocks: `if` right inside `if` is `and`, and `if` right inside `else` is `elif`."""
    found: list[Statement] = []
    for index, statement in enumerate(statements):
        if not isinstance(statement, Block):
            found.append(statement)
            continue
        body = tidied(statement.body)
        follower = statements[index + 1] if index + 1 < len(statements) else None
        is_last = not (isinstance(follower, Block) and follower.keyword in ("elif", "else"))
        first = body[0]
        chained = isinstance(first, Block) and all(_continues(each) for each in body[1:])
        if statement.keyword == "else" and isinstance(first, Block) and first.keyword == "if" and chained:
            found += [Block("elif", first.condition, first.body), *body[1:]]
        elif statement.keyword in ("if", "elif") and is_last and len(body) == 1 and _is_condition(first):
            inner = first.condition
            both = all_of(part for part in (statement.condition, inner) if part is not None)
            found.append(Block(statement.keyword, both, first.body))
        else:
            found.append(Block(statement.keyword, statement.condition, tuple(body)))
    return found


def _continues(statement: Statement) -> bool:
    return isinstance(statement, Block) and statement.keyword in ("elif", "else")


def _is_condition(statement: Statement) -> TypeGuard[Block]:
    return isinstance(statement, Block) and statement.keyword == "if" and statement.condition is not None


def _lines(statement: Statement, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    match statement:
        case Line(text):
            yield indent + text
        case Call(function, arguments):
            yield from _call(function, arguments, indent)
        case Block(keyword, condition, body):
            yield from _header(keyword, condition, indent, ":")
            yield from lay_out(body, depth + 1)
        case Return(condition):
            yield from _header("return", condition, indent, "")
        case _:
            assert_never(statement)


def _call(function: str, arguments: tuple[str, ...], indent: str) -> Iterator[str]:
    end = ")" * (function.count("(") + 1)
    flat = ", ".join(arguments)
    if len(indent) + len(function) + len(flat) + len(end) + 1 <= WIDTH:
        yield f"{indent}{function}({flat}{end}"
        return
    outer, _, inner = function.rpartition("(")
    if outer:
        yield f"{indent}{outer}("
        yield from _call(inner, arguments, indent + _STEP)
        yield f"{indent})"
        return
    yield f"{indent}{function}("
    if len(indent) + len(_STEP) + len(flat) <= WIDTH:
        yield f"{indent}{_STEP}{flat}"
    else:
        for argument in arguments:
            yield f"{indent}{_STEP}{argument},"
    yield f"{indent})"


def _header(keyword: str, condition: Condition | None, indent: str, end: str) -> Iterator[str]:
    if condition is None:
        yield f"{indent}{keyword}{end}"
        return
    flat = inline(condition)
    if len(indent) + len(keyword) + len(flat) + len(end) + 1 <= WIDTH or isinstance(condition, Test):
        yield f"{indent}{keyword} {flat}{end}"
        return
    yield f"{indent}{keyword} ("
    yield from _broken(condition, indent + _STEP)
    yield f"{indent}){end}"


def _broken(condition: Condition, indent: str) -> Iterator[str]:
    if isinstance(condition, Test):
        yield indent + condition.text
        return
    for index, part in enumerate(condition.parts):
        lead = "" if not index else "and " if isinstance(condition, All) else "or "
        flat = inline(part, within=All)
        if len(indent) + len(lead) + len(flat) <= WIDTH or isinstance(part, Test):
            yield f"{indent}{lead}{flat}"
        else:
            yield f"{indent}{lead}("
            yield from _broken(part, indent + _STEP)
            yield f"{indent})"
