"""The address of a team on a server: `postgresql://host/database?team=harbour-desk`."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

from meetingtool.errors import Unclear

TEAM = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_LOCAL = ("localhost", "127.0.0.1", "::1")
_WHICH = ("host", "hostaddr", "port", "dbname", "service")
"""The parts of an address that say which server and database it is; the others say how to talk to it."""
_SECRETS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
EXAMPLE = "postgresql://db.example.org/service?team=harbour-desk&sslmode=verify-full"


class Address(msgspec.Struct, frozen=True):
    """What `--data` says of a server. conninfo: what libpq is given. team: empty where none is named."""

    conninfo: str
    team: str

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        return f"{self.conninfo}{'&' if '?' in self.conninfo else '?'}team={self.team}" if self.team else self.conninfo

    @property
    def place(self) -> str:
        """Which team it is, however the address is spelled: what is kept for it on this computer is kept under this."""
        parts = urlsplit(self.conninfo)
        which = sorted((name, value) for name, value in parse_qsl(parts.query) if name in _WHICH)
        return repr((parts.netloc.rpartition("@")[2].lower(), parts.path.strip("/"), which, self.team))


def read_address(place: str, *, team: bool = True) -> Address:
    """The parts of an address. Raises Unclear for an address without a team, where one is needed, and for one with a
    password."""
    try:
        parts = urlsplit(place)
        password, options = parts.password, parse_qsl(parts.query, keep_blank_values=True, strict_parsing=False)
    except ValueError as error:
        raise Unclear("This is not the address of a server.", f"Such as {EXAMPLE}.") from error
    if parts.fragment:
        raise Unclear(
            "What follows # does not belong to an address.",
            "The team follows ? or &, as in ?team=harbour-desk.",
        )
    if password is not None or any(name in _SECRETS for name, _ in options):
        raise Unclear(
            "A password does not belong in an address: others see it in the list of processes.",
            "Put it in the file that PGPASSFILE names, or log in with a certificate or GSSAPI.",
        )
    named = [value for name, value in options if name == "team"]
    if named and not TEAM.fullmatch(named[-1]):
        raise Unclear(
            f"{named[-1]!r} can't be a team's name.", "Small letters, digits and hyphens, as in ?team=harbour-desk."
        )
    if len(set(named)) > 1:
        raise Unclear(f"The address names several teams: {', '.join(named)}.", "Leave one of them.")
    if team and not named:
        raise Unclear("The address does not name a team.", f"Such as {EXAMPLE}.")
    rest = "&".join(f"{name}={quote(value, safe='/:@')}" for name, value in options if name != "team")
    conninfo = f"postgresql://{parts.netloc}{parts.path}{'?' + rest if rest else ''}"
    return Address(conninfo, named[-1] if named else "")


def is_remote(host: str) -> bool:
    """Whether a host is another computer: not this one, and not a socket of it."""
    return bool(host) and not all(each in _LOCAL or each.startswith(("/", "@")) for each in host.split(","))
