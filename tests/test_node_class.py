"""Classes of nodes are what `dataclass` makes of the same text, but for how they are made."""

from __future__ import annotations

import copy
import pickle
import weakref
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest
from parlance.contract.scalars import OfOneKind
from parlance.node_class import node_class


@node_class(frozen=True, slots=True)
class Leaf:
    """A node with two fields."""

    name: str
    size: int = 1

    @property
    def double(self) -> int:
        """Twice the size."""
        return 2 * self.size


@node_class(frozen=True, slots=True)
class Branch(Leaf):
    """A node that adds fields to those of another class."""

    parts: tuple[Leaf, ...] = ()
    notes: list[str] = field(default_factory=list[str], compare=False)
    hidden: str = field(default="", repr=False, hash=False)


@node_class(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Named:
    """A node whose fields are given by name."""

    first: str
    second: str = "b"


@node_class(frozen=True, slots=True)
class Nothing:
    """A node without fields."""


@node_class(frozen=True, slots=True, eq=False)
class Scalar(OfOneKind[object]):
    """A node that knows by itself which others it equals."""

    value: object


def counterpart(cls: type[Any]) -> type[Any]:
    """What `dataclass` makes of the fields of a class of nodes."""
    listed = {each.name: each.type for each in fields(cls)}
    arguments = ("default", "default_factory", "repr", "hash", "compare", "kw_only")
    given = {each.name: field(**{name: getattr(each, name) for name in arguments}) for each in fields(cls)}
    return dataclass(frozen=True, slots=True)(
        type(cls.__name__, (), {"__annotations__": listed, "__qualname__": cls.__qualname__, **given})
    )


GIVEN: list[tuple[type[Any], tuple[object, ...], dict[str, object]]] = [
    (Leaf, ("a",), {}),
    (Leaf, ("a", 2), {}),
    (Leaf, (), {"size": 3, "name": "c"}),
    (Branch, ("a",), {}),
    (Branch, ("a", 2, (Leaf("b"),), ["x"], "secret"), {}),
    (Named, (), {"first": "a"}),
    (Named, (), {"second": "a", "first": "c"}),
    (Nothing, (), {}),
]


@pytest.mark.parametrize(("cls", "values", "named"), GIVEN)
def test_nodes_are_as_dataclasses_are(cls: type[Any], values: tuple[object, ...], named: dict[str, object]) -> None:
    made: Any = cls(*values, **named)
    other: Any = counterpart(cls)(*values, **named)
    assert repr(made) == repr(other)
    assert hash(made) == hash(other) == hash(made)
    assert made == cls(*values, **named)
    assert made != other
    assert made.__match_args__ == other.__match_args__
    assert [each.name for each in fields(made)] == [each.name for each in fields(other)]
    assert is_dataclass(made)
    assert not hasattr(made, "__dict__")
    assert replace(made) == made
    for copied in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301
        assert type(copied) is cls
        assert copied == made
        assert hash(copied) == hash(made)


WRONG: list[tuple[type[Any], tuple[object, ...], dict[str, object]]] = [
    (Leaf, (), {}),
    (Leaf, ("a", 1, 2), {}),
    (Leaf, ("a",), {"length": 1}),
    (Named, ("a",), {}),
    (Nothing, (1,), {}),
]


@pytest.mark.parametrize(("cls", "values", "named"), WRONG)
def test_wrong_arguments_are_refused(cls: type[Any], values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        cls(*values, **named)


def test_nodes_that_differ_are_not_equal() -> None:
    base = Branch("a", 1, (Leaf("b"),))
    assert base != replace(base, size=2)
    assert base != replace(base, parts=(Leaf("b", 2),))
    assert base == replace(base, notes=["other"])
    assert base != replace(base, hidden="other")
    assert hash(base) == hash(replace(base, hidden="other"))
    assert Leaf("a") != Branch("a")
    assert Scalar(1) != Scalar(value=True)
    assert {Scalar(1), Scalar(value=True), Scalar(1.0), Scalar(1)} == {Scalar(1), Scalar(value=True), Scalar(1.0)}


def test_nodes_are_frozen_and_share_no_default() -> None:
    leaf, branch = Leaf("a"), Branch("a")
    for name in ("name", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(leaf, name, "b")
        with pytest.raises(FrozenInstanceError):
            delattr(leaf, name)
    assert leaf.name == "a"
    assert leaf.double == 2
    branch.notes.append("x")
    assert Branch("a").notes == []
    assert weakref.ref(named := Named(first="a"))() is named


def test_patterns_take_nodes_apart() -> None:
    match Branch("a", 2, (Leaf("b"),)):
        case Branch("a", size, (Leaf(inner),)):
            assert (size, inner) == (2, "b")
        case _:
            pytest.fail("it does not match")


def test_what_is_not_hashable_stays_so() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Leaf(["a"]))  # type: ignore[arg-type]
