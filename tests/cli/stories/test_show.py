"""Each kind of record as `show` prints it, with what it is tied to; and how it changed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.cli.conftest import Cli, Result


def ref_of(printed: str, place: int = 0) -> str:
    """The reference in a printed line such as `win 3F7K2Q  Maria`."""
    return printed.splitlines()[place].split()[1]


def fields_of(shown: Result) -> list[tuple[str, str]]:
    """What stands below the words, as names and values."""
    pairs = [line.split("  ", 1) for line in shown.lines[1:] if "  " in line]
    return [(name.strip(), value.strip()) for name, value in pairs]


def refs(cli: Cli, *command: str) -> dict[str, str]:
    """The references that a listing gives, by handle, tag or kind."""
    rows = cli(*command, "--json").json
    return {str(row.get("handle") or row.get("tag") or row.get("kind")): row["ref"] for row in rows}


def test_a_sticky_situation_shows_how_it_went_and_what_is_still_to_sort_out(cli: Cli) -> None:
    ref = ref_of(cli("sticky", '@tom @nobody came too late ^Acme fund:25 #listen !"card posted" by fri ~').out)
    cli("edit", ref, "--happened", "Van broke", "--handled", "Rang", "--learned", "Ring first", "--ended", "Well")
    shown = cli("show", ref)
    assert shown.lines[0].startswith(f"sticky {ref} · Tue 24 Nov")
    assert shown.lines[0].endswith(" · private")
    fields = dict(fields_of(shown))
    assert fields["who"] == "Tom Ng"
    assert fields["customer"] == "Acme"
    assert "25" in fields["from fund"]
    assert fields["to sort out"] == "@nobody"
    assert (fields["what happened"], fields["how it was handled"]) == ("Van broke", "Rang")
    assert (fields["what we learned"], fields["how it ended"]) == ("Ring first", "Well")
    assert fields["told"].endswith("waits to be told")
    assert fields["promise"].endswith("card posted · Acme · Tom · by Fri 27 Nov · private · open")


def test_a_promise_shows_its_course_and_what_it_came_out_of(cli: Cli) -> None:
    cli("meeting", "start")
    told = cli("win", '@maria rang back ^Acme !"refund posted" by fri')
    promise = ref_of(told.out, 1)
    cli("follow-up", "move", promise, "1 Dec")
    cli("follow-up", "keep", promise, "--note", "with a card")
    fields = dict(fields_of(cli("show", promise)))
    assert fields["state"].startswith("kept")
    assert fields["state"].endswith("Tue 24 Nov")
    assert fields["due"] == "Tue 1 Dec"
    assert fields["moved"] == "from Fri 27 Nov to Tue 1 Dec, agreed Tue 24 Nov"
    assert fields["who"] == "Maria Lopez"
    assert fields["note"] == "with a card"
    assert fields["out of"] == f"{ref_of(told.out)}  win: rang back Acme"
    assert "eekly meeting" in fields["made"]


def test_an_overdue_action_that_nobody_has_taken_says_both(cli: Cli, now: datetime) -> None:
    ref = ref_of(cli("action", "sweep the yard by thu").out)
    assert dict(fields_of(cli("show", ref)))["who"] == "nobody has taken it on yet"
    later = cli("show", ref, at=now + timedelta(days=4))
    assert dict(fields_of(later))["due"] == "Thu 26 Nov (2 days over)"


def test_an_action_without_a_date_says_so(cli: Cli) -> None:
    ref = ref_of(cli("action", "@tom sweep the yard").out)
    assert dict(fields_of(cli("show", ref)))["due"] == "no date"


def test_a_rating_shows_what_its_number_means_and_what_it_rests_on(cli: Cli) -> None:
    win = ref_of(cli("win", "@maria rang back #listen").out)
    cli("rate", "@maria", "listen", "5", "--story", win, "--note", "the best of the year")
    standards = cli("standard", "list", "--json").json
    means = next(standard["anchors"]["5"] for standard in standards if standard["tag"] == "listen")
    cited = dict(fields_of(cli("show", win)))["cited in"]
    rating = cited.split()[0]
    fields = dict(fields_of(cli("show", rating)))
    assert fields["person"] == "Maria Lopez"
    assert fields["standard"].startswith("#listen  ")
    assert fields["rating"] == "5"
    assert fields["means"] == means
    assert fields["note"] == "the best of the year"
    assert fields["rests on"] == f"{win}  win: rang back"


def test_a_rating_of_not_seen_has_no_meaning_to_tell(cli: Cli) -> None:
    win = ref_of(cli("win", "@maria rang back #listen").out)
    cli("rate", "@maria", "listen", "not-seen", "--story", win)
    rating = dict(fields_of(cli("show", win)))["cited in"].split()[0]
    fields = dict(fields_of(cli("show", rating)))
    assert fields["rating"] == "not seen"
    assert "means" not in fields


def test_a_rating_outlives_the_story_that_it_rests_on(cli: Cli) -> None:
    win = ref_of(cli("win", "@maria rang back #listen").out)
    cli("rate", "@maria", "listen", "4", "--story", win)
    rating = dict(fields_of(cli("show", win)))["cited in"].split()[0]
    cli("remove", win, "--yes")
    assert win in dict(fields_of(cli("show", rating)))["rests on"]


def test_a_meeting_shows_who_was_there_what_was_said_and_what_was_told(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "attend", "--late", "@tom")
    cli("meeting", "attend", "--absent", "@karim")
    win = ref_of(cli("win", "@maria rang back #listen").out)
    cli("meeting", "answer", "@zoe Ring before noon")
    cli("meeting", "note", "Keys to @tom")
    cli("meeting", "close", "--rating", "8 9")
    meeting = cli("meeting", "list", "--json").json[0]["ref"]
    fields = fields_of(cli("show", meeting))
    known = dict(fields)
    assert known["title"] == "Weekly meeting"
    assert known["state"] == "closed"
    assert "Maria" in known["here"]
    assert (known["late"], known["absent"]) == ("Tom", "Karim")
    assert known["rated"] == "8, 9"
    assert "Ring before noon" in known["answer"]
    assert known["notes"] == "Keys to Tom"
    assert ("win", f"{win}  rang back") in fields


def test_a_person_and_a_standard_are_shown_too(cli: Cli) -> None:
    people = refs(cli, "team", "list")
    fields = dict(fields_of(cli("show", people["karim"])))
    assert (fields["handle"], fields["name"], fields["role"]) == ("@karim", "Karim Haddad", "Deliveries")
    standards = refs(cli, "standard", "list")
    shown = dict(fields_of(cli("show", standards["listen"])))
    assert shown["tag"] == "#listen"
    assert shown["title"] == "Listens before answering"


def test_an_evaluation_shows_its_period_and_the_words_in_it(cli: Cli) -> None:
    cli("evaluation", "write", "@maria", "--strengths", "Calm", "--growth", "Notes", "--goals", "Lead a shift")
    [ref] = [row["ref"] for row in cli("evaluation", "list", "--json").json if row["ref"]]
    fields = dict(fields_of(cli("show", ref)))
    assert fields["person"] == "Maria Lopez"
    assert fields["period"].endswith("31 Dec")
    assert fields["state"] == "draft"
    assert (fields["strengths"], fields["growth"], fields["goals"]) == ("Calm", "Notes", "Lead a shift")


@pytest.mark.parametrize("kind", ["person", "standard"])
def test_what_changed_is_named_where_it_is_not_told_in_words(cli: Cli, kind: str) -> None:
    if kind == "person":
        cli("team", "edit", "@karim", "--role", "Front desk")
        ref, changed = refs(cli, "team", "list")["karim"], "role"
    else:
        cli("standard", "edit", "listen", "--title", "Hears people out")
        ref, changed = refs(cli, "standard", "list")["listen"], "title"
    changes = cli("show", ref, "--changes", "--json").json["changes"]
    assert [change["version"] for change in changes] == [1, 2]
    assert changed in changes[1]["changed"][0]
    assert changed in cli("show", ref, "--changes").out
