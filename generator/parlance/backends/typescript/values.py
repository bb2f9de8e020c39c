"""Values of a program as TypeScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from ...contract.ir import JsonValue
from ...contract.kinds import Kind
from ...program import ir
from ..definition_names import DefinitionNames
from .names import GateNames, camel_case
from .pretty_printing import SPACE, Document, Group, Indented, Name, bracketed
from .regex_literals import regex_literal
from .text import accessed, literal, property_name

__all__ = ["Piece", "UnsupportedError", "Values", "called", "constant"]

_LARGEST = 2**53
"""From here on a whole number is a bigint, which compares with a number as it should."""

_ARROW, _CHOICE, _NULLISH, _OR, _AND, _EQUALITY, _ORDER, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(11)
"""How tightly what stands around a piece may hold its parts."""

_INHERITED = frozenset(
    {
        *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"),
        *("toLocaleString", "toString", "valueOf", "__proto__"),
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    }
)
"""What ECMAScript gives every object."""

_BOUNDS = {">=": "hasAtLeast", "<=": "hasAtMost"}
"""Comparisons of how much a value holds, which need not count all of it."""

_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times"}
_TYPES = {Kind.STRING: "string", Kind.NUMBER: "number", Kind.BOOLEAN: "boolean"}
_CALLS = {"type": "typeName", "matches": "matchesPattern"}
"""The function of the run time for one of the rules' language that has another name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression, and how tightly it holds together."""

    source: Document
    rank: int = _PRIMARY

    def within(self, rank: int) -> Document:
        """The expression for a place that binds as tightly as *rank*: in brackets where it would fall apart."""
        return self.source if self.rank >= rank else ("(", self.source, ")")


def called(function: Document, *arguments: Document) -> Piece:
    """A call."""
    return Piece(bracketed((function, "("), arguments, ")"))


def constant(value: JsonValue) -> Document:
    """A JSON value."""
    match value:
        case list():
            return bracketed("[", [constant(each) for each in value], "]")
        case dict():
            entries: list[Document] = [(f"{property_name(key)}: ", constant(each)) for key, each in value.items()]
            return bracketed("{", entries, "}", " ")
        case int() if not isinstance(value, bool) and abs(value) >= _LARGEST:
            return f"{value}n"
        case _:
            return literal(value)


class UnsupportedError(NotImplementedError):
    """A part of a program that checks of one document in TypeScript have no use for."""


class Values:
    """Says values in TypeScript; *policy* is what the dialect does with unknown fields."""

    def __init__(
        self, names: DefinitionNames | None = None, policy: str = "refuse", gate: GateNames | None = None
    ) -> None:
        self._names = names
        self._policy = policy
        self._gate = gate

    @property
    def names(self) -> DefinitionNames:
        """What definitions are called."""
        if self._names is None:
            raise LookupError("no definition has a name here")
        return self._names

    @property
    def is_typed(self) -> bool:
        """Whether variables can be looked into: validators ask for their types before, gates are promised them."""
        return self._names is not None or self.is_gate

    @property
    def is_gate(self) -> bool:
        """Whether this is of a gate, to whose variables the compiler gives any type."""
        return self._gate is not None

    def source(self, value: ir.Value) -> Document:
        """A value where any expression may stand."""
        return self.piece(value).source

    def piece(self, value: ir.Value) -> Piece:
        """Any value."""
        match value:
            case ir.Constant(each):
                return Piece(constant(each), _UNARY if isinstance(each, int | float) and each < 0 else _PRIMARY)
            case ir.Variable(name):
                return Piece(camel_case(name))
            case ir.Array(items):
                return Piece(bracketed("[", [self.source(each) for each in items], "]"))
            case ir.Object(entries):
                rows: list[Document] = [(f"{property_name(key)}: ", self.source(each)) for key, each in entries]
                return Piece(bracketed("{", rows, "}", " "))
            case ir.Choice(test, then, otherwise):
                parts = [self.piece(each).within(_NULLISH) for each in (test, then, otherwise)]
                choice = (SPACE, "? ", parts[1], SPACE, ": ", parts[2])
                return Piece(Group((parts[0], Indented(choice))), _CHOICE)
            case ir.Not(operand):
                return self._opposite(operand)
            case ir.Logical(operator, operands):
                sign, rank = ("&&", _AND) if operator == "and" else ("||", _OR)
                return _joined(sign, [self.piece(each).within(rank) for each in operands], rank)
            case ir.Field() | ir.HasField() | ir.HasAnyField() | ir.HasOnlyFields() | ir.Element() | ir.Lookup():
                return self._found(value)
            case ir.Equal() | ir.Identical() | ir.OneOf() | ir.In() | ir.LacksAny() | ir.Seen() | ir.IsTrue():
                return self._comparison(value)
            case ir.Ordering() | ir.Between():
                return self._order(value)
            case ir.IsKind() | ir.IsInteger() | ir.IsFinite() | ir.Fits() | ir.Matches():
                return self._kind(value)
            case ir.Quantified() | ir.Collected():
                return self._walked(value)
            case ir.Conforms() | ir.Table() | ir.Checks() | ir.Texts():
                return self._of_definition(value)
            case ir.Pointer(parts):
                return self._pointer(parts)
            case ir.DialectPolicy():
                return Piece(literal(self._policy))
            case ir.Counted() | ir.HowMany() | ir.Indexes() | ir.Message():
                message = "checks of any JSON Schema are not part of TypeScript"
                raise UnsupportedError(message)
            case ir.HasOpen(ids):
                return Piece((self.source(ids), ".size > 0"), _ORDER)
            case ir.IsOpen(ids, each):
                return Piece((self.source(ids), ".has(", self.source(each), ")"))
            case ir.OrZero(number):
                return Piece((self.piece(number).within(_NULLISH), " ?? 0"), _NULLISH)
            case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
                return self._of_gate(value)
            case _:
                return self._called(value)

    def _opposite(self, operand: ir.Value) -> Piece:
        match operand:
            case ir.Equal(left, right, is_plain=True):
                return self._operation("!==", left, right, _EQUALITY)
            case ir.IsTrue(of):
                return Piece((self.piece(of).within(_ORDER), " !== true"), _EQUALITY)
            case ir.IsKind(value, kind) if kind in _TYPES and not operand.admits_booleans:
                return Piece(("typeof ", self.piece(value).within(_UNARY), f' !== "{_TYPES[kind]}"'), _EQUALITY)
            case ir.HasField(of, key, is_object=True):
                return Piece((self._own(of, key).source, " === undefined"), _EQUALITY)
            case _:
                return Piece(("!", self.piece(operand).within(_UNARY)), _UNARY)

    def _operation(self, sign: str, left: ir.Value, right: ir.Value, rank: int) -> Piece:
        return Piece((self.piece(left).within(rank + 1), f" {sign} ", self.piece(right).within(rank + 1)), rank)

    def _own(self, of: ir.Value, key: str) -> Piece:
        """The value at a key of plain data: read directly, unless every object inherits something of that name."""
        if key in _INHERITED:
            return called(Name("own"), self.source(of), literal(key))
        return Piece((self.piece(of).within(_PRIMARY), accessed(key)))

    def _found(
        self, value: ir.Field | ir.HasField | ir.HasAnyField | ir.HasOnlyFields | ir.Element | ir.Lookup
    ) -> Piece:
        """What stands somewhere in a value, or whether something does."""
        match value:
            case ir.Field(of, key, is_object=True):
                there = self._own(of, key)
                return there if value.is_there else Piece((there.source, " ?? null"), _NULLISH)
            case ir.Field(of, key):
                return called(Name("get"), self.source(of), literal(key))
            case ir.HasField(of, key, is_object=True):
                return Piece((self._own(of, key).source, " !== undefined"), _EQUALITY)
            case ir.HasField(of, key):
                return called(Name("hasKey"), self.source(of), literal(key))
            case ir.HasAnyField(of, keys) if self._gate is not None:
                return called(Name("hasAny"), self.source(of), Name(self._gate.keys(keys)))
            case ir.HasAnyField(of, keys):
                tests = [called(Name("hasKey"), self.source(of), literal(key)).source for key in keys]
                return _joined("||", tests, _OR)
            case ir.HasOnlyFields(of, record):
                return called(Name("hasOnly"), self.source(of), Name(self.names.fields(record)))
            case ir.Element(of, key):
                return called(Name("atKey"), self.source(of), self.source(key))
            case ir.Lookup(pointer):
                return called(Name("find"), "root", self.source(pointer))
            case _:
                assert_never(value)

    def _comparison(
        self, value: ir.Equal | ir.Identical | ir.OneOf | ir.In | ir.LacksAny | ir.Seen | ir.IsTrue
    ) -> Piece:
        match value:
            case ir.Equal(left, right, is_plain=True) | ir.Identical(left, right):
                return self._operation("===", left, right, _EQUALITY)
            case ir.Equal(left, right):
                return called(Name("equal"), self.source(left), self.source(right))
            case ir.IsTrue(of):
                return Piece((self.piece(of).within(_ORDER), " === true"), _EQUALITY)
            case ir.OneOf(of, texts) if not isinstance(of, ir.Variable):
                return called(Name("isOneOf"), self.source(of), constant([*texts]))
            case ir.OneOf(of, texts):
                return _joined("||", [(self.piece(of).within(_ORDER), f" === {literal(each)}") for each in texts], _OR)
            case ir.In(item, ir.Table("members", definition)):
                members = Name(self.names.members(definition))
                return Piece((members, ".includes(", self.source(item), ")"))
            case ir.In(item, ir.Table("fields", definition)):
                return Piece((Name(self.names.fields(definition)), ".has(", self.source(item), ")"))
            case ir.In(item, container):
                return called(Name("isIn"), self.source(item), self.source(container))
            case ir.LacksAny(container, sought):
                return called(Name("lacksAny"), self.source(container), self.source(sought))
            case ir.Seen(key, keys):
                return Piece((self.source(keys), ".has(", called(Name("comparable"), self.source(key)).source, ")"))
            case _:
                assert_never(value)

    def _order(self, value: ir.Ordering | ir.Between) -> Piece:
        match value:
            case ir.Between(least, of, most):
                bounds = (ir.Ordering(">=", of, least, are_numbers=True), ir.Ordering("<=", of, most, are_numbers=True))
                return self.piece(ir.Logical("and", bounds))
            case ir.Ordering(">=" | "<=", ir.Apply("size", (of,), is_sure=True), ir.Constant() as bound):
                return called(Name(_BOUNDS[value.operator]), self.source(of), self.source(bound))
            case ir.Ordering(">", ir.Apply("size", (of,)), ir.Constant(int()) as bound):
                return called(Name("hasMoreThan"), self.source(of), self.source(bound))
            case ir.Ordering(operator, left, right, are_numbers=True):
                measured = self.piece(left).within(_SUM)
                return Piece((measured, f" {operator} ", self._bound(right).within(_SUM)), _ORDER)
            case ir.Ordering(operator, left, right):
                return called(Name("compare"), literal(operator), self.source(left), self.source(right))
            case _:
                assert_never(value)

    def _bound(self, value: ir.Value) -> Piece:
        """A bound as a number; a large one is what `JSON.parse` makes of it, so that no value within it is refused."""
        match value:
            case ir.Constant(int(bound)) if abs(bound) >= _LARGEST:
                return Piece(literal(bound), _UNARY)
            case _:
                return self.piece(value)

    def _kind(self, value: ir.IsKind | ir.IsInteger | ir.IsFinite | ir.Fits | ir.Matches) -> Piece:
        """Whether a scalar is of a kind; by what stands here, the compiler knows its type in what follows."""
        match value:
            case ir.IsKind(of, Kind.NUMBER, admits_booleans=True):
                kinds = (Kind.NUMBER, Kind.BOOLEAN)
                return _joined("||", [self.source(ir.IsKind(of, each)) for each in kinds], _OR)
            case ir.IsKind(of, kind) if kind in _TYPES:
                return Piece(("typeof ", self.piece(of).within(_UNARY), f' === "{_TYPES[kind]}"'), _EQUALITY)
            case ir.IsKind(of, Kind.ARRAY):
                # Of any type, what is an array for the language itself has items of any type.
                return called("Array.isArray" if self.is_gate else Name("isArray"), self.source(of))
            case ir.IsKind(of, _):
                return called(Name("isObject"), self.source(of))
            case ir.IsInteger(of):
                is_number = self.source(ir.IsKind(of, Kind.NUMBER))
                return _joined("&&", [is_number, called("Number.isInteger", self.source(of)).source], _AND)
            case ir.IsFinite(of):
                is_number = self.source(ir.IsKind(of, Kind.NUMBER))
                return _joined("&&", [is_number, called("Number.isFinite", self.source(of)).source], _AND)
            case ir.Fits(of, pattern):
                return Piece((regex_literal(pattern), ".test(", self.source(of), ")"))
            case ir.Matches(of, pattern):
                return called(Name("matchesPattern"), self.source(of), regex_literal(pattern))
            case _:
                assert_never(value)

    def _walked(self, value: ir.Quantified | ir.Collected) -> Piece:
        walk = value.walk
        match value:
            case ir.Quantified("exists_one", _, test):
                walked = Piece((self._over(walk), self._method("filter", walk, test), ".length === 1"), _EQUALITY)
            case ir.Quantified(quantifier, _, test):
                walked = Piece((self._over(walk), self._method("every" if quantifier == "all" else "some", walk, test)))
            case ir.Collected(_, item, where):
                kept = "" if where is None else self._method("filter", walk, where)
                mapped = "" if item == ir.Variable(walk.variable) else self._method("map", walk, item)
                walked = Piece((self._over(walk), kept, mapped))
            case _:
                assert_never(value)
        for name, each in reversed(walk.searched):
            walked = Piece(("((", camel_case(name), ") => ", walked.within(_CHOICE), ")(", self.source(each), ")"))
        return walked

    def _method(self, method: str, walk: ir.Walk, body: ir.Value) -> Document:
        parameter = f"{camel_case(walk.variable)}: any" if self.is_gate else camel_case(walk.variable)
        result = self.piece(body).within(_CHOICE)
        if isinstance(body, ir.Object):  # whose braces would be those of a body
            result = ("(", result, ")")
        function: Document = (f"({parameter}) =>", Indented((SPACE, result)))
        return bracketed(f".{method}(", [Group((function,))], ")")

    def _over(self, walk: ir.Walk) -> Document:
        is_narrowed = isinstance(walk.of, ir.Variable)
        match walk.kind:
            case "array" if is_narrowed:
                return self.source(walk.of)
            case "object" if is_narrowed:
                return called(Name("keysOf"), self.source(walk.of)).source
            case "values":
                return called(Name("valuesOf"), self.source(walk.of)).source
            case _:
                return called(Name("items"), self.source(walk.of)).source

    def _of_definition(self, value: ir.Conforms | ir.Table | ir.Checks | ir.Texts) -> Piece:
        """What is known of definitions, by the names that they have here."""
        match value:
            case ir.Conforms(of, definition):
                return called(Name(self.names.predicate(definition)), self.source(of))
            case ir.Table("members", definition):
                return Piece(Name(self.names.members(definition)))
            case ir.Table("fields", definition):
                return Piece(Name(self.names.fields(definition)))
            case ir.Table(_, definition):
                return Piece(Name(self.names.foreign(definition)))
            case ir.Checks(definitions):
                return Piece(bracketed("[", [Name(self.names.check(each)) for each in definitions], "]"))
            case ir.Texts(texts, is_set):
                listed = bracketed("[", [literal(each) for each in texts], "]")
                return Piece(("new Set(", listed, ")") if is_set else listed)
            case _:
                assert_never(value)

    def rejects(self, code: str, schema: str) -> Document:
        """Whether a keyword of a schema itself has a wrong value, by the table of the rule with this code."""
        if self._gate is None:
            raise LookupError("no rule has a name here")
        return called((Name(self._gate.keywords(code)), ".rejects"), camel_case(schema)).source

    def _of_gate(self, value: ir.Breaks | ir.RefusedByModel | ir.Ask) -> Piece:
        """What the rules themselves say, by the names that they have here."""
        if self._gate is None:
            raise LookupError("no rule has a name here")
        match value:
            case ir.Breaks(code):
                return called(Name("breaks"), Name(self._gate.check(code)), "root")
            case ir.RefusedByModel(model, severity):
                if severity != "error":
                    message = "gates for warnings are not part of TypeScript"
                    raise UnsupportedError(message)
                return called(Name("refusedByModel"), Name(self._gate.models), self.source(model), "root")
            case ir.Ask(routine, arguments):
                return called(Name(self._gate.routine(routine)), *map(self.source, arguments))
            case _:
                assert_never(value)

    def _pointer(self, parts: tuple[str | ir.Variable | ir.Escaped, ...]) -> Piece:
        """A template, or a literal where nothing varies."""
        if all(isinstance(each, str) for each in parts):
            return Piece(literal("".join(map(str, parts))))
        if len(parts) == 1 and isinstance(parts[0], ir.Variable):
            return self.piece(parts[0])
        return Piece(("`", *(self._token(each) for each in parts), "`"))

    def _token(self, part: str | ir.Variable | ir.Escaped) -> Document:
        match part:
            case str():
                return literal(part)[1:-1].replace('\\"', '"').replace("`", "\\`").replace("$", "\\$")
            case ir.Variable(name):
                is_number = name.endswith("index")
                return ("${String(", camel_case(name), ")}") if is_number else ("${", camel_case(name), "}")
            case ir.Escaped(key):
                return ("${", called(Name("escape"), camel_case(key.name)).source, "}")
            case _:
                assert_never(part)

    def _called(self, value: ir.Apply | ir.Arithmetic | ir.Searchable | ir.Items | ir.FollowPairs) -> Piece:
        """A call of a function of the run time, or what needs none."""
        match value:
            case ir.Apply("size", (of,), is_sure=True):
                return called(Name("count"), self.source(of))
            case ir.Apply("startsWith", (of, beginning), is_sure=True):
                return Piece((self.piece(of).within(_PRIMARY), ".startsWith(", self.source(beginning), ")"))
            case ir.Apply(function, arguments):
                name = _CALLS.get(function, camel_case(function))
                return called(Name(name), *(self.source(each) for each in arguments))
            case ir.Arithmetic("+", left, right, are_numbers=True):
                return self._operation("+", left, right, _SUM)
            case ir.Arithmetic(operator, left, right):
                return called(Name(_ARITHMETIC[operator]), self.source(left), self.source(right))
            case ir.Searchable(of):
                return called(Name("members"), self.source(of))
            case ir.Items(of):
                return called(Name("items"), self.source(of))
            case ir.FollowPairs(pairs):
                return called(Name("followPairs"), self.source(pairs))
            case _:
                assert_never(value)


def _joined(sign: str, operands: list[Document], rank: int) -> Piece:
    """Operands with the same sign between them, each on its own line where one is too short."""
    first, *rest = operands
    return Piece(Group((first, Indented(tuple(part for each in rest for part in (SPACE, f"{sign} ", each))))), rank)
