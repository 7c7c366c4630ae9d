"""A roster is imported from the People page: what would change is seen before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from screen_text import screen_text
from textual.pilot import Pilot
from textual.widgets import Input

from meetingtool.actions.people.team import edit_person
from meetingtool.records.people import Person
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp


async def entered(pilot: Pilot[None], app: MeetingtoolApp, path: Path) -> None:
    """The path typed into the question on the People page."""
    await pilot.press("p")
    await pilot.press("a")
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


async def test_a_roster_is_imported_after_a_look(app: MeetingtoolApp, workspace: Workspace, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Staff\nName, Role\nAna Ruiz, Desk\nTom Ng, Workshop\nTotal,2\n")
    async with app.run_test(size=(100, 30)) as pilot:
        await entered(pilot, app, roster)
        seen = " ".join(screen_text(app).split())
        assert "1 new person, 0 changed, 1 unchanged?" in seen
        assert "New: Ana Ruiz" in seen
        assert workspace.find(Person, handle="ana") == []
        await pilot.press("y")
    assert [person.name for person in workspace.find(Person, handle="ana")] == ["Ana Ruiz"]


async def test_a_number_of_somebody_with_another_name_is_asked_about(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    edit_person(workspace, workspace.find(Person, handle="tom")[0], datetime.now(UTC), number="4")
    roster.write_text("Emp No,Name,Role\n4,Tommy Wild,Desk\n9,Ana Ruiz,Desk\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await entered(pilot, app, roster)
        seen = " ".join(screen_text(app).split())
        assert "Tommy Wild has the employee number of Tom Ng (@tom)." in seen
        assert "Tommy Wild is somebody new" in seen
        for keys in ((*"same", "enter"), ("y",)):
            await pilot.press(*keys)
    assert workspace.find(Person, handle="tom")[0].name == "Tommy Wild"


async def test_the_worksheet_and_the_order_of_dates_are_asked_where_the_file_leaves_them_open(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(roster) as book:
        for name, rows in (
            ("North", (("Zed Ek", ""),)),
            ("South", (("Ann Moore", "03/04/2019"), ("Bo Lind", "25/12/2020"), ("Cleo Ek", "12/30/2021"))),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate((("Name", "Hired"), *rows)):
                sheet.write_row(number, 0, row)
    async with app.run_test(size=(100, 30)) as pilot:
        await entered(pilot, app, roster)
        for keys in ((*"south", "enter"), (*"month", "enter"), ("y",)):
            await pilot.press(*keys)
    assert [person.started for person in workspace.find(Person, handle="ann")] == [date(2019, 3, 4)]
    assert workspace.find(Person, handle="zed") == []


async def test_what_a_file_leaves_open_is_asked_and_the_days_are_seen_before(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    header, ana = "Wer,Austrittsdatum,Service ended,Hired", "Ana Müller,,,2019-03-04"
    roster.write_bytes(f"{header}\n{ana}\nBo Lind,2026-03-31,,\nCy Ek,,2026-05-05,\n".encode("mac_roman"))
    async with app.run_test(size=(100, 30)) as pilot:
        await entered(pilot, app, roster)
        seen = " ".join(screen_text(app).replace("│", " ").split())
        assert "“MŸller” is not a word. How was the file saved?" in seen
        assert "Macintosh Müller" in seen
        for keys in ((*"mac", "enter"), (*"wer", "enter"), (*"no", "enter")):
            await pilot.press(*keys)
        seen = " ".join(screen_text(app).replace("│", " ").split())
        assert "New: Ana Müller (since Mon 4 Mar 2019), Bo Lind (left Tue 31 Mar) and Cy Ek" in seen
        await pilot.press("y")
    assert [person.left for person in workspace.find(Person, handle="bo")] == [date(2026, 3, 31)]


async def test_a_file_that_can_not_be_read_is_told_and_its_path_stays(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    before = len(workspace.find(Person))
    async with app.run_test(size=(100, 30)) as pilot:
        await entered(pilot, app, tmp_path / "nothing.csv")
        assert app.screen.query_one(Input).value == str(tmp_path / "nothing.csv")
    assert len(workspace.find(Person)) == before
