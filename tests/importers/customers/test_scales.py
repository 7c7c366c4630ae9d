"""Labels in several languages become steps of a scale, and what stands for no answer counts as none."""

from __future__ import annotations

from collections import Counter

import pytest

from meetingtool.importers.customers.headings import headings, known_names
from meetingtool.importers.customers.labels import is_no_answer, steps_of, tidy
from meetingtool.importers.customers.scales import best_unused, grown, question, value_of


@pytest.mark.parametrize(
    ("labels", "steps", "satisfied"),
    [
        ("Very satisfied,Satisfied,Neutral,Dissatisfied,Very dissatisfied", "54321", 4),
        ("Extremely satisfied,Very satisfied,Moderately satisfied,Slightly satisfied,Not at all satisfied", "54321", 5),
        ("Sehr zufrieden,eher zufrieden,weder noch,eher unzufrieden,sehr unzufrieden", "54321", 4),
        ("Très satisfait,Plutôt satisfait,Peu satisfait,Pas du tout satisfait", "4321", 3),
        ("Muy satisfecho,Satisfecho,Ni satisfecho ni insatisfecho,Insatisfecho,Muy insatisfecho", "54321", 4),
        ("Zeer tevreden,Tevreden,Neutraal,Ontevreden,Zeer ontevreden", "54321", 4),
        ("Very Easy,Easy,Somewhat Easy,Neutral,Somewhat Difficult,Difficult,Very Difficult", "7654321", 6),
        ("Strongly agree,Agree,Neither agree nor disagree,Disagree,Strongly disagree", "54321", 4),
        ("Tout à fait satisfait,Plutôt satisfait,Plutôt pas satisfait,Pas du tout satisfait", "4321", 3),
        ("Molto soddisfatto,Abbastanza soddisfatto,Poco soddisfatto,Per niente soddisfatto", "4321", 3),
        ("Very satisfied,Satisfied,Somewhat satisfied,Not satisfied", "4321", 3),
        ("Mycket nöjd,Nöjd,Varken nöjd eller missnöjd,Missnöjd,Mycket missnöjd", "54321", 4),
        ("Bardzo zadowolony,Zadowolony,Ani zadowolony ani niezadowolony,Niezadowolony", "5432", 4),
        ("Amazing,Great,OK,Bad,Terrible", "54321", 4),
        (
            "Completely satisfied,Mostly satisfied,Somewhat satisfied,Neither,Somewhat dissatisfied,"
            "Mostly dissatisfied,Completely dissatisfied",
            "7654321",
            6,
        ),
        ("Very satisfied,Fairly satisfied,Neither,Fairly dissatisfied,Very dissatisfied", "54321", 4),
        ("Exceeded expectations,Met expectations,Below expectations", "321", 3),
    ],
)
def test_words_are_steps_the_best_of_them_highest(labels: str, steps: str, satisfied: int) -> None:
    words = [tidy(label) for label in labels.split(",")]
    found = steps_of(words)
    assert found is not None
    assert [found.values[word] for word in words] == [int(step) for step in steps]
    assert found.satisfied == satisfied


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("Satisfaction (1 = poor, 4 = excellent)", (1, 4, 3)),
        ("Satisfaction (1 = very dissatisfied ... 6 = very satisfied)", (1, 6, 5)),
        ("Satisfaction, 1 = poor, 5 = excellent", (1, 5, 4)),
        ("Satisfaction (1-4)", (1, 4, 3)),
        ("Satisfaction", (1, 5, 4)),
    ],
)
def test_a_title_says_where_a_scale_ends(title: str, ends: tuple[int, int, int]) -> None:
    asked = question(title, Counter({"1": 5, "2": 10, "3": 20, "4": 25}))
    assert asked is not None
    assert (asked.measure.low, asked.measure.high, asked.measure.satisfied) == ends
    assert best_unused(title, asked) is (title == "Satisfaction")


def test_a_scale_of_its_own_is_as_long_as_its_numbers_where_it_is_said() -> None:
    asked = question("Satisfaction", Counter({"1": 5, "2": 10, "4": 25}), "own")
    assert asked is not None
    assert (asked.measure.high, asked.measure.satisfied, set(asked.values.values())) == (4, 3, {1, 2, 4})


def test_words_about_nothing_are_no_scale() -> None:
    assert steps_of(["london", "paris"]) is None


@pytest.mark.parametrize(
    "label", ["", "N/A", "n/a", "Don't know", "Don&#39;t know", "not applicable", "keine Angabe", "-"]
)
def test_no_answer_is_none(label: str) -> None:
    assert is_no_answer(tidy(label))


@pytest.mark.parametrize(
    ("title", "answers", "scale", "satisfied"),
    [
        ("How likely are you to recommend us?", ["10 - Extremely likely", "0 - Not at all likely", "7"], "nps", 9),
        ("Rating", ["★★★★★", "★★★", "★"], "stars5", 4),
        ("Satisfaction Score", ["Good", "Bad", "Offered"], "good-bad", 1),
        ("How satisfied are you? (1-7)", ["7", "6", "1"], "csat7", 6),
        ("How satisfied are you?", ["5", "4", "1", "N/A"], "csat5", 4),
        ("Overall satisfaction", ["10 - Extremely satisfied", "9", "0"], "own", 9),
    ],
)
def test_title_and_answers_tell_the_scale(title: str, answers: list[str], scale: str, satisfied: int) -> None:
    found = question(title, Counter(answers))
    assert found is not None
    assert (found.measure.scale, found.measure.satisfied) == (scale, satisfied)


def test_the_value_of_an_answer_or_why_it_is_none() -> None:
    found = question("How satisfied are you?", Counter(["5", "1"]))
    assert found is not None
    assert value_of(found.measure, "5") == (5, "")
    assert value_of(found.measure, "N/A") == (None, "")
    value, reason = value_of(found.measure, "9")
    assert value is None
    assert reason


def test_names_of_columns_are_unique_and_spread_over_two_rows_where_they_are() -> None:
    found, taken = headings([["Other", "Other", "Date"], ["a", "b", "2026-11-02"], ["c", "d", "2026-11-03"]])
    assert ([one.name for one in found], taken) == (["Other", "Other (2)", "Date"], 1)
    rows = [["Respondent ID", "Collector ID", "How was it?", ""], ["", "", "Good", "Bad"], ["1", "2", "x", ""]]
    found, taken = headings(rows)
    assert ([one.name for one in found][2:], taken) == (["How was it? [Good]", "How was it? [Bad]"], 2)
    assert known_names(["Response ID", "End Date", "Period"]) == 2


@pytest.mark.parametrize(
    ("title", "answers", "values", "satisfied"),
    [
        ("Satisfied? (1 = very satisfied, 5 = very dissatisfied)", ["1", "2", "5"], [5, 4, 1], 4),
        ("Note (1 = sehr gut, 6 = ungenügend)", ["1", "2", "6"], [6, 5, 1], 5),
        ("How satisfied are you?", ["1 - Very satisfied", "3", "5 - Very dissatisfied"], [5, 3, 1], 4),
        ("Satisfied? (1 = very dissatisfied, 5 = very satisfied)", ["1", "2", "5"], [1, 2, 5], 4),
    ],
)
def test_where_one_is_said_to_be_the_best_the_scale_is_turned(
    title: str, answers: list[str], values: list[int], satisfied: int
) -> None:
    found = question(title, Counter(answers))
    assert found is not None
    assert [found.values[answer] for answer in answers] == values
    assert [value_of(found.measure, answer) for answer in answers] == [(value, "") for value in values]
    assert found.measure.satisfied == satisfied


@pytest.mark.parametrize(
    ("title", "answers", "satisfied"),
    [
        ("How was our service? (1 is the best, 5 the worst)", "1 2 3 5", 2),
        ("Rate our service from 1 (excellent) to 5 (poor)", "1 2 3 5", 2),
        ("Overall satisfaction - very satisfied (1) to very dissatisfied (5)", "1 2 3 5", 2),
        ("Gesamtnote (1 = sehr gut, 6 = ungenügend)", "1 2 3 6", 2),
        ("Welche Note geben Sie uns? (Schulnoten 1 bis 6)", "1 2 3 6", 2),
        ("Satisfacción general (1 = muy satisfecho, 5 = muy insatisfecho)", "1 2 3 5", 2),
        ("Overall satisfaction (1 = very dissatisfied, 5 = very satisfied)", "1 2 3 5", 1),
        ("Rate us 1-5, 5 being the best", "1 2 3 5", 1),
        ("How would you rate us from 1 to 6?", "1 2 5 6", 2),
        ("Overall satisfaction", "70% 100% 20%", 1),
        ("Overall satisfaction", "'5 4.0 1,0", 2),
    ],
)
def test_the_best_answer_is_the_highest_wherever_a_scale_begins(title: str, answers: str, satisfied: int) -> None:
    found = question(title, Counter(answers.split()))
    assert found is not None
    values = [value for value in found.values.values() if value is not None]
    assert len(values) == len(answers.split())
    assert sum(value >= found.measure.satisfied for value in values) == satisfied
    assert {value_of(found.measure, answer)[0] for answer in answers.split()} == set(values)


def test_a_number_that_a_title_says_is_no_answer_is_none() -> None:
    found = question("How satisfied are you? (1-5, 0 = not applicable)", Counter({"5": 3, "0": 2}))
    assert found is not None
    assert (found.values, found.wrong, value_of(found.measure, "0")) == ({"5": 5, "0": None}, {}, (None, ""))


@pytest.mark.parametrize(
    ("title", "answers", "values", "satisfied"),
    [
        ("Rating", "*****,****,*", [5, 4, 1], 4),
        ("Rating", "★★★★★,★★★½,★", [10, 7, 2], 8),
        ("Rating", "5,3.5,4", [10, 7, 8], 8),
        ("Rating", "4.5/5,5/5,1/5", [9, 10, 2], 8),
        ("Rating", "4.5 stars,3 stars", [9, 6], 8),
        ("Review score", "9.2,10,7.5", [92, 100, 75], 90),
        ("Rating", "thumbs_up,Thumbs down,👍", [1, 0, 1], 1),
        ("Satisfaction", "٥,٤,١", [5, 4, 1], 4),
    ],
)
def test_stars_thumbs_and_parts_of_a_point_are_scores(
    title: str, answers: str, values: list[int], satisfied: int
) -> None:
    found = question(title, Counter(answers.split(",")))
    assert found is not None
    assert [found.values[answer] for answer in answers.split(",")] == values
    assert [value_of(found.measure, answer) for answer in answers.split(",")] == [(value, "") for value in values]
    assert found.measure.satisfied == satisfied
    assert found.measure.given(values[0]) == values[0] / found.measure.parts


def test_a_passive_that_comes_later_is_no_stranger() -> None:
    found = question("NPS", Counter(["Promoter", "Detractor"]))
    assert found is not None
    assert (value_of(found.measure, "Passives"), value_of(found.measure, "8")[0]) == ((7, ""), None)


def test_marks_at_school_in_halves_are_turned_like_whole_ones() -> None:
    asked = question("Zufriedenheit (Schulnote 1-6)", Counter(["1", "1,5", "2,0", "6", "2"]))
    assert asked is not None
    measure = asked.measure
    assert [measure.said(value_of(measure, given)[0] or 0) for given in ("1", "1,5", "2.5", "6")] == [6, 5.5, 4.5, 1]
    assert (measure.said(measure.satisfied), asked.wrong) == (5, {})


@pytest.mark.parametrize(
    ("title", "answers", "values", "satisfied"),
    [
        ("How satisfied were you?", {"Very satisfied": 8}, [2], 8),
        ("How satisfied were you?", {"Very satisfied": 8, "n/a": 1}, [2, None], 8),
        ("How satisfied were you?", {"Dissatisfied": 3}, [1], 0),
        ("Rating", {"Good": 8}, [3], 8),
        ("How would you rate our service?", {"Excellent": 4}, [4], 4),
        ("Wie zufrieden sind Sie?", {"Sehr zufrieden": 5}, [2], 5),
        ("How was your visit?", {"Ok": 5, "Very good": 5}, [2, 4], 5),
    ],
)
def test_where_a_title_asks_for_a_score_one_step_of_a_scale_is_one(
    title: str, answers: dict[str, int], values: list[int | None], satisfied: int
) -> None:
    found = question(title, Counter(answers))
    assert found is not None
    assert [found.values[answer] for answer in answers] == values
    content = [answer for answer, value in found.values.items() if value and value >= found.measure.satisfied]
    assert sum(answers[answer] for answer in content) == satisfied
    assert value_of(grown(found.measure, [*answers, "Neutral"]), "Neutral")[0] is not None


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("Tell us more", ("Ok", "Will was great")),
        ("How was your visit?", ("Ok", "Tom was very kind and good")),
        ("I agree to the terms", ("I agree",)),
        ("Town", ("Good",)),
    ],
)
def test_a_sentence_with_a_word_of_a_scale_in_it_and_what_nobody_asked_about_are_no_scale(
    title: str, answers: tuple[str, ...]
) -> None:
    assert question(title, Counter(100 * answers)) is None
