"""Records in an order of their own, and moving one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Ordered(Protocol):
    """What has a place in a list. order: from 0; several may share one until something is moved."""

    @property
    def id(self) -> str: ...
    @property
    def order(self) -> int: ...


def places(kept: Sequence[Ordered], moved: Ordered, place: int) -> dict[str, int]:
    """The new places of those that move when `moved` takes a place among `kept`, by id.

    kept: the whole list in its order, with or without `moved`. place: from 0; beyond the end is the end.
    """
    others = [record for record in kept if record.id != moved.id]
    others.insert(max(0, place), moved)
    return {record.id: number for number, record in enumerate(others) if record.order != number}


def place_beside(kept: Sequence[Ordered], among: Sequence[Ordered], moved: Ordered, step: int) -> int | None:
    """The place to which `moved` goes when it passes its neighbour among some of `kept`; None at the end of these.

    step: -1 up, 1 down. among: those that are seen together, in their order.
    """
    seen = [record.id for record in among]
    beside = seen.index(moved.id) + step
    if not 0 <= beside < len(seen):
        return None
    others = [record.id for record in kept if record.id != moved.id]
    return others.index(seen[beside]) + (step > 0)
