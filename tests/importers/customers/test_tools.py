"""Exports of tools without a preset of their own: columns under names of all kinds, told apart by what is in them."""

from __future__ import annotations

from datetime import date

import pytest

from meetingtool.errors import Refused
from meetingtool.importers.customers.draft import SurveyDraft
from meetingtool.importers.customers.mapping import GivenMapping
from meetingtool.importers.customers.reading import read_survey

TODAY = date(2026, 11, 30)

DELIGHTED = (
    "Response ID,Person ID,Score,Comment,Permalink,Survey Type,Created At,Updated At\n"
    "r1,p1,10,love it,https://example.org/1,nps,2026-11-03 10:00:00 UTC,2026-11-09 10:00:00 UTC\n"
    "r2,p2,9,,https://example.org/2,nps,2026-11-04 10:00:00 UTC,2026-11-09 10:00:00 UTC\n"
    "r3,p3,4,slow,https://example.org/3,nps,2026-11-05 10:00:00 UTC,2026-11-09 10:00:00 UTC\n"
)
ASKNICELY = (
    "response_id,contact_id,answer,answerlabel,comment,status,sent,responded,created\n"
    "500,1,10,promoter,yes,,1793000000,1793696400,1792000000\n501,2,9,promoter,,,1793000000,1793782800,1792000000\n"
    "502,3,5,detractor,no,,1793000000,1793869200,1792000000\n"
)
CUSTOMERGAUGE = (
    "Reference;Date survey sent;Date survey filled in;Company;NPS® Score;NPS Segment;Comment\n"
    "cg1;01-11-2026;03-11-2026;Acme;9;Promoter;ok\ncg2;01-11-2026;14-11-2026;Beta;10;Promoter;\n"
    "cg3;01-11-2026;15-11-2026;Gamma;6;Detractor;\ncg3;01-11-2026;15-11-2026;Gamma;6;Detractor;\n"
)
ALCHEMER = (
    "Response ID,Time Started,Date Submitted,Status,SessionID,How satisfied were you with your visit?,Tell us why\n"
    '1,"Nov 3, 2026 9:00:00 AM","Nov 3, 2026 9:05:00 AM",Complete,s1,Very Satisfied,quick\n'
    '2,"Nov 4, 2026 9:00:00 AM","Nov 4, 2026 9:05:00 AM",Partial,s2,Satisfied,\n'
    '3,"Nov 5, 2026 9:00:00 AM","Nov 5, 2026 9:05:00 AM",Complete,s3,Satisfied,\n'
    '4,"Nov 6, 2026 9:00:00 AM","Nov 6, 2026 9:05:00 AM",Complete,s4,Dissatisfied,\n'
)
INTERCOM = (
    "Conversation ID,Conversation started at (Europe/Paris),Teammate rated,Conversation rating,"
    "Conversation rating remark\n"
    "1,2026-11-03 09:10,Tom Ng,🤩,super\n2,2026-11-04 09:10,Tom Ng,😃,\n3,2026-11-05 09:10,Maria Lopez,😐,\n"
    "4,2026-11-06 09:10,Maria Lopez,🙁,meh\n5,2026-11-07 09:10,Maria Lopez,😠,\n"
)
JOTFORM = (
    "Submission Date,Please rate the following >> Speed,Any suggestions?,Submission ID\n"
    '"Nov 3, 2026",Very Satisfied,none,58001\n"Nov 4, 2026",Satisfied,,58002\n'
    '"Nov 5, 2026",Somewhat Satisfied,More parking,58003\n"Nov 6, 2026",Not Satisfied,,58004\n'
)
ZENDESK = (
    "Ticket ID,Ticket created - Date,Assignee name,Ticket satisfaction rating,Satisfaction comment\n"
    "1,2026-11-03,Tom Ng,Good,Thanks\n2,2026-11-04,Maria Lopez,Bad,\n3,2026-11-05,Tom Ng,Good,\n"
    "4,2026-11-05,Tom Ng,Unoffered,\n"
)
HUBSPOT = (
    "Response ID,Survey name,Survey type,Submission date,Rating,Follow up response\n"
    "1,Support,CES,2026-11-03 09:10,7,easy\n2,Support,CES,2026-11-04 09:10,5,\n3,Support,CES,2026-11-05 09:10,2,hard\n"
)
MEDALLIA = (
    "request_id,request_sent_at,response_received_at,star_rating,comments\n"
    "q1,2026-11-01 09:00:00,2026-11-03 09:00:00,5,Lovely visit\n"
    "q2,2026-11-02 09:00:00,2026-11-04 09:00:00,4,\nq3,2026-11-02 09:00:00,2026-11-05 09:00:00,1,\n"
)
FRENCH = (
    "Horodateur,Êtes-vous satisfait(e) de notre service ?,Un commentaire ?\n"
    "03/11/2026 09:12:05,Très satisfait(e),Merci\n14/11/2026 10:00:00,Plutôt satisfait(e),\n"
    "15/11/2026 10:00:00,Plutôt pas satisfait(e),\n16/11/2026 11:00:00,Pas du tout satisfait(e),RAS\n"
)
EXPANDED = (
    "Respondent ID,Collector ID,Start Date,End Date,How satisfied are you?,,,,,How satisfied are you with:,Anything?\n"
    ",,,,Very satisfied,Satisfied,Neutral,Dissatisfied,Very dissatisfied,Speed,Open-Ended Response\n"
    "118001,1,11/03/2026 1:00:00 PM,11/03/2026 1:05:00 PM,Very satisfied,,,,,Satisfied,Thanks\n"
    "118002,1,11/14/2026 1:00:00 PM,11/14/2026 1:05:00 PM,,Satisfied,,,,Dissatisfied,\n"
    "118003,1,11/15/2026 1:00:00 PM,11/15/2026 1:05:00 PM,,,,Dissatisfied,,Very satisfied,\n"
)


def read(text: str, **said: object) -> SurveyDraft:
    return read_survey(text.encode(), "answers.csv", TODAY, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "source", "scale", "answers", "satisfied", "rejected", "comments"),
    [
        (DELIGHTED, "delighted", "nps", 3, 2, 0, 2),
        (ASKNICELY, "asknicely", "nps", 3, 2, 0, 2),
        (CUSTOMERGAUGE, "customergauge", "nps", 3, 2, 0, 1),
        (ALCHEMER, "alchemer", "own", 3, 2, 1, 1),
        (INTERCOM, "intercom", "csat5", 5, 2, 0, 2),
        (JOTFORM, "jotform", "own", 4, 2, 0, 1),
        (ZENDESK, "zendesk", "good-bad", 3, 2, 0, 1),
        (HUBSPOT, "hubspot", "ces7", 3, 2, 0, 2),
        (MEDALLIA, "medallia", "stars5", 3, 2, 0, 1),
        (FRENCH, "google-forms", "own", 4, 2, 0, 1),
        (EXPANDED, "surveymonkey", "csat5", 3, 2, 0, 1),
    ],
)
def test_what_is_in_a_file_tells_its_days_its_scale_and_its_comments(
    text: str, source: str, scale: str, answers: int, satisfied: int, rejected: int, comments: int
) -> None:
    draft = read(text)
    assert draft.asks == ()
    assert draft.source == source
    measure, values = draft.measures[0], [value for value in draft.answers.values[0] if value is not None]
    assert (measure.scale, len(values)) == (scale, answers)
    assert sum(value >= measure.satisfied for value in values) == satisfied
    assert (draft.rejected_count, sum(map(bool, draft.answers.comments))) == (rejected, comments)
    assert min(draft.answers.days) == date(2026, 11, 3)


def test_questions_with_the_same_words_are_on_one_scale_though_each_got_only_some_of_them() -> None:
    draft = read(EXPANDED)
    assert [(one.low, one.high) for one in draft.measures] == [(1, 5), (1, 5)]


@pytest.mark.parametrize(
    "day",
    [
        "Tue Nov 03 2026 09:12:05 GMT+0100 (Central European Standard Time)",
        "3 November 2026 at 09:12",
        "2026年11月3日 9:12",
        "2026/11/03 9:12:05 a. m. GMT+1",
        "Tuesday, November 3, 2026",
        "1793696400000",
    ],
)
def test_a_day_is_read_however_a_tool_writes_it(day: str) -> None:
    assert read(f'Date,CSAT\n"{day}",5\n').answers.days == [date(2026, 11, 3)]


def test_yes_and_no_that_may_mean_anything_are_asked_about() -> None:
    draft = read("Date,Was your problem solved?\n2026-11-02,Yes\n2026-11-03,No\n")
    assert 'yes-no="Was your problem solved?"' in draft.asks[0]


def test_a_question_that_nobody_answered_is_named() -> None:
    with pytest.raises(Refused, match="Nobody answered “Overall satisfaction”: it has only “N/A”"):
        read("Date,Overall satisfaction,Comment\n2026-11-02,N/A,fine\n2026-11-03,N/A,\n")


def test_means_of_several_scores_are_refused_in_words() -> None:
    with pytest.raises(Refused, match=r"has scores such as 4\.33"):
        read("Date,Rating\n2026-11-02,4.33\n2026-11-03,3.67\n2026-11-04,5\n")


def test_groups_of_promoters_count_where_no_score_is_beside_them() -> None:
    answers = [("Promoter", 10), ("Passive", 7), ("Detractor", 3), ("Promoter", 9)]
    alone = read("Date,NPS Category\n" + "".join(f"2026-11-0{n},{one}\n" for n, (one, _) in enumerate(answers, 1)))
    beside = read(
        "Date,NPS Category,Score\n" + "".join(f"2026-11-0{n},{a},{b}\n" for n, (a, b) in enumerate(answers, 1))
    )
    assert [[(one.title, one.has_mean) for one in draft.measures] for draft in (alone, beside)] == [
        [("NPS Category", False)],
        [("Score", True)],
    ]
    assert alone.answers.values == [[9, 7, 0, 9]]


def test_days_without_a_year_are_the_last_such_days_and_it_is_said() -> None:
    draft = read("Date,CSAT\n30 November,5\n1 December,4\nSep 3rd,2\n29 Feb,1\n")
    assert draft.answers.days == [date(2026, 11, 30), date(2025, 12, 1), date(2026, 9, 3), date(2024, 2, 29)]
    assert any("with no year" in note for note in draft.notes)


def test_columns_named_after_the_steps_of_a_scale_are_a_summary() -> None:
    with pytest.raises(Refused, match="This is a summary"):
        read("Time;Touchpoint;Very happy;Happy;Unhappy;Very unhappy\n2026-11-01;Exit;12;3;2;1\n")


def test_scores_in_halves_beside_one_another_are_questions_all() -> None:
    scores = enumerate(((10, 7.5), (7.5, 10), (5, 5)), 1)
    rows = "".join(f"2026-11-0{n},{score},{staff}\n" for n, (score, staff) in scores)
    draft = read(f"Review date,Review score,Cleanliness\n{rows}")
    assert [(one.title, one.parts, one.high) for one in draft.measures] == [
        ("Review score", 2, 20),
        ("Cleanliness", 2, 20),
    ]


def test_surveymonkey_draws_a_star_where_others_write_response() -> None:
    head = "Respondent ID,Collector ID,Start Date,End Date,Rate our service\n,,,,☆\n"
    draft = read(head + "".join(f"{n},4,11/2{n}/2026 9:00:00 AM,11/2{n}/2026 9:01:00 AM,{n}\n" for n in range(1, 6)))
    assert ([one.title for one in draft.measures], draft.asks) == (["Rate our service"], ())


def test_entities_in_names_are_the_letters_they_stand_for() -> None:
    draft = read("Date,CSAT,Agent,Customer\n2026-11-01,5,Zo&euml; Ng,A &amp; B\n2026-11-02,5,Tom,C\n")
    assert (draft.answers.served[0], draft.answers.customers[0]) == ("Zoë Ng", "A & B")


def test_whether_customers_are_satisfied_counts_more_than_a_yes_to_recommending() -> None:
    draft = read(
        "#,Would you recommend us?,How was your stay?,Submit Date (UTC),Network ID\n"
        "a,1,5,2026-11-02,n\nb,0,2,2026-11-03,n\n"
    )
    assert draft.primary == "how-was-your-stay"


def test_ids_of_answers_tell_duplicates_in_a_file_that_was_joined_by_hand() -> None:
    rows = [f"r{number % 9},2026-11-03,5" for number in range(16)]
    draft = read("\n".join(["Response ID,Completed,CSAT", *rows]))
    assert (len(draft.answers), draft.same) == (9, 7)


def test_of_several_worksheets_with_answers_it_is_asked_which_is_meant() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, score in (("Shop", 5), ("Online", 1)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Date", "Satisfaction (1-5)"])
            sheet.write_row(1, 0, ["2026-11-02", score])
        book.add_worksheet("Notes").write_row(0, 0, ["made by", "Pat"])
    draft = read_survey(out.getvalue(), "answers.xlsx", TODAY)
    assert draft.sheets == ("Shop", "Online")
    assert "“Shop” and “Online”" in draft.asks[0]
    chosen = read_survey(out.getvalue(), "answers.xlsx", TODAY, sheet="online")
    assert (chosen.asks, chosen.answers.values) == ((), [[1]])


@pytest.mark.parametrize(
    ("head", "row", "day"),
    [
        ("Survey Sent,Survey Completed,Ticket Created,CSAT", "2026-11-03,2026-11-05,2026-11-01", 5),
        ("Survey Sent,Ticket Created,CSAT", "2026-11-03,2026-11-01", 3),
        ("Created At,Solved At,Satisfaction Updated At,CSAT", "2026-11-01,2026-11-03,2026-11-05", 5),
        ("Order Date,Visit Date,Date,CSAT", "2026-11-01,2026-11-03,2026-11-05", 5),
    ],
)
def test_the_day_is_that_of_the_answer_and_not_of_what_it_is_about(head: str, row: str, day: int) -> None:
    draft = read(f"{head}\n{row},5\n{row},4\n")
    assert (draft.asks, draft.answers.days[0]) == ((), date(2026, 11, day))


def test_of_several_days_that_no_name_tells_apart_it_is_asked_which_is_meant() -> None:
    text = "id,Created At,Solved At,Closed At,CSAT\nr1,2026-11-01,2026-11-02,2026-11-03,5\n"
    draft = read(text)
    assert draft.days == ("Created At", "Solved At", "Closed At")
    assert "“Created At”, “Solved At” or “Closed At”" in draft.asks[0]
    said = read_survey(text.encode(), "answers.csv", TODAY, said=GivenMapping(columns={"Solved At": "date"}))
    assert (said.asks, said.answers.days) == ((), [date(2026, 11, 2)])


def test_numbers_beside_a_score_are_scores_too_unless_they_count_something() -> None:
    head = "Date,Overall satisfaction,Breakfast,How satisfied were you with the price?,Visits,Party size,Wait (min)"
    rows = [
        f"2026-11-{n + 1:02},{n % 5 + 1},{n % 5 + 1},{n % 5 + 1},{n % 5 + 1},{n % 5 + 1},{3 * n}" for n in range(10)
    ]
    draft = read("\n".join([head, *rows]))
    assert [one.title for one in draft.measures] == [
        "Overall satisfaction", "Breakfast", "How satisfied were you with the price?"
    ]  # fmt: skip
    assert draft.primary == "overall-satisfaction"
    alone = read("Date,Cleanliness,Waiting time\n" + "".join(f"2026-11-{n + 1:02},{n % 5 + 1},4\n" for n in range(10)))
    assert [one.title for one in alone.measures] == ["Cleanliness", "Waiting time"]


def test_a_column_that_could_be_a_score_is_named_before_anything_is_kept() -> None:
    rows = [f"2026-11-{n + 1:02},{n % 5 + 1},{n % 4 + 1}" for n in range(10)]
    _, note = read("\n".join(["Date,CSAT,Breakfast", *rows])).notes
    assert note == "“Breakfast” could be a score and is not used."


def test_answers_without_a_date_stamp_have_other_days_and_broken_off_ones_stay_out() -> None:
    rows = [
        f"{n},{'1980-01-01 00:00:00' if n else ''},3,2026-10-0{n + 1} 09:00:00,2026-10-0{n + 2} 09:00:00,{n + 1}"
        for n in range(5)
    ]
    head = "id,submitdate,lastpage,startdate,datestamp,Q1. How satisfied are you?"
    text = "\n".join([head, *rows]).encode()
    for on, first in ((None, date(2026, 10, 3)), (date(2026, 10, 31), date(2026, 10, 31))):
        draft = read_survey(text, "answers.csv", TODAY, on=on)
        assert (draft.asks, min(draft.answers.days), draft.answers.values) == ((), first, [[2, 3, 4, 5]])
        assert [(one.column, one.reason) for one in draft.rejected] == [("submitdate", "the answer was not finished")]


def test_a_trial_that_is_told_in_numbers_is_no_answer_either() -> None:
    head = "ResponseId,RecordedDate,UserLanguage,Status,Finished,How satisfied are you?"
    draft = read(f"{head}\nR_1,2026-11-03,EN,0,1,5\nR_2,2026-11-03,EN,1,1,1\nR_3,2026-11-03,EN,0,0,1\n")
    assert draft.answers.values == [[5]]
    assert [(one.column, one.value) for one in draft.rejected] == [("Status", "1"), ("Finished", "0")]


def test_a_summary_of_answers_is_refused_and_comments_in_one_word_are_read() -> None:
    with pytest.raises(Refused, match="a summary"):
        read("Answer Choices,Responses,Count\nVery satisfied,45.00%,18\nSatisfied,55.00%,22\n")
    draft = read(
        "Ticket ID,Satisfaction Score,Solved at\n1,goodwithcomment,2026-11-02\n2,badwithcomment,2026-11-02\n"
        "3,offered,2026-11-02\n4,good,2026-11-02\n5,unoffered,2026-11-02\n"
    )
    assert (draft.answers.values, draft.rejected_count) == ([[1, 0, 1]], 0)
