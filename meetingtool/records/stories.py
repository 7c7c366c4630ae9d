"""Service wins, sticky situations and thanks."""

from datetime import date
from typing import Literal

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.money import Money

StoryKind = Literal["win", "sticky", "praise"]
AwardKind = Literal["words", "time-off", "ticket", "plaque", "article", "gift", "other"]
AwardState = Literal["owed", "given"]


class Award(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a reward is, beside its words. on: the day it was handed over, where that was noted."""

    kind: AwardKind = "other"
    state: AwardState = "given"
    value: Money | None = None
    on: date | None = None


class Story(Record, tag="story", frozen=True, kw_only=True):
    """A win or a sticky situation as it was told, or thanks to somebody (`praise`).

    text: the words as typed, with only the understood marks lifted out. line: the whole line as typed.
    people, standards: ids, in the order named. customer: a name, or empty.
    meeting: the id of the meeting in which it was told; None while it waits to be told.
    unsorted: marks such as `@jo` or `#tga` that fit nobody on the team or no standard; they stay in the text.
    happened, handled, learned, ended: for a sticky situation, what was said about it beyond the line.
    reward: for thanks, what came with them, such as "a free afternoon". award: what that is, and whether it is still
    owed; None where only the words are known. because: for thanks, the id of what they are for: a story, a mention, a
    voice.
    """

    kind: StoryKind
    text: str
    line: str
    people: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    customer: str = ""
    meeting: str | None = None
    starred: bool = False
    private: bool = False
    by_wish: bool = False
    fund: Money | None = None
    unsorted: tuple[str, ...] = ()
    happened: str = ""
    handled: str = ""
    learned: str = ""
    ended: str = ""
    reward: str = ""
    award: Award | None = None
    because: str = ""


class StoryDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said beyond the line: of a sticky situation four parts, of thanks the reward. None leaves a part."""

    happened: str | None = None
    handled: str | None = None
    learned: str | None = None
    ended: str | None = None
    reward: str | None = None
