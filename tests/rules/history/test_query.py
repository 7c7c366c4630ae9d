from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules import wording
from meetingtool.rules.history.query import FLAGS, LEGEND, MOST_TERMS, Query, highlights, parse_query
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)


def read(text: str, roster: Roster) -> Query:
    return parse_query(text, roster, TODAY)


def brief(text: str, roster: Roster) -> list[tuple[str, bool, str]]:
    """Kind, minus and what each term looks for."""
    return [(term.kind, term.negated, term.value or term.needle) for term in read(text, roster).terms]


def test_every_kind_of_term_is_read(roster: Roster) -> None:
    text = '@maria #own-it is:win customer:"Blue Door" "exact words" courier -refund'
    assert brief(text, roster) == [
        ("person", False, "maria"),
        ("standard", False, "own-it"),
        ("is", False, "win"),
        ("customer", False, " blue door "),
        ("phrase", False, " exact words "),
        ("word", False, " courier"),
        ("word", True, " refund"),
    ]
    assert read(text, roster).notes == ()
    assert [term.typed for term in read(text, roster).terms][3:5] == ['customer:"Blue Door"', '"exact words"']


def test_a_minus_turns_any_term_round(roster: Roster) -> None:
    text = '-@maria -#own-it -is:win -customer:acme -"exact words" -on:2026 -courier e-mail'
    assert [negated for _, negated, _ in brief(text, roster)] == [True] * 7 + [False]


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("on:2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("on:2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("on:2026-03-24", date(2026, 3, 24), date(2026, 3, 24)),
        ("on:yesterday", date(2026, 11, 23), date(2026, 11, 23)),
        ("ON:Last-Week", date(2026, 11, 16), date(2026, 11, 22)),
        ('on:"24 Dec"', date(2025, 12, 24), date(2025, 12, 24)),
        ("after:2026-03", date(2026, 3, 1), None),
        ("since:2026-03-05", date(2026, 3, 5), None),
        ("before:2026-03", None, date(2026, 2, 28)),
        ("until:2026-03", None, date(2026, 3, 31)),
    ],
)
def test_days_months_and_years_become_spans(typed: str, since: date | None, until: date | None, roster: Roster) -> None:
    (term,) = read(typed, roster).terms
    assert (term.kind, term.since, term.until) == ("days", since, until)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("is:wins", "win"),
        ("is:Stickies", "sticky"),
        ("is:star", "starred"),
        ("is:sta", "starred"),
        ("is:pro", "promise"),
    ]
    + [(f"is:{flag}", flag) for flag in FLAGS],
)
def test_is_takes_what_it_can_be_and_clear_beginnings_of_it(typed: str, value: str, roster: Roster) -> None:
    assert brief(typed, roster) == [("is", False, value)]


@pytest.mark.parametrize(
    ("typed", "terms", "note"),
    [
        ("@jo", [("word", False, " jo")], "Nobody is called @jo; searching for the word instead."),
        ("@sam", [("word", False, " sam")], "@sam could be several people; searching for the name instead."),
        ("@sam bell late", [("person", False, "sam-b"), ("word", False, " late")], ""),
        ("#tga", [("word", False, " tga")], "There is no standard #tga; searching for the word instead."),
        (
            '"exact wor',
            [("phrase", False, " exact wor")],
            "The quote is not closed: everything after it is part of it.",
        ),
        ("foo:bar", [("word", False, " foo bar")], "“foo:” is not a filter; searching for the words instead."),
        ("is:great", [], "is:great is left out; it can be win, sticky, praise, promise, action"),
        ("is:st", [], "is:st is left out; it can be sticky, starred."),
        ("is:", [], "is: is left out; it can be win"),
        ("on:", [], "on: is left out; a day, a month or a year must follow it."),
        ("on:2026-02-30", [], "on: is left out. There is no 30 February 2026. February 2026 has 28 days."),
        ("after:soon", [], "after: is left out. “soon” can't be read as a day, month or year. Try 2026"),
        (".*", [], "“.*” has no letters to search for."),
        ("\x1b[m", [("word", False, " m")], ""),
    ],
)
def test_what_is_not_understood_is_looked_for_or_left_out_and_said(
    typed: str, terms: list[tuple[str, bool, str]], note: str, roster: Roster
) -> None:
    query = read(typed, roster)
    assert brief(typed, roster) == terms
    assert note in " ".join(query.notes)
    assert bool(query.notes) == bool(note)


@pytest.mark.parametrize("typed", ["", "  ", "-", "@", "#", "^", "--- - -", "customer:"])
def test_signs_alone_are_waited_for_in_silence(typed: str, roster: Roster) -> None:
    query = read(typed, roster)
    assert (query.terms, query.notes) == ((), ())


@pytest.mark.parametrize("typed", ["#1 customer", "https://example.com/x", "10:30", "re(fund|pay)+.*back"])
def test_prose_and_patterns_are_words(typed: str, roster: Roster) -> None:
    query = read(typed, roster)
    assert {term.kind for term in query.terms} == {"word"}
    assert query.notes == ()


def test_a_query_of_any_length_has_few_terms(roster: Roster) -> None:
    query = read(" ".join(f"word{number}" for number in range(1_200)), roster)
    assert len(query.terms) == MOST_TERMS
    assert query.notes == (f"Only the first {MOST_TERMS} of 1200 parts are searched for.",)
    assert len(read("same " * 2_000, roster).terms) == 1


def test_the_legend_tells_the_truth(roster: Roster) -> None:
    for typed, _ in LEGEND:
        query = read(typed, roster)
        assert len(query.terms) == 1
        assert query.notes == ()


def test_words_and_phrases_are_marked_in_the_text_as_typed(roster: Roster) -> None:
    text = "Zoë called the Café twice; the café called back"
    query = read('cafe "CALLED BACK" -twice @maria', roster)
    assert [text[start:end] for start, end in highlights(text, query)] == ["Café", "café", "called back"]


@given(st.text() | st.text('@#^-:" isonaftercustomerw26.', max_size=40))
def test_every_text_is_a_query(roster: Roster, text: str) -> None:
    query = parse_query(text, roster, TODAY)
    assert query.text == text
    for term in query.terms:
        assert term.typed in text
        assert term.needle or term.value or term.since or term.until
    assert all(wording.one_line(note) == note for note in query.notes)
    highlights(text, query)
