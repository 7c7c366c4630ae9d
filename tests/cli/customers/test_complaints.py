"""A complaint is one line, and goes step by step to its end."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest


def listed(cli: Any, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli("complaint", "list", "--all", "--json", *more).json
    return found


def ref_of(cli: Any) -> str:
    return str(listed(cli)[-1]["ref"])


LINE = '@tom ^Acme bottle broken in the van !"new one by courier" by tomorrow fund:20'


def test_one_line_keeps_whom_it_is_about_the_promise_and_the_money(cli: Any) -> None:
    told = cli("complaint", LINE, "--owner", "maria", "--by", "phone")
    assert "acknowledge by tomorrow" in told.out
    (kept,) = listed(cli)
    assert (kept["about"], kept["owner"], kept["customer"]) == (["tom"], "maria", "Acme")
    assert kept["private"] is True
    assert kept["offers"][0]["money"] == {"minor": 2000, "currency": "GBP"}
    (promise,) = cli("follow-up", "list", "--json").json
    assert (promise["people"], promise["private"], promise["customer"]) == (["maria"], True, "Acme")
    assert [one["id"] for one in cli("history", "is:complaint bottle @tom", "--json").json] == [kept["id"]]
    assert promise["ref"] in cli("complaint", "show", kept["ref"]).out
    cli("undo")
    assert listed(cli) == []
    assert cli("follow-up", "list", "--json").json == []


def test_the_line_says_the_day_and_the_way_too_and_what_it_can_not_take_is_said(cli: Any) -> None:
    told = cli("complaint", "late again ^Acme ^Pell on:mon by:letter fund:£5 fund:€7")
    (kept,) = listed(cli)
    assert (kept["at"][:10], kept["channel"], kept["text"]) == ("2026-11-23", "letter", "late again Pell fund:€7")
    assert "! ^Pell: a line is about one customer. It stays in the text." in told.err
    assert "! fund:€7 is of another currency. It stays in the text." in told.err
    assert [offer["money"]["minor"] for offer in kept["offers"]] == [500]
    told = cli("complaint", "asked on:never ^Acme fund:abc")
    assert "“never” is no day" in told.err
    assert "! fund:abc is no sum of money. It stays in the text." in told.err
    cli("undo")
    cli("edit", kept["ref"], "late again ^Acme on:2026-11-20 by:card")
    (edited,) = listed(cli)
    assert (edited["at"][:10], edited["steps"][0]["at"][:10], edited["channel"]) == ("2026-11-20", "2026-11-20", "card")
    cli("complaint", "answer", kept["ref"], "--finding", "ours", "--on", "mon")
    assert "The next step was on" in cli("edit", kept["ref"], "late ^Acme on:2026-11-24", code=1).err
    cli("edit", kept["ref"], "late again ^Acme on:2026-11-23")
    assert "before it was answered" in cli("complaint", "close", kept["ref"], "--on", "2026-11-22", code=1).err
    cli("complaint", "close", kept["ref"], "--lesson", "x", "--on", "mon")
    assert "before it was closed" in cli("complaint", "reopen", kept["ref"], "again", "--on", "2026-11-22", code=1).err
    cli("complaint", "reopen", kept["ref"], "again", "on:mon")
    assert "“late” is no day" in cli("complaint", "step", kept["ref"], "word", "on:late", code=1).err
    assert {step["at"][:10] for step in listed(cli)[0]["steps"]} == {"2026-11-23"}


def test_ten_steps_lead_to_the_end_and_each_is_kept(cli: Any, now: datetime) -> None:
    cli("complaint", LINE)
    ref = ref_of(cli)
    cli("complaint", "step", ref, "acknowledged", "same", "call", "--who", "tom")
    cli("complaint", "step", ref, "assessed", "--weight", "serious", "--safety", "--owner", "maria", "--cause", "work")
    cli("complaint", "step", ref, "looked-into", "no strap in the van")
    cli("complaint", "step", ref, "handed-on", "she needs it on Friday", "--who", "zoe")
    cli("complaint", "offer", ref, "refund", "the old one", "--fund", "64.20", "--taken")
    cli("complaint", "move", ref, "answer", "2026-12-04", "--agreed", "fine with her")
    cli("complaint", "answer", ref, "sent and refunded", "--finding", "ours")
    told = cli("complaint", "close", ref, "--lesson", "Tom puts straps in every van")
    assert "closed" in told.out
    assert told.err == "The next meeting hears: The employee puts straps in every van\n"
    assert f"edit {ref} --learned" in cli("complaint", "close", ref, "--lesson", "x", code=1).err
    assert "sticky" in cli("edit", ref, "--handled", "x", code=1).err
    assert "hears: straps in every van" in cli("edit", ref, "--learned", "straps in every van").err
    later = now + timedelta(days=14)
    assert cli("complaint", "list", "--json", at=later).json[0]["next"]["step"] == "ask"
    cli("complaint", "ask", ref, "yes", "all well", at=later)
    (kept,) = listed(cli)
    names = [step["name"] for step in kept["steps"]]
    expected = ["received", "acknowledged", "assessed", "looked-into", "handed-on", "answered", "closed", "asked"]
    assert names == expected
    assert (kept["owner"], kept["content"], kept["in_time"], kept["next"]) == ("zoe", "yes", True, None)
    assert cli("complaint", "reopen", ref, "broken again", at=later).out.count("acknowledge") == 1
    assert len(listed(cli)[0]["steps"]) == 9


def test_whoever_owns_it_next_has_its_open_promises_and_undo_gives_them_back(cli: Any) -> None:
    cli("complaint", '^Own broke !"send new" by fri >"check stock" >"done already"')
    ref = ref_of(cli)

    def whose() -> dict[str, list[str]]:
        return {each["text"]: each["people"] for each in cli("follow-up", "list", "--all", "--json").json}

    done = next(each["ref"] for each in cli("follow-up", "list", "--json").json if each["text"] == "done already")
    cli("follow-up", "keep", done)
    cli("complaint", "step", ref, "assessed", "--owner", "maria")
    assert whose() == {"send new": ["maria"], "check stock": ["maria"], "done already": []}
    stock = next(each["ref"] for each in cli("follow-up", "list", "--json").json if each["text"] == "check stock")
    cli("edit", stock, "check stock @tom")
    cli("complaint", "step", ref, "handed-on", "she needs it", "--who", "zoe")
    assert whose() == {"send new": ["zoe"], "check stock": ["tom"], "done already": []}
    cli("undo")
    assert whose()["send new"] == ["maria"]
    assert listed(cli)[0]["owner"] == "maria"


def test_what_nobody_said_is_blank_in_the_register_and_on_the_sheet(cli: Any) -> None:
    cli("complaint", "late ^Acme", "--owner", "maria")
    cli("complaint", "step", ref_of(cli), "assessed", "--owner", "tom")
    cli("complaint", "cold ^Pell", "--by", "letter")
    cli("complaint", "step", ref_of(cli), "assessed", "--weight", "small", "--no-safety")
    rows = list(csv.DictReader(io.StringIO(cli("complaint", "list", "--format", "csv").out)))
    said = [(row["channel"], row["weight"], row["safety"]) for row in rows]
    assert said[0] == ("", "", "")
    assert said[1][:2] == ("letter", "small")
    assert said[1][2].casefold() in ("no", "false")
    sheet = cli("complaint", "show", listed(cli)[0]["ref"], "--format", "md").out
    assert not [word for word in ("medium", "in person", "None") if word in sheet]


def test_what_the_customer_said_stays_when_it_is_reopened_and_is_asked_again(cli: Any) -> None:
    cli("complaint", "late ^Acme", "--settled")
    ref = ref_of(cli)
    cli("complaint", "ask", ref, "partly", "wants a call")
    cli("complaint", "reopen", ref, "late again")
    assert listed(cli)[0]["content"] == "partly"
    cli("complaint", "close", ref, "--settled")
    (kept,) = listed(cli)
    assert (kept["content"], kept["next"]["step"]) == ("partly", "ask")


def test_whom_it_is_no_longer_about_is_said(cli: Any) -> None:
    cli("complaint", "@tom late ^Acme")
    assert "no longer about Tom" in cli("complaint", "step", ref_of(cli), "assessed", "--about", "@zoe").err
    assert cli("complaint", "step", ref_of(cli), "assessed", "--about", "@zoe", "--about", "@tom").err == ""


def test_what_lacks_something_is_refused_in_one_line(cli: Any) -> None:
    cli("complaint", LINE)
    ref = ref_of(cli)
    for refused in (
        ("close", ref, "--finding", "ours", "--lesson", "x"),
        ("step", ref, "handed-on", "--who", "zoe"),
        ("move", ref, "answer", "2026-12-04"),
        ("step", ref, "acknowledged", "--on", "2026-11-01"),
        ("ask", ref, "yes"),
        ("note", "^Acme"),
        ("note", '^"'),
        ("reopen", ref, "why"),
        ("offer", ref, "refund", "--fund", "much"),
        ("offer", ref, "--taken", "--number", "7"),
    ):
        told = cli("complaint", *refused, code=1).err
        assert len(told.splitlines()) == 1, told
    cli("complaint", "step", ref, "acknowledged", "called her")
    assert "word" in cli("complaint", "step", ref, "acknowledged", "again", code=1).err
    cli("complaint", "answer", ref)
    assert "finding" in cli("complaint", "close", ref, "--lesson", "x", code=1).err
    assert "lesson" in cli("complaint", "close", ref, "--finding", "ours", code=1).err
    cli("complaint", "close", ref, "--finding", "not-ours", "--nothing-because", "it was the post")
    assert "Reopen" in cli("complaint", "answer", ref, code=1).err
    assert listed(cli)[0]["because"] == "it was the post"


def test_what_was_typed_wrongly_is_typed_again_and_nothing_else_changes(cli: Any) -> None:
    cli("complaint", LINE, "--owner", "maria", "--wants", "a new one")
    cli("call", "^Acme @maria glad; asks for winter hours")
    cli("hands-on", "60", "phones", "@tom three asked the same +")
    refs = [cli("history", f"is:{kind}", "--json").json[0]["ref"] for kind in ("complaint", "call", "hands-on")]
    (before,) = listed(cli)
    for ref, line in zip(
        refs, ("~ @zoe ^Pell lamp broken", "^Pell so-so; too dark", "30 counter @zoe one"), strict=True
    ):
        cli("edit", ref, line)
        assert len(cli("edit", ref, " ", code=1).err.splitlines()) == 1
    (after,) = listed(cli)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"about", "customer", "kept_back", "line", "people", "text", "version"}
    assert (after["about"], after["customer"], after["text"]) == (["zoe"], "Pell", "lamp broken")
    call, hours = (cli("show", ref, "--json").json for ref in refs[1:])
    assert (call["customer"], call["mood"], call["people"]) == ("Pell", "so-so", [])
    assert (hours["minutes"], hours["what"], hours["people"], hours["did_well"]) == (30, "counter", ["zoe"], False)
    assert "customer" in cli("edit", refs[1], "nobody in particular", code=1).err
    assert "minutes" in cli("edit", refs[2], "phones @zoe", code=1).err
    for _ in refs:
        cli("undo")
    assert listed(cli)[0]["text"] == before["text"]


def test_a_small_one_is_settled_at_once(cli: Any) -> None:
    cli("complaint", "wrong change ^Pell", "--settled", "--cause", "price")
    (kept,) = listed(cli)
    assert (kept["state"], kept["finding"], kept["cause"], kept["in_time"]) == ("closed", "ours", "price", True)
    assert kept["because"]
    assert cli("complaint", "list", "--json").json == []
    cli("complaint", "cold soup ^Pell", "--owner", "tom")
    ref = ref_of(cli)
    cli("complaint", "came", ref, "letter", "--received-by", "maria")
    cli("complaint", "close", ref, "--settled", "--lesson", "warm the plates")
    kept = listed(cli)[-1]
    assert (kept["channel"], kept["received_by"], kept["lesson"]) == ("letter", "maria", "warm the plates")
    assert [step["person"] for step in kept["steps"]] == ["maria", "tom", ""]


def test_a_slip_in_the_name_of_a_command_is_not_kept_as_a_complaint(cli: Any) -> None:
    assert "list" in cli("complaint", "lsit", code=2).err
    assert listed(cli) == []
    cli("complaint", "cold", "soup")
    cli("complaint", "-", stdin="one ^Acme\ntwo ^Acme\n")
    assert [one["text"] for one in listed(cli)] == ["cold soup", "one", "two"]


def test_the_words_of_the_register_do_not_say_it_either(cli: Any) -> None:
    told = ("rude words from @tom ^Acme", "--wants", "a word from Tom", "--settled", "--lesson", "Toms manner; Tom Ng")
    assert cli("complaint", *told).code == 0
    register = cli("complaint", "list", "--format", "csv").out
    assert "Tom" not in register
    assert "rude words from the employee" in register
    assert "a word from the employee" in register


def test_a_complaint_of_a_year_that_no_list_reaches_is_refused(cli: Any) -> None:
    assert "Check the year" in cli("complaint", "^Acme rude on:2023-06-01", code=1).err
    cli("complaint", "^Acme rude on:2023-06-01", "--settled")


def test_the_register_has_a_row_each_and_never_says_whom_it_is_about(cli: Any, tmp_path: Path) -> None:
    cli("complaint", LINE, "--owner", "maria")
    cli("complaint", "=HYPERLINK(1) ^Acme", "--settled")
    rows = list(csv.DictReader(io.StringIO(cli("complaint", "list", "--format", "csv").out)))
    assert [row["state"] for row in rows] == ["open", "closed"]
    assert rows[0]["next_step"] == "acknowledge"
    assert rows[1]["complaint"].startswith("'=")
    assert "Tom" not in cli("complaint", "list", "--format", "md").out
    cli("complaint", "list", "--to", str(tmp_path / "register.csv"))
    assert (tmp_path / "register.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    cli("complaint", "show", ref_of(cli), "--to", str(tmp_path / "sheet.pdf"))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "Tom Ng" in cli("complaint", "show", listed(cli)[0]["ref"], "--format", "md").out


@pytest.mark.parametrize("private", [False, True])
def test_the_agenda_names_the_step_the_customer_and_the_owner_alone(cli: Any, private: bool) -> None:
    cli("complaint", LINE, "--owner", "maria", *(["--private"] if private else []))
    cli("complaint", "@zoe cold soup ^Pell", "--settled", "--lesson", "warm the plates")
    agenda = cli("agenda").out
    assert ("Complaint of Acme: acknowledge · Maria · tomorrow" in agenda) is not private
    assert "What we learned from complaints" in agenda
    assert "warm the plates" in agenda
    assert not {"bottle", "Tom", "Zoë", "soup", "courier"} & set(agenda.replace(",", " ").split())


def test_insight_sums_them_by_cause_and_names_nobody(cli: Any, now: datetime) -> None:
    cli("complaint", "@tom cold soup ^Pell", "--settled", "--cause", "wait", "--lesson", "warm the plates")
    cli("complaint", "@tom late ^Acme", "--settled", "--cause", "wait", "--on", "2026-10-05")
    cli("complaint", "ask", ref_of(cli), "yes")
    cli("complaint", "lost ^Acme", "--on", "2026-11-02")
    view = cli("insight", "complaints", "--json", at=now + timedelta(days=1)).json
    assert "answered in time 2 of 3" in view["subtitle"]
    assert "content afterwards 1 of 1 asked" in view["subtitle"]
    sections = [section["rows"] for section in view["sections"]]
    causes, months, learned = ([[*row.values()][:4] for row in rows] for rows in sections)
    assert causes == [["a wait", 2, "2 of 2", "1 of 1"], ["not said yet", 1, "0 of 1", ""]]
    assert months[-2:] == [["October 2026", 1, "1 of 1", ""], ["November 2026", 2, "1 of 2", "1 of 1"]]
    assert learned[0][1:3] == ["a wait", "warm the plates"]
    paper = cli("insight", "complaints", "--format", "md").out
    assert not [name for name in ("Tom", "Pell", "Acme", "soup") if name in paper]
    assert "private" in cli("insight", "complaints", "--room", code=1).err


def test_names_go_three_years_after_closing_and_every_count_stays(cli: Any, folder: Path, now: datetime) -> None:
    closed = now.replace(year=2023)
    cli("customer", "alias", "Quillon", "Quillon Ltd", at=closed)
    line = '@tom told Quillon\'s driver that TOM was out ^"Quillon Ltd" !"ring Quillon" by fri fund:20'
    cli("complaint", line, "--owner", "maria", "--wants", "a word from Tom Ng", at=closed)
    (promise,) = cli("follow-up", "list", "--json", at=closed).json
    cli("follow-up", "keep", promise["ref"], at=closed)
    ref = ref_of(cli)
    cli("complaint", "answer", ref, "rang quillon", at=closed)
    cli("complaint", "close", ref, "--finding", "ours", "--cause", "wait", "--lesson", "@tom rings Quillon", at=closed)
    before = cli("insight", "complaints", "--all", "--json", at=now).json["sections"][0]["rows"]
    assert "No complaint closed" in cli("complaint", "names-off", "--yes", at=now - timedelta(days=1)).err
    assert "still has names" in cli("complaint", "list", at=now).err
    cli("complaint", "names-off", "--dry-run", at=now)
    cli("complaint", "names-off", code=1, at=now)
    assert listed(cli)[0]["customer"] == "Quillon Ltd"
    cli("complaint", "names-off", "--yes", at=now)

    def kept(everything: bool) -> bool:
        books = folder.rglob("*") if everything else [folder / "2023.json"]
        return any(b"quillon" in path.read_bytes().lower() for path in books if path.is_file() and path.stem != "team")

    (bare,) = listed(cli)
    assert (bare["customer"], bare["about"], bare["owner"], bare["nameless"]) == ("", [], "maria", "2026-11-24")
    assert bare["text"] == bare["line"] == "told the customer's driver that a colleague was out"
    assert (bare["wants"], bare["lesson"]) == ("a word from a colleague", "a colleague rings the customer")
    assert cli("show", promise["ref"], "--json").json["customer"] == ""
    assert cli("insight", "complaints", "--all", "--json", at=now).json["sections"][0]["rows"] == before
    assert cli("fund", "show", "--year", "2023", "--json").json[0]["used_by"] == ["maria"]
    cli("undo", at=now)
    assert listed(cli)[0]["customer"] == "Quillon Ltd"
    cli("complaint", "names-off", "--yes", at=now)
    assert kept(everything=False)
    assert "No complaint" in cli("complaint", "names-off", "--yes", at=now + timedelta(days=29)).err
    assert "Former versions" in cli("complaint", "names-off", "--yes", at=now + timedelta(days=30)).out
    assert not kept(everything=True)
    assert "No complaint" in cli("complaint", "names-off", "--yes", at=now + timedelta(days=31)).err


def test_a_lesson_becomes_a_role_play_in_which_nobody_is_known(cli: Any) -> None:
    cli("complaint", "Mrs Pell waited for @tom two hours ^Acme", "--settled", "--lesson", "ring back within the hour")
    cli("scenario", "make", ref_of(cli), "--save")
    last = cli("scenario", "list", "--json").json[-1]
    assert "ring back within the hour" in " ".join(last["look_for"]).lower()
    assert not any(name in str(last) for name in ("Pell", "Tom", "Acme"))


def test_a_promise_out_of_a_complaint_can_only_help(cli: Any, now: datetime) -> None:
    for number in range(6):
        cli("promise", f"@maria call back {number} ^Acme by fri")
    cli("complaint", 'late ^Pell !"new date" by tomorrow', "--owner", "maria")
    promises = cli("follow-up", "list", "--json").json
    for promise in promises:
        verb = "miss" if promise["customer"] == "Pell" else "keep"
        cli("follow-up", verb, promise["ref"])
    (score,) = cli("score", "maria", "--year", "2026", "--json", at=now + timedelta(days=20)).json
    (part,) = [part for part in score["parts"] if part["key"] == "promises"]
    assert part["basis"] == "6 kept, 1 left out"
