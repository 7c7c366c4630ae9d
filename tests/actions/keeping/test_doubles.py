"""What may exist once and is there twice after a merge is found, and told apart."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from meetingtool.actions.keeping.doubles import tell_apart, twice
from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.actions.people.team import add_person
from meetingtool.actions.playbook.standards import add_standard
from meetingtool.actions.reading import roster_of
from meetingtool.store import Workspace
from meetingtool.store.conflicted import conflicted_copies
from meetingtool.store.merging import merge


@pytest.fixture
def merged(folder: Path, tmp_path: Path, now: datetime) -> Workspace:
    """A workspace into which that of another computer was merged, where the same was done a minute later."""
    elsewhere = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    for place, title, name, moment in (
        (folder, "Answers quickly", "Ada Byron", now),
        (elsewhere, "Is quick", "Ada Byron", now + timedelta(minutes=1)),
    ):
        with Workspace.open(place, user="pat") as workspace:
            add_person(workspace, name, moment, number="0007")
            add_standard(workspace, "quick", title, "Within the day", moment)
            start_meeting(workspace, moment)
    for book in elsewhere.glob("*.json"):
        shutil.copy(book, folder / f"{book.stem} (conflicted copy 2026-11-24 090000).json")
    opened = Workspace.open(folder, user="pat")
    for copy in conflicted_copies(folder):
        merge(folder, copy, user="pat", now=now)
    opened.refresh()
    return opened


def test_two_of_one_handle_number_or_tag_and_two_open_meetings_are_found(merged: Workspace) -> None:
    with merged:
        found = [finding.message for finding in twice(merged)]
    assert found[:3] == [
        "Ada Byron and Ada Byron have the handle @ada.",
        "Standards “Answers quickly” and “Is quick” have the tag #quick.",
        "Ada Byron and Ada Byron have the employee number 0007.",
    ]
    assert found[3].startswith("2 meetings are open at once: ")


def test_the_second_gets_a_handle_and_a_tag_of_its_own_and_both_can_be_addressed(
    merged: Workspace, now: datetime
) -> None:
    with merged:
        assert tell_apart(merged, now) == [
            "Ada Byron and Ada Byron had the handle @ada; the second is @ada-b now. If they are one person: "
            "meetingtool team merge @ada @ada-b",
            "Standards “Answers quickly” and “Is quick” had the tag #quick; the second is #quick-2 now.",
        ]
        roster = roster_of(merged, now.date())
        first, second = roster.person("@ada"), roster.person("@ada-b")
        assert first is not None and second is not None and first.made_at < second.made_at
        assert [standard.title for standard in roster.standards[-2:]] == ["Answers quickly", "Is quick"]
        assert tell_apart(merged, now) == []


def test_nothing_is_found_where_everything_is_there_once(workspace: Workspace, now: datetime) -> None:
    start_meeting(workspace, now)
    assert (twice(workspace), tell_apart(workspace, now)) == ([], [])
