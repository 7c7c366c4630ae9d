"""What can be done: the code a deed is kept under, and all that follows from it.

The books keep only the code. Its words may be improved here at any time; a code is never given another meaning, and
never taken away, because books from thirty years ago have it.
"""

from __future__ import annotations

from typing import Final, NewType

import msgspec

Code = NewType("Code", str)
"""A deed's code: what it was about, a dot, and what happened, as in `story.made-private`."""


class Meaning(msgspec.Struct, frozen=True):
    """What a code stands for.

    words: how it is described, revealing nothing of what was recorded. private: neither named nor undone while
    the screen is shared. undoable: whether undo reverses it; other deeds have their own way back, or none.
    """

    words: str
    private: bool = False
    undoable: bool = True


MEANINGS: dict[str, Meaning] = {}
"""The table: code -> what it stands for."""


def _deed(code: str, words: str, *, private: bool = False, undoable: bool = True) -> Code:
    """Enter one deed in the table."""
    MEANINGS[code] = Meaning(words, private, undoable)
    return Code(code)


WIN: Final = _deed("win.recorded", "win recorded")
STICKY: Final = _deed("sticky.recorded", "sticky situation recorded")
PRAISE: Final = _deed("thanks.recorded", "thanks recorded")
PROMISE: Final = _deed("promise.recorded", "promise recorded")
ACTION: Final = _deed("action.recorded", "action recorded")
STORIES: Final = _deed("stories.recorded", "list of stories recorded")
STORY_EDITED: Final = _deed("story.edited", "story edited")
SORTED_OUT: Final = _deed("story.sorted-out", "open mark sorted out")
STORY_TOLD: Final = _deed("story.told", "waiting story told")
STORY_DEEPENED: Final = _deed("story.deepened", "details added to a story")
STARRED: Final = _deed("story.starred", "story starred")
UNSTARRED: Final = _deed("story.unstarred", "star removed from a story")
MADE_PRIVATE: Final = _deed("story.made-private", "story made private")
MADE_PUBLIC: Final = _deed("story.made-public", "story made public")
FOLLOW_UP_EDITED: Final = _deed("follow-up.edited", "follow-up edited")
KEPT: Final = _deed("follow-up.kept", "follow-up marked as kept")
MISSED: Final = _deed("follow-up.missed", "follow-up marked as missed")
DROPPED: Final = _deed("follow-up.dropped", "follow-up dropped")
REOPENED: Final = _deed("follow-up.reopened", "follow-up reopened")
MOVED: Final = _deed("follow-up.moved", "due date moved")
REMOVED: Final = _deed("record.removed", "record moved to the bin")
RESTORED: Final = _deed("record.restored", "record restored from the bin")
FORGOTTEN: Final = _deed("person.made-anonymous", "person made anonymous", undoable=False)
STARTED_MEETING: Final = _deed("meeting.started", "meeting started")
CLOSED_MEETING: Final = _deed("meeting.closed", "meeting closed")
PRESENCE: Final = _deed("meeting.attendance-noted", "attendance noted")
MEETING_NOTED: Final = _deed("meeting.notes-written", "meeting notes written")
MEETING_RATED: Final = _deed("meeting.rated", "meeting rated")
MEETING_CORRECTED: Final = _deed("meeting.corrected", "closed meeting corrected")
MEETING_MOVED: Final = _deed("meeting.next-moved", "next meeting moved")
QUESTION_ADDED: Final = _deed("question.added", "question added")
QUESTION_EDITED: Final = _deed("question.edited", "question edited")
QUESTION_RETIRED: Final = _deed("question.retired", "question retired")
SCENARIO_ADDED: Final = _deed("scenario.added", "role-play added")
SCENARIO_EDITED: Final = _deed("scenario.edited", "role-play edited")
SCENARIO_RETIRED: Final = _deed("scenario.retired", "role-play retired")
AGENDA_CHANGED: Final = _deed("agenda.changed", "agenda changed")
AGENDA_ADDED: Final = _deed("agenda.added", "agenda added")
AGENDA_REMOVED: Final = _deed("agenda.removed", "agenda removed")
AGENDA_CHOSEN: Final = _deed("agenda.chosen", "agenda chosen")
PERSON_ADDED: Final = _deed("person.added", "person added")
PERSON_EDITED: Final = _deed("person.edited", "person edited")
PERSON_LEFT: Final = _deed("person.left", "person's last day noted")
HANDED_OVER: Final = _deed("follow-ups.handed-over", "open promises and actions handed over")
PEOPLE_MERGED: Final = _deed("people.merged", "two entries of a person merged")
TOLD_APART: Final = _deed("doubles.told-apart", "two of one handle or tag told apart")
PEOPLE_IMPORTED: Final = _deed("people.imported", "people imported")
STANDARD_ADDED: Final = _deed("standard.added", "standard added")
STANDARD_EDITED: Final = _deed("standard.edited", "standard edited")
STANDARD_RETIRED: Final = _deed("standard.retired", "standard retired")
SETTINGS: Final = _deed("settings.changed", "settings changed", private=True)
STARTED_WORKSPACE: Final = _deed("workspace.set-up", "workspace set up", undoable=False)
SAMPLE: Final = _deed("sample.loaded", "sample team loaded", undoable=False)
RATED: Final = _deed("rating.given", "person rated", private=True)
RATINGS_IMPORTED: Final = _deed("ratings.imported", "ratings imported", private=True)
CONSIDERED: Final = _deed("ratings.story-considered", "story considered for ratings", private=True)
EVALUATION_WRITTEN: Final = _deed("evaluation.written", "evaluation text written", private=True)
EVALUATION_ADJUSTED: Final = _deed("evaluation.adjusted", "evaluation score adjusted", private=True)
EVALUATION_SHARED: Final = _deed("evaluation.shared", "evaluation shared", private=True, undoable=False)
EVALUATION_ANSWERED: Final = _deed("evaluation.answered", "answer to an evaluation noted", private=True, undoable=False)
EVALUATION_FINAL: Final = _deed("evaluation.finalised", "evaluation finalised", private=True, undoable=False)
EVALUATIONS_JOINED: Final = _deed("evaluations.joined", "two evaluations merged", private=True, undoable=False)
EVALUATION_REOPENED: Final = _deed("evaluation.reopened", "evaluation reopened", private=True, undoable=False)
SALVAGED: Final = _deed("record.salvaged", "record saved from a damaged file")
BACKUP_RESTORED: Final = _deed("backup.restored", "backup restored", private=True)
COPY_MERGED: Final = _deed("copy.merged", "conflicted copy merged")

VOICE: Final = _deed("voice.recorded", "words of a customer recorded")
VOICE_EDITED: Final = _deed("voice.edited", "words of a customer edited")
VOICE_MARKED: Final = _deed("voice.marked", "words of a customer marked to be read aloud")
VOICE_UNMARKED: Final = _deed("voice.unmarked", "mark to be read aloud removed")
VOICE_MEANT: Final = _deed("voice.meant", "meaning of a customer's words noted", private=True)
VOICE_READ: Final = _deed("voice.read", "words of a customer read aloud")
CUSTOMERS_HEARD: Final = _deed("meeting.customers-heard", "what customers say told in the meeting")
SURVEY_IMPORTED: Final = _deed("survey.imported", "answers of customers imported")
SURVEY_CHANGED: Final = _deed("survey.changed", "survey changed")
SURVEY_THINNED: Final = _deed("survey.thinned", "answers of customers thinned to counts", private=True, undoable=False)
LEFT_OUT: Final = _deed("answer.left-out", "answer left out", private=True)
MENTION_DECIDED: Final = _deed("mention.decided", "name in a comment decided", private=True)
ACCOUNT_WRITTEN: Final = _deed("mention.account", "own account written down", private=True)
ALERT_TOLD: Final = _deed("alert.told", "alert told")
ALERT_EXPLAINED: Final = _deed("alert.explained", "alert explained")
ALERT_DONE: Final = _deed("alert.done", "alert answered by an action")
ALERT_DISMISSED: Final = _deed("alert.dismissed", "alert dismissed")
RESULTS_TOLD: Final = _deed("survey.told", "results told to the team")
COMPARISON_FIXED: Final = _deed("comparison.fixed", "comparison fixed")
REWARD_CHANGED: Final = _deed("reward.changed", "reward of thanks noted")
REWARD_GIVEN: Final = _deed("reward.given", "reward handed over")
COURSE_ADDED: Final = _deed("course.added", "course added")
COURSES_TAKEN_UP: Final = _deed("courses.taken-up", "ready-made courses added")
COURSE_EDITED: Final = _deed("course.edited", "course edited")
COURSE_RETIRED: Final = _deed("course.retired", "course retired")
GROUP_ADDED: Final = _deed("group.added", "group added")
GROUP_EDITED: Final = _deed("group.edited", "group edited")
GROUP_RETIRED: Final = _deed("group.retired", "group retired")
QUESTIONS_TAKEN_UP: Final = _deed("questions.taken-up", "questions of the philosophy added")
TALKED: Final = _deed("talk.noted", "talk noted", private=True)
STATEMENT_ADDED: Final = _deed("statement.added", "sentence proposed")
STATEMENT_EDITED: Final = _deed("statement.edited", "sentence edited")
STATEMENT_AGREED: Final = _deed("statement.agreed", "sentence agreed")
STATEMENT_RETIRED: Final = _deed("statement.retired", "sentence retired")
TRAINED: Final = _deed("training.recorded", "training recorded", private=True)
TRAINING_EDITED: Final = _deed("training.edited", "training edited", private=True)
TRAINING_EXCUSED: Final = _deed("training.excused", "training excused", private=True)
TRAINING_MOVED: Final = _deed("training.moved", "due date of a training moved", private=True)
TRAININGS_IMPORTED: Final = _deed("trainings.imported", "register of trainings imported", private=True)
COMPLAINT: Final = _deed("complaint.recorded", "complaint recorded", private=True)
COMPLAINT_EDITED: Final = _deed("complaint.edited", "complaint edited", private=True)
COMPLAINT_STEP: Final = _deed("complaint.step-taken", "step of a complaint noted", private=True)
COMPLAINT_OFFER: Final = _deed("complaint.offered", "offer to a customer noted", private=True)
COMPLAINT_MOVED: Final = _deed("complaint.date-moved", "due date of a complaint moved", private=True)
COMPLAINT_CLOSED: Final = _deed("complaint.closed", "complaint closed", private=True)
COMPLAINT_REOPENED: Final = _deed("complaint.reopened", "complaint reopened", private=True)
NAMES_OFF: Final = _deed("complaints.names-off", "names taken off old complaints", private=True)
CUSTOMER_CHANGED: Final = _deed("customer.changed", "customer changed", private=True)
CUSTOMERS_MERGED: Final = _deed("customers.merged", "two names of a customer merged", private=True)
CUSTOMER_FORGOTTEN: Final = _deed("customer.forgotten", "customer forgotten", private=True, undoable=False)
CUSTOMERS_IMPORTED: Final = _deed("customers.imported", "list of customers imported", private=True)
NUMBERS_LET_GO: Final = _deed("customers.numbers-let-go", "old telephone numbers let go", undoable=False)
CALLED: Final = _deed("contact.recorded", "call to a customer noted")
CALL_EDITED: Final = _deed("contact.edited", "call to a customer edited")
CALL_SKIPPED: Final = _deed("contact.skipped", "customer left out of the calls", private=True)
PULSE: Final = _deed("pulse.asked", "team asked for its pulse", undoable=False)
HANDS_ON: Final = _deed("hands-on.recorded", "hours with the team noted")
HANDS_ON_EDITED: Final = _deed("hands-on.edited", "hours with the team edited")

VERSIONS_DELETED: Final = _deed("versions.deleted", "former versions deleted", undoable=False)
SET_ASIDE: Final = _deed("record.set-aside", "record that can't be read set aside", undoable=False)
BROUGHT_BACK: Final = _deed("record.brought-back", "record that can't be read brought back", undoable=False)
QUIET: Final = _deed("", "")
"""A save that is not a step of its own to undo, such as the clock of a meeting moving on."""

_UNDONE = "undo:"
_UNKNOWN = Meaning("something that this version does not know", private=True, undoable=False)
"""What a code of a newer version counts as: nothing is said about it, and nothing undone."""


def undoing(code: Code) -> Code:
    """The code of undoing a deed."""
    return Code(f"{_UNDONE}{code}")


def merging(service: str) -> Code:
    """The code of merging a conflicted copy. service: who made the copy, as in `copy.merged:Dropbox`."""
    return Code(f"{COPY_MERGED}:{service}")


def is_merge(code: Code, *, undone: bool = False) -> bool:
    """Whether a deed merged a conflicted copy. undone: or took such a merge back."""
    return (code.removeprefix(_UNDONE) if undone else code).partition(":")[0] == COPY_MERGED


def meaning_of(code: Code) -> Meaning:
    """What a code stands for. Undoing a deed is as private as the deed."""
    if code.startswith(_UNDONE):
        undone = meaning_of(Code(code.removeprefix(_UNDONE)))
        return Meaning(f"undone: {undone.words}", undone.private, undoable=False)
    service = code.partition(":")[2]
    if is_merge(code) and service:
        return Meaning(f"copy made by {service} merged")
    return MEANINGS.get(code, _UNKNOWN)


def deed_words(code: Code) -> str:
    """The words for a deed: in the log, when it is undone, among the changes of a record."""
    return meaning_of(code).words


def is_known(code: Code) -> bool:
    """Whether this version knows the deed."""
    return meaning_of(Code(code.removeprefix(_UNDONE))) is not _UNKNOWN
