"""Which words of a name somebody is called by, and which show that two names are of one person."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetingtool.rules.naming import first_name, name_key, spoken, surname, telling_words, with_initial


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Maria Lopez", "Maria", "Lopez"),
        ("Dr. Ken Ito", "Ken", "Ito"),
        ("Dr Ken Ito", "Ken", "Ito"),
        ("Dr.Ken Ito", "Ken", "Ito"),
        ("Mrs. Ann Bell", "Ann", "Bell"),
        ("Prof. Dr. Anna Muster", "Anna", "Muster"),
        ("Dipl.-Ing. Karl Alt", "Karl", "Alt"),
        ("Frau Eva Alt", "Eva", "Alt"),
        ("Dott. Luca Neri", "Luca", "Neri"),
        ("Dott.ssa Anna Neri", "Anna", "Neri"),
        ("Na Li", "Na", "Li"),
        ("Monsieur Luc Roy", "Luc", "Roy"),
        ("M. Jean Petit", "Jean", "Petit"),
        ("Pr. Alain Roux", "Alain", "Roux"),
        ("Fru Lise Bo", "Lise", "Bo"),
        ("J. Robert Ek", "Robert", "Ek"),
        ("J. Ek", "J.", "Ek"),
        ("J. R. Ek", "J.", "Ek"),
        ("Md. Rahim Uddin", "Rahim", "Uddin"),
        ("Lic. Ana Ruiz", "Ana", "Ruiz"),
        ("Ann Moore PhD", "Ann", "Moore"),
        ("Ann Moore, Ph.D.", "Ann", "Moore"),
        ("Ann Moore, MA", "Ann", "Moore"),
        ("Jack Ma", "Jack", "Ma"),
        ("Søren Ørsted Jr.", "Søren", "Ørsted"),
        ("Martin King III", "Martin", "King"),
        ("Mrs. Bell", "Mrs. Bell", ""),
        ("Inga Berg", "Inga", "Berg"),
        ("Ing Chen", "Ing", "Chen"),
        ("Md", "Md", ""),
        ("Plato", "Plato", ""),
        ("", "", ""),
    ],
)
def test_titles_and_degrees_are_neither_first_nor_last_names(name: str, first: str, last: str) -> None:
    assert (first_name(name), surname(name)) == (first, last)


def test_the_initial_is_that_of_the_last_name() -> None:
    assert with_initial("Dr. Ken Ito, PhD") == "Ken I."
    assert with_initial("Plato") == "Plato"


def test_somebody_with_a_title_goes_by_the_name_without_it_too() -> None:
    assert spoken("Dr. Ken Ito") == {"Dr. Ken Ito", "Ken Ito", "Ken"}


def test_names_are_compared_without_titles_case_accents_and_blanks() -> None:
    assert name_key("Dr.  ZOË Sørensen, PhD") == name_key("zoe sorensen")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Alma Prieto", "Carla Reyes", set()),
        ("Maria Lopez", "Maria Nowak", {"maria"}),
        ("Ana de Lima", "Eva de Souza", set()),
        ("Md. Rahim Uddin", "Md. Karim Hossain", set()),
        ("Ann J. Moore", "Bo J. Lind", set()),
        ("Zoe Martin", "Zoë Martin-Reid", {"zoe", "martin"}),
        ("J K", "J L", {"j"}),
        ("王芳", "王芳", {"王芳"}),
    ],
)
def test_only_telling_words_are_in_common(one: str, other: str, shared: set[str]) -> None:
    assert telling_words(one) & telling_words(other) == shared


@given(st.text(max_size=60))
@example("0,¨")
def test_every_name_has_something_to_be_called_by(name: str) -> None:
    assert bool(first_name(name).strip()) == bool(name.strip())
    assert name_key(name_key(name)) == name_key(name)
