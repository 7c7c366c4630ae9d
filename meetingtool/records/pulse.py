"""How the team itself is: what it said of five statements, as counts."""

from meetingtool.records.base import Record


class PulseRound(Record, tag="pulse", frozen=True, kw_only=True):
    """One time that the team was asked. Nobody's answers can be found in it: no name, no order, no time of day.

    `at` is the beginning of the day. statements: as they were asked. asked: how many people were. answered: how many
    answered; 0 where too few did. counts: for each statement how often 1, 2, 3, 4 and 5 were given, none where too few
    answered it. meeting: the id of the one in which it was asked; who was here is known from there.
    """

    statements: tuple[str, ...]
    asked: int
    answered: int = 0
    counts: tuple[tuple[int, ...], ...] = ()
    meeting: str | None = None
