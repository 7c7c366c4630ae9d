"""What hangs on the wall and stands at the counter, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.mark.parametrize(
    "words", [("poster", "standards"), ("cards",), ("comment-card", "--url", "https://example.org/us"), ("interview",)]
)
def test_a_paper_is_written_once_and_not_over_another(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "it.pdf"
    assert "Written to" in cli(*words, "--to", file).err
    assert file.read_bytes().startswith(b"%PDF")
    assert "already" in cli(*words, "--to", file, code=1).err
    cli(*words, "--to", file, "--force")


def test_letters_without_a_font_are_told_when_a_poster_is_written(cli: Cli, tmp_path: Path) -> None:
    """A letter of a private area has a font nowhere."""
    cli("standard", "edit", "own-it", "--title", "Owns it \ue123")
    told = cli("poster", "standards", "--to", tmp_path / "it.pdf").err
    assert "Some letters appear as boxes in it.pdf" in told
    assert "Install one" in told


def test_a_poster_has_the_standards_that_hold_tomorrow_and_says_how_many_sheets_it_takes(
    cli: Cli, tmp_path: Path
) -> None:
    cli("standard", "retire", "own-it")
    assert "Owns it to the end" not in cli("interview").out
    assert "It takes" not in cli("poster", "standards", "--to", tmp_path / "one.pdf", "--paper", "letter").err
    for number in range(7):
        cli("standard", "add", f"more-{number}", f"More {number}", "--behaviour", "We ask until we understand. " * 9)
    assert "It takes 2 sheets" in cli("poster", "standards", "--to", tmp_path / "two.pdf", "--paper", "letter").err


def test_posters_of_what_is_not_there_yet_say_what_to_do(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "it.pdf"
    assert "not agreed on a sentence" in cli("poster", "philosophy", "--to", file, code=1).err
    assert "Nothing that was heard" in cli("poster", "heard", "--to", file, code=1).err
    cli("group", "add", "Commuters")
    cli("call", "^Acme @tom asks for winter hours >“put winter hours on the door” by fri")
    for what in ("philosophy", "heard"):
        cli("poster", what, "--to", file, "--paper", "letter", "--force")


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://", "https://a b.org", "http://[::1", "javascript:alert(1)"]
)
def test_what_is_no_web_address_gets_no_code(cli: Cli, tmp_path: Path, address: str) -> None:
    refused = cli("comment-card", "--url", address, "--to", tmp_path / "card.pdf", code=1)
    assert "is no web address" in refused.err
    assert not (tmp_path / "card.pdf").exists()


def test_an_address_too_long_for_a_small_code_is_refused(cli: Cli, tmp_path: Path) -> None:
    refused = cli("comment-card", "--url", "https://example.org/" + "x" * 281, "--to", tmp_path / "card.pdf", code=1)
    assert "300 is the most" in refused.err


def test_the_interview_sheet_has_two_questions_and_the_anchors_of_each_standard(cli: Cli, tmp_path: Path) -> None:
    sheet = cli("interview").out
    text = " ".join(sheet.split())
    assert text.count("When did you last do that?") == text.count("did it go more like this") == 8
    assert "Here we say: “Whoever is asked first sees it through" in text
    assert "more like this: “Hands it on and lets go, so the customer has to chase it”?" in text
    assert "Owns it to the end" in sheet
    assert "Throw this sheet away" in sheet
    assert "A PDF can't be printed here" in cli("interview", "--format", "pdf", code=1).err
    cli("interview", "--to", tmp_path / "interview.pdf")
    assert (tmp_path / "interview.pdf").read_bytes().startswith(b"%PDF")
