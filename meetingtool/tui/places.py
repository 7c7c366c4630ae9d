"""Where deeds that belong to another screen are done, so that the palette leads there from anywhere."""

from __future__ import annotations

import msgspec

from meetingtool.rules import areas


class Place(msgspec.Struct, frozen=True):
    """Where something that belongs to another screen is done. mode and go: the mode, and the action on its screen that
    leads there; empty where the mode is enough. title and help:
    how it is found. alone: whether only the manager sees it. area: which area it belongs to, if any.
    """

    mode: str
    title: str
    help: str
    go: str = ""
    alone: bool = False
    area: str = ""


class Elsewhere(msgspec.Struct, frozen=True):
    """A part of the app whose deeds can be found from elsewhere. of: the module and the class that has their keys.
    where: how the place is called. mode, go and area: as in a `Place`.
    """

    of: str
    where: str
    mode: str
    go: str = ""
    area: str = ""


PLACES = (
    Place("today", "Talks with somebody new", "talk after 30, 60, 90 days · in Today", "", True, areas.TALKS),
    Place("meeting", "Meeting: start it, take attendance, close it", "late, absent, sick · in Meeting"),
    Place("meeting", "Minutes and agenda", "to print, export, share, send by email · in Meeting"),
    Place("history", "Change what was told", "correct a mistake, star, edit, move to the bin, delete · in History"),
    Place("history", "Newsletter, cards, themes", "save or export what is found, print a report · in History"),
    Place("history", "Insight: many records together", "the year in review, themes · in History", "insight"),
    Place("people", "People: add somebody, import a list",
          "person, hire, leaver, fire, rename, merge, roster, from a file · in People"),
    Place("people", "One person's year", "insight, brag-sheet · in People: Insight", "insight"),
    Place("people", "Ratings", "rate people by standards, one key each · in People: Rating sheet", "sheet", True),
    Place("people", "Evaluations", "year end: evaluate, adjust, share, finalise, answer, acknowledge, reopen, export, "
          "print · in People: Evaluation", "go_tab('evaluation')", True),
    Place("people", "The team side by side", "compare, try weights, settle, year end · in People: Side by side", "team",
          True),
    Place("people", "Training and courses", "train or excuse somebody, due · in People: Training", "training", True,
          areas.TRAINING),
    Place("people", "Who is owed thanks, and rewards", "promised, handed over · in People: Thanks", "thanks", True,
          areas.THANKS),
    Place("customers", "Survey answers of customers", "import a survey · in Customers: Answers", "tab('answers')", True,
          areas.ANSWERS),
    Place("customers", "Names in what customers said", "mentions, whom they thank · in Customers: Answers",
          "tab('answers')", True, areas.ANSWERS),
    Place("customers", "Complaints", "their steps, close, reopen, what is due · in Customers: Complaints",
          "tab('complaints')", True, areas.COMPLAINTS),
    Place("customers", "Calls and your own hours", "hands-on, whom to call, visit · in Customers: Calls",
          "tab('calls')", True, areas.CALLS),
    Place("customers", "Service recovery fund", "money spent, export its sheet · in Customers: Fund", "tab('fund')",
          True, areas.FUND),
    Place("playbook", "The team's philosophy", "what you are here for; distil a sentence, agree · in Playbook",
          "shelf('philosophy')", area=areas.PHILOSOPHY),
    Place("playbook", "Whom we serve", "groups of customers · in Playbook", "shelf('groups')", area=areas.PHILOSOPHY),
    Place("playbook", "Add a standard, question or role-play", "scenario, edit, move, retire · in Playbook"),
    Place("playbook", "Posters, cards, a card for customers", "print standards, QR code, slips of the pulse, interview "
          "sheet · in Playbook", "print"),
)  # fmt: skip
"""Where deeds that belong to another screen are done."""

ELSEWHERE = (
    Elsewhere("today.today:TodayScreen", "in Today", "today"),
    Elsewhere("meeting.before_meeting:BeforeMeeting", "in Meeting", "meeting"),
    Elsewhere("meeting.meeting:MeetingScreen", "in a running meeting", "meeting"),
    Elsewhere("meeting.told_list:ToldList", "in a running meeting", "meeting"),
    Elsewhere("history.history_deeds:HistoryDeeds", "in History", "history"),
    Elsewhere("insight.insight:InsightScreen", "in History: Insight", "history", "insight"),
    Elsewhere("people.people:PeopleScreen", "in People", "people"),
    Elsewhere("people.evaluation_tab:EvaluationTab", "in People: Evaluation", "people", "go_tab('evaluation')"),
    Elsewhere("people.rating_sheet:RatingSheet", "in People: Rating sheet", "people", "sheet"),
    Elsewhere("people.team_page:TeamPage", "in People: Side by side", "people", "team"),
    Elsewhere("people.training_page:TrainingPage", "in People: Training", "people", "training", areas.TRAINING),
    Elsewhere("people.thanks_page:ThanksPage", "in People: Thanks", "people", "thanks", areas.THANKS),
    Elsewhere("customers.voices_tab:VoicesTab", "in Customers: Voices", "customers", "tab('voices')", areas.VOICES),
    Elsewhere("customers.answers_tab:AnswersTab", "in Customers: Answers", "customers", "tab('answers')",
              areas.ANSWERS),
    Elsewhere("customers.complaints_tab:ComplaintsTab", "in Customers: Complaints", "customers", "tab('complaints')",
              areas.COMPLAINTS),
    Elsewhere("customers.served_tab:ServedTab", "in Customers: People we serve", "customers", "tab('served')",
              areas.SERVED),
    Elsewhere("customers.calls_tab:CallsTab", "in Customers: Calls", "customers", "tab('calls')", areas.CALLS),
    Elsewhere("customers.fund_tab:FundTab", "in Customers: Fund", "customers", "tab('fund')", areas.FUND),
    Elsewhere("playbook.playbook:PlaybookScreen", "in Playbook", "playbook"),
)  # fmt: skip
"""All that has deeds of its own and is a key or two away from everywhere."""

CAPTURES = (
    ("promise", "Note a promise to a customer", "what, and by when", ""),
    ("action", "Note an action for the team", "what, and by when", ""),
    ("praise", "Thank somebody", "praise: whom, for what, by which standard", areas.THANKS),
    ("voice", "Note what a customer said", "word for word", areas.VOICES),
    ("complaint", "Write a complaint down", "one line", areas.COMPLAINTS),
    ("call", "Note a call to a customer", "one line", areas.CALLS),
)
"""What can be noted from anywhere besides wins and stickies: the kind, its name, what is typed, its area."""

ALSO = {
    "keys": "help",
    "page.keys": "help",
    "quit": "exit",
    "years-kept": "retention",
    "day": "weekday",
    "paper": "A4 or Letter",
    "room": "the mode of the screen",
    "undo": "take a mistake back",
    "meeting.attendance": "sick, on leave",
    "meeting.line": "who is next, whose turn it is: Tab there",
}
"""Other words by which keys (by their binding's id) and settings (by their name) are found."""

SAME: dict[str, tuple[str, ...]] = {
    "appraisal": ("evaluations",),
    "birthday": ("anniversaries", "newsletter"),
    "bonus": ("rewards",),
    "bulk": ("import", "list"),
    "cancel": ("undo", "skip"),
    "employee": ("person",),
    "employees": ("people",),
    "excel": ("export",),
    "filter": ("search", "narrow"),
    "find": ("search",),
    "gdpr": ("forget",),
    "hour": ("time",),
    "mail": ("email",),
    "new": ("add", "note"),
    "nps": ("survey",),
    "pdf": ("print", "export"),
    "phone": ("calls",),
    "redo": ("undo",),
    "salary": ("rewards", "fund"),
    "shortcut": ("key",),
    "staff": ("people",),
    "tidy": ("sort-out", "bin"),
    "timer": ("clock",),
}
"""Words that people type for what is called otherwise here."""
