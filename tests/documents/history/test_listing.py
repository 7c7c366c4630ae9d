from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

from meetingtool.documents.formats import markdown
from meetingtool.documents.history.listing import as_csv, as_csv_file, as_json, listing
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.kinds.kind import ROW_KEYS
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 28)


def base(record_id: str, month: int = 11, day: int = 24) -> dict[str, Any]:
    at = datetime(2026, month, day, 9, 3, tzinfo=UTC)
    return {"id": record_id.rjust(8, "0"), "at": at, "made_at": at, "made_by": "pat"}


MARIA = Person(**base("MARIA"), handle="maria", name="María López")
OWN = Standard(**base("OWN"), tag="own-it", title="", behaviour="", anchors=("",) * 5)
ROSTER = Roster([MARIA], [OWN], TODAY)
RECORDS = [
    Story(
        **base("W1"),
        kind="win",
        text='=cmd() said "thanks"\n| and more',
        line="",
        people=(MARIA.id, "somebody gone"),
        standards=(OWN.id,),
        customer="Blue Door Café",
        meeting="m",
        starred=True,
    ),
    FollowUp(
        **base("F1", 10, 5),
        kind="promise",
        text="refund",
        people=(MARIA.id,),
        due=date(2026, 10, 9),
        state="kept",
        decided_at=datetime(2026, 10, 8, tzinfo=UTC),
        story="000000W1",
        private=True,
    ),
]


def test_json_rows_have_stable_keys_and_what_was_typed() -> None:
    found = json.loads(as_json(RECORDS, ROSTER))
    assert [tuple(row) for row in found] == [ROW_KEYS, ROW_KEYS]
    assert found[0]["text"] == '=cmd() said "thanks"\n| and more'
    assert found[0]["people"] == ["maria", ""]
    assert found[0]["due"] is None
    assert found[1] == dict.fromkeys(ROW_KEYS) | {
        "ref": "0000F1",
        "id": "000000F1",
        "kind": "promise",
        "date": "2026-10-05",
        "text": "refund",
        "people": ["maria"],
        "standards": [],
        "customer": "",
        "private": True,
        "state": "kept",
        "due": "2026-10-09",
        "decided": "2026-10-08",
        "story": "000000W1",
        "note": "",
    }


def test_the_csv_has_a_row_a_record_and_no_formula() -> None:
    heads, first, second = csv.reader(io.StringIO(as_csv(RECORDS, ROSTER), newline=""))
    assert tuple(heads) == ROW_KEYS
    row = dict(zip(heads, first, strict=True))
    assert row["text"] == '\'=cmd() said "thanks"\n| and more'
    assert (row["people"].strip(), row["standards"], row["starred"], row["due"]) == ("maria", "own-it", "yes", "")
    assert dict(zip(heads, second, strict=True))["due"] == "2026-10-09"
    assert as_csv_file(RECORDS, ROSTER).decode("utf-8-sig") == as_csv(RECORDS, ROSTER)


def test_the_page_goes_by_month() -> None:
    assert markdown.render(listing(RECORDS, ROSTER, TODAY, title="History", query="@maria")) == (
        "# History\n\n@maria · 2 entries\n\n"
        "## November 2026\n\n"
        '- Tue 24 Nov · win · **María and someone who has left:** =cmd() said "thanks" \\| and more'
        " · #own-it · Blue Door Café\n\n"
        "## October 2026\n\n"
        "- Mon 5 Oct · **Promise:** refund · María · by Fri 9 Oct · kept · private\n"
    )


def test_a_page_without_entries_says_so() -> None:
    assert markdown.render(listing([], ROSTER, TODAY, title="History")) == (
        "# History\n\n0 entries\n\nNothing was found.\n"
    )
