"""Names in comments are questions: a person decides, the decision is remembered, and undo reverses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

COMMENTS = (
    "Tom waited with me until the bus came",
    "I saw Tom walk away twice",
    "Thanks to Karim Haddad and to Tom",
    "no names here",
    "Maria was kind",
)


def comments(folder: Path, name: str = "cards.csv", texts: tuple[str, ...] = COMMENTS, first: int = 1) -> Path:
    rows = [f"{first + n},2026-09-{n + 1:02},{5 - n % 2},{text}" for n, text in enumerate(texts)]
    path = folder / name
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Comment", *rows, ""]))
    return path


def listed(cli: Any, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli("mention", "list", *arguments, "--json").json
    return found


def one(cli: Any, person: str, text: str = "") -> str:
    return str(next(m["ref"] for m in listed(cli) if m["person"] == person and text in m["comment"]))


@pytest.fixture
def asked(cli: Any, tmp_path: Path) -> Any:
    cli("survey", "import", comments(tmp_path))
    return cli


def test_the_queue_shows_who_may_be_meant_with_the_words_of_the_customer_the_surest_first(asked: Any) -> None:
    found = listed(asked)
    assert (found[0]["person"], found[0]["tier"]) == ("karim", "full-name")
    assert sorted(m["person"] for m in found) == ["karim", "maria", "tom", "tom", "tom"]
    assert {(m["state"], m["tone"]) for m in found} == {("open", None)}
    first = next(m for m in found if m["comment"] == COMMENTS[0])
    assert (first["value"], first["words"], first["date"]) == (5, "Tom", "2026-09-01")


def test_confirmed_praise_counts_as_recognition_and_a_problem_counts_nowhere(asked: Any) -> None:
    def recognition() -> dict[str, Any]:
        (score,) = asked("score", "tom", "--year", "2026", "--json").json
        return next(part for part in score["parts"] if part["key"] == "recognition")

    asked("mention", "confirm", one(asked, "tom", "walk away"), "problem")
    assert "Sep" not in recognition()["basis"]
    praise = one(asked, "tom", "bus")
    asked("mention", "confirm", praise, "praise")
    assert recognition()["basis"] == "named by customers Sep"
    about = asked("insight", "person", "tom").out
    assert "bus came" in about
    assert "walk away" not in about
    assert "bus came" not in asked("insight", "person", "tom", "--room").out
    asked("undo")
    assert "Sep" not in recognition()["basis"]
    assert praise in [m["ref"] for m in listed(asked)]


def test_names_with_the_same_words_around_them_are_rejected_at_once(asked: Any, tmp_path: Path) -> None:
    asked("survey", "import", comments(tmp_path, "same.csv", 4 * ("So Maria was kind",), first=50))
    said = asked("mention", "reject", one(asked, "maria", "So Maria")).err
    assert "3 more with the same words around it" in said
    left = [m["ref"] for m in listed(asked) if m["person"] == "maria"]
    assert asked("mention", "reject", left[0], "--everywhere", "--nobody").err.startswith(f"{len(left)} names rejected")
    asked("undo")
    said = asked("mention", "reject", one(asked, "maria", "So Maria"), "--alike").err
    assert said.startswith("3 names rejected")
    assert len([m for m in listed(asked) if m["person"] == "maria"]) == len(left) - 3


def test_a_rejected_name_is_not_asked_again_for_the_same_person(asked: Any, tmp_path: Path) -> None:
    done = asked("mention", "reject", one(asked, "tom", "bus"), "--everywhere")
    assert done.err.startswith("3 names")
    assert [m["person"] for m in listed(asked)] == ["karim", "maria"]
    asked("survey", "import", comments(tmp_path, "more.csv", ("Tom again", "Maria again"), first=50))
    assert sorted(m["person"] for m in listed(asked)) == ["karim", "maria", "maria"]
    asked("undo")
    asked("undo")
    assert len(listed(asked)) == 5


def test_a_name_can_be_somebody_elses_but_never_twice_in_one_answer(asked: Any) -> None:
    maria = one(asked, "maria")
    asked("mention", "assign", maria, "@zoe", "praise")
    assert [m["person"] for m in listed(asked, "--state", "confirmed")] == ["zoe"]
    both = asked("mention", "assign", one(asked, "tom", "Thanks"), "@karim", "praise", code=1)
    assert one(asked, "karim") in both.err
    left = asked("mention", "assign", one(asked, "tom", "bus"), "@sam", "praise", code=1)
    assert "not on the team" in left.err


def test_somebody_who_is_not_on_the_team_is_said_to_be_nobody(asked: Any) -> None:
    maria = one(asked, "maria")
    asked("mention", "reject", maria, "--nobody")
    assert [m["ref"] for m in listed(asked, "--state", "not-on-team")] == [maria]
    asked("mention", "reopen", maria)
    assert maria in [m["ref"] for m in listed(asked)]


def test_a_tone_must_be_said_and_a_decision_is_made_once(asked: Any) -> None:
    ref = one(asked, "maria")
    assert asked("mention", "confirm", ref, code=2).out == ""
    asked("mention", "confirm", ref, "both")
    assert "already" in asked("mention", "confirm", ref, "both", code=1).err
    asked("mention", "confirm", ref, "praise")
    asked("win", "@tom saw it through")
    (story,) = asked("history", "is:win", "--json").json
    assert "mention list" in asked("mention", "reject", story["ref"], code=1).err


def test_what_was_decided_about_a_name_is_told_by_the_log_without_any_word_of_it(asked: Any) -> None:
    asked("mention", "confirm", one(asked, "tom", "walk away"), "problem")
    told = asked("undo")
    assert "Tom" not in told.err + told.out
    assert "walk" not in told.err + told.out


def test_a_comment_without_a_name_can_be_given_one(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    path.write_text("id,date,csat,comment\nr1,2026-11-20,5,the lady with the red scarf was a star\nr2,2026-11-21,5,\n")
    cli("survey", "import", path)
    (comment,) = cli("survey", "comments", "--json").json
    assert comment["comment"].startswith("the lady")
    cli("mention", "add", comment["ref"], "@maria", "praise")
    (name,) = cli("mention", "list", "--state", "all", "--json").json
    assert (name["person"], name["tier"], name["state"], name["tone"]) == ("maria", "by-hand", "confirmed", "praise")
    assert "already named" in cli("mention", "add", comment["ref"], "@maria", "problem", code=1).err
    assert "no comment" in cli("mention", "add", f"{comment['ref'][:-1]}2", "@maria", "praise", code=1).err
    assert "by name: Maria." in cli("agenda").out
    cli("survey", "read-aloud", comment["ref"])
    assert "red scarf" in cli("agenda").out
    cli("mention", "reopen", name["ref"])
    assert cli("mention", "list", "--state", "all", "--json").json == []


def test_an_answer_that_praises_somebody_goes_on_a_card_and_no_other_one_does(asked: Any, tmp_path: Path) -> None:
    card, bus = tmp_path / "card.pdf", one(asked, "tom", "bus")
    assert "Confirm it as praise first" in asked("card", bus, "--to", card, code=1).err
    asked("mention", "confirm", bus, "praise")
    asked("card", bus, "--to", card)
    assert "bus" in asked("newsletter", "--month", "2026-09").out
    assert card.read_bytes().startswith(b"%PDF")
    asked("team", "edit", "@tom", "--thanks", "private")
    refused = asked("card", bus, "--to", card, "--force", code=1)
    assert "Tom would rather not be thanked before others" in refused.err
    assert "bus" not in asked("newsletter", "--month", "2026-09").out
