"""A file of ratings gives ratings, or says line by line why not, and never says what the rating was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_people import person, standard

from meetingtool.errors import Refused
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.ratings import FileRating, RatingsDraft, read_ratings
from meetingtool.importers.tabular import Sheet, read_sheet
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)


ROSTER = Roster(
    [
        person("maria", "Maria Lopez", nicknames=("Mari",)),
        person("maria-n", "Maria Nowak"),
        person("zoe", "Zoë Martin-Reid", started=date(2026, 3, 1), number="0017"),
        person("sam", "Sam Bell", left=date(2026, 3, 31)),
    ],
    [
        standard("own-it", "Owns it to the end"),
        standard("listen", "Listens first"),
        standard("smile", "Smiles", retired=date(2025, 12, 31)),
    ],
    TODAY,
)


def read(text: str, **options: object) -> RatingsDraft:
    return read_ratings(read_sheet(text.encode()), ROSTER, TODAY, **options)  # type: ignore[arg-type]


def problem(line: str) -> str:
    """Why `line` (person, standard, rating, date, note, stories) gives no rating."""
    draft = read(f"person,standard,rating,date,note,stories\n{line}\n")
    assert draft.rows == ()
    assert [found.line for found in draft.problems] == [2]
    return draft.problems[0].text


def test_a_file_of_ratings_is_read() -> None:
    draft = read(
        "Employee Name;Standard;Rating;Date;Comment;Story\n"
        "@zoe;#own-it;4;24.11.2026;;\n"
        '"Martin-Reid, Zoë";Listens first;5;23.11.2026;"Rang back,\ntwice";7x4k2m 9PQR\n'
        "Mari;OWN-IT;not seen;1.10.2026;;\n"
    )
    assert draft.rows == (
        FileRating(line=2, person="P-zoe", standard="S-own-it", value=4, on=TODAY),
        FileRating(
            line=3,
            person="P-zoe",
            standard="S-listen",
            value=5,
            on=date(2026, 11, 23),
            note="Rang back,\ntwice",
            stories=("7X4K2M", "9PQR"),
        ),
        FileRating(line=5, person="P-maria", standard="S-own-it", value=None, on=date(2026, 10, 1)),
    )
    assert draft.problems == ()
    assert draft.mapping_in_words == (
        "Employee Name -> person, Standard -> standard, Rating -> rating, Date -> date, Comment -> note, "
        "Story -> stories"
    )


def test_the_ground_of_a_rating_is_taken_from_the_comments_of_whoever_gave_it() -> None:
    grounds = (
        "Reviewer comments|Reviewer's Comments|Reviewers’ comments|Manager's comment|MANAGER_NOTES|managercomments|"
        "Rationale|Justification|Feedback|Overall comments|Supporting comments|Overall performance feedback|"
        "Notes from manager|Comments by the reviewer|Comments of supervisor|Comments (Manager)|Comments - Manager|"
        "Reason for rating|Manager's comments on employee|Feedback for employee|Line manager feedback|"
        "Feedback from my manager to the employee|"
        "Comments/Examples|Supporting comment(s)|Q4 2026 manager comments|Manager comments (required)"
    )
    for header in grounds.split("|"):
        (row,) = read(f"Person,Standard,Rating,Employee comments,{header}\n@zoe,own-it,4,I was great,Rang back\n").rows
        assert row.note == "Rang back", header
    (row,) = read("Person,Standard,Rating,Comments,Manager's feedback\n@zoe,own-it,4,Great,Rang back\n").rows
    assert row.note == "Rang back"


def test_what_people_say_of_themselves_is_not_the_ground_of_a_rating() -> None:
    others = (
        "Employee comments|Employee's Comments|Employees’ feedback|Comments from employee|Comments (Employee)|"
        "Self comments|Own notes|Peer feedback|Customer feedback|Comments by peers|Feedback date|Feedback reviewer|"
        "Feedback for manager|Notes for payroll"
    )
    for header in others.split("|"):
        (row,) = read(f"Person,Standard,Rating,{header}\n@zoe,own-it,4,I was great\n").rows
        assert row.note == "", header


@pytest.mark.parametrize("cell", ["4", "4.0", "4/5", "4 of 5", " 4 out of 5 "])
def test_a_rating_can_be_written_with_its_scale(cell: str) -> None:
    assert read(f"person,standard,rating\nzoe,own-it,{cell}\n").rows[0].value == 4


@pytest.mark.parametrize("cell", ["6", "0", "-1", "4.5", "good", "40", "4/10", "9" * 5000])
def test_a_rating_off_the_scale_is_a_problem_that_does_not_quote_it(cell: str) -> None:
    assert problem(f"zoe,own-it,{cell},2026-11-24,because,") == "the rating is not a whole number from 1 to 5."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("zoe,own-it,,2026-11-24,,", "there is no rating; write “not seen” where there is none to give."),
        (",own-it,4,2026-11-24,,", "there is no person."),
        ("zoe,#,4,2026-11-24,,", "there is no standard."),
        ("zoe,own-it,4,,,", "there is no date."),
        ("zoe,own-it,4,31/2/2026,,", "“31/2/2026” is not a date."),
        ("zoe,own-it,4,2026-11-25,,", "the date is in the future."),
        ("zoe,own-it,4,2026-02-28,,", "Zoë Martin-Reid was not on the team on that day."),
        ("sam,own-it,4,2026-04-01,,", "Sam Bell was not on the team on that day."),
        ("zoe,smile,4,2026-11-24,,", "#smile had been retired by then."),
        ("zoe,own-it,5,2026-11-24, ,", "a rating of 1, 2 or 5 needs a note or a story as its evidence."),
        (
            "zoe,own-it,4,2026-11-24,,x!",
            "“x!” is not a reference to a story; those have four or more letters and digits.",
        ),
        ("zoe,own-it,4,2026-11-24," + "x" * 2001 + ",", "the note has 2,001 letters; use at most 2,000."),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, why: str) -> None:
    assert problem(line) == why


def test_an_unknown_person_or_standard_gets_the_nearest_ones_suggested() -> None:
    assert problem("Zoe Martin,own-it,4,2026-11-24,,") == (
        "nobody on the team is called “Zoe Martin”; did you mean Zoë Martin-Reid (@zoe)?"
    )
    assert "did you mean Zoë Martin-Reid (@zoe)?" in problem("MARTIN-REID ZOË,own-it,4,2026-11-24,,")
    assert problem("zoe,ownit,4,2026-11-24,,") == "there is no standard “ownit”; did you mean #own-it?"
    assert problem("Xavier,own-it,4,2026-11-24,,") == "nobody on the team is called “Xavier”."


def test_a_name_that_two_have_is_a_problem_that_names_both() -> None:
    roster = Roster([person("m-l", "Maria Lopez"), person("m-n", "Maria Nowak")], ROSTER.all_standards, TODAY)
    draft = read_ratings(read_sheet(b"person,standard,rating\nMaria,listen,4\n"), roster, TODAY)
    assert draft.problems[0].text == ("“Maria” could be Maria Lopez (@m-l) or Maria Nowak (@m-n); give the handle.")


def test_good_lines_stand_beside_bad_ones() -> None:
    draft = read("person,standard,rating,note\nzoe,listen,4,\nnobody,listen,4,\nzoe,own-it,2,slow to answer\n")
    assert [row.line for row in draft.rows] == [2, 4]
    assert [found.line for found in draft.problems] == [3]


def test_the_very_same_line_twice_counts_once_and_is_told() -> None:
    draft = read(
        "person,standard,rating,date\nzoe,listen,4,2026-11-20\nZOE,#listen,4,2026-11-20\nzoe,listen,3,2026-11-20\n"
    )
    assert [row.line for row in draft.rows] == [2, 4]
    assert draft.notes == (
        "Line 3: identical to a line above; counted once.",
        "Lines 2 and 4: the same person, standard and day more than once, and not alike; each counts as a rating. "
        "Correct the file if only one is right.",
    )


def test_without_dates_a_rating_is_of_today_and_that_is_told() -> None:
    draft = read("person,standard,rating\nzoe,listen,4\n")
    assert draft.rows[0].on == TODAY
    assert draft.notes == ("There is no column of dates: every rating counts as given today.",)


def test_a_file_without_a_needed_column_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match=r"hold the rating.*person and standard.*--column rating="):
        read("person,standard\nzoe,listen\n")
    assert read("person,standard,how\nzoe,listen,4\n", columns={"rating": "how"}).rows[0].value == 4


cells = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["zoe", "own-it", "4", "2026-11-24"])


@given(st.lists(st.tuples(cells, cells, cells, cells, cells, cells), max_size=8))
def test_every_line_is_a_rating_a_problem_or_told_as_a_repetition(rows: list[tuple[str, ...]]) -> None:
    header = ("person", "standard", "rating", "date", "note", "stories")
    lines = tuple(range(2, len(rows) + 2))
    draft = read_ratings(Sheet(header=header, rows=tuple(rows), lines=lines), ROSTER, TODAY)
    told = {row.line for row in draft.rows} | {found.line for found in draft.problems}
    assert told <= set(lines)
    assert told == set(lines) or any("counted once" in note or "left out" in note for note in draft.notes)
    assert all(row.value is None or 1 <= row.value <= 5 for row in draft.rows)


def test_a_column_for_each_standard_gives_a_rating_for_each_cell_that_is_filled() -> None:
    draft = read("Person,own-it,Listens first,Shoe size\n@zoe,4,not-seen,38\nMari,,3,\nTotal,1,2,\n")
    assert [(row.line, row.person, row.standard, row.value) for row in draft.rows] == [
        (2, "P-zoe", "S-own-it", 4),
        (2, "P-zoe", "S-listen", None),
        (3, "P-maria", "S-listen", 3),
    ]
    assert draft.problems == ()
    assert "own-it -> #own-it, Listens first -> #listen" in draft.mapping_in_words
    assert draft.mapping_in_words.endswith("Listens first -> #listen, not used: Shoe size")
    assert "Line 4: a total or a heading; left out." in draft.notes


def test_a_problem_in_one_of_several_columns_names_the_standard_and_not_the_rating() -> None:
    draft = read("Person,own-it,listen\n@zoe,5,4\n")
    assert [row.standard for row in draft.rows] == ["S-listen"]
    assert [found.text for found in draft.problems] == [
        "#own-it: a rating of 1, 2 or 5 needs a note or a story as its evidence."
    ]


@pytest.mark.parametrize("cell", ["0017", "17", "17.0"])
@pytest.mark.parametrize("header", ["EEID", "Personalnummer", "Employee"])
def test_people_are_known_by_their_employee_number(header: str, cell: str) -> None:
    draft = read(f"{header},standard,rating\n{cell},own-it,4\n")
    assert [row.person for row in draft.rows] == ["P-zoe"]


def test_an_unknown_employee_number_is_a_problem() -> None:
    draft = read("Employee ID,standard,rating\n99,own-it,4\n")
    assert [found.text for found in draft.problems] == ["nobody on the team has the employee number 99."]


def test_a_name_that_two_people_have_is_a_problem_that_names_both_even_where_it_is_a_handle() -> None:
    assert problem("Maria,own-it,4,2026-11-24,,") == (
        "“Maria” could be Maria Lopez (@maria) or Maria Nowak (@maria-n); give the handle."
    )
    assert read("person,standard,rating\n@maria,own-it,4\n").rows[0].person == "P-maria"


@pytest.mark.parametrize("cell", ["not-seen", "Not Seen", "not_seen", "n/a", "-"])
def test_not_seen_is_understood_as_the_command_writes_it(cell: str) -> None:
    assert read(f"person,standard,rating\n@zoe,own-it,{cell}\n").rows[0].value is None


def test_dates_of_both_orders_in_equal_number_are_a_question_for_ratings_too() -> None:
    text = "person,standard,rating,date\n@zoe,own-it,4,03/04/2026\n@zoe,own-it,3,25/05/2026\n@zoe,own-it,4,06/25/2026\n"
    assert "holds both orders" in read(text).question
    assert read(text, day_order="day-first").question == ""


TWO_ANNS = Roster(
    [
        person("ann", "Ann Moore", number="0007"),
        person("ann-m", "Ann Moore", number="12"),
        person("bo", "Bo Lind", number="31"),
    ],
    [standard("own-it", "Owns it to the end"), standard("listen", "Listens first")],
    TODAY,
)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Ann Moore,7,4", ["P-ann"]),
        ("Ann Moore,12,4", ["P-ann-m"]),
        ("Bo Lind,31,4", ["P-bo"]),
        ("Bo Lind,,4", ["P-bo"]),
        ("Bo Lind,99,4", ["P-bo"]),
        ("Ann Moore,31,4", "“Ann Moore” could be Ann Moore (@ann) or Ann Moore (@ann-m); give the handle."),
        ("Bo Lind,12,4", "“Bo Lind” is beside the employee number of Ann Moore (@ann-m); correct one of the two."),
    ],
)  # fmt: skip
def test_an_employee_number_beside_the_name_tells_people_apart_and_must_not_contradict(
    line: str, who: list[str] | str
) -> None:
    draft = read_ratings(read_sheet(f"Name,Emp No,own-it\n{line}\n".encode()), TWO_ANNS, TODAY)
    said = [problem.text for problem in draft.problems] or [row.person for row in draft.rows]
    assert said == ([who] if isinstance(who, str) else who)


def test_a_column_that_counts_the_rows_beside_the_names_is_no_employee_number() -> None:
    text = "No.,Name,own-it\n1,Bo Lind,4\n2,Bo Lind,3\n"
    draft = read_ratings(read_sheet(text.encode()), TWO_ANNS, TODAY)
    assert ([row.person for row in draft.rows], draft.problems) == (["P-bo", "P-bo"], ())


@pytest.mark.parametrize("cell", ["4,0", "4.0", "4 - Good", "4 (Good)", "4: good", "4/5", "4 of 5"])
def test_a_rating_is_read_with_the_word_or_the_scale_beside_it(cell: str) -> None:
    draft = read_ratings(read_sheet(f"Person;own it\nBo Lind;{cell}\n".encode()), TWO_ANNS, TODAY)
    assert [row.value for row in draft.rows] == [4]


@pytest.mark.parametrize("cell", ["4,5", "4-5", "4 - 5", "44", "40%"])
def test_what_is_no_whole_rating_is_none(cell: str) -> None:
    draft = read_ratings(read_sheet(f"Person;own it\nBo Lind;{cell}\n".encode()), TWO_ANNS, TODAY)
    assert ([row.value for row in draft.rows], len(draft.problems)) == ([], 1)


@pytest.mark.parametrize(
    ("header", "line", "column"),
    [
        ("Employee Rating,Manager Rating", "5,4", "Manager Rating"),
        ("Manager Rating,Employee Rating", "4,5", "Manager Rating"),
        ("Employee Score,Manager Score", "5,4", "Manager Score"),
        ("Self Rating,Rating", "5,4", "Rating"),
        ("Peer ratings,Score,Max Score", "5,4,5", "Score"),
        ("Rating,Final Rating", "4,4", "Rating"),
        ("Rating,Calibrated Rating", "4,", "Rating"),
        ("Rating Scale,Rating", "5,4", "Rating"),
        ("Selbstbewertung,Rating", "5,4", "Rating"),
        ("Self,Manager", "5,4", "Manager"),
        ("Rating,Final", "4,4", "Rating"),
        ("Rating,Manager", "4,Ann Boss", "Rating"),
        ("Manager's Rating", "4", "Manager's Rating"),
    ],
)
def test_what_people_say_of_themselves_is_never_the_managers_rating(header: str, line: str, column: str) -> None:
    draft = read(f"Employee,Standard,{header}\n@zoe,listen,{line}\n")
    assert [row.value for row in draft.rows] == [4]
    assert f"{column} -> rating" in draft.mapping_in_words


@pytest.mark.parametrize(
    ("header", "line", "told"),
    [
        ("Rating,Final Rating,Calibrated Rating", "5,4,3", "“Rating”, “Final Rating” and “Calibrated Rating” could"),
        ("Rating,Calibrated", "4,3", "“Rating” and “Calibrated” could each be the rating"),
        ("Rating,Self Rating,Manager Rating", "5,4,3", "“Rating” and “Manager Rating” could each be the rating"),
        ("Employee Rating", "4", "“Employee Rating” may be what people say of themselves"),
        ("Self Score,Peer Score", "4,3", "“Self Score” and “Peer Score” may be what people say of themselves"),
    ],
)
def test_several_columns_that_could_be_the_rating_are_asked_about_by_name(header: str, line: str, told: str) -> None:
    text = f"Person,Standard,{header}\n@zoe,listen,{line}\n"
    with pytest.raises(LeftOpen, match=told) as asked:
        read(text)
    last = header.split(",")[-1]
    assert f'--column rating="{last}".' in str(asked.value)
    assert (asked.value.key, asked.value.options[-1]) == ("rating", last)
    assert [row.value for row in read(text, columns={"rating": last}).rows] == [int(line.split(",")[-1])]


def test_a_column_is_named_after_a_standard_whatever_its_verb_ends_in() -> None:
    draft = read("Person,Own it,Listen first\n@zoe,4,3\n")
    assert [row.standard for row in draft.rows] == ["S-own-it", "S-listen"]


def test_a_column_of_ratings_that_nearly_names_a_standard_is_not_left_out_unseen() -> None:
    with pytest.raises(
        Refused, match="“Listening first” holds ratings, but no standard has that name; did you mean #li"
    ):
        read("Person,own-it,Listening first\n@zoe,4,3\n")
    with pytest.raises(Refused, match="“own-it” and “Owns it to the end” are both named after #own-it"):
        read("Person,own-it,Owns it to the end\n@zoe,4,3\n")
    assert len(read("Person,own-it,Score\n@zoe,4,3\n").rows) == 1


MAILED = Roster(
    [
        person("ann", "Ann Moore", email="ann@x.example", number="0007"),
        person("bo", "Bo Lind", email="bo@x.example"),
        person("cy", "Cy Ek", email="desk@x.example"),
        person("di", "Di Fox", email="desk@x.example"),
    ],
    ROSTER.all_standards,
    TODAY,
)


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        ("Email", "ANN@x.example", "P-ann"),
        ("Work Email", "<bo@x.example>", "P-bo"),
        ("Person", "bo@x.example", "P-bo"),
        ("Email,Name", ",Bo Lind", "P-bo"),
        ("Email,Name", "new@x.example,Bo Lind", "P-bo"),
        ("Email,Name", "desk@x.example,Cy Ek", "P-cy"),
        ("Employee number,Name", "7,", "P-ann"),
        ("Employee number,Email", "7,ann@x.example", "P-ann"),
        ("Email", "eve@x.example", "nobody on the team has the e-mail address eve@x.example."),
        ("Email", "desk@x.example", "the e-mail address desk@x.example could be Cy Ek (@cy) or Di Fox (@di); give the"
         " handle."),
        ("Email,Name", "ann@x.example,Bo Lind", "“Bo Lind” is beside the e-mail address of Ann Moore (@ann);"
         " correct one of the two."),
        ("Employee number,Email", "7,bo@x.example", "the employee number 7 is beside the e-mail address of Bo Lind"
         " (@bo); correct one of the two."),
        ("Employee number,Name,Email", ",,", "there is no person."),
    ],
)  # fmt: skip
def test_people_are_known_by_their_address_too_and_it_must_not_contradict_the_name(
    header: str, line: str, said: str
) -> None:
    draft = read_ratings(read_sheet(f"{header},own-it\n{line},4\n".encode()), MAILED, TODAY)
    assert [problem.text for problem in draft.problems] + [row.person for row in draft.rows] == [said]


def test_the_one_address_of_whoever_filled_in_a_form_is_nobodys() -> None:
    text = "Email,Employee,own-it\nboss@x.example,Bo Lind,4\nboss@x.example,Cy Ek,3\n"
    draft = read_ratings(read_sheet(text.encode()), MAILED, TODAY)
    assert [row.person for row in draft.rows] == ["P-bo", "P-cy"]


def test_a_number_that_stands_on_all_lines_of_a_person_is_their_number() -> None:
    text = "Name,Emp No,standard,rating\n" + "Bo Lind,0007,own-it,4\nBo Lind,0007,listen,4\n" * 2
    draft = read_ratings(read_sheet(text.encode()), MAILED, TODAY)
    assert {problem.text.split(";")[0] for problem in draft.problems} == {
        "“Bo Lind” is beside the employee number of Ann Moore (@ann)"
    }
