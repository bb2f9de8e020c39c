"""Hypothesis strategies: documents that are right, and documents with exactly one known mistake."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.python.text import bracketed, docstring, literal, module_name
from ...contract.ir import Artifact, Contract, Definition
from ...finding.article import with_article
from ..annotation import Word
from ..annotation import laid_out as typed
from ..definitions import Definition as Code
from ..definitions import Import, Part
from ..edition import Edition
from ..file import File
from ..phrases import described
from ..python_modules import module
from ..python_names import class_name
from .examples import examples_file
from .layout import laid_out
from .shapes import Embedded, definition_shape, embedded
from .strategy_names import StrategyNames, exchanges, streams

__all__ = ["part", "shared", "strategies"]

_SHAPES = (
    *("Anything", "Array", "Boolean", "Constant", "Integer", "Map", "Members", "Null", "Number", "Record", "Shape"),
    *("Tagged", "Text", "Union"),
)
_IMPORTS = {
    **{name: Import(".strategy", name) for name in (*_SHAPES, "Documents", "Fault", "Mistake", "definition")},
    **{name: Import(".strategy", name) for name in ("exchange_subjects", "stream_subjects", "subjects")},
    **{name: Import("typing", name) for name in ("TYPE_CHECKING", "Any")},
    "SearchStrategy": Import("hypothesis.strategies", "SearchStrategy"),
}
_DOCUMENTATION = """{title}: strategies for hypothesis.

`valid_…` gives documents that every reader accepts, `faulty_…` documents with one mistake beside its code and pointer.
Each other function is one definition of the spec; called, it is a strategy for values of it, to which no rule was
applied.
"""

_TABLES = {"ARTIFACTS": "validators", "LINTS": "rules", "RULES": "rules"}
"""What the strategies of a dialect know of it, and the modules that have it."""

_HOMES = {**_TABLES, "STREAMS": "rules", "EXCHANGES": "rules"}
"""The modules of what they know of streams and exchanges, too."""

_STREAM = "Events of a stream in which nothing is found: each a {piece}, and the end marker."
_FAULTY_STREAM = "Such a stream with one mistake between its events; a `code`, or the start of one, says which."
_EXCHANGE = "A `request` and the `response` to it, in which nothing is found, neither alone nor together."
_FAULTY_EXCHANGE = "The same with one mistake between the two; a `code`, or the start of one, says which."
_FAULTY = "{root} with one mistake; a `code`, or the start of one, or a `mistake` says which."


def shared(edition: Edition) -> Iterator[File]:
    """The documents from which the strategies of all dialects start."""
    yield File("python/parlance_dialects/strategy/examples.json", text=examples_file(edition.contracts))


def strategies(contract: Contract) -> Iterator[File]:
    """The strategies of one dialect, without any other."""
    yield from module(part(contract))


def part(contract: Contract) -> Part:
    """The strategies of one dialect."""
    names, embeds, here = StrategyNames(contract), embedded(contract), module_name(contract.dialect)
    made = [*(artifact.name for artifact in contract.artifacts), *streams(contract), *exchanges(contract)]
    functions = [name for each in made for name in names.strategies(each)]
    return Part(
        target="strategies",
        dialect=contract.dialect,
        docstring=_DOCUMENTATION.format(title=contract.title),
        definitions=(
            *(_artifact(artifact, names) for artifact in contract.artifacts),
            *(
                _composed(name, "_STREAMS", _STREAM.format(piece=artifact.root), _FAULTY_STREAM, names)
                for name, artifact in streams(contract).items()
            ),
            *(_composed(name, "_EXCHANGES", _EXCHANGE, _FAULTY_EXCHANGE, names) for name in exchanges(contract)),
            _MISTAKES,
            *(_definition(each, names, embeds) for each in contract.definitions),
            _subjects(contract, names),
            *([_stream_subjects(contract, names)] if streams(contract) else []),
            *([_exchange_subjects(contract)] if exchanges(contract) else []),
        ),
        exports=(*functions, "mistakes", *(names.function(each.name) for each in contract.definitions)),
        imports=_IMPORTS | {name: Import(f".{here}.{home}", name) for name, home in _HOMES.items()}
        | {"dicts": Import(f".{here}", "dicts")},
        summary="strategies for hypothesis",
    )


def _definition(definition: Definition, names: StrategyNames, embeds: Embedded) -> Code:
    name, (shape, used) = names.function(definition.name), definition_shape(definition, names, embeds)
    lines = [f"@definition({literal(definition.name)})", f"def {name}() -> Shape:"]
    lines += [f"    {docstring(described(definition), 4)}", *laid_out(shape, "    ", "return ")]
    return Code(
        name=name,
        of=definition.name,
        text="\n".join(lines),
        uses=used | {"definition"},
        types=frozenset({"Shape"}),
    )


def _artifact(artifact: Artifact, names: StrategyNames) -> Code:
    """`valid_…` and `faulty_…`."""
    valid, faulty = names.strategies(artifact.name)
    root, made = with_article(artifact.root), f"_SUBJECTS[{literal(artifact.name)}]"
    root = f"{root[:1].upper()}{root[1:]}"
    kind = f"Documents[dicts.{class_name(artifact.root)}]"
    start = f"{valid}: {kind} = "
    lines = [typed(start, Word(f"{made}.valid")), docstring(f"{root} that every reader accepts.")]
    lines += [f"{faulty} = {made}.faulty", docstring(_FAULTY.format(root=root))]
    uses, types = frozenset({"_SUBJECTS"}), frozenset({"Documents", "dicts"})
    return Code(
        name=valid, also=(faulty,), text="\n".join(lines), uses=uses, types=types, gap=0, is_eager=True, is_own=True
    )


def _composed(name: str, table: str, about: str, about_faulty: str, names: StrategyNames) -> Code:
    """The same of a stream or an exchange."""
    (valid, faulty), made = names.strategies(name), f"{table}[{literal(name)}]"
    lines = [f"{valid} = {made}.valid", docstring(about), f"{faulty} = {made}.faulty", docstring(about_faulty)]
    return Code(
        name=valid, also=(faulty,), text="\n".join(lines), uses=frozenset({table}), gap=0, is_eager=True, is_own=True
    )


def _stream_subjects(contract: Contract, names: StrategyNames) -> Code:
    """What the strategies of each stream are made by."""
    pieces = {name: names.function(artifact.root) for name, artifact in streams(contract).items()}
    lines = ["_STREAMS = stream_subjects(", f"    {literal(contract.dialect)},"]
    lines += [f"    {literal(contract.unknown_fields.value)},", "    {"]
    lines += [f"        {literal(name)}: {function}," for name, function in pieces.items()]
    lines += ["    },", "    _SUBJECTS,", "    STREAMS,", *(f"    {table}," for table in _TABLES), ")"]
    return Code(
        name="_STREAMS",
        text="\n".join(lines),
        uses=frozenset({"stream_subjects", "_SUBJECTS", "STREAMS", *_TABLES, *pieces.values()}),
        is_eager=True,
        is_own=True,
    )


def _exchange_subjects(contract: Contract) -> Code:
    """What the strategies of each exchange are made by."""
    arguments = (literal(contract.dialect), "_SUBJECTS", "EXCHANGES", *_TABLES)
    return Code(
        name="_EXCHANGES",
        text="\n".join(["_EXCHANGES = exchange_subjects(", *(f"    {each}," for each in arguments), ")"]),
        uses=frozenset({"exchange_subjects", "_SUBJECTS", "EXCHANGES", *_TABLES}),
        is_eager=True,
        is_own=True,
    )


def _own(name: str, lines: list[str], *types: str) -> Code:
    uses = frozenset({"_SUBJECTS"})
    return Code(name=name, text="\n".join(lines), uses=uses, types=frozenset(types), is_own=True)


_MISTAKES = _own(
    "mistakes",
    [
        "def mistakes(artifact: str) -> tuple[Mistake, ...]:",
        '    """Every mistake that a document of an artifact can have."""',
        "    return _SUBJECTS[artifact].mistakes",
    ],
    "Mistake",
)


def _subjects(contract: Contract, names: StrategyNames) -> Code:
    """What the strategies of each artifact are made by."""
    roots = {artifact.name: names.function(artifact.root) for artifact in contract.artifacts}
    severities = [f"{literal(code)}: {literal(severity)}" for code, severity in contract.severities]
    lines = ["_SUBJECTS = subjects(", f"    {literal(contract.dialect)},"]
    lines += [f"    {literal(contract.unknown_fields.value)},", "    {"]
    lines += [f"        {literal(name)}: {function}," for name, function in roots.items()]
    lines += ["    },", *(f"    {table}," for table in _TABLES), f"    {bracketed('{', severities, '}', 4)},", ")"]
    return Code(
        name="_SUBJECTS",
        text="\n".join(lines),
        uses=frozenset({"subjects", *_TABLES, *roots.values()}),
        is_eager=True,
        is_own=True,
    )
