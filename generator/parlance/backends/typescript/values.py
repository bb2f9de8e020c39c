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
            case ir.Constant():
                is_signed = isinstance(value.value, int | float) and value.value < 0
                return Piece(constant(value.value), _UNARY if is_signed else _PRIMARY)
            case ir.Variable():
                return Piece(camel_case(value.name))
            case ir.Array():
                return Piece(bracketed("[", [self.source(each) for each in value.items], "]"))
            case ir.Object():
                rows: list[Document] = [(f"{property_name(key)}: ", self.source(each)) for key, each in value.entries]
                return Piece(bracketed("{", rows, "}", " "))
            case ir.Choice():
                parts = [self.piece(each).within(_NULLISH) for each in (value.test, value.then, value.otherwise)]
                choice = (SPACE, "? ", parts[1], SPACE, ": ", parts[2])
                return Piece(Group((parts[0], Indented(choice))), _CHOICE)
            case ir.Not():
                return self._opposite(value.operand)
            case ir.Logical():
                sign, rank = ("&&", _AND) if value.operator == "and" else ("||", _OR)
                return _joined(sign, [self.piece(each).within(rank) for each in value.operands], rank)
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
            case ir.Pointer():
                return self._pointer(value.parts)
            case ir.DialectPolicy():
                return Piece(literal(self._policy))
            case ir.Counted() | ir.HowMany() | ir.Indexes() | ir.Message():
                message = "checks of any JSON Schema are not part of TypeScript"
                raise UnsupportedError(message)
            case ir.HasOpen():
                return Piece((self.source(value.ids), ".size > 0"), _ORDER)
            case ir.IsOpen():
                return Piece((self.source(value.ids), ".has(", self.source(value.id), ")"))
            case ir.OrZero():
                return Piece((self.piece(value.value).within(_NULLISH), " ?? 0"), _NULLISH)
            case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
                return self._of_gate(value)
            case _:
                return self._called(value)

    def _opposite(self, operand: ir.Value) -> Piece:
        match operand:
            case ir.Equal() if operand.is_plain:
                return self._operation("!==", operand.left, operand.right, _EQUALITY)
            case ir.IsTrue():
                return Piece((self.piece(operand.of).within(_ORDER), " !== true"), _EQUALITY)
            case ir.IsKind() if operand.kind in _TYPES and not operand.admits_booleans:
                kind = _TYPES[operand.kind]
                return Piece(("typeof ", self.piece(operand.value).within(_UNARY), f' !== "{kind}"'), _EQUALITY)
            case ir.HasField() if operand.is_object:
                return Piece((self._own(operand.of, operand.key).source, " === undefined"), _EQUALITY)
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
            case ir.Field(is_object=True):
                there = self._own(value.of, value.key)
                return there if value.is_there else Piece((there.source, " ?? null"), _NULLISH)
            case ir.Field():
                return called(Name("get"), self.source(value.of), literal(value.key))
            case ir.HasField(is_object=True):
                return Piece((self._own(value.of, value.key).source, " !== undefined"), _EQUALITY)
            case ir.HasField():
                return called(Name("hasKey"), self.source(value.of), literal(value.key))
            case ir.HasAnyField(of, keys) if self._gate is not None:
                return called(Name("hasAny"), self.source(of), Name(self._gate.keys(keys)))
            case ir.HasAnyField():
                tests = [called(Name("hasKey"), self.source(value.of), literal(key)).source for key in value.keys]
                return _joined("||", tests, _OR)
            case ir.HasOnlyFields():
                return called(Name("hasOnly"), self.source(value.value), Name(self.names.fields(value.record)))
            case ir.Element():
                return called(Name("atKey"), self.source(value.of), self.source(value.key))
            case ir.Lookup():
                return called(Name("find"), "root", self.source(value.pointer))
            case _:
                assert_never(value)

    def _comparison(
        self, value: ir.Equal | ir.Identical | ir.OneOf | ir.In | ir.LacksAny | ir.Seen | ir.IsTrue
    ) -> Piece:
        match value:
            case ir.Equal(left, right, is_plain=True) | ir.Identical(left, right):
                return self._operation("===", left, right, _EQUALITY)
            case ir.Equal():
                return called(Name("equal"), self.source(value.left), self.source(value.right))
            case ir.IsTrue():
                return Piece((self.piece(value.of).within(_ORDER), " === true"), _EQUALITY)
            case ir.OneOf(of, texts) if not isinstance(of, ir.Variable):
                return called(Name("isOneOf"), self.source(of), constant([*texts]))
            case ir.OneOf():
                return _joined(
                    "||",
                    [(self.piece(value.value).within(_ORDER), f" === {literal(each)}") for each in value.texts],
                    _OR,
                )
            case ir.In(item, ir.Table("members", definition)):
                members = Name(self.names.members(definition))
                return Piece((members, ".includes(", self.source(item), ")"))
            case ir.In(item, ir.Table("fields", definition)):
                return Piece((Name(self.names.fields(definition)), ".has(", self.source(item), ")"))
            case ir.In():
                return called(Name("isIn"), self.source(value.item), self.source(value.container))
            case ir.LacksAny():
                return called(Name("lacksAny"), self.source(value.container), self.source(value.sought))
            case ir.Seen():
                return Piece(
                    (self.source(value.keys), ".has(", called(Name("comparable"), self.source(value.key)).source, ")")
                )
            case _:
                assert_never(value)

    def _order(self, value: ir.Ordering | ir.Between) -> Piece:
        match value:
            case ir.Between():
                bounds = (
                    ir.Ordering(">=", value.value, value.least, are_numbers=True),
                    ir.Ordering("<=", value.value, value.most, are_numbers=True),
                )
                return self.piece(ir.Logical("and", bounds))
            case ir.Ordering(">=" | "<=", ir.Apply("size", (of,), is_sure=True), ir.Constant() as bound):
                return called(Name(_BOUNDS[value.operator]), self.source(of), self.source(bound))
            case ir.Ordering(">", ir.Apply("size", (of,)), ir.Constant(int()) as bound):
                return called(Name("hasMoreThan"), self.source(of), self.source(bound))
            case ir.Ordering(are_numbers=True):
                measured = self.piece(value.left).within(_SUM)
                return Piece((measured, f" {value.operator} ", self._bound(value.right).within(_SUM)), _ORDER)
            case ir.Ordering():
                return called(
                    Name("compare"), literal(value.operator), self.source(value.left), self.source(value.right)
                )
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
            case ir.IsKind(kind=Kind.NUMBER, admits_booleans=True):
                kinds = (Kind.NUMBER, Kind.BOOLEAN)
                return _joined("||", [self.source(ir.IsKind(value.value, each)) for each in kinds], _OR)
            case ir.IsKind(of, kind) if kind in _TYPES:
                return Piece(("typeof ", self.piece(of).within(_UNARY), f' === "{_TYPES[kind]}"'), _EQUALITY)
            case ir.IsKind(kind=Kind.ARRAY):
                # Of any type, what is an array for the language itself has items of any type.
                return called("Array.isArray" if self.is_gate else Name("isArray"), self.source(value.value))
            case ir.IsKind():
                return called(Name("isObject"), self.source(value.value))
            case ir.IsInteger():
                is_number = self.source(ir.IsKind(value.value, Kind.NUMBER))
                return _joined("&&", [is_number, called("Number.isInteger", self.source(value.value)).source], _AND)
            case ir.IsFinite():
                is_number = self.source(ir.IsKind(value.value, Kind.NUMBER))
                return _joined("&&", [is_number, called("Number.isFinite", self.source(value.value)).source], _AND)
            case ir.Fits():
                return Piece((regex_literal(value.pattern), ".test(", self.source(value.value), ")"))
            case ir.Matches():
                return called(Name("matchesPattern"), self.source(value.of), regex_literal(value.pattern))
            case _:
                assert_never(value)

    def _walked(self, value: ir.Quantified | ir.Collected) -> Piece:
        walk = value.walk
        match value:
            case ir.Quantified(quantifier="exists_one"):
                walked = Piece((self._over(walk), self._method("filter", walk, value.test), ".length === 1"), _EQUALITY)
            case ir.Quantified():
                walked = Piece(
                    (self._over(walk), self._method("every" if value.quantifier == "all" else "some", walk, value.test))
                )
            case ir.Collected():
                kept = "" if value.where is None else self._method("filter", walk, value.where)
                mapped = "" if value.value == ir.Variable(walk.variable) else self._method("map", walk, value.value)
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
            case ir.Conforms():
                return called(Name(self.names.predicate(value.definition)), self.source(value.value))
            case ir.Table(kind="members"):
                return Piece(Name(self.names.members(value.definition)))
            case ir.Table(kind="fields"):
                return Piece(Name(self.names.fields(value.definition)))
            case ir.Table():
                return Piece(Name(self.names.foreign(value.definition)))
            case ir.Checks():
                return Piece(bracketed("[", [Name(self.names.check(each)) for each in value.definitions], "]"))
            case ir.Texts():
                listed = bracketed("[", [literal(each) for each in value.texts], "]")
                return Piece(("new Set(", listed, ")") if value.is_set else listed)
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
            case ir.Breaks():
                return called(Name("breaks"), Name(self._gate.check(value.rule)), "root")
            case ir.RefusedByModel():
                if value.severity != "error":
                    message = "gates for warnings are not part of TypeScript"
                    raise UnsupportedError(message)
                return called(Name("refusedByModel"), Name(self._gate.models), self.source(value.model), "root")
            case ir.Ask():
                return called(Name(self._gate.routine(value.routine)), *map(self.source, value.arguments))
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
            case ir.Variable():
                is_number = part.name.endswith("index")
                return ("${String(", camel_case(part.name), ")}") if is_number else ("${", camel_case(part.name), "}")
            case ir.Escaped():
                return ("${", called(Name("escape"), camel_case(part.key.name)).source, "}")
            case _:
                assert_never(part)

    def _called(self, value: ir.Apply | ir.Arithmetic | ir.Searchable | ir.Items | ir.FollowPairs) -> Piece:
        """A call of a function of the run time, or what needs none."""
        match value:
            case ir.Apply("size", (of,), is_sure=True):
                return called(Name("count"), self.source(of))
            case ir.Apply("startsWith", (of, beginning), is_sure=True):
                return Piece((self.piece(of).within(_PRIMARY), ".startsWith(", self.source(beginning), ")"))
            case ir.Apply():
                name = _CALLS.get(value.function, camel_case(value.function))
                return called(Name(name), *(self.source(each) for each in value.arguments))
            case ir.Arithmetic(operator="+", are_numbers=True):
                return self._operation("+", value.left, value.right, _SUM)
            case ir.Arithmetic():
                return called(Name(_ARITHMETIC[value.operator]), self.source(value.left), self.source(value.right))
            case ir.Searchable():
                return called(Name("members"), self.source(value.of))
            case ir.Items():
                return called(Name("items"), self.source(value.of))
            case ir.FollowPairs():
                return called(Name("followPairs"), self.source(value.pairs))
            case _:
                assert_never(value)


def _joined(sign: str, operands: list[Document], rank: int) -> Piece:
    """Operands with the same sign between them, each on its own line where one is too short."""
    first, *rest = operands
    return Piece(Group((first, Indented(tuple(part for each in rest for part in (SPACE, f"{sign} ", each))))), rank)
