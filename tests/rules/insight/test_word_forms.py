from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from meetingtool.rules.folding import fold
from meetingtool.rules.insight.word_forms import language_of, words_by_form

PLAIN = {
    "english": "the {} was not there when they came",
    "german": "der {} ist noch nicht da und wir warten",
    "french": "le {} est dans la voiture avec nous",
    "spanish": "el {} no llego hasta la tarde con los demas",
    "italian": "il {} non era nella stanza degli ospiti",
    "dutch": "het {} was niet op tijd bij ons van de week",
    "": "{}",
}


def grouped(language: str, *words: str, beside: tuple[str, ...] = ()) -> set[frozenset[str]]:
    """Which of the words are taken for one, when each stands in a text of this language."""
    texts = [(PLAIN[language].format(word), [fold(word)]) for word in words] + [(text, []) for text in beside]
    heads = words_by_form(texts, {fold(word): Counter([word]) for word in words})
    return {frozenset(form for form in heads if heads[form] == head) for head in heads.values()}


@pytest.mark.parametrize("language", [name for name in PLAIN if name])
def test_the_language_of_a_text_is_told_by_its_everyday_words(language: str) -> None:
    assert language_of(PLAIN[language].format("xyz")) == language


def test_a_text_of_a_few_words_has_no_language() -> None:
    assert language_of("Parcel lost again") == ""
    assert language_of("") == ""


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("english", ("refund", "refunds", "refunded", "refunding")),
        ("english", ("delivery", "deliveries")),
        ("english", ("stop", "stopped", "stopping")),
        ("english", ("charge", "charges", "charged", "charging")),
        ("english", ("cancel", "cancelled", "cancelling")),
        ("german", ("Lieferung", "Lieferungen")),
        ("german", ("Paket", "Pakete", "Paketen")),
        ("french", ("colis", "colis")),
        ("french", ("livraison", "livraisons")),
        ("spanish", ("paquete", "paquetes")),
        ("dutch", ("pakket", "pakketten")),
    ],
)
def test_forms_of_one_word_are_one(language: str, forms: tuple[str, ...]) -> None:
    assert grouped(language, *forms) == {frozenset(map(fold, forms))}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("english", ("universe", "university")),
        ("english", ("general", "generous", "generally")),
        ("english", ("deliver", "delivery")),
        ("english", ("lock", "locker")),
        ("english", ("organ", "organization")),
        ("english", ("policy", "police")),
        ("german", ("liefern", "Lieferung")),
        ("", ("refund", "refunds")),
    ],
)
def test_words_that_are_not_inflected_stay_apart(language: str, words: tuple[str, ...]) -> None:
    assert len(grouped(language, *words)) == len(words)


def test_words_without_a_language_are_taken_for_the_one_in_which_nearly_all_is_written() -> None:
    english = tuple(PLAIN["english"].format(n) for n in range(9))
    german = tuple(PLAIN["german"].format(n) for n in range(9))
    assert grouped("", "parcel", "parcels", beside=english) == {frozenset({"parcel", "parcels"})}
    assert len(grouped("", "parcel", "parcels", beside=english + german)) == 2


def test_words_of_two_languages_are_never_one() -> None:
    texts = [(PLAIN["english"].format("gift"), ["gift"]), (PLAIN["german"].format("gifte"), ["gifte"])]
    heads = words_by_form(texts, {"gift": Counter(["gift"]), "gifte": Counter(["Gifte"])})
    assert heads == {"gift": "gift", "gifte": "gifte"}


def test_the_commonest_form_stands_for_the_word() -> None:
    written = {"refund": Counter(["refund"]), "refunds": Counter({"refunds": 3})}
    assert words_by_form([(PLAIN["english"].format("refund"), ["refund", "refunds"])], written)["refund"] == "refunds"


def test_the_stemmers_are_loaded_only_where_words_are_counted() -> None:
    code = "import sys, meetingtool.actions.history.insight; print('snowballstemmer' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
