"""Classes of nodes, such as those of a syntax tree: dataclasses that are frozen and have slots, made in less time.

`dataclass` compiles six methods for each class, which is more than half of what it takes to load the trees of programs.
Only `__init__` has to be compiled to be fast; the others are the same for all classes here. And a node keeps its hash:
trees are keys of what was made of them, and to hash one takes a tenth of the time of printing it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from typing import TYPE_CHECKING, Any

__all__ = ["node_class"]

if TYPE_CHECKING:
    from dataclasses import dataclass as node_class
else:

    def node_class(
        *, frozen: bool, slots: bool, eq: bool = True, kw_only: bool = False, weakref_slot: bool = False
    ) -> Any:
        """Make a class a dataclass; the arguments are those of `dataclass`, and both *frozen* and *slots* are true."""
        if not (frozen and slots):
            message = "a node is frozen, and has slots"
            raise TypeError(message)
        return lambda cls: _node_class(cls, eq=eq, kw_only=kw_only, extra=("__weakref__",) if weakref_slot else ())


_HASH = "_node_hash"
_UNSET = object()
"""What stands for a default that is made anew for each node."""

_COMPARISON = """
 def __eq__(self, other):
  if other.__class__ is self.__class__:
   return {own} == {others}
  return NotImplemented
 def __hash__(self):
  known = self.{slot}
  if known is None:
   known = hash({hashed})
   keep(self, known)
  return known"""


def _node_class(cls: type[Any], *, eq: bool, kw_only: bool, extra: tuple[str, ...]) -> type[Any]:
    listed = fields(dataclass(cls, init=False, repr=False, eq=False, kw_only=kw_only))
    made = _with_slots(cls, listed, (*extra, *((_HASH,) if eq else ())))
    methods = {
        **_compiled(made, listed, eq=eq),
        "__repr__": _representation([each.name for each in listed if each.repr]),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__reduce__": _reduced,
    }
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(made, name, method)
    return made


def _with_slots(cls: type[Any], listed: tuple[Field[Any], ...], extra: tuple[str, ...]) -> type[Any]:
    """The class once more: slots are for those that a class is made with."""
    inherited = {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}
    names = [name for name in (*(each.name for each in listed), *extra) if name not in inherited]
    namespace = {name: value for name, value in vars(cls).items() if name not in {*names, "__dict__", "__weakref__"}}
    metaclass: Any = type(cls)
    made: type[Any] = metaclass(cls.__name__, cls.__bases__, {**namespace, "__slots__": tuple(names)})
    made.__qualname__ = cls.__qualname__
    return made


def _compiled(made: type[Any], listed: tuple[Field[Any], ...], *, eq: bool) -> dict[str, Callable[..., Any]]:
    """The methods that are called most of all: `__init__`, and where *eq* is true `__eq__` and `__hash__`."""
    setters = {f"set_{each.name}": getattr(made, each.name).__set__ for each in listed}
    names: dict[str, Any] = {"unset": _UNSET, **setters}
    positional, named = ["self"], list[str]()
    lines: list[str] = []
    for each in listed:
        name = value = each.name
        default = ""
        if each.default is not MISSING:
            names[f"default_{name}"], default = each.default, f"=default_{name}"
        elif each.default_factory is not MISSING:
            names[f"make_{name}"], default = each.default_factory, "=unset"
            value = f"make_{name}() if {name} is unset else {name}"
        (named if each.kw_only else positional).append(f"{name}{default}")
        lines.append(f"set_{name}(self, {value})")
    if eq:
        names["keep"] = getattr(made, _HASH).__set__
        lines.append("keep(self, None)")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    body = "\n  ".join(lines or ["pass"])
    comparison = _comparison(listed) if eq else ""
    source = f"def made({', '.join(names)}):\n def __init__({parameters}):\n  {body}{comparison}\n return locals()"
    namespace: dict[str, Any] = {}
    exec(source, namespace)  # noqa: S102 names of fields, and nothing else
    methods: dict[str, Any] = namespace["made"](**names)
    return {name: method for name, method in methods.items() if name.startswith("__")}


def _comparison(listed: tuple[Field[Any], ...]) -> str:
    """Source of `__eq__` and `__hash__`."""
    compared = [each.name for each in listed if each.compare]
    hashed = [each.name for each in listed if (each.compare if each.hash is None else each.hash)]
    own, others = _tuple("self", compared), _tuple("other", compared)
    return _COMPARISON.format(own=own, others=others, hashed=_tuple("self", hashed), slot=_HASH)


def _tuple(of: str, names: list[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _representation(names: list[str]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:  # noqa: N807
        listed = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({listed})"

    return __repr__


def _refuse(self: Any, name: str, value: object = None) -> None:
    """Take the place of `__setattr__` and `__delattr__`."""
    del self, value
    message = f"cannot assign to or delete field {name!r}"
    raise FrozenInstanceError(message)


def _reduced(self: Any) -> tuple[object, ...]:
    """What copies and pickles take, in the place of `__reduce__`: in another process a text has another hash."""
    cls: type[Any] = type(self)
    return _restored, (cls, tuple(getattr(self, each.name) for each in fields(cls)))


def _restored(cls: type[Any], values: tuple[Any, ...]) -> Any:
    names = [each.name for each in fields(cls)]
    made: Any = object.__new__(cls)
    for name, value in (*zip(names, values, strict=True), *([(_HASH, None)] if hasattr(cls, _HASH) else [])):
        getattr(cls, name).__set__(made, value)
    return made
