"""The house stands as it was drawn: what each floor loads, proved with fresh interpreters."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "meetingtool"


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `code`."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return set(done.stdout.splitlines())


def loaded_by(code: str) -> set[str]:
    """The packages that they belong to."""
    return {name.split(".")[0] for name in modules_after(code)}


@pytest.mark.parametrize("floor", ["records", "rules", "store", "actions", "importers", "documents", "cli"])
def test_nothing_below_the_screen_loads_the_screen(floor: str) -> None:
    modules = [
        ".".join(("meetingtool", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in (PACKAGE / floor).rglob("*.py")
        if path.name != "__init__.py"
    ]
    loaded = loaded_by("\n".join(f"import {module}" for module in modules))
    assert "meetingtool" in loaded
    assert not loaded & {"textual", "rich", "typst", "xlsxwriter", "segno", "psycopg"}
    if floor != "cli":
        assert "click" not in loaded


def test_asking_for_the_version_loads_next_to_nothing() -> None:
    loaded = loaded_by(
        "from meetingtool.cli.entry import run\ntry:\n    run(['--version'])\nexcept SystemExit:\n    pass"
    )
    assert not loaded & {"textual", "tinydb", "msgspec", "filelock", "platformdirs"}


def test_a_folder_is_worked_on_without_what_speaks_with_servers(tmp_path: Path) -> None:
    loaded = modules_after(f"""
import asyncio
from meetingtool.cli.entry import run
for words in (["init", "--team", "Desk"], ["win", "told in time"]):
    assert run(["--data", {str(tmp_path)!r}, *words]) == 0
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
async def first_frame():
    with Workspace.open({str(tmp_path)!r}) as workspace:
        async with MeetingtoolApp(workspace).run_test() as pilot:
            await pilot.pause()
asyncio.run(first_frame())
""")
    assert "meetingtool.tui.today.today" in loaded
    assert not [name for name in loaded if name.startswith(("psycopg", "meetingtool.store.server."))]


def test_every_module_is_written_for_people() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""'), f"{path.name} does not say what it is for"
        assert path.stem not in {"utils", "util", "helpers", "common", "misc", "manager", "handlers"}


def test_the_screens_read_through_the_desk_alone() -> None:
    for path in (PACKAGE / "tui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".find(" not in text or path.name in {"story_row.py"}, f"{path.name} reads the store past the desk"


def imports_of(node: ast.AST) -> Iterator[str]:
    """What the code under a node imports, late or at once; `a.b` for `from a import b`. Not what is for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.ImportFrom):
            yield from (f"{child.module}.{name.name}" for name in child.names)
        elif isinstance(child, ast.Import):
            yield from (name.name for name in child.names)
        yield from imports_of(child)


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {
        ".".join(("meetingtool", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    needs: dict[str, set[str]] = {}
    for module, path in modules.items():
        imported = imports_of(ast.parse(path.read_text(encoding="utf-8")))
        found = {name if name in modules else name.rpartition(".")[0] for name in imported}
        needs[module] = (found & modules.keys()) - {module}
    assert "meetingtool.actions.desk" in needs["meetingtool.tui.tool"]
    order = list(TopologicalSorter(needs).static_order())  # a circle raises CycleError, which names it
    assert set(order) == set(modules)


def test_today_stands_without_the_grammar_and_without_every_kind() -> None:
    loaded = modules_after(
        "import meetingtool.tui.app, meetingtool.tui.today.today, meetingtool.actions.keeping.unfinished"
    )
    assert "meetingtool.tui.today.today" in loaded
    assert not loaded & {"meetingtool.rules.capture", "meetingtool.rules.kinds.table", "meetingtool.store.examination"}


def test_a_file_is_found_by_knowing_its_room() -> None:
    files = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    assert files["tui/stories"] > 5
    assert {room: count for room, count in files.items() if count > 40} == {}


def test_the_styles_of_a_screen_reach_no_other_screen() -> None:
    from textual.app import App
    from textual.css.parse import parse
    from textual.css.tokenize import tokenize_values

    from meetingtool.tui.themes import DARK

    folder = PACKAGE / "tui"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*/*.py"))
    screens = set(re.findall(r"^class (\w+)\(", text, re.MULTILINE))
    variables = tokenize_values({**App[None]().get_css_variables(), **DARK.variables})
    reached = {
        selectors.selectors[0].name
        for sheet in folder.glob("*/*.tcss")
        for rule in parse("", sheet.read_text(encoding="utf-8"), (str(sheet), ""), variable_tokens=variables)
        for selectors in rule.selector_set
    }
    assert "MeetingScreen" in reached
    assert reached <= screens
