"""What leaves the workspace as a file: results of a search, views, and papers for the team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from meetingtool.actions.desk import Desk
from meetingtool.documents.paper import Paper
from meetingtool.documents.writing import write_whole
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.insight.view import View

PAPER_FORMS = ("md", "html", "pdf", "txt")
"""The formats of a paper, by the ending of its file."""

VIEW_FORMS = (*PAPER_FORMS, "csv", "json")
RESULT_FORMS = VIEW_FORMS


def paper_bytes(paper: Paper, form: str, made_on: date) -> bytes:
    """A paper as the content of a file. form: one of `PAPER_FORMS`. NotTypeset when no PDF can be made."""
    if form == "pdf":
        from meetingtool.documents.paper_pdf import paper_pdf

        return paper_pdf(paper, made_on)
    from meetingtool.documents import markdown, paper_html, plaintext

    render = {"md": markdown.render, "html": paper_html.render, "txt": plaintext.render}[form]
    return render(paper).encode("utf-8", "replace")


def view_bytes(view: View, form: str, today: date, *, team: str = "") -> bytes:
    """A view as the content of a file. form: one of `VIEW_FORMS`; as CSV it is its first table."""
    from meetingtool.documents import insight

    if form == "csv":
        return insight.view_csv(view)
    if form == "json":
        return insight.view_json(view)
    return paper_bytes(insight.view_paper(view, today, team=team), form, today)


def result_bytes(desk: Desk, records: Sequence[Story | FollowUp], form: str, *, query: str = "") -> bytes:
    """What a search found as the content of a file. form: one of `RESULT_FORMS`.

    In room without what is private, even where it was found before.
    """
    from meetingtool.documents import listing

    shown = [record for record in records if not (desk.room and record.private)]
    if form == "csv":
        return listing.as_csv_file(shown, desk.roster)
    if form == "json":
        return listing.as_json(shown, desk.roster)
    title = f"{desk.settings.team}: history"
    return paper_bytes(listing.listing(shown, desk.roster, desk.today, title=title, query=query), form, desk.today)


def form_of(path: Path, forms: Sequence[str]) -> str:
    """The format that the ending of a file's name says. Refused when it is none of `forms`."""
    form = path.suffix.removeprefix(".").lower()
    if form in forms:
        return form
    endings = [f".{one}" for one in forms]
    raise Refused(
        f"The ending of the name does not say a format: “{wording.shortened(path.name, 40)}”.",
        f"End it in {', '.join(endings[:-1])} or {endings[-1]}.",
    )


def save_file(
    path: Path, forms: Sequence[str], make: Callable[[str], bytes], *, form: str = "", force: bool = False
) -> Path:
    """Write a file, whole or not at all, in the format of its ending unless `form` is given.

    Refused for an ending that says none, for an unusable name, and when the file is there, unless `force`.
    """
    wanted = form or form_of(path, forms)
    data = make(wanted)
    try:
        [written] = write_whole(path.parent, {path.name: data}, force=force)
    except ValueError:
        raise Refused("That is no file name that every system can have.", "Use letters, digits, - and _.") from None
    return written
