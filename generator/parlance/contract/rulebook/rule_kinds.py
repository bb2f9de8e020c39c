"""A rule of each kind, as it is read from YAML, to a parsed rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ...finding import fault
from ...finding.shape import is_array
from ..expression import Binary, Expression, Literal, Name, Select, Unary
from ..rules import (
    ANY,
    BESIDE,
    Assert,
    Capabilities,
    Check,
    Keyword,
    KeywordKinds,
    Limit,
    Pairing,
    Reference,
    Same,
    Selector,
    Sequence,
    Unique,
)
from ..source import place
from .parsed_rule import Frame, ParsedRule, Path, Use
from .text_reading import TextReader, location, selector

__all__ = ["HERE", "IN_SCHEMAS", "is_there", "parse_rule"]

HERE = frozenset({"self", "root", "index"})
"""What every expression sees."""

IN_SCHEMAS = frozenset({"depth", "path"})
"""What it sees besides where subschemas are selected."""

_LINE = frozenset({"self", "root", "bytes"})
_SWITCHES = ("report_key", "report_inside", "nulls", "explains")
_SELF = Name("self")
_HERE = Frame()
_TOP = Frame(from_root=True)

Entry = Mapping[str, Any]


def parse_rule(rule: Entry, reader: TextReader) -> ParsedRule:
    """A rule of any kind but `deprecated`, parsed."""
    return _MAKERS[rule["kind"]](_Maker(rule, reader))


def is_there(field: str) -> Expression:
    """`self.<field> != null`."""
    return Binary("!=", Select(_SELF, field), Literal(None))


class _Maker:
    """Reads the keys that several kinds have."""

    def __init__(self, rule: Entry, reader: TextReader) -> None:
        self.rule = rule
        self.reader = reader
        self.texts: tuple[str, ...] = _texts(rule.get("at", ""))
        self.at = tuple(map(selector, self.texts))
        self.over = selector(rule.get("over", ""))
        self.paths: list[Path] = []
        self.uses: list[Use] = []
        self.lets: tuple[tuple[str, Expression], ...] = ()
        schemas = self.over.subschemas or any(each.subschemas for each in self.at)
        self.names = HERE | IN_SCHEMAS if schemas else HERE
        if rule.get("scope") == "file":
            self.names = _LINE
        self.beside = frozenset(BESIDE.get(rule.get("scope", "document"), ()))
        """Names of what the document is held beside."""

        self.names |= self.beside

    def expression(self, holder: Entry, key: str, frame: Frame) -> Expression:
        """The expression of *key*, of which `self` stands in *frame*."""
        text = holder[key]
        expression = self.reader.expression(text, self.names | {name for name, _ in self.lets})
        self.uses.append(Use(text, expression, frame, self.lets))
        return expression

    def condition(self, frame: Frame) -> Expression | None:
        """The expression of `when`."""
        return self.expression(self.rule, "when", frame) if "when" in self.rule else None

    def bind(self) -> None:
        """Read `let`."""
        lets = self.rule.get("let", {})
        for name in lets:
            if name in self.names | IN_SCHEMAS:
                message = f"{name!r} has a meaning of its own here"
                self.reader.findings.append(fault("PAR911", place(lets, name), message, advice="choose another name"))
            self.lets = (*self.lets, (str(name), self.expression(lets, name, _HERE)))

    def path(self, key: str, frame: Frame) -> Selector:
        """The selector of *key*, which starts from *frame*."""
        text = self.rule.get(key, "")
        found = selector(text)
        if text:
            self.paths.append(Path(text, frame.below(found)))
        return found

    def point(self, frame: Frame) -> tuple[str, ...]:
        """What is reported, from *frame*."""
        return self.path("point", frame).steps

    def several(self, frame: Frame) -> Frame:
        """The frame of `over`, which selects several places below *frame*."""
        found = self.path("over", frame)
        if self.rule.get("scope") != "file" and ANY not in found.steps and not found.subschemas:
            advice = "write * for every item"
            at = place(self.rule, "over")
            self.reader.findings.append(fault("PAR903", at, "`over` selects one place only", advice=advice))
        return frame.below(found)

    def field(self, name: str) -> str:
        """A field of the selected object."""
        self.paths.append(Path(name, _HERE.below(Selector(steps=(str(name),)))))
        return str(name)

    def parsed(
        self,
        reported: Frame | None,
        filled: frozenset[str] | set[str],
        make: Callable[[tuple[Selector, ...], date], Check | None],
        null: Mapping[str, str] | None = None,
        **fixed: str,
    ) -> ParsedRule:
        """All that was read, and how it becomes a check; *null* says where placeholders are null."""
        return ParsedRule(
            artifact=str(self.rule["artifact"]),
            make=make,
            at=self.at,
            at_texts=self.texts,
            paths=self.paths,
            uses=self.uses,
            reported=reported,
            fixed=fixed,
            filled=frozenset(filled),
            null={**self._unnumbered(), **(null or {})},
            foreign=self.rule.get("explains", False),
            scope=str(self.rule.get("scope", "document")),
        )

    def _unnumbered(self) -> dict[str, str]:
        """Where `index` is null: at a selected place that is no item."""
        for text, selected in zip(self.texts, self.at, strict=True):
            if ANY not in (*selected.steps, *self.over.steps):
                return {"index": f"at {repr(str(text)) if text else 'the root'}, which is no item of an array"}
        return {}


def _assert(maker: _Maker) -> ParsedRule:
    maker.bind()
    when = maker.condition(_HERE)
    test = maker.expression(maker.rule, "assert", _HERE)
    point, let = maker.point(_HERE), maker.lets
    switches = {key: maker.rule.get(key.replace("_", "-"), False) for key in _SWITCHES}
    return maker.parsed(
        _HERE.below(Selector(steps=point)),
        (maker.names - {"root", *maker.beside}) | {name for name, _ in let},
        lambda at, _: Assert(at=at, when=when, let=let, test=test, point=point, **switches),
    )


def _fits(maker: _Maker) -> ParsedRule:
    """What is reported wherever `when` is true, with a value and a schema: whether it fits is seen later."""
    maker.bind()
    when = maker.condition(_HERE)
    value = maker.expression(maker.rule, "value", _HERE) if "value" in maker.rule else _SELF
    schema = maker.expression(maker.rule, "schema", _HERE)
    point, own = maker.point(_HERE), maker.lets
    let = (*own, ("value", value), ("schema", schema))
    test = Binary("==", Name("schema"), Literal(None))
    return maker.parsed(
        _HERE.below(Selector(steps=point)),
        (maker.names - {"root", *maker.beside}) | {"fault"} | {name for name, _ in own},
        lambda at, _: Assert(at=at, when=when, let=let, test=test, point=point),
    )


def _requires(maker: _Maker) -> ParsedRule:
    return _of_field(maker, maker.expression(maker.rule, "needs", _HERE))


def _forbids(maker: _Maker) -> ParsedRule:
    return _of_field(maker, Unary("!", maker.expression(maker.rule, "where", _HERE)))


def _of_field(maker: _Maker, test: Expression) -> ParsedRule:
    field = maker.field(maker.rule["field"])
    return maker.parsed(
        _HERE.below(Selector(steps=(field,))),
        {"self", "index"},
        lambda at, _: Assert(at=at, when=is_there(field), test=test, point=(field,), report_key=True),
        field=field,
    )


def _conflicts(maker: _Maker) -> ParsedRule:
    other, field = map(maker.field, maker.rule["fields"])
    both = Binary("&&", is_there(other), is_there(field))
    return maker.parsed(
        _HERE.below(Selector(steps=(field,))),
        set(),
        lambda at, _: Assert(at=at, when=both, test=Literal(value=False), point=(field,), report_key=True),
        field=field,
        other=other,
    )


def _unique(maker: _Maker) -> ParsedRule:
    frame = maker.several(_HERE)
    when, key, point = maker.condition(frame), maker.expression(maker.rule, "key", frame), maker.point(frame)
    return maker.parsed(
        frame.below(Selector(steps=point)),
        {"key"},
        lambda at, _: Unique(at=at[0], over=maker.over, when=when, key=key, point=point),
    )


def _same(maker: _Maker) -> ParsedRule:
    frame = maker.several(_HERE)
    key, point = maker.expression(maker.rule, "key", frame), maker.point(frame)
    return maker.parsed(
        frame.below(Selector(steps=point)),
        {"key", "first"},
        lambda at, _: Same(at=at[0], over=maker.over, key=key, point=point),
    )


def _reference(maker: _Maker) -> ParsedRule:
    when, key, point = maker.condition(_HERE), maker.expression(maker.rule, "key", _HERE), maker.point(_HERE)
    to = maker.path("to", _TOP)
    to_key = maker.expression(maker.rule, "to-key", _TOP.below(to))
    return maker.parsed(
        _HERE.below(Selector(steps=point)),
        {"key", "known"},
        lambda at, _: Reference(at=at[0], when=when, key=key, to=to, to_key=to_key, point=point),
    )


def _pairing(maker: _Maker) -> ParsedRule:
    frame = maker.several(_TOP)
    opens, closes = maker.rule["opens"], maker.rule["closes"]
    check = Pairing(
        over=maker.over,
        opens_when=maker.expression(opens, "when", frame),
        opens_ids=maker.expression(opens, "ids", frame),
        closes_when=maker.expression(closes, "when", frame),
        closes_id=maker.expression(closes, "id", frame),
        reports=str(maker.rule["reports"]),
    )
    null = {"opened": "where nothing was opened before"} if check.reports == "unopened" else {}
    return maker.parsed(frame, {"id", "index", "opened"}, _always(check), null)


def _sequence(maker: _Maker) -> ParsedRule:
    frame = maker.several(_TOP)
    check = Sequence(
        over=maker.over,
        symbol=maker.expression(maker.rule, "symbol", frame),
        first=_symbols(maker.rule.get("first")),
        last=_symbols(maker.rule.get("last")),
        following=tuple((str(name), _symbols(after) or ()) for name, after in maker.rule.get("next", {}).items()),
    )
    ends = [name for name in ("first", "last") if name in maker.rule]
    null = {"before": f"where `{ends[0]}` is broken"} if ends else {}
    return maker.parsed(frame, {"symbol", "before"}, _always(check), null)


def _limit(maker: _Maker) -> ParsedRule:
    rule = maker.rule
    when = maker.condition(_HERE)
    frame = _HERE.below(maker.path("over", _HERE))
    measure, point = maker.expression(rule, "measure", frame), maker.point(_HERE)

    def make(at: tuple[Selector, ...], day: date) -> Limit | None:
        least, most = _bound(rule.get("minimum"), day), _bound(rule.get("maximum"), day)
        if least is None and most is None:
            return None
        return Limit(at=at, when=when, over=maker.over, measure=measure, minimum=least, maximum=most, point=point)

    names = {"total"} | ({"minimum", "maximum"} & rule.keys())
    return maker.parsed(_HERE.below(Selector(steps=point)), names, make, _unbounded(rule))


def _keywords(maker: _Maker) -> ParsedRule:
    for text, at in zip(maker.texts, maker.at, strict=True):
        if not at.subschemas:
            advice = f"write schema:{text}"
            message = "keywords are those of every schema in a place"
            maker.reader.findings.append(fault("PAR903", location(text), message, advice=advice))
    keywords = tuple(_keyword(str(name), value) for name, value in maker.rule["keywords"].items())
    return maker.parsed(
        None,
        {"keyword", "expected", "actual"},
        lambda at, _: KeywordKinds(at=at, keywords=keywords),
    )


def _keyword(name: str, value: Any) -> Keyword:
    if isinstance(value, str):
        return Keyword(name=name, value=str(value))
    return Keyword(name=name, value=str(value["is"]), help=str(value["help"]))


def _capability(maker: _Maker) -> ParsedRule:
    names = {"field", "value", "model", "title", "values", "minimum", "maximum"}
    return maker.parsed(None, names, _always(Capabilities(code=str(maker.rule["code"]))))


def _always(check: Check) -> Callable[[tuple[Selector, ...], date], Check]:
    return lambda _at, _day: check


_MAKERS: dict[str, Callable[[_Maker], ParsedRule]] = {
    "assert": _assert,
    "fits": _fits,
    "requires": _requires,
    "forbids": _forbids,
    "conflicts": _conflicts,
    "unique": _unique,
    "same": _same,
    "reference": _reference,
    "pairing": _pairing,
    "sequence": _sequence,
    "limit": _limit,
    "keywords": _keywords,
    "capability": _capability,
}


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _symbols(value: Any) -> tuple[str, ...] | None:
    return None if value is None else tuple(map(str, value))


def _unbounded(rule: Entry) -> dict[str, str]:
    """Days on which a limit has one of its bounds only."""
    bounds = [bound for key in ("minimum", "maximum") for bound in (rule[key] if is_array(rule.get(key)) else ())]
    days = sorted({date.min, *(bound[key] for bound in bounds for key in ("since", "until") if key in bound)})
    return {
        key: f"on {day}" if day != date.min else f"before {days[1]}"
        for key, other in (("minimum", "maximum"), ("maximum", "minimum"))
        if key in rule and other in rule
        for day in reversed(days)
        if _bound(rule[key], day) is None and _bound(rule[other], day) is not None
    }


def _bound(value: Any, day: date) -> int | None:
    for bound in value if is_array(value) else ():
        since, until = bound.get("since"), bound.get("until")
        if (since is None or since <= day) and (until is None or day < until):
            return int(bound["value"])
    return value if isinstance(value, int) else None
