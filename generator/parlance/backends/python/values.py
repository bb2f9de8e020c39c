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
            case ir.Constant(constant):
                return Constant(constant)
            case ir.Variable(name):
                return Name(name)
            case ir.Array(items):
                return ListDisplay(tuple(map(self.value, items)))
            case ir.Object(entries):
                return DictDisplay(tuple((key, self.value(item)) for key, item in entries))
            case ir.Choice(test, then, otherwise):
                asked, chosen = self.value(test), self.value(then)
                if asked == chosen:
                    return Logical("or", (chosen, self.value(otherwise)))
                return Conditional(asked, chosen, self.value(otherwise))
            case ir.Field() | ir.HasField() | ir.HasAnyField() | ir.Element() | ir.Lookup():
                return self._found(value)
            case ir.Equal() | ir.Identical() | ir.OneOf() | ir.In() | ir.LacksAny() | ir.Seen():
                return self._comparison(value)
            case ir.Ordering() | ir.Between():
                return self._order(value)
            case ir.IsTrue(of):
                return Comparison(self.value(of), "is", _TRUE)
            case ir.Not(ir.IsInteger(is_final=True) as operand):
                return negated(self.value(operand))
            case ir.Not(operand):
                return opposite(self.value(operand))
            case ir.Logical(operator, operands):
                return both(operator, map(self.value, operands))
            case ir.Quantified() | ir.Collected() | ir.Counted():
                return self._walked(value)
            case ir.HowMany(conditions):
                return call("sum", TupleDisplay(tuple(map(self.value, conditions))))
            case ir.Message(parts):
                return Concatenation(tuple(map(self.value, parts)))
            case ir.Pointer(parts):
                return extended(Constant(""), *(each if isinstance(each, str) else _token(each) for each in parts))
            case ir.IsKind() | ir.IsInteger() | ir.IsFinite():
                return of_kind(value, self.value(value.value))
            case ir.Fits(of, pattern, may_be_empty):
                return fits(pattern, self.value(of), self._schemas, may_be_empty=may_be_empty)
            case ir.DialectPolicy():
                return Attribute(Name("found"), "unknown")
            case ir.Conforms() | ir.HasOnlyFields() | ir.Table() | ir.Checks() | ir.Texts():
                return self._of_definition(value)
            case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
                return self._of_gate(value)
            case ir.IsOpen(ids, each):
                return Comparison(self.value(each), "in", self.value(ids))
            case ir.HasOpen(ids):
                return self.value(ids)
            case ir.OrZero(number):
                return Logical("or", (self.value(number), Constant(0)))
            case _:
                return self._called(value)

    def _found(self, value: ir.Field | ir.HasField | ir.HasAnyField | ir.Element | ir.Lookup) -> Value:
        """What stands somewhere in a value, or whether something does."""
        match value:
            case ir.Field(of, key, is_there=True):
                return Item(self.value(of), Constant(key))
            case ir.Field(of, key, is_object=True):
                return Call(Attribute(self.value(of), "get"), (Constant(key),))
            case ir.Field(of, key):
                return call("get", self.value(of), Constant(key))
            case ir.HasField(of, key, is_object=True):
                return Comparison(Constant(key), "in", self.value(of))
            case ir.HasField(of, key):
                return call("has_key", self.value(of), Constant(key))
            case ir.HasAnyField(of, keys):
                made = Name(self._sets.name(keys)) if self._sets else call("frozenset", tuple_of(sorted(keys)))
                return Not(Call(Attribute(made, "isdisjoint"), (self.value(of),)))
            case ir.Element(of, key, is_there=True):
                return Item(self.value(of), self.value(key))
            case ir.Element(of, key):
                return call("at_key", self.value(of), self.value(key))
            case ir.Lookup(pointer):
                return call("find", Name("root"), self.value(pointer))
            case _:
                assert_never(value)

    def _of_definition(self, value: ir.Conforms | ir.HasOnlyFields | ir.Table | ir.Checks | ir.Texts) -> Value:
        """What is known of definitions, by the names that they have in Python."""
        match value:
            case ir.Texts(texts, is_set=True):
                return call("frozenset", SetDisplay(tuple(map(Constant, texts))))
            case ir.Texts(texts):
                return tuple_of(texts)
            case ir.Conforms(of, definition, ir.Variable(evaluated)):
                return call(self._schemas.covering(definition), self.value(of), Name(evaluated))
            case ir.Conforms(of, definition):
                return call(self.names.predicate(definition), self.value(of))
            case ir.HasOnlyFields(of, record):
                return Comparison(call(Attribute(self.value(of), "keys")), "<=", Name(self.names.fields(record)))
            case ir.Table("members", definition):
                return Name(self.names.members(definition))
            case ir.Table("fields", definition):
                return Name(self.names.fields(definition))
            case ir.Table("constant", definition):
                return Name(self._schemas.constant(definition))
            case ir.Table(_, definition):
                return Name(self.names.foreign(definition))
            case ir.Checks(definitions):
                return TupleDisplay(tuple(Name(self.names.check(each)) for each in definitions))
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
            case ir.Breaks(code):
                return call("breaks", Name(self._gate.check(code)), Name("root"))
            case ir.RefusedByModel(model, severity):
                other = [] if severity == "error" else [Constant(severity)]
                return call("refused_by_model", Name("_MODELS"), self.value(model), Name("root"), *other)
            case ir.Ask(routine, arguments):
                return call(self._gate.routine(routine), *map(self.value, arguments))
            case _:
                assert_never(value)

    def _order(self, value: ir.Ordering | ir.Between) -> Value:
        match value:
            case ir.Ordering(">", ir.Apply("size", (of,), is_sure=True), ir.Constant(0), are_counts=True):
                return self.value(of)
            case ir.Between(least, of, most):
                return Range(self.value(least), self.value(of), self.value(most))
            case ir.Ordering(operator, left, right, are_numbers=True):
                return Comparison(self.value(left), operator, self.value(right), value.are_counts)
            case ir.Ordering(operator, left, right):
                return call("compare", Constant(operator), self.value(left), self.value(right))
            case _:
                assert_never(value)

    def _comparison(
        self, value: ir.Equal | ir.Identical | ir.OneOf | ir.In | ir.LacksAny | ir.Seen
    ) -> Value:
        match value:
            case ir.Equal(left, ir.Constant(None | bool()) as right, is_plain=True):
                return Comparison(self.value(left), "is", self.value(right))
            case ir.Equal(ir.HowMany(conditions), ir.Constant(0), is_plain=True):
                return Not(call("any", ListDisplay(tuple(map(self.value, conditions)))))
            case ir.Equal(left, ir.Table("constant") as right):
                return Comparison(call("comparable", self.value(left)), "==", self.value(right))
            case ir.Equal(left, right, is_plain=True):
                return Comparison(self.value(left), "==", self.value(right))
            case ir.Equal(left, right):
                return call("equal", self.value(left), self.value(right))
            case ir.Identical(left, right):
                return Comparison(self.value(left), "is", self.value(right))
            case ir.OneOf(of, texts):
                return Comparison(self.value(of), "in", tuple_of(texts))
            case ir.In(item, container, is_plain=True):
                return Comparison(self.value(item), "in", self.value(container))
            case ir.In(item, container):
                return call("is_in", self.value(item), self.value(container))
            case ir.LacksAny(container, sought):
                return call("lacks_any", self.value(container), self.value(sought))
            case ir.Seen(key, keys):
                return Comparison(call("comparable", self.value(key)), "in", self.value(keys))
            case _:
                assert_never(value)

    def _walked(self, value: ir.Quantified | ir.Collected | ir.Counted) -> Value:
        clauses = self._clauses(value.walk)
        match value:
            case ir.Counted(_, test):
                return call("sum", Comprehension(Constant(1), clauses, self.value(test), "()"))
            case ir.Quantified("exists_one", _, test):
                return Comparison(call("sum", self._generator(test, clauses)), "==", Constant(1))
            case ir.Quantified(quantifier, _, test):
                return call("all" if quantifier == "all" else "any", self._generator(test, clauses))
            case ir.Collected(_, item, where):
                return Comprehension(self.value(item), clauses, None if where is None else self.value(where))
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
            case ir.Apply(function, arguments):
                return Call(Name(_CALLS.get(function, function)), tuple(map(self.value, arguments)))
            case ir.Matches(of, pattern, is_text=True):
                return call("matches", Constant(translated(pattern)), self.value(of))
            case ir.Matches(of, pattern):
                return call("matches_pattern", self.value(of), Constant(translated(pattern)))
            case ir.Arithmetic("+", left, right, are_numbers=True):
                return Concatenation((self.value(left), self.value(right)))
            case ir.Arithmetic(operator, left, right):
                return call(_ARITHMETIC[operator], self.value(left), self.value(right))
            case ir.Searchable(of):
                return call("members", self.value(of))
            case ir.Items(of):
                return call("items", self.value(of))
            case ir.Indexes(count):
                return call("range", self.value(count))
            case ir.FollowPairs(pairs):
                return call("follow_pairs", self.value(pairs))
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
