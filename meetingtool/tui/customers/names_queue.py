"""Deciding names that customers wrote, a key each: whose they are, and whether it was praise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.content import Content

from meetingtool.actions.customers import mentions
from meetingtool.actions.history.sharing import card_for_wall
from meetingtool.records.mentions import Mention, Tone
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.tool import Tool

if TYPE_CHECKING:
    from meetingtool.actions.customers.comments import Comment
    from meetingtool.records.surveys import Survey
    from meetingtool.rules.roster import Roster


MANY_ALIKE = 3
"""From this many on it is worth asking whether to reject them all at once."""


class NamesQueue:
    """The decisions of one sitting, so that `z` undoes them one by one."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self._decided: list[str] = []

    @property
    def can_go_back(self) -> bool:
        """Whether something was decided here."""
        return bool(self._decided)

    async def confirm(self, mention: Mention, tone: Tone) -> Mention | None:
        """It is this person; with several who may be meant, ask which. None where nothing was decided."""
        person = await self._one_of(mention)
        return self._confirm(mention, tone, person) if person or mention.person else None

    async def card(self, named: mentions.AskedMention) -> None:
        """Show a card of it for the wall, as praise of this person; only saving the card confirms the praise."""
        from meetingtool.tui.papers.shared_papers import NamedCardPage

        mention, desk = named.mention, self.tool.desk
        person = await self._one_of(mention)
        if not (person or mention.person):
            return
        if named.satisfied is False and not await self.tool.push_screen_wait(
            Confirm(
                "Is this praise?",
                "This customer was not satisfied. A card thanks before everybody.",
                yes="It is praise",
                no="No card",
                likely=False,
            )
        ):
            return
        card = self.tool.attempt(
            lambda: card_for_wall(desk, mentions.as_praise(desk.workspace, mention, person)),
        )
        if card is not None:
            self.tool.push_screen(NamedCardPage(mention, person, lambda: self._confirm(mention, "praise", person)))

    async def somebody_else(self, mention: Mention) -> None:
        """Choose who is meant, then how it was meant."""
        chosen = await self._whom(f"Who is “{mention.words}”?")
        if chosen is not None:
            self._confirm(mention, chosen[1], chosen[0])

    async def name_somebody(self, survey: Survey, comment: Comment) -> None:
        """Choose whom a comment without a name means, then how it was meant."""
        chosen, desk = await self._whom("Who is meant?"), self.tool.desk
        if chosen is not None:
            person, tone = chosen
            done = self.tool.attempt(
                lambda: mentions.name_somebody(desk.workspace, survey, comment, person, tone, desk.now)
            )
            if done is not None:
                self._decided.append(done.id)

    async def _whom(self, question: str) -> tuple[Person, Tone] | None:
        person = await self._ask(list(self.tool.desk.roster.people), question)
        if person is None:
            return None
        tones = [("praise", Content("praise")), ("problem", Content("a problem")), ("both", Content("both at once"))]
        tone = await self.tool.push_screen_wait(Choose("How was it meant?", tones))
        return None if tone is None else (person, cast("Tone", tone))

    async def reject(self, mention: Mention) -> None:
        """Note that it is not this person; where many comments have the same words around the name, offer to reject
        those too."""
        desk = self.tool.desk
        if self.tool.attempt(lambda: mentions.reject(desk.workspace, mention, desk.now)) is None:
            return
        self._decided.append(mention.id)
        same = mentions.alike(desk.workspace, mention)
        if len(same) >= MANY_ALIKE and await self.tool.push_screen_wait(
            Confirm(
                f"Reject {wording.count(len(same), 'more', 'more')}?",
                f"“{wording.shortened(mention.words, 30)}” has the same words around it there.",
                yes="Reject them, too",
                no="Leave them",
            )
        ):
            done = self.tool.attempt(lambda: mentions.reject_all(desk.workspace, same, desk.now))
            self._decided += [one.id for one in done or ()]

    def back(self) -> str:
        """Put what was decided last back into the queue; the id of it, or empty."""
        desk = self.tool.desk
        return self.tool.attempt(lambda: mentions.take_back(desk.workspace, self._decided, desk.now)) or ""

    def _confirm(self, mention: Mention, tone: Tone, person: Person | None) -> Mention | None:
        desk = self.tool.desk
        done = self.tool.attempt(lambda: mentions.confirm(desk.workspace, mention, tone, desk.now, person))
        if done is not None:
            self._decided.append(mention.id)
        return done

    async def _one_of(self, mention: Mention) -> Person | None:
        """The person chosen where several may be meant; None where it is known, or nobody was chosen."""
        if mention.person:
            return None
        roster = self.tool.desk.roster
        people = [one for id in mention.others if (one := roster.person_of(id)) is not None]
        return await self._ask(people or list(roster.people), f"Who is “{mention.words}”?")

    async def _ask(self, people: Sequence[Person], question: str) -> Person | None:
        roster: Roster = self.tool.desk.roster
        options = [(one.id, Content(wording.one_line(one.name))) for one in people]
        chosen = await self.tool.push_screen_wait(Choose(question, options))
        return roster.person_of(chosen) if chosen else None
