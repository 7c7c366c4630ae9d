"""The service standards of the team."""

from datetime import date

from meetingtool.records.base import Record


class Standard(Record, tag="standard", frozen=True, kw_only=True):
    """One service standard with its behaviourally anchored rating scale.

    tag: unique, lower case, without the `#`.
    weight: its share in the standards part of the score, relative to the other standards; above 0.
    anchors: what the ratings 1, 2, 3, 4, 5 look like, in that order.
    order: its place in the list and in the weekly turn, from 0.
    """

    kept_in = "team"

    tag: str
    title: str
    behaviour: str
    anchors: tuple[str, str, str, str, str]
    weight: int = 1
    order: int = 0
    retired: date | None = None
    former_tags: tuple[str, ...] = ()

    def in_use(self, day: date) -> bool:
        """Whether the standard holds on `day` (the retiring date is its last day)."""
        return self.retired is None or day <= self.retired
