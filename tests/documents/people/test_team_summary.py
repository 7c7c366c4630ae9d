"""The team on one page: what an HR office reads first, and who may."""

from __future__ import annotations

import copy
import re
from datetime import date
from typing import Any

from meetingtool.documents.people.team_summary import summary_data, team_summary

DAY = date(2026, 11, 29)


def team(content: dict[str, Any], names: list[str]) -> list[dict[str, Any]]:
    found = []
    for number, name in enumerate(names):
        one = copy.deepcopy(content)
        one["person"] |= {"name": name, "handle": f"p{number}", "number": f"{number:04}"}
        found.append(one)
    return found


def test_a_row_a_person_by_name_with_what_is_known_and_how_far_it_is(content: dict[str, Any]) -> None:
    people = team(content, ["Zoë Ek", "ann Moore", "Émile Ro"])
    people[0] |= {"changed": True}
    people[1]["score"] |= {"shown": None, "computed": None, "value": None, "band": ""}
    data = summary_data(people, DAY)
    assert [row["name"] for row in data["rows"]] == ["ann Moore", "Émile Ro", "Zoë Ek"]
    nothing, whole, changed = data["rows"]
    assert (nothing["shown"], nothing["share"], nothing["band"]) == ("–", None, "not enough evidence")
    assert (whole["shown"], whole["identity"]) == (str(content["score"]["shown"]), "0002")
    assert len(whole["values"]) == len(data["parts"])
    assert (changed["shown"], changed["band"], set(changed["values"])) == ("–", "changed since", {"–"})
    assert data["readers"] == "For the manager and the HR office"
    assert data["bands"] == f"{content['score']['band']} 1 · without a score 2"


def test_thirty_people_with_long_names_stand_on_one_page_and_a_hundred_on_more(content: dict[str, Any]) -> None:
    names = [f"Maximiliane-Charlotte von und zu Hohenlohe {number} #panic()" for number in range(100)]
    assert pages(team_summary(team(content, names[:30]))) == 1
    assert pages(team_summary(team(content, names[:48]))) == 1
    assert pages(team_summary(team(content, names), paper="letter")) > 1


def pages(pdf: bytes) -> int:
    (count,) = re.findall(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf) or re.findall(rb"/Count\s+(\d+)", pdf)
    return int(count)
