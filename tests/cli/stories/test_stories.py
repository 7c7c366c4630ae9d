"""Recording stories and promises, from the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from tests.cli.conftest import Cli

LINE = '@maria @tom stayed until the courier called #own-it ^Acme !"refund posted" by fri fund:25 +'


def stories(folder: Path) -> list[Story]:
    with Workspace.open(folder) as workspace:
        return workspace.find(Story)


def follow_ups(folder: Path) -> list[FollowUp]:
    with Workspace.open(folder) as workspace:
        return workspace.find(FollowUp)


def test_a_win_prints_what_was_understood_and_its_reference(cli: Cli, folder: Path) -> None:
    told = cli("win", LINE)
    story, promise = stories(folder)[0], follow_ups(folder)[0]
    assert told.lines == [
        f"win {story.ref}  Maria, Tom · #own-it · Acme · £25.00 · starred",
        f"promise {promise.ref}  refund posted · Acme · Maria, Tom · by Fri 27 Nov",
    ]
    assert told.err == ""


def test_words_need_no_quotes(cli: Cli, folder: Path) -> None:
    cli("win", "@tom", "kept", "it", "at", "-5", "degrees", "--on", "yesterday", "-", "really")
    story = stories(folder)[0]
    assert story.text == "kept it at -5 degrees - really"
    assert story.at.date().isoformat() == "2026-11-23"


def test_what_nobody_answers_to_is_told_beside_the_data(cli: Cli) -> None:
    told = cli("win", "@jo helped #tga")
    assert "to sort out: @jo, #tga (kept in the text)" in told.err
    assert told.out.startswith("win ")
    assert len(told.lines) == 1


def test_a_sticky_situation_takes_what_is_said_beyond_its_line(cli: Cli, folder: Path) -> None:
    cli("sticky", "Late again", "--happened", "Van broke", "--handled", "Rang all", "--learned", "-", "--ended", "Fine")
    story = stories(folder)[0]
    assert (story.kind, story.happened, story.handled, story.ended) == ("sticky", "Van broke", "Rang all", "Fine")


def test_private_is_a_word_or_an_option(cli: Cli, folder: Path) -> None:
    assert cli("sticky", "shouted", "--private").out.rstrip().endswith("private")
    assert cli("sticky", "shouted", "~").out.rstrip().endswith("private")
    assert [story.private for story in stories(folder)] == [True, True]


def test_promises_and_actions_have_their_date_at_the_end(cli: Cli, folder: Path) -> None:
    assert (
        cli("promise", "@tom refund posted ^Acme by fri")
        .out.rstrip()
        .endswith("refund posted · Acme · Tom · by Fri 27 Nov")
    )
    assert cli("action", "tell the depot").out.rstrip().endswith("tell the depot · no date")
    assert [made.kind for made in follow_ups(folder)] == ["promise", "action"]


def test_standard_input_gives_a_story_a_line(cli: Cli, folder: Path) -> None:
    told = cli("win", "-", stdin="@tom one\n\n  \r\r\n@maria two #listen\rthree, ^Acme")
    assert [story.text for story in stories(folder)] == ["one", "two", "three"]
    assert len(told.lines) == 3


def test_every_line_is_tried_and_those_that_fail_are_told_with_their_number(cli: Cli, folder: Path) -> None:
    told = cli("win", "-", stdin=f"one\n{'x' * 200_001}\n\nthree\n", code=1)
    assert [story.text for story in stories(folder)] == ["one", "three"]
    assert told.err.splitlines() == [
        "meetingtool: line 2: The line has 200,001 letters; at most 200,000 can be kept. Record the part that matters.",
        "meetingtool: 1 line of 3 not recorded; the others are.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_standard_input_may_come_from_any_program(cli: Cli, folder: Path, encoding: str) -> None:
    raw = "@zoë fand die Schlüssel\ncafé\n".encode(encoding)
    cli("win", "-", stdin=b"\xff\xfe" + raw if encoding == "utf-16-le" else raw)
    assert [story.text for story in stories(folder)] == ["fand die Schlüssel", "café"]
    assert len(stories(folder)[0].people) == 1


def test_nul_characters_of_a_pipe_are_taken_out_and_told(cli: Cli, folder: Path) -> None:
    told = cli("win", "-", stdin=b"one\x00 two\n\x00\n")
    assert "NUL characters were removed." in told.err
    assert [story.text for story in stories(folder)] == ["one two"]


def test_a_program_given_for_lines_is_refused_before_any_of_it_is_recorded(cli: Cli) -> None:
    noise = bytes((number * 7919 + number // 13) % 256 for number in range(3000))
    for data in (noise, b"\x7fELF\x02\x01\x01" + bytes(9) + noise):
        assert "is not text" in cli("win", "-", stdin=data, code=1).err
    assert cli("history", "--json").json == []


def test_the_path_of_a_file_is_no_story_nor_complaint(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "told.txt"
    file.write_bytes(b"one")
    for words in (("win", str(file)), ("complaint", "import", str(file)), ("said", "import", "gone.csv")):
        assert "names a file and tells nothing" in cli(*words, code=1).err
    assert cli("history", "--json").json == cli("complaint", "list", "--all", "--json").json == []
    cli("win", "import delayed")


def test_an_empty_list_is_told(cli: Cli) -> None:
    told = cli("win", "-", stdin="\n \n")
    assert (told.out, told.err) == ("", "There was no line to record.\n")


def test_an_option_of_a_list_counts_for_every_line(cli: Cli, folder: Path) -> None:
    cli("sticky", "-", "--private", "--on", "2026-11-20", stdin="one\ntwo\n")
    assert [(s.private, s.at.date().isoformat()) for s in stories(folder)] == [(True, "2026-11-20")] * 2
    assert "about one story" in cli("sticky", "-", "--learned", "x", stdin="one\n", code=2).err


def test_nothing_to_record_is_wrong_usage_where_nobody_can_be_asked(cli: Cli) -> None:
    assert "Say what to record: meetingtool win TEXT" in cli("win", code=2).err


def test_a_terminal_is_asked_for_the_line_where_no_shell_gets_at_its_marks(cli: Cli, folder: Path) -> None:
    cli("win", typed='@tom rang back #listen !"done" by fri\n')
    assert (stories(folder)[0].text, len(stories(folder)[0].standards)) == ("rang back", 1)


def test_a_line_that_only_promises_is_a_promise_and_no_win(cli: Cli, folder: Path) -> None:
    assert cli("win", "> @tom tidy up by fri").out.split()[0] == "action"
    assert stories(folder) == []
    assert "That is in 12 months. To correct it" in cli("promise", "refund by 22 Nov").err


@pytest.mark.parametrize("text", ["", "   ", "\n", "\t"])
def test_an_empty_story_is_refused(cli: Cli, folder: Path, text: str) -> None:
    refused = cli("win", text, code=1)
    assert refused.err == (
        "meetingtool: There is nothing to record: the line is empty. Say in a few words what happened.\n"
    )
    assert stories(folder) == []


def test_a_story_of_a_hundred_thousand_characters_is_kept(cli: Cli, folder: Path) -> None:
    told = cli("win", "-", stdin="word " * 20_000)
    assert len(told.out) < 100
    assert len(stories(folder)[0].text) == 99_999


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2026-02-30", "There is no 30 February 2026."),
        ("31/11/2026", "There is no 31 November 2026."),
        ("soon", "“soon” can't be read as a date."),
        ("tomorrow", "Wed 25 Nov has not come yet."),
        ("", "A date is needed."),
    ],
)
def test_a_day_that_is_none_is_refused_and_nothing_recorded(cli: Cli, folder: Path, date: str, said: str) -> None:
    refused = cli("win", "x", "--on", date, code=1)
    assert refused.err.startswith(f"meetingtool: {said}")
    assert len(refused.err.splitlines()) == 1
    assert stories(folder) == []


def test_hostile_text_is_kept_exactly_and_printed_harmlessly(cli: Cli, folder: Path) -> None:
    nasty = '[/foo] \x1b[31mred\x07 \u202eevil ^"Ev\x1bil\u202e" #own-it'
    told = cli("promise", nasty)
    assert not any(letter in told.out for letter in "\x1b\x07\u202e")
    assert "[/foo] ␛[31mred␇ <U+202E>evil" in told.out
    assert follow_ups(folder)[0].text == "[/foo] \x1b[31mred\x07 \u202eevil"
    assert follow_ups(folder)[0].customer == "Ev\x1bil\u202e"


def test_what_is_recorded_while_a_meeting_runs_is_told_in_it(cli: Cli, folder: Path) -> None:
    cli("meeting", "start")
    cli("win", "in it")
    cli("promise", "in it too")
    cli("win", "before it", "--on", "yesterday")
    cli("meeting", "close")
    cli("win", "after it")
    with Workspace.open(folder) as workspace:
        meeting = workspace.find(Meeting)[0].id
    assert {story.text: story.meeting for story in stories(folder)} == {
        "before it": None,
        "in it": meeting,
        "after it": None,
    }
    assert follow_ups(folder)[0].meeting == meeting


def test_help_says_what_the_shell_does_to_the_marks(cli: Cli) -> None:
    helped = cli("win", "-h")
    assert "single quotes" in " ".join(helped.out.split())
    assert "@maria" in helped.out


def test_a_due_date_that_does_not_exist_is_told_with_its_reason(cli: Cli) -> None:
    told = cli("win", "@tom rang !call back by 31 Feb")
    assert told.err == "! There is no 31 February 2027. It stays in the text, and there is no date.\n"
    assert "call back by 31 Feb · Tom · no date" in told.out
    told = cli("promise", "call back by fri 5 dec")
    assert told.err == "! 5 December 2026 is a Saturday. It stays in the text, and there is no date.\n"


def test_due_dates_are_read_in_the_teams_order_of_day_and_month(cli: Cli) -> None:
    cli("settings", "set", "dates", "month-first")
    assert "by Fri 4 Dec" in cli("win", "@maria helped !call back by 12/4").out
    assert "by Sat 2 Jan 2027" in cli("promise", "refund posted ^Acme by 1/2/2027").out
    ref = cli("promise", "ring").out.split()[1]
    assert "by Tue 8 Dec" in cli("edit", ref, "ring by 12/8").out


def test_an_earlier_day_does_not_change_when_tomorrow_is(cli: Cli) -> None:
    assert "by Wed 25 Nov" in cli("win", "@tom rang !call by tomorrow", "--on", "last mon").out


def test_a_date_that_is_typed_again_after_it_has_passed_stays(cli: Cli, now: datetime) -> None:
    ref = cli("promise", "ring ^Acme by 10 Nov", at=now - timedelta(days=21)).out.split()[1]
    assert "by Tue 10 Nov" in cli("edit", ref, "ring ^Acme twice by 10 Nov").out
    assert cli("show", ref, "--json").json["moves"] == []
