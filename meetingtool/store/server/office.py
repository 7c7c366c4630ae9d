"""What the HR office sees on a server: the finals, each opened with a line in the readings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from meetingtool.errors import MeetingtoolError, NotFound, Unclear
from meetingtool.store.server.aside import is_too_deep
from meetingtool.store.server.link import Link

_COLUMNS = (
    "team, evaluation, edition, person, number, name, period, since, until, digest, finalised_at, finalised_by,"
    " filed_at, filed_by, seal, reopened_at, reason"
)


class FiledFinal(msgspec.Struct, frozen=True, kw_only=True):
    """One final edition as it is filed, without what it says. number: the employee number; empty where none is kept.

    finalised_at, reopened_at: moments in ISO form, as the evaluation says them. filed_at, filed_by: when the server
    took it in, and from which login. seal: over all of this except the reopening. ref: what people type.
    """

    team: str
    evaluation: str
    edition: int
    person: str
    number: str
    name: str
    period: str
    since: date
    until: date
    digest: str
    finalised_at: str
    finalised_by: str
    filed_at: datetime
    filed_by: str
    seal: str
    reopened_at: str | None = None
    reason: str = ""

    @property
    def ref(self) -> str:
        """The end of the evaluation's id and the edition: what `finals show` takes."""
        return f"{self.evaluation[-6:]}.{self.edition}"

    @property
    def is_sealed(self) -> bool:
        """Whether the filed seal is what `seal_of` in the schema would make again."""
        said = (
            *(self.team, self.evaluation, str(self.edition), self.person, self.number, self.name, self.period),
            *(self.since.isoformat(), self.until.isoformat(), self.digest, self.finalised_at, self.finalised_by),
            *(self.filed_by, f"{self.filed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"),
        )
        return sha256("".join(sha256(each.encode()).hexdigest() for each in said).encode()).hexdigest() == self.seal


class FinalUnreadable(MeetingtoolError):
    """What is filed as the content of a final isn't one."""


class FinalReading(msgspec.Struct, frozen=True):
    """That a final was opened. at: when. login: by whom."""

    at: datetime
    login: str
    team: str
    evaluation: str
    edition: int


def is_hr(link: Link) -> bool:
    """Whether this login is of the HR office."""
    return bool(link.one("select meetingtool.is_hr()"))


def finals(link: Link, *, team: str = "", year: int | None = None) -> list[FiledFinal]:
    """The finals that this login may list, by team, name and period. year: in which their period ended."""
    rows = link.rows(f"select {_COLUMNS} from meetingtool.list_finals(%s, %s)", team, year)
    names = [name.strip() for name in _COLUMNS.split(",")]
    return [FiledFinal(**dict(zip(names, row, strict=True))) for row in rows]


def final_named(link: Link, ref: str, *, team: str = "") -> FiledFinal:
    """The final of a reference such as `7K2M9A.2`, or `7K2M9A` for its last edition. NotFound, Unclear.

    team: where two teams have the same evaluation, as after a folder was moved into both.
    """
    end, _, edition = ref.strip().upper().partition(".")
    found = [each for each in finals(link, team=team) if end and each.evaluation.endswith(end)]
    if edition:
        found = [each for each in found if str(each.edition) == edition]
    if not found:
        raise NotFound("There is no final with that reference.", "`meetingtool finals list` lists them.")
    if len({(each.team, each.evaluation) for each in found}) > 1:
        teams = sorted({each.team for each in found})
        more = "Give more of it." if len(teams) == 1 else f"Give more of it, or --team: {', '.join(teams)}."
        raise Unclear("Several finals have a reference that ends so.", more)
    return found[-1]


def content_of(link: Link, final: FiledFinal) -> dict[str, Any]:
    """What a final says. The reading by this login is noted, and committed, first. NotFound, FinalUnreadable."""
    return content_in(text_of(link, final), final)


def text_of(link: Link, final: FiledFinal) -> str:
    """The content of a final as it is filed; see `content_of`. NotFound."""
    reading = link.one("select meetingtool.note_reading(%s, %s, %s)", final.team, final.evaluation, final.edition)
    found = None if reading is None else link.one("select meetingtool.open_final(%s)", reading)
    if found is None:
        raise NotFound("This final is not filed any more.", "`meetingtool finals list` lists those that are.")
    return str(found)


def content_in(found: str, final: FiledFinal) -> dict[str, Any]:
    """What the text of a final says. FinalUnreadable."""
    try:
        content = None if is_too_deep(found) else msgspec.json.decode(found)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise FinalUnreadable(
            f"{final.ref} of {final.team} was changed after it was made final, and can't be read.",
            "Ask the administrator of the server for an earlier backup.",
        )
    return content


def readings(link: Link) -> list[FinalReading]:
    """Which finals were opened, and by whom, the latest first: HR's own readings, or those of one's team."""
    rows = link.rows("select at, login, team, evaluation, edition from meetingtool.list_readings()")
    return [FinalReading(at.astimezone(), *rest) for at, *rest in rows]


class FinalsForgotten(msgspec.Struct, frozen=True):
    """That finals of a team were deleted. before: the day before which their periods had ended. finals: how many."""

    at: datetime
    login: str
    team: str
    before: date
    finals: int


def forgettings(link: Link) -> list[FinalsForgotten]:
    """Which finals were deleted, and by whom, the latest first: all for HR, else those of one's team."""
    rows = link.rows("select at, login, team, before, finals from meetingtool.list_forgettings()")
    return [FinalsForgotten(at.astimezone(), *rest) for at, *rest in rows]


def sums(link: Link) -> dict[tuple[str, str, int], str]:
    """Of every final that was filed and not deleted by HR, by team, evaluation and edition: SHA-256 of its bytes."""
    rows = link.rows("select team, evaluation, edition, sum from meetingtool.list_filed()")
    return {(team, evaluation, edition): said for team, evaluation, edition, said in rows}


def forget_finals(link: Link, before: date) -> int:
    """Delete the finals of periods that ended before a day; how many went. It can't be undone."""
    return int(link.one("select meetingtool.forget_finals(%s)", before))
