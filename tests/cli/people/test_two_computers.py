"""One workspace on two computers, whose books a cloud folder left beside each other."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.people.test_final import GUARDS, exported, rate_maria
from tests.conftest import Prepared

Merge = Callable[[], str]


def shared_ref(cli: Cli) -> str:
    return next(
        str(one["ref"]) for one in cli("evaluation", "list", "--json").json if one["person"]["handle"] == "maria"
    )


@pytest.fixture
def here(cli: Cli, folder: Path, prepared: Prepared) -> Cli:
    """Maria has been rated on every standard."""
    prepared(folder, rate_maria, cli)
    return cli


@pytest.fixture
def there(here: Cli, folder: Path, tmp_path: Path, now: datetime) -> Cli:
    """The other computer, which went on from a copy an hour later."""
    other = tmp_path / "there"

    def command(*arguments: object, **more: object) -> object:
        if not other.exists():
            shutil.copytree(folder, other)
        return here(*arguments, data=other, at=now + timedelta(hours=1), **more)  # type: ignore[arg-type]

    return command  # type: ignore[return-value]


@pytest.fixture
def merge(here: Cli, folder: Path, tmp_path: Path, now: datetime) -> Merge:
    """Bring the book of the other computer beside the own one, and merge it; what is said."""

    def merged() -> str:
        shutil.copy(tmp_path / "there" / "2026.json", folder / "2026 (conflicted copy 2026-11-24).json")
        return here("check", "--merge", "--yes", code=None, at=now + timedelta(hours=2)).out

    return merged


@pytest.mark.parametrize("changes", [(1, 2), (2, 1), (1, 1)])
def test_undoing_a_merge_gives_back_what_stood_here(
    here: Cli, there: Cli, merge: Merge, changes: tuple[int, int]
) -> None:
    ref = here("win", "@tom one").out.split()[1]
    there("show", ref)
    for cli, words, times in ((here, "mine", changes[0]), (there, "theirs", changes[1])):
        for number in range(times):
            cli("edit", ref, f"@tom {words} {number + 1}")
    merge()
    assert f"theirs {changes[1]}" in here("show", ref).out
    assert "undone: copy made by Dropbox merged" in here("undo").out
    assert f"mine {changes[0]}" in here("show", ref).out
    assert here("check").out == ""


def test_undoing_a_merge_leaves_one_that_was_changed_here_last(here: Cli, there: Cli, merge: Merge) -> None:
    ref = here("win", "@tom one").out.split()[1]
    there("show", ref)
    here("edit", ref, "@tom mine", at=datetime.fromisoformat("2026-11-24T13:00:00+00:00"))
    there("edit", ref, "@tom theirs 1")
    there("edit", ref, "@tom theirs 2")
    merge()
    assert "What was here stayed as it was" in here("undo", code=1).err
    assert "mine" in here("show", ref).out.splitlines()[1]
    here("undo", "--past")
    assert "one" in here("show", ref).out.splitlines()[1]


def test_of_two_merges_of_one_record_each_is_undone_to_what_stood_before_it(
    here: Cli, there: Cli, merge: Merge, folder: Path, tmp_path: Path
) -> None:
    ref = here("win", "@tom one").out.split()[1]
    there("show", ref)
    third = Path(shutil.copytree(folder, tmp_path / "third"))
    here("edit", ref, "@tom mine")
    here("edit", ref, "@tom elsewhere", data=third, at=datetime.fromisoformat("2026-11-24T09:30:00+00:00"))
    there("edit", ref, "@tom theirs 1")
    there("edit", ref, "@tom theirs 2")
    merge()
    shutil.copy(third / "2026.json", folder / "2026 (conflicted copy 2026-11-23).json")
    here("check", "--merge", "--yes", at=datetime.fromisoformat("2026-11-24T15:00:00+00:00"))
    refused = here("undo", code=1).err
    assert "What was here stayed as it was" in refused
    assert "`meetingtool undo --past` takes back what was done before it: copy made by Dropbox merged" in refused
    assert "theirs 2" in here("show", ref).out.splitlines()[1]
    here("undo", "--past")
    assert "mine" in here("show", ref).out.splitlines()[1]
    assert here("check").out == ""


def test_what_both_computers_finalised_stays_printable_and_genuine(
    here: Cli, there: Cli, merge: Merge, tmp_path: Path
) -> None:
    here("evaluation", "share", "@maria", *GUARDS)
    there("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not so.")
    there("evaluation", "finalise", "@maria", *GUARDS)
    here("evaluation", "finalise", "@maria", *GUARDS)
    papers = [exported(here, tmp_path / "a", "--format", kind) for kind in ("json", "html", "md")]
    theirs = exported(there, tmp_path / "b", "--format", "json")
    told = merge()
    assert "Both computers finalised the evaluation of Maria Lopez for 2026" in told
    for _ in range(2):
        said = here("check", code=1).out
        assert "Two computers finalised the evaluation of Maria Lopez for 2026: editions 1 and 2." in said
        assert "evaluation join @maria --year 2026-01-01..2026-12-31 --edition N --reason WHY" in said
        assert "is not there any more" not in said
        for paper in (*papers, theirs):
            verified = here("evaluation", "verify", paper).out
            assert "This is" in verified
            assert "reopened" not in verified, "nobody reopened it"
        here("undo", code=1)
    assert "disagrees" in here("evaluation", "list").out
    here("evaluation", "join", "@maria", "--edition", "1", code=1)
    chosen = here("evaluation", "join", "@maria", "--edition", "1", "--reason", "Hers was handed over.")
    assert "Edition 1 holds now" in chosen.err, "an edition keeps its number"
    assert here("check").out == ""
    assert "disagrees" not in here("evaluation", "list").out
    for paper in (*papers, theirs):
        assert "This is" in here("evaluation", "verify", paper).out
    here("evaluation", "join", "@maria", "--edition", "1", "--reason", "Again.", code=1)
    here("evaluation", "reopen", "@maria", "--reason", "One more look.")
    here("evaluation", "finalise", "@maria", *GUARDS)
    assert here("check").out == ""
    assert "edition 2" in here("evaluation", "show", "@maria").out


def test_what_three_computers_finalised_stays_genuine_when_their_copies_are_merged_in_one_go(
    here: Cli, folder: Path, tmp_path: Path, now: datetime
) -> None:
    here("evaluation", "share", "@maria", *GUARDS)
    ref, other = (here("win", f"@tom {word}").out.split()[1] for word in ("one", "two"))
    papers = []
    places = [Path(shutil.copytree(folder, tmp_path / name)) for name in ("b", "c")]
    for hours, place in enumerate((folder, *places)):
        at = now + timedelta(hours=hours)
        here("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", f"No {hours}.", data=place, at=at)
        here("evaluation", "finalise", "@maria", *GUARDS, data=place, at=at)
        here("edit", ref, f"@tom said {hours}", data=place, at=at)
        here("edit", other, f"@tom wrote {hours}", data=place, at=now + timedelta(hours=3 - hours))
        paper = tmp_path / f"{hours}"
        here("evaluation", "export", "@maria", "--format", "json", "--to", paper, data=place, at=at)
        papers += paper.glob("*.json")
    for number, place in enumerate(places, 1):
        shutil.copy(place / "2026.json", folder / f"2026 (conflicted copy 2026-11-24 {number}).json")
    later = now + timedelta(hours=4)
    assert "Both computers finalised" in here("check", "--merge", "--yes", code=None, at=later).out
    assert len(papers) == 3
    for paper in papers:
        assert "This is" in here("evaluation", "verify", paper).out
    assert "said 2" in here("show", ref).out, "the latest of three texts"
    assert "wrote 0" in here("show", other).out
    assert "undone: copy made by" in here("undo", at=later).out
    assert "said 0" in here("show", ref).out, "one undo takes back what was merged in one go"
    assert "wrote 0" in here("show", other).out
    assert "Several computers finalised" in (said := here("check", code=1).out)
    assert "editions 1, 2 and 3" in said
    here("evaluation", "join", "@maria", "--edition", "1", "--reason", "Handed over.", at=later)
    assert here("check").out == ""
    for paper in papers:
        assert "This is" in here("evaluation", "verify", paper).out


def test_a_final_of_one_computer_and_two_editions_of_the_other_are_named_and_settled(
    here: Cli, there: Cli, merge: Merge, tmp_path: Path
) -> None:
    here("evaluation", "share", "@maria", *GUARDS)
    there("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not so.")
    here("evaluation", "finalise", "@maria", *GUARDS)
    papers = [exported(here, tmp_path / "a", "--format", "json")]
    there("evaluation", "finalise", "@maria", *GUARDS)
    papers.append(exported(there, tmp_path / "b", "--format", "json"))
    there("evaluation", "reopen", "@maria", "--reason", "A word was wrong.")
    there("evaluation", "finalise", "@maria", *GUARDS)
    papers.append(exported(there, tmp_path / "c", "--format", "json"))
    merge()
    assert "Maria Lopez for 2026: editions 2 and 3." in here("check", code=1).out
    theirs, mine, last = (papers[at] for at in (1, 0, 2))
    for number, paper in enumerate((theirs, mine, last), 1):
        assert f"This is edition {number}" in here("evaluation", "verify", paper).out
    assert "Give --edition with 2 or 3" in here("evaluation", "join", "@maria", "--edition", "1", code=1).err
    later = datetime.fromisoformat("2026-11-25T09:00+00:00")
    here("evaluation", "join", "@maria", "--edition", "2", "--reason", "Hers.", at=later)
    assert here("check").out == ""
    for number, paper in enumerate((theirs, mine, last), 1):
        assert f"This is edition {number}" in here("evaluation", "verify", paper).out


def test_one_of_two_final_editions_is_confirmed(here: Cli, there: Cli, merge: Merge) -> None:
    here("evaluation", "share", "@maria", *GUARDS)
    there("evaluation", "finalise", "@maria", *GUARDS)
    here("evaluation", "acknowledge", "@maria", "--agrees")
    here("evaluation", "finalise", "@maria", *GUARDS)
    merge()
    here("evaluation", "join", "@maria", "--edition", "2", "--reason", "As agreed.")
    assert here("check").out == ""


def test_the_answer_of_one_computer_stays_on_the_paper_beside_that_of_the_other(
    here: Cli, there: Cli, merge: Merge
) -> None:
    here("evaluation", "share", "@maria", *GUARDS)
    there("evaluation", "acknowledge", "@maria", "--agrees")
    here("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not so.")
    assert "Both computers noted an answer" in merge()
    paper = " ".join(here("evaluation", "show", "@maria").out.split())
    assert "Not so." in paper
    assert "agrees" in here("evaluation", "list").out
    assert here("check").out == ""


def test_of_two_evaluations_one_is_kept_by_its_reference(here: Cli, there: Cli, merge: Merge) -> None:
    there("evaluation", "list")
    here("evaluation", "write", "@maria", "--goals", "Ask once more.")
    here("evaluation", "share", "@tom", *GUARDS)
    mine = here("evaluation", "list", "--json").json
    mine = next(one["ref"] for one in mine if one["person"]["handle"] == "tom")
    there("evaluation", "finalise", "@tom", *GUARDS)
    merge()
    said = here("check", code=1).out
    assert "--keep REF --reason WHY` continues with the valid one." in said
    assert "There are 2 evaluations of Tom Ng for 2026" in here("evaluation", "list").err
    assert "There are 2 evaluations of Tom Ng for 2026" in here("evaluation", "show", "@tom").err
    for verb in (("reopen", "--reason", "x y z"), ("adjust", "1", "--reason", "Led."), ("finalise", *GUARDS)):
        assert "--keep REF" in here("evaluation", verb[0], "@tom", *verb[1:], code=1).err
    assert "can't be undone" in here("undo", code=1).err
    assert "needs a reason" in here("evaluation", "join", "@tom", "--keep", mine, code=1).err
    here("evaluation", "join", "@tom", "--keep", mine, "--reason", "The final one was a slip.")
    assert here("check").out == ""
    paper = " ".join(here("evaluation", "show", "@tom").out.split())
    assert "The final one was a slip." in paper
    binned = next(line.split()[0] for line in here("bin", "list").lines if "evaluation" in line)
    assert f"--keep {binned}" in here("bin", "restore", binned, code=1).err
    here("evaluation", "join", "@tom", "--keep", binned, "--reason", "It was right after all.")
    assert "final" in next(line for line in here("evaluation", "list").lines if line.startswith("@tom"))
    assert here("check").out == ""


def test_a_draft_gives_way_to_what_the_other_computer_shared_and_is_named(here: Cli, there: Cli, merge: Merge) -> None:
    here("evaluation", "write", "@maria", "--strengths", "Calm.")
    there("evaluation", "write", "@maria", "--growth", "theirs")
    there("evaluation", "share", "@maria", *GUARDS)
    for later in (0, 90):
        at = datetime.fromisoformat("2026-11-24T09:00+00:00") + timedelta(minutes=later)
        here("evaluation", "write", "@maria", "--goals", f"mine {later}", at=at)
    told = merge()
    ref = shared_ref(here)
    assert f"The evaluation of Maria Lopez for 2026 ({ref}) stays as it was shared: what was written here" in told
    assert f"under goals gives way; `show {ref} --changes` has both." in told
    assert "mine" not in told
    assert "mine 90" in here("show", ref, "--changes").out
    assert "theirs" in here("evaluation", "show", "@maria").out
    assert "nothing new" in merge()


def test_of_two_drafts_and_of_one_that_was_reopened_what_gives_way_is_named(
    here: Cli, there: Cli, merge: Merge
) -> None:
    here("evaluation", "write", "@tom", "--strengths", "Calm.")
    here("evaluation", "share", "@maria", *GUARDS)
    here("evaluation", "reopen", "@maria", "--reason", "A word was wrong.")
    there("evaluation", "write", "@maria", "--goals", "theirs")
    there("evaluation", "adjust", "@tom", "2", "--reason", "Led the desk.")
    here("evaluation", "write", "@maria", "--goals", "mine")
    here("evaluation", "adjust", "@tom", "1", "--reason", "Helped out.")
    told = merge()
    assert "The evaluation of Maria Lopez for 2026" in told
    assert "what was written here under goals gives way" in told
    assert "adjustment and adjustment reason of here give way" in told
    assert "Helped" not in told


def test_what_both_computers_shared_is_kept_twice_until_somebody_says_which_is_valid(
    here: Cli, there: Cli, merge: Merge
) -> None:
    here("evaluation", "write", "@maria", "--strengths", "Calm.")
    there("evaluation", "write", "@maria", "--growth", "theirs")
    there("evaluation", "share", "@maria", *GUARDS)
    theirs_too = there("win", "@tom two").out.split()[1]
    here("evaluation", "write", "@maria", "--goals", "mine")
    here("evaluation", "share", "@maria", *GUARDS)
    before = here("evaluation", "show", "@maria").out
    ref = shared_ref(here)
    told = merge()
    assert f"Both computers shared the evaluation of Maria Lopez for 2026 ({ref}). Both are kept: {ref} of here" in told
    other = told.split(f"{ref} of here and ")[1].split()[0]
    assert "nothing new" in merge()
    undone = here("undo").err
    for each in (ref, other):
        assert f"the evaluation of Maria Lopez for 2026 ({each}) is shared" in undone
    assert f"{ref} (shared) and {other} (shared)" in here("check", code=1).out
    assert before == here("evaluation", "show", "@maria").out, "the sheet of here is the one that was handed over"
    assert "theirs" in here("show", other).out
    assert theirs_too in here("bin", "list").out
    here("evaluation", "join", "@maria", "--keep", other, "--reason", "Hers was handed over.")
    assert here("check").out == ""
    paper = " ".join(here("evaluation", "show", "@maria").out.split())
    assert "theirs" in paper
    assert "Hers was handed over." in paper


@pytest.mark.parametrize("final_here", [True, False])
def test_what_one_computer_finalised_and_the_other_shared_otherwise_is_kept_twice(
    here: Cli, there: Cli, merge: Merge, final_here: bool
) -> None:
    here("evaluation", "write", "@maria", "--strengths", "Calm.")
    there("evaluation", "write", "@maria", "--growth", "theirs")
    for side, words in ((there, "theirs"), (here, "mine")):
        side("evaluation", "write", "@maria", "--goals", words)
        side("evaluation", "share", "@maria", *GUARDS)
    (here if final_here else there)("evaluation", "finalise", "@maria", *GUARDS)
    assert "One computer finalised the evaluation of Maria Lopez for 2026" in merge()
    said = here("check", code=1).out
    assert "(final) and " in said
    ref = said.split(" (final)")[0].split()[-1]
    here("evaluation", "join", "@maria", "--keep", ref, "--reason", "It was handed over.")
    assert here("check").out == ""
    assert ("mine" if final_here else "theirs") in here("evaluation", "show", "@maria").out


def test_a_draft_that_gave_way_in_a_merge_is_in_the_draft_again_once_it_is_reopened(
    here: Cli, there: Cli, merge: Merge
) -> None:
    here("evaluation", "write", "@maria", "--strengths", "Calm.")
    there("evaluation", "share", "@maria", *GUARDS)
    here("evaluation", "write", "@maria", "--goals", "mine")
    merge()
    assert "mine" not in here("evaluation", "show", "@maria").out
    for _ in range(2):
        later = datetime.fromisoformat("2026-11-25T09:00+00:00")
        here("evaluation", "reopen", "@maria", "--reason", "One more look.", at=later)
        assert here("evaluation", "show", "@maria").out.count("mine") == 1
        here("evaluation", "share", "@maria", *GUARDS, at=later)


def test_undoing_a_merge_names_what_stays(here: Cli, there: Cli, merge: Merge) -> None:
    here("evaluation", "write", "@maria", "--strengths", "Calm.")
    there("evaluation", "share", "@maria", *GUARDS)
    there("win", "@tom two")
    here("evaluation", "write", "@maria", "--goals", "mine")
    merge()
    undone = here("undo").err
    assert "the evaluation of Maria Lopez for 2026" in undone
    assert "is shared (a draft here before, which `show " in undone


def test_an_editor_does_not_overwrite_what_was_written_meanwhile(
    here: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "from meetingtool.cli.entry import run\n"
        f"run(['--data', {str(folder)!r}, 'evaluation', 'write', '@tom', '--year', '2026', '--strengths', 'theirs'])\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text('utf-8').replace('# Strengths', '# Strengths\\n\\nmine'), 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    said = here("evaluation", "write", "@tom", "--year", "2026", typed="", code=1).err
    assert "What you typed is kept" in said
    assert "changed elsewhere meanwhile" in said
    assert "theirs" in here("evaluation", "show", "@tom").out
    editor.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('')\n", encoding="utf-8")
    emptied = here("evaluation", "write", "@tom", "--year", "2026", typed="").err
    assert "The file is empty. What you typed is kept" in emptied
    editor.write_text(
        f"import pathlib, sys\npathlib.Path({str(tmp_path / 'seen')!r}).write_bytes("
        "pathlib.Path(sys.argv[1]).read_bytes())\n",
        encoding="utf-8",
    )
    here("evaluation", "write", "@tom", "--year", "2026", typed="", code=None)
    assert "mine" in (tmp_path / "seen").read_text(encoding="utf-8")
