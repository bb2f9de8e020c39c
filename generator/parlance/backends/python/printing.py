"""A tree of Python to lines of text: brackets by precedence, and long lines broken where brackets stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import assert_never

from .syntax import (
    Assign,
    Attribute,
    Augment,
    Call,
    Comparison,
    Comprehension,
    Concatenation,
    Conditional,
    Constant,
    DictDisplay,
    Difference,
    Empty,
    Evaluate,
    For,
    FormattedText,
    Function,
    If,
    Item,
    Lambda,
    ListDisplay,
    Logical,
    Name,
    NamedValue,
    Not,
    Pass,
    Range,
    Return,
    SetDisplay,
    Slice,
    Statement,
    Try,
    TupleDisplay,
    Value,
)
from .text import WIDTH, bracketed, docstring, formatted, literal

__all__ = ["STEP", "flat", "laid_out", "lines_of"]

STEP = "    "
_WORD = re.compile(r"\S+\s*|\s+")
_MARGIN = 24
"""How many columns at least a part of a long text has, however deep it stands."""


class _Binds(IntEnum):
    """How tightly the outermost operator binds."""

    LAMBDA = 0
    CONDITIONAL = 1
    OR = 2
    AND = 3
    NOT = 4
    COMPARISON = 5
    SUM = 6
    PRIMARY = 7


def lines_of(statements: Iterable[Statement], indent: str = STEP) -> Iterator[str]:
    """The lines of some statements, none longer than `WIDTH` that can be broken."""
    for statement in statements:
        match statement:
            case Assign(name, value, annotation):
                yield from laid_out(value, indent, f"{name}: {annotation} = " if annotation else f"{name} = ")
            case Augment(name, operator, value):
                yield from laid_out(value, indent, f"{name} {operator}= ")
            case Evaluate(value):
                yield from laid_out(value, indent)
            case Return(value):
                yield from [f"{indent}return"] if value is None else laid_out(value, indent, "return ")
            case Pass():
                yield f"{indent}pass"
            case If():
                yield from _if(statement, indent)
            case For(targets, over, body):
                yield from laid_out(over, indent, f"for {', '.join(targets)} in ", ":")
                yield from lines_of(body, indent + STEP)
            case Try(body, exception, handler):
                yield f"{indent}try:"
                yield from lines_of(body, indent + STEP)
                yield f"{indent}except {exception}:"
                yield from lines_of(handler, indent + STEP)
            case Function():
                yield from _function(statement, indent)
            case _:
                assert_never(statement)


def _if(statement: If, indent: str) -> Iterator[str]:
    word = "if "
    rest: tuple[Statement, ...] = (statement,)
    while len(rest) == 1 and isinstance(branch := rest[0], If):
        yield from laid_out(branch.test, indent, word, ":")
        yield from lines_of(branch.body, indent + STEP)
        word, rest = "elif ", branch.otherwise
    if rest:
        yield f"{indent}else:"
        yield from lines_of(rest, indent + STEP)


def _function(function: Function, indent: str) -> Iterator[str]:
    parameters = [f"{name}: {annotation}" for name, annotation in function.parameters]
    end = f") -> {function.result}:"
    yield from f"{indent}{bracketed(f'def {function.name}(', parameters, end, len(indent))}".split("\n")
    inner = indent + STEP
    yield from f"{inner}{docstring(function.summary, len(inner))}".split("\n")
    yield from lines_of(function.body, inner)


def flat(value: Value) -> str:
    """A value on one line."""
    match value:  # those first of which there are most: each case takes its time
        case Name(name):
            return name
        case Constant(constant):
            return literal(constant)
        case Call(function):
            return f"{_operand(function, _Binds.PRIMARY)}({_arguments(value)})"
        case Item(of, key):
            return f"{_operand(of, _Binds.PRIMARY)}[{flat(key)}]"
        case Comparison(left, operator, right):
            return f"{_operand(left, _Binds.SUM)} {operator} {_operand(right, _Binds.SUM)}"
        case Logical(operator, operands):
            return f" {operator} ".join(_condition(each) for each in operands)
        case FormattedText(parts):
            return f'f"{"".join(formatted(one) if isinstance(one, str) else f"{{{flat(one)}}}" for one in parts)}"'
        case Concatenation(operands):
            return " + ".join(_operand(each, _Binds.PRIMARY) for each in operands)
        case Difference(left, right):
            return f"{_operand(left, _Binds.SUM)} - {_operand(right, _Binds.PRIMARY)}"
        case Attribute(of, name):
            return f"{_operand(of, _Binds.PRIMARY)}.{name}"
        case Slice(of, start):
            return f"{_operand(of, _Binds.PRIMARY)}[{flat(start)}:]"
        case Not(operand) | Empty(operand):
            return f"not {_operand(operand, _Binds.NOT)}"
        case Range(least, middle, most):
            return " <= ".join(_operand(each, _Binds.SUM) for each in (least, middle, most))
        case Conditional():
            return " ".join(f"{word}{_operand(each, binds)}" for word, each, binds in _branches(value))
        case ListDisplay(items):
            return f"[{', '.join(map(flat, items))}]"
        case TupleDisplay(items):
            return f"({', '.join(map(flat, items))}{',' if len(items) == 1 else ''})"
        case SetDisplay(items):
            return f"{{{', '.join(map(flat, items))}}}"
        case DictDisplay(pairs):
            return f"{{{', '.join(f'{_key(key)}{flat(each)}' for key, each in pairs)}}}"
        case Comprehension(brackets=brackets):
            return f"{brackets[0]}{_clauses_text(value)}{brackets[1]}"
        case Lambda(parameters, body):
            return f"lambda {', '.join(parameters)}: {flat(body)}"
        case NamedValue(name, named):
            return f"({name} := {flat(named)})"
        case _:
            assert_never(value)


def laid_out(value: Value, indent: str = "", before: str = "", after: str = "") -> list[str]:
    """A value between two texts, on as many lines as it needs."""
    line = f"{indent}{before}{flat(value)}{after}"
    if len(line) <= WIDTH:
        return [line]
    match value:
        case Call(function, (ListDisplay() | SetDisplay() | DictDisplay() as only,), ()) if _is_breakable(only):
            return laid_out(only, indent, f"{before}{_operand(function, _Binds.PRIMARY)}(", f"){after}")
        case Call(function):
            start = f"{before}{_operand(function, _Binds.PRIMARY)}("
            return _bracketed(start, [*_given(value)], f"){after}", indent)
        case ListDisplay(items):
            return _bracketed(f"{before}[", [("", each) for each in items], f"]{after}", indent)
        case TupleDisplay(items):
            return _bracketed(f"{before}(", [("", each) for each in items], f"){after}", indent, is_tuple=True)
        case DictDisplay(pairs):
            return _bracketed(f"{before}{{", [(_key(key), each) for key, each in pairs], f"}}{after}", indent)
        case SetDisplay(items):
            return _bracketed(f"{before}{{", [("", each) for each in items], f"}}{after}", indent)
        case Comprehension(brackets=brackets):
            inner = _clause_lines(value, indent + STEP)
            return [f"{indent}{before}{brackets[0]}", *inner, f"{indent}{brackets[1]}{after}"]
        case Item(of, key) if _binds(of) is _Binds.PRIMARY:
            return laid_out(of, indent, before, f"[{flat(key)}]{after}")
        case Comparison(left, operator, right) if _is_breakable(right):
            return laid_out(right, indent, f"{before}{_operand(left, _Binds.SUM)} {operator} ", after)
        case Comparison(left, operator, right) if _is_breakable(left):
            return laid_out(left, indent, before, f" {operator} {_operand(right, _Binds.SUM)}{after}")
        case (Not(operand) | Empty(operand)) if _binds(operand) < _Binds.NOT:
            return [f"{indent}{before}not (", *_inside(operand, indent + STEP), f"{indent}){after}"]
        case Not(operand) | Empty(operand):
            return laid_out(operand, indent, f"{before}not ", after)
        case Lambda(parameters, body):
            return laid_out(body, indent, f"{before}lambda {', '.join(parameters)}: ", after)
        case NamedValue(name, named):
            return laid_out(named, indent, f"{before}({name} := ", f"){after}")
        case Name() | FormattedText() | Attribute() | Item() | Slice():
            return [line]
        case _:
            inner = _inside(value, indent + STEP)
            return [f"{indent}{before}(", *inner, f"{indent}){after}"] if inner else [line]


def _key(key: str | None) -> str:
    return "**" if key is None else f"{literal(key)}: "


def _bracketed(
    start: str, given: Sequence[tuple[str, Value]], end: str, indent: str, *, is_tuple: bool = False
) -> list[str]:
    """Items in brackets, one or several to a line of their own."""
    if not given:
        return [f"{indent}{start}{end}"]
    if len(given) == 1 and not is_tuple:
        ((name, only),) = given
        inner = laid_out(only, indent + STEP, name) if name else _inside(only, indent + STEP)
    else:
        inner = [line for name, each in given for line in laid_out(each, indent + STEP, name, ",")]
    return [f"{indent}{start}", *inner, f"{indent}{end}"]


def _inside(value: Value, indent: str, before: str = "") -> list[str]:
    """The lines of a value that stands in brackets of its own: it may break at any word that joins."""
    line = f"{indent}{before}{_unbracketed(value)}"
    if len(line) <= WIDTH:
        return [line]
    match value:
        case Logical(operator, operands):
            words = [before, *[f"{operator} "] * (len(operands) - 1)]
            return [line for word, each in zip(words, operands, strict=True) for line in _part(each, indent, word)]
        case Conditional():
            branches = _branches(value, before)
            return [line for word, each, binds in branches for line in _part(each, indent, word, binds)]
        case Comparison(left, operator, right) if not (_is_breakable(left) or _is_breakable(right)):
            return [*_part(left, indent, before, _Binds.SUM), *_part(right, indent, f"{operator} ", _Binds.SUM)]
        case Range(least, middle, most):
            joined = [*zip([before, "<= ", "<= "], (least, middle, most), strict=True)]
            return [line for word, each in joined for line in _part(each, indent, word, _Binds.SUM)]
        case Difference(left, right):
            return [*_part(left, indent, before, _Binds.SUM), *_part(right, indent, "- ", _Binds.PRIMARY)]
        case Concatenation(operands):
            words = [before, *["+ "] * (len(operands) - 1)]
            joined = [*zip(words, operands, strict=True)]
            return [line for word, each in joined for line in _part(each, indent, word, _Binds.PRIMARY)]
        case Comprehension(brackets="()") if not before:
            return _clause_lines(value, indent)
        case Constant(str(text)) if not before:
            return [f"{indent}{literal(part)}" for part in _pieces(text, WIDTH - len(indent))]
        case Name() | Constant() | FormattedText() | Attribute():
            return [f"{indent}{before}{flat(value)}"]
        case _:
            return laid_out(value, indent, before)


def _clause_lines(value: Comprehension, indent: str) -> list[str]:
    line = f"{indent}{_clauses_text(value)}"
    if len(line) <= WIDTH:
        return [line]
    return [line for word, each in _clauses(value) for line in _part(each, indent, word, _Binds.OR)]


def _part(value: Value, indent: str, word: str, least: _Binds = _Binds.NOT) -> list[str]:
    """One of several that are joined by words, on lines of its own."""
    if _binds(value) >= least:
        return _inside(value, indent, word)
    line = f"{indent}{word}({flat(value)})"
    if len(line) <= WIDTH:
        return [line]
    return [f"{indent}{word}(", *_inside(value, indent + STEP), f"{indent})"]


def _pieces(text: str, room: int) -> Iterator[str]:
    """A text in pieces whose literals fit: words with the space after them, and parts of what is longer than a line."""
    room = max(room, _MARGIN)
    piece = ""
    for word in _WORD.findall(text):
        if piece and not _fits(piece + word, room):
            yield piece
            piece = ""
        piece += word
        while not _fits(piece, room):
            start = _beginning(piece, room)
            yield start
            piece = piece[len(start) :]
    if piece or not text:
        yield piece


def _fits(text: str, room: int) -> bool:
    """Whether the literal of a text is short enough; the text alone is no longer, and its length costs less to know."""
    return len(text) <= room and len(literal(text)) <= room


def _beginning(text: str, room: int) -> str:
    """As much of a text as fits, but for a backslash that would be parted from what it escapes."""
    end = next(size for size in range(min(len(text), room), 0, -1) if _fits(text[:size], room))
    return text[:end].rstrip("\\") or text[:end]


def _arguments(value: Call) -> str:
    match [*_given(value)]:
        case [("", only)]:
            return _unbracketed(only)
        case given:
            return ", ".join(f"{name}{flat(each)}" for name, each in given)


def _unbracketed(value: Value) -> str:
    """A value on one line in brackets of something else: a generator needs none of its own."""
    return _clauses_text(value) if isinstance(value, Comprehension) and value.brackets == "()" else flat(value)


def _clauses_text(value: Comprehension) -> str:
    return " ".join(f"{word}{_operand(each, _Binds.OR)}" for word, each in _clauses(value))


def _given(value: Call) -> Iterator[tuple[str, Value]]:
    """The arguments of a call, those that are named with their names; a generator by itself needs no brackets."""
    yield from (("", each) for each in value.arguments)
    yield from ((f"{name}=", each) for name, each in value.keywords)


def _clauses(value: Comprehension) -> list[tuple[str, Value]]:
    loops = [((names,) if isinstance(names, str) else names, over) for names, over in value.clauses]
    parts = [("", value.element), *((f"for {', '.join(names)} in ", over) for names, over in loops)]
    return [*parts, ("if ", value.condition)] if value.condition is not None else parts


def _branches(value: Conditional, before: str = "") -> list[tuple[str, Value, _Binds]]:
    return [
        (before, value.then, _Binds.OR),
        ("if ", value.test, _Binds.OR),
        ("else ", value.otherwise, _Binds.CONDITIONAL),
    ]


def _operand(value: Value, least: _Binds) -> str:
    """The text of a value, in brackets if it binds less tightly than *least*."""
    return flat(value) if _binds(value) >= least else f"({flat(value)})"


def _condition(value: Value) -> str:
    """One of several conditions that are joined: `and` inside `or` stands in brackets too, for the reader."""
    return _operand(value, _Binds.NOT)


def _binds(value: Value) -> _Binds:
    match value:
        case Lambda():
            return _Binds.LAMBDA
        case Conditional():
            return _Binds.CONDITIONAL
        case Logical(operator, _):
            return _Binds.OR if operator == "or" else _Binds.AND
        case Not() | Empty():
            return _Binds.NOT
        case Comparison() | Range():
            return _Binds.COMPARISON
        case Concatenation() | Difference():
            return _Binds.SUM
        case _:
            return _Binds.PRIMARY


def _is_breakable(value: Value) -> bool:
    """Whether a value has brackets of its own to break in."""
    match value:
        case Call(_, arguments, keywords):
            return bool(arguments or keywords)
        case ListDisplay(items) | TupleDisplay(items) | SetDisplay(items):
            return bool(items)
        case DictDisplay(pairs):
            return bool(pairs)
        case Item(of, _):
            return _is_breakable(of)
        case Comprehension() | NamedValue():
            return True
        case _:
            return False
