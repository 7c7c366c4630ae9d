from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from meetingtool.records.stories import Story
from meetingtool.rules.people.guards import Guard, before_sharing, guards
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.rating_evidence import citation_problem, evidence_problem, needs_evidence
from meetingtool.rules.people.score import QUARTER_DAYS_LEAST
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, OpenPromise, ScoreInputs

YEAR = period_of(2026)
QUARTERS = quarters(YEAR)
END = date(2026, 12, 31)


def rating(number: int, day: date, value: int = 4, standard: str = "listen", **changes: object) -> GivenRating:
    quarter = next(index for index, span in enumerate(QUARTERS) if day <= span.until)
    plain = GivenRating(f"r{number}", standard, day, value, quarter, noted=True)
    return msgspec.structs.replace(plain, **changes)


def held(*tags: str, since: date = date(2020, 1, 1)) -> tuple[HeldStandard, ...]:
    return tuple(HeldStandard(tag, tag, tag.title(), 1, since, None) for tag in tags)


def sound(**changes: object) -> ScoreInputs:
    """A year without anything to remark: a rating in the middle of every quarter, a story last week."""
    plain = ScoreInputs(
        person="p1",
        period=YEAR,
        quarters=QUARTERS,
        standards=held("listen"),
        ratings=tuple(rating(n, date(2026, 2 + 3 * n, 10), value) for n, value in enumerate((4, 3, 4, 3))),
        last_story=date(2026, 12, 20),
    )
    return msgspec.structs.replace(plain, **changes)


def messages(inputs: ScoreInputs, today: date = END, code: str = "", **who: date) -> list[str]:
    return [guard.message for guard in guards(inputs, today, **who) if code in ("", guard.code)]


def test_a_sound_year_needs_no_second_look() -> None:
    assert guards(sound(), END) == ()
    assert guards(sound(), date(2027, 1, 20)) == ()


def test_over_half_of_the_evidence_from_the_last_90_days_is_said() -> None:
    late = tuple(rating(10 + n, date(2026, 11, 1 + n), 3 + n % 2) for n in range(4))
    found = sound(ratings=(*sound().ratings[:3], *late))
    assert messages(found, code="recency") == ["over half of the evidence is from the last 90 days (4 of 7)"]
    half = sound(ratings=(*sound().ratings, *late[:2]))
    assert messages(half, code="recency") == []


def test_wins_count_as_evidence_for_recency_and_stickies_do_not() -> None:
    wins = tuple((date(2026, 12, day), f"w{day}", date(2026, 12, day)) for day in range(1, 6))
    assert messages(sound(wins=wins), code="recency") == ["over half of the evidence is from the last 90 days (6 of 9)"]
    assert messages(sound(stickies=("k1", "k2", "k3", "k4", "k5")), code="recency") == []


def test_recency_says_nothing_before_two_times_90_days_have_passed() -> None:
    spring = sound(ratings=(rating(1, date(2026, 5, 1)), rating(2, date(2026, 5, 20))), last_story=date(2026, 6, 1))
    assert messages(spring, date(2026, 6, 15), code="recency") == []
    assert messages(spring, date(2026, 7, 15), code="recency")
    assert messages(spring, date(2026, 7, 15), code="recency", started=date(2026, 4, 1)) == []


def test_a_standard_without_a_rating_in_two_quarters_running_is_said_with_its_last_month() -> None:
    spring = sound(ratings=(rating(1, date(2026, 2, 10)), rating(2, date(2026, 4, 10), 3)))
    assert messages(spring, code="gap") == ["nothing on #listen since April"]
    assert [guard.subject for guard in guards(spring, END) if guard.code == "gap"] == ["listen"]
    assert messages(spring, date(2026, 12, 30), code="gap") == [], "the last quarter has not ended"
    assert messages(sound(ratings=()), code="gap") == ["nothing on #listen in this period"]
    autumn = sound(ratings=(rating(1, date(2026, 8, 10)), rating(2, date(2026, 11, 10), 3)))
    assert messages(autumn, code="gap") == ["nothing on #listen in Jan–Mar and Apr–Jun"]


def test_two_empty_quarters_apart_are_no_gap() -> None:
    found = sound(ratings=(rating(1, date(2026, 5, 10)), rating(2, date(2026, 11, 10), 3)))
    assert messages(found, code="gap") == []


def test_no_rating_is_expected_before_a_person_or_a_standard_was_there() -> None:
    late = sound(ratings=(rating(1, date(2026, 11, 10)),))
    assert messages(late, code="gap")
    assert messages(late, code="gap", started=date(2026, 6, 15)) == []
    assert messages(msgspec.structs.replace(late, standards=held("listen", since=date(2026, 6, 15))), code="gap") == []
    assert messages(sound(ratings=sound().ratings[:2]), code="gap", left=date(2026, 7, 20)) == []


def test_six_weeks_without_a_story_are_said() -> None:
    assert messages(sound(last_story=date(2026, 11, 20)), code="silence") == []
    assert messages(sound(last_story=date(2026, 11, 19)), code="silence") == ["no story for 6 weeks"]
    assert messages(sound(last_story=None), code="silence") == ["no story in this period"]
    assert messages(sound(last_story=date(2025, 12, 24)), date(2026, 1, 20), code="silence") == []
    assert messages(sound(last_story=None), code="silence", started=date(2026, 12, 1)) == []


def test_ratings_all_alike_are_said() -> None:
    alike = tuple(rating(n, date(2026, 2 + 3 * (n % 4), 10), 4) for n in range(12))
    assert messages(sound(ratings=alike), code="alike") == ["all 12 ratings are 4"]
    nearly = (*alike[1:], rating(0, date(2026, 2, 10), 3))
    assert messages(sound(ratings=nearly), code="alike") == ["11 of 12 ratings are 4"]
    assert messages(sound(ratings=alike[:4]), code="alike") == []


def test_what_was_written_down_in_one_go_at_the_end_is_said() -> None:
    entered = tuple(msgspec.structs.replace(r, entered=date(2026, 11, 20)) for r in sound().ratings)
    assert messages(sound(ratings=entered), code="recency") == [
        "over half of the evidence was entered in the last 90 days (4 of 4)"
    ]
    in_time = tuple(msgspec.structs.replace(r, entered=r.day) for r in sound().ratings)
    assert messages(sound(ratings=in_time), code="recency") == []


def test_evidence_that_is_gone_or_about_others_is_said() -> None:
    lost = msgspec.structs.replace(sound().ratings[0], value=5, noted=False, stories=("w1",), lost=("w1",))
    assert messages(sound(ratings=(lost, *sound().ratings[1:])), code="gone") == [
        "the story that 1 rating rests on is gone, or is not about the person"
    ]
    noted = msgspec.structs.replace(lost, noted=True)
    assert messages(sound(ratings=(noted, *sound().ratings[1:])), code="gone") == []


def test_ratings_that_do_not_count_in_the_period_are_said() -> None:
    assert messages(sound(uncounted=("r9",)), code="uncounted") == [
        "1 rating lies on standards that don't count in 2026"
    ]


def test_before_sharing_a_running_period_and_empty_words_are_said() -> None:
    def said(today: date, *words: str, left: date | None = None) -> list[str]:
        return [guard.message for guard in before_sharing(sound(), today, words, left=left)]

    assert said(date(2026, 11, 29), "Calm.") == ["the period has not ended: 32 days of it are still to come"]
    assert said(date(2026, 12, 30), "Calm.") == ["the period has not ended: 1 day of it is still to come"]
    assert said(date(2026, 12, 31), "", "\u200b ", "") == ["there is nothing in your own words"]
    assert said(date(2026, 12, 31), "", "Calm.") == []
    assert said(date(2026, 11, 29), "Calm.", left=date(2026, 10, 31)) == []


def test_thin_evidence_is_said() -> None:
    bare = tuple(rating(n, date(2026, 2 + 3 * n, 10), value, noted=False) for n, value in enumerate((4, 3, 5, 3)))
    assert messages(sound(ratings=bare), code="thin") == [
        "1 rating of 1, 2 or 5 without a note or a story",
        "4 of 4 ratings rest on neither a note nor a story",
    ]
    assert messages(sound(ratings=()), code="thin") == ["there is no rating in this period"]


def test_a_low_rating_that_cites_a_sticky_is_said_first() -> None:
    low = rating(9, date(2026, 6, 1), 2, on_sticky=True)
    found = guards(sound(ratings=(*sound().ratings, low)), END)
    assert found[0] == Guard(
        "sticky",
        "1 rating below 4 cites a sticky situation; sharing one is never held against anyone",
        records=("r9",),
    )


def test_promises_past_due_and_undecided_are_said() -> None:
    still_open = (OpenPromise("f1", date(2026, 12, 1)), OpenPromise("f2", date(2026, 12, 31)))
    assert messages(sound(still_open=still_open), code="open") == ["1 promise past due and not yet decided"]


def test_who_was_not_there_and_what_has_not_begun_have_no_guards() -> None:
    assert guards(sound(ratings=()), date(2025, 12, 31)) == ()
    assert guards(sound(ratings=()), END, left=date(2025, 1, 1)) == ()


def on_days(*days: date, values: tuple[int, ...] = (4, 3)) -> tuple[GivenRating, ...]:
    """Ratings on these days, the values in turn."""
    return tuple(rating(n, day, values[n % len(values)]) for n, day in enumerate(days))


def test_guards_begin_on_the_first_day_of_the_period() -> None:
    assert messages(sound(ratings=()), date(2026, 1, 1)) == ["there is no rating in this period"]


@pytest.mark.parametrize(("wrong", "told"), [(1, "1 rating is not from"), (2, "2 ratings are not from")])
def test_values_off_the_scale_are_counted(wrong: int, told: str) -> None:
    (message,) = messages(sound(off_scale=tuple("xyz"[:wrong])), code="wrong")
    assert message.startswith(told)


@pytest.mark.parametrize(
    ("value", "on_sticky", "said"), [(1, True, True), (3, True, True), (4, True, False), (2, False, False)]
)
def test_a_sticky_may_be_cited_for_a_4(value: int, on_sticky: bool, said: bool) -> None:
    given = rating(9, date(2026, 6, 1), value, on_sticky=on_sticky)
    assert bool(messages(sound(ratings=(*sound().ratings, given)), code="sticky")) is said


def test_a_running_period_runs_from_its_first_day_to_the_day_before_its_last() -> None:
    running = [before_sharing(sound(), day, ["Calm."]) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert [bool(found) for found in running] == [False, True]
    left = date(2026, 6, 30)
    assert [bool(before_sharing(sound(), left - timedelta(days), ["Calm."], left=left)) for days in (1, 0)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("value", "said"), [(1, True), (2, True), (3, False), (4, False), (5, True)])
def test_a_bare_rating_of_1_2_or_5_is_said(value: int, said: bool) -> None:
    ratings = (*sound().ratings, rating(9, date(2026, 6, 1), value, noted=False))
    assert messages(sound(ratings=ratings), code="thin") == ["1 rating of 1, 2 or 5 without a note or a story"] * said


def test_exactly_half_of_the_ratings_may_be_bare() -> None:
    def thin(bare: int) -> list[str]:
        given = tuple(msgspec.structs.replace(r, noted=n >= bare) for n, r in enumerate(sound().ratings))
        return messages(sound(ratings=given), code="thin")

    assert thin(2) == []
    assert thin(3) == ["3 of 4 ratings rest on neither a note nor a story"]


def test_the_180th_day_is_the_first_on_which_recency_is_looked_at() -> None:
    late = sound(ratings=on_days(date(2026, 6, 1), date(2026, 6, 10)))
    assert messages(late, date(2026, 6, 28), code="recency") == []
    assert messages(late, date(2026, 6, 29), code="recency") != []


def test_the_last_90_days_end_with_the_last_one() -> None:
    first_of_them = date(2026, 10, 3)
    assert messages(sound(ratings=on_days(first_of_them)), code="recency") != []
    assert messages(sound(ratings=on_days(first_of_them - timedelta(1))), code="recency") == []


def test_a_quarter_asks_for_a_rating_from_as_many_days_as_the_score_does() -> None:
    only = sound(ratings=on_days(date(2026, 11, 10)))
    second = QUARTERS[1]

    def gap(days: int) -> list[str]:
        return messages(only, code="gap", started=second.until - timedelta(days - 1))

    assert gap(QUARTER_DAYS_LEAST) != []
    assert gap(QUARTER_DAYS_LEAST - 1) == []


def test_a_rating_within_the_two_quarters_of_another_gap_names_them() -> None:
    first_day = sound(ratings=on_days(date(2026, 7, 1)), quarters=QUARTERS)
    assert messages(first_day, code="gap") == ["nothing on #listen in Jan–Mar and Apr–Jun"]
    to_june = sound(ratings=on_days(date(2026, 6, 30)))
    assert messages(to_june, code="gap") == ["nothing on #listen since June"]


def test_a_story_on_the_first_day_of_the_period_breaks_the_silence() -> None:
    told = [sound(last_story=date(2026, 1, 1) - timedelta(days)) for days in (0, 1)]
    assert [messages(found, date(2026, 6, 1), code="silence") for found in told] == [
        ["no story for 5 months"],
        ["no story in this period"],
    ]


def test_five_ratings_are_enough_to_be_all_alike_and_nine_in_ten_are_alike() -> None:
    days = [date(2026, 1 + n, 10) for n in range(10)]
    assert messages(sound(ratings=on_days(*days[:4], values=(4,))), code="alike") == []
    assert messages(sound(ratings=on_days(*days[:5], values=(4,))), code="alike") == ["all 5 ratings are 4"]
    nine = on_days(*days, values=(4,) * 9 + (3,))
    assert messages(sound(ratings=nine), code="alike") == ["9 of 10 ratings are 4"]
    assert messages(sound(ratings=nine[1:]), code="alike") == []


def story(kind: str) -> Story:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta()
    return Story(id="x", at=at, made_at=at, made_by="boss", kind=kind, text="x", line="x")


@pytest.mark.parametrize(
    ("value", "kinds", "refused"),
    [
        (1, ["sticky"], True),
        (2, ["win", "sticky"], True),
        (2, ["win"], False),
        (3, ["sticky"], True),
        (4, ["sticky"], False),
        (5, ["sticky"], False),
        (None, ["sticky"], False),
        (1, [], False),
    ],
)
def test_a_sticky_is_never_cited_for_less_than_a_4(value: int | None, kinds: list[str], refused: bool) -> None:
    told = [msgspec.structs.replace(story(kind), people=("p1",)) for kind in kinds]
    assert bool(citation_problem(value, told, "p1")) is refused
    assert bool(citation_problem(value, told, "p2")) is (refused or "sticky" in kinds), "nor for somebody else"


@pytest.mark.parametrize(
    ("value", "note", "refused"),
    [
        (1, "", True),
        (2, "  ", True),
        (5, "\u200b\u2060\ufeff\u3164 ...", True),
        (5, "ดีมาก", False),
        (1, "was rude to a caller", False),
        (3, "", False),
        (None, "", False),
    ],
)
def test_a_1_2_or_5_needs_evidence(value: int | None, note: str, refused: bool) -> None:
    assert needs_evidence(value, note) is refused
    assert bool(evidence_problem(value, note, [], "p1")) is refused


def test_only_a_story_that_names_the_person_is_evidence_for_a_1_2_or_5() -> None:
    told = msgspec.structs.replace(story("win"), people=("p1",))
    assert evidence_problem(5, "", [told], "p1") == ""
    assert "names the person" in evidence_problem(5, "", [told], "p2")
    assert evidence_problem(5, "seen at the desk", [told], "p2") == ""
    assert evidence_problem(4, "", [told], "p2") == ""
