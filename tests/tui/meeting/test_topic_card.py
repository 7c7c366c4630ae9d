"""What the screen shows for a part of the meeting: its hints name the keys that work where the cursor is."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.records.meetings import Segment
from meetingtool.records.stories import Award
from meetingtool.store import Workspace
from meetingtool.tui.meeting.segment_rows import TOPICS
from meetingtool.tui.meeting.topic_card import topic_card

LETTER = re.compile(r"(?<![\w’'^])[b-zA-Z](?!\w| in Customers)")
"""A key of one letter; not the word "a", and not one of another screen."""

OUT_OF_THE_LINE = re.compile("Escape, then [a-zA-Z](?: agrees and e)?")


def test_in_the_line_no_hint_of_any_part_names_a_letter_without_the_way_out_of_the_line(
    workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria rang back twice", now)
    record_follow_up(workspace, "promise", "ring back by today", now)
    thank(workspace, "@maria stayed late", now, reward="tickets", award=Award("ticket", "owed"))
    started = start_meeting(workspace, now)
    meeting = msgspec.structs.replace(started, standard=None)
    desk = Desk(workspace, lambda: now)
    found = {}
    for typing in (True, False):
        for topic in TOPICS:
            card = topic_card(desk, meeting, Segment(title="Part", topic=topic, seconds=60), typing=typing).plain
            found[topic, typing] = (card, len(OUT_OF_THE_LINE.findall(card)))
            if typing:
                assert not LETTER.search(OUT_OF_THE_LINE.sub("", card)), card
            else:
                assert "Escape" not in card
                assert len(LETTER.findall(card)) >= found[topic, True][1]
    ways = {topic: count for (topic, typing), (_, count) in found.items() if typing and count}
    assert ways == {"standard": 1, "follow-ups": 1, "role-play": 2, "pulse": 1, "thanks": 1}
    assert "↑, then Enter on one" in found["wins", True][0]
    assert "meeting: Enter on one" in found["wins", False][0]
