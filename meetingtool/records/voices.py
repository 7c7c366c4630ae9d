"""What a customer said, written down by hand: from a card, a letter, the phone or the counter."""

from typing import Literal

from meetingtool.records.base import Record

Channel = Literal["card", "letter", "phone", "spoken", "review", "survey"]


class Voice(Record, tag="voice", frozen=True, kw_only=True):
    """A customer's words. text: with the understood marks lifted out. line: the whole line as typed.

    people, standards: ids, in the order named. customer: a name, or empty. survey: the id of the one that it answers.
    satisfied: whether the customer was; None where that was not said. starred: to be read aloud next. kept_back: never
    on a shared screen. read_in: the id of the meeting in which it was read aloud.
    """

    text: str
    line: str
    people: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    customer: str = ""
    channel: Channel = "spoken"
    survey: str = ""
    satisfied: bool | None = None
    starred: bool = False
    kept_back: bool = False
    by_wish: bool = False
    read_in: str | None = None

    @property
    def private(self) -> bool:
        """A problem is for the manager only, and so is what was kept back."""
        return self.kept_back or self.satisfied is False
