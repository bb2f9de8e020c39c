"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...backends.python.bodies import Body
from ...backends.python.printing import lines_of
from ...backends.python.syntax import (
    Assign,
    Call,
    Constant,
    DictDisplay,
    Difference,
    Function,
    If,
    ListDisplay,
    Name,
    Node,
    Not,
    Return,
    Statement,
    Try,
    Value,
    call,
    nodes,
    tuple_of,
    used_names,
)
from ...backends.python.text import docstring, exports, header, module_name
from ...contract import ir
from ...contract.references import reached
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program.validation.checks import faults_of, root_faults
from ...program.validation.predicates import predicate, root_condition
from ...runtime.python import values, violation
from ..file import File
from ..run_time_imports import homes, imports
from .constants import SEVERITIES, constants, frozen_set
from .names import Names, snake_case

__all__ = ["function_names", "validators"]

_HOMES = homes((values, violation))
_DOCUMENTATION = """{title}: the checks of what goes over the wire.

`_is_…` tells quickly whether a value has no fault at all, and `_check_…` collects the faults of one that has. Both stop
looking for fields when as many were `seen` as the `size` of the object.
"""
_CHECK = """Yield every fault of {root}.

Those of required fields come first, then the others in the order of the spec.
"""
_ANY = (("value", "Any"),)
_YES = Return(Constant(value=True))
_NO = Return(Constant(value=False))


def validators(contract: ir.Contract) -> Iterator[File]:
    """The validators of one dialect."""
    view = _view(contract)
    yield File(
        f"python/parlance_dialects/{module_name(contract.dialect)}/validators.py", "python/validators.py.j2", view
    )


def function_names(artifact: ir.Artifact) -> tuple[str, str]:
    """`is_valid_…` and `check_…` of an artifact, beside what the shared module calls so."""
    word = snake_case(artifact.name)
    end = "_" if f"check_{word}" in _HOMES else ""
    return f"is_valid_{word}{end}", f"check_{word}{end}"


def _view(contract: ir.Contract) -> dict[str, object]:
    names = Names(contract)
    public = [
        function
        for artifact in contract.artifacts
        for function in _functions_of_artifact(artifact, names, has_severities=bool(contract.severities))
    ]
    table = DictDisplay(tuple((artifact.name, _artifact(artifact, names)) for artifact in contract.artifacts))
    artifacts = Assign("ARTIFACTS", table, "dict[str, Artifact]")
    functions = [*public, *_reachable(_functions(contract, names), public)]
    statements: list[Statement] = [*functions, artifacts]
    code = [node for each in statements for node in nodes(each)]
    used = {node.id for node in code if isinstance(node, Name)}
    return {
        "header": header(),
        "docstring": docstring(_DOCUMENTATION.format(title=contract.title)),
        "notes": [*_notes(code)],
        "imports": imports(used, _HOMES),
        "exports": exports(["ARTIFACTS", *(function.name for function in public)]),
        "constants": [_text(each) for name, each in constants(contract, names).items() if name in used],
        "functions": [*map(_text, functions)],
        "artifacts": _text(artifacts),
    }


def _text(statement: Statement) -> str:
    return "\n".join(lines_of([statement], ""))


def _notes(code: Sequence[Node]) -> Iterator[str]:
    """What a reader of the code may wonder at."""
    if Name("type") in code:
        yield "# `type(x) is int` leaves out booleans, which `isinstance(x, int)` does not."
    if any(isinstance(node, Difference) for node in code):
        yield "# `x - x == 0` is true of finite numbers only."


def _functions_of_artifact(artifact: ir.Artifact, names: Names, *, has_severities: bool) -> Iterator[Function]:
    """`is_valid_…` and `check_…`."""
    is_valid, check = function_names(artifact)
    root = with_article(artifact.root)
    printer = Body.of_definitions(names)
    faults = printer.statements(root_faults(artifact.root, names))
    verdict: list[Statement] = [Try((Assign("found", call("FirstError")), *faults), "ErrorFound", (_NO,)), _YES]
    result: Value = Name("found")
    if has_severities:
        verdict = [Return(Not(call("has_error", call(check, Name("value")))))]
        result = call("with_severities", result, SEVERITIES)
    body = (If(printer.value(root_condition(artifact.root, names)), (_YES,)), *verdict)
    yield Function(is_valid, _ANY, "bool", f"Whether a decoded JSON value is {root} without an error.", body)
    body = (Assign("found", ListDisplay(()), "list[Violation]"), *faults, Return(call("iter", result)))
    yield Function(check, _ANY, "Iterator[Violation]", _CHECK.format(root=root), body)


def _functions(contract: ir.Contract, names: Names) -> Iterator[Function]:
    """What looks at one definition each."""
    printer = Body.of_definitions(names)
    for definition in contract.definitions:
        if isinstance(definition, ir.Enumeration):
            continue
        name, root = definition.name, with_article(definition.name)
        value = ("value", "dict[str, Json]" if name in names.tags else "Json")
        summary = f"Whether *value* is {root} without a fault."
        body = printer.statements(predicate(definition, names))
        yield Function(names.predicate(name), (value,), "bool", summary, body)
        parameters = (value, ("at", "str"), ("found", "list[Violation]"))
        summary = f"Collect the faults of {root}."
        body = printer.statements(faults_of(definition, names))
        yield Function(names.check(name), parameters, "None", summary, body)


def _reachable(functions: Iterator[Function], starts: Sequence[Function]) -> list[Function]:
    """The functions that *starts* come to, in their own order."""
    by_name = {function.name: function for function in functions}

    def called(function: Function) -> set[str]:
        return {*used_names(function)} & by_name.keys()

    used = reached((name for start in starts for name in called(start)), lambda name: called(by_name[name]))
    return [function for name, function in by_name.items() if name in used]


def _artifact(artifact: ir.Artifact, names: Names) -> Call:
    """The record of an artifact for those that look one up by its name."""
    is_valid, check = function_names(artifact)
    root = names.definitions[artifact.root]
    fields = root.fields if isinstance(root, ir.Record) else ()
    required = frozen_set(field.name for field in fields if field.presence is not ir.Presence.OPTIONAL)
    known = Name(names.fields(root.name)) if isinstance(root, ir.Record) else frozen_set([])
    constant = DictDisplay(tuple(_constant_fields(root, names)))
    embeds = [tuple_of((joined(steps), inner) for steps, inner in artifact.embeds)] if artifact.embeds else []
    facts: dict[str, Value] = {"is_line": Constant(value=True)} if artifact.is_line else {}
    facts |= {"variant_of": Constant(artifact.variant_of)} if artifact.variant_of else {}
    arguments = (Constant(artifact.name), Name(check), Name(is_valid), required, known, constant, *embeds)
    return call("Artifact", *arguments, **facts)


def _constant_fields(definition: ir.Definition, names: Names) -> Iterator[tuple[str, Value]]:
    """The fields that have one of few values, with those."""
    for field in definition.fields if isinstance(definition, ir.Record) else ():
        match field.type:
            case ir.Constant(value):
                yield field.name, tuple_of([value])
            case ir.Named(name) if isinstance(each := names.definitions[name], ir.Enumeration) and not each.open:
                yield field.name, Name(names.members(name))
            case _:
                pass
