"""The tabs of a person's page: evidence, ratings, score."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.customers.mentions import AskedMention
from meetingtool.actions.people import standing, to_talk_about
from meetingtool.actions.people.ratings import rate
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.rules.people.rating_evidence import needs_evidence
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.whole import Whole
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, warned
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.people.account_page import ask_account
from meetingtool.tui.people.ask_evidence import ask_evidence, level_rows
from meetingtool.tui.people.score_text import (
    SIGNS_OF_THE_SUM,
    headline,
    part_row,
    standard_head,
    standard_row,
    sum_foot,
    sum_head,
    worked_out,
)
from meetingtool.tui.stories.records_page import RecordsPage
from meetingtool.tui.stories.story_text import follow_up_rows, rating_row, said_row, story_row
from meetingtool.tui.tool import InTool


class PersonTab(InTool, Vertical):
    """A tab that shows something about one person in one period. SIGNS: what its signs mean, for the page of keys.
    ENTER: what Enter does on its rows, in a word for the line of keys."""

    ENTER: ClassVar[str] = ""
    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = ()
    DEFAULT_CSS = """
    PersonTab { height: 1fr; }
    PersonTab OptionList { height: 1fr; }
    """

    person: Person | None = None
    period: Period | None = None

    def show(self, person: Person, period: Period) -> None:
        """Show a person in a period."""
        self.person, self.period = person, period
        self.draw(person, period)

    def draw(self, person: Person, period: Period) -> None:
        """Put it into the widgets."""
        raise NotImplementedError

    @property
    def cells_across(self) -> int:
        """The cells for a row. A tab that is just being opened has no size yet, but its container has."""
        widths = (node.size.width for node in self.ancestors_with_self if isinstance(node, Widget))
        return next(width for width in widths if width)


class EvidenceTab(PersonTab):
    """What was told about a person, what was promised and, for the manager only, what customers said."""

    ENTER = "Open"

    def compose(self) -> ComposeResult:
        yield PagedOptions(classes="plain-list", markup=False).found_by("")

    def draw(self, person: Person, period: Period) -> None:
        desk = self.tool.desk
        roster, today = desk.roster, desk.today
        stories = standing.evidence_of(desk, person, period)
        promised = standing.promises_of(desk, person, period)
        wins = sum(story.kind == "win" for story in stories)
        self.records: list[Story | FollowUp | AskedMention | None] = []
        rows: list[Option] = []

        def head(text: str) -> None:
            rows.append(Option(Content.styled(text, "$text-muted"), disabled=True))
            self.records.append(None)

        def customers_said(title: str, said: list[AskedMention]) -> None:
            head(title)
            rows.extend(Option(said_row(one, today)) for one in said)
            self.records.extend(said)

        problems = [] if desk.room else to_talk_about.problems_of(desk, person, period)
        if problems:
            customers_said("To talk about, for you only: Enter writes down what they say", problems)
            head("")
        head(f"{wording.count(wins, 'win')}, {wording.count(len(stories) - wins, 'sticky situation')}")
        days = [wording.day(story.at.date(), today) for story in stories]
        across = max(map(len, days), default=0)
        for day, story in zip(days, stories, strict=True):
            rows.append(Option(story_row(day, story, roster, word_width=across, who=False)))
            self.records.append(story)
        praised = to_talk_about.praise_of(desk, person, period)
        if not stories and not praised:
            head("Nothing yet. w notes a win: @" + wording.one_line(person.handle) + " and what happened.")
        if promised:
            head("")
            kept = sum(f.state == "kept" for f in promised)
            missed = sum(f.state == "missed" for f in promised)
            head(f"Promises and actions: {kept} kept, {missed} missed, {len(promised) - kept - missed} open")
            rows += [Option(row) for row in follow_up_rows(promised, roster, today)]
            self.records += promised
        if praised:
            head("")
            customers_said("What customers said", praised)
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(rows)
        if at is not None and at < len(rows):
            options.highlighted = at

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        record = self.records[event.option_index]
        if isinstance(record, AskedMention):
            self._open_said(record)
        elif record is not None:
            self.tool.open_record(record)

    def _open_said(self, said: AskedMention) -> None:
        """Show all that a customer wrote; for a problem, ask for the person's own account."""
        if self.person is None or self.tool.desk.room:
            return
        if said.mention.is_problem:
            ask_account(self.tool, said, self.person)
        else:
            self.app.push_screen(Whole(wording.day_in_full(said.mention.at.date()), said.comment))


class RatingsTab(PersonTab):
    """The standards with their means by quarter; Enter rates the person on the one under the cursor; digits lead to
    other tabs."""

    DEFAULT_CSS = """
    RatingsTab #sheet { height: auto; max-height: 50%; }
    RatingsTab #anchors { height: auto; margin: 1 0; padding: 0 1; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="heads", markup=False)
        yield PagedOptions(id="sheet", classes="plain-list", markup=False).found_by("")
        yield Static(id="anchors", markup=False)
        yield PagedOptions(id="given", classes="plain-list", markup=False).found_by("")

    def draw(self, person: Person, period: Period) -> None:
        desk = self.tool.desk
        scored = standing.score(desk, person, period)
        lines = {line.id: line for line in scored.score.standards}
        self.standards = [s for s in desk.roster.all_standards if s.id in lines or s.in_use(desk.today)]
        width = self.cells_across
        heads = standard_head(scored.score.standards[0], width) if scored.score.standards else ""
        self.query_one("#heads", Static).update(heads)
        sheet = self.query_one("#sheet", OptionList)
        at = sheet.highlighted
        sheet.set_options(
            Option(
                standard_row(lines[s.id], width)
                if s.id in lines
                else Content.assemble(
                    (f"  #{wording.one_line(s.tag)}", "$accent"), ("  not in this period", "$text-muted")
                )
            )
            for s in self.standards
        )
        if self.standards:
            sheet.highlighted = min(at or 0, len(self.standards) - 1)
        given = standing.ratings_of(desk, person, period)
        rows = [Option(rating_row(rating, desk.roster, desk.today)) for rating in given]
        empty = Option(Content.styled("No rating yet. 1 to 5 on a standard above gives one.", "$text-muted"))
        self.query_one("#given", OptionList).set_options(rows or [empty])
        self.given = given
        self._show_anchors()

    @on(OptionList.OptionHighlighted, "#sheet")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_anchors()

    @property
    def _chosen(self) -> Standard | None:
        at = self.query_one("#sheet", OptionList).highlighted
        return self.standards[at] if at is not None and at < len(self.standards) else None

    def _show_anchors(self) -> None:
        standard = self._chosen
        if standard is None:
            return
        title = Content.styled(wording.one_line(standard.title), "bold $foreground")
        head = ColumnsRow((), title, Content("Enter rates it"), most=0)
        self.query_one("#anchors", Static).update(ColumnsTable([head, *(row for _, row in level_rows(standard))]))

    @on(OptionList.OptionSelected, "#sheet")
    def _to_rate(self, event: OptionList.OptionSelected) -> None:
        """Rate on the standard under the cursor; for 1, 2 and 5 it asks what the rating rests on."""
        event.stop()
        standard, person = self._chosen, self.person
        if standard is None or person is None:
            return

        def chosen(value: str | None) -> None:
            if value is None:
                return
            if needs_evidence(int(value) or None):
                self._ask_evidence(person, standard, int(value))
            else:
                self._rate(person, standard, int(value) or None, "", ())

        unseen = ColumnsRow([(Content.styled("0", "bold $accent"), 1)], Content("Not seen: does not count"))
        question = f"Rate {wording.one_line(person.name)} on #{wording.one_line(standard.tag)}"
        self.app.push_screen(Choose(question, [*level_rows(standard), ("0", unseen)]), chosen)

    def _ask_evidence(self, person: Person, standard: Standard, value: int) -> None:
        if self.period is None:
            return
        evidence = standing.evidence_of(self.tool.desk, person, self.period)
        ask_evidence(
            self.tool,
            person,
            standard,
            value,
            [story for story in evidence if standard.id in story.standards],
            lambda note, stories: self._rate(person, standard, value, note, stories),
        )

    def _rate(
        self, person: Person, standard: Standard, value: int | None, note: str, stories: tuple[Story, ...]
    ) -> None:
        desk = self.tool.desk
        period = part_of(self.period, person.started, person.left) if self.period else None
        on = period.until if period is not None and period.until < desk.today else None
        done = self.tool.attempt(
            lambda: rate(desk.workspace, person, standard, value, desk.now, note=note, stories=stories, on=on)
        )
        if done is not None:
            said = "not seen" if value is None else str(value)
            self.tool.say(f"Rated {said} on #{standard.tag}. u undoes it.")

    @on(OptionList.OptionSelected, "#given")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self.given) and self.given[event.option_index].stories:
            self.app.push_screen(RecordsPage("The stories it rests on", self.given[event.option_index].stories))


class ScoreTab(PersonTab):
    """The score with its sum; Enter on a line shows the records behind it."""

    ENTER = "Records behind it"
    SIGNS = SIGNS_OF_THE_SUM

    def compose(self) -> ComposeResult:
        yield PagedOptions(classes="plain-list", markup=False).found_by("")

    def draw(self, person: Person, period: Period) -> None:
        scored = standing.score(self.tool.desk, person, period)
        score = scored.score
        width = self.cells_across
        self.behind: list[tuple[str, tuple[str, ...]]] = []
        rows: list[Option] = []

        def add(text: Content | ColumnsRow, title: str = "", ids: tuple[str, ...] = ()) -> None:
            rows.append(Option(text, disabled=not ids))
            self.behind.append((title, ids))

        add(headline(scored))
        add(Content(""))
        add(sum_head(width))
        for part in score.listed:
            add(part_row(part, width), part.label, part.records)
            if part.key == "standards":
                if score.standards:
                    add(standard_head(score.standards[0], width))
                for line in score.standards:
                    ids = tuple(rating for quarter in line.quarters for rating in quarter.ratings)
                    add(standard_row(line, width), f"#{line.tag}", ids)
        if score.value is not None:
            add(sum_foot(scored, width))
        else:
            for missing in score.missing:
                add(warned(wording.one_line(missing)))
        add(Content(""))
        for sentence in worked_out(scored):
            about = [part for part in score.listed if sentence.startswith(f"{part.label}:")] or score.listed
            ids = tuple(record for part in about for record in part.records)
            add(Content.styled(sentence, "$text-muted"), "What this is worked out from", ids)
        add(Content(""))
        for guard in scored.guards:
            add(warned(wording.one_line(guard.message)), "What this is about", guard.records)
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(rows)
        options.highlighted = at if at is not None and at < len(rows) else None
        if options.has_focus and options.highlighted is None:
            options.action_first()

    def on_resize(self) -> None:
        if self.person is not None and self.period is not None and not self.tool.desk.room:
            self.draw(self.person, self.period)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        title, ids = self.behind[event.option_index]
        if ids:
            self.app.push_screen(RecordsPage(title, ids))
