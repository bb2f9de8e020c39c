"""Loops of references by which a value would be judged for ever, because no step leads into it."""

from __future__ import annotations

from collections.abc import Iterator

from .requirements import (
    AllOf,
    AnyOf,
    Conditional,
    DependentSchemas,
    Key,
    Not,
    OneOf,
    Program,
    Reference,
    Rule,
    Schema,
)

__all__ = ["in_place", "loops"]


def in_place(rule: Rule) -> tuple[Schema, ...]:
    """The schemas that a rule applies to the same value."""
    match rule:
        case AllOf() | AnyOf() | OneOf():
            return rule.schemas
        case Not(_, schema) | DependentSchemas(_, schema):
            return (schema,)
        case Conditional(test, then, otherwise):
            return tuple(schema for schema in (test, then, otherwise) if schema is not None)
        case _:
            return ()


def loops(program: Program) -> Iterator[Reference]:
    """A reference of each loop."""
    done: set[Key] = set()
    for start in program.definitions:
        if start in done:
            continue
        path = {start}
        stack = [(start, iter(_steps(program.definitions[start])))]
        while stack:
            key, steps = stack[-1]
            step = next(steps, None)
            if step is None:
                stack.pop()
                path.discard(key)
                done.add(key)
            elif step.target in path:
                yield step
            elif step.target not in done:
                path.add(step.target)
                stack.append((step.target, iter(_steps(program.definitions[step.target]))))


def _steps(schema: Schema) -> list[Reference]:
    """The references that are followed without a step into the value."""
    found: list[Reference] = []
    pending = [schema]
    while pending:
        for rule in pending.pop().rules:
            if isinstance(rule, Reference):
                found.append(rule)
            pending += in_place(rule)
    return found
