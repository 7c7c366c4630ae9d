"""What the team works by and practises with, and how it is set up."""

from __future__ import annotations

from collections.abc import Hashable

from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.team import Settings
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster


class StandardKind(Kind[Standard]):
    """A service standard."""

    record = Standard
    sorts = {"standard": called("standard")}
    by_place = frozenset({"anchors"})
    written = frozenset({"title", "behaviour", "anchors"})

    def name(self, record: Standard, roster: Roster) -> str:
        return f"#{record.tag} {record.title}"

    def own(self, record: Standard) -> tuple[str, ...]:
        return (f"#{fold(record.tag)}",)

    def facts(self, record: Standard, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("tag", f"#{record.tag}", tone="standards"),
            Fact("title", record.title),
            Fact("behaviour", record.behaviour),
        ]


class QuestionKind(Kind[Question]):
    """A question to discuss."""

    record = Question
    sorts = {"question": called("question")}
    written = frozenset({"text"})

    def text(self, record: Question, roster: Roster) -> str:
        return record.text

    def facts(self, record: Question, roster: Roster, behind: Background) -> list[Fact]:
        return [Fact("for", record.audience)]

    def once(self, record: Question) -> tuple[Hashable, ...]:
        return ((record.audience, record.section, fold(record.text)),) if record.retired is None else ()


class ScenarioKind(Kind[Scenario]):
    """A role-play."""

    record = Scenario
    sorts = {"scenario": called("role-play")}
    kept_once_here = False
    written = frozenset({"title", "customer", "employee", "look_for"})

    def name(self, record: Scenario, roster: Roster) -> str:
        return record.title

    def facts(self, record: Scenario, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("title", record.title),
            Fact("customer", record.customer),
            Fact("employee", record.employee),
            *(Fact("look for", each) for each in record.look_for),
        ]

    def once(self, record: Scenario) -> tuple[Hashable, ...]:
        return (fold(record.title),) if record.retired is None else ()


class SettingsKind(Kind[Settings]):
    """How the team is set up; one for a workspace."""

    record = Settings
    sorts = {"settings": called("settings", "settings")}
    written = frozenset(
        {
            "team",
            "meeting_title",
            "manager",
            "manager_title",
            "reviewer",
            "reply",
            "kept",
            "searches",
            "bands",
            "fund_who",
        }
    )

    def name(self, record: Settings, roster: Roster) -> str:
        return record.team

    def once(self, record: Settings) -> tuple[Hashable, ...]:
        return (record.__struct_config__.tag,)
