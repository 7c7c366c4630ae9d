"""Evaluations as a workbook: one sheet for the team, one row a person, and a sheet for every person.

Numbers and dates are real ones. Every text is written as text, so that none can become a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from meetingtool.documents.formats.tables import Cell
from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people.evaluation import day_of
from meetingtool.documents.people.evaluation_rows import typed
from meetingtool.rules.wording import TOLD_PARTS, listed, one_line, shortened

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Content = Mapping[str, Any]

TEAM_SHEET = "Team"
NAME_MOST = 31
"""The longest name of a sheet, and text of a cell, in Excel, counted in UTF-16 ("Excel specifications")."""
TEXT_MOST = 32_767

_UNFIT = re.compile("[][:*?/\\\\\ufffe\uffff]")
"""What a sheet's name can't have; the last two are in no XML at all."""
_FIRST_DATE = date(1900, 3, 1)
"""Before it, Excel counts days differently, since it treats 1900 as a leap year."""

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "text_wrap": True, "quote_prefix": True},
    "plain": {"valign": "top", "quote_prefix": True},
    "whole": {"valign": "top", "num_format": "0"},
    "number": {"valign": "top", "num_format": "0.0"},
    "points": {"valign": "top", "num_format": "+0.0;-0.0;0"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
    "head": {"bold": True, "bottom": 1, "valign": "bottom", "text_wrap": True, "quote_prefix": True},
    "head of numbers": {"bold": True, "bottom": 1, "valign": "bottom", "text_wrap": True, "align": "right"},
    "fact": {"valign": "top", "num_format": "0", "align": "left", "indent": 1},
    "title": {"bold": True, "font_size": 18, "quote_prefix": True},
    "section": {"bold": True, "font_size": 13, "font_color": "#1F5A66", "quote_prefix": True},
    "grey": {"font_color": "#56666D", "valign": "top", "quote_prefix": True},
    "strong": {"bold": True, "valign": "top", "num_format": "0", "quote_prefix": True},
}
_INDENTED = " beside others"
"""Added to the names of the looks of text that stands to the right of other cells, and not against their numbers."""
_FORMATS |= {
    name + _INDENTED: _FORMATS[name] | {"align": "left", "indent": 1} for name in ("text", "plain", "head", "strong")
}


def xlsx(contents: Sequence[Content], digests: Sequence[str] = (), *, removed: Collection[str] = ()) -> bytes:
    """The workbook of one or many evaluations.

    digests: one for each of `contents`, empty for what is not final. removed: ids of records put in the bin since.
    """
    from xlsxwriter import Workbook

    file = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {**plain, "in_memory": True, "remove_timezone": True})
    marked = [*digests, *[""] * (len(contents) - len(digests))]
    team = sorted({one_line(content["team"]) for content in contents})
    made = max((date.fromisoformat(content["made_on"]) for content in contents), default=date(2000, 1, 1))
    properties = {"title": f"{said.TITLE}s", "author": _UNFIT.sub(" ", listed(team))[:255]}
    book.set_properties({**properties, "created": datetime(made.year, made.month, made.day, 12)})
    formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
    names = sheet_names([content["person"]["name"] for content in contents])
    _team_sheet(book, formats, contents, marked)
    for content, name in zip(contents, names, strict=True):
        _PersonSheet(book.add_worksheet(name), formats, content, removed).fill()
    book.close()
    return file.getvalue()


def sheet_names(names: Sequence[str]) -> list[str]:
    """A name for the sheet of each person: one that Excel accepts, unique, and not that of the team's sheet."""
    taken = {TEAM_SHEET.casefold(), "history"}
    found = []
    for name in names:
        stem = " ".join(_UNFIT.sub(" ", one_line(name)).split()).strip("' ") or "Person"
        fresh, number = _cut(stem, NAME_MOST).strip("' "), 2
        while fresh.casefold() in taken:
            ending = f" ({number})"
            fresh, number = _cut(stem, NAME_MOST - len(ending)).rstrip("' ") + ending, number + 1
        taken.add(fresh.casefold())
        found.append(fresh)
    return found


def _cut(text: str, most: int) -> str:
    """The beginning of `text`, at most `most` units of UTF-16."""
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def cell_text(text: str) -> str:
    """A text as a cell can hold it. One that is too long ends by saying so; the JSON file has it whole."""
    whole = typed(text)
    if len(whole) * 2 <= TEXT_MOST or len(whole.encode("utf-16-le", "replace")) // 2 <= TEXT_MOST:
        return whole
    note = " … (too long for a cell; the JSON file has all of it)"
    return _cut(whole, TEXT_MOST - len(note)) + note


def _put(sheet: Worksheet, formats: Mapping[str, Format], row: int, column: int, cell: Cell, look: str = "") -> None:
    """Write one cell as what it is; look: the name of a format, else the usual one for its type."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        look = look or "plain"
        beside = look + _INDENTED if column else look
        sheet.write_string(row, column, cell_text(cell), formats[beside if beside in formats else look])
    elif isinstance(cell, date):
        if cell >= _FIRST_DATE:
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["date"])
        else:
            sheet.write_string(row, column, cell.isoformat(), formats["plain"])
    else:
        sheet.write_number(row, column, cell, formats[look or ("whole" if isinstance(cell, int) else "number")])


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def team_columns(contents: Sequence[Content]) -> list[str]:
    """The heads of the team's sheet: the same for everyone, then one for each standard."""
    tags = dict.fromkeys(one_line(line["tag"]) for content in contents for line in content["score"]["standards"])
    labels = dict.fromkeys(one_line(part["label"]) for content in contents for part in content["score"]["parts"])
    return [*_TEAM_COLUMNS, *labels, *(f"#{tag}" for tag in tags), *_TEAM_COLUMNS_AFTER]


_TEAM_COLUMNS = (
    *("Name", "Handle", "Number", "Role", "Period", "Since", "Until", "State", "Edition", "Made on"),
    *("Score", "Computed", "Adjustment", "Reason", "Band", "Coverage", "Missing"),
)
_TEAM_COLUMNS_AFTER = (
    *("Ratings", "Stories", "Promises kept", "Promises kept late", "Promises missed", "Year before", "Score before"),
    *("Shared on", "Acknowledged on", "Agrees", "Final on", "Digest", "Answer", "Rule version", "Person id"),
)


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
        "Since": _day(period["since"]),
        "Until": _day(period["until"]),
        "State": content["state"] + (", changed since" if content.get("changed") else ""),
        "Edition": content["edition"],
        "Made on": _day(content["made_on"]),
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
        "Acknowledged on": _day(answer["acknowledged_on"]),
        "Agrees": {True: "yes", False: "no", None: None}[answer["agrees"]],
        "Shared on": _day(answer["shared_on"]),
        "Final on": _day(content["made_on"]) if content["state"] == "final" else None,
        "Digest": digest,
        "Answer": said.view_of(answer),
        "Rule version": content["rule"].get("version", 1),
        "Person id": content["person"]["id"],
    }


def _team_sheet(
    book: Workbook, formats: Mapping[str, Format], contents: Sequence[Content], digests: Sequence[str]
) -> None:
    sheet = book.add_worksheet(TEAM_SHEET)
    heads = team_columns(contents)
    rows = [team_row(content, digest) for content, digest in zip(contents, digests, strict=True)]
    for column, head in enumerate(heads):
        numbers = any(isinstance(cells.get(head), (int, float)) for cells in rows)
        _put(sheet, formats, 0, column, head, "head of numbers" if numbers else "head")
        sheet.set_column(column, column, _WIDE.get(head, OTHERS_WIDE))
    sheet.set_row(0, LINE_TALL * max(_lines_in(head, _WIDE.get(head, OTHERS_WIDE)) for head in heads))
    for row, cells in enumerate(rows, 1):
        tall = 1
        for column, head in enumerate(heads):
            cell = cells.get(head)
            look = {"Adjustment": "points", "Score": "strong"}.get(head, "")
            if isinstance(cell, str):
                look = "text"
                tall = max(tall, _lines_in(cell, _WIDE.get(head, OTHERS_WIDE)))
            _put(sheet, formats, row, column, cell, look)
        sheet.set_row(row, min(LINE_TALL * tall, TALLEST))
    sheet.freeze_panes(1, 1)
    if contents:
        sheet.autofilter(0, 0, len(contents), len(heads) - 1)
        score = heads.index("Score")
        sheet.conditional_format(1, score, len(contents), score, _BAR)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_print_scale(60)


_WIDE = {
    "Name": 26,
    "Role": 20,
    "Reason": 30,
    "Missing": 30,
    "Coverage": 19,
    "Digest": 66,
    "Answer": 18,
    "Person id": 34,
}
"""Letters that fit into the columns of the team's sheet that are wider than `OTHERS_WIDE`."""

_BAR = {"type": "data_bar", "bar_color": "#86B3A1", "bar_solid": True}
_BAR |= {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}


def _page(sheet: Worksheet, content: Content) -> None:
    """A sheet as wide as a page, each of which says whose it is."""
    whose = " · ".join((shortened(content["person"]["name"], 80), said.identity(content), content["period"]["label"]))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_UNFIT.sub(' ', one_line(whose)).replace('&', '&&')[:200]}&RPage &P of &N")


FIRST_WIDE, OTHERS_WIDE = 60, 13
"""Letters that fit into the first column, and into each of the others."""
LINE_TALL, TALLEST = 15, 405
"""Points of a line, and the most that a row may have."""


def _lines_in(text: str, wide: int) -> int:
    """How many lines a text takes in a column of so many letters. Chinese and the like count as two."""
    from textwrap import wrap
    from unicodedata import east_asian_width

    if not text.isascii():
        text = "".join(letter * 2 if east_asian_width(letter) in "WF" else letter for letter in text)
    return sum(max(1, len(wrap(line, wide - 1))) for line in text.split("\n"))


class _PersonSheet:
    """One person's evaluation, from top to bottom, long texts in the first column."""

    def __init__(
        self, sheet: Worksheet, formats: Mapping[str, Format], content: Content, removed: Collection[str]
    ) -> None:
        self.sheet = sheet
        self.formats = formats
        self.content = content
        self.removed = removed
        self.stories: dict[str, Content] = {story["id"]: story for story in content["stories"]}
        self.row = 0

    def fill(self) -> None:
        """Write the whole sheet."""
        self.sheet.set_column(0, 0, FIRST_WIDE)
        self.sheet.set_column(1, 12, OTHERS_WIDE)
        _page(self.sheet, self.content)
        self._head()
        self._score()
        self._standards()
        self._words()
        self._told()
        self._lines(said.QUOTES, self._quotes())
        self._lines(said.THANKS, self._thanks())
        self._promises()
        self._before()
        self._lines(said.GAPS, self.content["gaps"])
        self._ratings()
        self._answer()
        self._lines(said.COURSE, said.course_lines(self.content, day_of))
        self._lines(said.CHECKS, [*said.checks_of(self.content), said.nevertheless(self.content)])
        self._lines(said.LEFT_OUT, self.content.get("left_out", ()))
        self._anchors()

    def _line(self, cells: Sequence[Cell], *looks: str) -> None:
        """A row as tall as its longest text needs; the last cell may run on to the right, over empty cells."""
        tall = 1
        for column, cell in enumerate(cells):
            look = looks[column] if column < len(looks) else ""
            if not look and isinstance(cell, str) and (column == 0 or column < len(cells) - 1):
                look = "text"
            if look in ("text", "head", "head of numbers") and isinstance(cell, str):
                tall = max(tall, _lines_in(cell, FIRST_WIDE if column == 0 else OTHERS_WIDE))
            _put(self.sheet, self.formats, self.row, column, cell, look)
        if tall > 1:
            self.sheet.set_row(self.row, min(LINE_TALL * tall, TALLEST))
        self.row += 1

    def _section(self, title: str, *heads: str, numbers: Collection[str] = ()) -> None:
        """numbers: the heads of columns of numbers, which stand to the right as these do."""
        self.row += 1
        self._line([title], "section")
        if heads:
            self._line(heads, *("head of numbers" if head in numbers else "head" for head in heads))

    def _lines(self, title: str, lines: Sequence[str]) -> None:
        if any(lines):
            self._section(title)
            for line in lines:
                if line:
                    self._line([line])

    def _head(self) -> None:
        person, period = self.content["person"], self.content["period"]
        if self.content.get("stamp"):
            self._line([self.content["stamp"]], "strong")
        self._line([person["name"]], "title")
        self._line([f"{said.title_of(self.content)} {period['label']}"], "section")
        facts: list[tuple[str, Cell]] = [
            ("Team", self.content["team"]),
            ("Role", person["role"]),
            ("Number", person["number"]),
            ("Since", _day(period["since"])),
            ("Until", _day(period["until"])),
            ("On the team since", _day(person["started"])),
            ("Left", _day(person["left"])),
            ("State", self.content["state"]),
            ("Edition", self.content["edition"]),
            ("Made on", _day(self.content["made_on"])),
            ("Copy", said.copy_of(self.content)),
        ]
        for name, value in facts:
            if value not in (None, ""):
                self._line([name, value], "grey", "fact" if isinstance(value, int) else "")

    def _score(self) -> None:
        score = self.content["score"]
        numbers = ("Value", "Weight", "Adds")
        self._section(said.SCORE, "Part", *numbers, "Rests on", numbers=numbers)
        first = self.row
        for part in said.printed_parts(score):
            basis = part["basis"]
            if part["absent_because"]:
                basis = f"absent: {part['absent_because']}" + (f" ({basis})" if basis else "")
            adds = None if part["absent_because"] else part["adds"]
            self._line([part["label"], part["value"], part["weight"] or None, adds, basis])
        self.sheet.conditional_format(first, 1, self.row - 1, 1, _BAR)
        if score["value"] is None:
            self._line(["Score", None, None, None, "not enough evidence"], "strong")
            for need in score["missing"]:
                self._line([f"Needed: {need}"], "text")
            return
        self._line(["Sum", None, score["weights"], score["value"], score["coverage"]])
        if moved := score["adjustment"]["points"]:
            self._line(
                ["Adjusted by the manager", None, None, moved, score["adjustment"]["reason"]], "", "", "", "points"
            )
            self._line(["Score without the adjustment", None, None, score["computed"]])
        self._line(["Score", None, None, score["shown"], score["band"]], "strong", "", "", "strong")

    def _standards(self) -> None:
        labels = [quarter["label"] for quarter in self.content["period"]["quarters"]]
        before = self.content["before"]
        last = before["standards"] if before else {}
        numbers = ["Weight", "Value", before["label"] if before else "Year before", *labels]
        self._section(said.STANDARDS, "Standard", "Tag", *numbers, numbers=numbers)
        for line in self.content["score"]["standards"]:
            means = [quarter["mean"] for quarter in line["quarters"]]
            tag = f"#{line['tag']}"
            self._line([line["title"], tag, line["weight"], line["value"], last.get(line["tag"]), *means])

    def _words(self) -> None:
        words = self.content["words"]
        before = self.content.get("goals_before")
        if before:
            self._lines(said.GOALS_BEFORE, [before["goals"], before["became"]])
        for key, title in said.WRITTEN:
            self._lines(title, [words.get(key, "")])

    def _told(self) -> None:
        chosen = {story: group["standard"] for group in self.content["best"] for story in group["stories"]}
        heads = {standard["id"]: f"#{standard['tag']}" for standard in self.content["standards"]}
        self._section(
            said.STORIES, "Story", "Day", "Kind", "Standards", "Customer", "With", "Chosen for", "Marks", "Ref"
        )
        for story in self.content["stories"]:
            others = [name for name in story["people"] if name != self.content["person"]["name"]]
            marks = [*said.story_marks(story, self.removed), *(["removed"] if story["removed"] else [])]
            told = [f"{label}: {story[key]}" for key, label in TOLD_PARTS if story.get(key)]
            tags = " ".join(f"#{tag}" for tag in story["standards"])
            under = heads.get(chosen[story["id"]], "no standard") if story["id"] in chosen else ""
            kind = said.STORY_WORDS.get(story["kind"], said.STORY_WORDS["sticky"])
            words = said.brief(day_of(story["day"])) if story.get("brief") else "\n".join([story["text"], *told])
            text = said.GONE if story["removed"] else words
            cells = [text, _day(story["day"]), kind, tags]
            self._line([*cells, story["customer"], listed(others), under, ", ".join(marks), story["ref"]])

    def _quotes(self) -> list[str]:
        """What customers said, with the day and who said it."""
        return [
            " · ".join(filter(None, (quote["text"], quote["customer"], day_of(quote["day"]))))
            for quote in self.content.get("quotes", ())
        ]

    def _thanks(self) -> list[str]:
        """Each time the person was thanked, with the day and what came with it."""
        return [
            f"{one['text']} · {said.thanked_words(one, day_of(one['day']))}" for one in said.thanks_in(self.content)
        ]

    def _promises(self) -> None:
        if not self.content["promises"]:
            return
        self._section(
            said.PROMISES, "Promise", "Made", "Due", "Settled", "Customer", "State", "Counts as", "Why", "Ref"
        )
        for promise in self.content["promises"]:
            days = [_day(promise["made_on"]), _day(promise["due"])]
            days.append(_day(promise.get("kept_on") or promise["settled_on"]))
            ends = [
                promise["customer"],
                promise["state"],
                promise["counts"],
                ", ".join(said.promise_notes(promise, self.removed)),
            ]
            self._line([promise["text"], *days, *ends, promise["ref"]])

    def _before(self) -> None:
        before, score = self.content["before"], self.content["score"]
        if before is None:
            return
        numbers = (self.content["period"]["label"], before["label"])
        self._section(f"Compared with {before['label']}", "Part", *numbers, numbers=numbers)
        self._line(["Score", score["shown"], before["shown"]])
        for part, now, then in said.beside(self.content):
            self._line([part["label"], now, then])
        self._line([f"{before['label']}: {before['source']}"], "grey")
        if alike := said.like_with_like(self.content):
            self._line([alike])

    def _ratings(self) -> None:
        if not self.content["ratings"]:
            return
        self._section(
            said.RATINGS, "Note", "Day", "Standard", "Rating", "Stories", "Entered", "Ref", numbers=("Rating",)
        )
        for rating in self.content["ratings"]:
            value = said.NOT_SEEN if rating["value"] is None else rating["value"]
            cells = [rating["note"], _day(rating["day"]), f"#{rating['tag']}", value]
            entered = _day(rating.get("entered"))
            self._line([*cells, said.cited(rating, self.stories), entered, rating["ref"]])

    def _answer(self) -> None:
        answer = self.content["answer"]
        if answer["acknowledged_on"] is None and not answer["comment"]:
            return
        self._section(said.ANSWER)
        if answer["acknowledged_on"]:
            self._line(["Acknowledged", _day(answer["acknowledged_on"]), said.SAYS[answer["agrees"]]])
        self._line([answer["comment"]])

    def _anchors(self) -> None:
        if not self.content["standards"]:
            return
        self._section(said.ANCHORS, "Standard", "1", "2", "3", "4", "5")
        for standard in self.content["standards"]:
            lines = [f"{standard['title']} #{standard['tag']}", standard["behaviour"]]
            self._line(["\n".join(lines), *standard["anchors"]], *["text"] * 6)
