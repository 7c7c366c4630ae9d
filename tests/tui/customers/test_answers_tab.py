"""The tab Answers: a file in two keys the second time, the sentence, names by keys, an alert's life, and the room."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from screen_text import screen_text, typed, until
from textual.pilot import Pilot

from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.people.team import edit_person
from meetingtool.records.alerts import Alert
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.voices import Voice
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.customers.customers import CustomersScreen
from meetingtool.tui.dialogs.pick_file import PickFile
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.papers.shared_papers import CardPage

WIDE = (120, 40)
SAID = ("Tom was a star", "Maria, what a help", "Tom waited with me", "Tim did it all", "They know my dog")


@pytest.fixture
def downloads(nobodys_home: Path) -> Path:
    """The folder where exports arrive, with a hundred answers a month and a fall in November."""
    folder = nobodys_home / "Downloads"
    folder.mkdir()
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2},"
        + (SAID[number] if month == "11" and number < len(SAID) else "")
        for month, satisfied in (("08", 88), ("09", 90), ("10", 85), ("11", 75))
        for number in range(100)
    ]
    (folder / "desk.csv").write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Comment", *rows, ""]))
    return folder


def flat(app: MeetingtoolApp) -> str:
    """The screen with its line breaks and frames taken out."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys one by one, each seen before the next."""
    for key in keys:
        await pilot.press(key)


async def test_a_survey_is_taken_in_read_decided_and_explained_by_keys(
    app: MeetingtoolApp, workspace: Workspace, downloads: Path, nobodys_home: Path
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "c", "2")
        assert "How customers answer over time" in flat(app)
        await press(pilot, "i")
        assert isinstance(app.screen, PickFile)
        await press(pilot, "enter")
        await until(pilot, lambda: "400 rows read" in flat(app))
        assert "the day Date 2026-08-01" in flat(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, CustomersScreen))
        assert "75 of 100 satisfied; the three months before: 263 of 300." in flat(app)
        assert "November 2026: a real fall" in flat(app)
        assert "5 comments" in flat(app)

        await press(pilot, "i", "enter")
        await until(pilot, lambda: "0 answers new, 400 unchanged" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, CustomersScreen))
        assert len(workspace.find(Batch)) == 1

        before = {one.words: one.state for one in workspace.find(Mention)}
        assert set(before.values()) == {"open"}
        await press(pilot, "j", "y", "P", "z", "n")
        decided = [(one.state, one.tone) for one in workspace.find(Mention) if one.state != "open"]
        assert sorted(decided, key=str) == [("confirmed", "praise"), ("rejected", None)]

        await press(pilot, "C")
        assert isinstance(app.screen, CardPage)
        assert len(workspace.find(Mention, state="confirmed")) == 1, "a card that is not saved decides nothing"
        await press(pilot, "escape", "C", "s", "enter")
        (card,) = nobodys_home.rglob("card-*.pdf")
        assert card.read_bytes().startswith(b"%PDF"), "three keys from the mention to the printed card"
        await until(pilot, lambda: isinstance(app.screen, CardPage))
        assert len(workspace.find(Mention, state="confirmed")) == 2
        await press(pilot, "escape")

        await press(pilot, "k", "k", "k", "k", "e", "enter")
        await typed(pilot, "two vans in the yard")
        await press(pilot, "enter")
        await press(pilot, "a")
        await typed(pilot, "hire a third van @tom by fri")
        await press(pilot, "enter")
        assert [(one.state, one.words) for one in workspace.find(Alert)] == [("done", "two vans in the yard")]

        await press(pilot, "end")
        await press(pilot, "r")
        assert [voice.channel for voice in workspace.find(Voice, starred=True)] == ["survey"]
        await press(pilot, "equals_sign")
        await typed(pilot, "2026-Q3 2026-11 a new rota")
        await press(pilot, "enter")
        assert "a new rota Before: 178 of 200 satisfied. After: 75 of 100" in flat(app)
        await press(pilot, "end")
        await press(pilot, "at", "enter", "enter")
        assert [one.state for one in workspace.find(Mention, tier="by-hand")] == ["confirmed"]
        await pilot.click("#voices")
        await pilot.click("#answers")
        await until(pilot, lambda: isinstance(app.focused, RowPanel))
        await press(pilot, "percent_sign")
        await typed(pilot, "70")
        await press(pilot, "enter")
        assert [one.target for one in workspace.find(Survey)] == [70], "what is typed replaces what is offered"
        await press(pilot, "v")
        assert "75 of 100 satisfied" in flat(app)
        for words in SAID:
            assert words not in screen_text(app)
        await press(pilot, "v", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u")
        assert workspace.find(Survey) == []
        await press(pilot, "i")
        assert isinstance(app.screen, PickFile), "what is left takes the keys when everything is undone"
        await press(pilot, "escape", "shift+tab", "down", "i")
        assert isinstance(app.screen, PickFile), "down leads from the tabs into the one that is shown"
        await press(pilot, "escape")
        assert "How customers answer over time" in flat(app)

        (downloads / "till.csv").write_text(
            "id,Created at,Solved at,Closed at,CSAT\n1,2026-11-01,2026-11-02,2026-11-03,5\n"
        )
        await press(pilot, "2", "i", "enter")
        await until(pilot, lambda: "On which day did customers answer?" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "⏎ Save" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "Till · CSAT" in flat(app))


async def test_what_a_file_leaves_open_is_asked_with_what_is_in_it(
    app: MeetingtoolApp, workspace: Workspace, nobodys_home: Path
) -> None:
    folder = nobodys_home / "Downloads"
    folder.mkdir()
    rubbish = [f"{day} November,{('Meh', 'Belting', 'Rubbish')[day % 3]},x\n" for day in range(1, 10)]
    (folder / "words.csv").write_text("Date,How was it?,Store\n" + "".join(rubbish))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "c", "2", "i", "enter")
        await until(pilot, lambda: "Which column says how satisfied" in flat(app) or "from the worst" in flat(app))
        assert "1 Belting 2 Rubbish 3 Meh" in flat(app)
        await typed(pilot, "2 9")
        await press(pilot, "enter")
        assert "There is no such answer." in flat(app)
        await press(pilot, "backspace", "3", "space", "1", "enter")
        await until(pilot, lambda: "9 answers new" in flat(app))
        assert "Counted as satisfied: “belting”" in flat(app)
        await press(pilot, "f", "down", "enter")
        await until(pilot, lambda: "“meh” and “belting”" in flat(app) or "“belting” and “meh”" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, CustomersScreen))
        assert [(one.primary, one.measures[0].satisfied) for one in workspace.find(Survey)] == [("how-was-it", 2)]
        praise = [("Extremely", 3), ("Very", 4), ("Not so", 2), ("Not at all", 1)]
        lines = [f"{how} satisfied,2026-11-0{n}\n" for how, times in praise for n in range(1, times + 1)]
        (folder / "words.csv").write_text("How satisfied are you?,Day\n" + "".join(lines))
        await press(pilot, "i", "enter")
        await until(pilot, lambda: "is a customer satisfied?" in flat(app))
        await press(pilot, "down", "enter")
        await until(pilot, lambda: "“extremely satisfied” and “very satisfied”" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: len(workspace.find(Survey)) == 2)
        assert "7 of 10 satisfied" in flat(app), "the survey that was imported is shown"
        (folder / "words.csv").write_text("CSAT\n5\n4\n")
        await press(pilot, "i", "enter")
        await until(pilot, lambda: "The file has no dates" in flat(app))
        await typed(pilot, "2026-x")
        await press(pilot, "enter")
        assert "isn't a period" in flat(app), "what is typed stays"
        await press(pilot, "escape")
        fall = {"10": 95, "11": 70}
        lines = [
            f"{month}{n},2026-{month}-05,{5 if n < good else 1}" for month, good in fall.items() for n in range(100)
        ]
        (folder / "words.csv").write_text("\n".join(["Response ID,Date,CSAT", *lines, ""]))
        await press(pilot, "i", "enter")
        await until(pilot, lambda: "200 answers new" in flat(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "70 of 100 satisfied" in flat(app))
        await press(pilot, "o", "down", "enter")
        assert "Words 3 · November 2026: a real fall raised" in flat(app), "a fall of another survey is there, too"
        await press(pilot, "enter")
        assert "70 of 100 satisfied" in flat(app)


async def test_an_answer_is_left_out_blind_where_the_answers_are_seen(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path, now: datetime
) -> None:
    rows = [f"{n},2026-11-{n:02},{5 if n % 2 else 1},Tom Ng,Tom was there on the {n}th" for n in range(1, 13)]
    edit_person(workspace, workspace.find(Person, handle="tom")[0], now, role="Front desk")
    others = enumerate(("Maria Lopez", "Zoë Martin-Reid"), 1)
    rows += [f"{n + 20 * k},2026-11-{n:02},{5 if n % 2 else 1},{who}," for k, who in others for n in range(1, 13)]
    data = "\n".join(["Response ID,Date,CSAT,Who served you?,Comment", *rows, ""]).encode()
    import_survey(workspace, plan_survey(workspace, data, "desk.csv", now), now)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "2", "v")
        assert "differences between people" not in flat(app)
        await press(pilot, "v")
        assert "these answers show no difference between people; together 50 % are satisfied" in flat(app)
        await press(pilot, "home", "l")
        assert "… was there on the 1th" in flat(app)
        assert "Tom" not in flat(app)
        assert "0 of 36 answers left out." in flat(app)
        await press(pilot, "enter")
        await typed(pilot, "another team")
        await press(pilot, "enter")
        assert [(one.row, one.because) for one in workspace.find(LeftOut)] == [(0, "other-team")]
        assert "left out: it is about another team" in flat(app)
        await press(pilot, "enter")
        assert workspace.find(LeftOut) == []
        await press(pilot, "u")
        assert len(workspace.find(LeftOut)) == 1
        await press(pilot, "u")
        assert workspace.find(LeftOut) == []
        await press(pilot, "escape")
        assert isinstance(app.screen, CustomersScreen)


async def test_a_problem_is_decided_again_from_its_comment_and_gets_the_persons_own_account_by_keys(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    data = b"Response ID,Date,CSAT,Comment\na1,2026-11-02,2,Tom kept me waiting\n"
    import_survey(workspace, plan_survey(workspace, data, "desk.csv", now), now)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "2", "P", "home", "enter")
        assert "Tom: a problem" in flat(app)
        await press(pilot, "z")
        assert [one.state for one in workspace.find(Mention)] == ["open"]
        await press(pilot, "home", "P", "p", "down", "down")
        await until(pilot, lambda: "To talk about, for you only" in flat(app))
        await press(pilot, "enter", "home", "enter")
        assert "What Tom Ng says about it" in flat(app)
        await typed(pilot, "The till was down.")
        await press(pilot, "ctrl+s")
        assert [one.account for one in workspace.find(Mention)] == ["The till was down."]
        await press(pilot, "u")
        assert [one.account for one in workspace.find(Mention)] == [""]


async def test_names_with_the_same_words_around_them_are_rejected_at_once_and_come_back_one_by_one(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    rows = [f"A-{n:05},2026-11-0{n},5,So Maria was kind" for n in range(1, 6)]
    data = "\n".join(["Response ID,Date,CSAT,Comment", *rows, ""]).encode()
    import_survey(workspace, plan_survey(workspace, data, "till.csv", now), now)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "c", "2", "home", "n")
        await until(pilot, lambda: "Reject 4 more?" in flat(app))
        await press(pilot, "y")
        await until(pilot, lambda: not workspace.find(Mention, state="open"))
        await press(pilot, "z")
        await until(pilot, lambda: len(workspace.find(Mention, state="open")) == 1)
