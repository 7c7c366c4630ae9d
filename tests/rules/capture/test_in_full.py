"""Names in full behind an `@`: whom they mean, and which words belong to them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.records.people import Person
from meetingtool.rules.capture import Capture, compose, parse, with_mark
from meetingtool.rules.roster import Roster, handle_for

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 5, tzinfo=UTC)


def team(*names: str, nicknames: dict[str, str] | None = None) -> Roster:
    """People of these names, each with the handle that it gets; the handle is the id."""
    people: dict[str, Person] = {}
    for name in names:
        handle = handle_for(name, people)
        known = ((nicknames or {}).get(name, ""),) if name in (nicknames or {}) else ()
        people[handle] = Person(
            id=handle, at=MADE, made_at=MADE, made_by="pat", handle=handle, name=name, nicknames=known
        )
    return Roster(people.values(), (), TODAY)


TEAM = team(
    "Maria Lopez", "Maria Nowak", "Maria Cook", "Tom Ng", "Ewan Mac Donald", "Thi Minh Anh Nguyen", "Zoë Martin-Reid",
    "Joris van den Berg", nicknames={"Thi Minh Anh Nguyen": "Annie"},
)  # fmt: skip
ANNIE = handle_for("Thi Minh Anh Nguyen", ())


def read(line: str) -> Capture:
    return parse(line, TEAM, TODAY)


@pytest.mark.parametrize(
    ("line", "text", "handle"),
    [
        ("@Maria Nowak stayed late", "stayed late", "maria-n"),
        ("@maria nowak stayed", "stayed", "maria-n"),
        ("@Maria N stayed", "stayed", "maria-n"),
        ("@maria n. stayed", "stayed", "maria-n"),
        ("@maria n stayed", "stayed", "maria-n"),
        ("@maria lopez stayed", "stayed", "maria"),
        ("@maria-n nowak stayed", "stayed", "maria-n"),
        ("thanks to @maria nowak", "thanks to Maria N.", "maria-n"),
        ("thanks to @maria nowak.", "thanks to Maria N.", "maria-n"),
        ("stayed late, @maria nowak", "stayed late", "maria-n"),
        ("it was @Maria Nowak's idea", "it was Maria N.'s idea", "maria-n"),
        ("@Maria Cook cooked", "cooked", "maria-c"),
        ("@Tom Ng stayed", "stayed", "tom"),
        ("@tom n. stayed", "stayed", "tom"),
        ("thanks to @tom n. for the lift", "thanks to Tom for the lift", "tom"),
        ("thanks to @tom n. She left", "thanks to Tom. She left", "tom"),
        ("@Tom Ng and the driver swept", "Tom and the driver swept", "tom"),
        ("_@tom ng_ stayed", "_Tom_ stayed", "tom"),
        ("@Ewan MacDonald stayed", "stayed", "ewan"),
        ("@joris berg: swept", "swept", "joris"),
        ("@Joris van den Berg swept", "swept", "joris"),
        ("@annie nguyen rang", "rang", ANNIE),
        ("@Minh Nguyen rang", "rang", ANNIE),
        ('@"Maria Nowak" stayed', "stayed", "maria-n"),
        ("thanks to @“tom ng”'s care", "thanks to Tom's care", "tom"),
        ("@Maria-Nowak stayed", "stayed", "maria-n"),
        ("Maria Nowak @maria-n stayed", "Maria Nowak stayed", "maria-n"),
        ("@zoe martin reid rang", "rang", "zoe"),
    ],
)
def test_a_name_in_full_means_one_person_and_leaves_no_word_behind(line: str, text: str, handle: str) -> None:
    capture = read(line)
    assert (capture.text, capture.people, capture.unsorted) == (text, (handle,), ())


@pytest.mark.parametrize(
    ("line", "text", "handle"),
    [
        ("@maria a customer came", "a customer came", "maria"),
        ("@maria z klientem", "z klientem", "maria"),
        ("@tom. Ng came", "Ng came", "tom"),
        ("@tom\nNg came", "Ng came", "tom"),
        ("@tom noticed it", "noticed it", "tom"),
        ("@tom, ng came", "ng came", "tom"),
    ],
)
def test_words_that_are_no_part_of_a_name_stay(line: str, text: str, handle: str) -> None:
    capture = read(line)
    assert (capture.text, capture.people) == (text, (handle,))


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("@maria cook stayed", "@maria cook"),
        ("@Maria B stayed", "@Maria B"),
        ("thanks to @maria b. for it", "@maria b."),
        ("@maria Lindquvist stayed", "@maria Lindquvist"),
    ],
)
def test_a_name_that_may_be_several_people_s_is_sorted_out_as_a_whole(line: str, mark: str) -> None:
    roster = team("Maria Lopez", "Maria Cook", "Maria Berg", "Maria van den Berg", "Maria Lindquist")
    capture = parse(line, roster, TODAY)
    assert (capture.text, capture.people, capture.unsorted) == (line, (), (mark,))
    again = compose(capture.text, roster=roster, unsorted=capture.unsorted)
    assert parse(again, roster, TODAY).unsorted == (mark,)
    assert parse(with_mark(again, [mark], "@maria-b", roster), roster, TODAY).people == ("maria-b",)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("@Maria Kowalska stayed late", "@Maria Kowalska"),
        ("stayed late, @Maria Kowalska", "@Maria Kowalska"),
        ("the guest thanked @Maria Kowalska", "@Maria Kowalska"),
        ("it was @Maria Kowalska's idea", "@Maria Kowalska"),
        ("@Maria de Souza swept", "@Maria de Souza"),
        ("@Tom King swept", "@Tom King"),
        ("@Tom C. stayed", "@Tom C."),
        ("@tom c. stayed", "@tom c."),
        ("@maria Lopez-Kowalska stayed", "@maria Lopez-Kowalska"),
        ("@Maria Lopez Nowak stayed", "@Maria Lopez Nowak"),
    ],
)
def test_a_last_name_of_nobody_s_makes_a_mark_to_sort_out(line: str, mark: str) -> None:
    capture = read(line)
    assert (capture.text, capture.people, capture.unsorted, capture.left) == (line, (), (mark,), ())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("@Maria Stayed late", "Stayed late"),
        ("@Maria Went home", "Went home"),
        ("@Maria Great job today", "Great job today"),
        ("@Maria Monday went well", "Monday went well"),
        ("@Maria Acme called", "Acme called"),
        ("@Maria Tom helped", "Tom helped"),
        ("@Maria VIP came", "VIP came"),
        ("@Maria Guest Relations called", "Guest Relations called"),
    ],
)
def test_a_sentence_may_begin_with_a_capital_behind_a_mark(line: str, text: str) -> None:
    capture = parse(line, TEAM, TODAY, is_known=lambda name: name == "Acme")
    assert (capture.text, capture.people, capture.left) == (text, ("maria",), ())


def test_a_last_name_of_nobody_s_behind_a_handle_is_told_as_a_word() -> None:
    capture = read("@maria Kowalska stayed late")
    assert (capture.text, capture.people) == ("Kowalska stayed late", ("maria",))
    assert capture.remarks == ("“Kowalska” is taken for a word behind @maria. It stays in the text.",)


FIRSTS, LASTS = ("Maria", "Tom", "Jo"), ("Nowak", "Neal", "Ng", "van Dijk", "D'Orsay", "Lopez Garcia")
NAMES = st.builds("{} {}".format, st.sampled_from(FIRSTS), st.sampled_from(LASTS))
WAYS = st.sampled_from(["{first} {last}", "{first} {final}", "{first} {initial}.", "{first} {initial}"])
LINES = st.sampled_from(["@{} stayed late", "stayed late, @{}", "swept with @{} again", "@{}: swept", "with @{}"])


@settings(max_examples=40)
@given(names=st.lists(NAMES, min_size=1, max_size=5, unique=True), way=WAYS, line=LINES, small=st.booleans())
def test_no_name_in_full_is_taken_for_another_bearer_of_the_first_name(
    names: list[str], way: str, line: str, small: bool
) -> None:
    roster = team(*names)
    for name in names:
        first, _, last = name.partition(" ")
        final = last.split()[-1]
        called = way.format(first=first, last=last, final=final, initial=final[0])
        capture = parse(line.format(called.lower() if small else called), roster, TODAY)
        meant = roster.person(name)
        assert meant is not None
        assert capture.people in ((meant.id,), ())
        assert capture.people or len(roster.called(called)) > 1
        if capture.people:
            bare = line.format("X").replace("@X", roster.short_name(meant.id))
            lifted = {"@{} stayed late": "stayed late", "stayed late, @{}": "stayed late", "@{}: swept": "swept"}
            assert capture.text.rstrip(".") == lifted.get(line, bare).rstrip(".")
