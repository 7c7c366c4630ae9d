"""What a customer said is one line; a problem is private with all that comes of it."""

from __future__ import annotations

from typing import Any

import pytest


def voices(cli: Any, query: str = "is:voice") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli("history", query, "--json").json
    return found


def test_words_are_edited_as_any_line_is(cli: Any) -> None:
    cli("said", "He wated with me @tom", "--praise")
    ref = cli("history", "is:voice", "--json").json[0]["ref"]
    told = cli("edit", ref, "He waited with me ^Pell @tom")
    assert "Tom · Pell · in person, praise" in told.out
    (kept,) = cli("history", "is:voice", "--json").json
    assert kept["text"] == "He waited with me"
    cli("undo")
    assert cli("history", "is:voice", "--json").json[0]["text"] == "He wated with me"


def test_the_words_of_a_customer_are_in_the_history_with_who_and_from_whom(cli: Any) -> None:
    told = cli("said", '"He waited with me until the bus came" ^Pell @tom #own-it', "--letter")
    assert told.out.startswith("voice ")
    assert "in a letter" in told.out
    (voice,) = voices(cli)
    assert (voice["people"], voice["customer"], voice["standards"]) == (["tom"], "Pell", ["own-it"])
    assert voice["text"] == '"He waited with me until the bus came"'
    assert (voice["channel"], voice["satisfied"], voice["private"], voice["told"]) == ("letter", None, False, False)
    assert [one["id"] for one in voices(cli, "bus is:waiting @tom")] == [voice["id"]]
    cli("undo")
    assert voices(cli) == []


def test_a_problem_is_private_with_what_was_promised_because_of_it(cli: Any) -> None:
    cli("said", '@tom never called me back ^Acme !"call Acme" by fri', "--problem", "--phone")
    (voice,) = voices(cli)
    assert (voice["private"], voice["satisfied"]) == (True, False)
    (promise,) = cli("follow-up", "list", "--json").json
    assert (promise["text"], promise["customer"], promise["private"]) == ("call Acme", "Acme", True)
    assert promise["story"] is None


def test_what_is_kept_back_is_private_though_it_is_praise(cli: Any) -> None:
    cli("said", "so kind ^Pell", "--praise", "--private")
    (voice,) = voices(cli, "is:voice is:private")
    assert voice["satisfied"] is True


def test_praise_on_a_card_is_an_answer_and_recognition_of_the_one_who_is_named(cli: Any) -> None:
    for number in range(10):
        cli("said", f"kind, visit {number} @tom", "--card", "--praise")
    cli("said", "kind, both of you @tom @maria", "--card", "--praise")
    cli("said", "he forgot me @tom", "--card", "--problem")
    cli("said", "a word at the counter @tom", "--praise")
    cli("said", "nothing was meant @tom", "--card")
    (score,) = cli("score", "tom", "--year", "2026", "--json").json
    parts = {part["key"]: part for part in score["parts"]}
    assert parts["customers"]["basis"] == "10 of 11 satisfied"
    assert parts["recognition"]["basis"] == "named by customers Nov"


def test_a_blank_line_is_refused(cli: Any) -> None:
    for nothing in (" ", "@tom ^X"):
        assert len(cli("said", nothing, code=1).err.splitlines()) == 1
    assert voices(cli) == []


@pytest.mark.parametrize("channel", ["card", "letter", "phone", "review"])
def test_every_channel_is_kept(cli: Any, channel: str) -> None:
    cli("said", "thank you all", f"--{channel}")
    assert voices(cli)[0]["channel"] == channel


def test_words_that_name_somebody_are_private_until_they_are_praise(cli: Any) -> None:
    said = cli("said", '"Tom Ng was rude to me" ^"Mrs Pell"')
    assert "private" in said.out
    assert "It names Tom Ng: private until it is said to be praise" in said.out + said.err
    assert "private" not in cli("said", '"Thanks to Tom Ng"', "--praise").out
    assert "private" not in cli("said", '"The lift was out"').out
