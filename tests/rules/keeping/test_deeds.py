"""What the code of a deed stands for."""

from __future__ import annotations

import re

import pytest

from meetingtool.rules.keeping import deeds

CODES = [deeds.Code(code) for code in deeds.MEANINGS if code != deeds.QUIET]


def test_every_deed_has_a_code_and_words_of_its_own() -> None:
    assert len(CODES) >= 58
    assert [code for code in CODES if not re.fullmatch(r"[a-z-]+\.[a-z-]+", code)] == []
    words = [deeds.deed_words(code) for code in CODES]
    assert len(set(words)) == len(words)
    assert [each for each in words if not each or each.endswith(".") or each[0].isupper()] == []


def test_every_deed_of_ratings_and_evaluations_is_private() -> None:
    about = [code for code in CODES if code.startswith(("rating", "evaluation"))]
    assert len(about) >= 9
    assert [code for code in about if not deeds.meaning_of(code).private] == []


@pytest.mark.parametrize("code", CODES)
def test_taking_a_deed_back_is_told_by_its_words_and_is_as_private(code: deeds.Code) -> None:
    undoing = deeds.meaning_of(deeds.undoing(code))
    assert undoing.words == f"undone: {deeds.deed_words(code)}"
    assert undoing.private == deeds.meaning_of(code).private
    assert not undoing.undoable


def test_merging_says_whose_copy_it_was() -> None:
    assert deeds.deed_words(deeds.merging("Google Drive")) == "copy made by Google Drive merged"
    assert deeds.deed_words(deeds.undoing(deeds.merging("iCloud"))) == "undone: copy made by iCloud merged"


@pytest.mark.parametrize("code", ["visit.planned", "undo:visit.planned", "recorded a win", "story.edited:Dropbox"])
def test_an_unknown_code_is_taken_for_private(code: str) -> None:
    meaning = deeds.meaning_of(deeds.Code(code))
    assert (meaning.private, meaning.undoable) == (True, False)
    assert not deeds.is_known(deeds.Code(code))
