"""Meetings and the agendas they are held by."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import msgspec

from meetingtool.records.meetings import Agenda, Attendance, Meeting
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, ListingRow, called
from meetingtool.rules.meeting.answers import read_out, said_in, with_names
from meetingtool.rules.roster import Roster

PRESENT = ("absent", "late", "here")
"""Of two notes about one person at one meeting the last of these counts."""


class MeetingKind(Kind[Meeting]):
    """A held meeting; what is searched are its notes and the answers to its question: the minutes."""

    record = Meeting
    sorts = {"meeting": called("minutes", "minutes", found="minutes: notes and answers")}
    together = (("state", "segments", "segment", "segment_since", "spent", "closed_at"),)
    added_to = frozenset({"notes"})
    listed_by = {"attendance": "person"}
    searched = True
    written = frozenset({"title", "hint", "notes", "answers"})
    words_are_facts = True

    def name(self, record: Meeting, roster: Roster) -> str:
        return record.title

    def own(self, record: Meeting) -> tuple[str, ...]:
        """One meeting is open at a time."""
        return ("the place of the open meeting",) if record.state != "closed" else ()

    def text(self, record: Meeting, roster: Roster) -> str:
        return read_out(record, roster)

    def standards(self, record: Meeting) -> tuple[str, ...]:
        return (record.standard,) if record.standard else ()

    def searched_standards(self, record: Meeting) -> tuple[str, ...]:
        return ()

    def facts(self, record: Meeting, roster: Roster, behind: Background) -> list[Fact]:
        def who(presence: str) -> str:
            names = [roster.short_name(entry.person) for entry in record.attendance if entry.presence == presence]
            return ", ".join(names)

        return [
            Fact("title", record.title),
            Fact("state", record.state),
            Fact("here", who("here"), tone="people"),
            Fact("late", who("late"), tone="people"),
            Fact("absent", who("absent"), tone="people"),
            Fact("standard", f"#{roster.tag(record.standard)}" if record.standard else "", tone="standards"),
            Fact("question", behind.question.text if behind.question else ""),
            *(Fact("answer", with_names(answer, roster)) for answer in record.answers),
            Fact("notes", with_names(record.notes, roster)),
            Fact("rated", ", ".join(map(str, record.team_rating))),
            Fact("next", wording.moment(record.next_at, roster.today) if record.next_at else ""),
        ]

    def links(self, record: Meeting, roster: Roster, behind: Background) -> list[Fact]:
        return [Fact(story.kind, wording.shortened(story.text, 70), story.ref) for story in behind.stories]

    def has_words(self, record: Meeting) -> bool:
        return bool(said_in(record))

    def texts(self, record: Meeting) -> tuple[str, ...]:
        """Each line of the notes by itself, so that the room can be shown some and not others."""
        return record.title, *record.notes.splitlines(), *record.answers

    def row(self, record: Meeting, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {"state": record.state}

    def shape(self, record: Meeting, roster: Roster) -> dict[str, object]:
        return {
            "title": record.title,
            "state": record.state,
            "closed_at": record.closed_at,
            "next_at": record.next_at,
            "segment": record.segment,
            "segments": [
                {"title": segment.title, "topic": segment.topic, "seconds": segment.seconds, "spent": spent}
                for segment, spent in zip(record.segments, record.spent or (0,) * len(record.segments), strict=False)
            ],
            "attendance": [
                {"person": roster.handle(entry.person), "person_id": entry.person, "presence": entry.presence}
                for entry in record.attendance
            ],
            "standard": roster.tag(record.standard) if record.standard else None,
            "standard_id": record.standard,
            "question": record.question,
            "scenario": record.scenario,
            "answers": record.answers,
            "notes": record.notes,
            "team_rating": record.team_rating,
        }

    def with_ids_replaced(self, record: Meeting, to: Mapping[str, str]) -> Meeting:
        """One note for each person, in place of the first one."""
        if not any(entry.person in to for entry in record.attendance):
            return record
        noted: dict[str, Attendance] = {}
        for entry in record.attendance:
            person = to.get(entry.person, entry.person)
            before = noted.get(person)
            best = entry.presence if before is None else max(before.presence, entry.presence, key=PRESENT.index)
            noted[person] = Attendance(person, best)
        return msgspec.structs.replace(record, attendance=tuple(noted.values()))


class AgendaKind(Kind[Agenda]):
    """A named agenda."""

    record = Agenda
    sorts = {"agenda": called("agenda")}
    as_one = frozenset({"segments"})
    written = frozenset({"name", "title", "hint"})

    def name(self, record: Agenda, roster: Roster) -> str:
        return record.name

    def facts(self, record: Agenda, roster: Roster, behind: Background) -> list[Fact]:
        segments = (Fact("part", f"{wording.minutes(segment.seconds)}  {segment.title}") for segment in record.segments)
        return [Fact("name", record.name), *segments]

    def once(self, record: Agenda) -> tuple[Hashable, ...]:
        return (fold(record.name),)
