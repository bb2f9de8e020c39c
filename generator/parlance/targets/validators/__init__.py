"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from ...backends.python.bodies import Body
from ...backends.python.printing import lines_of
from ...backends.python.syntax import (
    Assign,
    Call,
    Constant,
    DictDisplay,
    Difference,
    Function,
    Name,
    Return,
    Statement,
    Value,
    call,
    nodes,
    tuple_of,
    used_names,
)
from ...backends.python.text import docstring, literal
from ...contract import ir
from ...contract.references import reached
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program.validation.checks import faults_of, root_faults
from ...program.validation.predicates import predicate, root_condition
from ...program.validation.root_fields import constant_fields, required_fields
from ...runtime.python import values, violation
from ..definitions import Definition, Import, Part
from ..file import File
from ..python_modules import module
from ..run_time_imports import homes
from ..size_notes import size_notes
from .constants import SEVERITIES, constants, frozen_set
from .names import Names, snake_case

__all__ = ["function_names", "part", "validators"]

_HOMES = homes((values, violation))
_IMPORTS = {
    **{name: Import(f".{module}", name) for name, module in _HOMES.items()},
    "Json": Import(".violation", "Json"),
}
_DOCUMENTATION = """{title}: the checks of what goes over the wire.

`_is_…` says quickly whether a value has no fault at all, and `_check_…` collects the faults of one that has. Both stop
looking for fields when as many were `seen` as the `size` of the object.
"""
_CHECK = "Yield every fault of {root}, those of required fields first."
_KEYS = """# Keys that are no strings cannot come from JSON, but may come from a caller.
# pyright: reportUnnecessaryIsInstance=false"""
_NOTE_ON_TYPE = "# `type(x) is int` leaves out booleans, which `isinstance(x, int)` does not."
_NOTE_ON_DIFFERENCE = "# `x - x == 0` is true of finite numbers only."
_VALUE = ("value", "Json")
_PARAMETERS = (("at", "str"), ("found", "Faults"))


def validators(contract: ir.Contract) -> Iterator[File]:
    """The validators of one dialect, without any other."""
    yield from module(part(contract))


def function_names(artifact: ir.Artifact) -> tuple[str, str]:
    """`is_valid_…` and `check_…` of an artifact, beside what the shared module calls so."""
    word = snake_case(artifact.name)
    end = "_" if f"check_{word}" in _HOMES else ""
    return f"is_valid_{word}{end}", f"check_{word}{end}"


def part(contract: ir.Contract) -> Part:
    """The validators of one dialect."""
    names = Names(contract)
    known = constants(contract, names)
    tables, roots = _tables(contract, names, known)
    functions = _reachable(_functions(contract, names), [*tables, *roots])
    statements: list[Statement] = [*functions, *tables, *roots]
    mentioned = {SEVERITIES.id, *(name for each in statements for name in _names_in(each))}
    used = {name: each for name, each in known.items() if name in mentioned}
    of = {name: owner for owner in names.definitions for name in _names_of(owner, names)}
    definitions = [
        *(_definition(each, of.get(name, "")) for name, each in used.items()),
        *(_definition(each, of.get(each.name, "")) for each in (*roots, *functions)),
        *(_definition(each, artifact.root) for each, artifact in zip(tables, contract.artifacts, strict=True)),
        _artifacts(contract, tables),
        *(_public(artifact) for artifact in contract.artifacts),
    ]
    public = [name for artifact in contract.artifacts for name in function_names(artifact)]
    return Part(
        target="validators",
        dialect=contract.dialect,
        docstring=_DOCUMENTATION.format(title=contract.title),
        definitions=tuple(definitions),
        exports=("ARTIFACTS", *public),
        imports=_IMPORTS,
        notes=(_KEYS, *size_notes(contract)),
        summary="the checks of what goes over the wire",
    )


def _names_of(name: str, names: Names) -> Iterator[str]:
    """The constants and functions that are made of a definition."""
    yield from (names.fields(name), names.foreign(name), names.members(name), names.predicate(name), names.check(name))


# Three in four statements are those of another dialect, and hashing one takes a tenth of the time of printing it.
@cache
def _definition(statement: Assign | Function, of: str) -> Definition:
    code = [*nodes(statement)]
    notes = [_NOTE_ON_TYPE] if Name("type") in code else []
    notes += [_NOTE_ON_DIFFERENCE] if any(isinstance(node, Difference) for node in code) else []
    is_function = isinstance(statement, Function)
    types = {"Json"} if isinstance(statement, Function) else set[str]()
    types |= {"Faults"} if isinstance(statement, Function) and len(statement.parameters) > 1 else set[str]()
    return Definition(
        name=statement.name,
        of=of,
        text="\n".join(lines_of([statement], "")),
        uses=frozenset(node.id for node in code if isinstance(node, Name)),
        types=frozenset(types),
        notes=tuple(notes),
        gap=2 if is_function else 0,
        is_eager=not is_function,
    )


def _artifacts(contract: ir.Contract, tables: Sequence[Assign]) -> Definition:
    """The table of artifacts."""
    facts = {"severities": SEVERITIES} if contract.severities else {}
    made = call("artifacts", Constant(contract.unknown_fields), *(Name(each.name) for each in tables), **facts)
    return replace(_definition(Assign("ARTIFACTS", made), ""), gap=1, is_own=True)


def _public(artifact: ir.Artifact) -> Definition:
    """`is_valid_…` and `check_…`."""
    is_valid, check = function_names(artifact)
    root = with_article(artifact.root)
    made, summary = f"ARTIFACTS[{literal(artifact.name)}]", f"Whether a decoded JSON value is {root} without an error."
    lines = [f"{is_valid} = {made}.is_valid", docstring(summary)]
    lines += [f"{check} = {made}.check", docstring(_CHECK.format(root=root))]
    uses = frozenset({"ARTIFACTS"})
    return Definition(
        name=is_valid, also=(check,), text="\n".join(lines), uses=uses, gap=0, is_eager=True, is_own=True
    )


def _tables(
    contract: ir.Contract, names: Names, known: Collection[str]
) -> tuple[list[Assign], list[Function]]:
    """What is known of each artifact, whatever the dialect's policies, and the functions of roots that have none."""
    tables: list[Assign] = []
    functions: list[Function] = []
    taken = {*known, SEVERITIES.id}
    for artifact in contract.artifacts:
        constant = f"_{snake_case(artifact.name).upper()}_ARTIFACT"
        while constant in taken:
            constant += "_"
        root = ir.Named(artifact.root)
        pair = names.predicate(root.name), names.check(root.name)
        if names.inlined(root.name) is not None or isinstance(names.definitions[root.name], ir.Enumeration):
            functions += _functions_of_root(artifact.root, names)
        tables.append(Assign(constant, _checks(artifact, pair, names)))
    return tables, [*dict.fromkeys(functions)]


def _functions_of_root(root: str, names: Names) -> Iterator[Function]:
    """What looks at a root whose type stands wherever it is mentioned."""
    printer = Body.of_definitions(names)
    summary = f"Whether *value* is {with_article(root)} without a fault."
    body: tuple[Statement, ...] = (Return(printer.value(root_condition(root, names))),)
    yield Function(names.predicate(root), (_VALUE,), "bool", summary, body)
    summary = f"Collect the faults of {with_article(root)}."
    body = printer.statements(root_faults(root, names)) or (Return(),)
    yield Function(names.check(root), (_VALUE, *_PARAMETERS), "None", summary, body)


def _functions(contract: ir.Contract, names: Names) -> Iterator[Function]:
    """What looks at one definition each."""
    printer = Body.of_definitions(names)
    for definition in contract.definitions:
        if isinstance(definition, ir.Enumeration):
            continue
        name, root = definition.name, with_article(definition.name)
        value = ("value", "dict[str, Json]") if name in names.tags else _VALUE
        summary = f"Whether *value* is {root} without a fault."
        body = printer.statements(predicate(definition, names))
        yield Function(names.predicate(name), (value,), "bool", summary, body)
        summary = f"Collect the faults of {root}."
        body = printer.statements(faults_of(definition, names))
        yield Function(names.check(name), (value, *_PARAMETERS), "None", summary, body)


def _reachable(functions: Iterator[Function], starts: Sequence[Statement]) -> list[Function]:
    """The functions that *starts* come to, in their own order; what they define themselves is none of these."""
    made = {each.name for each in starts if isinstance(each, Function)}
    by_name = {function.name: function for function in functions if function.name not in made}

    def called(statement: Statement) -> frozenset[str]:
        return _names_in(statement) & by_name.keys()

    used = reached((name for start in starts for name in called(start)), lambda name: called(by_name[name]))
    return [function for name, function in by_name.items() if name in used]


@cache
def _names_in(statement: Statement) -> frozenset[str]:
    return frozenset(used_names(statement))


def _checks(artifact: ir.Artifact, functions: tuple[str, str], names: Names) -> Call:
    """How an artifact is checked, and what to recognise it by."""
    root = names.definitions[artifact.root]
    required = frozen_set(required_fields(root))
    known = Name(names.fields(root.name)) if isinstance(root, ir.Record) else frozen_set([])
    constant = DictDisplay(
        tuple(
            (field, tuple_of([only.value]) if isinstance(only, ir.Constant) else Name(names.members(only.name)))
            for field, only in constant_fields(root, names.definitions)
        )
    )
    embeds = [tuple_of((joined(steps), inner) for steps, inner in artifact.embeds)] if artifact.embeds else []
    facts: dict[str, Value] = {"is_line": Constant(value=True)} if artifact.is_line else {}
    facts |= {"variant_of": Constant(artifact.variant_of)} if artifact.variant_of else {}
    return call(
        "ArtifactChecks", Constant(artifact.name), *map(Name, functions), required, known, constant, *embeds, **facts
    )
