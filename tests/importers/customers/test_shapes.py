"""Exports in the shapes that survey tools really write, each read without being told where it comes from."""

from __future__ import annotations

from datetime import date

import pytest

from meetingtool.errors import Refused
from meetingtool.importers.customers.draft import SurveyDraft
from meetingtool.importers.customers.reading import read_survey

TODAY = date(2026, 11, 24)

MS_FORMS = (
    "Id,Start time,Completion time,Email,Name,How satisfied are you with our service?,Anything else?\n"
    "1,11/2/2026 9:01:12,11/2/2026 9:03:00,anonymous,,Very satisfied,Tom was kind\n"
    "2,11/13/2026 10:00:00,11/13/2026 10:02:10,anonymous,,Somewhat dissatisfied,\n"
    "3,11/14/2026 11:00:00,11/14/2026 11:01:00,anonymous,,Somewhat satisfied,n/a\n"
)
FORMBRICKS = (
    "No.,Response ID,Timestamp,Finished,Survey ID,User ID,Notes,Tags,"
    "1. How satisfied are you? ,2. What can we do better?\n"
    "1,clx1,2026-11-02 09:00:00,true,s1,,,,5,Open earlier\n"
    "2,clx2,2026-11-03 09:00:00,true,s1,,,,2,\n"
    "3,clx3,2026-11-04 09:00:00,false,s1,,,,,\n"
)
GOOGLE_DE = (
    "Zeitstempel;Wie zufrieden sind Sie mit unserem Service?;Was möchten Sie uns noch sagen?\n"
    "02.11.2026 09:03:00;5;Danke an Maria\n13.11.2026 10:02:10;2;\n"
)
GOOGLE_US = (
    "Timestamp,How satisfied were you with the service you got today? (1-5),Comments\n"
    "11/2/2026 9:03:00,5,\n11/13/2026 10:02:10,2,Too slow\n"
)
ZENDESK = (
    "Ticket ID,Satisfaction Score,Satisfaction Comment,Assignee,Solved at\n"
    "101,Good,Tom was quick,Tom Ng,2026-11-02\n102,Bad,,Maria Lopez,2026-11-03\n103,Offered,,Tom Ng,2026-11-04\n"
    "104,Good with comment,Lovely,Tom Ng,2026-11-05\n105,Unoffered,,Tom Ng,2026-11-05\n"
)
TYPEFORM = (
    "#,How likely are you to recommend us?,Other,Other,What could be better?,"
    "Start Date (UTC),Submit Date (UTC),Network ID\n"
    "a1,9,,x,Nothing at all,2026-11-02 09:00:00,2026-11-02 09:01:00,n1\n"
    "a2,3,y,,The long wait,2026-11-03 09:00:00,2026-11-03 09:01:00,n1\n"
)
TRUSTPILOT = (
    "Review ID,Review Created (UTC),Review User Name,Review Stars,Review Title,Review Content,"
    "Company Reply Date (UTC)\n"
    "r1,2026-11-02 09:00:00,Pell,5,Great,Tom was great,2026-11-03\nr2,2026-11-03 09:00:00,Ahmed,1,Bad,Never again,\n"
)
LIMESURVEY = (
    '"Antwort ID";"Datum Abgeschickt";"Letzte Seite";"Wie zufrieden sind Sie?";"Kommentar"\n'
    '"1";"2026-11-02 09:00:00";"3";"Sehr zufrieden";"Danke"\n"2";"";"1";"";""\n'
    '"3";"2026-11-03 09:00:00";"3";"Unzufrieden";""\n"4";"2026-11-04 09:00:00";"3";"Zufrieden";""\n'
)
PLAIN = "id,date,csat,comment\nr1,2026-11-02,5,fine\nr2,2026-11-03,2,\n"
PREAMBLE = f"Report,Customer satisfaction\nPeriod,November 2026\n\n{PLAIN}"
FOOTER = f"{PLAIN}\nTotal,,7,\nAverage,,3.5,\n"
NULS = PLAIN.replace("csat", "cs\x00at")


def read(text: str | bytes, **said: object) -> SurveyDraft:
    data = text if isinstance(text, bytes) else text.encode()
    return read_survey(data, "answers.csv", TODAY, **said)  # type: ignore[arg-type]


def roles(draft: SurveyDraft) -> dict[str, str]:
    return {column.header.strip(): column.role for column in draft.mapping.columns}


@pytest.mark.parametrize(
    ("text", "source", "values", "first", "last", "comments"),
    [
        (MS_FORMS, "ms-forms", [4, 2, 3], date(2026, 11, 2), date(2026, 11, 14), ["Tom was kind", "", ""]),
        (FORMBRICKS, "formbricks", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["Open earlier", ""]),
        (GOOGLE_DE, "google-forms", [5, 2], date(2026, 11, 2), date(2026, 11, 13), ["Danke an Maria", ""]),
        (GOOGLE_US, "google-forms", [5, 2], date(2026, 11, 2), date(2026, 11, 13), ["", "Too slow"]),
        (ZENDESK, "zendesk", [1, 0, 1], date(2026, 11, 2), date(2026, 11, 5), ["Tom was quick", "", "Lovely"]),
        (TYPEFORM, "typeform", [9, 3], date(2026, 11, 2), date(2026, 11, 3), ["Nothing at all", "The long wait"]),
        (TRUSTPILOT, "trustpilot", [5, 1], date(2026, 11, 2), date(2026, 11, 3), ["Tom was great", "Never again"]),
        (LIMESURVEY, "limesurvey", [4, 2, 3], date(2026, 11, 2), date(2026, 11, 4), ["Danke", "", ""]),
        (PLAIN, "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
        (PREAMBLE, "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
        (FOOTER, "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
        (NULS, "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
        (PLAIN.encode("utf-16"), "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
        (PLAIN.encode("utf-16-le"), "cards", [5, 2], date(2026, 11, 2), date(2026, 11, 3), ["fine", ""]),
    ],
)
def test_an_export_is_read_as_it_came(
    text: str | bytes, source: str, values: list[int], first: date, last: date, comments: list[str]
) -> None:
    draft = read(text)
    assert draft.asks == ()
    assert draft.source == source
    assert [value for value in draft.answers.values[0] if value is not None] == values
    assert (min(draft.answers.days), max(draft.answers.days)) == (first, last)
    assert draft.answers.comments == comments


def test_who_served_is_taken_and_mail_addresses_never_are() -> None:
    assert roles(read(ZENDESK))["Assignee"] == "person"
    assert read(ZENDESK).answers.served[0] == "Tom Ng"
    assert "Email" not in roles(read(MS_FORMS))


def test_without_dates_it_is_asked_for_the_period_once() -> None:
    draft = read("csat,comment\n5,fine\n2,\n")
    assert len(draft.asks) == 1
    assert "no dates" in draft.asks[0]
    assert set(read("csat,comment\n5,fine\n2,\n", on=date(2026, 9, 30)).answers.days) == {date(2026, 9, 30)}


def test_days_that_can_be_read_two_ways_are_asked_about() -> None:
    draft = read("date,csat\n3/4/2026,5\n5/6/2026,2\n")
    assert draft.open_order
    assert "day or the month" in draft.asks[0]


@pytest.mark.parametrize(
    ("cells", "day", "first"),
    [("3/4/2026 1/12/2026", date(2026, 3, 4), "month"), ("3/4/2026 12/1/2026", date(2026, 4, 3), "day")],
)
def test_days_of_which_one_reading_lies_in_the_future_are_read_the_other_way_and_it_is_said(
    cells: str, day: date, first: str
) -> None:
    draft = read("date,csat\n" + "".join(f"{cell},5\n" for cell in cells.split()))
    assert (draft.asks, draft.rejected_count, draft.answers.days[0]) == ((), 0, day)
    assert any(f"with the {first} first" in note and "in the future" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-W44", date(2026, 10, 29)),
        ("2026W44", date(2026, 10, 29)),
        ("KW 44/2026", date(2026, 10, 29)),
        ("Week 44, 2026", date(2026, 10, 29)),
        ("2026-W44-2", date(2026, 10, 27)),
        ("W01 2026", date(2026, 1, 1)),
        ("2026-W48", date(2026, 11, 23)),
        ("W50", date(2025, 12, 11)),
        ("Q3 2026", date(2026, 7, 1)),
    ],
)
def test_weeks_and_quarters_are_days_and_no_other_period_begins(cell: str, day: date) -> None:
    draft = read(f'Week,csat\n"{cell}",5\n"{cell}",2\n')
    assert (draft.asks, draft.answers.days) == ((), [day, day])


def test_numbers_with_dirt_among_them_are_read_and_the_dirt_is_rejected_by_line() -> None:
    cells = ["9,0", "10/10", "n/a", "8 - very good", "x", "7", "good", "99", "8", ""]
    draft = read("date;Satisfaction (1-10)\n" + "".join(f"2026-11-02;{cell}\n" for cell in cells))
    assert draft.answers.values == [[9, 10, 8, 7, 8]]
    assert [(one.line, one.value) for one in draft.rejected] == [(6, "x"), (8, "good"), (9, "99")]
    assert draft.empty == 2
    with pytest.raises(Refused, match="On which scale is “csat”"):
        read("date,csat\n" + "".join(f"2026-11-02,{cell}\n" for cell in ("5", "4", "6", "x", "-1", "99", "37")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "empty|nothing"),
        (b"   \n \n", "empty|nothing"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, ""),
        (b"%PDF-1.7 nothing", ""),
        (b"a,b,c\n", "no answers below"),
        (b"name,mail\nTom,tom@example.org\nMaria,m@example.org\n", "no column with answers"),
        (b'date,csat\n2026-11-02,"5\n', "quotation mark"),
        (b"{not json", ""),
    ],
)
def test_what_is_no_survey_is_refused_in_one_line(text: bytes, said: str) -> None:
    import re

    with pytest.raises(Refused) as refused:
        read(text)
    assert re.search(said, str(refused.value))
    assert "\n" not in str(refused.value)


def test_what_can_not_be_an_answer_is_told_with_its_line_and_the_rest_is_taken() -> None:
    draft = read("id,date,Satisfaction (1-5)\nr1,2026-11-02,5\nr2,2026-11-03,9\nr3,soon,4\nr4,2026-11-05,2\n")
    assert [(one.line, one.value) for one in draft.rejected] == [(3, "9"), (4, "soon")]
    assert [value for value in draft.answers.values[0] if value is not None] == [5, 2]


def test_sums_below_the_answers_are_left_out_and_said_so() -> None:
    assert "“Total”" in " ".join(read(FOOTER).notes)


def test_a_day_on_which_nobody_can_have_answered_is_told_and_not_taken() -> None:
    draft = read("date,csat\n2027-05-01,5\n1900-01-01,5\n2026-11-02,4\n")
    assert [one.reason for one in draft.rejected] == ["it lies in the future", "it is too long ago"]
    assert draft.answers.days == [date(2026, 11, 2)]


def test_days_that_a_spreadsheet_counts_are_days() -> None:
    assert read("Date,csat\n46328,5\n46329.5,4\n").answers.days == [date(2026, 11, 2), date(2026, 11, 3)]


def test_two_short_comments_are_no_scale() -> None:
    draft = read("date,csat,Why?\n2026-11-02,5,great\n2026-11-03,2,bad\n")
    assert len(draft.measures) == 1
    assert draft.answers.comments == ["great", "bad"]


def test_customers_may_write_the_same_comment_and_answers_to_choose_from_are_none() -> None:
    rows = [f"2026-11-02,5,{('Tom helped', 'thanks')[at % 2]},{('Price', 'Speed')[at % 2]}" for at in range(40)]
    draft = read("\n".join(["date,csat,Comment,Reason for the score", *rows]))
    assert draft.answers.comments == ["Tom helped", "thanks"] * 20


def test_few_sentences_under_an_open_question_are_comments_and_no_scale() -> None:
    said = ("Joy Adams was great", "Poor parking", "It was good as always")
    rows = [f"2026-11-02,5,{said[at % 3]}" for at in range(45)]
    draft = read("\n".join(["date,csat,What would you like to say?", *rows]))
    assert [one.title for one in draft.measures] == ["csat"]
    assert draft.answers.comments == [*said] * 15


def test_a_trial_of_the_survey_is_no_answer_of_a_customer() -> None:
    draft = read(
        "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1\n"
        "Start Date,End Date,Response Type,Finished,Recorded Date,Response ID,How satisfied are you?\n"
        "2026-11-02 10:00:00,2026-11-02 10:01:00,Survey Preview,True,2026-11-02 10:01:01,R_1,Very satisfied\n"
        "2026-11-03 10:00:00,2026-11-03 10:01:00,IP Address,True,2026-11-03 10:01:01,R_2,Satisfied\n"
        "2026-11-04 10:00:00,2026-11-04 10:01:00,IP Address,False,2026-11-04 10:01:01,R_3,Dissatisfied\n"
    )
    assert [(one.line, one.column, one.value) for one in draft.rejected] == [
        (3, "Status", "Survey Preview"),
        (5, "Finished", "False"),
    ]
    assert draft.answers.days == [date(2026, 11, 3)]


def test_a_sheet_typed_by_hand_is_read_with_its_days_its_names_and_its_words() -> None:
    rows = ["1 Sep,five,tom,Great service", "3/9/26,4/5,Maria & Tom,", "13/9/26,2.5,,Slow", "? Oct,3,,Slow"]
    draft = read("\n".join(["Cards – autumn,,,", ",,,", "when,score out of 5,who,what they said", *rows, ""]))
    assert draft.answers.days == [date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 13)]
    assert [draft.measures[0].said(value or 0) for value in draft.answers.values[0]] == [5, 4, 2.5]
    assert (draft.answers.served, draft.answers.comments[0]) == (["tom", "Maria & Tom", ""], "Great service")
    assert [one.reason for one in draft.rejected] == ["it isn't a date"]


def test_what_a_program_makes_of_an_answer_is_no_question_and_a_rating_of_the_whole_is_the_main_one() -> None:
    head = "Delighted ID,Date,How likely are you to recommend us?,How would you rate your visit?,Response sentiment"
    draft = read(
        "\n".join([head, "a1,2026-11-02,9,5,Happy", "a2,2026-11-03,2,1,Unhappy", "a3,2026-11-03,7,3,Neutral", ""])
    )
    assert [one.scale for one in draft.measures] == ["nps", "csat5"]
    assert (draft.primary, draft.answers.ids) == (draft.measures[1].key, ["a1", "a2", "a3"])


def test_the_words_of_customers_are_in_the_column_that_has_them_not_in_an_empty_one_nor_in_the_tools_own_notes() -> (
    None
):
    said = ("Ask us what we need first", "Longer opening hours on Sundays please", "Nothing, Tom Ng was very kind")
    head = "Response ID,Timestamp,Survey ID,Notes,Comment,1. How satisfied are you?,2. Which part should be better?"
    for notes in ("", "rang back"):
        rows = [f"clx{at},2026-11-0{at},s1,{notes} {at},,5,{words!r}" for at, words in enumerate(said, start=1)]
        draft = read("\n".join([head, *rows, ""]).replace("'", '"'))
        assert draft.answers.comments == list(said)


def test_an_id_is_whatever_is_different_in_every_row_and_shaped_like_one() -> None:
    rows = [f"accounts/1/locations/2/reviews/20{at},2026-11-0{at}T09:00:01Z,10.0.0.{at},5" for at in range(1, 7)]
    draft = read("\n".join(["name,createTime,client address,starRating", *rows, ""]))
    assert draft.answers.ids[0] == "accounts/1/locations/2/reviews/201"
    assert not read(
        "\n".join(
            [
                "ip,scraped,fetched_when,rating",
                *(f"10.0.0.{n},2026-11-0{n},2026-11-24T09:00:0{n}Z,5" for n in range(1, 7)),
            ]
        )
    ).answers.ids
