"""Papers made to be shared: the newsletter, a brag sheet, a card for the wall. Nothing private is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.customers.mentions import as_praise
from meetingtool.actions.desk import Desk
from meetingtool.actions.history import sharing
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.history.newsletter import shareable
from meetingtool.errors import InRoom, NotFound, Refused
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period, month_of
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.papers.paper_page import PaperPage


class SharedPaperPage(PaperPage):
    """A paper without a part for the manager alone, saved as Markdown, HTML, PDF or plain text. It closes when it may
    no longer be shared."""

    _gone = False

    def show_records(self) -> None:
        try:
            super().show_records()
        except (InRoom, NotFound, Refused):
            self._gone = True
            self.query_one(".paper").display = False
            self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Close, once no other page is over it, if the paper may no longer be shown."""
        if self._gone and self.app.screen is self:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no manager's part."""
        return action != "private_part"

    def action_save(self) -> None:
        """Ask for a name and save the paper in the format of its ending."""
        paper, today = self.paper(private=False), self.desk.today
        name = f"{self.file_stem()}.pdf"
        save_as(self.tool, "Save as", name, sharing.PAPER_FORMS, lambda form: sharing.paper_bytes(paper, form, today))


class NewsletterPage(SharedPaperPage):
    """The wins of a month by standard, with the manager's pick."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pick", "The pick", id="newsletter.pick", tooltip="Choose the win that comes first"),
        Binding("left_square_bracket", "month(-1)", "Previous month", id="newsletter.before", key_display="[",
                tooltip="The previous month"),
        Binding("right_square_bracket", "month(1)", "Next month", id="newsletter.after", key_display="]",
                tooltip="The next month", show=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.month: Period | None = None
        self.pick = ""

    @property
    def shown_month(self) -> Period:
        """The month it is about: the last one, until another is chosen."""
        return self.month or sharing.last_month(self.desk.today)

    def _wins(self) -> list[tuple[str, Content]]:
        month, roster = self.shown_month, self.desk.roster
        told = self.desk.stories(since=month.since, until=month.until)
        return [
            (
                story.id,
                Content.assemble(
                    ("+ " if story.starred else "  ", "bold $accent"),
                    (f"{wording.listed([roster.short_name(p) for p in story.people])}  ", "bold"),
                    wording.shortened(story.text, 120),
                ),
            )
            for story in shareable(told)
            if story.kind == "win"
        ]

    def paper(self, *, private: bool) -> Paper:
        if self.pick and self.pick not in {story_id for story_id, _ in self._wins()}:
            self.pick = ""
        return sharing.newsletter_paper(self.desk, self.shown_month, pick=self.pick)

    def show_records(self) -> None:
        super().show_records()
        self.query_one(".dialog").border_subtitle = Content(sharing.before_sharing(self.desk, self.shown_month))

    def heading(self) -> str:
        return f"Newsletter · {self.shown_month.label}"

    def file_stem(self) -> str:
        return f"newsletter-{self.shown_month.since:%Y-%m}"

    def action_month(self, step: int) -> None:
        """The month before or after; none is later than this one."""
        month = self.shown_month
        day = month.until + timedelta(days=1) if step > 0 else month.since - timedelta(days=1)
        if day <= self.desk.today:
            self.month, self.pick = month_of(day), ""
            self.show_records()

    @work
    async def action_pick(self) -> None:
        """Choose the win that comes first."""
        wins = self._wins()
        if not wins:
            self.tool.say("No win of this month can be shared.")
            return
        chosen = await self.app.push_screen_wait(Choose("The pick of the month", wins))
        if chosen is not None:
            self.pick = chosen
            self.show_records()


class CardPage(SharedPaperPage):
    """One win, or words of a customer, as on a card for the wall."""

    def __init__(self, story: Story | Voice | Mention) -> None:
        super().__init__()
        self.story: Story | Voice | Mention = story

    def as_it_is(self) -> Story | Voice | Mention:
        """The record on the card, as it is kept now."""
        return self.desk.get(type(self.story), self.story.id)

    def paper(self, *, private: bool) -> Paper:
        from meetingtool.documents.stories.card import card_paper

        self.story = self.as_it_is()
        return card_paper(sharing.card_for_wall(self.desk, self.story))

    def heading(self) -> str:
        return "A card for the wall"

    def file_stem(self) -> str:
        return f"card-{self.story.ref.lower()}"

    def action_save(self) -> None:
        """Ask for a name and save the card as a PDF."""
        name = f"{self.file_stem()}.pdf"
        save_as(
            self.tool,
            "Save the card",
            name,
            sharing.CARD_FORMS,
            lambda _: sharing.card_bytes(self.desk, self.story),
            self.saved,
        )

    def saved(self) -> None:
        """The card was saved."""


class NamedCardPage(CardPage):
    """The card for a name in a comment, as if it were confirmed as praise; saving the card confirms it."""

    def __init__(self, mention: Mention, person: Person | None, confirm: Callable[[], object]) -> None:
        """person: who is meant, where that was not known. confirm: decides it."""
        super().__init__(mention)
        self.person, self.confirm = person, confirm

    def as_it_is(self) -> Mention:
        return as_praise(self.desk.workspace, self.desk.get(Mention, self.story.id), self.person)

    def heading(self) -> str:
        return f"{super().heading()} · saving it confirms the name as praise"

    def saved(self) -> None:
        if self.desk.get(Mention, self.story.id).state == "open":
            self.confirm()


class BragSheetPage(SharedPaperPage):
    """What a person did well in a span of time."""

    def __init__(self, person: Person, period: Period) -> None:
        super().__init__()
        self.person = person
        self.period = period

    def paper(self, *, private: bool) -> Paper:
        return self.paper_of(self.desk)

    def paper_of(self, desk: Desk) -> Paper:
        """The sheet; InRoom where it can't be shown."""
        return sharing.brag_sheet_paper(desk, self.person, self.period)

    def heading(self) -> str:
        return f"Brag sheet · {wording.one_line(self.person.name)}"

    def file_stem(self) -> str:
        return f"brag-sheet-{self.person.handle}"
