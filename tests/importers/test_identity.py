"""Who of the team a row of a roster is: a number, an address or a name alone renames nobody and doubles nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.importers.identity import Likeness, matches
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.people import Person
from meetingtool.rules.naming import number_key, telling_words

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def person(handle: str, name: str, **more: object) -> Person:
    return Person(id=handle, at=NOW, made_at=NOW, made_by="t", handle=handle, name=name, **more)  # type: ignore[arg-type]


def row(name: str, **more: object) -> RosterRow:
    return RosterRow(line=2, name=name, **more)  # type: ignore[arg-type]


def test_the_number_tells_who_it_is_before_the_e_mail_and_the_e_mail_before_the_name() -> None:
    maria = person("maria", "Maria Lopez", number="7")
    mary = person("mary", "Mary Poole", email="Mary.Poole@example.org")
    zoe = person("zoe", "Zoë Martin-Reid")
    team = [zoe, mary, maria]
    rows = [
        row("ZOE MARTIN-REID"),
        row("Mary Smith", email="mary.poole@example.org"),
        row("Maria Lopez Ng", number="7"),
        row("Tom"),
    ]
    assert matches(team, rows).found == {0: zoe, 1: mary, 2: maria}


def test_a_name_with_another_number_is_another_person() -> None:
    assert matches([person("maria", "Maria Lopez", number="7")], [row("Maria Lopez", number="8")]).found == {}


@pytest.mark.parametrize("name", ["Todd OBryan", "Todd O Bryan", "TODD O’BRYAN", "Todd O-Bryan"])
def test_a_name_is_known_without_its_apostrophe_unless_two_have_it(name: str) -> None:
    todd = person("todd", "Todd O'Bryan")
    assert matches([todd], [row(name)]).found == {0: todd}
    namesakes = [person("todd", "Todd O'Bryan", number="7"), person("todd-o", "Todd O'bryan", number="8")]
    assert matches(namesakes, [row(name)]).found == {}


def test_an_e_mail_that_several_share_tells_nobody() -> None:
    desk = "desk@example.org"
    team = [person("maria", "Maria Lopez", email=desk), person("tom", "Tom Ng", email=desk)]
    assert matches(team, [row("Zoe Reid", email=desk)]).found == {}
    assert matches(team, [row("Tom Ng", email=desk), row("Maria Lopez", email=desk)]).found == {0: team[1], 1: team[0]}


def test_two_of_one_name_are_each_found_once_and_those_on_the_team_first() -> None:
    gone = person("maria", "Maria Lopez", left=date(2020, 1, 31))
    here = person("maria-l", "Maria Lopez")
    assert matches([gone, here], [row("Maria Lopez")]).found == {0: here}
    assert matches([gone, here], [row("Maria Lopez"), row("Maria Lopez", left=date(2020, 1, 31))]).found == {
        0: here,
        1: gone,
    }


def test_a_handle_tells_who_was_renamed_but_not_who_is_somebody_else() -> None:
    maria, ng = person("maria", "Maria Lopez"), person("maria-n", "Maria Ng")
    assert matches([maria, ng], [row("Maria Martin", handle="maria")]).found == {0: maria}
    assert matches([maria, ng], [row("Maria Ng", handle="maria")]).found == {0: ng}
    assert matches([maria, ng], [row("Tom Reid", handle="maria")]).found == {}


def test_somebody_of_the_name_of_one_who_had_left_before_is_new() -> None:
    gone = person("maria", "Maria Lopez", left=date(2020, 1, 31))
    assert matches([gone], [row("Maria Lopez", started=date(2021, 1, 1))]).found == {}
    assert matches([gone], [row("Maria Lopez", started=date(2019, 1, 1))]).found == {0: gone}


def test_a_number_that_joins_two_names_without_a_word_in_common_renames_nobody() -> None:
    ann, bo = person("ann", "Ann Moore", number="1"), person("bo", "Bo Lind", number="2")
    found = matches([ann, bo], [row("Bo Lind", number="1"), row("Cleo Ek", number="2")])
    assert (found.found, found.unclear) == ({}, {0: (bo,)})
    assert found.alike == {1: Likeness(bo, "employee number")}


def test_nobody_takes_the_number_of_somebody_whose_name_stands_in_another_row() -> None:
    ann = person("ann", "Ann Moore", number="1")
    assert matches([ann], [row("Bo Moore", number="1"), row("Ann Moore", number="2")]).found == {}
    assert matches([ann], [row("Ann Moore-Fox", number="1")]).found == {0: ann}


@pytest.mark.parametrize(
    ("now", "is_she"),
    [
        (row("Ann Fox", number="1"), False),
        (row("Ann Fox", number="1", email="am@x.example"), True),
        (row("Moore Terrier", number="1", email="am@x.example"), False),
        (row("A. Moore", number="1"), True),
        (row("Moore Ann Mary", number="1"), True),
        (row("Annie Moore", number="1"), True),
        (row("Peter Moore", number="1"), False),
        (row("Nan Moore", number="1", email="am@x.example"), True),
        (row("Nan Moore", number="1", started=date(2019, 3, 4)), True),
        (row("Ann Fox", number="1", started=date(2026, 11, 2)), False),
    ],
)
def test_a_number_renames_only_whom_more_than_one_name_shows(now: RosterRow, is_she: bool) -> None:
    ann = person("ann", "Ann Moore", number="1", email="am@x.example", started=date(2019, 3, 4))
    assert matches([ann], [now]).found == ({0: ann} if is_she else {})


def test_a_number_and_one_shared_name_rename_neither_namesakes_nor_relatives_nor_leavers() -> None:
    team = [
        person("maria", "Maria Lopez", number="3"),
        person("tom", "Tom Ng", number="4"),
        person("nguyen", "Nguyen Van Anh", number="5"),
    ]
    rows = [row("Maria Santos", number="3"), row("Tom Jones", number="4"), row("Nguyen Thi Mai", number="5")]
    found = matches(team, rows)
    assert found.found == {}
    assert found.alike == {place: Likeness(one, "employee number", may_be=True) for place, one in enumerate(team)}
    left = person("maria", "Maria Lopez", number="7", left=date(2026, 11, 1))
    assert matches([left], [row("Maria Lopez Keller", number="7")]).found == {}
    assert matches([team[0]], [row("Maria Lopez Keller", number="3", started=date(2026, 12, 1))]).found == {}


def test_a_shared_or_recycled_address_renames_nobody() -> None:
    alma = person("alma", "Alma Prieto", email="benefits@x.example")
    found = matches([alma], [row("Carla Reyes", email="benefits@x.example")])
    assert (found.found, found.alike) == ({}, {0: Likeness(alma, "e-mail address", may_be=True)})
    assert matches([alma], [row("Carla Prieto", email="benefits@x.example")]).found == {}
    assert matches([alma], [row("Alma Reyes", email="benefits@x.example")]).found == {}


def test_an_address_of_ones_own_tells_who_has_another_name_now() -> None:
    ann = person("ann", "Ann Moore", email="a.moore@x.example")
    assert matches([ann], [row("Ann Fox", email="A.Moore@x.example")]).found == {0: ann}
    assert matches([ann], [row("Annabel Moore", email="a.moore@x.example")]).found == {0: ann}


@pytest.mark.parametrize(("kept", "given_"), [("7", "0007"), ("0007", "7"), ("E-7", "e-7")])
def test_a_number_is_the_same_without_the_zeros_in_front_where_the_names_agree(kept: str, given_: str) -> None:
    ann = person("ann", "Ann Moore", number=kept)
    assert matches([ann], [row("Ann Moore", number=given_)]).found == {0: ann}
    assert matches([ann], [row("Ann Fox", number=given_)]).found == {}


def test_titles_make_nobody_somebody_else() -> None:
    ken = person("ken", "Dr. Ken Ito")
    assert matches([ken], [row("Ken Ito, PhD")]).found == {0: ken}


def test_of_two_of_one_name_the_first_day_or_the_address_tells() -> None:
    one = person("ann", "Ann Moore", started=date(2019, 3, 4))
    other = person("ann-m", "Ann Moore", started=date(2021, 5, 6), email="am@x.example")
    rows = [row("Ann Moore", started=date(2021, 5, 6)), row("Ann Moore", started=date(2019, 3, 4))]
    assert matches([one, other], rows).found == {0: other, 1: one}
    assert matches([one, other], [row("Ann Moore", email="am@x.example")]).found == {0: other}


def test_where_nothing_tells_two_of_one_name_apart_nobody_is_guessed() -> None:
    one, other = person("ann", "Ann Moore"), person("ann-m", "Ann Moore")
    found = matches([one, other], [row("Ann Moore", role="Lead")])
    assert (found.found, found.unclear) == ({}, {0: (one, other)})


def test_two_rows_of_one_name_do_not_both_become_the_one_who_is_there() -> None:
    ann = person("ann", "Ann Moore")
    found = matches([ann], [row("Ann Moore", number="E1"), row("Ann Moore", number="E2")])
    assert found.found == {}
    assert set(found.unclear) == {0, 1}


def test_somebody_new_whose_name_holds_that_of_another_is_told() -> None:
    maria = person("maria", "Maria")
    assert matches([maria], [row("Maria Lopez")]).alike == {0: Likeness(maria, "name", may_be=True)}
    assert matches([maria], [row("Maria Lopez"), row("Maria")]).alike == {}


names = st.sampled_from(["Ann Moore", "Bo Moore", "Ann Fox", "Bo Lind", "Dr. Ann Moore", "Cleo Ek", "ANN MOORE"])
numbers = st.sampled_from(["", "1", "2", "0001", "E1"])
emails = st.sampled_from(["", "desk@x.example", "ann@x.example"])


@given(st.lists(st.tuples(names, numbers, emails), max_size=5), st.lists(st.tuples(names, numbers, emails), max_size=5))
def test_whoever_is_found_shares_a_word_and_nobody_is_found_twice(
    team: list[tuple[str, str, str]], roster: list[tuple[str, str, str]]
) -> None:
    people = [person(f"p{place}", name, number=n, email=mail) for place, (name, n, mail) in enumerate(team)]
    rows = [row(name, number=n, email=mail) for name, n, mail in roster]
    found = matches(people, rows)
    assert len({one.id for one in found.found.values()}) == len(found.found)
    for index, one in found.found.items():
        assert telling_words(one.name) & telling_words(rows[index].name)
        assert index not in found.unclear
        assert not one.number or not rows[index].number or number_key(one.number) == number_key(rows[index].number)
