"""What customers said, as a table beside what was told of the same person, standard or customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.insight.view import Behind, Section, TableRow, View
from meetingtool.rules.kinds.voices import CHANNELS, meant
from meetingtool.rules.roster import Roster


class Written(msgspec.Struct, frozen=True):
    """What a customer wrote in an answer, in praise of a person."""

    day: date
    who: str
    words: str


def with_voices(view: View, voices: Iterable[Voice], roster: Roster, written: Iterable[Written] = ()) -> View:
    """The view with a table of them, the newest first; as it was where there are none."""
    found = [(voice.at.date(), _row(voice, roster)) for voice in voices]
    found += [(one.day, TableRow((one.day, one.who, one.words, "", "survey, praise"))) for one in written]
    rows = tuple(row for _, row in sorted(found, key=lambda one: one[0], reverse=True))
    if not rows:
        return view
    section = Section(title="What customers said", columns=("Day", "Who", "Words", "Customer", "Said"), rows=rows)
    return msgspec.structs.replace(view, sections=(*view.sections, section), counts_nothing=False)


def _row(voice: Voice, roster: Roster) -> TableRow:
    said = ", ".join(filter(None, (CHANNELS[voice.channel], meant(voice))))
    who = roster.names(voice.people)
    cells = (voice.at.date(), who, voice.text, wording.one_line(voice.customer), said)
    return TableRow(cells, Behind(record=voice.id))
