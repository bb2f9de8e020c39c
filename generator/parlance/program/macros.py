"""What macros of expressions ask of each item."""

from __future__ import annotations

from ..contract.expression import Binary, Expression, Macro, Name, Select, Unary, names, parts

__all__ = ["holders", "lacked"]


def lacked(macro: Macro) -> Expression | None:
    """What a macro asks of each item whether it is not in there, if that is all it asks."""
    match macro.body:
        case Unary("!", Binary("in", Name(name), container)) if name == macro.variable:
            return None if macro.variable in names(container) else container
        case _:
            return None


def holders(macro: Macro) -> list[Expression]:
    """Fields into which a macro looks for each of its items."""
    bodies = [macro.body] if macro.guard is None else [macro.guard, macro.body]
    found = [
        part.right
        for body in bodies
        for part in parts(body)
        if isinstance(part, Binary) and part.operator == "in" and part.left == Name(macro.variable)
    ]
    bound = {part.variable for body in bodies for part in parts(body) if isinstance(part, Macro)} | {macro.variable}
    return [each for each in dict.fromkeys(found) if isinstance(each, Select) and bound.isdisjoint(names(each))]
