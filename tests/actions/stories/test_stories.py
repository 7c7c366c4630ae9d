"""Recording wins and sticky situations, changing them, taking them back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories import stories
from meetingtool.actions.stories.editing import line_of, revise_story
from meetingtool.actions.stories.lists import record_list
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Conflict, Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import Money
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.store import Workspace

LINE = (
    '@maria @tom stayed with the customer until the courier called back #own-it ^Acme !"refund posted" by fri fund:25 +'
)


def names(workspace: Workspace, ids: tuple[str, ...]) -> list[str]:
    roster = roster_of(workspace, date(2026, 11, 24))
    return [roster.handle(one) for one in ids]


def test_a_line_becomes_a_story_and_its_promise_in_one_step(workspace: Workspace, now: datetime) -> None:
    recorded = record_story(workspace, "win", LINE, now)
    story = recorded.story
    assert story.text == "stayed with the customer until the courier called back"
    assert story.line == LINE
    assert names(workspace, story.people) == ["maria", "tom"]
    assert roster_of(workspace, now.date()).tag(story.standards[0]) == "own-it"
    assert (story.customer, story.starred, story.private, story.unsorted) == ("Acme", True, False, ())
    assert story.fund == Money(2500, "GBP")
    assert [(p.kind, p.text, p.due, p.story) for p in recorded.follow_ups] == [
        ("promise", "refund posted", date(2026, 11, 27), story.id)
    ]
    assert len(workspace.deeds()) - 6 == 1, "set-up, five people, and this one"
    assert undo(workspace, now).what == "win.recorded"
    assert workspace.find(Story) == []
    assert workspace.find(FollowUp) == []


def test_what_is_not_understood_stays_in_the_words_to_be_sorted_out(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "@jo and @tom fixed it #tga", now).story
    assert story.unsorted == ("@jo", "#tga")
    assert "@jo" in story.text
    assert "#tga" in story.text
    assert names(workspace, story.people) == ["tom"]


@pytest.mark.parametrize("line", ["", "   ", "\n\t", "\x00\x00", " \x00 \r\n", "\u200b"])
def test_an_empty_line_is_refused_and_nothing_is_kept(workspace: Workspace, now: datetime, line: str) -> None:
    with pytest.raises(Refused, match="the line is empty"):
        record_story(workspace, "win", line, now)
    assert workspace.find(Story) == []


@pytest.mark.parametrize("line", ["@", "#", "! ", "＠", "+ ~"])
def test_a_line_of_signs_alone_is_refused(workspace: Workspace, now: datetime, line: str) -> None:
    with pytest.raises(Refused, match="nothing to record but"):
        record_story(workspace, "win", line, now)
    assert workspace.find(Story) == []


def test_blanks_without_width_around_a_line_are_no_part_of_it(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "\u200b@tom stayed\ufeff", now).story
    assert (story.line, story.text, names(workspace, story.people)) == ("@tom stayed", "stayed", ["tom"])


def test_a_story_of_a_hundred_thousand_characters_is_kept_whole(workspace: Workspace, now: datetime) -> None:
    long = "word " * 19_999 + "@tom end."
    story = record_story(workspace, "sticky", long, now).story
    assert len(story.text) > 99_000
    assert names(workspace, story.people) == ["tom"]
    with pytest.raises(Refused, match=r"200,001 letters; at most 200,000"):
        record_story(workspace, "sticky", "x" * 200_001, now)


HOSTILE = ["[/foo] [bold]x", "\x1b[31mred\x1b[0m", "a\x00b", "\u202eevil\u202c", "=HYPERLINK(1)", "\udcff", "<b>&amp;"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_typed(workspace: Workspace, now: datetime, text: str) -> None:
    story = record_story(workspace, "win", f"x {text} x", now).story
    kept = workspace.get(Story, story.id)
    assert kept == story
    assert kept.line == f"x {text} x".replace("\udcff", "\ufffd")


@given(line=st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_is_recorded_or_refused_as_empty(line: str) -> None:
    import tempfile
    from pathlib import Path

    from meetingtool.actions.start import set_up

    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "w", create=True, user="pat") as fresh:
        set_up(fresh, "Desk", now)
        try:
            story = record_story(fresh, "win", line, now).story
        except Refused:
            assert not line.strip("\x00 \t\r\n") or not line.strip()
        else:
            assert story.text
            assert fresh.get(Story, story.id) == story


def test_trying_again_never_doubles_a_story(workspace: Workspace, now: datetime) -> None:
    wanted = mint(now)
    first = record_story(workspace, "win", LINE, now, story_id=wanted)
    again = record_story(workspace, "win", LINE, now + timedelta(seconds=3), story_id=wanted)
    assert again.story == first.story
    assert again.follow_ups == first.follow_ups
    assert len(workspace.find(Story)) == 1
    assert len(workspace.find(FollowUp)) == 1


def test_words_of_time_are_read_on_the_day_on_which_they_are_said(workspace: Workspace, now: datetime) -> None:
    line = "@tom rang back !called by tomorrow !written by 22 Nov"
    recorded = record_story(workspace, "win", line, now, on=date(2026, 11, 20))
    assert recorded.story.at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert [follow_up.due for follow_up in recorded.follow_ups] == [date(2026, 11, 25), date(2026, 11, 22)]
    with pytest.raises(Refused, match="Wed 25 Nov has not come yet"):
        record_story(workspace, "win", "@tom rang", now, on=date(2026, 11, 25))


def test_a_line_of_marks_alone_still_has_words(workspace: Workspace, now: datetime) -> None:
    promised = record_story(workspace, "win", '@tom !"refund posted" by fri', now).story
    assert promised.text == "refund posted"
    marks = record_story(workspace, "win", "@tom #own-it", now).story
    assert marks.text == "@tom #own-it"


def test_a_list_is_recorded_whole_or_not_at_all(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused):
        record_list(workspace, [("win", "one"), ("sticky", " "), ("win", "two")], now)
    assert workspace.find(Story) == []
    assert [r.story.text for r in record_list(workspace, [("win", "one"), ("sticky", "two")], now)] == ["one", "two"]
    undo(workspace, now)
    assert workspace.find(Story) == []


def test_a_sticky_situation_can_be_told_in_depth_and_a_win_can_not(workspace: Workspace, now: datetime) -> None:
    told = StoryDetails(happened="The van broke down", handled="@tom rang everyone")
    sticky = record_story(workspace, "sticky", "Late again", now, told=told).story
    assert (sticky.happened, sticky.handled, sticky.learned) == ("The van broke down", "@tom rang everyone", "")
    deeper = stories.deepen(workspace, sticky, StoryDetails(learned=" Check the van "), now)
    assert (deeper.happened, deeper.learned) == ("The van broke down", "Check the van")
    with pytest.raises(Refused, match="Only a sticky situation"):
        stories.deepen(workspace, record_story(workspace, "win", "x", now).story, told, now)


def test_an_edited_line_takes_the_place_of_the_old_and_keeps_its_promises(workspace: Workspace, now: datetime) -> None:
    first = record_story(workspace, "win", LINE, now)
    edited = stories.edit_story(
        workspace, first.story, '@zoe stayed late #listen !"refund posted" by fri >"tell the depot" by mon', now
    )
    assert (edited.story.text, edited.story.version, edited.story.starred) == ("stayed late", 2, False)
    assert names(workspace, edited.story.people) == ["zoe"]
    assert [(f.kind, f.text) for f in workspace.find(FollowUp)] == [
        ("promise", "refund posted"),
        ("action", "tell the depot"),
    ]
    undo(workspace, now)
    assert workspace.get(Story, first.story.id).text == first.story.text
    assert len(workspace.find(FollowUp)) == 1


def test_the_line_to_edit_tells_the_story_as_it_is_now(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "@maria rang back #listen", now).story
    starred = stories.star(workspace, story, now)
    private = stories.set_private(workspace, starred, True, now)
    line = line_of(workspace, private, now)
    same = revise_story(workspace, private, line, StoryDetails(), now)
    assert same == private, "editing nothing saves nothing"
    revised = revise_story(workspace, private, f"{line} and again", StoryDetails(), now)
    assert (revised.starred, revised.private, revised.people) == (True, True, story.people)


def test_a_private_story_takes_its_promises_with_it(workspace: Workspace, now: datetime) -> None:
    recorded = record_story(workspace, "sticky", "~ said a bad word !apologised by fri", now)
    assert recorded.story.private
    assert recorded.follow_ups[0].private
    public = stories.set_private(workspace, recorded.story, False, now)
    assert not public.private
    assert not workspace.find(FollowUp)[0].private
    undo(workspace, now)
    assert workspace.find(FollowUp)[0].private


def test_changing_an_outdated_story_is_a_conflict_that_loses_nothing(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "rang back", now).story
    stories.star(workspace, story, now)
    with pytest.raises(Conflict):
        stories.edit_story(workspace, story, "rang twice", now)
    assert workspace.get(Story, story.id).text == "rang back"


def test_a_waiting_story_is_told_in_a_meeting(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "rang back", now).story
    assert story.meeting is None
    assert stories.tell(workspace, story, mint(now), now).meeting is not None
    assert undo(workspace, now).what == "story.told"
    assert workspace.get(Story, story.id).meeting is None


def test_undo_takes_back_only_its_own_field(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "rang back", now).story
    starred = stories.star(workspace, story, now)
    quiet = msgspec.structs.replace(starred, version=3, customer="Acme")
    workspace.save(quiet, deed="", now=now)
    undo(workspace, now)
    after = workspace.get(Story, story.id)
    assert (after.starred, after.customer) == (False, "Acme")
