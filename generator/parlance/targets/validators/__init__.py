"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ...backends.definition_names import DefinitionNames, MadeOnce
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
)
from ...backends.python.text import docstring, literal, module_name
from ...contract import ir
from ...contract.references import reached
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program.ir import Body as Program
from ...program.validation.collecting import faults_of, root_faults
from ...program.validation.predicates import predicate, root_condition
from ...program.validation.root_fields import constant_fields, required_fields
from ..annotation import Call as TypedCall
from ..annotation import Generic, Word, flat, laid_out
from ..definitions import Definition, Import, Part
from ..file import File
from ..python_modules import module
from ..python_names import UnusableNameError, class_name
from ..size_notes import size_notes
from .constants import SEVERITIES, constants, frozen_set
from .run_time_names import HOMES, MODULES
from .validator_names import ValidatorNames, snake_case

__all__ = ["MODULES", "function_names", "part", "validators"]

_IMPORTS = {
    **{name: Import(f".{module}", name) for name, module in HOMES.items()},
    "Guard": Import(".artifact", "Guard"),
    "Json": Import(".violation", "Json"),
    "Any": Import("typing", "Any"),
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
    end = "_" if f"check_{word}" in HOMES else ""
    return f"is_valid_{word}{end}", f"check_{word}{end}"


def part(contract: ir.Contract) -> Part:
    """The validators of one dialect."""
    names = ValidatorNames(contract)
    known = constants(contract, names)
    assigned, roots = _tables(contract, names, known)
    tables = [_definition(each, artifact.root) for each, artifact in zip(assigned, contract.artifacts, strict=True)]
    functions = _reachable(_functions(contract, names), roots, tables)
    mentioned = frozenset({SEVERITIES.id}).union(*(each.uses for each in (*functions, *tables)))
    used = {name: each for name, each in known.items() if name in mentioned}
    of = {name: owner for owner in names.definitions for name in _names_of(owner, names)}
    definitions = [
        *(_definition(each, of.get(name, "")) for name, each in used.items()),
        *functions,
        *tables,
        _artifacts(contract, assigned),
        *(_public(artifact) for artifact in contract.artifacts),
    ]
    public = [name for artifact in contract.artifacts for name in function_names(artifact)]
    return Part(
        target="validators",
        dialect=contract.dialect,
        docstring=_DOCUMENTATION.format(title=contract.title),
        definitions=tuple(definitions),
        exports=("ARTIFACTS", *public),
        imports=_IMPORTS | {"dicts": Import(f".{module_name(contract.dialect)}", "dicts")},
        notes=(_KEYS, *size_notes(contract)),
        summary="the checks of what goes over the wire",
    )


def _names_of(name: str, names: ValidatorNames) -> Iterator[str]:
    """The constants that are made of a definition."""
    yield from (names.fields(name), names.foreign(name), names.members(name))


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


def _proven_type(artifact: ir.Artifact) -> tuple[str, str]:
    """The type of what has no error, and the name that it comes from; any, where no class can have the name."""
    try:
        return f"dicts.{class_name(artifact.root)}", "dicts"
    except UnusableNameError:
        return "Any", "Any"


def _public(artifact: ir.Artifact) -> Definition:
    """`is_valid_…` and `check_…`."""
    is_valid, check = function_names(artifact)
    root = with_article(artifact.root)
    made, summary = f"ARTIFACTS[{literal(artifact.name)}]", f"Whether a decoded JSON value is {root} without an error."
    proven, module_of_it = _proven_type(artifact)
    kind = Generic("Guard", (Word(proven),))
    lines = [laid_out(f"{is_valid}: {flat(kind)} = ", TypedCall("guard", (made,))), docstring(summary)]
    lines += [f"{check} = {made}.check", docstring(_CHECK.format(root=root))]
    uses, types = frozenset({"ARTIFACTS", "guard"}), frozenset({"Guard", module_of_it})
    return Definition(
        name=is_valid, also=(check,), text="\n".join(lines), uses=uses, types=types, gap=0, is_eager=True, is_own=True
    )


def _tables(
    contract: ir.Contract, names: ValidatorNames, known: Collection[str]
) -> tuple[list[Assign], list[Definition]]:
    """What is known of each artifact, whatever the dialect's policies, and the functions of roots that have none."""
    tables: list[Assign] = []
    functions: list[Definition] = []
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
    return tables, [*{each.name: each for each in functions}.values()]


def _functions_of_root(root: str, names: ValidatorNames) -> Iterator[Definition]:
    """What looks at a root whose type stands wherever it is mentioned."""
    printer = Body.of_definitions(names)
    summary = f"Whether *value* is {with_article(root)} without a fault."
    body: tuple[Statement, ...] = (Return(printer.value(root_condition(root, names))),)
    yield _definition(Function(names.predicate(root), (_VALUE,), "bool", summary, body), root)
    summary = f"Collect the faults of {with_article(root)}."
    body = printer.statements(root_faults(root, names)) or (Return(),)
    yield _definition(Function(names.check(root), (_VALUE, *_PARAMETERS), "None", summary, body), root)


_MADE: MadeOnce[Definition] = MadeOnce()


def _functions(contract: ir.Contract, names: ValidatorNames) -> Iterator[Definition]:
    """What looks at one definition each."""
    for definition in contract.definitions:
        if not isinstance(definition, ir.Enumeration):
            routine = _ChecksInPython(definition.name, definition.name in names.tags)
            yield routine.predicate(predicate(definition, names), names)
            yield routine.check(faults_of(definition, names), names)


class _ChecksInPython(NamedTuple):
    """What decides how the functions of a definition look, beside their programs."""

    definition: str
    is_of_object: bool
    """Whether it is certain before that the value is one."""

    def predicate(self, program: Program, names: ValidatorNames) -> Definition:
        """The function that says yes or no."""

        def made(names: DefinitionNames) -> Definition:
            value = ("value", "dict[str, Json]") if self.is_of_object else _VALUE
            summary = f"Whether *value* is {with_article(self.definition)} without a fault."
            body = Body.of_definitions(names).statements(program)
            return _definition(
                Function(names.predicate(self.definition), (value,), "bool", summary, body), self.definition
            )

        return _MADE.of((self, "predicate", program), names, made)

    def check(self, program: Program, names: ValidatorNames) -> Definition:
        """The function that collects faults."""

        def made(names: DefinitionNames) -> Definition:
            value = ("value", "dict[str, Json]") if self.is_of_object else _VALUE
            summary = f"Collect the faults of {with_article(self.definition)}."
            body = Body.of_definitions(names).statements(program)
            return _definition(
                Function(names.check(self.definition), (value, *_PARAMETERS), "None", summary, body), self.definition
            )

        return _MADE.of((self, "check", program), names, made)


def _reachable(
    functions: Iterable[Definition], roots: Sequence[Definition], tables: Iterable[Definition]
) -> list[Definition]:
    """The functions of roots, then those of definitions that these and the tables lead to, in their own order."""
    by_name = {function.name: function for function in functions}
    for root in roots:
        by_name.pop(root.name, None)
    starts = (name for start in (*roots, *tables) for name in start.uses & by_name.keys())
    used = reached(starts, lambda name: by_name[name].uses & by_name.keys())
    return [*roots, *(function for name, function in by_name.items() if name in used)]


def _checks(artifact: ir.Artifact, functions: tuple[str, str], names: ValidatorNames) -> Call:
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
    facts |= {"dump_order": tuple_of(artifact.dump_order)} if artifact.dump_order else {}
    facts |= {"byte_order_mark": Constant(value=True)} if artifact.byte_order_mark else {}
    return call(
        "ArtifactChecks", Constant(artifact.name), *map(Name, functions), required, known, constant, *embeds, **facts
    )
