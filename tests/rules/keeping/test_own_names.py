"""What is a workspace's own by its name, and that nothing is written over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetingtool.documents.formats.writing import write_whole
from meetingtool.errors import Refused
from meetingtool.rules.keeping.own_names import refuse_own

OWN = (
    "2026.json",
    "2031.json",
    "TEAM.json",
    "team.json.prev",
    "surveys-2026.json",
    "names-2026.json",
    "key.age",
    "recipients.txt",
    ".lock",
    ".2026.json.new-17",
    "backups/2026/2026-03-03.json",
    "backups/mine.md",
    "Index/a.html",
    "drafts/novel.txt",
    "damaged/paper.pdf",
    "backups",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that is a workspace."""
    folder = tmp_path / "home"
    folder.mkdir()
    folder.joinpath("team.json").write_bytes(b"{}")
    return folder


@pytest.mark.parametrize("name", OWN)
def test_nothing_is_written_over_or_among_what_is_a_workspaces_own(home: Path, name: str) -> None:
    target = home / name
    with pytest.raises(Refused, match="own"):
        write_whole(target.parent, {target.name: b"paper"}, force=True)
    assert [path.name for path in home.rglob("*")] == ["team.json"]
    assert home.joinpath("team.json").read_bytes() == b"{}"


def test_the_workspace_itself_is_no_target(home: Path) -> None:
    with pytest.raises(Refused, match="itself"):
        refuse_own(home)


@pytest.mark.parametrize("name", ["paper.md", "package.json", "2026 report.json", "papers/2026.json", "papers/a.md"])
def test_other_names_in_its_folder_are_free(home: Path, name: str) -> None:
    target = home / name
    assert write_whole(target.parent, {target.name: b"paper"}) == (target,)


def test_a_folder_that_is_no_workspace_may_have_any_names(tmp_path: Path) -> None:
    for name in OWN:
        refuse_own(tmp_path / name)
    with pytest.raises(Refused):
        refuse_own(tmp_path / "2026.json", tmp_path)


def test_a_link_hides_nothing(home: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("way").symlink_to(home)
    tmp_path.joinpath("book.json").symlink_to(home / "2026.json")
    for path in ("way/2026.json", "book.json", "way/../home/2026.json", "way/backups/x.zip"):
        with pytest.raises(Refused):
            refuse_own(tmp_path / path)
