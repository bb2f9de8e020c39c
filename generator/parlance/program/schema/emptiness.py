"""Whether a schema refuses any value at all."""

from __future__ import annotations

from .requirements import AllOf, AnyOf, Conditional, Items, Program, Properties, PropertyNames, Reference, Rule, Schema

__all__ = ["accepts_everything"]


def accepts_everything(program: Program) -> bool:
    """Whether the root refuses nothing, as far as that is plain."""
    return _Emptiness(program).accepts(program.definitions[program.root])


class _Emptiness:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._entered: set[int] = set()

    def accepts(self, schema: Schema) -> bool:
        """Whether no rule refuses anything; a schema that leads back to itself adds nothing the second time."""
        if id(schema) in self._entered:
            return True
        self._entered.add(id(schema))
        return all(self._refuses_nothing(rule) for rule in schema.rules)

    def _refuses_nothing(self, rule: Rule) -> bool:
        match rule:
            case Reference(_, target):
                return self.accepts(self._program.definitions[target])
            case AllOf(schemas):
                return all(map(self.accepts, schemas))
            case AnyOf(_, schemas):
                return any(not schema.rules for schema in schemas)
            case Conditional(_, then, otherwise):
                return all(each is None or self.accepts(each) for each in (then, otherwise))
            case Properties(named, patterns, others):
                inside = [schema for _, schema in (*named, *patterns)]
                return all(self.accepts(each) for each in (*inside, *(() if others is None else (others,))))
            case Items(prefix, rest):
                return all(self.accepts(each) for each in (*prefix, *(() if rest is None else (rest,))))
            case PropertyNames(schema):
                return self.accepts(schema)
            case _:
                return False
