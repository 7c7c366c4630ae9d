"""What the sample team is there for: what its meetings answered, the sentences that came out of it, and whom it
serves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import msgspec

from meetingtool.importers.sample_lines import SampleLine, ShiftedDates, lines

FOURTEEN = 14


class SampleSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A question (its number, from 1), when it was asked and answered, the sentence, and when the team agreed on it."""

    question: int
    asked: date
    answers: tuple[str, ...]
    sentence: str
    agreed: date | None = None


class SampleGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the team serves. needs: each as a manager types it."""

    name: str
    who: str
    needs: tuple[str, ...]


class SamplePhilosophy(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences in the order in which they were asked for, and the groups."""

    sentences: tuple[SampleSentence, ...] = ()
    groups: tuple[SampleGroup, ...] = ()


def philosophy_of(folder: Path, calendar: ShiftedDates, meetings: Collection[date]) -> SamplePhilosophy:
    """The philosophy in `folder`. meetings: the days on which one was held, moved already."""
    columns = ("question", "asked", "answers", "sentence", "agreed")
    sentences = [_sentence(line, calendar, meetings) for line in lines(folder, "philosophy", columns)]
    groups = [
        SampleGroup(name=line.text("name"), who=line.text("who"), needs=_parts(line.text("needs")))
        for line in lines(folder, "groups", ("name", "who", "needs"))
    ]
    return SamplePhilosophy(sentences=tuple(sentences), groups=tuple(groups))


def _sentence(line: SampleLine, calendar: ShiftedDates, meetings: Collection[date]) -> SampleSentence:
    asked, agreed = calendar.moved(line.day("asked")), line.perhaps_day("agreed")
    told = calendar.moved(agreed) if agreed else None
    for column, day in (("asked", asked), ("agreed", told)):
        if day is not None and day not in meetings:
            raise line.refused(f"“{column}” is not the day of a meeting.")
    return SampleSentence(
        question=line.number("question", least=1, most=FOURTEEN),
        asked=asked,
        answers=_parts(line.text("answers")),
        sentence=line.text("sentence"),
        agreed=told,
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split("|"))))
