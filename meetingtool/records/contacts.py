"""Going to customers: calls and visits that we began, and the leader's own hours beside the team."""

from typing import Literal

from meetingtool.records.base import Record

ContactWay = Literal["phone", "visit", "message"]
Why = Literal["bought", "after-complaint", "quiet", "thanks", "other"]
Reached = Literal["yes", "message", "no", "wrong", "declined", "skipped"]
Mood = Literal["glad", "so-so", "unhappy"]
Work = Literal["phones", "counter", "round", "visit", "listening"]


class Contact(Record, tag="contact", frozen=True, kw_only=True):
    """A call or a visit to a customer. text: what the customer said. line: the whole line as typed.

    people: ids of those who called; empty: the manager. reached: `skipped` is a customer of the week's list who was
    left out with a reason. kept_back: never on a shared screen.
    """

    text: str
    line: str
    customer: str = ""
    people: tuple[str, ...] = ()
    way: ContactWay = "phone"
    why: Why = "other"
    reached: Reached = "yes"
    mood: Mood | None = None
    kept_back: bool = False
    by_wish: bool = False

    @property
    def private(self) -> bool:
        """What was kept back is for the manager only."""
        return self.kept_back


class HandsOn(Record, tag="hands-on", frozen=True, kw_only=True):
    """The leader's own time at the counter or the telephone. text: what was noticed. people: ids of those it was spent
    beside. did_well: whether what was noticed is what they did well, so that they are named in the meeting."""

    minutes: int
    what: Work
    text: str = ""
    line: str = ""
    people: tuple[str, ...] = ()
    customer: str = ""
    did_well: bool = False
    kept_back: bool = False
    by_wish: bool = False

    @property
    def private(self) -> bool:
        """What was kept back is for the manager only."""
        return self.kept_back
