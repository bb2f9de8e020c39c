"""The headers of dialects to `DialectFile`, with what they inherit, and what is wrong with names and lineage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from ..finding import Finding, LocatedMap, did_you_mean, fault
from .model import Base, DialectFile

__all__ = ["dialects_of", "header_faults"]


def dialects_of(
    base: Base,
    headers: Sequence[LocatedMap],
    given: Sequence[LocatedMap],
    own_rules: Mapping[int, Sequence[LocatedMap]],
) -> tuple[DialectFile, ...]:
    """The dialects of the spec's own headers, in the order of their files, and of those *given* by a user.

    *own_rules* has the rules that a dialect's files add to its header's, by the `id` of the header.
    """
    every = [*headers, *given]
    ids = {str(alias): str(header["id"]) for header in every for alias in header.get("aliases", ())}
    ids |= {str(header["id"]): str(header["id"]) for header in every} | {base.id: base.id}
    lineage = _Lineage(base, {str(header["id"]): header for header in reversed(every)}, ids, {*map(id, given)})
    return tuple(lineage.dialect(header, own_rules.get(id(header), ())) for header in every)


class _Lineage:
    """What a header leaves to those that it extends."""

    def __init__(
        self, base: Base, headers: Mapping[str, LocatedMap], ids: Mapping[str, str], given: AbstractSet[int]
    ) -> None:
        self._base = base
        self._headers = headers
        self._ids = ids
        self._given = given
        """Which headers a user gave, by `id`: they compare by what is in them."""

    def dialect(self, header: LocatedMap, own_rules: Sequence[LocatedMap]) -> DialectFile:
        """The dialect of a header, with the rules of its files."""
        line = [*self._line(header)]
        rules, as_of = header.get("rules", LocatedMap(header.at)), self._as_of(line)
        in_header = {id(record): record for record in rules.get("own", ())}
        return DialectFile(
            id=header["id"],
            family=self._family(line),
            title=header["info"]["title"],
            description=header["description"],
            aliases=tuple(header.get("aliases", ())),
            default=header.get("default", False),
            extends=self._id(header),
            as_of=as_of,
            released=_day(header["info"]["version"]) or as_of,
            unknown_fields=header.get("unknown-fields"),
            conversions=header.get("conversions"),
            inherited=header.get("inherited"),
            rules=rules,
            own_rules=(*in_header.values(), *(record for record in own_rules if id(record) not in in_header)),
            models=header.get("models"),
            errors=header.get("errors"),
            sources=header.get("sources", ()),
            actions=header.get("actions", ()),
            header=header,
            is_given=id(header) in self._given,
        )

    def _line(self, header: LocatedMap) -> Iterator[LocatedMap]:
        """The header, and those of what it extends; it ends where it would begin again."""
        seen: set[int] = set()
        following: LocatedMap | None = header
        while following is not None and id(following) not in seen:
            seen.add(id(following))
            yield following
            following = self._headers.get(self._id(following))

    def _id(self, header: LocatedMap) -> str:
        """The id of what a header extends, as far as there is one."""
        name = str(header["extends"])
        return self._ids.get(name, name)

    def _as_of(self, line: Sequence[LocatedMap]) -> date:
        day: date = next((header["as-of"] for header in line if "as-of" in header), self._base.as_of)
        return day

    def _family(self, line: Sequence[LocatedMap]) -> str:
        """What a dialect says, or its id; a user's overlay has that of what it extends."""
        named = (one.get("family", one["id"]) for one in line if "family" in one or id(one) not in self._given)
        return str(next(named, self._base.id))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def header_faults(base: Base, dialects: Sequence[DialectFile]) -> Iterator[Finding]:
    """What is wrong with the names of dialects, with what they extend, and with the default."""
    if faults := [*_name_faults(base, dialects)]:  # it is not clear then what extends what
        yield from faults
        return
    for dialect in dialects:
        yield from _lineage_faults(base, dialect, dialects)
    yield from _default_faults(dialects)
    yield from _container_faults(dialects)


def _name_faults(base: Base, dialects: Sequence[DialectFile]) -> Iterator[Finding]:
    taken: dict[str, DialectFile] = {}
    for dialect in dialects:
        for name, key in ((dialect.id, "id"), *((alias, "aliases") for alias in dialect.aliases)):
            if name in taken or (key == "id" and name == base.id):
                holder = f"the dialect {taken[name].id}" if name in taken else "the base"
                yield fault("PAR908", dialect.at(key), f"the name {name!r} is taken by {holder}")
            taken[name] = dialect


def _default_faults(dialects: Sequence[DialectFile]) -> Iterator[Finding]:
    """One of the spec's own dialects is the default, and none that was given beside it."""
    own = [dialect for dialect in dialects if not dialect.is_given]
    defaults = [dialect for dialect in own if dialect.default]
    for dialect in defaults[1:]:
        yield fault("PAR908", dialect.at("default"), f"{defaults[0].id} is the default already")
    if own and not defaults:
        advice = "give one of them `default: true`"
        yield fault("PAR903", own[0].at("id"), "no dialect is the default", advice=advice)
    for dialect in dialects:
        if dialect.is_given and dialect.default:
            advice = "take it out; --dialect and the setting `dialect` choose"
            yield fault("PAR903", dialect.at("default"), "an overlay cannot be the default of the spec", advice=advice)


def _container_faults(dialects: Sequence[DialectFile]) -> Iterator[Finding]:
    """The containers of a spec are the same for all of its dialects; only a user's overlay has some of its own."""
    for dialect in dialects:
        if "containers" in dialect.header and not dialect.is_given:
            message = "the containers of a spec stand in files of their own"
            yield fault("PAR903", dialect.at("containers"), message, advice="move the rows to containers/*.yaml")


def _lineage_faults(base: Base, dialect: DialectFile, dialects: Sequence[DialectFile]) -> Iterator[Finding]:
    parents = {other.id: other.extends for other in dialects}
    at = dialect.at("extends")
    if dialect.extends != base.id and dialect.extends not in parents:
        names = dict.fromkeys([base.id, *parents, *(alias for other in dialects for alias in other.aliases)])
        guess = did_you_mean(dialect.extends, names)
        yield fault("PAR904", at, f"there is no dialect {dialect.extends!r}{guess}")
        return
    line, last = {dialect.id: None}, dialect.id
    while last in parents and parents[last] not in line:
        last = parents[last]
        line[last] = None
    if parents.get(last) == dialect.id:
        yield fault("PAR905", at, f"{' → '.join([*line, dialect.id])}: no dialect of these extends the base")
    if base.since and dialect.as_of < base.since:
        yield fault("PAR903", dialect.at("as-of"), f"{dialect.as_of} is before {base.since}, when the base begins")
