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
from meetingtool.documents.people import year_before
from meetingtool.documents.people.evaluation import day_of
from meetingtool.documents.people.evaluation_cells import (
    BAR,
    FIRST_WIDE,
    FORMATS,
    LINE_TALL,
    OTHERS_WIDE,
    TALLEST,
    cut_at,
    day_in,
    lines_in,
    put,
)
from meetingtool.documents.people.evaluation_team_sheet import TEAM_SHEET, add_team_sheet
from meetingtool.rules.wording import TOLD_PARTS, listed, one_line, shortened

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Content = Mapping[str, Any]

NAME_MOST = 31
"""The longest name of a sheet in Excel, counted in UTF-16 ("Excel specifications")."""

_UNFIT = re.compile("[][:*?/\\\\\ufffe\uffff]")
"""What a sheet's name can't have; the last two aren't allowed in XML at all."""


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
    formats = {name: book.add_format(look) for name, look in FORMATS.items()}
    names = sheet_names([content["person"]["name"] for content in contents])
    add_team_sheet(book, formats, contents, marked)
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
        fresh, number = cut_at(stem, NAME_MOST).strip("' "), 2
        while fresh.casefold() in taken:
            ending = f" ({number})"
            fresh, number = cut_at(stem, NAME_MOST - len(ending)).rstrip("' ") + ending, number + 1
        taken.add(fresh.casefold())
        found.append(fresh)
    return found


def _page(sheet: Worksheet, content: Content) -> None:
    """Print a sheet as wide as a page, with whose it is on every page."""
    whose = " · ".join((shortened(content["person"]["name"], 80), said.identity(content), content["period"]["label"]))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_UNFIT.sub(' ', one_line(whose)).replace('&', '&&')[:200]}&RPage &P of &N")


class _PersonSheet:
    """One person's evaluation, from top to bottom, long texts in the first column."""

    def __init__(
        self, sheet: Worksheet, formats: Mapping[str, Format], content: Content, removed: Collection[str]
    ) -> None:
        self.sheet = sheet
        self.formats = formats
        self.content = content = said.as_result(content)
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
        self._lines(said.HOW_MADE, said.how_made(self.content))
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
        self._lines(said.CHECKS, [*said.checks_of(self.content), *said.nevertheless(self.content)])
        self._lines(said.LEFT_OUT, self.content.get("left_out", ()))
        self._anchors()

    def _line(self, cells: Sequence[Cell], *looks: str) -> None:
        """Write a row as tall as its longest text needs; the last cell may run on to the right, over empty cells."""
        tall = 1
        for column, cell in enumerate(cells):
            look = looks[column] if column < len(looks) else ""
            if not look and isinstance(cell, str) and (column == 0 or column < len(cells) - 1):
                look = "text"
            if look in ("text", "head", "head of numbers") and isinstance(cell, str):
                tall = max(tall, lines_in(cell, FIRST_WIDE if column == 0 else OTHERS_WIDE))
            put(self.sheet, self.formats, self.row, column, cell, look)
        if tall > 1:
            self.sheet.set_row(self.row, min(LINE_TALL * tall, TALLEST))
        self.row += 1

    def _section(self, title: str, *heads: str, numbers: Collection[str] = ()) -> None:
        """numbers: the heads of columns of numbers, which are aligned right like these."""
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
            ("Since", day_in(period["since"])),
            ("Until", day_in(period["until"])),
            ("On the team since", day_in(person["started"])),
            ("Left", day_in(person["left"])),
            ("State", self.content["state"]),
            ("Edition", self.content["edition"]),
            ("Made on", day_in(self.content["made_on"])),
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
        self.sheet.conditional_format(first, 1, self.row - 1, 1, BAR)
        if score["value"] is None:
            self._line(["Score", None, None, None, said.no_number(self.content)], "strong")
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
        self._line([said.QUARTERS])

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
            words = "\n".join([story["text"], *told])
            if story.get("brief"):
                words = said.brief(self.content, story, day_of(story["day"]))
            text = said.GONE if story["removed"] else words
            cells = [text, day_in(story["day"]), kind, tags]
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
            days = [day_in(promise["made_on"]), day_in(promise["due"])]
            days.append(day_in(promise.get("kept_on") or promise["settled_on"]))
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
        for part, now, then in year_before.beside(self.content):
            self._line([part["label"], now, then])
        self._line([f"{before['label']}: {before['source']}"], "grey")
        if alike := year_before.like_with_like(self.content):
            self._line([alike])

    def _ratings(self) -> None:
        if not self.content["ratings"]:
            return
        self._section(
            said.RATINGS, "Note", "Day", "Standard", "Rating", "Stories", "Entered", "Ref", numbers=("Rating",)
        )
        for rating in self.content["ratings"]:
            value = said.NOT_SEEN if rating["value"] is None else rating["value"]
            cells = [rating["note"], day_in(rating["day"]), f"#{rating['tag']}", value]
            entered = day_in(rating.get("entered"))
            self._line([*cells, said.cited(rating, self.stories), entered, rating["ref"]])

    def _answer(self) -> None:
        answer = self.content["answer"]
        if answer["acknowledged_on"] is None and not answer["comment"]:
            return
        self._section(said.ANSWER)
        if answer["acknowledged_on"]:
            self._line(["Acknowledged", day_in(answer["acknowledged_on"]), said.SAYS[answer["agrees"]]])
        self._line([answer["comment"]])

    def _anchors(self) -> None:
        if not self.content["standards"]:
            return
        self._section(said.ANCHORS, "Standard", "1", "2", "3", "4", "5")
        for standard in self.content["standards"]:
            lines = [f"{standard['title']} #{standard['tag']}", standard["behaviour"]]
            self._line(["\n".join(lines), *standard["anchors"]], *["text"] * 6)
