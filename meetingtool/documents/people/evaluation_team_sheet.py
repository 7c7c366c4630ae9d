"""The team's sheet in a workbook of evaluations: one row a person, real numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from meetingtool.documents.formats.tables import Cell
from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people.evaluation_cells import BAR, LINE_TALL, OTHERS_WIDE, TALLEST, day_in, lines_in, put
from meetingtool.rules.wording import one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Content = Mapping[str, Any]

TEAM_SHEET = "Team"

_TEAM_COLUMNS = (
    *("Name", "Handle", "Number", "Role", "Period", "Since", "Until", "State", "Edition", "Made on"),
    *("Score", "Computed", "Adjustment", "Reason", "Band", "Coverage", "Missing"),
)
_TEAM_COLUMNS_AFTER = (
    *("Ratings", "Stories", "Promises kept", "Promises kept late", "Promises missed", "Year before", "Score before"),
    *("Shared on", "Acknowledged on", "Agrees", "Final on", "Digest", "Answer", "Rule version", "Person id"),
)
_WIDE = {
    "Name": 26,
    "Role": 20,
    "Reason": 30,
    "Missing": 90,
    "Coverage": 19,
    "Digest": 66,
    "Answer": 18,
    "Person id": 34,
}
"""How many letters fit into the columns of the team's sheet that are wider than `OTHERS_WIDE`."""


def team_columns(contents: Sequence[Content]) -> list[str]:
    """The heads of the team's sheet: the same for everyone, then one for each standard."""
    tags = dict.fromkeys(one_line(line["tag"]) for content in contents for line in content["score"]["standards"])
    labels = dict.fromkeys(one_line(part["label"]) for content in contents for part in content["score"]["parts"])
    return [*_TEAM_COLUMNS, *labels, *(f"#{tag}" for tag in tags), *_TEAM_COLUMNS_AFTER]


def team_row(content: Content, digest: str) -> dict[str, Cell]:
    """One person's cells by the heads of their columns."""
    person, period, score, answer = content["person"], content["period"], content["score"], content["answer"]
    counts = [promise["counts"] for promise in content["promises"]]
    before = content["before"]
    parts = {one_line(part["label"]): part for part in score["parts"]}
    return {
        "Name": person["name"],
        "Handle": person["handle"],
        "Number": person["number"],
        "Role": person["role"],
        "Period": period["label"],
        "Since": day_in(period["since"]),
        "Until": day_in(period["until"]),
        "State": content["state"] + (", changed since" if content.get("changed") else ""),
        "Edition": content["edition"],
        "Made on": day_in(content["made_on"]),
        "Score": None if content.get("changed") else score["shown"],
        "Computed": None if content.get("changed") else score["computed"],
        "Adjustment": score["adjustment"]["points"] or None,
        "Reason": score["adjustment"]["reason"],
        "Band": score["band"],
        "Coverage": score["coverage"],
        "Missing": "; ".join(score["missing"]),
        **{label: p["adds" if p["key"] == "recognition" else "value"] for label, p in parts.items()},
        **{f"#{one_line(line['tag'])}": line["value"] for line in score["standards"]},
        "Ratings": sum(rating["value"] is not None for rating in content["ratings"]),
        "Stories": len(content["stories"]),
        "Promises kept": counts.count("kept"),
        "Promises kept late": counts.count("late"),
        "Promises missed": counts.count("missed"),
        "Year before": before["label"] if before else None,
        "Score before": before["shown"] if before else None,
        "Acknowledged on": day_in(answer["acknowledged_on"]),
        "Agrees": {True: "yes", False: "no", None: None}[answer["agrees"]],
        "Shared on": day_in(answer["shared_on"]),
        "Final on": day_in(content["made_on"]) if content["state"] == "final" else None,
        "Digest": digest,
        "Answer": said.view_of(answer),
        "Rule version": content["rule"].get("version", 1),
        "Person id": content["person"]["id"],
    }


def add_team_sheet(
    book: Workbook, formats: Mapping[str, Format], contents: Sequence[Content], digests: Sequence[str]
) -> None:
    """Add the sheet to a workbook. digests: one for each of `contents`, empty for what is not final."""
    sheet = book.add_worksheet(TEAM_SHEET)
    heads = team_columns(contents)
    rows = [team_row(content, digest) for content, digest in zip(contents, digests, strict=True)]
    for column, head in enumerate(heads):
        numbers = any(isinstance(cells.get(head), (int, float)) for cells in rows)
        put(sheet, formats, 0, column, head, "head of numbers" if numbers else "head")
        sheet.set_column(column, column, _WIDE.get(head, OTHERS_WIDE))
    sheet.set_row(0, LINE_TALL * max(lines_in(head, _WIDE.get(head, OTHERS_WIDE)) for head in heads))
    for row, cells in enumerate(rows, 1):
        tall = 1
        for column, head in enumerate(heads):
            cell = cells.get(head)
            look = {"Adjustment": "points", "Score": "strong"}.get(head, "")
            if isinstance(cell, str):
                look = "text"
                tall = max(tall, lines_in(cell, _WIDE.get(head, OTHERS_WIDE)))
            put(sheet, formats, row, column, cell, look)
        sheet.set_row(row, min(LINE_TALL * tall, TALLEST))
    sheet.freeze_panes(1, 1)
    if contents:
        sheet.autofilter(0, 0, len(contents), len(heads) - 1)
        score = heads.index("Score")
        sheet.conditional_format(1, score, len(contents), score, BAR)
    _page(sheet, heads, len(contents))


_LAST_PRINTED = "Final on"
"""Columns after this one, such as the digest, are for programs."""
PAGE_WIDE = 175
"""How many letters fit across a printed page, small but readable."""


def _page(sheet: Worksheet, heads: Sequence[str], people: int) -> None:
    """Print on as few pages across as stay readable, each with the names and the heads of its columns."""
    last = heads.index(_LAST_PRINTED)
    name, *others = (_WIDE.get(head, OTHERS_WIDE) for head in heads[: last + 1])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.print_across()
    sheet.print_area(0, 0, people, last)
    sheet.fit_to_pages(ceil(sum(others) / (PAGE_WIDE - name)), 0)
