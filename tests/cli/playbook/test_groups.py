"""The groups of people we serve, from the command line."""

from __future__ import annotations

from tests.cli.conftest import Cli


def test_a_group_has_a_name_who_they_are_and_what_they_need(cli: Cli) -> None:
    empty = cli("group", "list")
    assert empty.out == ""
    assert "No group is written down yet" in empty.err
    cli("group", "add", "Commuters", "with", "one", "bike", "--who", "can't be without it", "--need", "back by six")
    cli("group", "edit", "commuters", "--need", "open before eight (from our survey)", "--need", "SAID: a loan [/bike]")
    shown = cli("group", "show", "commuters with", "--json").json
    assert (shown["name"], shown["who"]) == ("Commuters with one bike", "can't be without it")
    assert [(need["text"], need["known_from"]) for need in shown["needs"]] == [
        ("open before eight", "survey"),
        ("a loan [/bike]", "said"),
    ]
    assert "open before eight (from our survey)" in cli("group", "show", "comm").out
    cli("undo")
    assert [need["text"] for need in cli("group", "list", "--json").json[0]["needs"]] == ["back by six"]


def test_groups_are_told_apart_moved_and_retired(cli: Cli) -> None:
    for name in ("Families", "Commuters", "Couriers"):
        cli("group", "add", name)
    assert "already a group called “Families”" in cli("group", "add", "families", code=1).err
    assert "could be “Commuters”" in cli("group", "show", "co", code=1).err
    assert "There are “Families”" in cli("group", "show", "nobody", code=1).err
    assert "Say what they need." in cli("group", "add", "Tourists", "--need", "survey: ", code=1).err
    assert "60 is the most" in cli("group", "add", "x" * 61, code=1).err
    cli("group", "edit", "Couriers", "--place", "1")
    cli("group", "retire", "Families")
    assert [each["name"] for each in cli("group", "list", "--json").json] == ["Couriers", "Commuters"]
    assert len(cli("group", "list", "--all", "--json").json) == 3
    assert "has been retired since" in cli("group", "retire", "Families", code=1).err
    assert cli("group", "add", "Families").code == 0
