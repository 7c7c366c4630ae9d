"""The manager's agendas: several by name, one in use; their segments are added, moved, timed and skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.actions.meeting.meetings import agenda_of, recent_meetings
from meetingtool.actions.reading import settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.importers.starter import LONGEST, StarterAgenda, read_agenda
from meetingtool.records.base import mint
from meetingtool.records.meetings import Agenda, Segment, Topic
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.meeting import agenda as rules
from meetingtool.store import Workspace

MOST_SEGMENTS = 40
_LARGEST = 1_000_000
_NO_AGENDA = "It is no agenda: give the TOML file that `agenda export` wrote, or one like it."
"""The most segments an agenda may have."""


def agendas(workspace: Workspace) -> list[Agenda]:
    """All agendas, by name."""
    return sorted(workspace.find(Agenda), key=lambda agenda: fold(agenda.name))


def agenda_named(workspace: Workspace, name: str) -> Agenda:
    """The agenda of a name, blind to case and accents, or of a beginning that only one has; NotFound otherwise."""
    known = agendas(workspace)
    wanted = fold(wording.one_line(name))
    exact = [agenda for agenda in known if fold(agenda.name) == wanted]
    found = exact or [agenda for agenda in known if wanted and fold(agenda.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    names = wording.listed([f"“{wording.shortened(agenda.name, 40)}”" for agenda in found or known])
    if found:
        raise NotFound(f"Several agendas begin with “{wording.shortened(name, 40)}”.", f"Say which: {names}.")
    raise NotFound(f"There is no agenda called “{wording.shortened(name, 40)}”.", f"There is {names}.")


def segment(title: str, topic: Topic, seconds: int, hint: str = "") -> Segment:
    """A segment as it can be kept. Refused without a title, or when it would take no time or more than a day."""
    words = wording.one_line(wording.storable(title))
    if not words:
        raise Refused("A segment needs a title.", "Say in two or three words what it is about.")
    if not 0 < seconds <= LONGEST * 60:
        raise Refused("A segment takes some minutes.", f"Give a number such as 4 or 1.5, at most {LONGEST}.")
    return Segment(title=words, topic=topic, seconds=seconds, hint=wording.one_line(wording.storable(hint)))


def _save(workspace: Workspace, agenda: Agenda, now: datetime, **changes: object) -> Agenda:
    changed = msgspec.structs.replace(agenda, version=agenda.version + 1, **changes)
    workspace.save(changed, deed=deeds.AGENDA_CHANGED, now=now)
    return changed


def change_segments(workspace: Workspace, agenda: Agenda, segments: Sequence[Segment], now: datetime) -> Agenda:
    """Replace the segments of an agenda. Refused when none is left, or with too many."""
    if not segments:
        raise Refused("An agenda needs at least one segment.", "Add another one before you drop this.")
    if len(segments) > MOST_SEGMENTS:
        raise Refused(f"An agenda has at most {MOST_SEGMENTS} segments.", "Drop one first.")
    return _save(workspace, agenda, now, segments=tuple(segments))


def put_segment(
    workspace: Workspace, agenda: Agenda, made: Segment, now: datetime, *, at: int | None = None, instead: bool = False
) -> Agenda:
    """Put a segment before the one at index `at` (at the end when None), or instead of it."""
    segments = list(agenda.segments)
    place = len(segments) if at is None else at
    if instead:
        segments[place] = msgspec.structs.replace(made, skipped_at=segments[place].skipped_at)
    else:
        segments.insert(place, made)
    return change_segments(workspace, agenda, segments, now)


def drop_segment(workspace: Workspace, agenda: Agenda, at: int, now: datetime) -> Agenda:
    """Take a segment out of an agenda. Refused for the last one."""
    return change_segments(workspace, agenda, [s for i, s in enumerate(agenda.segments) if i != at], now)


def move_segment(workspace: Workspace, agenda: Agenda, at: int, to: int, now: datetime) -> Agenda:
    """Move a segment to another place; beyond the ends it stays at the end."""
    segments = list(agenda.segments)
    moved = segments.pop(at)
    segments.insert(max(0, to), moved)
    return change_segments(workspace, agenda, segments, now) if tuple(segments) != agenda.segments else agenda


def time_segment(workspace: Workspace, agenda: Agenda, at: int, seconds: int, now: datetime) -> Agenda:
    """Give a segment another length, in seconds."""
    old = agenda.segments[at]
    made = segment(old.title, old.topic, seconds, old.hint)
    return put_segment(workspace, agenda, made, now, at=at, instead=True)


def skip_once(workspace: Workspace, agenda: Agenda, at: int, now: datetime) -> Agenda:
    """Leave a segment out of the next meeting, or put it back. Refused when none would be left."""
    held = recent_meetings(workspace, now)
    old = agenda.segments[at]
    back = rules.is_skipped(old, held)
    if not back and len(rules.next_segments(agenda.segments, held)) == 1:
        raise Refused("Nothing would be left of the meeting.", "Put another segment back first.")
    segments = list(agenda.segments)
    segments[at] = msgspec.structs.replace(old, skipped_at=None if back else now)
    return change_segments(workspace, agenda, segments, now)


def _free_name(workspace: Workspace, name: str, but: Agenda | None = None) -> str:
    words = wording.one_line(wording.storable(name))[:80]
    if not words:
        raise Refused("An agenda needs a name.", "Give it one, such as “Short week”.")
    if any(fold(other.name) == fold(words) for other in agendas(workspace) if but is None or other.id != but.id):
        raise Refused(f"There is already an agenda called “{wording.shortened(words, 40)}”.", "Give another name.")
    return words


def add_agenda(workspace: Workspace, name: str, segments: Sequence[Segment], now: datetime) -> Agenda:
    """Add an agenda. Refused when its name is taken, or without segments."""
    if not segments:
        raise Refused("An agenda needs at least one segment.", "Copy another agenda, or read one from a file.")
    fresh = tuple(msgspec.structs.replace(each, skipped_at=None) for each in segments)
    made = Agenda(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        name=_free_name(workspace, name),
        segments=fresh,
    )
    workspace.save(made, deed=deeds.AGENDA_ADDED, now=now)
    return made


def rename_agenda(workspace: Workspace, agenda: Agenda, name: str, now: datetime) -> Agenda:
    """Give an agenda another name; it stays in use if it is."""
    words = _free_name(workspace, name, agenda)
    settings = settings_of(workspace)
    in_use = agenda_of(workspace).id == agenda.id
    with workspace.batch(deeds.AGENDA_CHANGED, now):
        changed = _save(workspace, agenda, now, name=words)
        if in_use:
            workspace.save(
                msgspec.structs.replace(settings, version=settings.version + 1, agenda=words),
                deed=deeds.AGENDA_CHANGED,
                now=now,
            )
    return changed


def use_agenda(workspace: Workspace, agenda: Agenda, now: datetime) -> None:
    """Use this agenda for the coming meetings."""
    settings = settings_of(workspace)
    if agenda_of(workspace).id == agenda.id and settings.agenda == agenda.name:
        return
    changed = msgspec.structs.replace(settings, version=settings.version + 1, agenda=agenda.name)
    workspace.save(changed, deed=deeds.AGENDA_CHOSEN, now=now)


def remove_agenda(workspace: Workspace, agenda: Agenda, now: datetime) -> None:
    """Move an agenda to the bin. Refused for the one in use."""
    if agenda_of(workspace).id == agenda.id:
        raise Refused("This agenda is in use.", "Choose another one for the meetings first.")
    changed = msgspec.structs.replace(agenda, version=agenda.version + 1, removed_at=now)
    workspace.save(changed, deed=deeds.AGENDA_REMOVED, now=now)


def import_agenda(workspace: Workspace, text: str, source: str, now: datetime) -> Agenda:
    """Import an agenda from TOML text: one of its name is changed, else it is added. Errors name the line."""
    return take_agenda(workspace, read_agenda(text, source), now)


def read_file(workspace: Workspace, path: Path, now: datetime) -> Agenda:
    """`import_agenda` from a file. Refused when it can't be read."""
    from meetingtool.importers.given_files import bytes_of, text_in

    name = wording.one_line(path.name)
    text, _ = text_in(bytes_of(path, _LARGEST, _NO_AGENDA), name, _NO_AGENDA)
    return import_agenda(workspace, text, name, now)


def take_agenda(workspace: Workspace, read: StarterAgenda, now: datetime) -> Agenda:
    """Replace the agenda of the same name with one that was read, or add it."""
    known = next((a for a in agendas(workspace) if fold(a.name) == fold(read.name)), None)
    if known is None:
        return add_agenda(workspace, read.name, read.segments, now)
    return change_segments(workspace, known, _still_skipped(known, read.segments), now)


def _still_skipped(before: Agenda, segments: Sequence[Segment]) -> list[Segment]:
    """A file does not say what is skipped once: segments with the same title and topic stay skipped."""
    skipped = {(s.title, s.topic): s.skipped_at for s in before.segments}
    return [msgspec.structs.replace(s, skipped_at=skipped.get((s.title, s.topic))) for s in segments]


def rewrite_agenda(workspace: Workspace, agenda: Agenda, text: str, source: str, now: datetime) -> Agenda:
    """Replace an agenda, its name included, by TOML text; errors name the line."""
    read = read_agenda(text, source)
    if fold(read.name) != fold(agenda.name):
        agenda = rename_agenda(workspace, agenda, read.name, now)
    segments = _still_skipped(agenda, read.segments)
    return change_segments(workspace, agenda, segments, now) if tuple(segments) != agenda.segments else agenda
