"""All kinds of records. Whoever has a record asks here what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.kinds.complaints import ComplaintKind
from meetingtool.rules.kinds.contacts import ContactKind, HandsOnKind
from meetingtool.rules.kinds.customers import CustomerKind, CustomerListKind
from meetingtool.rules.kinds.kind import BOOKKEEPING, Kind, KindWords, ListingRow
from meetingtool.rules.kinds.meetings import AgendaKind, MeetingKind
from meetingtool.rules.kinds.people import EvaluationKind, PersonKind, RatingKind
from meetingtool.rules.kinds.philosophy import GroupKind, StatementKind
from meetingtool.rules.kinds.playbook import QuestionKind, ScenarioKind, SettingsKind, StandardKind
from meetingtool.rules.kinds.pulse import PulseKind
from meetingtool.rules.kinds.stories import FollowUpKind, StoryKind
from meetingtool.rules.kinds.surveys import (
    AlertKind,
    BatchKind,
    ComparisonKind,
    LeftOutKind,
    MentionKind,
    SurveyKind,
    TellingKind,
)
from meetingtool.rules.kinds.talks import TalkKind
from meetingtool.rules.kinds.training import CourseKind, SessionKind
from meetingtool.rules.kinds.voices import VoiceKind
from meetingtool.rules.roster import Roster

R = TypeVar("R", bound=Record)

KINDS: tuple[Kind[Any], ...] = (
    StoryKind(),
    FollowUpKind(),
    MeetingKind(),
    RatingKind(),
    EvaluationKind(),
    PersonKind(),
    StandardKind(),
    QuestionKind(),
    ScenarioKind(),
    AgendaKind(),
    SettingsKind(),
    SurveyKind(),
    BatchKind(),
    LeftOutKind(),
    MentionKind(),
    AlertKind(),
    ComparisonKind(),
    TellingKind(),
    VoiceKind(),
    CourseKind(),
    SessionKind(),
    ComplaintKind(),
    CustomerKind(),
    CustomerListKind(),
    ContactKind(),
    HandsOnKind(),
    StatementKind(),
    GroupKind(),
    TalkKind(),
    PulseKind(),
)
"""Every kind, in the order in which lists and help name them."""

_BY_TYPE: dict[type[Record], Kind[Any]] = {kind.record: kind for kind in KINDS}

SORTS: dict[str, KindWords] = {sort: words for kind in KINDS for sort, words in kind.sorts.items()}
"""The words for every sort of record."""

SEARCHED: tuple[type[Record], ...] = tuple(kind.record for kind in KINDS if kind.searched)
"""The types of what can be searched for."""

NAMES_A_CUSTOMER: tuple[type[Record], ...] = tuple(
    kind.record for kind in KINDS if "customer" in kind.record.__struct_fields__ and kind.searched
)
"""The types of records that carry a customer's name."""

SEARCHED_SORTS: dict[str, type[Record]] = {sort: kind.record for kind in KINDS if kind.searched for sort in kind.sorts}
"""What `is:` finds a record by, with the type of such records."""


def kind_of(record: Record) -> Kind[Any]:
    """The kind of a record."""
    return _BY_TYPE[type(record)]


def sort_of(record: Record) -> str:
    """`win`, `sticky`, `promise`, `action`, `rating` and so on."""
    return kind_of(record).sort(record)


def words_for(record: Record) -> KindWords:
    """What the record is called."""
    return kind_of(record).words(record)


def name_of(record: Record, roster: Roster) -> str:
    """A few words that tell the record from others of its kind, in one line."""
    from meetingtool.rules.wording import one_line

    return one_line(kind_of(record).name(record, roster))


def row_of(record: Record, roster: Roster) -> ListingRow:
    """The record as a row of a listing (`Kind.whole_row`)."""
    return kind_of(record).whole_row(record, roster)


def with_ids_replaced(record: R, to: Mapping[str, str]) -> R:
    """The record in the same version with ids of people replaced; the very same object when it names none of them. to:
    old id -> new id. What is locked in an evaluation stays word for word.
    """
    exchanged: R = kind_of(record).with_ids_replaced(record, to) if to else record
    return exchanged


def differences(before: Record, after: Record, roster: Roster) -> tuple[str, ...]:
    """What became different between two versions of a record, a phrase each."""
    before, after = with_ids_replaced(before, roster.merged), with_ids_replaced(after, roster.merged)
    return tuple(kind_of(after).differences(before, after, roster))


def differences_in_room(before: Record, after: Record, roster: Roster) -> tuple[str, ...]:
    """Likewise while the screen is shared. What a field says may be for the manager only, as notes of a meeting can be,
    so it is only named; stories and follow-ups are shown with all their words, or not at all."""
    from meetingtool.rules.kinds.values import label

    if isinstance(after, Story | FollowUp):
        return differences(before, after, roster)
    fields = [field for field in after.__struct_fields__ if field not in BOOKKEEPING - {"at", "removed_at"}]
    return tuple(label(field) for field in fields if getattr(before, field) != getattr(after, field))
