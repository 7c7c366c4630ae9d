"""A person's evaluation years side by side: a table, and a chart of the parts. Private."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.people import standing
from meetingtool.actions.people.comparison import YearLine, change_in_words
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.insight.view import Chart, PictureLine
from meetingtool.rules.people.like_with_like import give_or_take
from meetingtool.rules.people.periods import Period
from meetingtool.rules.people.score import rounded
from meetingtool.rules.people.score_part import PartKey
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, table, warned
from meetingtool.tui.people.person_tabs import PersonTab
from meetingtool.tui.people.score_text import MARGIN
from meetingtool.tui.pictures.picture import Picture

COLUMNS: tuple[tuple[PartKey, str, str], ...] = (
    ("standards", "Standards", "s"),
    ("customers", "Customers", "c"),
    ("promises", "Promises", "p"),
    ("training", "Training", "t"),
)
"""Parts with a value of 0 to 100, with the letter that marks them in the picture."""
SHORT = {"Standards": "Stand.", "Customers": "Cust.", "Promises": "Prom.", "Training": "Train."}
TOO_FEW = "A chart appears here once two years have a score."
UNLIKE = "The score has no line here: these years rest on different parts or standards."
WIDE = 66
"""From this width on the parts have their full names."""


class YearsTab(PersonTab):
    """The table, and below it the picture once two years have a number."""

    SIGNS = (
        ("±", MARGIN),
        ("+", "Points of recognition, which never subtract"),
        ("–", "Not known of that year"),
    )

    DEFAULT_CSS = """
    YearsTab #table { height: auto; }
    YearsTab #picture { height: 1fr; max-height: 20; margin: 1 0 0 0; }
    YearsTab #too-few { height: auto; margin: 1 0 0 0; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="table", markup=False)
        yield Picture(id="picture")
        yield Static(TOO_FEW, id="too-few", markup=False)

    def draw(self, person: Person, period: Period) -> None:
        lines = standing.years(self.tool.desk, person)
        self.query_one("#table", Static).update(self._table(lines, person))
        numbered = [line for line in lines if line.shown is not None]
        uneven = any(line.unlike or (line.change is not None and line.change.uneven) for line in numbered)
        alike = len({_known(line) for line in numbered}) < 2 and not uneven
        self.query_one(Picture).show(_chart(numbered, alike=alike) if len(numbered) > 1 else None)
        note = self.query_one("#too-few", Static)
        note.update(TOO_FEW if len(numbered) < 2 else UNLIKE)
        note.display = bool(lines) and (len(numbered) < 2 or not alike)

    def on_resize(self) -> None:
        if self.person is not None and self.period is not None and not self.tool.desk.room:
            self.draw(self.person, self.period)

    def _table(self, lines: tuple[YearLine, ...], person: Person) -> ColumnsTable:
        if not lines:
            none = f"No rating and no evaluation of {wording.one_line(person.name)} yet. r opens the rating sheet."
            return table([Content.styled(none, "$text-muted")])
        wide = self.size.width >= WIDE
        names = [name if wide else SHORT[name] for _, name, _ in COLUMNS]
        heads = ["Score", *(["±"] if wide else []), *names, "+"]
        widths = [max(len(head), 3 if head in "+±" else 5) + 1 for head in heads]
        label = max(len("Year"), *(len(line.period.label) for line in lines))
        head = "".join(f"{text:>{width}}" for text, width in zip(heads, widths, strict=True))
        rows: list[Content | ColumnsRow] = [Content.styled(f"{'Year':<{label}}{head}  By", "$text-muted")]
        for line in lines:
            cells = [line.parts.get(key) for key, _, _ in COLUMNS]
            texts = [_number(None if value is None else value, 1) for value in cells]
            margin = give_or_take(line.margin)[1:]
            shown = "–" if line.shown is None else str(line.shown)
            texts = [shown, *([margin] if wide else []), *texts, _number(line.parts.get("recognition"), 1)]
            row = "".join(f"{text:>{width}}" for text, width in zip(texts[1:], widths[1:], strict=True))
            rows.append(
                Content.assemble(
                    f"{line.period.label:<{label}}",
                    (f"{texts[0]:>{widths[0]}}", "bold $accent"),
                    row,
                    (f"  {line.source}", "$text-muted"),
                )
            )
        changes: list[Content | ColumnsRow] = [
            Content.assemble((f"{line.period.label} compared with the year before: ", "$text-muted"), words)
            for line in lines
            if (words := change_in_words(line))
        ]
        changes += [
            warned(f"{said[:1].upper()}{said[1:]}.")
            for line in lines
            for said in standing.sharing_days(self.tool.desk, person, line.period)
        ]
        if changes:
            rows += [Content(""), *changes]
        return table(rows)


def _known(line: YearLine) -> frozenset[PartKey]:
    """The parts that a year's score rests on."""
    return frozenset(key for key, _, _ in COLUMNS if line.parts.get(key) is not None)


def _chart(lines: list[YearLine], *, alike: bool) -> Chart:
    """The years as points: each part that any of them has, and the score where all rest on the same parts."""
    parts = [
        PictureLine(name.lower(), mark, tuple(line.parts.get(key) for line in lines)) for key, name, mark in COLUMNS
    ]
    known = [part for part in parts if any(value is not None for value in part.values)]
    score = PictureLine("score", "●", tuple(line.shown for line in lines))
    labels = tuple(line.period.label for line in lines)
    return Chart(labels=labels, lines=(*known, *([score] if alike else [])), unit="of 100", bars=False, reach=(0, 100))


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{rounded(value * 10**digits) / 10**digits:.{digits}f}"
