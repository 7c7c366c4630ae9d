"""Promises and actions from the command line."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cli.conftest import Cli


def ref_of(told: str) -> str:
    """The reference in a printed line."""
    return told.split()[1]


def test_what_is_open_is_listed_by_urgency_with_the_overdue_first(cli: Cli) -> None:
    cli("action", "tidy the shelf")
    cli("promise", "@tom loan bike back ^Ahmed by fri")
    cli("promise", "refund posted by 22 Nov", "--on", "2026-11-16")
    cli("action", "@zoe order paper by fri")
    listed = cli("follow-up", "list")
    assert [line.split("  ")[-1].strip() for line in listed.lines[2:]] == [
        "refund posted",
        "loan bike back",
        "order paper",
        "tidy the shelf",
    ]
    assert "! 2 days over" in listed.lines[2]
    assert "no date" in listed.lines[5]
    assert listed.err == "! 1 follow-up is overdue.\n"


def test_a_new_promise_whose_day_has_passed_is_told(cli: Cli) -> None:
    told = cli("promise", "@tom loan bike back by yesterday")
    assert "it is overdue at once. To correct it: meetingtool edit" in told.err
    assert cli("promise", "@tom loan bike back by fri").err == ""


def test_the_list_can_be_narrowed(cli: Cli) -> None:
    cli("promise", "@tom one by 22 Nov", "--on", "2026-11-16")
    cli("action", "@zoe two")
    texts = lambda *options: [f["text"] for f in cli("follow-up", "list", "--json", *options).json]  # noqa: E731
    assert texts("--overdue") == ["one"]
    assert texts("--kind", "action") == ["two"]
    assert texts("--who", "zoe") == ["two"]
    assert texts("--who", "maria") == []


def test_json_gives_states_dates_and_moves(cli: Cli) -> None:
    ref = ref_of(cli("promise", "@tom one ^Acme by fri").out)
    cli("follow-up", "move", ref, "next", "tue")
    cli("follow-up", "keep", ref, "--note", "rang at ten")
    assert cli("follow-up", "list", "--json").json == []
    [kept] = cli("follow-up", "list", "--all", "--json").json
    assert (kept["state"], kept["note"], kept["due"], kept["people"]) == ("kept", "rang at ten", "2026-12-01", ["tom"])
    assert kept["overdue"] is False
    assert [(move["from"], move["to"]) for move in kept["moves"]] == [("2026-11-27", "2026-12-01")]


def test_each_decision_is_told_and_undone(cli: Cli) -> None:
    ref = ref_of(cli("promise", "one by fri").out)
    for command, state in (("keep", "kept"), ("miss", "missed"), ("drop", "dropped")):
        assert cli("follow-up", command, ref).out == f"{state} {ref}  one · by Fri 27 Nov\n"
        assert f"is already {state}" in cli("follow-up", command, ref, code=1).err
        cli("undo")
    cli("follow-up", "keep", ref)
    assert cli("follow-up", "reopen", ref).out.startswith(f"open {ref}")


def test_a_date_that_is_past_or_none_is_refused(cli: Cli) -> None:
    ref = ref_of(cli("promise", "one by fri").out)
    assert "Mon 23 Nov is in the past." in cli("follow-up", "move", ref, "2026-11-23", code=1).err
    assert "There is no 31 November 2026." in cli("follow-up", "move", ref, "31", "Nov", code=1).err
    assert cli("follow-up", "move", ref, "never").out == f"open {ref}  one · no date\n"


def test_a_story_is_no_promise(cli: Cli) -> None:
    ref = ref_of(cli("win", "one").out)
    assert f"{ref} is neither a promise nor an action." in cli("follow-up", "keep", ref, code=1).err


def test_an_empty_list_says_what_to_do_next(cli: Cli) -> None:
    listed = cli("follow-up", "list")
    assert listed.out == ""
    assert "meetingtool promise TEXT" in listed.err
    assert cli("follow-up", "list", "--json").json == []


def test_a_date_that_has_passed_is_said_to_count_as_kept_late_when_it_is_moved(cli: Cli) -> None:
    ref = ref_of(cli("promise", "one by 20 Nov", "--on", "2026-11-16").out)
    said = "! Its date, Fri 20 Nov, has passed: kept by a new date, the promise still counts as kept late.\n"
    assert cli("follow-up", "move", ref, "fri").err == said
    assert cli("follow-up", "move", ref, "next", "tue").err == "", "the new date is still to come"
    cli("undo")
    cli("undo")
    assert cli("edit", ref, "one by fri").err == said
    cli("undo")
    assert cli("edit", ref, "two").err == "", "the date stays"


def test_a_list_loses_its_bullets_as_when_it_is_pasted_into_the_app(cli: Cli) -> None:
    cli("promise", "-", stdin="- @tom card posted by fri\n* call Ann by mon\n2. ring back by tue\n")
    told = {row["text"] for row in cli("follow-up", "list", "--json").json}
    assert told == {"card posted", "call Ann", "ring back"}


def test_a_new_date_nearly_a_year_away_is_told_and_a_passed_one_is_refused(cli: Cli, now: datetime) -> None:
    ref = cli("promise", "refund posted by 30 Nov").out.split()[1]
    assert "That is in 12 months" in cli("follow-up", "move", ref, "23 Nov").err
    assert "That is in 12 months" in cli("edit", ref, "refund posted A by 22 Nov").err
    later = now + timedelta(days=10)
    for command in (["follow-up", "move", ref, "1 Dec"], ["edit", ref, "refund posted by 1 Dec"]):
        assert "Tue 1 Dec is in the past" in cli(*command, at=later, code=1).err


def test_lines_given_as_one_text_are_promises_of_their_own(cli: Cli) -> None:
    cli("promise", "@tom a by fri\n\n@tom b by mon")
    assert {(each["text"], each["due"]) for each in cli("follow-up", "list", "--json").json} >= {
        ("a", "2026-11-27"),
        ("b", "2026-11-30"),
    }
