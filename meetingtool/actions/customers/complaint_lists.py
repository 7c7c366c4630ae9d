"""Lists of complaints, and their papers."""

from __future__ import annotations

from datetime import date

from meetingtool.actions.customers.due_steps import LATELY
from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import roster_of
from meetingtool.documents.customers import complaints as documents
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.formats.tables import Cell
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.store import Workspace


def complaints(desk: Desk, since: date | None = None) -> list[Complaint]:
    """The complaints of a little over two years, or from a day on, oldest first; InRoom while the screen is shared."""
    desk.require_private("What customers complain of")
    return desk.workspace.find(Complaint, since=since or desk.today - LATELY)


def follow_ups_of(workspace: Workspace, complaint: Complaint) -> list[FollowUp]:
    """The promises and actions that came out of a complaint."""
    return workspace.find(FollowUp, since=complaint.at.date(), source_id=complaint.id)


def register(desk: Desk, found: list[Complaint]) -> list[dict[str, Cell]]:
    """Complaints as rows of the register; InRoom while the screen is shared."""
    desk.require_private("The register of complaints")
    return documents.register_rows(found, desk.roster, desk.settings.service, desk.today)


def sheet_paper(desk: Desk, complaint: Complaint) -> Paper:
    """The sheet of one complaint; InRoom while the screen is shared."""
    desk.require_private("A complaint")
    workspace = desk.workspace
    roster = roster_of(workspace, desk.today)
    team, rule = desk.settings.team, desk.settings.service
    return documents.sheet(complaint, follow_ups_of(workspace, complaint), roster, team, rule)
