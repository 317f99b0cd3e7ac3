"""What stands in a text, in order: found by place without going through all of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from pressextract.entities import Entity

Place = tuple[int, int]
"""Characters ``[start, end)``."""


class Placed(Protocol):
    """What stands at characters ``[start, end)``."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last."""


class Named(NamedTuple):
    """A place in the text that stands for an entity, by name or by a noun that refers back to it."""

    start: int
    end: int
    entity: Entity
    by_name: bool = True


T = TypeVar("T", bound=Placed)


class InOrder(Generic[T]):
    """Things in the order in which they start.

    Args:
        things: in order.
    """

    __slots__ = ("_starts", "_things")

    def __init__(self, things: list[T]) -> None:
        self._things = things
        self._starts = [thing.start for thing in things]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def within(self, start: int, end: int) -> list[T]:
        """Those that start in ``[start, end)``."""
        return self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last(self, position: int) -> int:
        """The index of the last that starts at or before *position*; -1 for none."""
        return bisect_right(self._starts, position) - 1

    def index_at(self, position: int) -> int | None:
        """The index of the last that starts at or before *position*, if it holds it."""
        i = self.last(position)
        return i if i >= 0 and position < self._things[i].end else None
