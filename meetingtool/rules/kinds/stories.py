"""Stories, and the promises and actions that come out of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from meetingtool.records.followups import FollowUp, Moved
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, ListingRow, Part, called, in_full
from meetingtool.rules.roster import Roster


class StoryKind(Kind[Story]):
    """A win, a sticky situation or thanks."""

    record = Story
    sorts = {
        "win": called("win"),
        "sticky": called("sticky", "stickies", long="sticky situation", found="sticky situations"),
        "praise": called("thanks", "thanks"),
    }
    together = (("text", "line", "unsorted"), ("reward", "award"))
    searched = True
    people_in = ("people",)
    written = frozenset({"text", "line", "happened", "handled", "learned", "ended", "reward", "unsorted"})

    def sort(self, record: Story) -> str:
        return record.kind

    def text(self, record: Story, roster: Roster) -> str:
        return record.text

    def standards(self, record: Story) -> tuple[str, ...]:
        return record.standards

    def customer(self, record: Story) -> str:
        return record.customer

    def parts(self, record: Story) -> tuple[Part, ...]:
        told = [(title, getattr(record, field)) for field, title in wording.TOLD_PARTS]
        return tuple((title, said) for title, said in (*told, ("Reward", record.reward)) if said)

    def facts(self, record: Story, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("who", _who(record, roster), tone="people"),
            *(Fact("standard", in_full(standard, roster), tone="standards") for standard in record.standards),
            Fact("customer", wording.one_line(record.customer)),
            Fact("told", told_where(record, behind, roster.today), behind.meeting.ref if behind.meeting else ""),
            Fact("for", wording.shortened(behind.because, 300) if behind.because else ""),
            *_award(record, roster.today),
            Fact("from fund", wording.money(record.fund) if record.fund else ""),
            Fact("to sort out", wording.one_line(" ".join(record.unsorted)), tone="unsorted"),
        ]

    def links(self, record: Story, roster: Roster, behind: Background) -> list[Fact]:
        from meetingtool.rules.kinds.people import rated

        return [
            *super().links(record, roster, behind),
            *(Fact("cited in", f"rating: {rated(each, roster)}", each.ref) for each in behind.ratings),
            *(Fact("cited in", "evaluation", each.ref) for each in behind.evaluations),
        ]

    def texts(self, record: Story) -> tuple[str, ...]:
        return record.text, record.happened, record.handled, record.learned, record.ended, record.reward

    def flags(self, record: Story) -> frozenset[str]:
        signs = (
            ("starred", record.starred),
            ("waiting", record.meeting is None),
            ("unsorted", bool(record.unsorted)),
        )
        return super().flags(record) | {sign for sign, there in signs if there}

    def row(self, record: Story, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {
            "starred": record.starred,
            "told": record.meeting is not None,
            "happened": record.happened,
            "handled": record.handled,
            "learned": record.learned,
            "ended": record.ended,
        }

    def shape(self, record: Story, roster: Roster) -> dict[str, object]:
        return self.whole_row(record, roster) | {
            "line": record.line,
            "people_ids": record.people,
            "standards_ids": record.standards,
            "meeting": record.meeting,
            "fund": record.fund,
            "unsorted": record.unsorted,
        }

    def differences(self, before: Story, after: Story, roster: Roster) -> Iterator[str]:
        from meetingtool.rules.stories.changes import of_story

        return of_story(before, after, roster)


class FollowUpKind(Kind[FollowUp]):
    """A promise to a customer or an action for the team."""

    record = FollowUp
    sorts = {
        "promise": called("promise", title="Promise to a customer", found="promises to customers"),
        "action": called("action", found="actions for the team"),
    }
    together = (("text", "unsorted"), ("state", "decided_at", "note"))
    searched = True
    people_in = ("people",)
    written = frozenset({"text", "note", "unsorted"})

    def sort(self, record: FollowUp) -> str:
        return record.kind

    def text(self, record: FollowUp, roster: Roster) -> str:
        return record.text

    def customer(self, record: FollowUp) -> str:
        return record.customer

    def remark(self, record: FollowUp, roster: Roster) -> str:
        due = f", due {wording.day(record.due, roster.today)}" if record.due and record.state == "open" else ""
        return f"{record.state}{due}"

    def parts(self, record: FollowUp) -> tuple[Part, ...]:
        return (("Note", record.note),) if record.note else ()

    def facts(self, record: FollowUp, roster: Roster, behind: Background) -> list[Fact]:
        today = roster.today
        due = f" ({wording.due(record.due, today)})" if record.due and record.state == "open" else ""
        return [
            Fact("who", _who(record, roster) or "nobody has taken it on yet", tone="people"),
            Fact("customer", wording.one_line(record.customer)),
            Fact("made", told_where(record, behind, today), behind.meeting.ref if behind.meeting else ""),
            Fact("state", _state(record, today), tone="state"),
            Fact("due", f"{_day(record.due, today)}{due}"),
            *(Fact("moved", _move(move, today)) for move in record.moves),
            Fact("to sort out", wording.one_line(" ".join(record.unsorted)), tone="unsorted"),
        ]

    def links(self, record: FollowUp, roster: Roster, behind: Background) -> list[Fact]:
        story = behind.story
        return [Fact("out of", f"{story.kind}: {wording.shortened(story.text, 60)}", story.ref)] if story else []

    def texts(self, record: FollowUp) -> tuple[str, ...]:
        return record.text, record.note

    def flags(self, record: FollowUp) -> frozenset[str]:
        return super().flags(record) | {record.state} | ({"unsorted"} if record.unsorted else set())

    def row(self, record: FollowUp, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {
            "state": record.state,
            "due": record.due,
            "decided": record.decided_at.date() if record.decided_at else None,
            "story": record.story,
            "note": record.note,
        }

    def shape(self, record: FollowUp, roster: Roster) -> dict[str, object]:
        return self.whole_row(record, roster) | {
            "overdue": record.state == "open" and record.due is not None and record.due < roster.today,
            "decided_at": record.decided_at,
            "moves": [{"from": move.old, "to": move.new, "moved_at": move.moved_at} for move in record.moves],
            "people_ids": record.people,
            "meeting": record.meeting,
            "unsorted": record.unsorted,
        }

    def differences(self, before: FollowUp, after: FollowUp, roster: Roster) -> Iterator[str]:
        from meetingtool.rules.stories.changes import of_follow_up

        return of_follow_up(before, after, roster)


def told_where(record: Story | FollowUp, behind: Background, today: date) -> str:
    """In which meeting it was told or made, or when it was noted."""
    if behind.meeting is not None:
        title = wording.one_line(behind.meeting.title)
        held = wording.day(behind.meeting.at.date(), today)
        return f"{title}, {held}, {wording.clock(record.made_at.astimezone(record.at.tzinfo))}"
    noted = f"noted {wording.moment(record.made_at, today)}"
    return f"{noted}; waits to be told" if isinstance(record, Story) else noted


def _award(story: Story, today: date) -> list[Fact]:
    """Whether the reward of thanks is owed or given, its kind, its value, and the day it was handed over."""
    if story.award is None:
        return []
    from meetingtool.rules.stories.thanks import KINDS  # a win starts without it

    award = story.award
    value, day = wording.money(award.value) if award.value else "", wording.day(award.on, today) if award.on else ""
    return [Fact(award.state, " · ".join(filter(None, (KINDS[award.kind], value, day))))]


def _who(record: Story | FollowUp, roster: Roster) -> str:
    return wording.listed([wording.one_line(roster.full_name(person)) for person in record.people])


def _state(record: FollowUp, today: date) -> str:
    when = f" {wording.day(record.decided_at.date(), today)}" if record.decided_at else ""
    return f"{record.state}{when}"


def _move(move: Moved, today: date) -> str:
    return f"from {_day(move.old, today)} to {_day(move.new, today)}, agreed {_day(move.moved_at.date(), today)}"


def _day(when: date | None, today: date) -> str:
    return wording.day(when, today) if when else "no date"
