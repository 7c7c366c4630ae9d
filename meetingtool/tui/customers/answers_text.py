"""What is in the tab Answers: the points of the picture, the sentence beside it, the rows below."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.actions.customers.between_people import BetweenPeople, person_results
from meetingtool.actions.customers.comments import Comment
from meetingtool.actions.customers.mentions import AskedMention
from meetingtool.actions.customers.standing import SurveyStanding
from meetingtool.records.alerts import Alert, Comparison
from meetingtool.records.surveys import Survey, SurveyPeriod
from meetingtool.rules import wording
from meetingtool.rules.customers.comparing import Compared
from meetingtool.rules.customers.course import Point
from meetingtool.rules.customers.for_meeting import ALERTS, CAUSES
from meetingtool.rules.customers.people import said_of_type
from meetingtool.rules.customers.series import named
from meetingtool.rules.customers.shares import COUNTED_LEAST, nps_interval, wilson
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row
from meetingtool.tui.pictures.trend_text import TrendPoint

TIERS = {
    "column": "asked who",
    "full-name": "full name",
    "titled": "by title",
    "unique": "first name",
    "shared": "several have it",
    "ordinary": "an ordinary word",
    "close": "a letter off",
    "unlisted": "on nobody's list",
    "by-hand": "as you said",
}
"""How sure a name is, in words."""


def trend_points(points: Sequence[Point], period: SurveyPeriod, *, is_nps: bool) -> list[TrendPoint]:
    """The periods as they are drawn."""
    found = []
    for point in points:
        tally, label = point.tally, short_label(point.period, period)
        if tally.n < COUNTED_LEAST:
            found.append(TrendPoint(label, tally.n, None))
        elif is_nps:
            limits = nps_interval(tally)
            found.append(TrendPoint(label, tally.n, tally.nps, limits.low, limits.high))
        else:
            limits = wilson(tally.satisfied, tally.n)
            found.append(TrendPoint(label, tally.n, 100 * (tally.share or 0), 100 * limits.low, 100 * limits.high))
    return found


def short_label(label: str, period: SurveyPeriod) -> str:
    """`Nov`, `Q4`, `48`."""
    return wording.MONTHS[int(label[5:]) - 1] if period == "month" else label[5:].lstrip("W")


def said(standing: SurveyStanding, *, room: bool) -> Content:
    """The last period in a sentence, what is real about it, and whether the team knows."""
    lines = [Content(wording.one_line(standing.says)[:1].upper() + wording.one_line(standing.says)[1:])]
    lines += [Content.assemble(("! ", "bold $warning"), (ALERTS[one.kind], "bold")) for one in standing.found]
    if standing.told:
        lines.append(Content.styled("✓ told to the team", "$success"))
    elif not room:
        lines.append(Content.styled("Not told to the team yet: part 5 of the meeting tells them, or d.", "$text-muted"))
    if not room:
        lines.append(_target(standing))
    if standing.past is not None and standing.past.words:
        past = standing.past
        words = f"{named(past.period, standing.survey.period)}, {ALERTS[past.kind]}: {wording.one_line(past.words)}"
        lines.append(Content.styled(words, "$text-muted"))
    return Content("\n").join(line for line in lines if line.plain)


def _target(standing: SurveyStanding) -> Content:
    target, offered = standing.survey.target, standing.offered
    if target is None:
        words = f"No target. Your own year offers {offered} %. The key % sets one." if offered is not None else ""
    else:
        wish = ", a wish: your own year offers " + f"{offered} %" if offered is not None and target > offered else ""
        words = f"Target {target} %{wish}"
    return Content.styled(words, "$text-muted")


def alert_row(alert: Alert, period: SurveyPeriod, elsewhere: Survey | None = None) -> ColumnsRow:
    """An alert: when, what, how far it has got, and what comes next. elsewhere: its survey, if that is not the one
    shown."""
    steps = {"raised": "e says what it was", "told": "e says what it was", "explained": "a agrees on what to do"}
    where = f"{wording.shortened(wording.one_line(elsewhere.name), 40)} · " if elsewhere else ""
    what = f"{where}{named(alert.period, period)}: {ALERTS[alert.kind]}"
    words = f"  {CAUSES.get(alert.cause, '')}: {wording.one_line(alert.words)}" if alert.words else ""
    return ColumnsRow(
        [(Content.styled("!", "bold $warning"), 3)],
        Content.assemble((what, "bold"), words, (f"  {alert.state}", "$text-muted")),
        Content.styled("⏎ shows that survey" if elsewhere else steps.get(alert.state, ""), "$text-muted"),
    )


def compared_row(comparison: Comparison, found: Compared) -> ColumnsRow:
    """A measure before and after something: what happened between, and the result."""
    return ColumnsRow(
        [(Content.styled("↔", "$accent"), 3)],
        Content.assemble((wording.one_line(comparison.because), "bold"), f"  {found.says}"),
        most=4,
    )


def between_row(found: BetweenPeople) -> Row:
    """Whether the answers show a difference between people, in a sentence that is passed over by the cursor."""
    more = "  D shows each" if found.differ else ""
    said = Content.assemble((wording.one_line(found.says), "$text-muted"), (more, "$accent"))
    return Row(
        "", ColumnsRow([(Content.styled("≈", "$accent"), 3)], said, most=4), silent=True, names="D" if more else ""
    )


def each_of(found: BetweenPeople, roster: Roster) -> str:
    """Everybody of those who differ, in the order of the team's list, with answers and the pulled share."""
    lines: list[str] = []
    for group in found.differ:
        lines += [said_of_type(group, is_nps=found.is_nps), ""]
        lines += [
            f"{roster.full_name(one.id)}: {wording.count(one.n, 'answer')}, {100 * one.share:.0f} %, "
            f"anything from {100 * one.low:.0f} to {100 * one.high:.0f}"
            for one in person_results(group, roster)
        ]
        lines.append("")
    return "\n".join(lines).strip()


def name_row(asked: AskedMention, roster: Roster) -> ColumnsRow:
    """A name that waits: the value, the words, and who may be meant."""
    mention = asked.mention
    who = [mention.person] if mention.person else list(mention.others)
    names = " or ".join(wording.one_line(roster.short_name(person)) for person in who[:3]) or "nobody"
    body = Content(wording.shortened(asked.comment, 300) or wording.one_line(mention.words))
    before, there, _ = body.plain.partition(mention.words)
    if there:
        body = body.stylize("bold underline", len(before), len(before) + len(there))
    return ColumnsRow(
        [(Content("–" if asked.value is None else str(asked.value)), 3)],
        body,
        Content.assemble((f"{names} ?", "bold $accent"), (f"  {TIERS[mention.tier]}", "$text-muted")),
        most=3,
    )


def comment_row(comment: Comment, today: str, decided: str, *, marked: bool) -> ColumnsRow:
    """A comment: the value, the words, what was decided about names in it, when. marked: to be read aloud."""
    return ColumnsRow(
        [(Content("–" if comment.value is None else str(comment.value)), 3)],
        Content.assemble(("+ " if marked else "", "bold $accent"), wording.shortened(comment.text, 400)),
        Content.styled(f"{decided}  {today}" if decided else today, "$text-muted"),
        most=3,
    )
