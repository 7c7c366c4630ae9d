"""What a deed is called where it is told or undone. No word here reveals what was recorded."""

from __future__ import annotations

from typing import Final

WIN: Final = "recorded a win"
STICKY: Final = "recorded a sticky situation"
PRAISE: Final = "recorded thanks"
PROMISE: Final = "noted a promise"
ACTION: Final = "noted an action"
STORIES: Final = "recorded a list of stories"
STORY_EDITED: Final = "edited a story"
STORY_TOLD: Final = "told a waiting story"
STORY_DEEPENED: Final = "added to a story"
STARRED: Final = "starred a story"
UNSTARRED: Final = "took a star off a story"
MADE_PRIVATE: Final = "made a story private"
MADE_PUBLIC: Final = "made a story public"
FOLLOW_UP_EDITED: Final = "edited a follow-up"
KEPT: Final = "marked a follow-up as kept"
MISSED: Final = "marked a follow-up as missed"
DROPPED: Final = "dropped a follow-up"
REOPENED: Final = "opened a follow-up again"
MOVED: Final = "moved a due date"
REMOVED: Final = "removed a record"
RESTORED: Final = "brought a record back"
FORGOTTEN: Final = "made a person anonymous"
STARTED_MEETING: Final = "started a meeting"
CLOSED_MEETING: Final = "closed a meeting"
PRESENCE: Final = "noted attendance"
MEETING_NOTED: Final = "wrote in the meeting's notes"
MEETING_CORRECTED: Final = "corrected a closed meeting"
QUESTION_ADDED: Final = "added a question"
QUESTION_EDITED: Final = "edited a question"
QUESTION_RETIRED: Final = "retired a question"
SCENARIO_ADDED: Final = "added a role-play"
SCENARIO_EDITED: Final = "edited a role-play"
SCENARIO_RETIRED: Final = "retired a role-play"
AGENDA_CHANGED: Final = "changed an agenda"
AGENDA_ADDED: Final = "added an agenda"
AGENDA_REMOVED: Final = "removed an agenda"
AGENDA_CHOSEN: Final = "chose the agenda"
PERSON_ADDED: Final = "added a person"
PERSON_EDITED: Final = "edited a person"
PERSON_LEFT: Final = "noted that a person leaves"
PEOPLE_MERGED: Final = "made two entries of a person one"
PEOPLE_IMPORTED: Final = "imported people"
STANDARD_ADDED: Final = "added a standard"
STANDARD_EDITED: Final = "edited a standard"
STANDARD_RETIRED: Final = "retired a standard"
SETTINGS: Final = "changed the settings"
STARTED_WORKSPACE: Final = "set the workspace up"
SAMPLE: Final = "loaded the sample team"
RATED: Final = "rated a person"
RATINGS_IMPORTED: Final = "imported ratings"
CONSIDERED: Final = "went on in the pass to ratings"
EVALUATION_WRITTEN: Final = "wrote in an evaluation"
EVALUATION_ADJUSTED: Final = "adjusted an evaluation"
EVALUATION_SHARED: Final = "shared an evaluation"
EVALUATION_ANSWERED: Final = "noted the answer to an evaluation"
EVALUATION_FINAL: Final = "finalised an evaluation"
EVALUATION_REOPENED: Final = "reopened an evaluation"

QUIET: Final = ""
"""A save that is no step of its own to undo, such as the clock of a meeting moving on."""

PRIVATE: Final = frozenset(
    {
        RATED,
        RATINGS_IMPORTED,
        CONSIDERED,
        EVALUATION_WRITTEN,
        EVALUATION_ADJUSTED,
        EVALUATION_SHARED,
        EVALUATION_ANSWERED,
        EVALUATION_FINAL,
        EVALUATION_REOPENED,
    }
)
"""Deeds that are neither named nor undone while the screen is shared."""

FINAL: Final = frozenset({EVALUATION_FINAL, EVALUATION_REOPENED, STARTED_WORKSPACE, SAMPLE, FORGOTTEN})
"""Deeds that undo leaves alone: they have a way back of their own, or none."""
