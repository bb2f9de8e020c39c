"""The rules of an artifact over a document: only those that can find something there are run.

Each check says what a document must have for it to find anything: places, written as pointers in
which `*` stands for every item of an array or value of an object, and `**` for a schema and every
schema in it.
"""

from __future__ import annotations

from copy import copy

from .violation import Violation, escape, with_severities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Any, TypeAlias

    from .rule import FileRule, Rule
    from .sequence import Cases
    from .violation import Json

    Lint: TypeAlias = "Callable[[Any], Iterator[Violation]]"

__all__ = [
    "DEFINITION_KEYWORDS",
    "HOLDERS",
    "LIST_KEYWORDS",
    "MAP_KEYWORDS",
    "SCHEMA_KEYWORDS",
    "Check",
    "Checks",
    "Findings",
    "applied",
    "breaks",
    "by_code",
    "column",
    "lowered_file_rules",
    "lowered_rules",
    "schemas_in",
    "subschemas",
]


class Findings(list[Violation]):
    """What was found in a document, and what several checks want to know of it."""

    __slots__ = ("_lowered", "_once", "_walks", "malformed")

    def __init__(self, lowered: Collection[str] = ()) -> None:
        """Begin with nothing; rules with codes *lowered* are no errors here."""
        super().__init__()
        self._lowered = lowered
        self.malformed: dict[str, dict[str, bool]] = {}
        """By the pointer to a schema, its keywords whose values are of a wrong kind.

        With each, whether that is an error.
        """
        self._once: dict[Callable[[Json], Cases], Cases] = {}
        self._walks: dict[int, list[tuple[dict[str, Json], str, int]]] = {}

    def once(self, tell: Callable[[Json], Cases], document: Json) -> Cases:
        """What a function returns for the document, which it is asked only once."""
        if tell not in self._once:
            self._once[tell] = tell(document)
        return self._once[tell]

    def schemas(self, schema: Json) -> list[tuple[dict[str, Json], str, int]]:
        """A schema of the document and every one in it, as `subschemas` yields them."""
        walk = self._walks.get(id(schema))
        if walk is None:
            walk = self._walks[id(schema)] = [*subschemas(schema)]
        return walk

    def note_malformed(self, rule: Rule, schema: str, keyword: str) -> None:
        """Remember that a keyword of the schema at a pointer has a value of a wrong kind."""
        self.malformed.setdefault(schema, {})[keyword] = self.are_errors(rule)

    def are_errors(self, rule: Rule) -> bool:
        """Whether what a rule finds is an error here."""
        return _is_error(rule, self._lowered)


class Check:
    """What applies a rule to a document."""

    __slots__ = ("apply", "needs", "point", "reads", "rule")

    def __init__(
        self,
        rule: Rule | None,
        apply: Callable[[Json, Findings], None],
        *needs: str | tuple[str, ...],
        reads: tuple[str, ...] = (),
        point: str = "",
    ) -> None:
        """Keep what is given."""
        self.rule = rule
        """What is said of a case; None where that depends on the case."""
        self.apply = apply
        """Adds what it finds in a document to the findings."""
        self.needs = needs
        """Places that have to be there, all of them; of several in brackets at least one."""
        self.reads = frozenset(reads)
        """The keywords of a schema by which it recognises a fault of that schema."""
        self.point = point
        """The pointer from such a schema to what is reported."""

    def rests_on(self, found: Findings, pointer: str) -> bool:
        """Whether what it says at a pointer follows from a keyword with a value of a wrong kind.

        An error does only where that keyword is one, too: no warning stands for an error.
        """
        if not pointer.endswith(self.point):
            return False
        keywords = found.malformed.get(pointer[: len(pointer) - len(self.point)], {})
        reasons = [keywords[each] for each in self.reads.intersection(keywords)]
        is_error = self.rule is not None and found.are_errors(self.rule)
        return any(reasons) if is_error else bool(reasons)


class _Need:
    """Places of which at least one has to be there."""

    __slots__ = ("keys", "places")

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.places = frozenset(path for path in paths if "/**/" not in path)
        self.keys: dict[str, set[str]] = {}
        """By the place of a schema, keys of it or of any schema in it."""
        for path in paths:
            place, deep, key = path.partition("/**/")
            if deep:
                self.keys.setdefault(place, set()).add(_unescaped(key))


class _CheckedPlace:
    """A place that some check asks for, and what it asks for below it."""

    __slots__ = ("below", "due", "every", "is_asked", "is_kept", "names", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.below: dict[str, _CheckedPlace] = {}
        self.every: _CheckedPlace | None = None
        self.names: frozenset[str] = frozenset()
        self.due: set[int] = set()
        self.is_asked = False
        """Whether it matters what is there, not only that something is."""
        self.is_kept = False
        """Whether the values there are looked at again: they are schemas."""

    def at(self, path: str) -> _CheckedPlace:
        """The place of a path that starts here; it is made where there is none yet."""
        place = self
        for step in path.split("/")[1:]:
            below = f"{place.path}/{step}"
            if step == "*":
                place.every = place = place.every or _CheckedPlace(below)
            else:
                place = place.below.setdefault(_unescaped(step), _CheckedPlace(below))
        return place


class _Survey:
    """What a document has of the places that checks ask for."""

    __slots__ = ("_keys", "_schemas", "due", "findings", "places")

    def __init__(self, due: set[int], lowered: Collection[str]) -> None:
        self.due = due
        self.places: set[str] = set()
        self.findings = Findings(lowered)
        self._schemas: dict[str, list[Json]] = {}
        self._keys: dict[str, set[str]] = {}

    def look(self, root: _CheckedPlace, document: Json) -> None:
        """Note every place that is there and that is asked for."""
        places, due = self.places, self.due
        ahead = [(root, [document])]
        while ahead:
            place, values = ahead.pop()
            places.add(place.path)
            due |= place.due
            if place.is_kept:
                self._schemas[place.path] = values
            if place.every is not None and (inner := _inner(values)):
                ahead.append((place.every, inner))
            if not place.names:
                continue
            holders = [value for value in values if isinstance(value, dict)]
            keys = holders[0] if len(holders) == 1 else _keys(holders)
            for key in place.names.intersection(keys):
                below = place.below[key]
                if below.is_asked:
                    ahead.append((below, [each[key] for each in holders if key in each]))
                else:
                    places.add(below.path)
                    due |= below.due

    def has(self, need: _Need) -> bool:
        """Whether any of the places of *need* is there."""
        if not need.places.isdisjoint(self.places):
            return True
        for place, keys in need.keys.items():
            if place in self._schemas and not keys.isdisjoint(self._keys_of(place)):
                return True
        return False

    def _keys_of(self, place: str) -> set[str]:
        """All keys of the schemas at a place and of those in them."""
        keys = self._keys.get(place)
        if keys is None:
            keys = self._keys[place] = _keys(
                each
                for schema in self._schemas[place]
                for each, _path, _depth in self.findings.schemas(schema)
            )
        return keys


class Checks:
    """All checks of an artifact, in the order of its rules."""

    __slots__ = ("_always", "_needs", "_root", "_silent", "checks")

    def __init__(self, *checks: Check, silent: frozenset[str] = frozenset()) -> None:
        """Keep what is given; what they need is only looked at when a document comes.

        Rules with *silent* codes report nothing.
        """
        self.checks = tuple(
            each for each in checks if not each.rule or each.rule.code not in silent
        )
        self._silent = silent
        self._root: _CheckedPlace | None = None
        self._always: set[int] = set()
        self._needs: list[list[_Need]] = []

    def errors(self, lowered: Collection[str] = ()) -> Checks:
        """Those that find errors, or explain what else is one; codes *lowered* are no errors."""
        kept = (each for each in self.checks if not each.rule or _is_of_errors(each.rule, lowered))
        return Checks(*kept, silent=self._silent)

    def advice(self, lowered: Collection[str] = ()) -> Checks:
        """Those that find something where there is no error."""
        kept = (
            each for each in self.checks if not each.rule or not _is_of_errors(each.rule, lowered)
        )
        return Checks(*kept, silent=self._silent)

    def without(self, codes: frozenset[str]) -> Checks:
        """All but those of rules with some codes."""
        return Checks(*self.checks, silent=self._silent | codes)

    def run(self, document: Json, lowered: Collection[str] = ()) -> Findings:
        """Everything that is found in a document, rule by rule; codes *lowered* are no errors."""
        root = self._root or self._prepared()
        survey = _Survey(self._always.copy(), lowered)
        survey.look(root, document)
        has, findings = survey.has, survey.findings
        for number in sorted(survey.due):
            for need in self._needs[number]:
                if not has(need):
                    break
            else:
                self.checks[number].apply(document, findings)
        if findings.malformed:
            findings[:] = self.without_consequences(findings)
        if findings and self._silent:  # a check without a rule may find anything
            findings[:] = [one for one in findings if one.code not in self._silent]
        return findings

    def finding(self, severities: Mapping[str, str]) -> Lint:
        """What finds everything, with the severities that a dialect assigns to some codes."""

        def lint(value: Any) -> Iterator[Violation]:
            found = self.run(value, severities)
            yield from with_severities(found, severities) if severities else found

        return lint

    def without_consequences(self, findings: Findings) -> list[Violation]:
        """Those that do not only follow from a keyword whose value is of a wrong kind."""
        reading = {each.rule.code: each for each in self.checks if each.rule and each.reads}
        return [
            one
            for one in findings
            if one.code not in reading
            or not reading[one.code].rests_on(findings, one.pointer)
        ]

    def _prepared(self) -> _CheckedPlace:
        """The tree of all places asked for; each check waits at those of its rarest need."""
        root = _CheckedPlace("")
        needs = [
            [_Need((each,) if isinstance(each, str) else each) for each in check.needs]
            for check in self.checks
        ]
        asked = [place for own in needs for need in own for place in need.places]

        def commonness(need: _Need) -> tuple[bool, int]:
            return bool(need.keys), sum(map(asked.count, need.places))

        for number, own in enumerate(needs):
            own.sort(key=commonness)
            for need in own:
                for path in need.keys:
                    root.at(path).is_kept = True
            for path in (*own[0].places, *own[0].keys) if own else ():
                root.at(path).due.add(number)
            for path in (path for need in own[1:] for path in need.places):
                root.at(path)
        always = {number for number, own in enumerate(needs) if not own}
        needs = [own if own and own[0].keys else own[1:] for own in needs]
        _settle(root)
        self._needs, self._always, self._root = needs, always, root
        return root


def _is_of_errors(rule: Rule, lowered: Collection[str]) -> bool:
    """Whether it finds errors, or explains what else would be one."""
    return rule.explains or _is_error(rule, lowered)


def _is_error(rule: Rule, lowered: Collection[str]) -> bool:
    """Whether what it finds is an error, where rules with codes *lowered* find none."""
    return rule.severity == "error" and rule.code not in lowered


def _settle(place: _CheckedPlace) -> None:
    """Tell each place what is asked for below it."""
    place.names = frozenset(place.below)
    place.is_asked = bool(place.names or place.every or place.is_kept)
    for below in (*place.below.values(), *filter(None, [place.every])):
        _settle(below)


def _unescaped(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _inner(values: list[Json]) -> list[Json]:
    """What stands in arrays and objects, all in one."""
    inner: list[Json] = []
    for value in values:
        if isinstance(value, list):
            inner += value
        elif isinstance(value, dict):
            inner += value.values()
    return inner


def _keys(holders: Iterable[dict[str, Json]]) -> set[str]:
    keys: set[str] = set()
    return keys.union(*holders)


SCHEMA_KEYWORDS = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""The keywords whose value is a schema."""
LIST_KEYWORDS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
"""Those whose value is a list of schemas."""
MAP_KEYWORDS = frozenset(
    {"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"}
)
"""Those whose value has a schema for each name."""
DEFINITION_KEYWORDS = frozenset({"$defs", "definitions"})
"""Those of these that only define schemas."""
HOLDERS = SCHEMA_KEYWORDS | LIST_KEYWORDS | MAP_KEYWORDS
"""Every keyword that holds schemas."""


def subschemas(schema: Json) -> Iterator[tuple[dict[str, Json], str, int]]:
    """A schema and every one in it: itself, the pointer to it, and the depth of its object."""
    ahead: list[tuple[Json, str, int]] = [(schema, "", 0)]
    while ahead:
        each, path, depth = ahead.pop()
        if not isinstance(each, dict):
            continue
        inner = depth + ("properties" in each or each.get("type") == "object")
        yield each, path, inner
        if HOLDERS.isdisjoint(each):
            continue
        below: list[tuple[Json, str, int]] = []
        for key, value in each.items():
            if key not in HOLDERS:
                continue
            if isinstance(value, dict) and key in MAP_KEYWORDS:
                start = 0 if key in DEFINITION_KEYWORDS else inner
                prefix = f"{path}/{key}/"
                below += [(item, prefix + escape(name), start) for name, item in value.items()]
            elif isinstance(value, dict) and key in SCHEMA_KEYWORDS:
                below.append((value, f"{path}/{key}", inner))
            elif isinstance(value, list) and key in LIST_KEYWORDS:
                below += [
                    (item, f"{path}/{key}/{index}", inner) for index, item in enumerate(value)
                ]
        ahead += reversed(below)


def schemas_in(schema: Json) -> list[tuple[dict[str, Json], int]]:
    """What `subschemas` yields, in any order and without pointers, which take its time."""
    found: list[tuple[dict[str, Json], int]] = []
    ahead: list[tuple[Json, int]] = [(schema, 0)]
    for each, depth in ahead:  # which grows meanwhile
        if not isinstance(each, dict):
            continue
        inner = depth + ("properties" in each or each.get("type") == "object")
        found.append((each, inner))
        if HOLDERS.isdisjoint(each):
            continue
        for key, value in each.items():
            if key not in HOLDERS:
                continue
            if isinstance(value, dict) and key in MAP_KEYWORDS:
                start = 0 if key in DEFINITION_KEYWORDS else inner
                ahead += [(item, start) for item in value.values()]
            elif isinstance(value, dict) and key in SCHEMA_KEYWORDS:
                ahead.append((value, inner))
            elif isinstance(value, list) and key in LIST_KEYWORDS:
                ahead += [(item, inner) for item in value]
    return found


def breaks(check: Callable[[Json, Findings], None], document: Json) -> bool:
    """Whether a check finds anything in a document."""
    found = Findings()
    check(document, found)
    return bool(found)


def by_code(others: tuple[Rule, ...], *tables: Checks) -> dict[str, Rule]:
    """Some rules and those of tables, by their codes in order; of one code the first."""
    found = [*others, *(check.rule for table in tables for check in table.checks if check.rule)]
    rules = {rule.code: rule for rule in reversed(found)}
    return {code: rules[code] for code in sorted(rules)}


def lowered_rules(rules: dict[str, Rule], severities: dict[str, str]) -> dict[str, Rule]:
    """The rules by code, of which a dialect lowers some that are errors elsewhere."""
    return {code: _lowered(rule, severities) for code, rule in rules.items()}


def lowered_file_rules(
    rules: dict[str, tuple[FileRule, ...]], severities: dict[str, str]
) -> dict[str, tuple[FileRule, ...]]:
    """The rules over all lines of a file, likewise."""
    made = {name: tuple(map(copy, each)) for name, each in rules.items()}
    for each in made.values():
        for file_rule in each:
            file_rule.rule = _lowered(file_rule.rule, severities)
    return made


def _lowered(rule: Rule, severities: dict[str, str]) -> Rule:
    if rule.code not in severities:
        return rule
    lowered = copy(rule)
    lowered.severity = severities[rule.code]
    return lowered


def applied(
    tables: dict[str, Checks], rules: dict[str, Rule], severities: dict[str, str] | None = None
) -> dict[str, tuple[Lint, Lint, Lint]]:
    """By the name of an artifact, what finds everything, errors only, and the rest without errors.

    Errors come with what explains why others are none. *severities* are those of rules that are
    errors elsewhere.
    """
    lowered = severities or {}
    explaining = {code for code, rule in rules.items() if rule.explains}
    return {
        name: (
            table.finding(lowered),
            _refusing(table.errors(lowered), explaining, lowered),
            table.advice(lowered).finding(lowered),
        )
        for name, table in tables.items()
    }


def column(
    functions: dict[str, tuple[Lint, Lint, Lint]], index: int
) -> dict[str, Callable[[Any], Iterator[Violation]]]:
    """One of the functions of each artifact, by its name."""
    return {name: each[index] for name, each in functions.items()}


def _refusing(table: Checks, explaining: set[str], severities: dict[str, str]) -> Lint:
    find = table.finding(severities)

    def refuse(value: Any) -> Iterator[Violation]:
        for each in find(value):
            if each.severity == "error" or each.code in explaining:
                yield each

    return refuse
