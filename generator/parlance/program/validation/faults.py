"""Statements that report every fault of one value, with its pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from ...contract import ir as contract
from ...contract.accepted import accepted_type
from ...contract.kinds import Kind, expected, options_by_kind
from .. import ir
from ..ir import Body, Call, Constant, EachField, EachItem, Escaped, If, Let, Statement, Texts, Value, Variable
from ..logic import chained, is_given, junction, negation, unless, where, within
from .conditions import condition, tag_of, text_condition
from .definitions import Definitions
from .policy_reports import value_report, with_value_reports
from .subjects import Subject

__all__ = ["count_faults", "doubtful_codes", "doubting", "faults", "faults_if_any", "wrong_type"]

_Scalar = contract.Text | contract.Integer | contract.Number | contract.Boolean | contract.Constant
_TAG = Variable("tag")


_CODES = {
    "min_length": "PAR109",
    "max_length": "PAR110",
    "pattern": "PAR111",
    "minimum": "PAR106",
    "exclusive_minimum": "PAR106",
    "maximum": "PAR107",
    "exclusive_maximum": "PAR107",
    "multiple_of": "PAR108",
    "min_items": "PAR112",
    "max_items": "PAR113",
    "unique_items": "PAR114",
    "min_properties": "PAR115",
    "max_properties": "PAR116",
    "keys": "PAR117",
    "variants": "PAR118",
    "members": "PAR105",
    "unknown": "PAR102",
}
"""What is reported of a value that breaks a constraint."""


def doubtful_codes(constraints: Iterable[str]) -> tuple[str, ...]:
    """The codes of what is reported of values that break these constraints."""
    return tuple(sorted({_CODES[name] for name in constraints}))


def doubting(call: Call, doubtful: Iterable[str]) -> Call:
    """The call, whose reports of constraints that nothing attests are warnings."""
    codes = doubtful_codes(doubtful)
    return replace(call, doubtful=codes) if codes else call


def faults(shape: contract.Type, subject: Subject, known: Definitions, phrase: str | None = None) -> Body:
    """Statements that report what keeps *subject* from being of *shape*, for which there may be a *phrase*."""
    match shape:
        case contract.Anything():
            return ()
        case contract.Nothing():
            return (wrong_type(subject, "absent"),)
        case contract.Null():
            report = (wrong_type(subject, phrase or Kind.NULL),)
            return report if subject.null_has_passed else _unless_null(report, subject)
        case contract.Text() | contract.Integer() | contract.Number() | contract.Boolean() | contract.Constant():
            return (_scalar(shape, subject, known, phrase),)
        case contract.Array() | contract.Map() | contract.Tagged():
            (kind,) = options_by_kind(shape, known.definitions)
            return _branches([(kind, _contents(shape, subject, known))], subject, phrase or kind)
        case contract.Named(name):
            return _named(name, subject, known, phrase)
        case contract.Union():
            return _union(shape, subject, known, phrase or expected(shape, known.definitions))
        case _:
            assert_never(shape)


def faults_if_any(shape: contract.Type, subject: Subject, known: Definitions) -> Body:
    """The faults of a value that the fast path looks at first, because most have none."""
    test = condition(shape, subject.variable, known)
    return unless(test, faults(shape, replace(subject, null_has_passed=True), known))


def wrong_type(subject: Subject, phrase: str) -> Statement:
    """The report that a value is not what *phrase* says."""
    return subject.call("wrong_type", Constant(phrase))


def _branches(branches: Sequence[tuple[Kind, Body]], subject: Subject, phrase: str) -> Body:
    """A branch for each kind, and the report of a wrong one.

    A boolean comes to the branch of numbers, where the report says what it should be.
    """
    tests = [(ir.IsKind(subject.value, kind, admits_booleans=kind is Kind.NUMBER), body) for kind, body in branches]
    report = (wrong_type(subject, phrase),)
    match tests:
        case [(test, ())]:
            return (If(negation(test), report),)
        case _:
            return chained(tests, report)


def _scalar(shape: _Scalar, subject: Subject, known: Definitions, phrase: str | None) -> Statement:
    facts = {} if phrase is None else {"expected": phrase}
    match shape:
        case contract.Text():
            if shape.media_type is not None:
                facts = {"expected": phrase or expected(shape, known.definitions), "media_type": shape.media_type}
            return doubting(subject.call("check_text", **_text_bounds(shape), **facts), shape.doubtful)
        case contract.Integer() | contract.Number():
            bounds = _bounds(
                least=shape.minimum,
                most=shape.maximum,
                above=shape.exclusive_minimum,
                below=shape.exclusive_maximum,
                step=shape.multiple_of,
            )
            noun = "integer" if isinstance(shape, contract.Integer) else "number"
            call = subject.call(f"check_spelt_{noun}" if shape.lax else f"check_{noun}", **bounds, **facts)
            return doubting(call, shape.doubtful)
        case contract.Boolean():
            return subject.call("check_spelt_boolean" if shape.lax else "check_boolean", **facts)
        case contract.Constant(value):
            kind = phrase or expected(shape, known.definitions)
            return subject.call("check_constant", Constant(value), Constant(kind))
        case _:
            assert_never(shape)


def _text_bounds(shape: contract.Text) -> dict[str, str | float]:
    return _bounds(shortest=shape.min_length, longest=shape.max_length, pattern=shape.pattern)


def _bounds(**bounds: str | float | None) -> dict[str, str | float]:
    return {name: value for name, value in bounds.items() if value is not None}


def count_faults(shape: contract.Map | contract.Record, subject: Subject) -> Body:
    """Statements that report too few or too many fields of an object."""
    bounds = _bounds(fewest=shape.min_properties, most=shape.max_properties)
    call = doubting(subject.call("check_map", **bounds), shape.doubtful - {"unknown"})
    return (call,) if bounds else ()


def _contents(shape: contract.Array | contract.Map | contract.Tagged, subject: Subject, known: Definitions) -> Body:
    """The faults of what is known to be an array or an object."""
    match shape:
        case contract.Array():
            return _array(shape, subject, known)
        case contract.Map():
            return _map(shape, subject, known)
        case contract.Tagged():
            return _tagged(shape, subject, known)
        case _:
            assert_never(shape)


def _array(shape: contract.Array, subject: Subject, known: Definitions) -> Body:
    bounds = _bounds(fewest=shape.min_items, most=shape.max_items)
    bounds |= {"unique": True} if shape.unique_items else {}
    head = [doubting(subject.call("check_array", **bounds), shape.doubtful)] if bounds else []
    index = subject.variable.index
    item = subject.item(index)
    loop = EachItem(subject.value, index.name, item.variable.name)
    return (*head, *within([loop], _element(shape.items, item, known)))


def _element(shape: contract.Type, subject: Subject, known: Definitions) -> Body:
    """The faults of one of many."""
    holds_others = isinstance(shape, contract.Array | contract.Map)
    return faults(shape, subject, known) if holds_others else faults_if_any(shape, subject, known)


def _map(shape: contract.Map, subject: Subject, known: Definitions) -> Body:
    key = subject.variable.key
    item = subject.item(Escaped(key))
    keys: Body = ()
    if shape.keys is not None:
        bounds = tuple((name, Constant(bound)) for name, bound in _text_bounds(shape.keys).items())
        report = Call("invalid_key", None, item.pointer, (key,), bounds)
        report = doubting(report, ["keys"] if shape.keys.doubtful else [])
        keys = unless(text_condition(shape.keys, key), (report,))
    values = _element(shape.values, item, known)
    loop = EachField(subject.value, key.name, item.variable.name if values else None)
    return (*count_faults(shape, subject), *within([loop], (*keys, *values)))


def _tagged(shape: contract.Tagged, subject: Subject, known: Definitions) -> Body:
    policies, records = dict(shape.policies), dict(shape.options)
    branches: list[tuple[Value, Body]] = []
    for value in dict.fromkeys([*records, *policies]):
        report = value_report(value, policies[value], subject, known, shape.tag) if value in policies else ()
        check = (subject.check(records[value]),) if value in records else ()
        branches.append((ir.Equal(_TAG, Constant(value), is_plain=True), (*report, *check)))
    if shape.default is not None:
        is_absent = negation(ir.HasField(subject.value, shape.tag, is_object=True))
        branches.append((is_absent, (subject.check(records[shape.default]),)))
    return (Let(_TAG.name, tag_of(shape, subject.value)), *chained(branches, _of_another_tag(shape, subject)))


def _of_another_tag(shape: contract.Tagged, subject: Subject) -> Body:
    """What is wrong with an object whose tag is none of the known ones."""
    if shape.others is not None:
        return (subject.check(shape.others),)
    tags = Texts(tuple(value for value, _ in shape.options))
    report = doubting(subject.call("check_tag", Constant(shape.tag), tags), ["members"] if shape.doubtful else [])
    return (If(negation(ir.IsKind(_TAG, Kind.STRING)), (report,)),) if shape.open else (report,)


def _named(name: str, subject: Subject, known: Definitions, phrase: str | None) -> Body:
    definition = known.definitions[name]
    if (shape := known.inlined(name)) is not None:
        found = faults(shape, subject, known, phrase)
        if isinstance(definition, contract.Enumeration):
            return with_value_reports(definition, subject, known, found)
        return found
    if not isinstance(definition, contract.Enumeration):
        return (subject.check(name),)
    kind = phrase or expected(contract.Named(name), known.definitions)
    call = subject.call("check_member", ir.Table("members", name), Constant(kind))
    last: Body = (doubting(call, ["members"] if definition.doubtful else []),)
    if definition.doubtful and definition.base != contract.Text():
        last = chained([(condition(definition.base, subject.variable, known), last)], (call,))
    return with_value_reports(definition, subject, known, last)


def _union(shape: contract.Union, subject: Subject, known: Definitions, phrase: str) -> Body:
    groups = options_by_kind(shape, known.definitions)
    is_nullable = groups.pop(Kind.NULL, None) is not None
    if Kind.BOOLEAN in groups and Kind.NUMBER in groups:
        # The branch of numbers takes a boolean, too.
        groups = {Kind.BOOLEAN: groups.pop(Kind.BOOLEAN), **groups}
    if len(groups) == 1:
        ((kind, options),) = groups.items()
        body = _group(kind, options, subject, known, phrase)
    else:
        narrowed = [(kind, _narrowed(kind, options, subject, known)) for kind, options in groups.items()]
        body = _branches(narrowed, subject, phrase)
    return _unless_null(body, subject) if is_nullable and not subject.null_has_passed else body


def _unless_null(body: Body, subject: Subject) -> Body:
    """*body* where null is no fault; branches, whose conditions null does not meet, ask only in the last."""
    given = is_given(subject.value)
    match body:
        case (If(test, inner, ()),):
            return (If(junction("and", [given, test]), inner),)
        case (If(test, inner, otherwise),):
            return (If(test, inner, _unless_null(otherwise, subject)),)
        case _:
            return where(given, body)


def _narrowed(kind: Kind, options: Sequence[contract.Type], subject: Subject, known: Definitions) -> Body:
    """The faults of a value that is known to be of *kind*."""
    match options:
        case [contract.Text() as shape]:
            bounds = _text_bounds(shape)
            return (doubting(subject.call("check_text", **bounds), shape.doubtful),) if bounds else ()
        case [contract.Boolean()]:
            return ()
        case [contract.Array() | contract.Map() | contract.Tagged() as shape]:
            return _contents(shape, subject, known)
        case _:
            return _group(kind, options, subject, known, kind.value)


def _group(kind: Kind, options: Sequence[contract.Type], subject: Subject, known: Definitions, phrase: str) -> Body:
    """The faults of a value of one kind, for which there may be several forms."""
    plain = [option for option in options if isinstance(option, contract.Text) and not _text_bounds(option)]
    if len(options) == 1 or plain:  # beside any text, no single one says more
        return faults((plain or options)[0], subject, known, phrase)
    test = junction("or", [condition(option, subject.variable, known) for option in options])
    checks = [
        option.name
        for option in options
        if isinstance(option, contract.Named) and not isinstance(known.definitions[option.name], contract.Enumeration)
    ]
    names = [option.name if isinstance(option, contract.Named) else kind for option in options]
    labels: Value = Constant(" or ".join(names))
    if len(checks) == len(options):
        fields = [_fields(name, known) for name in checks]
        of_records = [Texts(each) for each in fields if each is not None] if None not in fields else []
        return unless(test, (subject.call("check_variants", ir.Checks(tuple(checks)), labels, *of_records),))
    report = Call("no_variant", None, subject.pointer, (labels,))
    conditions = [_loose_condition(option, subject, known) for option in options]
    if ir.IsKind(subject.value, Kind.STRING) in conditions:  # any text is, so that no single one needs a test
        is_text = [isinstance(each, contract.Constant) and isinstance(each.value, str) for each in options]
        conditions = [each for each, one in zip(conditions, is_text, strict=True) if not one]
    loose = junction("or", conditions)
    if loose == test:
        return unless(test, (report,))
    return unless(test, chained([(loose, (doubting(report, ["variants"]),))], (report,)))


def _fields(name: str, known: Definitions) -> tuple[str, ...] | None:
    """The names of the fields of a record that it does not refuse; None where the name is another thing's."""
    definition = known.definitions[name]
    if isinstance(definition, contract.Alias) and isinstance(definition.type, contract.Named):
        return _fields(definition.type.name, known)
    if not isinstance(definition, contract.Record):
        return None
    return tuple(field.name for field in definition.fields if field.type != contract.Nothing())


def _loose_condition(option: contract.Type, subject: Subject, known: Definitions) -> Value:
    """Whether the value is of an option but for constraints that nothing attests."""
    definition = known.definitions[option.name] if isinstance(option, contract.Named) else None
    if isinstance(definition, contract.Enumeration) and definition.doubtful:
        return condition(definition.base, subject.variable, known)
    return condition(accepted_type(option), subject.variable, known)
