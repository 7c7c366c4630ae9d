"""The palette finds every deed by the word in the footer, by its verb and by its description."""

from __future__ import annotations

from datetime import datetime

import pytest
from screen_text import screen_text, typed, until
from textual.widgets import OptionList

from meetingtool.actions.settings import change_settings
from meetingtool.cli.entry import FAMILIES
from meetingtool.rules import areas
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.frame.textual_private import LeftOnce
from meetingtool.tui.keymap import MODE, PART, catalogue
from meetingtool.tui.palette import Deeds, commands, deeds_of
from meetingtool.tui.places import ELSEWHERE as PLACES_ELSEWHERE
from meetingtool.tui.settings.settings import SettingsPage

FOUND = (
    ("undo", "Undo the last change"),
    ("quit", "quit"),
    ("settings", "settings"),
    ("dark", "Change the colours"),
    ("colours", "Change the colours"),
    ("bin", "The bin"),
    ("restore", "Restore a backup"),
    ("backup", "Back up all records now"),
    ("forget", "Forget somebody who has left"),
    ("archive", "Archive a past year"),
    ("encrypt", "Encrypt all records"),
    ("history", "history"),
    ("note prom", "Note a promise to a customer"),
    ("holiday", "Skip or move the next meeting"),
    ("rate", "Ratings"),
    ("evaluate", "Evaluations"),
    ("newsletter", "Newsletter"),
    ("survey", "Survey answers"),
    ("thank", "Thank somebody"),
    ("reward", "Who is owed thanks, and rewards"),
    ("attendance", "Meeting"),
    ("train", "Training"),
    ("complaint", "Write a complaint down"),
    ("philosophy", "The team's philosophy"),
    ("weights", "Setting: Weights"),
    ("skip", "Skip or move the next meeting"),
    ("trash", "The bin"),
    ("hire", "add somebody"),
    ("vacation", "Skip or move the next meeting"),
    ("email", "Minutes and agenda"),
    ("new person", "Add somebody to the team"),
    ("last minutes", "The minutes of the last meeting"),
    ("reword", "in a running meeting"),
    ("pause", "in a running meeting"),
    ("version", "Which version"),
    ("help", "The keys that work here"),
    ("mark kept", "Promises and actions"),
    ("retention", "Setting: Years kept"),
    ("adjust", "Evaluations"),
    ("finalise", "Evaluations"),
    ("year end", "Evaluations"),
    ("side by side", "The team side by side"),
    ("try weights", "The team side by side"),
    ("distil", "The team's philosophy"),
    ("password", "Encrypt all records"),
    ("gone", "Forget somebody who has left"),
    ("mail", "Minutes and agenda"),
    ("shortcut", "Change a key"),
    ("gdpr", "Forget somebody who has left"),
    ("theme", "Change the colours"),
    ("excel", "export"),
    ("filter", "search"),
    ("staff", "People"),
    ("pdf", "print"),
    ("nps", "survey"),
    ("phone", "calls"),
    ("appraisal", "Evaluations"),
    ("timer", "the clock"),
    ("who is next", "Back to the line"),
    ("bulk", "import"),
    ("mode", "Room or private"),
    ("dark mode", "Change the colours"),
    ("a4", "Setting: Paper"),
    ("mistake", "Undo the last change"),
    ("sick", "attendance"),
    ("reminder", "Calendar file"),
)

FOUND_FIRST = (
    ("backup", "Back up all records now"),
    ("restore", "Restore a backup"),
    ("agenda", "agenda"),
    ("minutes", "minutes"),
    ("title", "Setting: Title"),
    ("score", "The person's score"),
    ("timer", "Stop the clock"),
    ("mistake", "Undo the last change"),
)
"""What Enter does at once."""

ELSEWHERE = {"show", "comment-card", "interview", "server", "finals", "init", "demo", "where", "completion"}
"""Commands that the app has no deed for: they are about the shell, the server, a list's row, or a paper made once."""


NO_PLACES = {
    *("RecordList", "RowList", "RowPanel", "PagedOptions", "DetailPanel", "PageBeside", "ScrolledText", "Findable"),
    *("InsightRows", "CellGrid", "ClickedTabs", "AttendanceList", "RecordLink", "WeekdayChoice", "QueryInput"),
    *("AnswerField", "_Columns", "CustomersScreen", "HistoryScreen"),
}
"""Parts whose keys only move about, or are among those of what they are a part of."""


async def test_every_command_is_found_by_its_name(app: MeetingtoolApp) -> None:
    names = {name for family in FAMILIES.values() for name in family} - ELSEWHERE
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("p")
        deeds = Deeds(app.screen)
        found = {name: [hit.text async for hit in deeds.search(name)] for name in names}
    assert len(found) > 40
    assert {name for name, hits in found.items() if not hits} == set()


async def found(app: MeetingtoolApp, words: str) -> list[str]:
    """What the words find, the best first, each with its help."""
    hits = sorted([hit async for hit in Deeds(app.screen).search(words)], key=lambda hit: -hit.score)
    return [f"{hit.match_display}\n{hit.help}" for hit in hits]


async def test_words_find_the_deed_that_they_name(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        for words, wanted in FOUND:
            best = (await found(app, words))[:2]
            assert any(wanted.lower() in line.lower() for line in best), (words, best)
        for words, wanted in FOUND_FIRST:
            titles = [line.partition("\n")[0] for line in await found(app, words)]
            assert wanted.lower() in titles[0].lower(), (words, titles)


async def test_every_deed_of_every_place_is_found_by_its_word_and_by_what_it_does(app: MeetingtoolApp) -> None:
    every = {binding.id: binding for place in PLACES_ELSEWHERE for binding in deeds_of(place)}
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        missed = []
        for word in {binding.description for binding in every.values()}:
            titles = "\n".join(await found(app, word)).split("\n")
            missed += [one.id for one in every.values() if one.description == word and one.tooltip not in titles]
        assert len(every) > 120
        assert missed == []
        await pilot.press("m")
        assert "Scroll" not in "\n".join(await found(app, "s"))
        assert (await found(app, "skip"))[0].startswith("Skip or move the next meeting")
        assert "changed after that" in "\n".join(await found(app, "share"))
        app.set_room(True)
        await pilot.pause()
        assert "changed after that" not in "\n".join(await found(app, "share"))


def test_whatever_has_keys_of_its_own_is_looked_for_from_elsewhere_or_is_over_what_leads_there() -> None:
    names = {place.of.rpartition(":")[2] for place in PLACES_ELSEWHERE}
    modes = {named.where for named in catalogue() if named.stands in (MODE, PART) and named.name}
    assert modes - names - NO_PLACES == set()


def shown(app: MeetingtoolApp) -> list[str]:
    options = app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(number).prompt) for number in range(options.option_count)]


async def test_a_place_leads_to_the_tab_itself_and_is_gone_where_its_area_is_switched_off(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    change_settings(workspace, now, off=(areas.FUND,))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        places = {command.title: command for command in commands(app, app.screen)}
        assert "Service recovery fund" not in places
        places["Service recovery fund: switched off"].callback()
        await until(pilot, lambda: isinstance(app.screen, SettingsPage))
        await pilot.press("escape")
        for title, seen in (("Complaints", "complaint"), ("Evaluations", "Not begun"), ("Ratings", "answered")):
            places[title].callback()
            await until(pilot, lambda seen=seen: seen in screen_text(app))


@pytest.mark.parametrize(("keys", "opened"), [(("enter",) * 3, True), (("escape",) * 3, False)])
async def test_the_palette_is_left_once_and_does_its_deed_once_however_many_keys_come_in_a_burst(
    app: MeetingtoolApp, keys: tuple[str, ...], opened: bool
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("colon")
        await typed(pilot, "settings")
        await until(pilot, lambda: any("settings" in line.lower() for line in shown(app)))
        app.screen.query_one(OptionList).highlighted = 0
        for key in keys:
            app.simulate_key(key)
        await until(pilot, lambda: not isinstance(app.screen, LeftOnce))
        await until(pilot, lambda: opened == isinstance(app.screen, SettingsPage))
        await pilot.pause()
        assert len(app.screen_stack) == 1 + opened
        assert app.is_running
