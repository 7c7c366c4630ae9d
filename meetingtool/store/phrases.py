"""What deeds were called in books of form 1: by phrases, every one that was ever written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CODES = {
    "recorded a win": "win.recorded",
    "recorded a sticky situation": "sticky.recorded",
    "recorded thanks": "thanks.recorded",
    "noted a promise": "promise.recorded",
    "noted an action": "action.recorded",
    "recorded a list of stories": "stories.recorded",
    "edited a story": "story.edited",
    "told a waiting story": "story.told",
    "added to a story": "story.deepened",
    "starred a story": "story.starred",
    "took a star off a story": "story.unstarred",
    "made a story private": "story.made-private",
    "made a story public": "story.made-public",
    "edited a follow-up": "follow-up.edited",
    "marked a follow-up as kept": "follow-up.kept",
    "marked a follow-up as missed": "follow-up.missed",
    "dropped a follow-up": "follow-up.dropped",
    "opened a follow-up again": "follow-up.reopened",
    "moved a due date": "follow-up.moved",
    "removed a record": "record.removed",
    "brought a record back": "record.restored",
    "made a person anonymous": "person.made-anonymous",
    "started a meeting": "meeting.started",
    "closed a meeting": "meeting.closed",
    "noted attendance": "meeting.attendance-noted",
    "wrote in the meeting's notes": "meeting.notes-written",
    "corrected a closed meeting": "meeting.corrected",
    "added a question": "question.added",
    "edited a question": "question.edited",
    "retired a question": "question.retired",
    "added a role-play": "scenario.added",
    "edited a role-play": "scenario.edited",
    "retired a role-play": "scenario.retired",
    "changed an agenda": "agenda.changed",
    "added an agenda": "agenda.added",
    "removed an agenda": "agenda.removed",
    "chose the agenda": "agenda.chosen",
    "added a person": "person.added",
    "edited a person": "person.edited",
    "noted that a person leaves": "person.left",
    "made two entries of a person one": "people.merged",
    "imported people": "people.imported",
    "added a standard": "standard.added",
    "edited a standard": "standard.edited",
    "retired a standard": "standard.retired",
    "changed the settings": "settings.changed",
    "set the workspace up": "workspace.set-up",
    "loaded the sample team": "sample.loaded",
    "rated a person": "rating.given",
    "imported ratings": "ratings.imported",
    "went on in the pass to ratings": "ratings.story-considered",
    "wrote in an evaluation": "evaluation.written",
    "adjusted an evaluation": "evaluation.adjusted",
    "shared an evaluation": "evaluation.shared",
    "noted the answer to an evaluation": "evaluation.answered",
    "finalised an evaluation": "evaluation.finalised",
    "reopened an evaluation": "evaluation.reopened",
    "rated the meeting": "meeting.rated",
    "added to a sticky situation": "story.deepened",
    "merged": "copy.merged",
    "brought back after damage": "record.salvaged",
}
"""phrase -> the code of the same deed. It is never changed, because those books don't change either."""

_UNDID, _MERGED = "undid: ", "merged a copy made by "


def code_of(phrase: str) -> str:
    """The code of a phrase; whatever else stands there stays as it is."""
    if phrase.startswith(_UNDID):
        return f"undo:{code_of(phrase.removeprefix(_UNDID))}"
    if phrase.startswith(_MERGED):
        return f"copy.merged:{phrase.removeprefix(_MERGED)}"
    return CODES.get(phrase, phrase)


def with_code_for_phrase(field: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A step that puts the code in place of the phrase in a field of a document."""

    def turn(document: dict[str, Any]) -> dict[str, Any]:
        phrase = document.get(field)
        return {**document, field: code_of(phrase)} if isinstance(phrase, str) else document

    return turn
