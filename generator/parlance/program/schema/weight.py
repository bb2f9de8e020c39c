"""How much a schema asks for, which decides whether it gets a function of its own."""

from __future__ import annotations

from .requirements import (
    AllOf,
    AnyOf,
    Conditional,
    Contains,
    DependentSchemas,
    Items,
    Not,
    OneOf,
    Properties,
    PropertyNames,
    Rule,
    Schema,
    Unevaluated,
)

__all__ = ["weight"]


def weight(schema: Schema, most: int) -> int:
    """How many rules there are in a schema and in those inside it, counted until there are more than *most*."""
    total, pending = 0, [schema]
    while pending and total <= most:
        for rule in pending.pop().rules:
            total += 1
            pending += _inside(rule)
    return total


def _inside(rule: Rule) -> tuple[Schema, ...]:
    match rule:
        case Properties(by_name, patterns, others):
            schemas = [*(schema for _, schema in by_name), *(schema for _, schema in patterns)]
            return (*schemas, *(() if others is None else (others,)))
        case Items(prefix, rest):
            return (*prefix, *(() if rest is None else (rest,)))
        case AllOf() | AnyOf() | OneOf():
            return rule.schemas
        case Conditional(test, then, otherwise):
            return tuple(each for each in (test, then, otherwise) if each is not None)
        case Contains() | PropertyNames() | Not() | DependentSchemas() | Unevaluated():
            return (rule.schema,)
        case _:
            return ()
