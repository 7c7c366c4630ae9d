"""Minutes and agendas: complete for those who were there, and never with anything private for the team."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from meetingtool.documents.formats import markdown, plaintext
from meetingtool.documents.meeting.agenda import MeetingPlan, agenda
from meetingtool.documents.meeting.minutes import MinutesContent, minutes
from meetingtool.records.followups import FollowUp, Moved
from meetingtool.records.meetings import Attendance, Meeting, Segment
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.meeting.agenda import Quiet
from meetingtool.rules.roster import Roster

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=17)


def base(record_id: str, minute: int = 5) -> dict[str, Any]:
    at = START + timedelta(minutes=minute)
    return {"id": record_id, "at": at, "made_at": at, "made_by": "pat"}


def person(handle: str, name: str) -> Person:
    return Person(**base(handle), handle=handle, name=name)


MARIA, TOM, ZOE = person("maria", "Maria López"), person("tom", "Tom Ng"), person("zoe", "Zoë Martin-Reid")
OWN = Standard(**base("own"), tag="own-it", title="Owns it", behaviour="To the very end", anchors=("",) * 5)
ROSTER = Roster([MARIA, TOM, ZOE], [OWN], START.date())
SEGMENTS = (
    Segment(title="Standard of the week", topic="standard", seconds=60, hint="Read it out."),
    Segment(title="Promises", topic="follow-ups", seconds=90),
    Segment(title="Wins", topic="wins", seconds=240),
    Segment(title="Sticky ones", topic="stickies", seconds=240),
    Segment(title="Question", topic="question", seconds=120),
)


def story(record_id: str, text: str, kind: str = "win", minute: int = 5, **changes: Any) -> Story:
    plain = {"kind": kind, "text": text, "line": text, "people": ("maria",), "meeting": "m1"}
    return Story(**base(record_id, minute) | plain | changes)


def follow_up(record_id: str, text: str, minute: int = 5, **changes: Any) -> FollowUp:
    return FollowUp(**base(record_id, minute) | {"kind": "promise", "text": text, "people": ("tom",)} | changes)


MEETING = Meeting(
    **base("m1", 0),
    title="Weekly meeting",
    segments=(*SEGMENTS, Segment(title="A word on parking", topic="free", seconds=60)),
    state="closed",
    spent=(60, 90, 240, 200, 0, 0),
    attendance=(Attendance("maria", "here"), Attendance("tom", "late"), Attendance("zoe", "absent")),
    standard="own",
    answers=("Ring @tom before they do", "Say sorry once"),
    notes="Door is fixed.\nKeys are with @tom.",
    team_rating=(8, 9, 8),
    closed_at=END,
    next_at=datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
)
STORIES = (
    story("w1", "Stayed on the line", standards=("own",), customer="Acme"),
    story("w2", "SECRET win", private=True),
    story("k1", "Wrong flowers", "sticky", 7, learned="Read it back", ended="She laughed"),
    story("w3", "Told elsewhere", meeting="m0"),
    story("w4", "In the bin", removed_at=END),
    story("w5", "Remembered later", minute=60),
)
FOLLOW_UPS = (
    follow_up("f1", "refund posted", meeting="m1", customer="Acme", due=date(2026, 11, 27)),
    follow_up("f2", "SECRET refund", meeting="m1", story="w2"),
    follow_up("f3", "SECRET action", meeting="m1", private=True),
    follow_up("f4", "call back", -9000, state="kept", decided_at=START + timedelta(minutes=2), note="she was glad"),
    follow_up("f5", "new key", -9000, due=date(2026, 11, 20), kind="action"),
    follow_up(
        "f6",
        "repair",
        -9000,
        due=date(2026, 12, 4),
        moves=(Moved(date(2026, 11, 24), date(2026, 12, 4), START + timedelta(minutes=3)),),
    ),
    follow_up("f7", "kept last week", -9000, state="kept", decided_at=START - timedelta(days=5)),
    follow_up("f8", "SECRET open one", -9000, due=date(2026, 11, 20), private=True),
)
TOLD = MinutesContent(
    meeting=MEETING,
    roster=ROSTER,
    team="Harbour Desk",
    stories=STORIES,
    follow_ups=FOLLOW_UPS,
    question="When did we last surprise a customer?",
)


def test_the_minutes_say_all_that_the_team_should_know() -> None:
    assert markdown.render(minutes(TOLD)) == (
        "# Harbour Desk: Weekly meeting\n\n"
        "Tuesday 24 November 2026, 09:00 to 09:17\n\n"
        "**Here:** Maria  \n**Came late:** Tom  \n**Absent:** Zoë  \n"
        "**The team rated the meeting:** 8.3 of 10 (3 votes)  \n"
        "**Next meeting:** Tuesday 1 December 2026, 09:00\n\n"
        "## Standard of the week\n\n- **#own-it** Owns it: To the very end\n\n"
        "## Promises\n\n"
        "- **Kept** **Promise:** call back · Tom · she was glad\n"
        "- **Still open** **Action:** new key · Tom · by Fri 20 Nov\n"
        "- **Moved** **Promise:** repair · Tom · by Fri 4 Dec\n\n"
        "## Wins\n\n"
        "- **Maria:** Stayed on the line · #own-it · Acme\n"
        "- **Maria:** Remembered later · added on Tue 24 Nov\n\n"
        "## Sticky ones\n\n"
        "- **Maria:** Wrong flowers\n  - What we learned: Read it back\n  - How it ended: She laughed\n\n"
        "## Question\n\nWhen did we last surprise a customer?\n\n- Ring Tom before they do\n- Say sorry once\n\n"
        "## New promises and actions\n\n- **Promise to Acme:** refund posted · Tom · by Fri 27 Nov\n\n"
        "## Notes\n\nDoor is fixed.  \nKeys are with Tom.\n\n"
        "## Not reached, carried over to the next meeting\n\n- A word on parking\n"
    )


@pytest.mark.parametrize("render", [markdown.render, plaintext.render])
def test_nothing_private_stands_in_the_teams_minutes(render: Any) -> None:
    assert "SECRET" not in render(minutes(TOLD))


def test_the_part_for_the_manager_alone_stands_at_the_end() -> None:
    text = markdown.render(minutes(TOLD, private=True))
    team, alone = text.split("## For the manager only")
    assert "SECRET" not in team
    assert "SECRET win" in alone
    assert "SECRET refund" in alone
    assert "SECRET action" in alone


def test_without_anything_private_the_managers_part_says_so() -> None:
    plain = msgspec.structs.replace(TOLD, stories=STORIES[:1], follow_ups=FOLLOW_UPS[:1])
    assert "Nothing private was recorded" in markdown.render(minutes(plain, private=True))


def test_the_minutes_say_how_late_the_meeting_began() -> None:
    told = msgspec.structs.replace(TOLD, planned_for=MEETING.at - timedelta(minutes=7))
    assert "\n\nTuesday 24 November 2026, 09:00 (7 minutes late) to 09:17\n\n" in markdown.render(minutes(told))


def test_minutes_written_months_later_still_tell_what_was_open_then() -> None:
    later = START + timedelta(days=60)
    since_kept = msgspec.structs.replace(FOLLOW_UPS[4], state="kept", decided_at=later)
    since_moved = msgspec.structs.replace(
        FOLLOW_UPS[4], due=date(2027, 3, 1), moves=(Moved(date(2026, 11, 20), date(2027, 3, 1), later),)
    )
    for changed in (since_kept, since_moved):
        text = markdown.render(minutes(msgspec.structs.replace(TOLD, follow_ups=[changed])))
        assert "**Still open** **Action:** new key" in text
    not_yet_made = follow_up("f9", "made later", 9000, due=date(2026, 11, 20))
    assert "made later" not in markdown.render(minutes(msgspec.structs.replace(TOLD, follow_ups=[not_yet_made])))


def test_an_empty_meeting_has_minutes_too() -> None:
    empty = Meeting(**base("m9", 0), title="Weekly meeting", segments=SEGMENTS)
    text = plaintext.render(minutes(MinutesContent(meeting=empty, roster=ROSTER, team="Harbour Desk")))
    assert text == (
        "Harbour Desk: Weekly meeting\n============================\nTuesday 24 November 2026, 09:00, not closed yet\n"
    )


def test_plain_text_keeps_to_the_width_of_an_e_mail() -> None:
    long = msgspec.structs.replace(TOLD, stories=[story("w1", "stayed on the line " * 20)])
    text = plaintext.render(minutes(long))
    assert max(len(line) for line in text.splitlines()) <= 72
    assert "\nWins\n----\n- Maria: stayed on the line" in text


def test_hostile_words_stand_as_typed_in_both_formats() -> None:
    hostile = "[x](javascript:1) <b> | # `q` \x1b[31m \u202e"
    shown = "[x](javascript:1) <b> | # `q` ␛[31m <U+202E>"
    found = msgspec.structs.replace(
        TOLD,
        stories=[story("w1", hostile, customer=hostile)],
        meeting=msgspec.structs.replace(MEETING, notes=hostile, answers=(hostile,)),
    )
    assert plaintext.render(minutes(found), 500).count(shown) == 4
    marked = markdown.render(minutes(found))
    assert "\x1b" not in marked
    assert "[x](javascript" not in marked.replace("\\[x\\]", "")
    assert "<b>" not in marked


PLAN = MeetingPlan(
    team="Harbour Desk",
    title="Weekly meeting",
    at=START,
    segments=SEGMENTS,
    roster=ROSTER,
    standard=OWN,
    question=Question(**base("q1"), text="What would you miss?", audience="team"),
    scenario=Scenario(
        **base("s1"),
        title="The lost parcel",
        customer="Rings for the third time",
        employee="Knows nothing",
        look_for=("calm",),
    ),
    due=FOLLOW_UPS[4:6] + FOLLOW_UPS[7:],
    waiting=[story("w7", "Noted on Friday", meeting=None), story("w8", "SECRET wait", meeting=None, private=True)],
    quiet=[Quiet(ZOE, 35)],
)


def test_the_agenda_shows_the_meeting_as_it_will_run() -> None:
    assert markdown.render(agenda(PLAN)) == (
        "# Harbour Desk: Weekly meeting\n\n"
        "Tuesday 24 November 2026, 09:00, 12½ minutes\n\n"
        "## 1. Standard of the week (1 minute)\n\nRead it out.\n\n\\#own-it Owns it: To the very end\n\n"
        "## 2. Promises (1½ minutes)\n\n"
        "- **Action:** new key · Tom · 4 days over\n- **Promise:** repair · Tom · Fri 4 Dec\n\n"
        "## 3. Wins (4 minutes)\n\nWaiting to be told:\n\n- **Maria:** Noted on Friday\n\n"
        "## 4. Sticky ones (4 minutes)\n\n"
        "## 5. Question (2 minutes)\n\nWhat would you miss?\n\n"
        "## Role-play of the week\n\n**The lost parcel**\n\nKnows nothing\n"
    )


def test_a_length_is_told_in_minutes() -> None:
    odd = msgspec.structs.replace(PLAN, segments=[Segment(title="Wins", topic="wins", seconds=1035)])
    assert ", 09:00, 17:15 minutes\n\n## 1. Wins (17:15 minutes)\n" in markdown.render(agenda(odd))
    short = msgspec.structs.replace(PLAN, segments=[Segment(title="Wins", topic="wins", seconds=45)])
    assert "## 1. Wins (45 seconds)" in markdown.render(agenda(short))


def test_the_managers_agenda_has_what_is_private_and_says_whose_it_is() -> None:
    text = markdown.render(agenda(PLAN, private=True))
    assert "For the manager only." in text
    assert "SECRET wait · private" in text
    assert "SECRET open one" in text
    assert "Watch for: calm" in text
    assert "## Not heard from lately\n\n- Zoë, 5 weeks" in text
    room = markdown.render(agenda(PLAN))
    assert "SECRET" not in room
    assert "Watch for" not in room
