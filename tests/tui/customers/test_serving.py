"""Complaints, people we serve, calls and the fund: each a tab, with a key for what is done most."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from screen_text import said, screen_text, typed, until
from textual.pilot import Pilot

from meetingtool.actions.customers import contacts
from meetingtool.actions.customers.complaint_steps import Ending
from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.customers import Customer, Purchase
from meetingtool.records.playbook import Scenario
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.customers.served_tab import ServedTab

SMALL, WIDE = (80, 24), (120, 36)


def flat(app: MeetingtoolApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


async def reads(pilot: Pilot[None], words: str) -> None:
    """Wait until the words stand on the screen."""
    await until(pilot, lambda: words in flat(cast("MeetingtoolApp", pilot.app)))


async def keys(pilot: Pilot[None], *pressed: str) -> int:
    """Press keys one after the other, each once the one before has been done; `"words` are typed. Returns how many."""
    number = 0
    for key in pressed:
        if key.startswith('"'):
            await typed(pilot, key[1:])
            number += len(key) - 1
        else:
            await pilot.press(key)
            number += 1
        await pilot.pause()
    return number


async def test_a_complaint_goes_by_keys_from_its_line_to_its_lesson(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await keys(pilot, "c", "3")
        assert "A complaint is one line" in flat(app)
        assert await keys(pilot, "a", '"@tom bottle broken ^Acme fund:20', "enter") <= 40, "one line in 15 s"
        await keys(pilot, "escape")
        assert "acknowledge tomorrow" in flat(app)
        await keys(pilot, "t")
        app.go_to("customers", f"complaint('{workspace.find(Complaint)[0].id}')")  # as its row on Today does
        await reads(pilot, "n Next step")
        await keys(pilot, "enter", "e", "space", '"badly', "enter", "escape")
        assert "bottle broken badly" in flat(app)
        pressed = 0
        await keys(pilot, "n", "enter")
        assert "not finished" in flat(app)
        pressed += await keys(pilot, '"the van', "enter")
        pressed += await keys(pilot, "e", '"ser', "enter", '"mari', "enter", '"a new bottle', "enter")
        pressed += await keys(pilot, "l", '"no strap', "enter", "y", '"rang', "ctrl+r")
        assert app.desk.room
        assert "bottle" not in screen_text(app)
        await keys(pilot, "ctrl+r", "3")
        pressed += await keys(pilot, "y", '" again', "enter")
        pressed += await keys(pilot, "d", '"tom', "enter", '"by Friday', "enter")
        pressed += await keys(pilot, "o", '"refund', "enter", '"the old one fund:5', "enter", "i", "enter")
        pressed += await keys(pilot, "f", '"2026-12-04', "enter", '"fine with her', "enter")
        await keys(pilot, "x")
        assert "not been answered yet" in said(app) and "What did" not in flat(app), "nothing is asked in vain"
        pressed += await keys(pilot, "r", '"ours', "enter", "enter", "ctrl+u", '"sorry, no strap', "enter")
        assert "close" in flat(app)
        pressed += await keys(pilot, "x", '"work', "enter", '"straps in every van', "enter")
        assert "The next meeting hears: straps in every van" in said(app)
        assert "answered in time 1 of 1" in flat(app)
        assert pressed <= 180, "ten steps in 90 s, at two keys a second"
        (kept,) = workspace.find(Complaint)
        names = [step.name for step in kept.steps]
        assert names == [
            "received",
            "acknowledged",
            "assessed",
            "looked-into",
            "word",
            "handed-on",
            "answered",
            "closed",
        ]
        assert (kept.finding, kept.cause, kept.weight, kept.wants) == ("ours", "work", "serious", "a new bottle")
        assert [offer.taken for offer in kept.offers] == [None, True]
        assert kept.steps[-2].words == "sorry, no strap"
        await keys(pilot, "P", "ctrl+s")
        assert any("straps in" in " ".join(each.look_for).casefold() for each in workspace.find(Scenario))
        await keys(pilot, "C", '"letter', "enter", '"mari', "enter")
        await keys(pilot, "z", '"on:today broken again', "enter", "X", "enter")
        (kept,) = workspace.find(Complaint)
        assert (kept.channel, kept.state, kept.lesson) == ("letter", "closed", "straps in every van")
        assert [step.words for step in kept.steps if step.name == "reopened"] == ["broken again"]
        await keys(pilot, "z", '"broken once more', "enter", "a", '"late ^Acme ^Pell', "enter", "escape")
        assert "^Pell: a line is about one customer." in said(app)
        assert any(each.text == "late Pell" for each in workspace.find(Complaint))
        await keys(pilot, "t")
        assert "complaint" in flat(app)
        await keys(pilot, "v")
        assert "bottle" not in screen_text(app)


async def test_who_waits_stands_first_and_what_is_kept_of_a_customer_is_private(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria fixed it ^Pell fund:25", now)
    record_complaint(workspace, 'late ^"Blue Door" !"ring back" by fri', now - timedelta(days=2))
    async with app.run_test(size=SMALL) as pilot:
        await keys(pilot, "c", "4")
        assert flat(app).index("Blue Door") < flat(app).index("Pell")
        await keys(pilot, "f", '"pel', "enter")
        assert app.screen.query_one(ServedTab).chosen.endswith(":Pell")
        await keys(pilot, "g")
        await keys(pilot, "n", '"likes tea', "enter", "x", "a", '"The Blue Door', "enter")
        (kept,) = workspace.find(Customer)
        assert (kept.note, kept.do_not_call, kept.aliases) == ("likes tea", True, ("The Blue Door",))
        assert "likes tea" in flat(app)
        await keys(pilot, "o", '"pell', "enter", "v")
        assert "Pell" in flat(app)
        assert not [word for word in ("likes tea", "late", "ring back") if word in flat(app)]
        await keys(pilot, "v", "E", '"a@example.org', "enter", "delete", "y")
        assert "Forgotten" in said(app)
        assert [one.name for one in workspace.find(Customer)] == []


async def test_calls_are_noted_by_one_key_and_the_list_goes_on(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    rows = [Purchase(customer=n, day=now.date() - timedelta(days=9), telephone="0777") for n in ("A", "B", "C", "D")]
    downloads = Path.home() / "Downloads"
    downloads.mkdir()
    lines = [f"{row.customer},{row.day:%d/%m/%y},{row.telephone}" for row in rows]
    (downloads / "list.csv").write_text("\n".join(["Guest,When,Phone", *lines, ",1/1/26,"]))
    record_complaint(workspace, "late ^Pell", now - timedelta(days=20), settled=Ending(lesson="ring back"))
    async with app.run_test(size=SMALL) as pilot:
        await keys(pilot, "c", "5", "i")
        await reads(pilot, "list.csv")
        await keys(pilot, "enter")
        await reads(pilot, "Which column has the day")
        await keys(pilot, '"when', "enter")
        await reads(pilot, "4 purchases to be taken")
        assert "line 6: there is no customer" in flat(app)
        await keys(pilot, "enter")
        assert "4 this week, 0 done" in flat(app)
        await keys(pilot, "y", '"glad, all well way:visit', "enter")
        assert [each.way for each in workspace.find(Contact)] == ["visit"]
        assert [each.content for each in workspace.find(Complaint)] == ["yes"]
        assert "Asked after the complaint: content" in said(app)
        assert "4 this week, 1 done" in flat(app)
        await keys(pilot, "j", "n", "j", "x", '"on holiday', "enter", "l")
        reached = sorted(each.reached for each in workspace.find(Contact))
        assert reached == ["message", "no", "skipped", "yes"]
        await keys(pilot, "o", '"soon', "enter")
        assert "Say first the minutes" in flat(app)
        await keys(pilot, "ctrl+u", '"60 phones @tom three asked the same >"write it up" by fri', "enter")
        assert [each.minutes for each in workspace.find(HandsOn)] == [60]
        assert "1:00 of 1:00" in flat(app)
        await keys(pilot, "v")
        assert "1:00 of 1:00" in flat(app), "the time is the team's to see"
        assert "three asked" not in flat(app), "the words, which name somebody, are not"
        assert "0777" not in flat(app)
        await keys(pilot, "o", '"20 round @tom was rude')
        assert "•••" in flat(app) and "rude" not in flat(app), "what can blame somebody is typed unseen"
        await keys(pilot, "escape", "a", '"^Pell glad; unhappy before')
        assert "glad; unhappy before" in flat(app)
        await keys(pilot, "ctrl+u", '"^Pell unhappy; rude, @', "tab")
        assert not [word for word in ("Pell", "unhappy", "rude", "Karim") if word in flat(app)]
        await keys(pilot, "ctrl+u", *["ctrl+t"] * 7, '"late again @tom', "enter")
        assert "complaint saved" in flat(app)
        assert not [word for word in ("late", "again", "Tom") if word in flat(app)]


async def test_the_fund_shows_who_never_used_it_and_in_room_the_sum_alone(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria a new lamp ^Pell fund:25", now)
    record_complaint(workspace, "secret ^Pell fund:40", now)
    record_complaint(workspace, "late ^Acme", now)
    contacts.record_contact(workspace, "^Pell glad", now)
    async with app.run_test(size=WIDE) as pilot:
        await keys(pilot, "c", "6", "e", '"1200', "enter", "l", '"30', "enter")
        shown = flat(app)
        assert "£65.00 of £1,200.00 spent" in shown
        assert "never used by" in shown
        assert "over the limit in 1 case" in shown
        await keys(pilot, "3", "G", "o", '"refund', "enter", '"the lot fund:32', "enter")
        assert "£2.00 of that is over the limit for one case" in said(app)
        assert "! £2.00 over the limit" in flat(app)
        await keys(pilot, "u", "6")
        await keys(pilot, "y", "enter")
        assert "£65.00 of £1,200.00 spent" in flat(app)
        await keys(pilot, "v")
        assert "£65.00 of £1,200.00 spent" in flat(app)
        assert not [word for word in ("never used", "secret", "Karim") if word in flat(app)]
