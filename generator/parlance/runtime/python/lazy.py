"""What a dialect offers and loads only when it is asked for: classes, and strategies."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

__all__ = ["lazy"]

_EXTRAS = {"hypothesis": "strategies", "pydantic": "pydantic"}
"""The extra of the distribution that brings a library which not all that is offered needs."""


def lazy(
    namespace: dict[str, object],
    listed: str | tuple[str, ...],
    homes: tuple[str, ...],
    modules: tuple[str, ...] = (),
    loaded: tuple[str, ...] | list[str] = (),
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The functions `__getattr__` and `__dir__` of a package.

    The names are *listed*, or the module of that name lists them in its `__all__`; the modules of
    *homes* define them, of which a later one is not loaded for what an earlier one has. *modules*
    are offered themselves. What is *loaded* already belongs to `__all__`, too.
    """
    package = str(namespace["__name__"])

    def names() -> list[str]:
        if not isinstance(listed, str):
            return [*listed]
        found: list[str] = import_module(f".{listed}", package).__all__
        return found

    def load(name: str) -> object:
        if name == "__all__":
            namespace[name] = sorted({*loaded, *names()}, key=_order)
            return namespace[name]
        if name in modules:
            return _imported(name, package)
        for home in homes if not name.startswith("_") and name in names() else ():
            module = _imported(home, package)
            if name in module.__all__:
                namespace[name] = getattr(module, name)
                return namespace[name]
        message = f"module {package!r} has no attribute {name!r}"
        raise AttributeError(message)

    def everything() -> list[str]:
        return sorted({*namespace, *names(), *modules})

    return load, everything


def _imported(name: str, package: str) -> ModuleType:
    """A module of *package*; where a library is missing, the error says how to get it."""
    try:
        return import_module(f".{name}", package)
    except ModuleNotFoundError as error:
        if error.name not in _EXTRAS:
            raise
        message = f"{package}.{name} needs `pip install 'parlance-dialects[{_EXTRAS[error.name]}]'`"
        raise ModuleNotFoundError(message, name=error.name) from None


def _order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2), name
