"""`meetingtool evaluation`: the annual evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Ref, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.people.evaluation_arguments import from_input, of_person, tell_evaluation, tell_two, year_option
from meetingtool.cli.people.evaluation_course import acknowledge, finalise, join, reopen, share
from meetingtool.cli.people.evaluation_files import answer, export, verify
from meetingtool.cli.people.scores import period_of_option, there_in
from meetingtool.cli.printing import can_ask, out, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.people.scores import Scored
    from meetingtool.records.evaluations import Evaluation
    from meetingtool.records.people import Person
    from meetingtool.rules.people.periods import Period

NOT_BEGUN = "not begun"


@click.group(cls=Family)
def evaluation() -> None:
    """The annual customer service evaluations.

    A draft follows the records day by day. Once it is shared it stays as it is; the employee's answer is noted, and
    finalising locks it with everything that it rests on. Reopening makes it a draft again, and needs a reason.
    """


@evaluation.command("list")
@year_option
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_evaluations(opening: Opening, period: str | None, for_programs: bool) -> None:
    """List everybody's evaluation of a period: how far it is, and the score."""
    from meetingtool.actions.people.evaluation_documents import changed_since
    from meetingtool.actions.people.scores import scores_of
    from meetingtool.actions.people.soundness import lost_finals
    from meetingtool.actions.people.year_start import beside_the_period
    from meetingtool.store.places import year_name

    desk = opening.desk()
    span = period_of_option(desk, period)
    scored = scores_of(desk.workspace, there_in(desk, span), span, desk.today)
    if for_programs:
        print_json([_as_json(one) for one in scored])
    elif scored:
        print_table(
            ("Handle", "Name", "State", "Score", "Adjusted", "Written", "Answer", "Look at"),
            [_row(one) for one in scored],
            right={3, 4, 7},
        )
        talk(f"{span.label}. `meetingtool evaluation show @who` shows one.")
    tell_two(desk.workspace, [one.person for one in scored], span)
    lost = lost_finals(desk.workspace, year_name(span.until.year))
    beside = beside_the_period(desk.workspace, desk.roster.everyone, span)
    for warning in (
        *changed_since(scored),
        *beside,
        *(f"{words} `meetingtool check` says what to do." for words in lost),
    ):
        talk(f"! {warning}")
    if not scored:
        talk(f"Nobody was on the team in {span.label}. Add people with `meetingtool team add NAME`.")


def _row(scored: Scored) -> tuple[str, ...]:
    from meetingtool.actions.people.evaluation_documents import numbers_of

    found, kept = scored.evaluation, numbers_of(scored)
    numbers = kept.score
    points = numbers["adjustment"]["points"]
    written = [name for name in ("strengths", "growth", "goals") if found is not None and getattr(found, name)]
    return (
        f"@{scored.person.handle}",
        scored.person.name,
        (found.state if kept.genuine else f"{found.state}, changed since") if found else NOT_BEGUN,
        "–" if numbers["shown"] is None else str(numbers["shown"]),
        f"{points:+g}" if points else "",
        ", ".join(written),
        _answer(found),
        "" if found and found.state != "draft" else str(len(scored.guards) or ""),
    )


def _answer(found: Evaluation | None) -> str:
    if found is None or found.acknowledged_at is None:
        return ""
    return {True: "agrees", False: "disagrees", None: "received"}[found.agrees]


def _as_json(scored: Scored) -> dict[str, object]:
    from meetingtool.actions.people.evaluation_documents import numbers_of
    from meetingtool.rules.people.course import held
    from meetingtool.rules.people.editions import edition_of

    found, kept = scored.evaluation, numbers_of(scored)
    numbers, edition = kept.score, edition_of(found, scored.person, scored.doubts)
    return {
        "person": {"id": scored.person.id, "handle": scored.person.handle, "name": scored.person.name},
        "period": {"label": scored.period.label, "since": scored.period.since, "until": scored.period.until},
        "id": found.id if found else None,
        "ref": found.ref if found else None,
        "state": found.state if found else NOT_BEGUN,
        "score": numbers["shown"],
        "computed": numbers["computed"],
        "adjustment": numbers["adjustment"],
        "band": numbers["band"],
        "coverage": numbers["coverage"],
        "strengths": found.strengths if found else "",
        "growth": found.growth if found else "",
        "goals": found.goals if found else "",
        "became": found.became if found else "",
        "shared_at": found.shared_at if found else None,
        "acknowledged_at": found.acknowledged_at if found else None,
        "agrees": found.agrees if found else None,
        "comment": found.comment if found else "",
        "open_guards_reason": found.open_guards_reason if found else "",
        "reopened": [
            {"state": entry.state, "at": entry.at, "by": entry.by, "reason": entry.reason} for entry in found.reopened
        ]
        if found
        else [],
        "editions": len(found.finals) if found else 0,
        "digest": (edition.digest or None) if edition else None,
        "genuine": kept.genuine,
        "final_at": held(found).finalised_at if found and found.state == "final" and found.finals else None,
        "guards": scored.guards,
    }


@evaluation.command()
@click.argument("who", type=Who())
@year_option
@click.option("--for-employee", is_flag=True, help="As the employee may see it, without what is private.")
@click.option("--edition", type=click.IntRange(1), metavar="N", help="A locked edition instead of the current one.")
@click.option("--json", "for_programs", is_flag=True, help="Print the whole content with its digest, for programs.")
@pass_opening
def show(
    opening: Opening, who: str, period: str | None, for_employee: bool, edition: int | None, for_programs: bool
) -> None:
    """Show an evaluation: as it was shared or locked, else as the records are now."""
    from meetingtool.actions.people.evaluation_documents import document_of, removed_since
    from meetingtool.actions.people.year_start import beside_the_period
    from meetingtool.documents.formats import plaintext
    from meetingtool.documents.people.evaluation import evaluation as paper_of
    from meetingtool.documents.people.evaluation_data import json_file
    from meetingtool.rules.people.employee_copy import for_employee as copy_of

    desk, person, span = of_person(opening, who, period)
    tell_two(desk.workspace, [person], span)
    for warning in beside_the_period(desk.workspace, [person], span):
        talk(f"! {warning}")
    found = document_of(desk.workspace, person, span, opening.now, edition=edition).edition
    if not found.genuine:
        talk(f"! {found.stamp}")
    if for_programs:
        content = copy_of(found.content) if for_employee else found.content
        click.echo(json_file(content, found.digest, genuine=found.genuine), nl=False)
    else:
        content = copy_of(found.paper) if for_employee else found.paper
        removed = removed_since(desk.workspace, content)
        out(plaintext.render(paper_of(content, found.digest, removed=removed)).rstrip("\n"))


@evaluation.command()
@click.argument("who", type=Who())
@year_option
@click.option("--strengths", help="What the person does well; - reads it from standard input.")
@click.option("--growth", help="Where the person can grow; - reads it from standard input.")
@click.option("--goals", help="What is agreed for the coming year; - reads it from standard input.")
@click.option("--became", help="What became of last year's goals; - reads it from standard input.")
@click.option("--carry-goals-on", is_flag=True, help="Add last year's goals after this year's.")
@click.option(
    "--story",
    "refs",
    multiple=True,
    type=Ref("story"),
    metavar="REF",
    help="A story to show; may be repeated. Without any, the best are suggested.",
)
@click.option("--suggested-stories", is_flag=True, help="Go back to the suggested stories.")
@pass_opening
def write(
    opening: Opening,
    who: str,
    period: str | None,
    strengths: str | None,
    growth: str | None,
    goals: str | None,
    became: str | None,
    carry_goals_on: bool,
    refs: tuple[str, ...],
    suggested_stories: bool,
) -> None:
    """Write your words; each replaces what was written before.

    Without options your editor opens (the variable EDITOR names it), where there is a terminal.
    """
    from meetingtool.actions.people import evaluations as actions
    from meetingtool.cli.people.ratings import story_of

    desk, person, span = of_person(opening, who, period)
    words: dict[str, str | None] = {"strengths": strengths, "growth": growth, "goals": goals, "became": became}
    if list(words.values()).count("-") > 1:
        raise click.UsageError("Only one of them can come from standard input.")
    words = {name: from_input() if text == "-" else text for name, text in words.items()}
    if carry_goals_on:
        words["goals"] = _carried_on(desk, person, span, words["goals"])
    stories = [] if suggested_stories else [story_of(desk, ref) for ref in refs] or None
    if set(words.values()) == {None} and stories is None:
        if not can_ask():
            raise click.UsageError("Say what to write, such as --strengths TEXT.")
        _write_in_editor(desk, person, span)
        return
    written = actions.write(
        desk.workspace,
        person,
        span,
        opening.now,
        strengths=words["strengths"],
        growth=words["growth"],
        goals=words["goals"],
        became=words["became"],
        stories=stories,
    )
    tell_evaluation(written, person, span)


_HEADINGS = {
    "became": "What became of last year's goals",
    "strengths": "Strengths",
    "growth": "Where to grow",
    "goals": "Goals",
}


def _carried_on(desk: Desk, person: Person, span: Period, goals: str | None) -> str:
    """This year's goals followed by those of the year before. Refused where there were none."""
    from meetingtool.actions.people.evaluation_documents import find_evaluation, goals_before, no_goals_before

    before = goals_before(desk.workspace, person, span)
    if not before:
        raise Refused(no_goals_before(desk.workspace, person, span), "Write new ones with --goals TEXT.")
    found = find_evaluation(desk.workspace, person, span)
    now = goals if goals is not None else found.goals if found is not None else ""
    return now if before in now else f"{now.rstrip()}\n{before}".lstrip("\n")


def _write_in_editor(desk: Desk, person: Person, span: Period) -> None:
    """Let the manager change the words in the editor, where they can be changed at all."""
    from meetingtool.actions.people import evaluations as actions
    from meetingtool.actions.people.evaluation_documents import find_evaluation, goals_before
    from meetingtool.cli.editor import edited

    actions.check_draft(desk.workspace, person, span, desk.now)
    found = find_evaluation(desk.workspace, person, span)
    before = {name: getattr(found, name) if found else "" for name in _HEADINGS}
    agreed = goals_before(desk.workspace, person, span)
    headings = {name: words for name, words in _HEADINGS.items() if name != "became" or agreed or before["became"]}
    text = "\n\n".join(f"# {heading}\n\n{before[name]}" for name, heading in headings.items())
    if agreed:
        text = f"{_AGREED}\n{agreed}\n\n{text}"
    key = f"evaluation-words-{person.id}-{span.since}-{span.until}"
    with edited(desk.workspace, key, text, extension=".md") as typed:
        after = before | (_taken_apart(typed, headings) if typed is not None else {})
        changes = {name: after[name] if after[name] != before[name] else None for name in _HEADINGS}
        if set(changes.values()) == {None}:
            talk("Nothing was changed.")
        else:
            written = actions.write(
                desk.workspace,
                person,
                span,
                desk.now,
                strengths=changes["strengths"],
                growth=changes["growth"],
                goals=changes["goals"],
                became=changes["became"],
                seen=before,
            )
            tell_evaluation(written, person, span)


_AGREED = "Last year's goals, to look at; anything above the first heading is not saved:"


def _taken_apart(text: str, headings: dict[str, str]) -> dict[str, str]:
    """The words under each heading; Refused when a heading is missing, so that no part is emptied by accident."""
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    names = {f"# {heading}": name for name, heading in headings.items()}
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() in names:
            lines = parts[names[line.strip()]] = []
        else:
            lines.append(line)
    missing = [f"“# {heading}”" for name, heading in headings.items() if name not in parts]
    if missing:
        raise Refused(f"The heading {missing[0]} is missing in what you wrote.", "Keep the headings as they are.")
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}


@evaluation.command(context_settings={"ignore_unknown_options": True})
@click.argument("who", type=Who())
@click.argument("points", type=float, metavar="POINTS")
@click.option("--reason", default="", help="Why; it will be shown beside both numbers.")
@year_option
@pass_opening
def adjust(opening: Opening, who: str, points: float, reason: str, period: str | None) -> None:
    """Adjust the score by a few points, at most 5 up or down; 0 removes it. The reason is always shown."""
    from meetingtool.actions.people import evaluations as actions

    desk, person, span = of_person(opening, who, period)
    tell_evaluation(actions.adjust(desk.workspace, person, span, points, reason, opening.now), person, span)


for command in (share, acknowledge, finalise, answer, reopen, join, export, verify):
    evaluation.add_command(command)
