"""Resources to a program: every keyword read once, every reference resolved, dynamic ones included.

What a `$dynamicRef` leads to depends on the way by which evaluation came. There are few such ways, so a schema is built
once for each, and the program has no dynamic references left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..finding import Finding, SpecError, did_you_mean
from ..finding.pointer import joined
from ..finding.shape import is_object
from ..program.schema.progress import loops
from ..program.schema.requirements import Key, Never, Program, Reference, Schema
from ..regex import RegexError
from .document_library import UnavailableError
from .documents import Node, SchemaDocument
from .drafts import FORMATS, Draft, SchemaDialect
from .keyword_readers import READERS, Here
from .openapi_documents import with_null
from .patterns import means, programs
from .resources import Registry, SchemaLocation
from .unknown_keywords import ADVICE, SILENT_BESIDE_REF, keyword_problem

__all__ = ["Permissions", "build_program"]

_DEPTH = 100
"""How many schemas may stand one in another; what is nested more deeply was not written by hand."""

_DEFINITIONS = 20_000


@dataclass(frozen=True, slots=True)
class Permissions:
    """What was asked for beyond the schema itself."""

    assert_formats: bool = False
    unknown_keywords: bool = False


Check: TypeAlias = Callable[[SchemaLocation, Registry], Iterable[Finding]]
"""Says what is wrong with a schema by its metaschema."""


def build_program(
    root: SchemaLocation, registry: Registry, permissions: Permissions, check: Check | None = None
) -> Program:
    """Everything that a value at *root* must satisfy. Raises `SpecError` with every fault."""
    followed: frozenset[str] = frozenset()
    while True:
        builder = SchemaBuilder(registry, permissions, check, followed)
        program = builder.program(root)
        if followed.issuperset(builder.followed):
            break
        followed = frozenset(builder.followed)
    if check is not None and not root.pointer:
        builder.audit(root)
    if not builder.findings:
        for step in loops(program):
            builder.report_loop(step)
    if builder.findings:
        raise SpecError(builder.findings)
    registry.notes.update(builder.notes)
    return program


class SchemaBuilder:
    """Builds what is referred to, until nothing new is."""

    def __init__(
        self, registry: Registry, permissions: Permissions, check: Check | None, followed: frozenset[str]
    ) -> None:
        self._found: dict[Finding, None] = {}
        self.notes: dict[Finding, None] = {}
        """What means something else than it seems to, and hinders nothing."""

        self.permissions = permissions
        self.followed = set(followed)
        """The dynamic anchors that references follow. What is found anew counts from the next time on."""

        self._bound = followed
        self._registry = registry
        self._check = check
        self._checked: set[tuple[SchemaDocument, str]] = set()
        self._pending: dict[Key, SchemaLocation] = {}
        self._definitions: dict[Key, Schema] = {}
        self._locations: dict[str, SchemaLocation] = {}
        self._scopes: dict[str, SchemaLocation] = {}
        self._patterns: set[str] = set()

    @property
    def findings(self) -> list[Finding]:
        """What is wrong, each once."""
        return list(self._found)

    def program(self, root: SchemaLocation) -> Program:
        """The root, and what it leads to."""
        start = self._awaited(root, self._entered({}, root))
        while self._pending:
            key, location = self._pending.popitem()
            self._check_whole(location)
            self._definitions[key] = self.schema(location, dict(key.scope), 0, "false")
            if len(self._definitions) > _DEFINITIONS:
                message = f"the dynamic references have more than {_DEFINITIONS:,} meanings"
                raise SpecError([root.document.fault("PAR903", root.pointer, message)])
        searches = {} if self._found else programs(self._patterns)
        return Program(start, {key: self._definitions[key] for key in sorted(self._definitions)}, searches)

    def _check_whole(self, location: SchemaLocation) -> None:
        """Check the resource around *location* by its metaschema, once; and what no resource knows to be a schema."""
        if self._check is None:
            return
        known = (location.document, location.pointer) in self._registry.scanned
        holder = SchemaLocation(location.resource, location.resource.pointer) if known else location
        if (holder.document, holder.pointer) not in self._checked:
            self._checked.add((holder.document, holder.pointer))
            findings = list(self._check(holder, self._registry))
            if findings:
                raise SpecError([*self.findings, *findings])

    def audit(self, root: SchemaLocation) -> None:
        """Find what is wrong with the schemas in the document of *root* that nothing leads to."""
        for (document, pointer), resource in list(self._registry.scanned.items()):
            location = SchemaLocation(resource, pointer)
            is_remark = "~1~1" in pointer.split("/")  # `//`, a comment among definitions
            if document is root.document and not is_remark and location.place() not in self._locations:
                self.schema(location, {}, 0, "false")

    def report_loop(self, step: Reference) -> None:
        """Report a reference by which a value would be judged for ever."""
        holder, _, keyword = step.place.rpartition("/")
        message = "the reference leads back to itself, and no step of the way leads into the value"
        self.report("PAR905", self._locations[holder], (keyword,), message, "let one of the schemas ask for something")

    def schema(self, location: SchemaLocation, scope: dict[str, str], depth: int, keyword: str) -> Schema:
        """What stands at *location* below *keyword*, in a dynamic scope that it has been entered into."""
        self._locations[location.place()] = location
        value = location.schema
        key = Key(location.place(), tuple(sorted(scope.items())))
        if value is True:
            return Schema(key, ())
        if value is False:
            return Schema(key, (Never(location.place(), keyword),))
        if not is_object(value):
            self.report("PAR903", location, (), "a schema is an object, true or false")
            return Schema(key, ())
        if depth > _DEPTH:
            message = f"more than {_DEPTH} schemas stand one in another"
            self.report("PAR903", location, (), message, "name some of them in $defs, and refer to them")
            return Schema(key, ())
        dialect = location.resource.dialect
        self._check_keywords(location, value, dialect)
        nullable = dialect.draft.is_openapi and self._is_nullable(location, value, dialect.draft)
        if dialect.draft.ignores_siblings and "$ref" in value:
            value = {"$ref": value["$ref"]}
        active = {name: child for name, child in value.items() if name in dialect.keywords}
        here = Here(self, location, active, scope, depth)
        rules = [rule for keywords, read in READERS if not keywords.isdisjoint(active) for rule in read(here)]
        return Schema(key, tuple(with_null(rules, here.place("nullable"), key.scope) if nullable else rules))

    def _is_nullable(self, location: SchemaLocation, schema: dict[str, Node], draft: Draft) -> bool:
        nullable = schema.get("nullable", False)
        if not isinstance(nullable, bool):
            self.report("PAR903", location, ("nullable",), "`nullable` must be true or false")
        if nullable is True and draft is Draft.OPENAPI_3_1:
            message = "`nullable` has no meaning in OpenAPI 3.1; null is accepted, because its author means it"
            self._note(location, "nullable", message)
        return nullable is True

    def _note(self, location: SchemaLocation, keyword: str, message: str) -> None:
        pointer = location.pointer + joined([keyword])
        self.notes.setdefault(location.document.fault("PAR902", pointer, message, key=True))

    def child(self, here: Here, pointer: str, keyword: str) -> Schema:
        """What stands below a schema, under one of its keywords."""
        parent, scope = here.location, here.scope
        location = self._registry.inside(parent, pointer)
        if location.resource is not parent.resource:
            scope = self._entered(scope, location)
        return self.schema(location, scope, here.depth + 1, keyword)

    def reference(self, location: SchemaLocation, keyword: str, scope: dict[str, str]) -> Iterator[Reference]:
        """The rule of a `$ref` or of its dynamic relatives."""
        text = "#" if keyword == "$recursiveRef" else location.schema[keyword]
        try:
            target = self._registry.resolved(text, location.resource)
        except UnavailableError as error:
            self.report("PAR904", location, (keyword,), error.reason, error.advice)
            return
        anchor = text.partition("#")[2] if keyword == "$dynamicRef" else ""
        dynamic = keyword != "$ref" and anchor in target.resource.dynamic
        if dynamic and (anchor == "" or target.resource.dynamic[anchor] == target.pointer):
            self.followed.add(anchor)
            bound = scope.get(anchor)
            target = self._scopes[bound] if bound else target
        yield Reference(location.place(keyword), self._awaited(target, self._entered(scope, target)))

    def _entered(self, scope: dict[str, str], location: SchemaLocation) -> dict[str, str]:
        """The dynamic scope after entering the resource of *location*: what was bound first stays."""
        resource, new = location.resource, dict(scope)
        for name, pointer in resource.dynamic.items():
            if name in self._bound:
                target = SchemaLocation(resource, pointer)
                self._scopes[target.place()] = target
                new.setdefault(name, target.place())
        return new

    def _awaited(self, location: SchemaLocation, scope: dict[str, str]) -> Key:
        self._locations[location.place()] = location
        key = Key(location.place(), tuple(sorted(scope.items())))
        if key not in self._definitions:
            self._pending.setdefault(key, location)
        return key

    def pattern(self, location: SchemaLocation, keys: tuple[str | int, ...], text: str, *, key: bool = False) -> None:
        """Remember a regular expression, or report what is wrong with it."""
        try:
            means(text)
        except RegexError as error:
            where = f"at its character {error.offset + 1}"
            message = f"the pattern cannot be carried out: {error.message} ({where})"
            self.report("PAR910", location, keys, message, key=key)
        else:
            self._patterns.add(text)

    def format(self, here: Here) -> bool:
        """Whether the format at a place is asserted; what cannot be is reported."""
        dialect, name = here.location.resource.dialect, here.schema["format"]
        if not (self.permissions.assert_formats or dialect.asserts_formats):
            return False
        if name in FORMATS[dialect.draft]:
            return True
        # OpenAPI has formats of its own, such as `int64`, and leaves the list open.
        if not (self.permissions.unknown_keywords or dialect.draft.is_openapi):
            known = sorted(FORMATS[dialect.draft])
            message = f"{name!r} is no format of {dialect.draft.value}{did_you_mean(name, known)}"
            advice = "say --allow-unknown-keywords if it is only a remark"
            self.report("PAR902", here.location, ("format",), message, advice)
        return False

    def report(  # noqa: PLR0913 - a finding has as many parts
        self,
        code: str,
        location: SchemaLocation,
        keys: tuple[str | int, ...],
        message: str,
        advice: str | None = None,
        *,
        key: bool = False,
    ) -> None:
        """Add a finding at what stands below *location*."""
        pointer = location.pointer + joined(keys)
        found = location.document.fault(code, pointer, message, advice=advice, key=key)
        self._found.setdefault(found)

    def _check_keywords(self, location: SchemaLocation, schema: dict[str, Node], dialect: SchemaDialect) -> None:
        if self.permissions.unknown_keywords:
            return
        ignores = dialect.draft.ignores_siblings and "$ref" in schema
        for keyword, value in schema.items():
            if problem := keyword_problem(keyword, value, dialect):
                self.report("PAR902", location, (keyword,), problem, ADVICE.get(keyword, ADVICE[""]), key=True)
            elif ignores and keyword in dialect.keywords and keyword not in SILENT_BESIDE_REF:
                self._note(location, keyword, f"{keyword} says nothing beside a $ref in {dialect.draft.value}")
