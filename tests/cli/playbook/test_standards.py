"""The service standards, from the command line."""

from __future__ import annotations

from tests.cli.conftest import Cli

STARTER = ["#welcome", "#listen", "#own-it", "#plain-words", "#on-time", "#put-right", "#know-how", "#one-team"]


def tags(cli: Cli, *options: str) -> list[str]:
    return [line.split()[0] for line in cli("standard", "list", *options).lines[2:]]


def test_the_starter_standards_are_listed_in_order(cli: Cli) -> None:
    assert tags(cli) == STARTER


def test_a_standard_shows_its_behaviour_and_what_each_rating_looks_like(cli: Cli) -> None:
    shown = cli("standard", "show", "own-it")
    assert shown.lines[0] == "#own-it  Owns it to the end"
    assert [line[0] for line in shown.lines[2:7]] == ["5", "4", "3", "2", "1"]
    anchors = cli("standard", "show", "#own-it", "--json").json["anchors"]
    assert shown.lines[2].endswith(anchors["5"])


def test_an_unknown_standard_is_told_with_the_nearest_tags(cli: Cli) -> None:
    refused = cli("standard", "show", "#ownit", code=1)
    assert refused.err.startswith("meetingtool: There is no standard “#ownit”. Did you mean #own-it")


def test_a_standard_is_added_at_the_end(cli: Cli) -> None:
    cli("standard", "add", "quick", "Answers", "quickly", "--behaviour", "Within the day.", "--anchor", "5=At once")
    assert tags(cli)[-1] == "#quick"
    shown = cli("standard", "show", "quick", "--json").json
    assert (shown["title"], shown["anchors"]["5"], shown["anchors"]["1"]) == ("Answers quickly", "At once", "")


def test_a_standard_moves_to_a_place_and_the_others_make_room(cli: Cli) -> None:
    cli("standard", "edit", "one-team", "--place", "1")
    assert tags(cli) == [STARTER[-1], *STARTER[:-1]]
    cli("standard", "edit", "one-team", "--place", "99")
    assert tags(cli) == STARTER
    cli("undo")
    assert tags(cli) == [STARTER[-1], *STARTER[:-1]]


def test_a_new_tag_leaves_the_former_one_working(cli: Cli) -> None:
    cli("standard", "edit", "own-it", "--tag", "mine", "--weight", "3", "--anchor", "3=Does it")
    shown = cli("standard", "show", "own-it", "--json").json
    assert (shown["tag"], shown["weight"], shown["former_tags"]) == ("mine", 3, ["own-it"])
    assert shown["anchors"]["3"] == "Does it"


def test_a_weight_of_nothing_and_a_rating_off_the_scale_are_refused(cli: Cli) -> None:
    assert "0 is not a valid weight." in cli("standard", "edit", "own-it", "--weight", "0", code=1).err
    assert "from 1 to 5" in cli("standard", "edit", "own-it", "--anchor", "6=Great", code=2).err
    assert "NAME=VALUE" in cli("standard", "edit", "own-it", "--anchor", "Great", code=2).err


def test_a_retired_standard_leaves_the_list_the_day_after(cli: Cli) -> None:
    assert cli("standard", "retire", "welcome", "--on", "yesterday").out.endswith("last day Mon 23 Nov\n")
    assert "#welcome" not in tags(cli)
    assert "#welcome" in tags(cli, "--all")
    refused = cli("standard", "retire", "welcome", code=1)
    assert "has been retired since Mon 23 Nov" in refused.err
