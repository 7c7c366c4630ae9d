"""Ratings of people on standards."""

from meetingtool.records.base import Record


class Rating(Record, tag="rating", frozen=True, kw_only=True):
    """A manager's rating of one person on one standard on the day of `at`.

    value: 1 to 5; None says "not seen", an answer that does not count.
    stories: ids of the stories it rests on.
    """

    person: str
    standard: str
    value: int | None
    note: str = ""
    stories: tuple[str, ...] = ()

    @property
    def private(self) -> bool:
        """Every rating is for the manager only."""
        return True
