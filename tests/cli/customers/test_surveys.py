"""An export is imported as it comes; the second time nothing needs to be said, and undo takes all of it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

LABELS = ("Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied")


def monkey(folder: Path, answers: int = 40, first: int = 0) -> Path:
    """An export with two rows of names and a byte-order mark: three of five are satisfied, one in ten names Tom."""
    rows = [
        'Respondent ID,Collector ID,Start Date,End Date,IP Address,"Overall, how satisfied are you?",Anything else?',
        ",,,,,Response,Open-Ended Response",
    ]
    for number in range(first, first + answers):
        words = f"Tom waited with me &amp; smiled {number}" if number % 10 == 0 else ""
        rows.append(
            f"118{number:09},45,09/{number % 28 + 1:02}/2026 09:00:00 AM,09/{number % 28 + 1:02}/2026 09:05:00 AM,"
            f"192.0.2.1,{LABELS[number % 5]},{words}"
        )
    path = folder / "desk.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    return path


def written(folder: Path, text: str | bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_dry_run_tells_everything_and_keeps_nothing(cli: Any, tmp_path: Path) -> None:
    told = cli("survey", "import", monkey(tmp_path), "--dry-run", "--json").json
    assert (told["source"], told["encoding"], told["sheet"]) == ("surveymonkey", "utf-8-sig", None)
    assert (told["rows_read"], told["taken"], told["same"], told["rejected_count"]) == (40, 40, 0, 0)
    assert (told["first"], told["last"], told["period"]) == ("2026-09-01", "2026-09-28", "month")
    (measure,) = told["measures"]
    assert (measure["scale"], measure["primary"], measure["n"], measure["satisfied"]) == ("csat5", True, 40, 16)
    assert (measure["share"], measure["low"], measure["high"]) == (0.4, 0.2635, 0.5540)
    assert [one["period"] for one in told["periods"]] == ["2026-09"]
    assert told["mentions"] == [{"person": "tom", "words": "Tom", "tier": "unique", "count": 4}]
    assert told["asks"] == []
    assert cli("survey", "list", "--json").json == []


def test_the_second_time_the_same_answers_stay_and_new_ones_are_added(cli: Any, tmp_path: Path) -> None:
    cli("survey", "import", monkey(tmp_path))
    told = cli("survey", "import", monkey(tmp_path, 50), "--json").json
    assert (told["taken"], told["same"], told["changed"]) == (10, 40, 0)
    shown = cli("survey", "show", "--json").json
    assert shown["measures"][0]["n"] == 50
    cli("undo")
    assert cli("survey", "show", "--json").json["measures"][0]["n"] == 40
    cli("undo")
    assert cli("survey", "list", "--json").json == []


def test_a_later_file_adds_its_new_questions_and_says_what_it_does_not_use(cli: Any, tmp_path: Path) -> None:
    cli("survey", "import", written(tmp_path, "id,date,csat\nr1,2026-09-01,5\n", "desk.csv"))
    head = "id,date,csat,How easy was it? (1-7),Comment,Branch"
    more = written(tmp_path, f"{head}\nr1,2026-09-01,5,7,,A\nr2,2026-09-02,4,6,Tom was kind,B\n")
    told = cli("survey", "import", more, "--json")
    assert (told.json["taken"], told.json["same"], told.json["changed"]) == (1, 0, 1)
    said = cli("survey", "import", more).err
    assert "nothing new" in said
    shown = cli("survey", "show", "Desk", "--json").json
    assert [(one["key"], one["n"]) for one in shown["measures"]] == [("csat", 2), ("how-easy-was-it-1-7", 2)]
    assert shown["comments"] == 1
    other = written(tmp_path, f"{head},Till\nr3,2026-09-03,5,7,,A,4\n")
    said = cli("survey", "import", other, "--dry-run").err
    assert "“Desk” asks the same" in said
    assert "1 new column not used: “Till”" in said
    assert "asks the same" not in cli("survey", "import", other, "--as", "Desk", "--dry-run").err


def test_what_a_column_holds_can_be_said_of_a_known_survey_too(cli: Any, tmp_path: Path) -> None:
    path = written(tmp_path, "id,date,csat,Counter,Score two (1-5)\nr1,2026-09-01,5,Tom Ng,1\n", "desk.csv")
    cli("survey", "import", path)
    cli("survey", "import", path, "--column", "person=Counter", "--column", "none=Score two (1-5)")
    more = written(tmp_path, "id,date,csat,Counter,Score two (1-5)\nr2,2026-09-02,4,Tom Ng,1\n")
    told = cli("survey", "import", more, "--json").json
    assert told["mentions"] == [{"person": "tom", "words": "Tom Ng", "tier": "column", "count": 1}]
    assert [one["n"] for one in cli("survey", "show", "--json").json["measures"]] == [2, 1]
    assert "kept as csat5" in cli("survey", "import", more, "--column", "csat7=csat", code=1).err


def test_a_word_that_nobody_answered_before_moves_those_above_it_up(cli: Any, tmp_path: Path) -> None:
    head = "id,date,How satisfied are you?\n"
    first = "r1,2026-09-01,Very satisfied\nr2,2026-09-01,Satisfied\nr3,2026-09-01,Dissatisfied\n"
    cli("survey", "import", written(tmp_path, head + first, "desk.csv"))
    assert cli("survey", "show", "--json").json["measures"][0]["mean"] == 3
    cli("survey", "import", written(tmp_path, f"{head}r4,2026-10-01,Neutral\n"))
    (measure,) = cli("survey", "show", "--json").json["measures"]
    assert (measure["scale"], measure["n"], measure["satisfied"], measure["mean"]) == ("csat5", 4, 2, 3.5)
    cli("undo")
    assert cli("survey", "show", "--json").json["measures"][0]["mean"] == 3


def test_a_changed_answer_is_brought_up_to_date(cli: Any, tmp_path: Path) -> None:
    path = monkey(tmp_path)
    cli("survey", "import", path)
    text = path.read_bytes().replace(b"IP Address", b"IP Address", 1)
    path.write_bytes(text.replace(b",Very dissatisfied,", b",Very satisfied,", 1))
    told = cli("survey", "import", path, "--json").json
    assert (told["taken"], told["same"], told["changed"]) == (0, 39, 1)
    assert cli("survey", "show", "--json").json["measures"][0]["satisfied"] == 17


def test_an_open_question_names_the_option_that_answers_it(cli: Any, tmp_path: Path) -> None:
    undated = written(tmp_path, "score,comment\n5,kind\n4,\n1,slow\n")
    asked = cli("survey", "import", undated, "--json", code=1)
    assert "--on" in asked.json["asks"][0]
    assert "--on" in asked.err
    assert asked.json["first"] is None
    told = cli("survey", "import", undated, "--on", "2026-09", "--json").json
    assert [one["period"] for one in told["periods"]] == ["2026-09"]
    unsure = written(tmp_path, "date,csat\n03/04/2026,5\n05/06/2026,4\n")
    assert "--day-order" in cli("survey", "import", unsure, "--dry-run", "--json", code=1).json["asks"][0]
    sure = cli("survey", "import", unsure, "--dry-run", "--day-order", "month-first", "--json").json
    assert (sure["first"], sure["last"]) == ("2026-03-04", "2026-05-06")


def test_what_lies_outside_a_scale_is_rejected_by_line(cli: Any, tmp_path: Path) -> None:
    rows = "".join(f"2026-09-{day:02},{day % 5 + 1}\n" for day in range(1, 26))
    told = cli(
        "survey", "import", written(tmp_path, f"date,csat\n{rows}2026-09-26,9\n,5\n"), "--dry-run", "--json"
    ).json
    assert told["measures"][0]["n"] == 25
    assert [(one["line"], one["column"], one["value"]) for one in told["rejected"]] == [
        (27, "csat", "9"),
        (28, "date", ""),
    ]


@pytest.mark.parametrize(
    ("text", "source", "scale", "n", "satisfied"),
    [
        (
            "Antwort-ID;Datum;Zufriedenheit (1–5)\nP1;01.09.2026;5\nP2;14.09.2026;2\n".encode("cp1252"),
            "cards",
            "csat5",
            2,
            1,
        ),
        (
            "ResponseId\tEndDate\tCSAT\nR1\t2026-03-01 00:00\t4\nR2\t2026-03-02 00:00\t1\n".encode("utf-16"),
            "cards",
            "csat5",
            2,
            1,
        ),
        (
            b'{"reviews":[{"starRating":"FIVE","createTime":"2026-03-01T10:00:00Z"},'
            b'{"starRating":"TWO","createTime":"2026-03-02T10:00:00Z"}]}',
            "google-reviews",
            "stars5",
            2,
            1,
        ),
        (
            b"Horodateur,Satisfaction globale\n14/08/2026 10:00:00,Tr\xc3\xa8s satisfait\n"
            b"15/08/2026 10:00:00,Insatisfait\n"
            b"16/08/2026 10:00:00,Neutre\n",
            "google-forms",
            "csat5",
            3,
            1,
        ),
        (
            b"Ticket id,Satisfaction Score,Solved at,Assignee\n1,Good,2026-03-14,Tom Ng\n2,Bad,2026-03-15,Tom Ng\n"
            b"3,Offered,2026-03-16,Tom Ng\n",
            "zendesk",
            "good-bad",
            2,
            1,
        ),
        (
            b"surveyed_at,score\n2026-02-01T00:46:09Z,10\n2026-02-02T00:46:09Z,0\n2026-02-03T00:46:09Z,7\n",
            "cards",
            "nps",
            3,
            1,
        ),
    ],
)
def test_files_are_told_apart_by_what_is_in_them(
    cli: Any, tmp_path: Path, text: bytes, source: str, scale: str, n: int, satisfied: int
) -> None:
    told = cli("survey", "import", written(tmp_path, text), "--dry-run", "--json").json
    measure = told["measures"][0]
    assert (told["source"], measure["scale"], measure["n"], measure["satisfied"]) == (source, scale, n, satisfied)


ONE_SIDED = ("Extremely satisfied", "Very satisfied", "Moderately satisfied", "Not at all satisfied")
TWO_SIDED = ("Extremely satisfied", "Satisfied", "Neutral", "Dissatisfied", "Extremely dissatisfied")


@pytest.mark.parametrize(
    ("labels", "satisfied", "counted"),
    [
        (ONE_SIDED, 1, "“extremely satisfied”"),
        (("Extremely happy", *ONE_SIDED[1:]), 1, ""),
        (TWO_SIDED, 2, "“extremely satisfied” and “satisfied”"),
        (("Extremely easy", "Very easy", "Moderately easy", "Slightly easy", "Not at all easy"), 2, ""),
    ],
)
def test_of_a_scale_that_praises_throughout_the_top_step_alone_counts_and_it_is_said(
    cli: Any, tmp_path: Path, labels: tuple[str, ...], satisfied: int, counted: str
) -> None:
    if "happy" in labels[0]:
        labels = tuple(label.replace("satisfied", "happy") for label in labels)
    rows = "".join(f"2026-09-{day:02},{label}\n" for day, label in enumerate(labels, 1))
    path = written(tmp_path, f"date,How was the service?\n{rows}")
    done = cli("survey", "import", path, "--dry-run")
    assert f"Counted as satisfied: {counted}" in done.err
    told = cli("survey", "import", path, "--dry-run", "--json").json
    assert told["measures"][0]["satisfied"] == satisfied


@pytest.mark.parametrize(
    "text",
    [
        "Ticket,Complaint,Date\n1,Slow line,22-04-2026\n2,No answer,04-08-2026\n",
        "Employee_Name,DateofHire,Salary,Department,Position\nA B,2020-01-01,10,Desk,Clerk\n",
        "",
    ],
)
def test_what_has_no_score_is_refused_in_one_line(cli: Any, tmp_path: Path, text: str) -> None:
    refused = cli("survey", "import", written(tmp_path, text), code=1)
    assert refused.out == ""
    assert len(refused.err.strip().splitlines()) == 1


def test_another_column_for_the_day_moves_what_is_kept_or_is_refused(cli: Any, tmp_path: Path) -> None:
    head = "id,Created at,Solved at,CSAT\n"
    rows = "".join(f"{n},2026-09-0{n},2026-11-0{n},5\n" for n in range(1, 6))
    path = written(tmp_path, head + rows)
    cli("survey", "import", path, "--as", "Desk")
    told = cli("survey", "import", path, "--column", "date=Solved at", "--json").json
    assert (told["taken"], told["same"], told["changed"]) == (0, 0, 5)
    shown = cli("survey", "show", "--json").json
    assert [(one["period"], one["measures"][0]["n"]) for one in shown["periods"]] == [("2026-11", 5)]
    without = written(tmp_path, "Created at,Solved at,CSAT\n2026-09-01,2026-11-01,5\n", "till.csv")
    cli("survey", "import", without, "--as", "Till")
    refused = cli("survey", "import", without, "--as", "Till", "--column", "date=Solved at", code=1).err
    assert "no ids" in refused


def test_a_file_of_which_no_row_is_an_answer_begins_no_survey(cli: Any, tmp_path: Path) -> None:
    path = written(tmp_path, "id,date,csat\nr1,1980-01-01,5\nr2,1980-01-02,4\n")
    assert "None of the 2 rows" in cli("survey", "import", path, "--column", "date=date", code=1).err
    assert cli("survey", "list", "--json").json == []


def test_of_a_year_that_is_partly_old_the_old_answers_leave_counts_alone(cli: Any, tmp_path: Path) -> None:
    rows = [f"old{m:02},2024-{m:02}-05,{m % 5 + 1},old words {m}" for m in range(1, 13)]
    path = written(tmp_path, "\n".join(["Response ID,Date,CSAT,Comment", *rows, ""]))
    for _ in range(2):
        cli("undo", code=None)
        cli("survey", "import", path, "--as", "Desk")
    before = cli("survey", "show", "--json").json
    assert "taken back" in cli("survey", "thin", "--yes").out
    kept = b"".join(one.read_bytes() for one in (tmp_path / "workspace").rglob("*") if one.is_file())
    assert [m for m in range(1, 13) if f"old words {m}".encode() + b'"' in kept] == [11, 12]
    assert [m for m in range(1, 13) if f"old{m:02}".encode() in kept] == [11, 12]
    assert "is kept whole" in cli("survey", "thin", "--yes").err
    told = cli("survey", "import", path, "--json").json
    assert (told["taken"], told["same"], told["changed"]) == (0, 12, 0)
    after = cli("survey", "show", "--json").json
    assert (after["measures"], after["periods"], after["comments"]) == (before["measures"], before["periods"], 2)
    assert (before["taken"], after["taken"]) == (12, 12)


def test_who_served_is_known_as_forms_write_it_and_several_are_served_by_each(cli: Any, tmp_path: Path) -> None:
    cells = ("Tom Ng;", "Tom Ng (Support)", '"Ng, Tom"', "Tom Ng;Maria Lopez;", "Maria & Tom", "A temp and Bob")
    rows = "".join(f"r{n},2026-09-0{n + 1},5,{cell}\n" for n, cell in enumerate(cells))
    path = written(tmp_path, f"id,date,csat,Agent\n{rows}")
    told = cli("survey", "import", path, "--dry-run").err
    assert "Not used" not in told
    assert "not one person of the team in 1 answer, such as “A temp and Bob”" in told
    named = cli("survey", "import", path, "--json").json["mentions"]
    assert sum(one["count"] for one in named if one["person"] == "tom") == 5
    assert sum(one["count"] for one in named if one["person"] == "maria") == 2


def test_people_of_one_role_are_compared_and_get_a_share_only_where_they_differ(cli: Any, tmp_path: Path) -> None:
    good = {"Maria Lopez": 20, "Zoë Martin-Reid": 20, "Tom Ng": 9, "Karim Haddad": 19, "Sam Bell": 20}
    rows = [
        f"{name[:2]}{n},2026-0{3 + n % 2}-{n % 20 + 10},{5 if n < satisfied else 1},{name}"
        for name, satisfied in good.items()
        for n in range(20)
    ]
    head = "id,date,csat,Who served you?"
    cli("survey", "import", written(tmp_path, "\n".join([head, *rows, "n1,2026-04-30,1,A temp", ""])))
    shown = cli("survey", "show")
    assert "Too few answers to say anything about differences between people of one role." in shown.err
    assert "@tom" not in shown.out
    few = cli("survey", "show", "--json").json["people"]
    assert [(one["role"], one["n"], one["share"], one["people"]) for one in few["groups"]] == [
        ("Front desk", 40, None, []),
        ("Workshop", 30, None, []),
    ], "Karim had not begun, and Sam was there until the end of March"
    for who in ("maria", "tom"):
        cli("team", "edit", who, "--role", "Front desk")
    told = cli("survey", "show", "--json").json["people"]
    assert (told["since"], told["until"]) == ("2025-05-01", "2026-04-30")
    desk, workshop = told["groups"]
    assert (desk["role"], desk["verdict"], desk["n"], desk["satisfied"]) == ("Front desk", "differ", 60, 49)
    assert [(one["person"], one["n"], one["satisfied"]) for one in desk["people"]] == [
        ("maria", 20, 20),
        ("tom", 20, 9),
        ("zoe", 20, 20),
    ], "in the order of the team's list, not by result"
    maria, tom, _ = desk["people"]
    assert 0.45 < tom["share"] < desk["share"] < maria["share"] < 1, "pulled towards that of all of them"
    assert tom["low"] < tom["share"] < tom["high"]
    assert (workshop["verdict"], workshop["n"], workshop["people"]) == ("too-few", 10, [])
    shown = cli("survey", "show")
    assert "Front desk: people differ more than chance alone would make them" in shown.err
    assert [line.split()[0] for line in shown.out.splitlines() if line.startswith("@")] == ["@maria", "@tom", "@zoe"]
    for one in cli("survey", "answers", "--json").json:
        if not one["satisfied"] and one["ref"].partition(":")[2] in {str(n) for n in range(50, 61)}:
            cli("survey", "leave-out", one["ref"], "--because", "product")
    desk, _ = cli("survey", "show", "--json").json["people"]["groups"]
    assert (desk["n"], desk["verdict"]) == (49, "too-few"), "an answer that is left out is nobody's"


def test_plain_text_with_a_nul_in_every_row_is_no_utf_16(cli: Any, tmp_path: Path) -> None:
    path = written(tmp_path, b"date,csat\0\n" + b"2026-09-01,5\0\n" * 40)
    told = cli("survey", "import", path, "--dry-run", "--json").json
    assert (told["taken"], told["encoding"]) == (40, "utf-8")


JAPANESE = ("とても不満", "不満", "普通", "満足", "とても満足")


def test_words_that_nobody_knows_are_asked_about_with_those_seen_and_take_an_order(cli: Any, tmp_path: Path) -> None:
    rows = "".join(f"2026-09-{n + 1:02},{JAPANESE[n % 5]}\n" for n in range(20))
    path = written(tmp_path, f"日付,満足度\n{rows}")
    told = cli("survey", "import", path, "--column", "date=日付", code=1).err
    assert all(f"“{word}”" in told for word in JAPANESE) and "the worst first, such as --steps" in told
    steps = ("--column", "date=日付", "--steps", f"満足度={' < '.join(JAPANESE)}")
    (measure,) = cli("survey", "import", path, *steps, "--dry-run", "--json").json["measures"]
    assert (measure["scale"], measure["n"], measure["satisfied"], measure["mean"]) == ("csat5", 20, 8, 3.0)
    only_best = (*steps, "--satisfied", f"満足度={JAPANESE[-1]}")
    assert cli("survey", "import", path, *only_best, "--json").json["measures"][0]["satisfied"] == 4
    assert cli("survey", "import", path, "--json").json["same"] == 20, "the order is kept with the survey"
    assert "None of these answers" in cli("survey", "import", path, "--as", "B", "--steps", "満足度=a,b", code=1).err
    assert "Give “不満”" in cli("survey", "import", path, "--as", "B", *steps, "--satisfied", "満足度=9", code=1).err
    assert "HEADER=VALUE" in cli("survey", "import", path, "--steps", "満足度", code=2).err


def test_where_nobody_of_many_gave_the_best_answer_it_is_asked_how_long_the_scale_is(cli: Any, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-{n % 20 + 1:02},{n % 4 + 1}" for n in range(40)]
    path = written(tmp_path, "\n".join(["id,date,Satisfaction", *rows, ""]))
    assert "None of 40 gave “Satisfaction” a 5" in cli("survey", "import", path, code=1).err
    told = cli("survey", "import", path, "--column", "own=Satisfaction", "--json")
    assert [(one["satisfied"], one["satisfied_from"]) for one in told.json["measures"]] == [(20, 3)]


@pytest.mark.parametrize(
    ("title", "number", "says"),
    [("How satisfied were you? (1-10)", "9", "9 and more, on the scale 1 to 10"), ("CSAT score", "95", "80 and more")],
)
def test_from_which_number_on_a_customer_is_satisfied_is_said(
    cli: Any, tmp_path: Path, title: str, number: str, says: str
) -> None:
    rows = [f"{n},2026-11-{n % 20 + 1:02},{number if n % 2 else n % 10 + 1}" for n in range(40)]
    path = written(tmp_path, "\n".join([f"id,date,{title}", *rows, ""]))
    assert f"Counted as satisfied: {says}" in cli("survey", "import", path, "--dry-run").err
