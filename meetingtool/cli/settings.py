"""`meetingtool settings`: how the team's workspace is set up, and the rule of the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Family, TextCommand
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_fields, print_json, talk

if TYPE_CHECKING:
    from meetingtool.records.team import ScoreRule, Settings
    from meetingtool.store import Workspace

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _setting_names(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from meetingtool.rules.settings import SETTINGS

    return [setting.name for setting in SETTINGS if setting.name.startswith(incomplete)]


@click.group(cls=Family)
def settings() -> None:
    """How the team is set up: the meeting, the evaluation year, and the weights of the score."""


@settings.command()
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def show(opening: Opening, for_programs: bool) -> None:
    """Show all settings."""
    found = opening.desk().settings
    if for_programs:
        print_json([_as_json(found)])
        return
    from meetingtool.rules.settings import SETTINGS

    print_fields([(setting.name, setting.shown(found) or "none") for setting in SETTINGS])


@settings.command("set", cls=TextCommand)
@click.argument("name", shell_complete=_setting_names)
@click.argument("value", nargs=-1, required=True)
@pass_opening
def set_(opening: Opening, name: str, value: tuple[str, ...]) -> None:
    """Change a setting: NAME as `settings show` lists it, then its new VALUE.

    \b
    meetingtool settings set time 14:30
    meetingtool settings set day thursday
    meetingtool settings set team "Harbour Desk"
    """
    from meetingtool.actions.people.score_settings import keeps_its_rule
    from meetingtool.actions.settings import change_setting
    from meetingtool.cli.commands import as_typed
    from meetingtool.rules import wording
    from meetingtool.rules.settings import setting_named

    setting = setting_named(name)
    desk = opening.desk()
    before = desk.settings
    changed = change_setting(desk.workspace, setting, as_typed(value), opening.now)
    print_fields([(setting.name, setting.shown(changed))])
    if changed.score != before.score and (kept := keeps_its_rule(desk.workspace, opening.today)):
        talk(kept)
    if (changed.weekday, changed.clock) != (before.weekday, before.clock):
        talk(f"The next meeting is on {wording.moment(opening.desk().next_meeting_at(), opening.today)}.")
    if changed.year_starts != before.year_starts:
        _tell_year(desk.workspace)


def _tell_year(workspace: Workspace) -> None:
    from meetingtool.actions.people.year_start import after_moving_the_year

    if follows := after_moving_the_year(workspace):
        talk(f"! {follows}")


def _as_json(found: Settings) -> dict[str, object]:
    return {
        "team": found.team,
        "meeting_title": found.meeting_title,
        "weekday": found.weekday,
        "clock": found.clock,
        "currency": found.currency,
        "day_order": found.day_order,
        "year_starts": found.year_starts,
        "score": found.score,
    }


def _rule_fields(rule: ScoreRule) -> list[tuple[str, str]]:
    from meetingtool.rules.people.score_rule import NAMES, rule_in_words

    least = ", ".join(f"{name} {getattr(rule, field)}" for name, field in NAMES.items() if "-" in name)
    return [
        ("weights", rule_in_words(rule)),
        ("limits", least),
        ("bands", ", ".join(f"{number} {name}" for number, name in rule.bands)),
    ]


@settings.command()
@click.argument("changes", nargs=-1, metavar="[NAME=NUMBER]...")
@click.option("--bands", metavar="TEXT", help="The bands, such as `90 Outstanding, 75 Strong, 0 Growing`.")
@click.option("--usual", is_flag=True, help="Go back to the default weights, limits and bands.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def score(opening: Opening, changes: tuple[str, ...], bands: str | None, usual: bool, for_programs: bool) -> None:
    """Show or change the weights, minimum counts and bands of the score.

    They apply to every period with no shared evaluation; the others keep theirs. `meetingtool
    score --what-if` tries weights first.

    \b
    meetingtool settings score standards=50 customers=20 promises=20 training=10
    meetingtool settings score promises-least=8 --bands "85 Great, 60 Good, 0 Growing"
    """
    from msgspec import structs

    from meetingtool.actions.people.score_settings import change_rule, keeps_its_rule
    from meetingtool.records.team import ScoreRule
    from meetingtool.rules.people.score_rule import bands_from, rule_from

    desk = opening.desk()
    rule = ScoreRule() if usual else desk.settings.score
    if changes:
        rule = rule_from(",".join(changes), rule)
    if bands is not None:
        rule = structs.replace(rule, bands=bands_from(bands))
    if changes or bands is not None or usual:
        rule = change_rule(desk.workspace, rule, opening.now).score
        kept = keeps_its_rule(desk.workspace, opening.today)
        if kept:
            talk(kept)
    if for_programs:
        print_json([rule])
    else:
        print_fields(_rule_fields(rule))


@settings.command()
@click.argument("month", type=click.Choice(MONTHS, case_sensitive=False))
@pass_opening
def year(opening: Opening, month: str) -> None:
    """Set the month in which evaluation years start.

    Evaluations that were begun keep their days; new ones that would share days with them are refused.
    """
    from meetingtool.actions.people.score_settings import change_year
    from meetingtool.rules.people.periods import current_period

    workspace = opening.desk().workspace
    changed = change_year(workspace, MONTHS.index(month.lower()) + 1, opening.now)
    period = current_period(opening.today, changed.year_starts)
    out(f"evaluation year  {period.label}, {period.since} to {period.until}")
    _tell_year(workspace)


@settings.command()
@click.argument("changes", nargs=-1, metavar="[ID=KEY]...")
@click.option("--usual", is_flag=True, help="Go back to the default keys.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def keys(opening: Opening, changes: tuple[str, ...], usual: bool, for_programs: bool) -> None:
    """Show the keys of the app by their ids, or change some of them.

    `meetingtool settings keys capture.win=f6 meeting.next=ctrl+down` gives two other keys; `capture.win=` gives the
    usual one back. Two things on one screen can't have the same key.
    """
    from meetingtool.actions.settings import change_settings
    from meetingtool.tui.keymap import checked, choosable

    found = opening.desk().settings
    if changes or usual:
        wishes = {} if usual else dict(found.keys)
        for change in changes:
            id, sign, key = change.partition("=")
            if not sign:
                raise click.UsageError(f"Write it as ID=KEY: {change}")
            wishes[id.strip()] = key.strip()
        found = change_settings(opening.workspace(), opening.now, keys=checked(wishes))
    rows = [(named, found.keys.get(named.id, ",".join(named.keys))) for named in choosable()]
    if for_programs:
        print_json(
            [
                {"id": named.id, "keys": shown.split(","), "usual": named.keys, "name": named.name, "does": named.does}
                for named, shown in rows
            ]
        )
    elif changes or usual:
        talk("The keys are changed; an app that is open uses them from its next start.")
        print_fields([(id, key) for id, key in found.keys.items()])
    else:
        from meetingtool.cli.printing import print_table

        print_table(("Id", "Keys", "Name", "What it does"), [(n.id, shown, n.name, n.does) for n, shown in rows])
