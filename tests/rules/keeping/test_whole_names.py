"""A name is replaced as a whole word in every script, and a longer word that begins with it stays whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.keeping.whole_names import replaced, whole_words

SPACED = {
    "Latin": (0x61, 0x7A),
    "Greek": (0x3B1, 0x3C9),
    "Cyrillic": (0x430, 0x44F),
    "Hebrew": (0x5D0, 0x5EA),
    "Arabic": (0x621, 0x63A),
    "Thaana": (0x780, 0x7B0),
    "Devanagari": (0x901, 0x94D),
    "Bengali": (0x981, 0x9CD),
    "Gurmukhi": (0xA01, 0xA4D),
    "Gujarati": (0xA81, 0xACD),
    "Odia": (0xB01, 0xB4D),
    "Tamil": (0xB82, 0xBCD),
    "Telugu": (0xC01, 0xC4D),
    "Kannada": (0xC82, 0xCCD),
    "Malayalam": (0xD02, 0xD4D),
    "Sinhala": (0xD82, 0xDDF),
    "Ethiopic": (0x1200, 0x1248),
    "Javanese": (0xA980, 0xA9C0),
    "Georgian": (0x10D0, 0x10F0),
    "Armenian": (0x561, 0x586),
}
"""Letters and vowel signs of scripts that write a blank between words."""
UNSPACED = {
    "Thai": (0xE01, 0xE4D),
    "Lao": (0xE81, 0xECD),
    "Burmese": (0x1000, 0x103E),
    "Khmer": (0x1780, 0x17D2),
}
VOWELS = {*range(0xE30, 0xE46), *range(0xEB0, 0xEC5)}
"""Letters of Thai and Lao that are a part of the syllable beside them."""


def _signs(first: int, last: int, *categories: str) -> list[str]:
    return [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) in categories]


@given(st.data())
def test_a_longer_word_that_begins_with_a_name_is_another_word_in_every_script(data: st.DataObject) -> None:
    script = data.draw(st.sampled_from(sorted({*SPACED, *UNSPACED})))
    block = SPACED.get(script) or UNSPACED[script]
    letters, marks = _signs(*block, "Lo", "Ll"), _signs(*block, "Mn", "Mc")
    if script in UNSPACED:  # any letter may begin the next word, but for a vowel that is written as one
        letters = [letter for letter in letters if ord(letter) not in VOWELS]
    marks = [mark for mark in marks if unicodedata.combining(mark) != 7]  # a dot below, which many leave out
    name = "".join(data.draw(st.lists(st.sampled_from(letters), min_size=2, max_size=4)))
    longer = name + data.draw(st.sampled_from(marks if script in UNSPACED else [*marks, *letters]))
    longer += "".join(data.draw(st.lists(st.sampled_from([*letters, *marks]), max_size=3)))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    text = unicodedata.normalize(form, f"{longer} – {longer}, ({longer})")
    pattern = whole_words([name])
    if script in SPACED or name not in unicodedata.normalize("NFC", longer)[1:]:
        assert replaced(text, pattern, "X") == text
    assert replaced(f"{name}, ({name}) {name}", pattern, "X") == "X, (X) X"


@pytest.mark.parametrize(
    ("name", "kept", "gone"),
    [
        ("राम", "रामू, रामायण, श्रीराम, राम्या, राम्", "राम ने, राम। डॉ॰राम"),
        ("सिंह", "सिंहासन", "सिंह-सिंह"),
        ("குமார்", "குமாரி, குமார, குமாரன்", "குமார், (குமார்)"),
        ("রুমা", "রুমাল", "রুমা"),
        ("ශ්‍රී", "ශ්‍රීමතී", "ශ්‍රී"),
        ("สม", "สมุด เสมอ สมิ", "คุณสมมา"),
        ("ປີ", "ປີນ", "ປີ"),
        ("はな", "ばなな", "花とはなだよ"),
        ("မြ", "မြန်မာ", "မြ"),
        ("दीप", "दीपक @दीपू", "दीप"),
    ],
)
def test_a_vowel_sign_or_a_mark_makes_another_word_of_a_name(name: str, kept: str, gone: str) -> None:
    pattern = whole_words([name])
    assert replaced(kept, pattern, "X") == kept
    assert name not in replaced(gone, pattern, "X")


def test_a_vowel_sign_makes_another_handle() -> None:
    assert replaced("@राम @रामू @श्रीराम", whole_words(["राम"], marks=True), "@x") == "@x @रामू @श्रीराम"
