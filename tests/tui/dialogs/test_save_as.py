"""The dialog that asks where to save something."""

from __future__ import annotations

from pathlib import Path

from screen_text import said, screen_text, until
from textual.pilot import Pilot
from textual.widgets import Input

from meetingtool.errors import InRoom
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.dialogs.save_as import SaveAs, save_as

FRAME = str.maketrans("", "", "╭╮╰╯─│")


async def asked(pilot: Pilot[None], app: MeetingtoolApp, typed: str = "") -> Input:
    """The dialog's line with a name typed and entered; without one as it is offered."""
    save_as(app, "Save as", "view.md", ("md", "txt"), lambda form: form.encode())
    await until(pilot, lambda: isinstance(app.screen, SaveAs) and isinstance(app.focused, Input))
    line = app.screen.query_one(Input)
    if typed:
        line.value = typed
        await pilot.press("enter")
    return line


def in_dialog(app: MeetingtoolApp, words: str) -> bool:
    """Whether the dialog, as it is drawn in several lines, says that."""
    return words in " ".join(screen_text(app).translate(FRAME).split())


async def test_a_name_that_cannot_be_saved_to_stays_with_the_reason_until_it_is_mended(
    app: MeetingtoolApp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        line = await asked(pilot, app, str(tmp_path / "september"))
        for name, reason in (
            ("", "The file extension is not a known format: “september”. End the name in .md or .txt."),
            ("file/a.md", "is a file, not a folder."),
            (".", "That is a folder."),
            ("x" * 300 + ".md", "That name can't be used: File name too long."),
        ):
            if name:
                line.value = str(tmp_path / name)
                await pilot.press("enter")
            await until(pilot, lambda reason=reason: in_dialog(app, reason))  # type: ignore[misc]
            assert isinstance(app.screen, SaveAs)
        line.value = str(tmp_path / "september.md")
        await pilot.pause()
        assert not in_dialog(app, "That name can't be used")
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, SaveAs))
        assert said(app) == f"Saved as {tmp_path / 'september.md'}"
    assert (tmp_path / "september.md").read_text(encoding="utf-8") == "md"


async def test_a_file_that_is_kept_leaves_the_name_to_be_changed(app: MeetingtoolApp, tmp_path: Path) -> None:
    path = tmp_path / "view.md"
    path.write_text("mine", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        line = await asked(pilot, app, str(path))
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: in_dialog(app, "Nothing is saved yet."))
        assert line.value == str(path)
        assert path.read_text(encoding="utf-8") == "mine"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not isinstance(app.screen, SaveAs | Confirm))
    assert path.read_text(encoding="utf-8") == "md"


async def test_a_folder_is_made_only_after_asking_and_offered_the_next_time(
    app: MeetingtoolApp, tmp_path: Path
) -> None:
    path = tmp_path / "papers" / "2026" / "view.txt"
    async with app.run_test(size=(80, 24)) as pilot:
        line = await asked(pilot, app, str(path))
        await until(pilot, lambda: in_dialog(app, "Create the folder?"))
        await pilot.press("n")
        await until(pilot, lambda: in_dialog(app, "Nothing is saved yet."))
        assert not path.parent.parent.exists()
        assert line.value == str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not isinstance(app.screen, SaveAs | Confirm))
        assert path.read_text(encoding="utf-8") == "txt"
        assert (await asked(pilot, app)).value == str(path.with_name("view.md"))


async def test_what_cannot_be_made_is_told_in_the_dialog_and_escape_leaves_it(
    app: MeetingtoolApp, tmp_path: Path
) -> None:
    def refused(form: str) -> bytes:
        raise InRoom("That is private, and the screen is shared.")

    async with app.run_test(size=(80, 24)) as pilot:
        save_as(app, "Save as", "view.md", ("md",), refused)
        await until(pilot, lambda: isinstance(app.focused, Input))
        assert "⏎ Save  esc Back" in screen_text(app).splitlines()[-1]
        app.screen.query_one(Input).value = str(tmp_path / "view.md")
        await pilot.press("enter")
        await until(pilot, lambda: in_dialog(app, "That is private, and the screen is shared."))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SaveAs))
    assert not (tmp_path / "view.md").exists()
