"""The words and numbers of an evaluation that are the same in all its forms: Markdown, web page, PDF, workbook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from meetingtool.rules.kinds.stories import StoryKind
from meetingtool.rules.people.evaluation import FINAL_ANYWAY, LATE_ENTRY
from meetingtool.rules.people.score import NOT_ENOUGH, rounded
from meetingtool.rules.people.sum_in_words import SCALE, how_worked_out
from meetingtool.rules.wording import count, listed, one_line

Content = Mapping[str, Any]

TITLE = "Customer service evaluation"

SCORE = "The score"
HOW_MADE = "How the score is made"
WORDS = "In the manager’s words"
STANDARDS = "Standards, quarter by quarter"
STORIES = "Stories"
QUOTES = "What customers said"
THANKS = "Thanks and rewards"
PROMISES = "Promises to customers"
GAPS = "What the records do not show"
RATINGS = "Ratings"
ANCHORS = "What the ratings mean"
ANSWER = "The employee’s answer"
CHECKS = "The manager’s own checks"
LEFT_OUT = "Left out of this copy"
GOALS_BEFORE = "Last year’s goals"
COURSE = "What came before"

WRITTEN = (("strengths", "Strengths"), ("growth", "Where to grow"), ("goals", "Goals"))
"""The parts of the manager's words: key in the content, and title."""

FIELDS = (*WRITTEN, ("became", "What became of last year’s goals"))
"""All that the manager writes: field of the record, and title."""

STORY_WORDS = {sort: words.long for sort, words in StoryKind.sorts.items()}

CHANGED = "Changed since"
"""The state shown for what is no longer what was shared or locked."""
NONE = "–"
NOT_SEEN = "not seen"
NO_STANDARD = "Under no standard"
REMOVED_SINCE = "removed since"
GONE = "Removed; its text is not kept here."
"""Instead of the words of a story that was in the bin when the evaluation was made."""


QUARTERS = f"Each quarter shows the mean of its ratings, 1 to 5. The value is the mean of the quarters, where {SCALE}."
"""Beside the standards."""

RULES = {
    1: "Made by rule 1 of the score, which applied until November 2026: a promise kept late counted as kept, and every "
    "month with a told win added a point.",
    2: "Made by rule 2 of the score: a promise kept late counts half, and recognition counts by the share of months.",
}
"""What a paper says about the form of the sum by which it was made."""


def title_of(content: Content) -> str:
    """What the paper is called, before its period: that of a first half year is a mid-year one."""
    return f"Mid-year {TITLE[0].lower()}{TITLE[1:]}" if content["period"]["label"].endswith(" H1") else TITLE


def as_result(content: Content) -> Content:
    """A content as papers show it: where it was changed since, no number is shown as a result."""
    if not content.get("changed"):
        return content
    score = content["score"]
    parts = [part | {"adds": None} for part in score["parts"]]
    blank = {"shown": None, "computed": None, "value": None, "band": "", "missing": [], "parts": parts}
    return {**content, "score": score | blank, "before": None}


def no_number(content: Content) -> str:
    """What replaces the number where there is none."""
    if not content.get("changed"):
        return NOT_ENOUGH
    state = content["state"]
    return f"{CHANGED.lower()} it was {state}" if state in ("shared", "acknowledged", "final") else CHANGED.lower()


def not_final(state: str) -> str:
    """What is at the foot of a paper in place of a digest. state: as it is printed."""
    return {"Final": "", CHANGED: CHANGED.lower()}.get(state, "not final")


def number(value: float | None, digits: int = 1) -> str:
    """`84.4`, half up, or a dash where there is no number."""
    ten = 10**digits
    return NONE if value is None else f"{rounded(value * ten) / ten:.{digits}f}"


def telling(value: float, shown: int) -> str:
    """`84.4`, with as many digits as it takes to round to `shown`: 84.47 is never `84.5`."""
    return next(
        (text for digits in range(1, 6) if rounded(float(text := number(value, digits))) == shown), f"{value:.6f}"
    )


def signed(value: float, digits: int = 1) -> str:
    """`+5.7`, `−2.1`, `0`."""
    size = number(abs(value), digits)
    if not size.strip("0."):
        return "0"
    return f"{'−' if value < 0 else '+'}{size}"


def points(value: float) -> str:
    """A manager's adjustment: `+2`, `−1.5`."""
    return signed(value, 0 if float(value).is_integer() else 1)


def rating_value(rating: Content) -> str:
    """`4`, or that somebody looked and saw nothing to rate."""
    return NOT_SEEN if rating["value"] is None else str(rating["value"])


def copy_of(content: Content) -> str:
    """Whose copy it is."""
    return "Employee’s copy" if content.get("copy") == "employee" else "Manager’s copy"


def facts_of(content: Content, day: Callable[[str], str]) -> list[tuple[str, str]]:
    """What is known of the person and the period: names with values. day: how an ISO date is put."""
    person, period = content["person"], content["period"]
    facts = [
        ("Number" if person["number"] else "Handle", identity(content)),
        ("Period", f"{day(period['since'])} to {day(period['until'])}"),
        ("On the team since", day(person["started"]) if person["started"] else ""),
        ("Left", day(person["left"]) if person["left"] else ""),
    ]
    return [(name, value) for name, value in facts if value]


def identity(content: Content) -> str:
    """What distinguishes the person from others of the same name: the employee number, else the handle."""
    person = content["person"]
    return str(person["number"] or f"@{person['handle']}")


def signatures(content: Content) -> tuple[tuple[str, str], ...]:
    """Who signs: each one's name, empty where it is to be written, and in which capacity."""
    office = content.get("office", {})
    team = f"For {content['team']}"
    title = office.get("manager_title", "")
    signed_by = [(content["person"]["name"], "Employee")]
    signed_by.append((office.get("manager", ""), f"{title}, {team.lower()[:3]}{team[3:]}" if title else team))
    if office.get("reviewer"):
        signed_by.append(("", office["reviewer"]))
    return tuple(signed_by)


def reply_notes(content: Content) -> list[str]:
    """What a paper says about the right to answer it (until it was answered), and how long it is kept."""
    office = content.get("office", {})
    still = ("kept",) if content["answer"]["acknowledged_on"] else ("reply", "kept")
    return [office[name] for name in still if office.get(name)]


def bands_in_words(content: Content) -> str:
    """`90 to 100 Outstanding, 75 to 89 Strong, ...`: every band with its range."""
    words, above = [], 100
    for least, name in sorted(content["rule"]["bands"], key=lambda band: -int(band[0])):
        words.append(f"{least} to {above} {name}" if least < above else f"{least} {name}")
        above = least - 1
    return f"Bands: {', '.join(words)}."


def needs(content: Content) -> str:
    """The words before the list of what a number needs, which can't be supplied once it is locked."""
    return "It would have needed:" if content["state"] == "final" else "It needs:"


def rests_on(part: Content) -> str:
    """What a part of the score rests on, or why it is absent."""
    absent, basis = part["absent_because"], part["basis"]
    return f"{absent} ({basis})" if absent and basis else absent or basis


def brief(content: Content, story: Content, day: str) -> str:
    """What replaces a sticky situation that the manager has not picked. day: when it was shared."""
    shared = f"A sticky situation shared on {day}"
    on_it = [rating for rating in content["ratings"] if story["id"] in rating["stories"]]
    if not on_it:
        return f"{shared}; it adds nothing and lowers nothing."
    named = listed([f"#{one_line(rating['tag'])} {rating_value(rating)}" for rating in on_it])
    rests = "the rating" if len(on_it) == 1 else "the ratings"
    return f"{shared}; {rests} {named} {'rests' if len(on_it) == 1 else 'rest'} on how it was handled."


def entered_late(rating: Content, day: Callable[[str], str]) -> str:
    """`entered 29 Nov`, where a rating was written down weeks after its day; else empty. day: how a date is put."""
    entered = rating.get("entered")
    if entered is None:
        return ""
    weeks = (date.fromisoformat(entered) - date.fromisoformat(rating["day"])).days >= LATE_ENTRY
    return f"entered {day(entered)}" if weeks else ""


def cited(rating: Content, stories: Mapping[str, Content]) -> str:
    """The references of the stories that a rating rests on; and how many private ones are left out here. stories: by
    id."""
    refs = [stories[story]["ref"] for story in rating["stories"] if story in stories]
    hidden, lost = rating.get("private_stories", 0), len(rating["stories"]) - len(refs)
    if hidden:
        refs.append("a private story" if hidden == 1 else f"{hidden} private stories")
    if lost:
        refs.append(count(lost, "story that is not here", "stories that are not here"))
    return listed(refs)


def printed_parts(score: Content) -> list[Content]:
    """The parts that belong on a paper: not those for which nobody on the team has anything."""
    return [part for part in score["parts"] if not part.get("unused")]


def story_marks(story: Content, removed: Collection[str]) -> list[str]:
    """`starred`, `private`, `removed since`, and that it dates from before or after the time on the team. removed: ids
    of records put in the bin since it was finalised."""
    marks = [mark for mark in ("starred", "private") if story[mark]]
    marks += ["before the first day on the team"] if story.get("before_joining") else []
    marks += ["after the last day on the team"] if story.get("after_leaving") else []
    return marks + ([REMOVED_SINCE] if story["id"] in removed and not story["removed"] else [])


def promise_notes(promise: Content, removed: Collection[str]) -> list[str]:
    """Why a promise counts as it does, and its marks."""
    notes = [promise["why"], "private" if promise["private"] else ""]
    return [note for note in (*notes, REMOVED_SINCE if promise["id"] in removed else "") if note]


def answered(answer: Content, name: str, day: Callable[[str], str]) -> str:
    """What the employee said to it in a sentence; empty before that."""
    if answer["acknowledged_on"] is None:
        return ""
    says = {True: "agrees with it", False: "disagrees with it", None: "gives no view"}[answer["agrees"]]
    return f"{name} received this evaluation on {day(answer['acknowledged_on'])} and {says}."


def course_lines(content: Content, day: Callable[[str], str]) -> list[str]:
    """What was reopened, and which answers were changed, each with its reason. day: how an ISO date is put."""
    return [_course_line(entry, content["edition"], day) for entry in content.get("course", ())]


def _course_line(entry: Content, now: int, day: Callable[[str], str]) -> str:
    """now: the edition that says so; it replaces only the one before it."""
    on = day(entry["on"])
    if entry["what"] == "answer":
        head = f"The answer was changed on {on}"
    elif entry["edition"]:
        last = entry["edition"] == now - 1
        head = f"{'This replaces edition' if last else 'Edition'} {entry['edition']}, final since "
        head += (
            f"{day(entry['final_on'])} (digest {entry['digest'][:16]}), {'which ' if last else ''}was reopened on {on}"
        )
    else:
        head = f"This was shared before, and taken back on {on}"
    before = ""
    if entry["answered_on"] or entry["agrees"] is not None:
        says = SAYS[entry["agrees"]]
        comment = f": {entry['comment']}" if entry["comment"] else "."
        before = f" The answer before: {says}{comment}"
    return f"{head}, because: {entry['reason']}{'' if entry['reason'].endswith(('.', '!', '?')) else '.'}{before}"


SAYS = {True: "agrees", False: "disagrees", None: "received, no view"}
"""What an employee can answer, in the fewest words."""


def view_of(answer: Content) -> str:
    """The answer in the fewest words, since no view and no answer yet are both neither yes nor no; empty for none."""
    return SAYS[answer["agrees"]] if answer["acknowledged_on"] or answer["agrees"] is not None else ""


def checks_of(content: Content) -> list[str]:
    """The manager's own checks, which the employee's copy does not have; what is among the gaps is not repeated."""
    messages = [guard["message"] for guard in content.get("guards", ())]
    return [message for message in messages if message not in content["gaps"]]


def nevertheless(content: Content) -> tuple[str, ...]:
    """Why it was shared, and why it was made final, although something should still have been checked."""
    shared, anyway, final = content["words"].get("open_guards_reason", "").partition(FINAL_ANYWAY)
    told = (f"Shared anyway, because: {shared.strip()}" if shared.strip() else "", f"{anyway}{final}")
    return tuple(filter(None, told))


def how_made(content: Content) -> tuple[str, ...]:
    """How the sum is made, as sentences that a reader can work through with the table."""
    score, rule = content["score"], content["rule"]
    if content.get("changed"):
        return ("The values are those that the record has now; they are not a result.",)
    absent = [part for part in printed_parts(score) if part["absent_because"] and part["weight"]]
    words = [*how_worked_out(score, rule)]
    if absent:
        words.append("A part without enough evidence is left out; it never counts as zero.")
    if rule["bonus_most"]:
        words.append(f"Recognition can add up to {count(rule['bonus_most'], 'point')} and never subtracts.")
    words.append(_stickies(content))
    words.append(RULES[min(rule.get("version", 1), 2)])
    if score["capped"]:
        words.append("The sum exceeds 100 and is capped there.")
    if score["value"] is not None:
        words.append("Numbers are rounded for print; the score is rounded once, at the end.")
    words.append(bands_in_words(content))
    return tuple(words)


def _stickies(content: Content) -> str:
    """That sharing them is never held against anyone, and which ratings rest on how one was handled."""
    stickies = {story["id"] for story in content["stories"] if story["kind"] == "sticky"}
    on_one = sum(not stickies.isdisjoint(rating["stories"]) for rating in content["ratings"])
    if not on_one:
        return "Sharing a sticky situation never lowers a score."
    rest = (
        "1 rating rests on how a sticky situation was handled, and counts like any other"
        if on_one == 1
        else (f"{on_one} ratings rest on how a sticky situation was handled, and count like any other")
    )
    return f"{rest}. Having shared one lowers nothing."


NUMBERS_REST = "Other stories that numbers rest on"
PROMISES_FROM = "Stories that promises came from"


def grouped(content: Content) -> tuple[list[tuple[Content | None, list[Content]]], list[Content], list[Content]]:
    """The chosen stories under their standards (None: under none); the further ones that a rating or recognition rests
    on; and those that a promise came from and no number rests on."""
    stories = {story["id"]: story for story in content["stories"]}
    standards = {standard["id"]: standard for standard in content["standards"]}
    groups = [
        (standards.get(group["standard"]), [stories[story] for story in group["stories"] if story in stories])
        for group in content["best"]
    ]
    chosen = {story for group in content["best"] for story in group["stories"]}
    counted = {story for rating in content["ratings"] for story in rating["stories"]}
    counted |= {record for part in content["score"]["parts"] for record in part.get("from", ())}
    others = [story for story in content["stories"] if story["id"] not in chosen]
    return (
        [(standard, told) for standard, told in groups if told],
        [story for story in others if story["id"] in counted],
        [story for story in others if story["id"] not in counted],
    )


def thanks_in(content: Content) -> Sequence[Content]:
    """The thanks in a document; those made before there were any in it have none."""
    found: Sequence[Content] = content.get("thanks", ())
    return found


def thanked_words(one: Content, day: str) -> str:
    """What follows the words of thanks: the day, what came with them, and whether they were in private."""
    reward = one_line(one["reward"])
    came = f"{reward}, still to come" if reward and one["owed"] else reward
    return " · ".join(filter(None, (day, came, "in private" if one["private"] else "")))
