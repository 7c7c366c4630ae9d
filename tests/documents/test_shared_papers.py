"""What is made to be shared: newsletter, brag sheet, card, and any paper as HTML. Nothing private gets in."""

from __future__ import annotations

from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.history import insight, sharing
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.stories.follow_ups import decide
from meetingtool.actions.stories.stories import record_story
from meetingtool.documents.formats import markdown, paper_html
from meetingtool.documents.formats.paper import Paper, Paragraph
from meetingtool.errors import InRoom, Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import month_of
from meetingtool.store import Workspace

HOSTILE = "<script>alert(1)</script> #panic() [/foo] **bold**"


@pytest.fixture
def desk(workspace: Workspace, now: datetime) -> Desk:
    """A desk in private, with one month of stories."""
    for line in (
        "@maria rang back #own-it ^Acme",
        "@maria @tom stayed late #own-it #listen +",
        f"@zoe {HOSTILE}",
        "@karim secretword helped ~",
    ):
        record_story(workspace, "win", line, now - timedelta(days=3))
    record_story(workspace, "sticky", "@tom lost the parcel", now - timedelta(days=3))
    record_story(workspace, "win", "@maria earlier #listen", now - timedelta(days=40))
    for line in ("@maria secretword !open by fri ~", "@maria brought it !delivered by fri"):
        record_story(workspace, "win", line, now - timedelta(days=2))
    for promise in workspace.find(FollowUp):
        decide(workspace, promise, "kept", now - timedelta(days=1))
    return Desk(workspace, lambda: now)


def newsletter(desk: Desk, pick: str = "") -> str:
    return markdown.render(sharing.newsletter_paper(desk, month_of(desk.today), pick=pick))


def test_the_newsletter_has_the_wins_of_the_month_by_standard(desk: Desk) -> None:
    text = newsletter(desk)
    assert "November 2026 · 4 wins by 3 people" in text
    assert text.index("The pick of the month") < text.index("stayed late") < text.index("#own-it ·")
    assert text.count("stayed late") == 1, "the pick does not come twice"
    assert "earlier" not in text


def test_the_manager_can_pick_another_win(desk: Desk) -> None:
    rang = next(story for story in desk.stories() if "rang back" in story.text)
    text = newsletter(desk, rang.id)
    assert text.index("rang back") < text.index("stayed late")


def test_nothing_private_and_nothing_sticky_is_in_what_is_shared_even_in_private(desk: Desk) -> None:
    maria = desk.roster.person("maria")
    assert maria is not None
    assert not desk.room
    papers = [newsletter(desk)]
    papers.append(markdown.render(sharing.brag_sheet_paper(desk, maria, insight.last_twelve_months(desk.today))))
    for text in papers:
        assert "secretword" not in text
        assert "open" not in text.split("#own-it", maxsplit=1)[-1]
        assert "parcel" not in text


def test_a_private_win_can_be_neither_picked_nor_put_on_a_card(desk: Desk) -> None:
    hidden = next(story for story in desk.workspace.find(Story) if story.private)
    with pytest.raises(Refused):
        newsletter(desk, hidden.id)
    with pytest.raises(Refused):
        sharing.card_bytes(desk, hidden)


def test_a_sticky_situation_gets_no_card(desk: Desk) -> None:
    sticky = next(story for story in desk.stories() if story.kind == "sticky")
    with pytest.raises(Refused):
        sharing.card_bytes(desk, sticky)


def test_a_brag_sheet_counts_wins_and_kept_promises(desk: Desk) -> None:
    maria = desk.roster.person("maria")
    assert maria is not None
    text = markdown.render(sharing.brag_sheet_paper(desk, maria, insight.last_twelve_months(desk.today)))
    assert text.startswith("# Maria Lopez\n")
    assert "**Wins:** 4" in text
    assert "**Promises kept:** 1" in text
    assert "delivered" in text


def test_in_the_room_there_is_no_brag_sheet_of_somebody_who_wants_thanks_in_private(
    desk: Desk, workspace: Workspace
) -> None:
    maria = desk.roster.person("maria")
    assert maria is not None
    maria = edit_person(workspace, maria, desk.now, thanks="private")
    period = insight.last_twelve_months(desk.today)
    assert "**Wins:** 4" in markdown.render(sharing.brag_sheet_paper(desk, maria, period))
    desk.room = True
    with pytest.raises(InRoom):
        sharing.brag_sheet_paper(desk, maria, period)


def test_a_month_without_wins_says_so(desk: Desk) -> None:
    text = markdown.render(sharing.newsletter_paper(desk, month_of(desk.today.replace(month=1))))
    assert "Nothing was told that everybody may read." in text


class Tags(HTMLParser):
    """Collects the tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_words_of_people_can_do_nothing_in_a_page(desk: Desk) -> None:
    page = paper_html.render(sharing.newsletter_paper(desk, month_of(desk.today)))
    read = Tags(page)
    assert "script" not in read.tags
    assert "<script>alert(1)</script>" in read.words
    assert "default-src 'none'" in page


def test_a_paragraph_keeps_its_lines_in_html() -> None:
    page = paper_html.render(Paper("Title", "", (Paragraph("one\ntwo\n\nthree"),)))
    assert '<p dir="auto">one<br>two</p>' in page
    assert '<p dir="auto">three</p>' in page


@pytest.mark.parametrize("text", ["short", HOSTILE, "long words " * 400, "عربي 中文 🐝"])
def test_a_card_is_a_pdf_whatever_the_words(desk: Desk, text: str, now: datetime) -> None:
    story = record_story(desk.workspace, "win", f"@maria {text}", now).story
    assert sharing.card_bytes(desk, story).startswith(b"%PDF")
    assert sharing.card_bytes(desk, story) == sharing.card_bytes(desk, story)


def test_the_newsletter_is_a_pdf_too(desk: Desk) -> None:
    paper = sharing.newsletter_paper(desk, month_of(desk.today))
    assert sharing.paper_bytes(paper, "pdf", desk.today).startswith(b"%PDF")
