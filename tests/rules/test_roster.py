"""Who is meant by a handle or a name, and how people are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import GONE, HANDLE, Roster, could_be, handle_for

TODAY = date(2026, 11, 24)
THEN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def person(handle: str, name: str, **more: object) -> Person:
    return Person(id=handle.upper(), at=THEN, made_at=THEN, made_by="pat", handle=handle, name=name, **more)  # type: ignore[arg-type]


PEOPLE = (
    person("maria", "Maria Lopez"),
    person("maria-n", "Maria Nowak", nicknames=("Majka",)),
    person("zoe", "Zoë Martin-Reid", former_handles=("zoe-m",)),
    person("sam", "Sam Bell", left=date(2026, 3, 31)),
    person("sam-o", "Sam O'Dowd"),
)
STANDARD = Standard(
    id="OWN", at=THEN, made_at=THEN, made_by="pat", tag="own-it", title="Owns it", behaviour="", anchors=("",) * 5,
    former_tags=("ownership",), retired=date(2026, 6, 30),
)  # fmt: skip
ROSTER = Roster(PEOPLE, [STANDARD], TODAY)


@pytest.mark.parametrize(
    ("said", "handle"),
    [
        ("maria", None),
        ("Maria", None),
        ("@MARIA", "maria"),
        ("maria-n", "maria-n"),
        ("@Maria-N", "maria-n"),
        ("Maria Nowak", "maria-n"),
        ("majka", "maria-n"),
        ("zoe", "zoe"),
        ("Zoë", "zoe"),
        ("zoe-m", "zoe"),
        ("ZOE  martin-reid", "zoe"),
        ("sam o'dowd", "sam-o"),
        ("majka nowak", "maria-n"),
        ("@majka n.", "maria-n"),
        ("Nowak, Majka", "maria-n"),
        ("zoe reid", None),
        ("Sam ODowd", "sam-o"),
        ("Maria Neal", None),
        ("lopez", "maria"),
        ("martin-reid", "zoe"),
        ("@lopez", None),
        ("lo", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_handle_a_name_or_a_nickname_means_one_person(said: str, handle: str | None) -> None:
    found = ROSTER.person(said)
    assert (found.handle if found else None) == handle


def test_a_name_that_several_have_names_them_all() -> None:
    assert could_be(ROSTER.meant_by("Maria")) == "Maria Lopez (@maria) or Maria Nowak (@maria-n)"
    assert [found.handle for found in ROSTER.meant_by("@maria")] == ["maria"]
    assert ROSTER.meant_by("nobody") == ()


def test_whoever_had_left_is_told_where_another_of_that_first_name_is_there() -> None:
    told = "Sam Bell (@sam) had left by then; did you mean Sam O'Dowd (@sam-o)?"
    assert ROSTER.mistaken(["SAM", "ZOE"], TODAY) == told
    assert ROSTER.mistaken(["SAM"], date(2026, 3, 31)) == ROSTER.mistaken(["SAM-O"], TODAY) == ""


def test_a_handle_of_somebody_who_left_is_not_the_name_of_somebody_there() -> None:
    people = [person("sam", "Sam Bell", left=date(2026, 3, 31)), person("sam-o", "Sam O'Dowd")]
    roster = Roster(people, (), TODAY)
    assert roster.person("Sam") is None
    found = roster.person_by_handle("sam")
    assert found is not None
    assert found.name == "Sam Bell"


def test_a_former_handle_that_is_the_first_name_of_others_is_theirs_as_well() -> None:
    people = [person("cleo-e", "Cleo Ek", former_handles=("cleo", "clee")), person("cleo-t", "Cleo Two")]
    roster = Roster(people, (), TODAY)
    assert [found.handle for found in roster.meant_by("@cleo")] == ["cleo-e", "cleo-t"]
    assert [found.handle for found in roster.meant_by("@clee")] == ["cleo-e"]


def test_a_title_is_no_first_name() -> None:
    people = [person("ken", "Dr. Ken Ito"), person("ann", "Dr. Ann Bell"), person("cox", "Mrs. Cox")]
    roster = Roster(people, (), TODAY)
    assert [roster.short_name(each.id) for each in people] == ["Ken", "Ann", "Mrs. Cox"]
    assert roster.person("Ken Ito") == roster.person("ken") == people[0]
    assert roster.person("Dr.") is None


def test_a_first_name_shared_with_someone_who_left_means_the_one_who_is_there() -> None:
    people = [person("sam-b", "Sam Bell", left=date(2026, 3, 31)), person("sam-o", "Sam O'Dowd")]
    found = Roster(people, (), TODAY).person("sam")
    assert found is not None
    assert found.handle == "sam-o"


def test_people_are_called_by_the_shortest_name_that_is_theirs_alone() -> None:
    names = [ROSTER.short_name(handle.upper()) for handle in ("maria", "maria-n", "zoe", "sam", "sam-o")]
    assert names == ["Maria L.", "Maria N.", "Zoë", "Sam B.", "Sam"]
    assert ROSTER.short_name("UNKNOWN") == GONE


def test_people_with_one_first_name_and_initial_are_called_by_what_tells_them_apart() -> None:
    names = {
        "alexander": "Christopher Alexander Moss-Smythe",
        "anthony": "Christopher Anthony Moss-Smythe",
        "ruiz": "Ana Ruiz",
        "maria": "Ana María Ruiz",
        "twin": "Kim Ng",
        "twin-2": "Kim Ng",
    }
    roster = Roster([person(handle, name) for handle, name in names.items()], (), TODAY)
    called = [roster.short_name(handle.upper()) for handle in names]
    assert called == ["Christopher Alexander", "Christopher Anthony", "Ana Ruiz", "Ana María", "Kim Ng", "Kim Ng"]
    found = roster.person("christopher anthony")
    assert found is not None and found.handle == "anthony"


def test_those_who_left_are_not_among_the_people_of_today() -> None:
    assert [p.handle for p in ROSTER.people] == ["maria", "maria-n", "sam-o", "zoe"]
    assert len(ROSTER.everyone) == 5


def test_a_retired_standard_is_found_but_not_in_use() -> None:
    assert ROSTER.standard("#ownership") is STANDARD
    assert ROSTER.standards == ()
    assert ROSTER.all_standards == (STANDARD,)


@pytest.mark.parametrize(
    ("name", "taken", "handle"),
    [
        ("Maria Lopez", (), "maria"),
        ("Maria Lopez", ("maria",), "maria-l"),
        ("Maria Lopez", ("maria", "maria-l"), "maria-lopez"),
        ("Maria Lopez", ("maria", "maria-l", "maria-lopez"), "maria-lopez-2"),
        ("Zoë Martin-Reid", (), "zoe"),
        ("Søren Ørsted Jr.", ("soren",), "soren-o"),
        ("Plato", ("plato",), "plato-2"),
        ("Саша", ("sasha",), "sasha-2"),
        ("Dr. Ken Ito", (), "ken"),
        ("Prof. Dr. Ann Bell", ("ann",), "ann-b"),
        ("Md. Rahim", (), "rahim"),
        ("Ken Ito, PhD", ("ken",), "ken-i"),
        ("Mgr. Jana Malá", (), "jana"),
        ("Mgr. Malá", (), "mala"),
        ("Supt. Jo Fox", (), "jo"),
    ],
)
def test_a_handle_is_short_latin_and_free(name: str, taken: tuple[str, ...], handle: str) -> None:
    assert handle_for(name, taken) == handle


@given(st.text(max_size=60), st.sets(st.sampled_from(["person", "a", "b-c", "person-2"])))
def test_every_name_gets_a_handle_that_can_be_typed(name: str, taken: set[str]) -> None:
    handle = handle_for(name, taken)
    assert handle not in taken
    assert HANDLE.fullmatch(handle)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_a_text_folds_letter_by_letter(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


def test_accents_and_case_do_not_part_names() -> None:
    assert fold("ZOË SØRENSEN") == fold("zoe sorensen")
    assert fold("Straße") == fold("STRASSE")


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Иван Петров", "ivan"),
        ("Жанна Щукина", "zhanna"),
        ("Георгій Їжак", "georgiy"),
        ("Γιώργος Παπάς", "giorgos"),
        ("أحمد علي", "ahmd"),
        ("משה כהן", "mshh"),
        ("김민준", "gimminjun"),
        ("さくら きょう", "sakura"),
        ("きょうこ", "kyouko"),
        ("प्रिया शर्मा", "priyaa"),
        ("สมชาย ใจดี", "smchay"),
        ("გიორგი", "giorgi"),
        ("Łukasz Żak", "lukasz"),
        ("王 小明", "person"),
    ],
)
def test_a_handle_of_another_script_is_spelled_in_latin_letters(name: str, handle: str) -> None:
    assert handle_for(name, ()) == handle


def test_a_name_that_can_not_be_spelled_takes_its_handle_from_the_address_or_the_number() -> None:
    assert handle_for("王 小明", (), "xiaoming.wang@x.example") == "xiaoming"
    assert handle_for("Ann Moore", (), "am@x.example") == "ann"
    assert handle_for("毛泽东", (), "", "0012") == "person-0012"


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("obrien", ["sean"]),
        ("O’Brien", ["sean"]),
        ("Lopez, Maria", ["maria"]),
        ("lopez,maria", ["maria"]),
        ("King, Jr.", []),
        ("@obrien", []),
        ("Maria, Lopez", []),
    ],
)
def test_a_last_name_without_its_signs_and_a_name_turned_round_mean_one_person(text: str, handles: list[str]) -> None:
    roster = Roster([person("maria", "Maria Lopez"), person("sean", "Sean O'Brien")], (), TODAY)
    assert [one.handle for one in roster.meant_by(text)] == handles


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Lopez", ["maria"]),
        ("@lopez", ["maria"]),
        ("Lopez, Maria", ["maria"]),
        ("m.lopez", ["maria"]),
        ("maria-l", ["maria"]),
        ("obrien", ["sean"]),
        ("@o’brien", ["sean"]),
        ("maria", []),
        ("", []),
        ("lop", []),
    ],
)
def test_whom_a_text_may_mean_that_is_nobodys_name(text: str, handles: list[str]) -> None:
    roster = Roster([person("maria", "Maria Lopez"), person("sean", "Sean O'Brien")], (), TODAY)
    assert [one.handle for one in roster.alike(text)] == handles
    assert [one.handle for one in ROSTER.alike("@maria nowack")] == ["maria-n"]


def test_a_name_as_it_is_drawn_is_understood() -> None:
    roster = Roster([person("maria", "Maria Lopez"), person("maria-n", "Maria Nowak")], (), TODAY)
    for text in ("Maria N.", "maria n"):
        found = roster.person(text)
        assert found is not None and roster.short_name(found.id) == "Maria N."
