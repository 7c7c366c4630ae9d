"""A customer's page comes of the names that stories carry; lists, calls, hours and the fund hang on it."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

RECENT = """Customer;Last order;Item;Served by;Phone
Northgate Nursery;20/11/2026;six-seater;Maria Lopez;01234 567
Pell;13/11/2026;lamp;zoe;(020) 555-0142
Blue Door Café;16/11/2026;rope;Omar;077
;16/11/2026;;;
Acme;31/31/2026;;;
Old;1/2/2025;x;;(020) 555-0199
"""


@pytest.fixture
def recent(tmp_path: Path) -> Path:
    file = tmp_path / "recent.csv"
    file.write_text(RECENT, encoding="utf-8")
    return file


def test_a_page_gathers_every_name_of_a_customer_with_what_is_open_first(cli: Any) -> None:
    cli("win", "@maria fixed it ^Acme fund:25")
    cli("promise", "post the bill ^ACME by fri")
    cli("complaint", 'late ^"Acmé Ltd" fund:10')
    cli("said", "so kind ^Acme")
    assert [one["customer"] for one in cli("customer", "list", "--json").json] == ["Acme", "Acmé Ltd"]
    cli("customer", "alias", "Acme", "Acme Ltd")
    (one,) = cli("customer", "list", "--json").json
    assert (one["customer"], one["open"], one["records"]) == ("Acme", 2, 4)
    page = cli("customer", "show", "acme", "ltd", "--json").json
    assert {each["kind"] for each in page["open"]} == {"promise", "complaint"}
    assert page["spent"] == [{"minor": 3500, "currency": "GBP"}]
    room = cli("customer", "show", "acme", "--room")
    assert "late" not in room.out
    assert "£25.00" in room.out
    assert "Acme" in cli("customer", "show", "acmee", code=1).err


def test_who_only_stands_in_a_list_has_a_page_and_can_be_kept_but_is_not_in_the_room(cli: Any, recent: Path) -> None:
    cli("customer", "import", recent)
    cli("customer", "no-calls", "Pell")
    known = {one["customer"]: one["calls"] for one in cli("customer", "list", "--json").json}
    assert known == {"Northgate Nursery": True, "Pell": False, "Blue Door Café": True, "Old": True}
    assert "(020) 555-0142" in cli("customer", "show", "Pell").out
    assert cli("customer", "show", "Pell", "--room", code=1).err


def test_a_slip_in_the_name_of_a_customer_merges_nobody_and_what_an_alias_brings_over_is_said(cli: Any) -> None:
    cli("win", "@maria fixed it ^Acme")
    cli("promise", 'post it ^"Acme Ltd" by fri')
    assert "Acme" in cli("customer", "merge", "Acmee", "Acme Ltd", code=1).err
    assert cli("customer", "merge", "Acme", "Nobody Else", code=1).err
    told = cli("customer", "alias", "Acme", "Acme Ltd").err
    assert "Acme Ltd was a customer of its own, with 1 record, 1 of them open" in told
    assert cli("customer", "alias", "Acme", "Acme & Sons").err == ""


def test_the_beginning_of_a_name_opens_the_one_customer_that_it_fits(cli: Any) -> None:
    for name in ("Blue Door Café", "Tide Mill Museum", "Lindner family", "The Mill"):
        cli("win", f'@maria fixed it ^"{name}"')
    for typed, found in (("blue", "Blue Door Café"), ("cafe", "Blue Door Café"), ("tide mill", "Tide Mill Museum")):
        assert cli("customer", "show", typed, "--json").json["customer"] == found
    assert "Did you mean Tide Mill Museum or The Mill?" in cli("customer", "show", "Mill", code=1).err
    assert "Did you mean Lindner family?" in cli("customer", "show", "Lindnar family", code=1).err


def test_two_customers_become_one_and_records_stay_as_they_were_written(cli: Any) -> None:
    cli("win", "@maria fixed it ^Acme")
    cli("win", '@tom called ^"Acme Tools"')
    cli("customer", "edit", "Acme Tools", "--telephone", "0777", "--note", "likes tea")
    cli("customer", "merge", "Acme", "Acme Tools")
    page = cli("customer", "show", "Acme Tools", "--json").json
    assert (page["customer"], page["aliases"], page["telephone"]) == ("Acme", ["Acme Tools"], "0777")
    assert {record["customer"] for record in page["records"]} == {"Acme", "Acme Tools"}
    assert "0777" not in cli("customer", "show", "Acme", "--room").out
    assert cli("customer", "merge", "acme", "acme tools", code=1).err
    cli("undo")
    assert len(cli("customer", "list", "--json").json) == 2


def test_a_group_is_one_of_the_playbook_and_follows_its_name(cli: Any, tmp_path: Path) -> None:
    cli("win", "@maria fixed it ^Acme")
    assert "group add" in cli("customer", "edit", "Acme", "--group", "shops", code=1).err
    cli("group", "add", "commuters with one bike")
    cli("customer", "edit", "Acme", "--group", "COMMUTERS")
    cli("group", "edit", "commuters", "--name", "people who ride to work")
    assert cli("customer", "show", "Acme", "--json").json["group"] == "people who ride to work"
    assert cli("customer", "list", "--format", "csv").out.splitlines()[1].split(",")[4] == '"people who ride to work"'
    assert "people who ride to work" in cli("customer", "list", "--format", "md").out
    cli("customer", "edit", "Acme", "--group", "")
    assert cli("customer", "list", "--json").json[0]["group"] == ""
    bought = tmp_path / "list.csv"
    bought.write_text("Customer,Bought,Group\nAcme,2026-11-20,People who RIDE to work\nPell,2026-11-20,Trade\n")
    assert "No group of the playbook is called “Trade”: kept as typed." in cli("customer", "import", bought).err
    groups = {one["customer"]: one["group"] for one in cli("customer", "list", "--json").json}
    assert groups == {"Acme": "people who ride to work", "Pell": "Trade"}


def test_a_forgotten_customer_stands_nowhere_in_the_folder(cli: Any, folder: Path, recent: Path) -> None:
    cli("customer", "import", recent)
    cli("win", "@maria found the shop of Pell and Pell's key ^Pell")
    cli("complaint", 'Pell was waiting ^Pell !"ring Pell" by fri')
    ref = cli("complaint", "list", "--json").json[0]["ref"]
    cli("complaint", "step", ref, "acknowledged", "told Pell")
    cli("customer", "edit", "Pell", "--note", "Pell is shy")
    cli("customer", "forget", "Pell", "--dry-run")
    cli("customer", "forget", "Pell", code=None)
    assert cli("customer", "show", "Pell").out
    cli("customer", "forget", "pell", "--yes")
    left = [path for path in folder.rglob("*") if path.is_file() and b"pell" in path.read_bytes().lower()]
    assert left == []
    assert cli("customer", "show", "Pell", code=1).err
    assert len(cli("history", "is:complaint", "--json").json) == 1
    recent.write_text(RECENT.replace("Pell", "PÉLL").replace("13/11", "14/11"), encoding="utf-8")
    for _ in range(2):
        told = cli("customer", "import", recent)
        assert "1 line of customers who were forgotten: left out" in told.err
        assert "pell" not in told.err.casefold()
    survey = recent.with_name("survey.csv")
    survey.write_text("Date,Score (1-5),Customer\n2026-11-12,5,Pell\n2026-11-13,4,Acme\n", encoding="utf-8")
    cli("survey", "import", survey, "--as", "cards")
    left = [path for path in folder.rglob("*") if path.is_file() and b"pell" in path.read_bytes().lower()]
    assert left == []
    assert "Pell" not in str(cli("call", "list", "--json").json)


def test_where_a_forgotten_name_stands_in_part_is_listed(cli: Any) -> None:
    cli("win", '@maria brought the boxes ^"Plimsoll Ltd"')
    cli("win", "@maria heard that Plimsoll was glad")
    told = cli("customer", "forget", "Plimsoll Ltd", "--dry-run")
    assert "first word of the name is in what was written" in told.err
    assert {line.split()[1] for line in told.lines if "Plimsoll was glad" in line} == {"text", "line"}


def test_nobody_who_was_forgotten_can_be_called_and_several_stay_several(cli: Any, folder: Path, recent: Path) -> None:
    cli("customer", "import", recent)
    for name in ("Pell", "Northgate Nursery"):
        cli("complaint", f'waited an hour, ring 01234 567 ^"{name}"')
        cli("complaint", f'the lock was stiff ^"{name}"', "--settled", "--on", "2026-11-03")
        cli("customer", "forget", name, "--yes")
    told = str(cli("call", "list", "--json").json) + cli("complaint", "list", "--json").out
    assert "Blue Door" in told
    assert "01234 567" not in told
    assert "former" not in str(cli("call", "list", "--json").json)
    assert {one["customer"] for one in cli("complaint", "list", "--json").json} == {
        "a former customer",
        "a former customer (2)",
    }
    assert "01234 567" not in cli("customer", "show", "a former customer (2)").out
    assert "forgotten already" in cli("customer", "forget", "a former customer", "--yes", code=1).err
    cli("win", "@maria found the key ^Pell")
    cli("customer", "forget", "Pell", "--yes")
    assert len(cli("customer", "show", "a former customer", "--json").json["records"]) == 3


def test_a_list_is_taken_once_and_says_what_it_leaves_out(cli: Any, recent: Path) -> None:
    told = cli("customer", "import", recent, "--dry-run")
    assert told.out.startswith("4 purchases would be taken")
    assert cli("call", "list", "--json").json == []
    told = cli("customer", "import", recent)
    assert told.out.startswith("4 purchases taken")
    assert "line 5: there is no customer" in told.err
    assert "line 6" in told.err
    assert "0 purchases taken, 4 known" in cli("customer", "import", recent).out
    listed = {each["customer"]: each for each in cli("call", "list", "--json").json}
    assert listed["Northgate Nursery"]["telephone"] == "01234 567"
    table = list(csv.DictReader(io.StringIO(cli("call", "list", "--format", "csv").out)))
    assert [row["customer"] for row in table] == list(listed)
    assert "Northgate Nursery" in cli("call", "list", "--format", "md").out
    assert listed["Northgate Nursery"]["person"] == "Maria"
    assert listed["Blue Door Café"]["person"] == "Omar"
    assert "Nobody on the team is called Omar: kept as typed" in told.err
    assert "days ago" in cli("call", "list").out
    assert "bought 2 weeks ago" in cli("call", "list", "--on", "2026-12-07").out
    cli("undo")
    assert cli("call", "list", "--json").json == []


def test_telephone_numbers_go_twelve_months_after_the_last_purchase(
    cli: Any, folder: Path, recent: Path, now: datetime
) -> None:
    cli("customer", "import", recent)

    def kept(number: bytes) -> bool:
        return any(number in path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert kept(b"(020) 555-0142")
    assert not kept(b"(020) 555-0199")
    later = recent.with_name("later.csv")
    later.write_text("customer,day\nNew,2027-11-25\n", encoding="utf-8")
    typed, year = now + timedelta(days=300), now + timedelta(days=370)
    cli("customer", "edit", "Pell", "--telephone", "0161 496", at=typed)
    assert "deleted" in cli("customer", "import", later, at=year).err
    assert not kept(b"(020) 555-0142")
    cli("call", "^Acme glad", at=typed + timedelta(days=360))
    assert kept(b"0161 496")
    cli("call", "^Acme glad", at=typed + timedelta(days=370))
    assert not kept(b"0161 496")


@pytest.mark.parametrize(
    ("text", "says"), [("name;phone\nAcme;1\n", "--column day="), ("day,phone\n2026-01-01,1\n", "--column customer=")]
)
def test_a_list_without_a_column_that_is_needed_is_refused(cli: Any, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text)
    told = cli("customer", "import", file, code=1).err
    assert says in told


def test_a_call_is_one_line_and_the_list_shows_it_done(cli: Any, recent: Path) -> None:
    cli("customer", "import", recent)
    told = cli("call", '^"northgate nursery" @maria glad; asks for winter hours >"put hours on the door" by fri')
    assert "reached, glad" in told.out
    listed = {each["customer"]: each for each in cli("call", "list", "--json").json}
    assert listed["Northgate Nursery"]["reached"] == "yes"
    (call,) = cli("history", "is:call winter", "--json").json
    assert (call["why"], call["mood"], call["people"]) == ("bought", "glad", ["maria"])
    cli("call", "^Pell", "--reached", "no")
    cli("call", "skip", "pell", "on", "holiday")
    cli("call", "skip", "Blue Door Café", code=1)
    assert {each["customer"] for each in cli("call", "list", "--json").json} == {"Northgate Nursery", "Blue Door Café"}
    cli("call", '^"Blue Door Café"', "--reached", "declined")
    assert cli("customer", "show", "Blue Door Café", "--json").json["calls"] is False
    assert "had asked not to be called" in cli("call", '^"Blue Door Café" glad after all').err
    assert cli("call", "nobody in particular", code=1).err
    assert cli("history", "is:call", "--json").json[0]["private"] is False


def test_a_call_after_a_complaint_says_whether_the_customer_was_content(cli: Any, now: datetime) -> None:
    cli("complaint", "late ^Pell", "--settled")
    later = now + timedelta(days=14)
    (listed,) = cli("call", "list", "--json", at=later).json
    assert (listed["why"], listed["customer"]) == ("after-complaint", "Pell")
    assert "Asked after complaint" in cli("call", "^pell so-so, but fine", at=later).err
    (complaint,) = cli("complaint", "list", "--all", "--json", at=later).json
    assert (complaint["content"], complaint["next"]) == ("partly", None)
    (done,) = cli("call", "list", "--json", at=later).json
    assert (done["customer"], done["reached"]) == ("Pell", "yes")
    assert cli("call", "list", "--json", at=later + timedelta(days=7)).json == []


def test_what_was_heard_stands_on_the_wall_with_what_became_of_it(cli: Any, tmp_path: Path) -> None:
    cli("hands-on", "60", "phones", 'three callers asked the same >"write it on the door" by fri')
    cli("call", '^Acme glad; asks when we open >"winter hours" by fri')
    cli("said", '^Pell too dark >"a lamp"')
    cli("said", '^Pell secret >"hidden lamp" ~')
    cli("complaint", '^Pell secret >"hidden too"')
    done = {f["text"]: f["ref"] for f in cli("follow-up", "list", "--json").json}
    cli("follow-up", "keep", done["a lamp"])
    cli("follow-up", "drop", done["winter hours"], "--note", "no staff for it")
    wall = cli("call", "heard", "--format", "md").out
    assert wall.index("a lamp") < wall.index("write it on the door") < wall.index("winter hours (no staff for it)")
    assert "three callers asked the same" in wall
    assert "“asks when we open”" in wall
    assert not [word for word in ("secret", "hidden", "Pell", "Acme") if word in wall]
    rows = cli("call", "heard", "--json").json
    assert sorted(row["became"] for row in rows) == ["done", "dropped", "open"]
    cli("call", "heard", "--to", tmp_path / "wall.pdf")
    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")
    assert "1:00 of 1:00 this week" in cli("hands-on", "1", "counter").out.replace("1:01", "1:00")


@pytest.mark.parametrize(
    ("told", "private"),
    [
        (("call", '^Pell unhappy; he was rude >"talk to him"'), True),
        (("call", '^Pell so-so; Tom was rude >"talk to him"'), True),
        (("call", "^Pell @tom cross"), True),
        (("hands-on", 30, "counter", '@karim sent a lady away >"talk to him" by fri'), True),
        (("hands-on", 30, "counter", 'Karim sent a lady away >"talk to him" by fri'), True),
        (("call", '^Pell @tom so-so; asks for winter hours >"winter hours"'), False),
        (("call", '^Pell glad; says @tom is lazy >"talk to him"'), True),
        (("call", '^Pell unhappy; Tom was rude >"talk to him" +'), True),
        (("call", '^Pell @maria glad; Tom was kind >"thank him" +'), False),
        (("hands-on", 30, "counter", '@karim walked her home >"thank him" +'), False),
        (("hands-on", 30, "counter", "@karim"), False),
    ],
)
def test_what_can_blame_somebody_is_private_until_it_is_edited(cli: Any, told: tuple[Any, ...], private: bool) -> None:
    said = cli(*told)
    assert ("could blame somebody" in said.err) is private
    (noted, *born) = cli("history", "--json").json[-1:] + cli("follow-up", "list", "--json").json
    assert "lazy" not in noted["text"] or not noted["people"], "whom its sentence names did not call"
    assert [each["private"] for each in (noted, *born)] == [private] * (1 + len(born))
    assert len(cli("call", "heard", "--json").json) == (0 if private else len(born))
    if private:
        line = cli("show", noted["ref"], "--json").json["line"]
        edited = f"30 counter {line}" if told[0] == "hands-on" else line
        cli("edit", noted["ref"], edited.split(" >")[0])
        assert not any(each["private"] for each in cli("follow-up", "list", "--json").json)
        assert len(cli("call", "heard", "--json").json) == len(born)
        cli("undo")
        assert all(each["private"] for each in cli("follow-up", "list", "--json").json)


def test_a_call_that_turns_out_unhappy_becomes_private_with_its_action(cli: Any) -> None:
    cli("call", '^Pell glad; all is well >"call again"')
    (noted,) = cli("history", "is:call", "--json").json
    cli("edit", noted["ref"], "^Pell glad; all is well way:visit on:mon why:thanks")
    (noted,) = cli("history", "is:call", "--json").json
    assert (noted["at"][:10], "by a visit" in cli("show", noted["ref"]).out) == ("2026-11-23", True)
    assert "private" in cli("edit", noted["ref"], "^Pell unhappy; nobody came").out
    assert cli("follow-up", "list", "--json").json[0]["private"] is True


def test_the_fund_is_summed_by_currency_from_stories_and_offers(cli: Any, tmp_path: Path) -> None:
    cli("fund", "set", "--year", "1200", "--case", "50", "--starts", "april")
    cli("win", "@maria @tom mended it ^Acme fund:42.50")
    cli("win", "@zoe last year ^Acme fund:99", "--on", "2026-03-31")
    cli("complaint", "late ^Pell fund:40 ~", "--owner", "tom")
    ref = cli("complaint", "list", "--json").json[0]["ref"]
    assert "£10.00 of that is over the limit" in cli("complaint", "offer", ref, "refund", "--fund", "20").err
    assert cli("complaint", "offer", ref, "gift", "--fund", "€500", "--not-taken").err == ""
    cli("undo")
    cli("complaint", "offer", ref, "gift", "--fund", "30", "--not-taken")
    cli("complaint", "offer", ref, "gift", "--money", "500")
    for number, (typed, shown) in enumerate((("€5.50", "€5.50"), ("1.000,50 €", "€1,000.50"), ("£ 2", "£2.00")), 5):
        assert f"offer {number}  a gift · {shown} from" in cli("complaint", "offer", ref, "gift", "--fund", typed).out
    for typed in ("£-5", "-5", "ten", "", "0", "0.001", "1e9", "£5€", "9" * 40):
        assert len(cli("complaint", "offer", ref, "gift", "--fund", typed, code=1).err.splitlines()) == 1
    for _ in range(3):
        cli("undo")
    assert "GBP" in cli("fund", "set", "--year", "€5", code=1).err
    cli("win", "@maria roses ^Acme fund:€12.50")
    (rose,) = cli("history", "roses", "--json").json
    cli("edit", rose["ref"], "+ @maria red roses ^Acme fund:€12.50")
    euros = cli("fund", "show", "--json").json[1]
    assert (euros["currency"], euros["spent"], euros["amount"]) == ("EUR", 1250, None)
    cli("settings", "set", "currency", "JPY")
    cli("win", "@maria a fan ^Acme fund:300")
    pounds, _, yen = cli("fund", "show", "--json").json
    assert (pounds["currency"], pounds["spent"], pounds["times"], pounds["over"]) == ("GBP", 10250, 3, 1)
    assert pounds["amount"] == 120000
    assert (pounds["used_by"], pounds["never_by"]) == (["maria", "tom"], ["karim", "zoe"])
    cli("team", "edit", "@karim", "--meets-no-customers")
    assert cli("fund", "show", "--json").json[0]["never_by"] == ["zoe"], "who meets none can't use it"
    cli("team", "edit", "@karim", "--meets-customers")
    assert (yen["currency"], yen["spent"], yen["amount"]) == ("JPY", 300, None)
    assert sum(round(float(e["amount"]) * 100) for e in pounds["entries"]) == pounds["spent"]
    assert "£102.50 of £1,200.00 spent" in cli("fund", "show").out
    assert "€12.50 spent · 1 time\n" in cli("fund", "show").out, "who used it is said of the fund's own currency"
    room = cli("fund", "show", "--room").out
    assert "£42.50" in room and "1 time\n" in room and "£42.50  " in room, (
        "what was kept back would be told by the sums"
    )
    assert not [word for word in ("Karim", "Pell", "Maria", "late") if word in room]
    cli("fund", "show", "--to", tmp_path / "fund.pdf")
    cli("fund", "show", "--to", tmp_path / "fund.csv")
    assert cli("fund", "show", "--year", "2025", "--json").json[0]["spent"] == 9900


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("complaint-days", "answer = 10", "acknowledge=1, answer=10, word=5, ask=14"),
        ("workdays", "mon-wed sat", "Mon Tue Wed Sat"),
        ("holidays", "25 dec, 1/1, 3 apr 2026, 25 dec", "1 Jan, 25 Dec, 3 Apr 2026"),
        ("holidays", "none", ""),
        ("holidays", "2026-12-25 2026-12-26 01-01 2027-01-02", "1 Jan, 25 Dec 2026, 26 Dec 2026, 2 Jan 2027"),
        ("fund-case", "50.50", "50.50"),
        ("hands-on", "90", "90"),
    ],
)
def test_settings_are_read_and_shown_as_they_are_typed(cli: Any, name: str, value: str, shown: str) -> None:
    assert f"\n{name} " in cli("settings", "show").out
    assert cli("settings", "set", name, value).out.split(None, 1)[1:] == ([shown + "\n"] if shown else [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("complaint-days", value) for value in ("answer=0", "close=3", "answer=x", "answer=400")),
        *(("workdays", value) for value in ("none", "x", "")),
        *(("holidays", value) for value in ("xmas", "30 feb", "tomorrow", "32/1")),
        *(("fund", value) for value in ("much", "1e9")),
        ("calls", "400"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_one_line(cli: Any, name: str, value: str) -> None:
    assert len(cli("settings", "set", name, value, code=1).err.splitlines()) == 1
