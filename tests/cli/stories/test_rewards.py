"""Thanks with their rewards, from the command line."""

from __future__ import annotations

import csv
import io

from tests.cli.conftest import Cli


def test_a_reward_is_promised_handed_over_listed_and_given_to_payroll(cli: Cli) -> None:
    win = cli("win", "@tom drove it over in the rain +").out.split()[1]
    thanks = ("praise", "@tom drove it over #own-it", "--reward", "=2 tickets", "--kind", "ticket", "--value", "25")
    ref = cli(*thanks, "--because", win).out.split()[1]
    (listed,) = cli("reward", "list", "--owed", "--json").json
    assert (listed["reward"], listed["state"], listed["value"]) == (
        "=2 tickets",
        "owed",
        {"minor": 2500, "currency": "GBP"},
    )
    assert "already" not in cli("reward", "give", ref, "--on", "mon").out
    assert "handed over already" in cli("reward", "give", ref, code=1).err
    assert cli("reward", "list", "--owed").err.startswith("There are none.")
    (row,) = csv.DictReader(io.StringIO(cli("reward", "list", "--format", "csv").out))
    assert (row["handed over"], row["name"], row["value"]) == ("2026-11-23", "Tom Ng", "25.00")
    assert row["reward"] == "'=2 tickets", "it can't become a formula"
    assert row["for payroll"] == "may be taxable: ask payroll"
    plain = cli("praise", "@zoe stayed with the boy", "--reward", "a free afternoon").out.split()[1]
    assert plain in cli("reward", "list", "--owed").out, "what is promised is handed over"
    assert "To hand over:" in cli("agenda").out
    assert ": a free afternoon" in cli("agenda").out
    assert "owed" in cli("reward", "set", plain, "a", "free", "morning", "--kind", "time-off").out
    assert "owed    time off" in cli("show", plain).out
    assert "no reward" in cli("reward", "drop", plain).out
    assert "No reward came" in cli("reward", "drop", plain, code=1).err
    cli("undo")
    assert "needs words" in cli("praise", "@zoe again", "--kind", "gift", code=1).err
    assert "not an amount" in cli("praise", "@zoe again", "--reward", "x", "--value", "much", code=1).err
    assert "nothing to thank for" in cli("praise", "@zoe again", "--because", plain, code=1).err
    cli("undo")
    assert [each["ref"] for each in cli("reward", "list", "--owed", "--json").json] == [plain]


def test_the_value_of_a_shared_reward_is_paid_once_and_nobody_gets_none(cli: Cli) -> None:
    cli("praise", "@maria @tom @zoe did the round", "--reward", "cake", "--kind", "gift", "--value", "10")
    listed = csv.DictReader(io.StringIO(cli("reward", "list", "--format", "csv").out))
    shares = [row for row in listed if row["shared by"]]
    assert [(row["value"], row["shared by"]) for row in shares] == [("3.34", "3"), ("3.33", "3"), ("3.33", "3")]
    assert "for nobody" in cli("praise", "well done all", "--reward", "cake", code=1).err


def test_whoever_wants_it_in_private_is_thanked_in_private(cli: Cli) -> None:
    cli("team", "edit", "@tom", "--thanks", "private")
    told = cli("praise", "@tom stayed until nine #own-it")
    assert "private" in told.out
    assert "Kept for a word in private: Tom would rather not be thanked before others." in told.err
    parcel = cli("win", "@tom @maria found the PARCEL together #own-it +").out.split()[1]
    cli("win", "@maria and Tom took the PARCEL over #own-it +")
    cli("win", "@maria rang back")
    assert "Tom would rather not be thanked" in cli("card", parcel, "--to", "card.pdf", code=1).err
    for view in ("page", "year", "standard own-it", "person tom"):
        assert "PARCEL" not in cli("insight", *view.split(), "--room").out
        assert "PARCEL" in cli("insight", *view.split()).out
    cli("meeting", "start")
    cli("meeting", "answer", "Tom, who took my late PARCEL")
    cli("meeting", "answer", "@maria, too")
    cli("meeting", "answer", "tommy took the late PARCEL")
    cli("meeting", "note", "Ng had a late PARCEL, too")
    cli("meeting", "note", "The pump is mended")
    minutes = cli("meeting", "minutes").out
    assert "Maria, too" in minutes
    assert "The pump is mended" in minutes
    assert "late PARCEL" not in minutes
    assert cli("meeting", "minutes", "--private").out.count("late PARCEL") == 3
    assert "PARCEL" not in cli("brag-sheet", "maria").out
    assert "PARCEL" in cli("brag-sheet", "tom").out
    paper = cli("newsletter", "--month", "2026-11")
    assert "Tom" not in paper.out
    assert "rang back" in paper.out
    assert "2 stories left out: somebody in it wants thanks in private" in paper.err
    assert cli("team", "list", "--json").json[2]["thanks"] == "private"


def test_praise_of_somebody_who_minds_is_private_whoever_says_it_and_whenever_it_was_told(cli: Cli) -> None:
    earlier = cli("praise", '@tom stayed EARLY !"cake EARLY" by fri').out.split()[1]
    cli("said", "EARLY was with me, thank you Tom", "--praise")
    cli("team", "edit", "@tom", "--thanks", "private")
    told = cli("said", "@tom LATER helped me", "--letter", "--praise")
    assert "Kept for a word in private: Tom would rather not" in told.err
    assert "private" in cli("said", "Tom LATER again").out
    cli("hands-on", "20", "phones", "@tom LATER was calm +")
    cli("call", "^Acme glad; Tom came LATER +")
    cli("meeting", "start")
    papers = (
        "agenda",
        "newsletter",
        "call heard",
        "brag-sheet tom",
        "insight person tom --room",
        "insight year --room",
    )
    shown = [cli(*paper.split()).out for paper in ("meeting minutes", *papers)]
    assert not [paper for paper in shown if "EARLY" in paper or "LATER" in paper]
    assert "private" in cli("card", earlier, "--to", "card.pdf", code=1).err
    assert len(cli("history", "EARLY is:private", "--json").json) == 3, "the thanks, their promise and the card"
    cli("edit", earlier, "@tom stayed EARLY again")
    assert len(cli("history", "EARLY is:private", "--json").json) == 3
    for _ in range(7):  # back to before the wish
        cli("undo")
    assert not cli("history", "EARLY is:private", "--json").json


def test_the_first_thanks_of_somebody_who_was_not_asked_say_so_once(cli: Cli) -> None:
    cli("team", "edit", "@maria", "--thanks", "public")
    told = cli("praise", "@tom @maria carried it up").err
    assert told.startswith("Nobody knows yet whether Tom likes to be thanked before others")
    assert "team edit @tom --thanks public" in told
    assert "Maria" not in told
    assert "Nobody knows" not in cli("praise", "@tom again").err


def test_who_is_owed_thanks_and_who_had_none_lately(cli: Cli) -> None:
    win = cli("win", "@tom drove it over +", "--on", "2 nov").out.split()[1]
    (owed,) = cli("thanks", "owed", "--json").json
    assert (owed["person"], owed["since"], owed["reason"]) == ("tom", "2026-11-02", "a starred win")
    assert win in cli("thanks", "owed").out
    cli("praise", "@tom for driving it over", "--because", win)
    assert "Nobody is owed thanks" in cli("thanks", "owed").err
    assert [each["person"] for each in cli("thanks", "lately", "--json").json][-1] == "tom"
    assert "not in the past year" in cli("thanks", "lately").out
