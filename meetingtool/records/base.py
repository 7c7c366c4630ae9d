"""What every record has, and how its id is minted."""

import os
import threading
from datetime import datetime
from typing import ClassVar, Literal

import msgspec

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 6


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"
):
    """One kept thing. A change is a new Struct with the next `version`.

    at: when it happened, as an aware moment with the offset of the place where it was told.
    made_at, made_by: when and by whom the record was first made.
    removed_at: when it was moved to the bin; None while it is in use.
    kept_in: the book for records of a kind: the team's, that of the year of `at`, or one beside it: the book of
    surveys, since a batch or a list of customers may be as large as all else of a year; or the book of names, since
    each name is decided with one key, which can't wait until all answers of the year are written.
    """

    kept_in: ClassVar[Literal["team", "year", "surveys", "names"]] = "year"

    id: str
    at: datetime
    made_at: datetime
    made_by: str
    version: int = 1
    removed_at: datetime | None = None

    @property
    def private(self) -> bool:
        """Whether it is never drawn while the screen is shared. A kind of record says so by a property, or keeps it."""
        return False

    @property
    def ref(self) -> str:
        """The end of the id, as people see and type it."""
        return self.id[-REF_LENGTH:]


class _Mint:
    """Makes ULIDs (github.com/ulid/spec): 48 bits of milliseconds, 80 random bits, in strictly rising order.

    Within one millisecond the spec would add 1 to the last id; the ends of such ids would look alike,
    and people type ends. So the upper 40 random bits count and the lower 40 stay random.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (0, 0)

    def __call__(self, now: datetime) -> str:
        milliseconds = max(0, int(now.timestamp() * 1000))  # a clock that was never set can be before 1970
        with self._lock:
            high = int.from_bytes(os.urandom(5)) >> 1
            if (milliseconds, high) <= self._last:
                milliseconds, high = self._last[0], self._last[1] + 1
            self._last = (milliseconds, high)
        value = milliseconds << 80 | high << 40 | int.from_bytes(os.urandom(5))
        return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


mint = _Mint()
"""mint(now) -> a new id. Ids sort by the moment of their making; `now` is an aware moment."""
