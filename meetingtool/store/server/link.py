"""The one connection to a server: opened when it is needed, closed when it is idle, opened again when it was lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from meetingtool.errors import Conflict, MeetingtoolError, NotFound, Refused
from meetingtool.store.errors import OtherForm, ServerAway, ServerBusy, WorkspaceUnusable
from meetingtool.store.server.address import Address, is_remote

if TYPE_CHECKING:
    from psycopg import Connection

R = TypeVar("R")

IDLE = 60.0
"""Seconds without a question after which the connection is given back: a server has few."""

REST = 10.0
"""Seconds between two checks for changes while nobody works with the records, each on its own short connection: a
thousand apps left open then have a few dozen connections between them at a time."""

AGAIN = 2.0
"""Seconds after a failed attempt in which no other is made, so that nobody waits again and again."""

PATIENCE = 3
"""Seconds to wait for a server to accept a connection, and for a connection that takes no more data."""

SILENCE = 4.0
"""Seconds for which the server may say nothing at all while somebody works with the records, whether it hangs or
something on the way does: after that the connection counts as lost."""

HURRY = 1.0
"""The same where nothing is lost by giving up early: when looking for changes, and for what is already safe on this
computer."""


def require_psycopg() -> None:
    """Refused where the library for talking to servers is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise Refused("Records on a server need psycopg.", "pip install 'meetingtool[server]'") from error


class Link:
    """Runs statements on the server of an address, for one thread at a time: a transaction keeps the others waiting.

    Raises ServerAway when it can't be reached, and the store's errors for what the functions of the schema refuse.
    """

    def __init__(self, address: Address, *, silence: float | None = None) -> None:
        require_psycopg()
        self.address = address
        self.silence = silence
        """See `SILENCE`; None where a statement may take long."""
        self._connection: Connection[Any] | None = None
        self._form: int | None = None
        self._form_there: int | None = None
        self._form_of: Connection[Any] | None = None
        self._spare: list[Connection[Any]] = []
        self._attempt: threading.Thread | None = None
        self._sparing = threading.Lock()
        self._in_use = threading.RLock()
        self._wanted = self._looked = time.monotonic()
        self._failed = -AGAIN
        self._is_away = False
        self._was_let_in = False
        self._inside = False
        self._hurry = threading.local()

    @property
    def is_inside(self) -> bool:
        """Whether a transaction is open."""
        return self._inside

    def works_with(self, form: int) -> None:
        """Note the form of the schema that the server was just found to have. From now on each new connection asks
        whether it has it still: OtherForm."""
        self._form = self._form_there = form
        self._form_of = self._connection

    def wanted(self) -> None:
        """Note that somebody works with the records: the connection is worth keeping."""
        self._wanted = time.monotonic()

    def is_ready(self) -> bool:
        """Whether to ask the server for changes now. When nobody has wanted anything for a minute the connection is
        given back, and one is made only now and then. While the server is away another attempt is made in the
        background, and ServerAway is raised."""
        with self._in_use:
            now = time.monotonic()
            if now - self._wanted > IDLE and now - self._looked < REST:
                self.close()
                return False
            if self._connection is None:
                if not self._spare:
                    self._try_aside()
                    if self._is_away:
                        raise away(None)
                    return False
                self._take_spare()
            self._looked = now
            return True

    def is_back(self) -> bool:
        """Whether the server answers again, right after a connection was lost."""
        with self._in_use:
            self._is_away, self._failed = False, -AGAIN
            try:
                self._opened()
            except MeetingtoolError:
                return False
            return True

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """A context in which this thread waits for nothing longer than `HURRY`."""
        self._hurry.on = True
        try:
            yield
        finally:
            self._hurry.on = False

    def _hurries(self) -> bool:
        return getattr(self._hurry, "on", False)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        with self._asking() as connection:
            return connection.execute(statement, values).fetchall()

    def one(self, statement: str, *values: object) -> Any:
        """The only value of a statement; None when there is no row."""
        found = self.rows(statement, *values)
        return found[0][0] if found else None

    def run(self, statement: str, values: Sequence[object] | None = None) -> None:
        """Run a statement that returns nothing, or several of them if there are no values."""
        with self._asking() as connection:
            connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is run inside is done when it ends, or not at all."""
        with self._asking() as connection, connection.transaction():
            self._inside = True
            try:
                yield
            finally:
                self._inside = False

    def close(self) -> None:
        """Give the connection back."""
        with self._sparing:
            self._attempt = None
            while self._spare:
                self._spare.pop().close()
        with self._in_use:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def login(self) -> str:
        """Who is logged in."""
        with self._asking() as connection:
            return connection.info.user

    @contextmanager
    def _asking(self) -> Iterator[Connection[Any]]:
        import psycopg

        with self._in_use:
            try:
                yield self._opened()
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                if self._connection is not None and not self._connection.broken and not self._connection.closed:
                    raise _meant(error) from error
                self._lost()
                raise away(error) from error
            except psycopg.Error as error:
                raise _meant(error) from error

    def _opened(self) -> Connection[Any]:
        if self._connection is not None and self._connection.broken and not self._inside:
            self._lost()
        if self._connection is None:
            if self._spare:
                self._take_spare()
            elif self._is_away or self._hurries():
                self._try_aside()
                if not self._is_away and self._attempt is not None:
                    self._attempt.join(HURRY)
                if not self._spare:
                    self._is_away = True
                    raise away(None)
                self._take_spare()
            else:
                self._connection = self._connected()
                self._is_away = False
        assert self._connection is not None
        if self._form is not None:
            self._require_form(self._connection, self._form)
        return self._connection

    def _require_form(self, connection: Connection[Any], form: int) -> None:
        """OtherForm where the schema has another form than it had; asked once for each connection."""
        import psycopg

        if self._form_of is not connection:
            try:
                (self._form_there,) = connection.execute("select max(version) from meetingtool.form").fetchone() or (0,)
            except psycopg.OperationalError as error:
                self._lost()
                raise away(error) from error
            self._form_of = connection
        if self._form_there != form:
            raise OtherForm(
                f"The server has been set up for another meetingtool: form {self._form_there}, where this one works "
                f"with form {form}.",
                "Update meetingtool on this computer, and start it again; what is typed stays here.",
            )

    def _connected(self) -> Connection[Any]:
        """A new connection. Raises ServerAway, WorkspaceUnusable, and Refused for one that is not safe."""
        import psycopg

        try:
            connection = _heard_connection(lambda: HURRY if self._hurries() else self.silence).connect(
                self.address.conninfo,
                autocommit=True,
                connect_timeout=PATIENCE,
                tcp_user_timeout=PATIENCE * 1000,
                keepalives_idle=10,
                application_name="meetingtool",
                client_encoding="utf8",
            )
        except psycopg.OperationalError as error:
            self._lost()
            if _said(error).startswith(_MISTYPED):
                raise unusable(error) from error
            raise (away(error) if self._was_let_in or not _is_refusal(error) else not_let_in(error)) from error
        except psycopg.ProgrammingError as error:
            raise unusable(error) from error
        try:
            for host in (connection.info.host, connection.info.hostaddr):
                _refuse_unproven(host, _ssl_mode(connection))
        except Refused:
            connection.close()
            raise
        connection.execute(
            "set default_transaction_isolation to 'read committed'; set row_security to on; set datestyle to iso"
        )
        self._was_let_in = True
        return connection

    def _try_aside(self) -> None:
        """Try to reach the server again in a separate thread, so that nobody waits for it."""
        if self._attempt is not None and self._attempt.is_alive():
            return
        if self._spare or time.monotonic() - self._failed < AGAIN:
            return

        def attempt() -> None:
            with suppress(MeetingtoolError):
                found = self._connected()
                with self._sparing:
                    if self._attempt is threading.current_thread():
                        self._spare.append(found)
                        return
                found.close()

        self._attempt = threading.Thread(target=attempt, name="server", daemon=True)
        self._attempt.start()

    def _take_spare(self) -> None:
        self._connection = self._spare.pop()
        self._is_away = False

    def _lost(self) -> None:
        self._failed = time.monotonic()
        self._is_away = True
        self._connection = None


def _heard_connection(silence: Callable[[], float | None]) -> type[Connection[Any]]:
    """A connection that is closed when the server says nothing for this many seconds during a request."""
    import psycopg

    class Heard(psycopg.Connection[Any]):
        def wait(self, gen: Generator[Any, Any, R], *limits: Any, **named: Any) -> R:
            return super().wait(self._heard(gen), *limits, **named)

        def _heard(self, gen: Generator[Any, Any, R]) -> Generator[Any, Any, R]:
            most, heard = silence(), time.monotonic()
            try:
                wanted = next(gen)
                while True:
                    ready = yield wanted
                    if ready:
                        heard = time.monotonic()
                    elif most is not None and time.monotonic() - heard > most:
                        self.pgconn.finish()
                        raise psycopg.OperationalError("it does not answer")
                    wanted = gen.send(ready)
            except StopIteration as end:
                value: R = end.value
                return value

    return Heard


def refuse_unsafe_host(address: Address) -> None:
    """Refuse another host without sslmode=verify-full before anybody logs in there, whether it is named by the address,
    the environment or a service; what a service says is known only once a connection is begun."""
    require_psycopg()
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        said = conninfo_to_dict(address.conninfo)
    except psycopg.ProgrammingError as error:
        raise unusable(error) from error
    known = {each.keyword.decode(): (each.val or b"").decode() for each in psycopg.pq.Conninfo.get_defaults()}
    known |= {name: str(value) for name, value in said.items() if value is not None}
    if known.get("service"):
        begun = psycopg.pq.PGconn.connect_start(address.conninfo.encode())
        known |= {each.keyword.decode(): each.val.decode() for each in begun.info if each.val}
        begun.finish()
    for host in (known.get("host", ""), known.get("hostaddr", "")):
        _refuse_unproven(host, known.get("sslmode", ""))


def _refuse_unproven(host: str, ssl_mode: str) -> None:
    if is_remote(host) and ssl_mode != "verify-full":
        raise Refused(
            f"{host} is another computer, and nothing in the address makes it prove who it is.",
            "Add sslmode=verify-full to the address; the administrator gives the root certificate (sslrootcert=).",
        )


def _ssl_mode(connection: Connection[Any]) -> str:
    for each in connection.pgconn.info:
        if each.keyword == b"sslmode":
            return (each.val or b"").decode()
    return ""


def unusable(error: Exception) -> WorkspaceUnusable:
    """The error about an address that libpq can't make sense of."""
    return WorkspaceUnusable(f"This address can't be used: {_said(error)}.")


def away(error: Exception | None) -> ServerAway:
    """What to say when the server can't be reached."""
    why = f" ({_said(error)})" if error is not None and _said(error) else ""
    return ServerAway(f"The server can't be reached{why}.", "Please try again when it answers.")


_MISTYPED = ("invalid ", "definition of service", "service file", "could not match", "root certificate file")
"""How libpq's messages about an address itself begin, before it asks any server."""
_REFUSALS = ("FATAL:", "certificate", "SSL", "password", "no pg_hba.conf entry")
_PASSING = ("starting up", "shutting down", "in recovery", "too many", "connection slots", "terminating connection")
"""What libpq says when a server answers but lets nobody in, for good or for now; it gives no code for either."""


def _is_refusal(error: Exception) -> bool:
    """Whether the server, or its certificate, turned this login away, so that waiting doesn't help."""
    said = str(error)
    return any(word in said for word in _REFUSALS) and not any(word in said for word in _PASSING)


def not_let_in(error: Exception) -> WorkspaceUnusable:
    """What to say when the server answers and refuses the login."""
    why = _said(error).rpartition("failed: ")[2].removeprefix("FATAL:").strip()
    return WorkspaceUnusable(
        f"The server did not let you in: {why}.",
        "Look at the login, the database and the certificates in the address, or ask the administrator.",
    )


def _meant(error: Any) -> MeetingtoolError:
    """The error of the store that the server meant."""
    from psycopg import DataError, NotSupportedError

    meanings: dict[str, MeetingtoolError] = {
        "MT404": NotFound("There is nothing here to change: the record is not kept in this workspace."),
        "MT409": Conflict("This was changed somewhere else in the meantime.", "Look at it as it is now."),
        "MT403": Refused("This team is closed, or not yours any more.", "Ask the administrator of the server."),
        "MT400": Refused("The server refused this as it was sent (MT400).", "`server init DSN --check` says more."),
        "23514": Refused("The server refused this as it was sent (23514).", "`server init DSN --check` says more."),
        "MT401": Refused(
            "The server refused this: the transaction has another isolation level than read committed.",
            "Leave default_transaction_isolation as it is: alter role LOGIN reset default_transaction_isolation.",
        ),
        "55P03": ServerBusy("Somebody else is changing the same on the server, and isn't done.", "Please try again."),
        "MT410": Refused(
            "The team on the server has records already.", "Records can only be moved into an empty team."
        ),
        "MT411": Refused(
            "Finals can only be deleted up to a day that is over.", "Name the day before which they ended."
        ),
        "MT412": Refused("A moment so far off can't be read by every program.", "Leave it out: then it is for good."),
        "MT413": Refused("A title of a team is one line of up to 200 letters.", "Such as: Harbour Desk."),
        "42501": Refused(
            "This login may not do that on the server.",
            "A team's managers open its records and finals, HR all finals; else ask the administrator of the server.",
        ),
        "3F000": WorkspaceUnusable("meetingtool is not set up in this database.", "`meetingtool server init` does it."),
        "42P01": WorkspaceUnusable("meetingtool is not set up in this database.", "`meetingtool server init` does it."),
    }
    found = meanings.get(error.sqlstate or "")
    if found is None and error.sqlstate is None and isinstance(error, DataError | NotSupportedError):
        return WorkspaceUnusable(
            "The server has a day or a moment that can't be read.", "`server init DSN --check` names where it is."
        )
    return found or WorkspaceUnusable(f"The server refused it ({error.sqlstate or type(error).__name__}).")


def _said(error: Exception | None) -> str:
    """The first line of what the server or libpq said. It may name a host, but never includes what was sent."""
    diagnosis = getattr(getattr(error, "diag", None), "message_primary", None)
    first = str(diagnosis or error or "").strip().split("\n", 1)[0]
    return first.removeprefix("connection failed: ").removeprefix("connection is bad: ").rstrip(".")
