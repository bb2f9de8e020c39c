"""Values of a program as trees of Python."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from ...program import ir
from ...regex import translated
from ..definition_names import DefinitionNames
from .key_sets import KeySets
from .names import GateNames, SchemaNames
from .pointers import extended
from .scalar_conditions import fits, of_kind
from .syntax import (
    Attribute,
    Call,
    Comparison,
    Comprehension,
    Concatenation,
    Conditional,
    Constant,
    DictDisplay,
    Item,
    ListDisplay,
    Logical,
    Name,
    Not,
    Range,
    SetDisplay,
    TupleDisplay,
    Value,
    both,
    call,
    negated,
    opposite,
    tuple_of,
    used_names,
)

__all__ = ["Values", "python_value"]

_CALLS = {
    "type": "type_name",
    "startsWith": "starts_with",
    "endsWith": "ends_with",
    "text": "str",
}
"""The function of the run time for a function of the language that has another name."""

_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times"}
_Clauses: TypeAlias = tuple[tuple[str | tuple[str, ...], Value], ...]
_TRUE, _NULL = Constant(value=True), Constant(None)


def python_value(value: ir.Value, sets: KeySets | None = None) -> Value:
    """A value as Python; without *sets*, a set of keys stands where it is used."""
    return Values(sets).value(value)


class Values:
    """Says values in Python."""

    def __init__(
        self,
        sets: KeySets | None = None,
        names: DefinitionNames | None = None,
        gate: GateNames | None = None,
        schemas: SchemaNames | None = None,
    ) -> None:
        self._sets = sets
        self._names = names or schemas
        self._gate = gate
        self._schemas = schemas or SchemaNames()

    @property
    def names(self) -> DefinitionNames:
        """What definitions are called."""
        if self._names is None:
            raise LookupError("no definition has a name here")
        return self._names

    def value(self, value: ir.Value) -> Value:
        """Any value."""
        match value:
            case ir.Constant():
                return Constant(value.value)
            case ir.Variable():
                return Name(value.name)
            case ir.Array():
                return ListDisplay(tuple(map(self.value, value.items)))
            case ir.Object():
                return DictDisplay(tuple((key, self.value(item)) for key, item in value.entries))
            case ir.Choice():
                asked, chosen = self.value(value.test), self.value(value.then)
                if asked == chosen:
                    return Logical("or", (chosen, self.value(value.otherwise)))
                return Conditional(asked, chosen, self.value(value.otherwise))
            case ir.Field() | ir.HasField() | ir.HasAnyField() | ir.Element() | ir.Lookup():
                return self._found(value)
            case ir.Equal() | ir.Identical() | ir.OneOf() | ir.In() | ir.LacksAny() | ir.Seen():
                return self._comparison(value)
            case ir.Ordering() | ir.Between():
                return self._order(value)
            case ir.IsTrue():
                return Comparison(self.value(value.of), "is", _TRUE)
            case ir.Not():
                is_final = isinstance(value.operand, ir.IsInteger) and value.operand.is_final
                return (negated if is_final else opposite)(self.value(value.operand))
            case ir.Logical():
                return both(value.operator, map(self.value, value.operands))
            case ir.Quantified() | ir.Collected() | ir.Counted():
                return self._walked(value)
            case ir.HowMany():
                return call("sum", TupleDisplay(tuple(map(self.value, value.conditions))))
            case ir.Message():
                return Concatenation(tuple(map(self.value, value.parts)))
            case ir.Pointer():
                tokens = (each if isinstance(each, str) else _token(each) for each in value.parts)
                return extended(Constant(""), *tokens)
            case ir.IsKind() | ir.IsInteger() | ir.IsFinite():
                return of_kind(value, self.value(value.value))
            case ir.Fits():
                return fits(value.pattern, self.value(value.value), self._schemas, may_be_empty=value.may_be_empty)
            case ir.DialectPolicy():
                return Attribute(Name("found"), "unknown")
            case ir.Conforms() | ir.HasOnlyFields() | ir.Table() | ir.Checks() | ir.Texts():
                return self._of_definition(value)
            case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
                return self._of_gate(value)
            case ir.IsOpen():
                return Comparison(self.value(value.id), "in", self.value(value.ids))
            case ir.HasOpen():
                return self.value(value.ids)
            case ir.OrZero():
                return Logical("or", (self.value(value.value), Constant(0)))
            case _:
                return self._called(value)

    def _found(self, value: ir.Field | ir.HasField | ir.HasAnyField | ir.Element | ir.Lookup) -> Value:
        """What stands somewhere in a value, or whether something does."""
        match value:
            case ir.Field(is_there=True):
                return Item(self.value(value.of), Constant(value.key))
            case ir.Field(is_object=True):
                return Call(Attribute(self.value(value.of), "get"), (Constant(value.key),))
            case ir.Field():
                return call("get", self.value(value.of), Constant(value.key))
            case ir.HasField(is_object=True):
                return Comparison(Constant(value.key), "in", self.value(value.of))
            case ir.HasField():
                return call("has_key", self.value(value.of), Constant(value.key))
            case ir.HasAnyField():
                made = (
                    Name(self._sets.name(value.keys)) if self._sets else call("frozenset", tuple_of(sorted(value.keys)))
                )
                return Not(Call(Attribute(made, "isdisjoint"), (self.value(value.of),)))
            case ir.Element(is_there=True):
                return Item(self.value(value.of), self.value(value.key))
            case ir.Element():
                return call("at_key", self.value(value.of), self.value(value.key))
            case ir.Lookup():
                return call("find", Name("root"), self.value(value.pointer))
            case _:
                assert_never(value)

    def _of_definition(self, value: ir.Conforms | ir.HasOnlyFields | ir.Table | ir.Checks | ir.Texts) -> Value:
        """What is known of definitions, by the names that they have in Python."""
        match value:
            case ir.Texts(is_set=True):
                return call("frozenset", SetDisplay(tuple(map(Constant, value.texts))))
            case ir.Texts():
                return tuple_of(value.texts)
            case ir.Conforms(of, definition, ir.Variable(evaluated)):
                return call(self._schemas.covering(definition), self.value(of), Name(evaluated))
            case ir.Conforms():
                return call(self.names.predicate(value.definition), self.value(value.value))
            case ir.HasOnlyFields():
                return Comparison(
                    call(Attribute(self.value(value.value), "keys")), "<=", Name(self.names.fields(value.record))
                )
            case ir.Table(kind="members"):
                return Name(self.names.members(value.definition))
            case ir.Table(kind="fields"):
                return Name(self.names.fields(value.definition))
            case ir.Table(kind="constant" | "routines"):
                return Name(self._schemas.constant(value.definition))
            case ir.Table():
                return Name(self.names.foreign(value.definition))
            case ir.Checks():
                return TupleDisplay(tuple(Name(self.names.check(each)) for each in value.definitions))
            case _:
                assert_never(value)

    def schemas(self, of: Value, loop: ir.EachSchema) -> Value:
        """What a loop goes over: a schema and every one in it."""
        if loop.keywords is None or self._gate is None:
            return call("schemas_in", of)
        plain = [TupleDisplay(tuple(map(Constant, loop.plain)))] if loop.plain else []
        return call(Attribute(Name(self._gate.keywords(loop.keywords)), "schemas"), of, *plain)

    def _of_gate(self, value: ir.Breaks | ir.RefusedByModel | ir.Ask) -> Value:
        """What the rules themselves say, by the names that they have in Python."""
        if self._gate is None:
            raise LookupError("no rule has a name here")
        match value:
            case ir.Breaks():
                return call("breaks", Name(self._gate.check(value.rule)), Name("root"))
            case ir.RefusedByModel():
                other = [] if value.severity == "error" else [Constant(value.severity)]
                return call("refused_by_model", Name("_MODELS"), self.value(value.model), Name("root"), *other)
            case ir.Ask():
                return call(self._gate.routine(value.routine), *map(self.value, value.arguments))
            case _:
                assert_never(value)

    def _order(self, value: ir.Ordering | ir.Between) -> Value:
        match value:
            case ir.Ordering(">", ir.Apply("size", (of,), is_sure=True), ir.Constant(0), are_counts=True):
                return self.value(of)
            case ir.Between():
                return Range(self.value(value.least), self.value(value.value), self.value(value.most))
            case ir.Ordering(are_numbers=True):
                return Comparison(self.value(value.left), value.operator, self.value(value.right), value.are_counts)
            case ir.Ordering():
                return call("compare", Constant(value.operator), self.value(value.left), self.value(value.right))
            case _:
                assert_never(value)

    def _comparison(self, value: ir.Equal | ir.Identical | ir.OneOf | ir.In | ir.LacksAny | ir.Seen) -> Value:
        match value:
            case ir.Equal(left, ir.Constant(None | bool()) as right, is_plain=True):
                return Comparison(self.value(left), "is", self.value(right))
            case ir.Equal(ir.HowMany(conditions), ir.Constant(0), is_plain=True):
                return Not(call("any", ListDisplay(tuple(map(self.value, conditions)))))
            case ir.Equal(left, ir.Table("constant") as right):
                return Comparison(call("comparable", self.value(left)), "==", self.value(right))
            case ir.Equal(is_plain=True):
                return Comparison(self.value(value.left), "==", self.value(value.right))
            case ir.Equal():
                return call("equal", self.value(value.left), self.value(value.right))
            case ir.Identical():
                return Comparison(self.value(value.left), "is", self.value(value.right))
            case ir.OneOf():
                return Comparison(self.value(value.value), "in", tuple_of(value.texts))
            case ir.In(is_plain=True):
                return Comparison(self.value(value.item), "in", self.value(value.container))
            case ir.In():
                return call("is_in", self.value(value.item), self.value(value.container))
            case ir.LacksAny():
                return call("lacks_any", self.value(value.container), self.value(value.sought))
            case ir.Seen():
                return Comparison(call("comparable", self.value(value.key)), "in", self.value(value.keys))
            case _:
                assert_never(value)

    def _walked(self, value: ir.Quantified | ir.Collected | ir.Counted) -> Value:
        clauses = self._clauses(value.walk)
        match value:
            case ir.Counted():
                return call("sum", Comprehension(Constant(1), clauses, self.value(value.test), "()"))
            case ir.Quantified(quantifier="exists_one"):
                return Comparison(call("sum", self._generator(value.test, clauses)), "==", Constant(1))
            case ir.Quantified():
                return call("all" if value.quantifier == "all" else "any", self._generator(value.test, clauses))
            case ir.Collected():
                return Comprehension(
                    self.value(value.value), clauses, None if value.where is None else self.value(value.where)
                )
            case _:
                assert_never(value)

    def _generator(self, test: ir.Value, clauses: _Clauses) -> Comprehension:
        """The test of each item; where it is the same for all, nobody asks which one it is of."""
        made = self.value(test)
        *before, (variable, over) = clauses
        is_used = not isinstance(variable, str) or variable in used_names(made)
        return Comprehension(made, (*before, (variable if is_used else "_", over)), brackets="()")

    def _clauses(self, walk: ir.Walk) -> _Clauses:
        searched = [(name, ListDisplay((self.value(each),))) for name, each in walk.searched]
        over = _over(walk, self.value(walk.of))
        if walk.index is not None:
            return (*searched, ((walk.index, walk.variable), call("enumerate", over)))
        return (*searched, (walk.variable, over))

    def _called(
        self,
        value: ir.Apply | ir.Matches | ir.Arithmetic | ir.Searchable | ir.Items | ir.Indexes | ir.FollowPairs,
    ) -> Value:
        """A call of a function of the run time, or what needs none."""
        match value:
            case ir.Apply("size", (of,), is_sure=True):
                return call("len", self.value(of))
            case ir.Apply("total", (ir.Collected(walk, ir.Apply("size", (ir.Variable(name),)), None),)) if (
                name == walk.variable and walk.kind == "object"
            ):
                return call("sum", call("map", Name("len"), self.value(walk.of)))
            case ir.Apply("startsWith", (of, beginning), is_sure=True):
                return call(Attribute(self.value(of), "startswith"), self.value(beginning))
            case ir.Apply():
                return Call(Name(_CALLS.get(value.function, value.function)), tuple(map(self.value, value.arguments)))
            case ir.Matches(is_text=True):
                return call("matches", Constant(translated(value.pattern)), self.value(value.of))
            case ir.Matches():
                return call("matches_pattern", self.value(value.of), Constant(translated(value.pattern)))
            case ir.Arithmetic(operator="+", are_numbers=True):
                return Concatenation((self.value(value.left), self.value(value.right)))
            case ir.Arithmetic():
                return call(_ARITHMETIC[value.operator], self.value(value.left), self.value(value.right))
            case ir.Searchable():
                return call("members", self.value(value.of))
            case ir.Items():
                return call("items", self.value(value.of))
            case ir.Indexes():
                return call("range", self.value(value.count))
            case ir.FollowPairs():
                return call("follow_pairs", self.value(value.pairs))
            case _:
                assert_never(value)


def _over(walk: ir.Walk, of: Value) -> Value:
    match walk.kind:
        case "any":
            return call("items", of)
        case "array or null":
            return both("or", [of, TupleDisplay(())])
        case "values":
            return call(Attribute(of, "values"))
        case "array" | "object":
            return of
        case _:
            assert_never(walk.kind)


def _token(part: ir.Variable | ir.Escaped) -> Value:
    return Name(part.name) if isinstance(part, ir.Variable) else call("escape", Name(part.key.name))
