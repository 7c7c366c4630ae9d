"""What the administrator of a server does: the schema, the teams and who manages them."""

from __future__ import annotations

from datetime import date, datetime
from importlib import resources

import msgspec

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.rules.wording import listed
from meetingtool.store.errors import NewerVersion, ServerBusy, WorkspaceUnusable
from meetingtool.store.server.address import TEAM
from meetingtool.store.server.link import Link

LOCKED_FOR = 5
"""Seconds for which a change of the schema waits for others; everybody else waits behind it meanwhile."""

WITHOUT_WAITING = f"set local lock_timeout = '{LOCKED_FOR}s'"


LAST = date(9999, 12, 28)
"""The last day on which a deputy can end: one that is a day of the calendar in every time zone."""


class Member(msgspec.Struct, frozen=True):
    """Who manages a team. until: the last day, of a deputy; unread: what the server says instead of a day, such as
    `infinity`."""

    login: str
    until: date | None = None
    unread: str = ""


class Team(msgspec.Struct, frozen=True):
    """A team on a server. deeds: how many there were; 0 where nothing was recorded yet."""

    id: str
    title: str
    deeds: int
    closed: bool
    members: tuple[Member, ...]


def scripts() -> list[tuple[int, str]]:
    """The scripts that make the schema, by number, in order: the first makes it, the others change it."""
    folder = resources.files("meetingtool.store.server") / "schema"
    found = [
        (int(each.name[:3]), each.read_text(encoding="utf-8")) for each in folder.iterdir() if each.name[:3].isdigit()
    ]
    return sorted(found)


def form_of(link: Link) -> int:
    """The form of the schema on the server; 0 where there is none."""
    if link.one("select to_regclass('meetingtool.form')::text") is None:
        return 0
    return int(link.one("select max(version) from meetingtool.form") or 0)


def set_up(link: Link) -> list[int]:
    """Apply the scripts that the server does not have yet, all or none; their numbers. For an administrator."""
    encoding = link.one("select current_setting('server_encoding')")
    if encoding != "UTF8":
        raise Refused(
            f"This database has the encoding {encoding}, which can't keep every letter.",
            "Make one in UTF8: createdb --template=template0 --encoding=UTF8 NAME",
        )
    has = form_of(link)
    if has > scripts()[-1][0]:
        require_schema(link)
    if has == 0:
        _require_roles(link)
    wanted = [(number, text) for number, text in scripts() if number > has]
    try:
        with link.transaction():
            link.run(WITHOUT_WAITING)
            apply(link, wanted)
    except ServerBusy as error:
        raise Refused(f"Nothing was changed: {_in_the_way(link)}.", "Try again when that has ended.") from error
    return [number for number, _ in wanted]


def _require_roles(link: Link) -> None:
    """Refused for a login that may create roles where somebody else made ours, for another database."""
    foreign = link.one(
        "select current_setting('server_version_num')::integer >= 160000"
        " and not pg_has_role(session_user, oid, 'member with admin option') from pg_roles"
        " where rolname = 'meetingtool_owner'"
    )
    if foreign:
        raise Refused(
            "The roles of meetingtool on this server were made by another login, for another database.",
            "Let that login or a superuser run this, or type: grant meetingtool_owner to YOU with admin option.",
        )


def _in_the_way(link: Link) -> str:
    """Who has something open in the tables, in words."""
    found = link.rows(
        "select distinct coalesce(usename, 'somebody'), pid from pg_locks join pg_stat_activity using (pid)"
        " join pg_class on pg_class.oid = relation"
        " where relnamespace = 'meetingtool'::regnamespace and pid <> pg_backend_pid() order by 1, 2"
    )
    who = listed([f"{login} (process {pid})" for login, pid in found]) or "somebody"
    return f"{who} had a transaction open in the tables of meetingtool, and {LOCKED_FOR} seconds went by"


def apply(link: Link, wanted: list[tuple[int, str]]) -> None:
    """Run scripts, inside a transaction; each notes the form that it makes."""
    for _, text in wanted:
        link.run(text)


def teams(link: Link) -> list[Team]:
    """Every team, with who manages it."""
    _as_administrator(link)
    members: dict[str, list[Member]] = {}
    for team, login, until in link.rows(f"select team, login, {_LAST_DAY} from meetingtool.member order by login"):
        members.setdefault(team, []).append(Member(login, *_day(until)))
    found = link.rows("select id, title, seq, closed_at is not null from meetingtool.team order by id")
    return [Team(id, title, seq, closed, tuple(members.get(id, ()))) for id, title, seq, closed in found]


_LAST_DAY = (
    "(case when isfinite(until) and until > '4000-01-01 00:00:00+00 BC'::timestamptz"
    " then until - interval '1 microsecond' else until end)::date::text"
)
"""The last day of somebody who manages a team up to a moment, as text: it need not be a day of Python."""


def _day(text: str | None) -> tuple[date | None, str]:
    """The day of a text, and the text where it is none that can be read."""
    try:
        return date.fromisoformat(text) if text else None, ""
    except ValueError:
        return None, text or ""


def add_team(link: Link, team: str, title: str) -> None:
    """Make a team. Unclear for an impossible name, Refused for one that is taken."""
    if not TEAM.fullmatch(team):
        raise Unclear(f"{team!r} can't be a team's name.", "Small letters, digits and hyphens: harbour-desk.")
    _as_administrator(link)
    if not link.one("select meetingtool.add_team(%s, %s)", team, title or team):
        raise Refused(f"There is a team {team} already.", "`meetingtool server team list` lists them.")


def rename_team(link: Link, team: str, title: str) -> None:
    """Give a team another title; the name in its address stays. NotFound, Unclear for a blank one."""
    if not title.strip():
        raise Unclear("A title has letters.", f"Such as: meetingtool server team rename {team} 'Harbour Desk'.")
    _as_administrator(link)
    _found(link.one("select meetingtool.rename_team(%s, %s)", team, title.strip()), team)


def close_team(link: Link, team: str, *, again: bool = False) -> None:
    """Close a team for writing, or with `again` reopen it. NotFound."""
    _as_administrator(link)
    _found(link.one("select meetingtool.close_team(%s, %s)", team, not again), team)


def add_member(link: Link, login: str, team: str, until: date | None = None) -> None:
    """Let a login manage a team, for good or up to the end of a day. NotFound without such a login or team, Unclear for
    a day after `LAST`."""
    if until is not None and until > LAST:
        raise Unclear(f"{until} is too far off.", "Leave the day out: then it is for good.")
    if not link.one("select true from pg_roles where rolname = %s and rolcanlogin", login):
        raise NotFound(
            f"The server has no login {login!r}.", f'The administrator makes one: create role "{login}" login.'
        )
    if not link.one("select pg_has_role(%s, 'meetingtool_manager', 'member')", login):
        grant = f'grant meetingtool_manager to "{login.replace(chr(34), chr(34) * 2)}"'
        try:
            link.run(grant)
        except Refused as error:
            raise Refused(
                f"Your login may not make {login} a manager on this server.",
                f"Whoever runs the server types once: {grant}; and with `grant meetingtool_manager to YOU with admin "
                "option` you can.",
            ) from error
    _as_administrator(link)
    added = link.one("select meetingtool.add_member(%s, %s, (%s::date + 1)::timestamptz)", team, login, until)
    _found(added, team)


class Membership(msgspec.Struct, frozen=True):
    """A line saying that somebody let a login manage a team, for good or up to the end of a day, or ended that. what:
    `added`, `changed`, `removed`. unread: what the server says instead of a day."""

    at: datetime
    by: str
    team: str
    login: str
    what: str
    until: date | None = None
    unread: str = ""


def memberships(link: Link) -> list[Membership]:
    """Who let whom manage a team, the latest first: for the teams of this login, or for all teams for an
    administrator."""
    rows = link.rows(f"select {_LAST_DAY}, at, by, team, login, what from meetingtool.list_memberships()")
    return [
        Membership(at.astimezone(), by, team, login, what, *_day(until)) for until, at, by, team, login, what in rows
    ]


def is_of_hr(link: Link, login: str) -> bool:
    """Whether a login that isn't a superuser belongs to the HR office."""
    return bool(
        link.one(
            "select not rolsuper and pg_has_role(rolname, 'meetingtool_hr', 'member') from pg_roles where rolname = %s",
            login,
        )
    )


def remove_member(link: Link, login: str, team: str) -> None:
    """Let a login manage a team no longer. NotFound."""
    _as_administrator(link)
    _found(link.one("select meetingtool.remove_member(%s, %s)", team, login), f"{team} of {login}")


def _as_administrator(link: Link) -> None:
    if link.one("select pg_has_role(session_user, 'meetingtool_owner', 'member')"):
        link.run("set role meetingtool_owner")
    elif not link.one("select pg_has_role(session_user, 'meetingtool_teams', 'member')"):
        raise Refused("This is for the administrator of the server.", "Log in as a member of meetingtool_teams.")


def _found(done: object, team: str) -> None:
    if not done:
        raise NotFound(f"The server has no team {team}.", "`meetingtool server team list` lists them.")


def require_schema(link: Link) -> None:
    """WorkspaceUnusable where the schema is missing or has another form; NewerVersion for a newer one."""
    has, newest = link.one("select max(version) from meetingtool.form"), scripts()[-1][0]
    if has is not None and has > newest:
        raise NewerVersion(
            f"The server is set up for a newer meetingtool: form {has}, where this one knows {newest}.",
            "Update meetingtool on this computer; nothing was changed.",
        )
    if has != newest:
        raise WorkspaceUnusable(
            f"The schema on the server has an older form: {has or 0}, where this meetingtool needs {newest}.",
            "Ask the administrator: `meetingtool server init DSN --run`.",
        )
    link.works_with(newest)
