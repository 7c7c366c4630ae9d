"""What the pages for those who work on it name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from meetingtool.cli.entry import FAMILIES

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "CHANGELOG.md")
TO_BE_ADDED = ("visit", "<")
"""What stands in the example of something new is not there yet."""


def quoted(page: str) -> list[str]:
    """What stands between single backquotes on a page, outside its blocks of code."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"`([^`\n]+)`", text)


def places(page: str) -> list[str]:
    """The paths that a page names, below the repository or below the package."""
    links = re.findall(r"\]\(([\w./-]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    paths = [word for word in quoted(page) if re.fullmatch(r"[\w.]+(/[\w.<>]+)+/?|[\w]+\.(md|toml|py)", word)]
    return [path for path in links + paths if not any(word in path for word in TO_BE_ADDED)]


@pytest.mark.parametrize("page", PAGES[1:3])
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    named = places(page)
    assert len(named) >= 12
    bases = (ROOT, ROOT / "meetingtool", (ROOT / page).parent)
    missing = [path for path in named if not any((base / path).exists() for base in bases)]
    assert missing == []


def test_every_target_that_contributing_names_is_in_the_makefile() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", text))
    assert named == targets


@pytest.mark.parametrize("page", [page for page in PAGES if page != "docs/architecture.md"])
def test_every_command_that_a_page_names_is_there(page: str) -> None:
    known = {name for family in FAMILIES.values() for name in family}
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`meetingtool ([a-z][\w-]*)", text))
    assert named
    assert named <= known


def test_names_in_the_pages_are_names_in_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "meetingtool").rglob("*.py"))
    named = {word for word in quoted("CONTRIBUTING.md") if re.fullmatch(r"[A-Z_]{4,}|print_\w+", word)}
    assert len(named) >= 5
    assert [word for word in sorted(named) if not re.search(rf"\b{word}\b", code)] == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "meetingtool" / "py.typed").is_file()
