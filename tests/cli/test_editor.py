"""Writing in the user's own editor: nothing typed is lost, whatever the editor does."""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meetingtool.store import Workspace
from tests.cli.conftest import Cli

Editor = Callable[[str], Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """editor(code): an editor that runs `code` on `p`, the path of its file; it notes what it saw in the file given."""

    def made(code: str) -> Path:
        script, seen = tmp_path / "editor.py", tmp_path / "seen"
        script.write_text(
            f"import os, pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
            f"pathlib.Path({str(seen)!r}).write_bytes(p.read_bytes())\n{code}\n",
            encoding="utf-8",
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        return seen

    return made


def recorded(cli: Cli, line: str) -> str:
    return cli("win", line).out.split()[1]


def text_of(cli: Cli, ref: str) -> str:
    text: str = cli("show", ref, "--json").json["text"]
    return text


def left_over(folder: Path) -> list[str]:
    return [path.name for path in (folder / "drafts").rglob("*")]


def test_what_was_not_touched_stays_as_it_was(cli: Cli, editor: Editor, folder: Path) -> None:
    ref = recorded(cli, "@maria one\n\n\ttwo  three\nfour #own-it")
    editor("p.write_text(p.read_text().replace('four', 'five'))")
    cli("edit", ref, typed="")
    assert text_of(cli, ref) == "one\n\n\ttwo  three\nfive"
    assert left_over(folder) == []


@pytest.mark.parametrize("codec", ["latin-1", "utf-16", "utf-8-sig"])
def test_an_editor_may_save_in_another_encoding(cli: Cli, editor: Editor, codec: str) -> None:
    ref = recorded(cli, "rang back")
    editor(f"p.write_bytes('café noir'.encode({codec!r}))")
    cli("edit", ref, typed="")
    assert text_of(cli, ref) == "café noir"


def test_an_editor_that_takes_its_file_away_changes_nothing(cli: Cli, editor: Editor) -> None:
    ref = recorded(cli, "rang back")
    editor("p.unlink()")
    assert "removed its file" in cli("edit", ref, typed="", code=1).err
    assert text_of(cli, ref) == "rang back"


def test_an_editor_that_fails_has_its_text_kept_for_the_next_time(cli: Cli, editor: Editor, folder: Path) -> None:
    ref = recorded(cli, "rang back")
    editor("p.write_text('rang twice'); sys.exit(3)")
    failed = cli("edit", ref, typed="", code=1).err
    assert "What you typed is kept" in failed
    assert "ended with an error (3)" in failed
    seen = editor("")
    assert "What you typed last time is in the editor." in cli("edit", ref, typed="").err
    assert seen.read_text() == "rang twice"
    assert text_of(cli, ref) == "rang twice"
    assert left_over(folder) == []


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("   ", "EDITOR is set to nothing but blanks"),
        ("vim 'x", "“vim 'x” can't be understood"),
        ("/no/such/editor", "“/no/such/editor” can't be run"),
    ],
)
def test_an_editor_that_is_none_is_told_with_what_to_set(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, named: str, said: str, folder: Path
) -> None:
    ref = recorded(cli, "rang back")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    refused = cli("edit", ref, typed="", code=1).err
    assert said in refused
    assert "Set EDITOR" in refused
    assert left_over(folder) == []


def test_a_refused_text_survives_an_editor_that_is_closed_unchanged(cli: Cli, editor: Editor) -> None:
    ref = cli("promise", "call back by fri").out.split()[1]
    editor("p.write_text('by 1 Jan 2020')")
    cli("edit", ref, typed="", code=1)
    seen = editor("")
    assert "is kept" in cli("edit", ref, typed="", code=1).err
    assert seen.read_text() == "by 1 Jan 2020"
    editor("p.write_text('call back')")
    assert "Nothing was changed." in cli("edit", ref, typed="").err
    editor("")
    assert "last time" not in cli("edit", ref, typed="").err


def test_a_changed_heading_of_an_evaluation_loses_no_word(cli: Cli, editor: Editor) -> None:
    editor("p.write_text(p.read_text().replace('# Goals', 'Goals') + 'Sees it through.')")
    refused = cli("evaluation", "write", "@maria", "--year", "2026", typed="", code=1).err
    assert "“# Goals” is missing" in refused
    seen = editor("p.write_text(p.read_text().replace('Goals', '# Goals'))")
    cli("evaluation", "write", "@maria", "--year", "2026", typed="")
    assert "Sees it through." in seen.read_text()
    found = cli("evaluation", "show", "@maria", "--year", "2026", "--json").json
    assert "Sees it through." in str(found)


def test_what_stood_in_the_file_of_a_killed_program_is_offered(
    cli: Cli, editor: Editor, folder: Path, ended_program: int
) -> None:
    ref = recorded(cli, "rang back")
    with Workspace.open(folder) as workspace:
        id = workspace.by_ref(ref).id
        workspace.drafts.put(f"edit-{id}", "what was refused before")
    place = folder / "drafts" / f"editor-{ended_program}-x"
    place.mkdir(parents=True)
    (place / f"edit-{id}.txt").write_text("rang twice")
    (place / f"edit-{id}.txt~").write_text("the copy of an editor")
    seen = editor("")
    cli("edit", ref, typed="")
    assert seen.read_text() == "rang twice"
    assert text_of(cli, ref) == "rang twice"
    assert left_over(folder) == []


def test_a_terminal_that_is_closed_meanwhile_loses_nothing(cli: Cli, editor: Editor, folder: Path) -> None:
    ref = recorded(cli, "rang back")
    editor(f"p.write_text('rang twice'); os.kill(os.getppid(), {int(signal.SIGHUP)}); import time; time.sleep(30)")
    assert "The terminal was closed." in cli("edit", ref, typed="", code=1).err
    seen = editor("")
    cli("edit", ref, typed="")
    assert seen.read_text() == "rang twice"
    assert text_of(cli, ref) == "rang twice"
