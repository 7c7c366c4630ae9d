"""Talks with people who are new on the team."""

from meetingtool.records.base import Record


class Talk(Record, tag="talk", frozen=True, kw_only=True):
    """A talk with somebody new (an id), after so many days on the team. text: one line of what came of it."""

    person: str
    days: int
    text: str

    @property
    def private(self) -> bool:
        """What somebody says alone with the manager is for the manager only."""
        return True
