"""Names come out as people say them, on one plain line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.importers.name_order import turned
from meetingtool.importers.names import has_letters, tamed, without_nickname
from meetingtool.rules.naming import name_key


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Lopez, Maria", "Maria Lopez"),
        ("Lopez,Maria J", "Maria J Lopez"),
        ("Ait Sidi, Karthik", "Karthik Ait Sidi"),
        ("King, Martin, Jr.", "Martin King Jr."),
        ("King Jr., Martin", "Martin King Jr."),
        ("King, Martin III", "Martin King III"),
        ("Martin King, Jr.", "Martin King Jr."),
        ("Tom Ng, PhD", "Tom Ng PhD"),
        ("Lopez,", "Lopez"),
        (", Maria", "Maria"),
        ("Maria Lopez", "Maria Lopez"),
        ("Lopez, Maria, Front desk", "Lopez, Maria, Front desk"),
        ("Smith, V", "V Smith"),
        ("van der Berg, Zoë-Anne", "Zoë-Anne van der Berg"),
        ("Berg, van den, Piet", "Piet van den Berg"),
        ("Vries de, Klaas", "Klaas de Vries"),
        ("Berg van den, Piet", "Piet van den Berg"),
        ("Berg, Piet, van den", "Piet van den Berg"),
    ],
)
def test_surname_first_is_turned_round(written: str, said: str) -> None:
    assert turned(written) == said


@pytest.mark.parametrize(
    ("written", "name", "nickname"),
    [
        ('Katherine "Kate" Smith', "Katherine Smith", "Kate"),
        ("Robert (Bob) Jones", "Robert Jones", "Bob"),
        ("Elizabeth ‘Betty’ Ng", "Elizabeth Ng", "Betty"),
        ("Zoe Martin (she/her)", "Zoe Martin (she/her)", ""),
        ("Maria Lopez (sales)", "Maria Lopez (sales)", ""),
        ("Sean O'Neil O'Brien", "Sean O'Neil O'Brien", ""),
    ],
)
def test_a_nickname_is_lifted_out_of_the_middle_of_a_name_only(written: str, name: str, nickname: str) -> None:
    assert without_nickname(written) == (name, nickname)


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("\x1b[1;31mMaria\x1b[0m", "Maria"),
        ("\x1b]0;title\x07Maria", "Maria"),
        ("Ma\x00ri\x7fa\x9b2J", "Maria"),
        ("\u202eMaria\u2069 \u200eNg", "Maria Ng"),
        ("Maria\r\n\tLopez\u2028Ng", "Maria Lopez Ng"),
        ("Zoe\u0308", "Zoë"),
        ("نی\u200cما", "نی\u200cما"),
        ("A\ud800B\x1bC", "ABC"),
        ("", ""),
    ],
)
def test_text_is_tamed(hostile: str, plain: str) -> None:
    assert tamed(hostile, 200) == plain


def test_too_long_is_cut_and_shows_it() -> None:
    assert tamed("x" * 201, 200) == "x" * 199 + "…"
    assert tamed("x" * 200, 200) == "x" * 200


def test_a_name_has_letters_of_some_script() -> None:
    assert has_letters("王芳")
    assert not has_letters("4711 – *")


def test_names_are_compared_without_case_accents_and_blanks() -> None:
    assert name_key(" ZOË  Sørensen ") == name_key("zoe sorensen")


@given(st.text(max_size=60))
def test_taming_is_done_once_and_for_all(text: str) -> None:
    once = tamed(text, 40)
    assert tamed(once, 40) == once
    assert len(once) <= 40
    turned(once)
    without_nickname(once)
