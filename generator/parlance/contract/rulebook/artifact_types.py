"""What stands where in the documents of a contract: the types at a selector, the fields in an expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, assert_never

from ..expression import (
    Binary,
    Call,
    Conditional,
    Expression,
    Has,
    Index,
    ListOf,
    Literal,
    Macro,
    MapOf,
    Name,
    Select,
    Unary,
)
from ..ir import (
    Alias,
    Anything,
    Array,
    Artifact,
    Definition,
    Enumeration,
    Map,
    Named,
    Nothing,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from ..rules import ANY, BESIDE, Selector

__all__ = ["ArtifactTypes", "Kinds", "Missing"]

Kinds = tuple[Type, ...]
"""What may stand at a place: no alias and no union, and a `Named` is a record. Nothing, if nothing may."""

_OPEN: Kinds = (Anything(),)


class Missing(NamedTuple):
    """A field that does not exist, and those that do where it was sought."""

    field: str
    known: tuple[str, ...]


class ArtifactTypes:
    """The artifacts of one contract."""

    def __init__(self, artifacts: Iterable[Artifact], definitions: Iterable[Definition]) -> None:
        self.artifacts = tuple(artifacts)
        self.roots = {artifact.name: artifact.root for artifact in self.artifacts}
        self.definitions: dict[str, Definition] = {definition.name: definition for definition in definitions}
        self._fields = {
            name: {field.name: field.type for field in record.fields if field.type != Nothing()}
            for name, record in self.definitions.items()
            if isinstance(record, Record)
        }
        """Of each record, the fields that it does not refuse."""

    def root(self, artifact: str) -> Kinds:
        """What an artifact is; nothing if there is no such one."""
        return self._flat([Named(self.roots[artifact])]) if artifact in self.roots else ()

    def is_part(self, artifact: str, scope: str) -> bool:
        """Whether an artifact is a part of what the rules of a *scope* are about."""
        return scope not in BESIDE or self._roots_beside(artifact, scope) is not None

    def beside(self, artifact: str, scope: str) -> dict[str, Kinds]:
        """What the names stand for by which an artifact is held beside others."""
        roots = self._roots_beside(artifact, scope) or {}
        return {name: self.root(roots.get(name, "")) or _OPEN for name in BESIDE.get(scope, ())}

    def _roots_beside(self, artifact: str, scope: str) -> dict[str, str] | None:
        """The artifacts that the names stand for; None where this one has no others beside it."""
        for each in self.artifacts:
            if scope == "stream" and each.name == artifact and each.stream is not None:
                return {"before": each.stream.into, "request": each.stream.request or ""}
            if scope == "exchange" and each.exchange is not None and artifact in {each.name, each.exchange.errors}:
                return {"request": each.exchange.request, "response": artifact}
        return None

    def at(self, kinds: Kinds, places: Selector) -> Kinds | Missing:
        """What stands at *places* below *kinds*."""
        for step in places.steps:
            below = self.below(kinds, step)
            if not below:
                return Missing(step, tuple(dict.fromkeys(self._names(kinds))))
            kinds = below
        return _OPEN if places.subschemas else kinds

    def below(self, kinds: Kinds, step: str) -> Kinds:
        """What stands at one step below *kinds*."""
        return self._flat(kind for each in kinds for kind in self._below(each, step))

    def missing(self, expression: Expression, bound: Mapping[str, Kinds]) -> list[Missing]:
        """The fields that *expression* speaks of and that do not exist; *bound* says what its names stand for."""
        found: list[Missing] = []
        self.kinds_of(expression, bound, found)
        return found

    def kinds_of(self, expression: Expression, bound: Mapping[str, Kinds], missing: list[Missing]) -> Kinds:
        """What *expression* may give; anything, where that is not plain."""
        match expression:
            case Name(name):
                return bound.get(name, _OPEN)
            case Select(of, field) | Has(of, field) | Index(of, Literal(str(field))):
                return self._selected(self.kinds_of(of, bound, missing), field, missing)
            case Index(of, key):
                self.kinds_of(key, bound, missing)
                return self.below(self.kinds_of(of, bound, missing), ANY) or _OPEN
            case Conditional(test, then, otherwise):
                self.kinds_of(test, bound, missing)
                options = (*self.kinds_of(then, bound, missing), *self.kinds_of(otherwise, bound, missing))
                return self._flat(options)
            case Macro():
                return self._macro(expression, bound, missing)
            case ListOf(items):
                kinds = [kind for item in items for kind in self.kinds_of(item, bound, missing)]
                return tuple(Array(items=kind) for kind in self._flat(kinds)) or _OPEN
            case Unary(_, operand):
                self.kinds_of(operand, bound, missing)
            case Binary(_, left, right):
                self.kinds_of(left, bound, missing)
                self.kinds_of(right, bound, missing)
            case Call(_, arguments):
                for argument in arguments:
                    self.kinds_of(argument, bound, missing)
            case MapOf(entries):
                for _, value in entries:
                    self.kinds_of(value, bound, missing)
            case Literal():
                pass
            case _:
                assert_never(expression)
        return _OPEN

    def _selected(self, kinds: Kinds, field: str, missing: list[Missing]) -> Kinds:
        below = self.below(kinds, field)
        if not below and kinds:
            missing.append(Missing(field, tuple(dict.fromkeys(self._names(kinds)))))
        return below or _OPEN

    def _macro(self, macro: Macro, bound: Mapping[str, Kinds], missing: list[Missing]) -> Kinds:
        over = self.kinds_of(macro.of, bound, missing)
        inner = {**bound, macro.variable: self._flat(kind for each in over for kind in _visited(each)) or _OPEN}
        if macro.guard is not None:
            self.kinds_of(macro.guard, inner, missing)
        body = self.kinds_of(macro.body, inner, missing)
        if macro.name == "map":
            return tuple(Array(items=kind) for kind in body)
        return over if macro.name == "filter" else _OPEN

    def _below(self, kind: Type, step: str) -> Iterator[Type]:
        match kind:
            case Anything():
                yield kind
            case Named(name):
                record = self.definitions[name]
                if isinstance(record, Record):
                    fields = self._fields[name]
                    found = [*fields.values()] if step == ANY else [fields[step]] if step in fields else []
                    yield from found
                    if record.unknown is UnknownFields.OPEN and (step == ANY or not found):
                        yield record.extra or Anything()
            case Map():
                yield kind.values
            case Array() if step == ANY or step.isdecimal():
                yield kind.items
            case _:
                pass

    def _flat(self, kinds: Iterable[Type]) -> Kinds:
        flat: dict[Type, None] = {}
        left = list(kinds)[::-1]
        while left:
            kind = left.pop()
            match kind:
                case Union(options):
                    left.extend(reversed(options))
                case Tagged():
                    if kind.open:
                        left.append(Map(values=Anything()) if kind.others is None else Named(kind.others))
                    left.extend(Named(name) for _, name in reversed(kind.options))
                case Named(name):
                    definition = self.definitions[name]
                    if isinstance(definition, Alias):
                        left.append(definition.type)
                    elif isinstance(definition, Enumeration):
                        flat[definition.base] = None
                    else:
                        flat[kind] = None
                case _:
                    flat[kind] = None
        return tuple(flat)

    def _names(self, kinds: Kinds) -> Iterator[str]:
        for kind in kinds:
            if isinstance(kind, Named):
                yield from self._fields.get(kind.name, ())


def _visited(kind: Type) -> Iterator[Type]:
    """What a macro binds to its variable: items of a list, keys of anything with keys."""
    match kind:
        case Anything():
            yield kind
        case Array():
            yield kind.items
        case Map() | Named():
            yield Text()
        case _:
            pass
