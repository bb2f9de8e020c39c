"""Pieces of a stream to the whole that they come to, and for each part of it the piece that touched it last."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ...finding.pointer import joined, tokens
from ...finding.shape import is_object
from ...runtime.python.fold_table import FoldTable
from ...runtime.python.part_folds import Extent, ItemsFold, ObjectFold, Texts, Touch

__all__ = ["StreamFold"]


class StreamFold:
    """The whole as far as it has come."""

    def __init__(self, table: FoldTable) -> None:
        self._root = ObjectFold(table)
        self.live: dict[str, Any] | None = None
        """What the pieces came to, None before the first one.

        It is not a copy, and of a text that is put together it has only the last piece.
        """

    def add(self, piece: object, number: int) -> bool:
        """Take the next piece; whether a part of the whole has come to its end with it."""
        self.live = self._root.live
        return isinstance(piece, dict) and self._root.add(piece, number, None)

    def repeats(self, piece: object, free: Texts) -> bool:
        """Whether a piece that was added changes nothing but *free* texts when it comes again."""
        return self._root.repeats(piece, free)

    def whole(self) -> dict[str, Any]:
        """The whole, which the caller may keep."""
        return deepcopy(self._root.view(Extent.WHOLE))

    def view(self, extent: Extent) -> dict[str, Any]:
        """As much of the whole, which nobody may change."""
        return self._root.view(extent)

    def touches(self, pointer: str) -> Iterator[Touch]:
        """What touched the place and all that it stands in, the outermost first; *pointer* is one of `whole`."""
        node: ObjectFold | ItemsFold | None = self._root
        value: object = self._root.live
        touch: Touch | None = None
        for token in tokens(pointer):
            below = value.get(token) if is_object(value) else None
            if node is not None:
                touch, node = node.below(token)
            elif touch is not None and below is not None:  # a part of what came in one piece
                touch = touch._replace(at=(touch.at, joined((token,))))
            else:
                return
            if touch is None:
                return
            value = below if node is None else node.live
            yield touch

    def settled_depth(self, pointer: str) -> int:
        """How many steps of a pointer lead to what stands there and will not change any more; 0 if it may change."""
        node: ObjectFold | ItemsFold | None = self._root
        depth = 0
        for number, token in enumerate(tokens(pointer), 1):
            settles = False
            if isinstance(node, ItemsFold):
                item = node.item(token)
                if item is None or item.is_open or not (depth or node.has_final_place(token)):
                    return 0
                settles = item.is_settled
            elif node is not None:
                settles = token in node.table.settling
            depth = depth or number * settles
            node = node.below(token)[1] if node else None
        return depth
