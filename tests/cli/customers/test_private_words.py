"""Complaints, calls and lists in papers for others: no word of what is private, wherever a paper comes from."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.log import entries
from meetingtool.crash import anonymous
from meetingtool.store import Workspace

SECRET = "zebrafish"
"""Stands in every field that is private: what was complained of, wanted, done, offered, agreed; notes and numbers."""

TOLD = "lighthouse"
"""Stands in what the team may hear."""


@pytest.fixture
def marked(cli: Any, now: datetime, tmp_path: Path) -> Any:
    """Complaints in every state, calls, hours, a list and what is kept of a customer, all with marked words."""
    line = f'@karim {SECRET} broke it ^"{TOLD} Inn" !"{SECRET} mended" by fri >"{SECRET} straps" fund:20'
    early = now - timedelta(days=20)
    cli("complaint", line, "--owner", "tom", "--wants", SECRET, at=early)
    ref = cli("complaint", "list", "--json", at=early).json[0]["ref"]
    steps = ("step", ref, "acknowledged"), ("step", ref, "looked-into"), ("step", ref, "handed-on", "--who", "tom")
    for step in (*steps, ("offer", ref, "gift", "--fund", "5"), ("answer", ref)):
        cli("complaint", *step, SECRET, at=early)
    cli("complaint", "step", ref, "assessed", SECRET, "--weight", "serious", "--safety", "--cause", "work", at=early)
    cli("complaint", "close", ref, "--finding", "ours", "--lesson", f"{TOLD} straps in every van", at=early)
    cli("complaint", "ask", ref, "no", SECRET, at=early)
    cli("complaint", f"{SECRET} late ^Acme", "--settled", "--lesson", f"{SECRET} hidden", "--private", at=early)
    cli("complaint", f'@karim {SECRET} again ^"{TOLD} Inn"', "--owner", "zoe", at=now - timedelta(days=3))
    ref = cli("complaint", "list", "--json").json[-1]["ref"]
    cli("complaint", "move", ref, "answer", "2026-12-18", "--agreed", SECRET)
    for promise in cli("follow-up", "list", "--json").json:
        cli("follow-up", "keep", promise["ref"])
    cli("call", f'^Acme glad; {TOLD} hours >"{TOLD} sign" by fri')
    cli("call", f'^"{SECRET} Ltd" unhappy; {SECRET} said >"{SECRET} sign" ~')
    cli("hands-on", 60, "phones", f'@tom {TOLD} callers >"{TOLD} list" by fri +')
    cli("hands-on", 20, "phones", f'@tom {SECRET} callers >"{SECRET} list" by fri + ~')
    cli(
        "customer", "edit", "Acme", "--note", SECRET, "--email", f"{SECRET}@example.org", "--telephone", f"0161{SECRET}"
    )
    recent = tmp_path / f"{SECRET}.csv"
    recent.write_text(f"customer,day,item,phone\nPell,2026-11-12,{SECRET},0777 {SECRET}\n")
    cli("customer", "import", recent)
    cli("said", f"so kind of the {TOLD} ^Acme @maria", "--praise")
    cli("win", f"@maria {TOLD} cake for ^Acme #own-it fund:25")
    return cli


def test_no_paper_for_others_and_no_listing_of_the_room_has_a_private_word(marked: Any, now: datetime) -> None:
    cli, later = marked, now + timedelta(minutes=20)
    cli("meeting", "start")
    cli("meeting", "close", at=later)
    (meeting,) = cli("meeting", "list", "--json", at=later).json
    people = ("maria", "tom", "karim", "zoe")
    views = ("year", "week", "themes", "months", "heat", "promises", "meetings", "resolve")
    papers = [
        ("agenda",),
        ("meeting", "minutes", meeting["ref"]),
        ("newsletter",),
        ("call", "heard"),
        ("call", "heard", "--json"),
        ("fund", "show", "--room"),
        ("fund", "show", "--room", "--json"),
        *(("brag-sheet", person) for person in people),
        *(("insight", view, "--room") for view in views),
        *(("insight", "person", person, "--room") for person in people),
        ("customer", "show", "Acme", "--room"),
        ("customer", "show", "Acme", "--room", "--json"),
        *(("evaluation", "show", person, "--year", "2026") for person in people if person != "tom"),
    ]
    told = 0
    for paper in papers:
        printed = cli(*paper, at=later)
        words = f"{printed.out}\n{printed.err}".casefold()
        assert SECRET not in words, paper
        assert "serious" not in words, paper
        told += TOLD in words
    assert (len(papers), told) == (28, 11)


def test_the_log_and_what_undo_says_have_no_word_of_a_record(marked: Any, folder: Path, now: datetime) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        logged = entries(Desk(workspace, lambda: now))
    assert len(logged) > 20
    assert not [word for deed in logged for word in (SECRET, TOLD, "Karim") if word in deed.what]
    assert SECRET not in "".join(marked("undo").err for _ in range(6))


def test_the_register_and_the_agenda_never_say_whom_a_complaint_is_about(marked: Any) -> None:
    for paper in (("complaint", "list", "--format", "csv"), ("complaint", "list", "--format", "md"), ("agenda",)):
        assert "karim" not in marked(*paper).out.casefold()
    assert "Karim Haddad" in marked("complaint", "show", marked("complaint", "list", "--json").json[-1]["ref"]).out


def test_a_failure_with_a_complaint_in_hand_tells_nothing_of_it(marked: Any) -> None:
    try:
        raise ValueError(marked("complaint", "list", "--all", "--json").out)
    except ValueError as error:
        written = anonymous(error, error.__traceback__)
    assert "ValueError" in written
    assert SECRET not in written
