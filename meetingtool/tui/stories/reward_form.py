"""What comes with thanks: its words, its kind, what it is worth, and whether it is still owed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Select, Static

from meetingtool.actions.stories.thanks import drop_reward, reward_for, worth
from meetingtool.errors import InRoom, NotFound, Refused
from meetingtool.records.money import minor_digits
from meetingtool.records.stories import AwardKind, Story
from meetingtool.rules import wording
from meetingtool.rules.stories.thanks import KINDS, reward_of
from meetingtool.tui.stories.record_form import Check, RecordForm

STATES = {"owed": "to be handed over", "given": "handed over"}


class RewardForm(RecordForm[Story]):
    """The reward of thanks; clearing its words removes it. In the room, only for thanks that may be seen there."""

    KIND = "reward"
    LABELS: ClassVar[Mapping[str, str]] = {"words": "Reward", "kind": "Kind", "value": "Worth", "state": "State"}

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.story = story

    def show_records(self) -> None:
        try:
            self.desk.get(Story, self.story.id)
        except (InRoom, NotFound):
            self.withdraw()

    def heading(self) -> str:
        who = wording.one_line(self.desk.roster.names(self.story.people))
        return f"What comes with the thanks to {who}" if who else "What comes with these thanks"

    def values_of(self, record: Story | None) -> dict[str, str]:
        found = reward_of(record) if record else None
        if found is None:
            return {"words": "", "kind": "other", "value": "", "state": "owed"}
        award = found.award
        digits = minor_digits(award.value.currency) if award.value else 0
        value = f"{award.value.minor / 10**digits:.{digits}f}" if award.value else ""
        return {"words": found.words, "kind": award.kind, "value": value, "state": award.state}

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        yield from self.field("words", Input(values["words"], id="words", placeholder="a free afternoon"))
        for name, named in (("kind", KINDS), ("state", STATES)):
            choices = [(Content(title), key) for key, title in named.items()]
            chosen = values[name] if values[name] in named else next(iter(named))
            yield from self.field(name, Select(choices, value=chosen, allow_blank=False, id=name, compact=True))
        yield from self.field("value", Input(values["value"], id="value", placeholder="such as 25"))
        yield Static("Payroll gets it by `meetingtool reward list --format csv`.", classes="dim", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#words").focus()

    def checks(self) -> Mapping[str, Check]:
        return {"words": self._words, "value": lambda text: worth(self.desk.workspace, text)}

    def _words(self, text: str) -> None:
        if not wording.one_line(text) and reward_of(self.story) is None:
            raise Refused("Say what it is, such as “a free afternoon”.")

    def written(self) -> Story:
        desk, story, words = self.desk, self.record or self.story, self.text("words")
        if not wording.one_line(words):
            return drop_reward(desk.workspace, story, desk.now)
        value, given = worth(desk.workspace, self.text("value")), self.text("state") == "given"
        kind = cast("AwardKind", self.text("kind"))
        return reward_for(desk.workspace, story, words, kind, desk.now, value=value, given=given)
