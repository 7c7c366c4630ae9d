"""Encrypting a workspace and working in it, by command."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path
from typing import Any

import pyrage
import pytest

Cli = Any
PASSPHRASE = "seven red bicycles"

pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the passphrase, named for scripts."""
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv("MEETINGTOOL_PASSPHRASE_FILE", str(path))
    return path


def plain_files(folder: Path) -> list[str]:
    """Files in which the word of the story can be read."""
    return [path.name for path in folder.rglob("*") if path.is_file() and b"harbour-secret" in path.read_bytes()]


def test_every_command_works_in_an_encrypted_workspace(cli: Cli, folder: Path, passphrase_file: Path) -> None:
    ref = cli("win", "@maria harbour-secret one").lines[0].split()[1]
    asked = cli("encrypt", code=1)
    assert "Add --yes" in asked.err
    cli("encrypt", "--yes")
    assert plain_files(folder) == []
    cli("edit", ref, "@tom harbour-secret two")
    assert [row["text"] for row in cli("history", "--json").json] == ["harbour-secret two"]
    assert cli("check").out == ""
    cli("backup")
    name = cli("restore", "--json").json[0]["name"]
    cli("win", "harbour-secret three")
    cli("restore", name, "--yes")
    assert len(cli("history", "--json").json) == 1
    assert plain_files(folder) == []
    cli("forget", "@sam", "--with-zips", "--yes")
    assert plain_files(folder) == []
    cli("decrypt", "--yes")
    assert "harbour-secret two" in cli("history").out
    assert cli("check").out == ""
    assert "is not encrypted" in cli("decrypt", "--yes", code=1).err


def test_what_a_killed_editor_left_is_encrypted_and_what_is_open_is_named(
    cli: Cli, folder: Path, passphrase_file: Path, ended_program: int
) -> None:
    for number in (ended_program, os.getpid()):
        place = folder / "drafts" / f"editor-{number}-x"
        place.mkdir(parents=True)
        (place / "evaluation-text.txt").write_text("harbour-secret words")
    said = cli("encrypt", "--yes").err
    open_still = folder / "drafts" / f"editor-{os.getpid()}-x" / "evaluation-text.txt"
    assert f"open in an editor, and isn't encrypted until that is closed: {open_still}" in said
    assert plain_files(folder) == [open_still.name]
    assert (folder / "drafts" / "evaluation-text.draft").read_bytes().startswith(b"age-encryption.org")


def test_without_or_with_a_wrong_passphrase_one_line_says_so(
    cli: Cli, folder: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cli("encrypt", "--yes")
    passphrase_file.write_text("seven blue bicycles", encoding="utf-8")
    assert "not the passphrase" in cli("history", code=1).err
    monkeypatch.setenv("MEETINGTOOL_PASSPHRASE_FILE", str(tmp_path / "nowhere"))
    assert "can't be read" in cli("history", code=1).err
    monkeypatch.delenv("MEETINGTOOL_PASSPHRASE_FILE")
    refused = cli("history", code=1).err
    assert "is encrypted" in refused
    assert "MEETINGTOOL_PASSPHRASE_FILE" in refused


def test_a_key_for_recovery_decrypts(
    cli: Cli, folder: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spare = pyrage.x25519.Identity.generate()
    cli("win", "harbour-secret")
    told = cli("encrypt", "--yes", "--recipient", str(spare.to_public()).upper()).err
    assert f"can read everything, too: {spare.to_public()}\n" in told
    monkeypatch.delenv("MEETINGTOOL_PASSPHRASE_FILE")
    path = tmp_path / "spare.txt"
    path.write_text(str(spare), encoding="utf-8")
    cli("decrypt", "--identity", path, "--yes")
    assert "harbour-secret" in cli("history").out


def test_a_zip_of_it_restores_into_a_new_folder_that_is_encrypted_too(
    cli: Cli, folder: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    cli("win", "harbour-secret")
    cli("encrypt", "--yes")
    cli("backup", tmp_path / "all.zip")
    elsewhere = tmp_path / "elsewhere"
    cli("restore", tmp_path / "all.zip", "--yes", data=elsewhere)
    assert "harbour-secret" in cli("history", data=elsewhere).out
    assert cli("check", data=elsewhere).out == ""
    assert plain_files(elsewhere) == []


def test_without_the_library_the_extra_is_named(cli: Cli, passphrase_file: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert "meetingtool[encrypt]" in cli("encrypt", "--yes", code=1).err


def test_the_passphrase_is_changed_for_scripts(cli: Cli, folder: Path, passphrase_file: Path, tmp_path: Path) -> None:
    assert "is not encrypted" in cli("passphrase", code=1).err
    cli("win", "harbour-secret")
    cli("encrypt", "--yes")
    assert "needs a new passphrase" in cli("passphrase", code=1).err
    new = tmp_path / "new"
    new.write_text("nine green boats\nnot this", encoding="utf-8")
    changed = cli("passphrase", "--new", new)
    assert changed.out == f"{folder} opens with the new passphrase.\n"
    assert f"Put it into {passphrase_file}, too" in changed.err
    assert "not the passphrase" in cli("history", code=1).err
    passphrase_file.write_text("nine green boats", encoding="utf-8")
    assert "harbour-secret" in cli("history").out
    assert cli("check").out == ""


def test_a_passphrase_that_others_can_read_is_told_and_works(cli: Cli, passphrase_file: Path) -> None:
    cli("encrypt", "--yes")
    for mode, told in ((0o600, False), (0o640, True), (0o604, True), (0o400, False)):
        passphrase_file.chmod(mode)
        said = cli("history").err
        assert (f"Other users of this computer can read {passphrase_file}. `chmod 600" in said) is (
            told and os.name != "nt"
        )
    assert "chmod" not in cli("passphrase", "--new", os.devnull, code=1).err


def test_a_folder_that_is_not_there_is_named_and_not_made(cli: Cli, passphrase_file: Path, tmp_path: Path) -> None:
    for command in ("encrypt", "decrypt"):
        assert "nowhere" in cli("--data", tmp_path / "nowhere", command, "--yes", code=1).err
    assert not tmp_path.joinpath("nowhere").exists()


def test_without_any_key_nothing_is_recovered_or_to_be_deleted(cli: Cli, folder: Path, passphrase_file: Path) -> None:
    cli("win", "@maria harbour-secret")
    cli("encrypt", "--yes")
    for place in (folder, folder / "backups"):
        (place / "key.age").unlink()
    before = {path: path.read_bytes() for path in folder.rglob("*.json*")}
    for more in ((), ("--recover", "--yes")):
        refused = cli("check", *more, code=1)
        assert "put key.age back" in refused.err
        assert refused.out == ""
    assert {path: path.read_bytes() for path in folder.rglob("*.json*")} == before


def test_copies_that_stay_readable_are_named_before_after_and_by_check(
    cli: Cli, folder: Path, passphrase_file: Path
) -> None:
    cli("win", "@maria harbour-secret one")
    book = (folder / "2026.json").read_bytes()
    (folder / "old" / ".versions").mkdir(parents=True)
    copies = {
        "2026.json.bak": book,
        "2026.json (1)": book,
        "mine.txt": book[len(book) // 3 :],
        "old/.versions/2026~1": gzip.compress(book),
        "backups/2026/2026-03-03 copy.json": book.decode().encode("utf-16"),
    }
    for name, data in copies.items():
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_bytes(data)
    folder.joinpath("list.json").write_text('[{"id": "7", "text": "a story of mine"}]', encoding="utf-8")
    asked = cli("encrypt", code=1).err
    assert "Add --yes" in asked
    done = cli("encrypt", "--yes").err
    found = cli("check", code=1).out
    for name, data in copies.items():
        path = folder / name
        assert f"will stay in plain text, as meetingtool didn't make it: {path}\n" in asked
        assert f"This file holds records in plain text, as before: {path}\n" in done
        assert f"{name} holds records in plain text" in found
        assert path.read_bytes() == data
        path.unlink()
    assert cli("check").out == ""
    assert "in plain text" not in cli("encrypt", "--yes").err
