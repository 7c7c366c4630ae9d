"""Adding, changing, leaving, importing people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting.meetings import close_meeting, start_meeting
from meetingtool.actions.people.team import add_person, edit_person, import_people, leave, namesake, plan_import
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.store import Workspace


def person(workspace: Workspace, handle: str) -> Person:
    return workspace.find(Person, handle=handle)[0]


def test_a_handle_is_made_from_the_name_and_never_given_twice(workspace: Workspace, now: datetime) -> None:
    handles = [add_person(workspace, "Maria López", now).handle for _ in range(3)]
    assert handles == ["maria-l", "maria-lopez", "maria-lopez-2"]


def test_whoever_comes_while_a_meeting_is_open_is_on_its_list(workspace: Workspace, now: datetime) -> None:
    meeting = start_meeting(workspace, now)
    there = {entry.person for entry in meeting.attendance}
    new = add_person(workspace, "Nina Berg", now)
    add_person(workspace, "Omar Silva", now, started=now.date() + timedelta(days=1))
    held = workspace.get(Meeting, meeting.id)
    assert [(entry.person, entry.presence) for entry in held.attendance if entry.person not in there] == [
        (new.id, "here")
    ]
    assert undo(workspace, now).what == "person.added"
    undo(workspace, now)
    assert {entry.person for entry in workspace.get(Meeting, meeting.id).attendance} == there
    import_people(workspace, [RosterRow(line=2, name="Otto Rix"), RosterRow(line=3, name="Pia Rix")], now)
    assert len(workspace.get(Meeting, meeting.id).attendance) == len(there) + 2
    undo(workspace, now)
    add_person(workspace, "Nina Berg", now + timedelta(days=1))
    close_meeting(workspace, workspace.get(Meeting, meeting.id), now)
    add_person(workspace, "Zita Lind", now)
    assert {entry.person for entry in workspace.get(Meeting, meeting.id).attendance} == there


def test_a_former_handle_is_not_given_to_somebody_else(workspace: Workspace, now: datetime) -> None:
    edit_person(workspace, person(workspace, "tom"), now, handle="tommy")
    assert add_person(workspace, "Tom Alder", now).handle == "tom-a"
    with pytest.raises(Refused, match="@tom belongs to Tom Ng"):
        add_person(workspace, "Tom Alder", now, handle="tom")


def test_a_person_can_take_a_former_handle_back(workspace: Workspace, now: datetime) -> None:
    renamed = edit_person(workspace, person(workspace, "tom"), now, handle="@Tommy")
    assert (renamed.handle, renamed.former_handles) == ("tommy", ("tom",))
    back = edit_person(workspace, renamed, now, handle="tom")
    assert (back.handle, back.former_handles) == ("tom", ("tommy",))


@pytest.mark.parametrize("handle", ["", "@", "tom ng", "-tom", "tom-", "#tom", "t@m", "Łódź!"])
def test_an_unusable_handle_is_refused(workspace: Workspace, now: datetime, handle: str) -> None:
    with pytest.raises(Refused, match="is not a valid handle"):
        edit_person(workspace, person(workspace, "tom"), now, handle=handle)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Anna   de  Vries ", "Anna de Vries"),
        ("Anna\x1b[31m\x00 Vries", "Anna [31m Vries"),
        ("\u202eAnna\u202c", "Anna"),
        ("An\udcffna", "An\ufffdna"),
    ],
)
def test_a_name_is_kept_on_one_line_without_controls(workspace: Workspace, now: datetime, name: str, kept: str) -> None:
    assert add_person(workspace, name, now).name == kept


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\u200e", "x" * 201, ".", "#tag", "ann@x.example", "+49 30 123"])
def test_a_name_that_is_none_is_refused(workspace: Workspace, now: datetime, name: str) -> None:
    before = len(workspace.find(Person))
    with pytest.raises(Refused):
        add_person(workspace, name, now)
    assert len(workspace.find(Person)) == before


def test_a_leaving_date_before_the_start_is_refused(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="before the start date"):
        leave(workspace, person(workspace, "karim"), date(2026, 5, 31), now)
    with pytest.raises(Refused, match="before the start date"):
        edit_person(workspace, person(workspace, "sam"), now, started=date(2026, 4, 1))


def test_whoever_has_left_is_off_the_team_but_still_found(workspace: Workspace, now: datetime) -> None:
    leave(workspace, person(workspace, "tom"), date(2026, 11, 23), now)
    roster = roster_of(workspace, now.date())
    assert "tom" not in [p.handle for p in roster.people]
    assert person_named(roster, "@tom").name == "Tom Ng"


def test_a_name_that_several_share_is_told_with_their_handles(workspace: Workspace, now: datetime) -> None:
    add_person(workspace, "Maria Anders", now)
    add_person(workspace, "Mario Anders", now)
    roster = roster_of(workspace, now.date())
    assert person_named(roster, "@maria").name == "Maria Lopez"
    with pytest.raises(Unclear, match=r"“Maria” could be Maria Lopez \(@maria\) or Maria Anders \(@maria-a\)"):
        person_named(roster, "Maria")
    with pytest.raises(Unclear, match=r"“Anders” could be Maria Anders \(@maria-a\) or Mario Anders"):
        person_named(roster, "Anders")
    assert person_named(roster, "lopez").name == "Maria Lopez"
    with pytest.raises(NotFound, match="Nobody on the team is called “@lopez”"):
        person_named(roster, "@lopez")


def test_an_import_adds_and_updates_by_number_before_name(workspace: Workspace, now: datetime) -> None:
    first = [
        RosterRow(line=2, name="Ada King", number="17", role="Clerk"),
        RosterRow(line=3, name="Ada King", number="18"),
    ]
    done = import_people(workspace, first, now)
    assert [p.handle for p in done.added] == ["ada", "ada-k"]
    again = import_people(workspace, [RosterRow(line=2, name="Ada King Lovelace", number="17")], now)
    assert [(p.handle, p.name, p.role) for p in again.changed] == [("ada", "Ada King Lovelace", "Clerk")]
    assert again.added == ()


def test_a_row_counter_renames_nobody(workspace: Workspace, now: datetime) -> None:
    first = [RosterRow(line=2, name="Ann Moore", number="1"), RosterRow(line=3, name="Bo Lind", number="2")]
    import_people(workspace, first, now)
    done = import_people(
        workspace, [RosterRow(line=2, name="Bo Lind", number="1"), RosterRow(line=3, name="Dan Fox", number="2")], now
    )
    assert person(workspace, "ann").name == "Ann Moore"
    assert person(workspace, "bo").name == "Bo Lind"
    assert [added.name for added in done.added] == ["Dan Fox"]
    assert done.notes == (
        "Bo Lind was left out: nothing shows whether this is Bo Lind (@bo) or somebody new of that name. A column of "
        "handles, employee numbers or e-mail addresses known here would.",
        "Dan Fox (@dan) has the employee number of Bo Lind (@bo), and was added as a new person. If they are the "
        "same person: meetingtool team merge @bo @dan",
        "2 is the number of Bo Lind (@bo), so Dan Fox (@dan) is imported without it. Check both; one number is one "
        "person.",
    )


def test_an_import_gives_nobody_the_number_of_somebody_else_and_lets_two_swap_theirs(
    workspace: Workspace, now: datetime
) -> None:
    add_person(workspace, "Ann Moore", now, handle="ann", number="7")
    add_person(workspace, "Bo Lind", now, handle="bo")
    add_person(workspace, "Cleo Ek", now, handle="cleo", number="9")
    done = import_people(workspace, [RosterRow(line=2, name="Bo Lind", number="09")], now)
    assert (done.changed, done.same, person(workspace, "bo").number) == ((), 1, "")
    assert done.notes[0].startswith("09 is the number of Cleo Ek (@cleo), so Bo Lind (@bo) is imported without it.")
    rows = [
        RosterRow(line=2, name="Ann Moore", handle="ann", number="9"),
        RosterRow(line=3, name="Cleo Ek", handle="cleo", number="7"),
    ]
    assert import_people(workspace, rows, now).notes == ()
    assert [person(workspace, each).number for each in ("ann", "cleo")] == ["9", "7"]


def test_a_recycled_address_is_told_and_renames_nobody(workspace: Workspace, now: datetime) -> None:
    add_person(workspace, "Alma Prieto", now, email="benefits@x.example")
    done = import_people(
        workspace,
        [RosterRow(line=2, name="Carla Reyes", email="benefits@x.example", started=date(2026, 11, 2))],
        now,
    )
    assert [added.handle for added in done.added] == ["carla"]
    assert person(workspace, "alma").name == "Alma Prieto"
    assert done.notes == (
        "Carla Reyes (@carla) has the e-mail address of Alma Prieto (@alma), and was added as a new person. "
        "If they are the same person: meetingtool team merge @alma @carla",
    )


def test_a_doubt_is_asked_about_once_and_what_was_answered_counts(workspace: Workspace, now: datetime) -> None:
    ann = add_person(workspace, "Ann Moore", now, number="17")
    add_person(workspace, "Ken Ito", now)
    rows = [
        RosterRow(line=2, name="Ann Fox", number="17"),
        RosterRow(line=3, name="ITO KEN"),
        RosterRow(line=4, name="Bo Fox", number="17"),
    ]
    first = plan_import(workspace, rows, now)
    assert [doubt.why for doubt in first.doubts] == [
        "Ann Fox has the employee number of Ann Moore (@ann).",
        "ITO KEN has nearly the same name as Ken Ito (@ken).",
        "Bo Fox has the employee number of Ann Moore (@ann).",
    ]
    assert [doubt.index for doubt in plan_import(workspace, rows, now, (), {0: True}).doubts] == [1]
    done = import_people(workspace, rows, now, (), {0: True, 1: True, 2: True})
    assert [added.name for added in done.added] == ["Bo Fox"]
    assert (workspace.get(Person, ann.id).name, person(workspace, "ken").name) == ("Ann Fox", "Ken Ito")
    refused = plan_import(workspace, [RosterRow(line=2, name="Ann Ek", number="17")], now, (), {0: False})
    assert [(added.name, added.number) for added in refused.added] == [("Ann Ek", "")]
    assert [note.split(",")[0] for note in refused.notes] == ["17 is the number of Ann Fox (@ann)"]
    many = [RosterRow(line=place, name=f"Ann Ek{place}", number="17") for place in range(9)]
    assert plan_import(workspace, many, now).doubts == ()


def test_a_new_name_is_told_where_it_is_the_same_person(workspace: Workspace, now: datetime) -> None:
    add_person(workspace, "Ann Moore", now, number="17", email="am@x.example")
    done = import_people(workspace, [RosterRow(line=2, name="Ann Fox", number="17", email="am@x.example")], now)
    assert done.notes == ("Ann Moore is now called Ann Fox (@ann).",)


def test_an_import_keeps_the_longer_number_the_managers_nicknames_and_the_case_of_a_name(
    workspace: Workspace, now: datetime
) -> None:
    ann = add_person(workspace, "Dr. Ann Moore", now, number="0007", nicknames=("Annie",))
    again = [RosterRow(line=2, name="ANN MOORE", number="7", nicknames=("annie", "Nan"))]
    done = import_people(workspace, again, now)
    assert done.added == ()
    kept = workspace.get(Person, ann.id)
    assert (kept.name, kept.number, kept.nicknames) == ("Dr. Ann Moore", "0007", ("Annie", "Nan"))
    assert import_people(workspace, again, now).same == 1


def test_whoever_could_be_two_people_is_left_out_and_told(workspace: Workspace, now: datetime) -> None:
    add_person(workspace, "Ann Moore", now)
    add_person(workspace, "Ann Moore", now)
    done = import_people(workspace, [RosterRow(line=2, name="Ann Moore", role="Lead")], now)
    assert (done.added, done.changed, done.same) == ((), (), 0)
    assert "nothing shows whether this is Ann Moore (@ann) or Ann Moore (@ann-m)" in done.notes[0]


def test_who_has_left_by_the_roster_or_is_in_it_after_leaving_is_told(workspace: Workspace, now: datetime) -> None:
    rows = [RosterRow(line=2, name="Sam Bell")]
    done = import_people(
        workspace, rows, now, [RosterRow(line=3, name="Tom Ng"), RosterRow(line=4, name="Nobody Here")]
    )
    assert done.notes == (
        "Sam Bell (@sam) is in the file, but left on Tue 31 Mar. If they are back: meetingtool team leave @sam --back",
        "Tom Ng (@tom) has left according to the file, which gives no date: meetingtool team leave @tom --on DATE",
    )


def test_a_blank_cell_changes_nothing(workspace: Workspace, now: datetime) -> None:
    done = import_people(workspace, [RosterRow(line=2, name="Tom Ng", role="", left=None)], now)
    assert (done.added, done.changed, done.same) == ((), (), 1)
    assert person(workspace, "tom").role == "Workshop"


def test_an_import_is_one_step_to_undo(workspace: Workspace, now: datetime) -> None:
    from meetingtool.actions.keeping.undo import undo

    import_people(workspace, [RosterRow(line=2, name="Ada King"), RosterRow(line=3, name="Tom Ng", role="Lead")], now)
    assert undo(workspace, now).what == "people.imported"
    assert workspace.find(Person, handle="ada") == []
    assert person(workspace, "tom").role == "Workshop"


def test_a_plan_changes_nothing(workspace: Workspace, now: datetime) -> None:
    generation = workspace.generation
    plan = plan_import(workspace, [RosterRow(line=2, name="Ada King")], now)
    assert [p.name for p in plan.added] == ["Ada King"]
    assert workspace.generation == generation
    assert workspace.find(Person, handle="ada") == []


def test_a_handle_that_two_rows_ask_for_goes_to_the_first(workspace: Workspace, now: datetime) -> None:
    rows = [RosterRow(line=2, name="Tina Ek", handle="T1"), RosterRow(line=3, name="Una Ek", handle="t1")]
    assert [p.handle for p in import_people(workspace, rows, now).added] == ["t1", "una"]


def test_a_handle_or_a_number_given_meanwhile_by_another_program_is_refused(
    workspace: Workspace, now: datetime
) -> None:
    tom, zoe = person(workspace, "tom"), person(workspace, "zoe")
    with Workspace.open(workspace.folder, user="other") as other:
        assert other.find(Person, handle="tz") == []
        edit_person(other, zoe, now, handle="tz", number="0017")
        for change in ({"handle": "tz"}, {"number": "17"}):
            with pytest.raises(Refused, match=r"belongs to Zoë|is the number of Zoë"):
                edit_person(workspace, tom, now, **change)
        with pytest.raises(Refused, match="17 is the number of"):
            add_person(workspace, "Tim Ek", now, number="17")
    leave(workspace, person(workspace, "tz"), now.date() - timedelta(days=1), now)
    assert add_person(workspace, "Tim Ek", now, number=" 17 ").number == "17"
    assert edit_person(workspace, person(workspace, "tim"), now, number="017").number == "017"


@pytest.mark.parametrize(
    ("typed", "name", "handle"),
    [
        ("Moore, Bea", "Bea Moore", "bea"),
        ("O’Neil, Sean Jr.", "Sean O’Neil Jr.", "sean"),
        ("@bea", "bea", "bea"),
        ("Ken Ito, PhD", "Ken Ito, PhD", "ken"),
        ("Иван Петров", "Иван Петров", "ivan"),
    ],
)
def test_a_name_is_kept_as_it_is_spoken(
    workspace: Workspace, now: datetime, typed: str, name: str, handle: str
) -> None:
    added = add_person(workspace, typed, now)
    assert (added.name, added.handle) == (name, handle)


def test_somebody_of_the_same_name_on_the_team_is_known(workspace: Workspace, now: datetime) -> None:
    other = add_person(workspace, "maria lópez", now)
    first = namesake(workspace, other, now)
    assert first is not None and first.handle == "maria"
    assert namesake(workspace, add_person(workspace, "Sam Bell", now), now) is None
