from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.documents.formats.writing import CannotExport, file_name, write_whole
from meetingtool.errors import Refused

FILES = {"a.md": b"one", "b.md": b"two"}


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_all_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "Zoë's folder"
    paths = write_whole(folder, FILES)
    assert paths == (folder / "a.md", folder / "b.md")
    assert listing(folder) == FILES


def test_an_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    (path,) = write_whole(tmp_path, {"a.md": b""})
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"mine")
    with pytest.raises(Refused, match=r"b\.md is in .* already") as refused:
        write_whole(tmp_path, FILES)
    assert "--force" in refused.value.hint
    assert listing(tmp_path) == {"b.md": b"mine"}


def test_many_that_are_there_are_counted(tmp_path: Path) -> None:
    files = {f"{n}.md": b"" for n in range(5)}
    write_whole(tmp_path, files)
    with pytest.raises(Refused, match=r"0\.md, 1\.md, 2\.md and 2 more files are in"):
        write_whole(tmp_path, files)


def test_force_writes_over_files_and_links_but_not_through_them(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"precious")
    folder = tmp_path / "to"
    folder.mkdir()
    (folder / "a.md").symlink_to(outside)
    (folder / "b.md").write_bytes(b"old")
    write_whole(folder, FILES, force=True)
    assert listing(folder) == FILES
    assert outside.read_bytes() == b"precious"


def test_a_link_that_leads_nowhere_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused):
        write_whole(tmp_path, FILES)


def test_a_folder_of_that_name_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.md").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        write_whole(tmp_path, FILES, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["b.md"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(Refused, match="is a file, not a folder"):
        write_whole(tmp_path / "file", FILES)
    with pytest.raises((Refused, CannotExport)):
        write_whole(tmp_path / "file" / "deeper", FILES)


def test_when_the_second_file_cannot_be_placed_the_first_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's `b.md` appears between the look and the writing."""
    (tmp_path / "a.md").write_bytes(b"old")
    real = os.link

    def link(source: Path, target: Path) -> None:
        if Path(target).name == "b.md":
            Path(target).write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(Refused, match="just appeared"):
        write_whole(tmp_path, FILES, force=True)
    assert listing(tmp_path) == {"a.md": b"old", "b.md": b"theirs"}


THREE = {"a.md": b"one", "b.md": b"two", "c.md": b"three"}


class Refusing:
    """Stands before a function of the system: fails for some names, and looks at what is there after each call."""

    def __init__(self, real: Callable[..., None], refused: Callable[[str, str], bool], watched: Path) -> None:
        self.real = real
        self.refused = refused
        self.watched = watched
        self.always_there = True

    def __call__(self, *paths: Path, **options: object) -> None:
        if self.refused(Path(paths[0]).suffix, Path(paths[-1]).name):
            raise PermissionError(13, "Permission denied")
        self.real(*paths, **options)
        self.always_there &= os.path.lexists(self.watched)


@pytest.mark.parametrize("links", [True, False], ids=["by a link", "by a copy"])
def test_a_name_that_is_written_over_is_there_at_every_moment_also_when_all_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").write_bytes(b"old")
    steps = {
        "link": Refusing(os.link, lambda _, name: not links and name.endswith(".old"), tmp_path / "a.md"),
        "replace": Refusing(os.replace, lambda source, name: (source, name) == (".part", "b.md"), tmp_path / "a.md"),
        "unlink": Refusing(os.unlink, lambda source, name: False, tmp_path / "a.md"),
    }
    for name, step in steps.items():
        monkeypatch.setattr(os, name, step)
    with pytest.raises(CannotExport, match=r"Nothing was written .* Permission denied"):
        write_whole(tmp_path, THREE, force=True)
    assert listing(tmp_path) == {"a.md": b"old", "b.md": b"old"}
    monkeypatch.setattr(os, "replace", steps["replace"].real)
    write_whole(tmp_path, THREE, force=True)
    assert listing(tmp_path) == THREE
    assert all(step.always_there for step in steps.values())


def test_what_cannot_be_put_back_is_told_and_the_others_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in THREE:
        (tmp_path / name).write_bytes(b"old")
    refused = {(".part", "c.md"), (".old", "a.md")}
    monkeypatch.setattr(os, "replace", Refusing(os.replace, lambda *step: step in refused, tmp_path))
    with pytest.raises(CannotExport, match=r"^a\.md in .* could not be restored: Permission") as told:
        write_whole(tmp_path, THREE, force=True)
    (kept,) = (name for name in listing(tmp_path) if name not in THREE)
    assert kept == "earlier a.md"
    assert kept in told.value.hint
    assert listing(tmp_path) == {"a.md": b"one", "b.md": b"old", "c.md": b"old", kept: b"old"}


@pytest.mark.parametrize("force", [True, False])
def test_what_a_killed_export_left_is_removed_by_the_next_one_there(
    tmp_path: Path, ended_program: int, force: bool
) -> None:
    for number in (ended_program, os.getpid()):
        for ending in ("0.part", "1.old"):
            (tmp_path / f".meetingtool-{number}-0a1b2c3d-{ending}").write_bytes(b"an evaluation")
    (tmp_path / f".all.zip.new-{ended_program}").write_bytes(b"the whole team")
    foreign = {".meetingtool-x-0a1b2c3d-0.part", f".{ended_program}.part", "a.md"}
    for name in foreign:
        (tmp_path / name).write_bytes(b"mine")
    if force:
        write_whole(tmp_path, FILES, force=True)
    else:
        with pytest.raises(Refused):
            write_whole(tmp_path, FILES)
    running = {f".meetingtool-{os.getpid()}-0a1b2c3d-{ending}" for ending in ("0.part", "1.old")}
    assert set(listing(tmp_path)) == foreign | running | ({"b.md"} if force else set())


def test_where_hard_links_fail_files_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    write_whole(tmp_path, FILES)
    assert listing(tmp_path) == FILES


def test_a_full_disk_leaves_nothing_behind_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(CannotExport, match="No space left on device") as refused:
        write_whole(tmp_path / "new", FILES)
    assert "make room" in refused.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_no_system_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="File name too long"):
        write_whole(tmp_path / ("a" * 300), FILES)


@pytest.mark.parametrize("name", ["../a.md", "a/b.md", "", ".", "..", "a\\b.md", "a\x00.md", "c:x"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        write_whole(tmp_path, {name: b""})


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="case"):
        write_whole(tmp_path, {"A.md": b"", "a.md": b""})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("María López-Núñez", "María López-Núñez.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("/etc/passwd", "etc passwd.md"),
        ("C:\\Windows\\x", "C Windows x.md"),
        ("CON", "_CON.md"),
        ("nul.txt", "_nul.txt.md"),
        ("com¹", "_com¹.md"),
        ("Connie", "Connie.md"),
        ("  . ", "unnamed.md"),
        ("", "unnamed.md"),
        ("-rf", "rf.md"),
        (".hidden", "hidden.md"),
        ("trailing. ", "trailing.md"),
        ("a\x00b\nc\u202ed", "a b cd.md"),
        ("山田太郎", "山田太郎.md"),
        ('"<O\'Brien>?"', "O'Brien.md"),
    ],
)
def test_a_file_name_is_made_from_any_name(name: str, expected: str) -> None:
    assert file_name(name, ".md") == expected


def file_names(names: list[str]) -> list[str]:
    """A file name for each of several, all different."""
    found: list[str] = []
    for name in names:
        found.append(file_name(name, ".md", found))
    return found


def test_same_names_get_numbers_also_when_they_differ_in_case_or_in_how_accents_are_written() -> None:
    assert file_names(["Zoë", "zoë", "Zoe\u0308"]) == ["Zoë.md", "zoë (2).md", "Zoë (3).md"]


def test_a_long_name_is_cut_between_letters() -> None:
    name = file_name("山" * 300, ".json")
    assert len(name.encode()) <= 125
    assert name.rstrip(".json") == "山" * 40


@given(st.lists(st.text(max_size=150), max_size=4))
def test_any_names_give_different_plain_names_that_can_be_written(names: list[str]) -> None:
    found = file_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert Path(name).name == name
        assert name.endswith(".md")
        assert len(name.encode()) < 140
        assert name.isprintable()
        assert not set('<>:"/\\|?*') & set(name)


def test_an_ending_is_an_ending() -> None:
    with pytest.raises(ValueError, match="extension"):
        file_name("x", "/../md")
