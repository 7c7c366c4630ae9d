"""`sort-out`: open marks are listed, and one word says what one means in all its stories."""

from __future__ import annotations

from tests.cli.conftest import Cli


def test_open_marks_are_listed_with_whom_they_may_mean(cli: Cli) -> None:
    assert cli("sort-out").err == "There is nothing to sort out.\n"
    cli("win", "@jo carried the boxes")
    cli("win", "@Jo and @tim swept up")
    added = cli("team", "add", "Jo", "Byrne")
    assert added.err == "“@Jo” needs sorting out in 2 stories: meetingtool sort-out @Jo --as @jo\n"
    listed = cli("sort-out", "--json").json
    assert [(each["mark"], each["may_be"], len(each["stories"])) for each in listed] == [
        ("@Jo", ["jo"], 2),
        ("@tim", [], 1),
    ]
    assert "Jo Byrne (@jo)" in cli("sort-out").out
    assert "carried the boxes" in cli("sort-out", "jo").out


def test_a_mark_is_credited_everywhere_and_undone_at_once(cli: Cli) -> None:
    cli("win", "@jo carried the boxes")
    cli("win", "@jo rang back")
    assert cli("sort-out", "@jo", "--as", "@tom").out == "@jo is @tom  Tom Ng in 2 stories\n"
    assert len(cli("history", "@tom", "--json").json) == 2
    cli("undo")
    assert len(cli("history", "is:unsorted", "--json").json) == 2


def test_a_mark_can_be_somebody_new_a_standard_or_plain_words(cli: Cli) -> None:
    cli("win", "@jo carried the boxes @home #ring-back")
    assert cli("sort-out", "@jo", "--new", "Jo Byrne").out == "@jo is @jo  Jo Byrne in 1 story\n"
    assert cli("sort-out", "ring-back", "--as", "own-it").out == "#ring-back is #own-it in 1 story\n"
    assert cli("sort-out", "@home", "--plain").out == "@home is plain words in 1 story\n"
    story = cli("history", "--json").json[0]
    assert (story["people"], story["standards"], story["unsorted"]) == (["jo"], ["own-it"], [])
    assert "@home" in story["text"]


def test_what_can_not_be_is_refused(cli: Cli) -> None:
    cli("win", "@jo carried the boxes #ring-back")
    assert "is not waiting to be sorted out" in cli("sort-out", "@tim", "--plain", code=1).err
    assert "stands for a standard" in cli("sort-out", "#ring-back", "--new", "Jo", code=1).err
    assert "Nobody on the team is called" in cli("sort-out", "@jo", "--as", "@nobody", code=1).err
    cli("sort-out", "@jo", "--plain", "--new", "Jo", code=2)
    cli("sort-out", "--plain", code=2)


def test_a_mark_that_is_a_last_name_asks_for_whoever_has_it(cli: Cli) -> None:
    cli("win", "@o'brien stayed late")
    told = cli("team", "add", "Sean O'Brien").err
    assert told == "“@o'brien” needs sorting out in 1 story: meetingtool sort-out @o'brien --as @sean\n"
    assert "Sean" in cli("rate", "OBrien", "own-it", "4").out
