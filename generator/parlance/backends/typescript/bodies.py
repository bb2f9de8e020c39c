"""Statements of a program as TypeScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from ...program import ir
from ...program.logic import variables
from .names import camel_case
from .pretty_printing import LINE_END, Break, Document, Group, Indented, Name, bracketed
from .regex_literals import regex_literal
from .text import literal, property_name
from .values import UnsupportedError, Values, called, constant

__all__ = ["Body", "block"]

_GATHERED: Mapping[ir.Gathered, tuple[str, Document]] = {
    "value": ("let", (": unknown = null",)),
    "values": ("const", ": unknown[] = []"),
    "keys": ("const", " = new Set<unknown>()"),
    "pairs": ("const", (": ", Name("Step"), "[] = []")),
    "symbols": ("const", (": ", "[string, unknown]", "[] = []")),
    "ids": ("let", (" = new Set<unknown>()",)),
    "sum": ("let", (" = 0",)),
    "edits": ("const", (": ", Name("Edit"), "[] = []")),
}
"""How a variable that gathers something is declared."""

_AGAIN: Mapping[ir.Gathered, str] = {"ids": " = new Set();", "sum": " = 0;"}
"""How one that may gather something again is begun anew."""

_BY_POSITION = {"check_boolean": ("expected",), "check_spelt_boolean": ("expected",), "wrong_type": ("media_type",)}
"""Facts that a function takes by their places; of others the names are given."""


def block(start: Document, lines: Document, end: str = "}") -> Document:
    """Lines in braces."""
    return (start, Indented((LINE_END, lines)), LINE_END, end)


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one function."""

    rule: str = ""
    """The constant of the rule that it reports."""

    routines: Mapping[ir.Routine, str] = field(default_factory=dict["ir.Routine", str])
    """The names of the functions whose results are asked for."""

    values: Values = field(default_factory=Values)
    """What says values in TypeScript."""

    def statements(self, body: ir.Body) -> Document:
        """Statements, a line or more each."""
        named = Counter(each.name for each in body if isinstance(each, ir.Let | ir.At | ir.Gather | ir.Counter))
        again = {name for name, count in named.items() if count > 1}
        lines: list[Document] = []
        for each in body:
            declared = again - named.keys()
            lines += self._statement(each, again, declared)
            if isinstance(each, ir.Let | ir.At | ir.Gather | ir.Counter):
                named.pop(each.name, None)
        return _on_lines(lines)

    def _statement(self, statement: ir.Statement, again: set[str], declared: set[str]) -> Iterator[Document]:
        match statement:
            case ir.Let():
                yield self._variable(statement.name, self.values.source(statement.value), again, declared)
            case ir.At():
                yield self._variable(statement.name, self.values.source(statement.value), again, declared)
                yield self._within(("if (", camel_case(statement.name), " !== null) {"), statement.body)
            case ir.If():
                yield self._if(statement)
            case ir.Each() | ir.EachItem() | ir.EachField() | ir.EachSchema():
                yield self._loop(statement)
            case ir.Gather():
                yield self._gather(statement.name, statement.kind, declared)
            case ir.Counter():
                yield f"let {camel_case(statement.name)} = {statement.start};"
            case ir.Increment():
                yield (camel_case(statement.counter.name), " += ", self.values.source(statement.by), ";")
            case ir.OpenIds():
                yield (
                    camel_case(statement.ids.name),
                    " = new Set(",
                    called(Name("items"), self.values.source(statement.of)).source,
                    ");",
                )
            case ir.CloseId():
                # An id that is not open ends the gate.
                test = called(f"!{camel_case(statement.ids.name)}.delete", self.values.source(statement.closed)).source
                yield block(("if (", test, ") {"), "return true;")
            case ir.Assign():
                yield (camel_case(statement.to.name), " = ", self.values.source(statement.value), ";")
            case ir.Return():
                yield (
                    "return;"
                    if statement.value is None
                    else Group(("return ", self.values.source(statement.value), ";"))
                )
            case ir.Add() | ir.AddKey():
                yield (self._added(statement), ";")
            case ir.Report() | ir.CheckSequence() | ir.CheckKeywords():
                yield (self._reported(statement), ";")
            case ir.ReportPairs():
                once = called("found.once", Name(self.routines[statement.routine]), "root").source
                report = ("found.report(", Name(self.rule), ", pointer, values);")
                yield block(("for (const [pointer, values] of ", once, f".{statement.kind}) {{"), report)
            case ir.Call() | ir.CheckValue():
                yield (self._call(statement), ";")
            case ir.Edit():
                yield (self._edited(statement), ";")
            case ir.AddAll() | ir.AddViolation() | ir.EachByName() | ir.Evaluate():
                message = "checks of any JSON Schema are no part of TypeScript"
                raise UnsupportedError(message)
            case _:
                assert_never(statement)

    def _variable(self, name: str, value: Document, again: set[str], declared: set[str]) -> Document:
        word = camel_case(name)
        kind = "any" if self.values.is_gate else "unknown"
        start = word if name in declared else f"let {word}: {kind}" if name in again else f"const {word}"
        return Group((f"{start} = ", value, ";"))

    def _gather(self, name: str, kind: ir.Gathered, declared: set[str]) -> Document:
        if kind not in _GATHERED:
            message = f"nothing gathers {kind} in TypeScript"
            raise UnsupportedError(message)
        word, first = _GATHERED[kind]
        if name in declared and kind in _AGAIN:
            return (camel_case(name), _AGAIN[kind])
        if name in declared:
            message = f"{name!r} is gathered twice in one place"
            raise UnsupportedError(message)
        return (f"{word} {camel_case(name)}", first, ";")

    def _within(self, start: Document, body: ir.Body) -> Document:
        return block(start, self.statements(body))

    def _if(self, statement: ir.If) -> Document:
        parts: list[Document] = []
        while True:
            test = Group(("if (", Indented((Break(""), self.values.source(statement.test))), Break(""), ")"))
            parts.append(self._within((test, " {"), statement.body))
            match statement.otherwise:
                case (ir.If() as following,):
                    parts.append(" else ")
                    statement = following
                case ():
                    return tuple(parts)
                case otherwise:
                    return (*parts, self._within(" else {", otherwise))

    def _loop(self, loop: ir.Each | ir.EachItem | ir.EachField | ir.EachSchema) -> Document:
        used = variables(loop.body)
        of = self.values.source(loop.of)

        def pair(first: str, second: str) -> str:
            names = [camel_case(name) if name in used else "" for name in (first, second)]
            return f"[{names[0]}, {names[1]}]" if names[1] else f"[{names[0]}]"

        match loop:
            case ir.Each():
                return self._for(pair(loop.token, loop.item), called(Name("entries"), of).source, loop.body)
            case ir.EachItem():
                if loop.item is None or loop.first:
                    message = "only checks of any JSON Schema go over places alone, or leave items out"
                    raise UnsupportedError(message)
                over = called(Name("items"), of).source
                if loop.index is not None and loop.index in used:
                    return self._for(pair(loop.index, loop.item), (over, ".entries()"), loop.body)
                return self._for(camel_case(loop.item), of if self.values.is_typed else over, loop.body)
            case ir.EachField(_, str(key), str(item)) if {key, item} <= used:
                return self._for(pair(key, item), called(Name("fieldsOf"), of).source, loop.body)
            case ir.EachField(_, str(key), _) if key in used:
                return self._for(camel_case(key), called(Name("keysOf"), of).source, loop.body)
            case ir.EachField():
                return self._for(camel_case(str(loop.item)), called(Name("valuesOf"), of).source, loop.body)
            case ir.EachSchema():
                used = {*used, loop.schema} if loop.keywords else used
                parts = {"schema": loop.schema, "path": loop.path or "", "depth": loop.level}
                listed = [
                    own if own == name else f"{own}: {camel_case(name)}" for own, name in parts.items() if name in used
                ]
                walk = called("found.schemas" if loop.path else Name("schemasIn"), of).source
                return self._over_schemas(f"{{ {', '.join(listed)} }}", walk, loop)
            case _:
                assert_never(loop)

    def _over_schemas(self, variables: str, walk: Document, loop: ir.EachSchema) -> Document:
        """A loop over schemas; in a gate it ends at the first keyword with a wrong value."""
        statements = [self.statements(loop.body)] if loop.body else []
        if loop.keywords is not None:
            test = ("if (", self.values.rejects(loop.keywords, loop.schema), ") {")
            statements.insert(0, block(test, "return true;"))
        return block((f"for (const {variables} of ", walk, ") {"), _on_lines(statements))

    def _for(self, variable: str, over: Document, body: ir.Body) -> Document:
        return self._within((f"for (const {variable} of ", over, ") {"), body)

    def _added(self, statement: ir.Add | ir.AddKey) -> Document:
        match statement:
            case ir.Add(to, (value,)):
                return called(f"{camel_case(to.name)}.push", self.values.source(value)).source
            case ir.Add(to, (pointer, index, opens, closes, identity)):
                named = {"pointer": pointer, "index": index, "opens": opens, "closes": closes, "identity": identity}
                rows: list[Document] = []
                for name, value in named.items():
                    source = self.values.source(value)
                    rows.append(name if source == name else (f"{name}: ", source))
                return called(f"{camel_case(to.name)}.push", bracketed("{", rows, "}", " ")).source
            case ir.Add():
                pair = bracketed("[", [self.values.source(each) for each in statement.row], "]")
                return called(f"{camel_case(statement.to.name)}.push", pair).source
            case ir.AddKey():
                key_of = called(Name("comparable"), self.values.source(statement.key)).source
                return called(f"{camel_case(statement.to.name)}.add", key_of).source
            case _:
                assert_never(statement)

    def _edited(self, edit: ir.Edit) -> Document:
        facts: list[Document] = [f"operation: {literal(edit.operation)}"]
        facts.append(self._entry("pointer", self.values.source(edit.pointer)))
        facts += [] if edit.name is None else [f"name: {literal(edit.name)}"]
        facts += [] if edit.value is None else [self._entry("value", self.values.source(edit.value))]
        return called(f"{camel_case(edit.to.name)}.push", bracketed("{", facts, "}", " ")).source

    def _reported(self, statement: ir.Report | ir.CheckSequence | ir.CheckKeywords) -> Document:
        match statement:
            case ir.Report():
                rows = [self._entry(name, self.values.source(value)) for name, value in statement.values]
                given = bracketed("{", rows, "}", " ")
                return called("found.report", Name(self.rule), self.values.source(statement.pointer), given).source
            case ir.CheckSequence():
                ends = (("first", statement.first), ("last", statement.last))
                order: list[Document] = [(f"{name}: ", constant([*each])) for name, each in ends if each is not None]
                rows = [
                    bracketed("[", [literal(each), constant([*allowed])], "]") for each, allowed in statement.following
                ]
                order += [("following: new Map([", Indented((LINE_END, *_lines(rows))), LINE_END, "])")] if rows else []
                given = bracketed("{", order, "}", " ")
                places = self.values.source(statement.symbols)
                return called(Name("checkSequence"), Name(self.rule), places, given, "found").source
            case ir.CheckKeywords():
                table = (Name(f"{self.rule}_KEYWORDS"), ".check")
                arguments = (self.values.source(statement.schema), self.values.source(statement.pointer))
                return called(table, Name(self.rule), *arguments, "found").source
            case _:
                assert_never(statement)

    def _entry(self, name: str, value: Document) -> Document:
        return property_name(name) if value == name == camel_case(name) else (f"{property_name(name)}: ", value)

    def _call(self, statement: ir.Call | ir.CheckValue) -> Document:
        """A call that collects faults."""
        pointer = self.values.source(statement.pointer)
        match statement:
            case ir.CheckValue():
                check = Name(self.values.names.check(statement.definition))
                return called(check, self.values.source(statement.value), pointer, "found").source
            case ir.Call("missing_field", _, _, (name,), facts):
                function = Name("missingExpected" if facts else "missingField")
                return called(function, pointer, "found", self.values.source(name)).source
            case ir.Call():
                subject = [] if statement.value is None else [self.values.source(statement.value)]
                codes = bracketed("[", [literal(each) for each in statement.doubtful], "]")
                found = called(Name("doubting"), "found", codes).source if statement.doubtful else "found"
                given = [*subject, pointer, found, *(self.values.source(each) for each in statement.arguments)]
                by_position = _BY_POSITION.get(statement.function, ())
                given += [self.values.source(each) for name, each in statement.facts if name in by_position]
                named = [
                    row for name, each in statement.facts if name not in by_position for row in self._fact(name, each)
                ]
                given += [bracketed("{", named, "}", " ")] if named else []
                return called(Name(camel_case(statement.function)), *given).source
            case _:
                assert_never(statement)

    def _fact(self, name: str, value: ir.Value) -> Iterator[Document]:
        """A fact by its name; a pattern is shown as it is, and searched for as a regular expression."""
        yield (f"{camel_case(name)}: ", self.values.source(value))
        if name == "pattern" and isinstance(value, ir.Constant):
            yield f"search: {regex_literal(str(value.value))}"


def _lines(rows: Sequence[Document]) -> Iterator[Document]:
    for number, row in enumerate(rows):
        yield from ((LINE_END, row, ",") if number else (row, ","))


def _on_lines(parts: Sequence[Document]) -> Document:
    """Each on a line of its own."""
    return tuple(part for number, each in enumerate(parts) for part in ((LINE_END, each) if number else (each,)))
