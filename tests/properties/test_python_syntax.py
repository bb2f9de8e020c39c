"""A printed tree of Python is read by Python as the same tree, on one line and on many."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import assert_never

from hypothesis import given
from hypothesis import strategies as st
from parlance.backends.python.printing import flat, laid_out, lines_of
from parlance.backends.python.syntax import (
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
    both,
    call,
    chained,
    negated,
    nested,
    nodes,
    opposite,
    used_names,
)
from parlance.backends.python.text import WIDTH, formatted

NAMES = st.sampled_from(["root", "value", "index", "get", "a_rather_long_name_of_a_variable"])
TEXTS = st.text(max_size=12) | st.text("ab {}\\\"'", min_size=40, max_size=160)
LEAVES = NAMES.map(Name) | (st.none() | st.booleans() | st.integers(0, 99) | TEXTS).map(Constant)
OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in"])


def _larger(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    several = st.lists(inner, max_size=4).map(tuple)
    two_or_more = st.lists(inner, min_size=2, max_size=4).map(tuple)
    unpacked = st.lists(NAMES, min_size=2, max_size=2, unique=True).map(tuple)
    clauses = st.lists(st.tuples(NAMES | unpacked, inner), min_size=1, max_size=2).map(tuple)
    comprehension = st.builds(Comprehension, inner, clauses, st.none() | inner, st.sampled_from(["[]", "{}"]))
    generator = st.builds(Comprehension, inner, clauses, st.none() | inner, st.just("()"))
    spread = st.builds(Call, NAMES.map(Name), several)
    keywords = st.lists(st.tuples(NAMES, inner), max_size=2, unique_by=lambda one: one[0]).map(tuple)
    return st.one_of(
        st.builds(Attribute, NAMES.map(Name) | st.builds(Call, NAMES.map(Name), several), NAMES),
        st.builds(Item, NAMES.map(Name) | inner.filter(lambda one: not isinstance(one, Constant)), inner),
        st.builds(Call, NAMES.map(Name), several, keywords),
        st.builds(Call, NAMES.map(Name), generator.map(lambda one: (one,))),
        st.builds(Not, inner),
        st.builds(Empty, inner),
        st.builds(Slice, NAMES.map(Name), inner),
        st.builds(Difference, inner, inner),
        st.builds(Range, inner, inner, inner),
        st.builds(SetDisplay, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Comparison, inner, OPERATORS, inner),
        st.builds(Logical, st.sampled_from(["and", "or"]), two_or_more),
        st.builds(Conditional, inner, inner, inner),
        st.builds(Concatenation, two_or_more),
        st.builds(ListDisplay, several),
        st.builds(TupleDisplay, several),
        st.builds(DictDisplay, st.lists(st.tuples(TEXTS, inner) | st.tuples(st.none(), spread), max_size=3).map(tuple)),
        st.builds(Lambda, st.lists(NAMES, max_size=2, unique=True).map(tuple), inner),
        st.builds(NamedValue, NAMES, inner),
        comprehension,
    )


VALUES: st.SearchStrategy[Value] = st.recursive(LEAVES, _larger, max_leaves=12)


def expected(value: Value) -> ast.expr:
    """The tree of Python's own."""
    match value:
        case Name(name):
            return ast.Name(name, ast.Load())
        case Constant(None | str() | int() as constant):
            return ast.Constant(constant)
        case Attribute(of, name):
            return ast.Attribute(expected(of), name, ast.Load())
        case Item(of, key):
            return ast.Subscript(expected(of), expected(key), ast.Load())
        case Slice(of, start):
            return ast.Subscript(expected(of), ast.Slice(expected(start)), ast.Load())
        case Difference(left, right):
            return ast.BinOp(expected(left), ast.Sub(), expected(right))
        case Range(least, middle, most):
            return ast.Compare(expected(least), [ast.LtE(), ast.LtE()], [expected(middle), expected(most)])
        case SetDisplay(items):
            return ast.Set([expected(each) for each in items])
        case Call(function, arguments, keywords):
            named = [ast.keyword(name, expected(each)) for name, each in keywords]
            return ast.Call(expected(function), [expected(each) for each in arguments], named)
        case Not(operand) | Empty(operand):
            return ast.UnaryOp(ast.Not(), expected(operand))
        case Comparison(left, operator, right):
            read = ast.parse(f"a {operator} b", mode="eval").body
            assert isinstance(read, ast.Compare)
            return ast.Compare(expected(left), read.ops, [expected(right)])
        case Logical(operator, operands):
            return ast.BoolOp(ast.And() if operator == "and" else ast.Or(), [expected(each) for each in operands])
        case Conditional(test, then, otherwise):
            return ast.IfExp(expected(test), expected(then), expected(otherwise))
        case Concatenation((first, *others)):
            whole = expected(first)
            for other in others:
                whole = ast.BinOp(whole, ast.Add(), expected(other))
            return whole
        case ListDisplay(items):
            return ast.List([expected(each) for each in items], ast.Load())
        case TupleDisplay(items):
            return ast.Tuple([expected(each) for each in items], ast.Load())
        case DictDisplay(pairs):
            keys: list[ast.expr | None] = [None if key is None else ast.Constant(key) for key, _ in pairs]
            return ast.Dict(keys, [expected(each) for _, each in pairs])
        case Comprehension(element, clauses, condition, brackets):
            tests = [] if condition is None else [expected(condition)]
            made = [ast.comprehension(_target(names), expected(over), [], 0) for names, over in clauses]
            made[-1].ifs = tests
            kind = ast.ListComp if brackets == "[]" else ast.SetComp if brackets == "{}" else ast.GeneratorExp
            return kind(expected(element), made)
        case Lambda(parameters, body):
            given_ = ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, [])
            return ast.Lambda(given_, expected(body))
        case NamedValue(name, named):
            return ast.NamedExpr(ast.Name(name, ast.Store()), expected(named))
        case FormattedText() | Concatenation() | Constant():
            raise NotImplementedError  # not drawn
        case _:
            assert_never(value)


def _target(names: str | tuple[str, ...]) -> ast.expr:
    several: list[ast.expr] = [ast.Name(name, ast.Store()) for name in ((names,) if isinstance(names, str) else names)]
    return several[0] if len(several) == 1 else ast.Tuple(several, ast.Store())


SIMPLE = LEAVES | _larger(LEAVES)


def _bodies(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[tuple[Statement, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(tuple)


def _compound(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    bodies = _bodies(inner)
    names = st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple)
    parameters = st.lists(st.tuples(NAMES, NAMES), max_size=3, unique_by=lambda one: one[0]).map(tuple)
    return st.one_of(
        st.builds(If, SIMPLE, bodies, st.just(()) | bodies),
        st.builds(For, names, SIMPLE, bodies),
        st.builds(Try, bodies, NAMES, bodies),
        st.builds(Function, NAMES, parameters, NAMES, st.just("What it does."), bodies),
    )


PLAIN: st.SearchStrategy[Statement] = st.one_of(
    st.builds(Assign, NAMES, SIMPLE, st.sampled_from(["", "Json"])),
    st.builds(Augment, NAMES, st.sampled_from(["+", "|"]), SIMPLE),
    st.builds(Evaluate, SIMPLE),
    st.builds(Return, st.none() | SIMPLE),
    st.just(Pass()),
)
STATEMENTS: st.SearchStrategy[Statement] = st.recursive(PLAIN, _compound, max_leaves=6)


def done(statement: Statement) -> ast.stmt:
    """The tree of Python's own."""
    match statement:
        case Assign(name, value, ""):
            return ast.Assign([ast.Name(name, ast.Store())], expected(value), lineno=0)
        case Assign(name, value, annotation):
            return ast.AnnAssign(ast.Name(name, ast.Store()), ast.Name(annotation, ast.Load()), expected(value), 1)
        case Augment(name, operator, value):
            operation = ast.Add() if operator == "+" else ast.BitOr()
            return ast.AugAssign(ast.Name(name, ast.Store()), operation, expected(value))
        case Evaluate(value):
            return ast.Expr(expected(value))
        case Return(value):
            return ast.Return(None if value is None else expected(value))
        case Pass():
            return ast.Pass()
        case If(test, body, otherwise):
            return ast.If(expected(test), [*map(done, body)], [*map(done, otherwise)])
        case For(targets, over, body):
            return ast.For(_target(targets), expected(over), [*map(done, body)], [], lineno=0)
        case Try(body, exception, handler):
            caught = ast.ExceptHandler(ast.Name(exception, ast.Load()), None, [*map(done, handler)])
            return ast.Try([*map(done, body)], [caught], [], [])
        case Function():
            return _defined(statement)
        case _:
            assert_never(statement)


def _defined(function: Function) -> ast.stmt:
    arguments = [ast.arg(name, ast.Name(annotation, ast.Load())) for name, annotation in function.parameters]
    made = ast.FunctionDef(
        function.name,
        ast.arguments([], arguments, None, [], [], None, []),
        [ast.Expr(ast.Constant(function.summary)), *map(done, function.body)],
        [],
        ast.Name(function.result, ast.Load()),
        lineno=0,
    )
    # Python 3.12 has type parameters, too.
    if "type_params" in made._fields:
        vars(made)["type_params"] = []
    return made


def read(text: str) -> str:
    return ast.dump(ast.parse(text, mode="eval").body)


@given(VALUES)
def test_a_value_is_read_as_what_it_is(value: Value) -> None:
    assert read(flat(value)) == ast.dump(expected(value))


@given(VALUES, st.sampled_from([0, 40, 80, 96]))
def test_a_value_on_many_lines_is_the_same(value: Value, indent: int) -> None:
    lines = laid_out(value, " " * indent)
    assert read("\n".join(["(", *lines, ")"])) == ast.dump(expected(value))


@given(_bodies(STATEMENTS), st.sampled_from([0, 1, 40]))
def test_statements_are_read_as_what_they_are(statements: tuple[Statement, ...], indent: int) -> None:
    lines = [f"{' ' * each}if True:" for each in range(indent)]
    code = "\n".join([*lines, *lines_of(statements, " " * indent)])
    tree: ast.AST = ast.parse(code)
    for _ in range(indent):
        assert isinstance(tree, ast.Module | ast.If)
        (tree,) = tree.body
    assert isinstance(tree, ast.Module | ast.If)
    assert [ast.dump(each) for each in tree.body] == [ast.dump(done(each)) for each in statements]


@given(VALUES)
def test_every_name_that_is_read_is_reported(value: Value) -> None:
    names = [node for node in ast.walk(expected(value)) if isinstance(node, ast.Name)]
    assert {*used_names(value)} == {name.id for name in names if isinstance(name.ctx, ast.Load)}


@given(_bodies(STATEMENTS))
def test_every_name_that_statements_read_is_reported(statements: tuple[Statement, ...]) -> None:
    walked = [node for each in statements for node in ast.walk(done(each))]
    annotations = [node.annotation for node in walked if isinstance(node, ast.arg | ast.AnnAssign)]
    annotations += [node.returns for node in walked if isinstance(node, ast.FunctionDef)]
    names = [node for node in walked if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    expected_names = {node.id for node in names if node not in annotations}
    assert {name for each in statements for name in used_names(each)} == expected_names


def test_a_chain_is_of_any_length() -> None:
    size = 5_000
    tests = [Comparison(Name("tag"), "==", Constant(number)) for number in range(size)]
    (chain,) = chained([(test, [Return(call("check", test))]) for test in tests], [Return()])
    lines = [*lines_of([chain], "")]
    assert lines[0] == "if tag == 0:"
    assert [line for line in lines if not line.startswith(" ")][1:-1] == [f"elif tag == {n}:" for n in range(1, size)]
    assert lines[-2:] == ["else:", "    return"]
    assert sum(isinstance(node, If) for node in nodes(chain)) == size
    assert chained([], [Return()]) == (Return(),)


def test_brackets_of_the_only_argument_stand_with_those_of_the_call() -> None:
    names = tuple(Constant("x" * 30 + str(number)) for number in range(3))
    lines = laid_out(call("frozenset", SetDisplay(names)), before="NAMES = ")
    assert lines == ["NAMES = frozenset({", *(f'    "{"x" * 30}{number}",' for number in range(3)), "})"]
    assert laid_out(call("f", ListDisplay(()), x=ListDisplay(names)))[0] == "f("


@given(st.lists(st.text(), max_size=3), st.text())
def test_a_formatted_text_says_its_parts(texts: list[str], inserted: str) -> None:
    parts: list[str | Value] = []
    for text in texts:
        parts += [text, Name("inserted")]
    code = flat(FormattedText(tuple(parts)))
    assert eval(code, {"inserted": inserted}) == "".join(f"{text}{inserted}" for text in texts)  # noqa: S307
    assert eval(f'f"{formatted(inserted)}"') == inserted  # noqa: S307


LENGTH = Comparison(call("len", Name("text")), ">=", Constant(1), of_counts=True)
FACTS = [Name("a"), Name("b"), LENGTH, Empty(Name("text")), Comparison(Name("a"), "is", Name("b"))]
TRUTHS = st.recursive(
    st.sampled_from([*FACTS, Constant(value=True), Constant(value=False)]),
    lambda inner: st.builds(Not, inner) | st.lists(inner, min_size=1).flatmap(
        lambda some: st.sampled_from([both("and", some), both("or", some)])
    ),
)


def truth(condition: Value, facts: dict[str, object]) -> bool:
    result = eval(flat(condition), facts)  # noqa: S307
    assert isinstance(result, bool)
    return result


@given(TRUTHS, st.booleans(), st.booleans(), st.sampled_from(["", "x"]))
def test_an_opposite_is_true_where_a_condition_is_not(condition: Value, a: bool, b: bool, text: str) -> None:
    facts: dict[str, object] = {"a": a, "b": b, "text": text}
    assert truth(opposite(condition), facts) is not truth(condition, facts)
    assert truth(negated(condition), facts) is not truth(condition, facts)


@given(TRUTHS)
def test_a_negated_condition_has_not_only_before_single_facts(condition: Value) -> None:
    if not any(isinstance(each, Not) and isinstance(each.operand, Logical) for each in nodes(condition)):
        found = [each.operand for each in nodes(negated(condition)) if isinstance(each, Not)]
        assert not any(isinstance(each, Logical) for each in found)


@given(st.lists(TRUTHS, max_size=4), st.booleans(), st.booleans(), st.sampled_from(["", "x"]))
def test_joined_conditions_mean_the_same_and_stand_once(some: list[Value], a: bool, b: bool, text: str) -> None:
    facts: dict[str, object] = {"a": a, "b": b, "text": text}
    for operator, expected_truth in (("and", all), ("or", any)):
        joined = both(operator, some)
        assert truth(joined, facts) is expected_truth(truth(each, facts) for each in some)
        assert both(operator, [joined, joined]) == joined
        if isinstance(joined, Logical):
            assert len({*joined.operands}) == len(joined.operands) > 1


def test_what_is_never_done_is_not_printed_and_what_is_not_used_has_an_underscore() -> None:
    loop = For(("index", "item"), Name("root"))
    append: Callable[[str], Statement] = lambda name: Evaluate(Call(Attribute(Name("found"), "append"), (Name(name),)))  # noqa: E731
    assert nested([loop, If(Constant(value=False))], [append("item")]) == ()
    lines = [*lines_of(nested([loop, If(Constant(value=True))], [append("item")]), "")]
    assert lines == ["for _index, item in root:", "    found.append(item)"]
    named = If(Comparison(NamedValue("value", Name("root")), "is not", Constant(None)))
    assert next(lines_of(nested([named], [append("value")]), "")) == "if (value := root) is not None:"
    assert next(lines_of(nested([named], [append("root")]), "")) == "if root is not None:"
    assert [*lines_of([Assign("x", Name("y"), "Json"), Return(Name("x"))], "")] == ["x: Json = y", "return x"]


def test_a_text_without_a_space_may_be_of_any_length() -> None:
    text = "x\u2028\\" * 30_000
    lines = laid_out(call("f", Constant(text)), before="value = ")
    assert max(map(len, lines)) <= WIDTH
    assert ast.literal_eval("\n".join(["(", *lines[1:-1], ")"])) == text
