"""Praise is quoted word for word; what also speaks of somebody else is quoted nowhere, and problems never are."""

from __future__ import annotations

from datetime import datetime, timedelta

from meetingtool.actions.customers import mentions
from meetingtool.actions.customers.alerts import alerts_of, tell_results
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.quotes import quotes_of
from meetingtool.actions.customers.served import praise_of
from meetingtool.actions.customers.unexplained import unexplained
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.desk import Desk
from meetingtool.actions.history.insight import view_of
from meetingtool.actions.history.sharing import brag_sheet_paper, card_bytes, newsletter_paper, result_bytes
from meetingtool.actions.meeting import going_on, meetings
from meetingtool.actions.meeting.papers import agenda_paper, minutes_paper
from meetingtool.actions.people.evaluation_documents import document_of
from meetingtool.actions.reading import roster_of
from meetingtool.documents.formats import markdown
from meetingtool.documents.history.insight import view_paper
from meetingtool.documents.people.evaluation import evaluation
from meetingtool.records.mentions import Mention, Tone
from meetingtool.records.people import Person
from meetingtool.records.surveys import Survey
from meetingtool.rules.kinds.table import KINDS
from meetingtool.rules.people.periods import month_of, period_of
from meetingtool.store import Workspace

COMMENTS = ("Tom was a star", "I met Tom and Maria. He was kind, she was rude", "Karim never rang back")


def take_in(workspace: Workspace, now: datetime, comments: tuple[str, ...] = COMMENTS) -> Survey:
    rows = "".join(f"{number},2026-11-{number + 1:02},5,{text!r}\n" for number, text in enumerate(comments))
    data = f"id,date,csat,comment\n{rows}".replace("'", '"').encode()
    return import_survey(workspace, plan_survey(workspace, data, "desk.csv", now, name="Desk"), now).survey


def decide(workspace: Workspace, words: str, tone: Tone, now: datetime) -> None:
    for mention in workspace.find(Mention, words=words, state="open"):
        mentions.confirm(workspace, mention, tone, now)


def person(workspace: Workspace, handle: str, now: datetime) -> Person:
    found = roster_of(workspace, now.date()).person(handle)
    assert found is not None
    return found


def test_only_praise_of_the_person_alone_is_quoted_on_every_paper_alike(workspace: Workspace, now: datetime) -> None:
    take_in(workspace, now)
    decide(workspace, "Tom", "praise", now)
    decide(workspace, "Maria", "problem", now)
    decide(workspace, "Karim", "problem", now)
    voice = record_voice(workspace, '"He carried it up" @tom ^Pell', now, satisfied=True).voice
    record_voice(workspace, '"He forgot me" @tom', now, satisfied=False)
    tom, period = person(workspace, "tom", now), period_of(2026)
    praise = [one for one in praise_of(workspace, period) if one.person == tom.id]
    assert [quote.text for quote in quotes_of(workspace, praise)] == ['"He carried it up"', "Tom was a star"]
    desk = Desk(workspace, lambda: now)
    paper = markdown.render(evaluation(document_of(workspace, tom, period, now).edition.paper))
    sheet = markdown.render(brag_sheet_paper(desk, tom, period))
    letter = markdown.render(newsletter_paper(desk, month_of(now.date())))
    for text in (paper, sheet):
        assert "Tom was a star · " in text.replace("Nov 2026", "Nov")
        assert "24 Nov" in text
    for text in (paper, sheet, letter):
        assert "He carried it up" in text
        assert not any(words in text for words in ("rude", "rang back", "forgot me"))
    assert card_bytes(desk, voice).startswith(b"%PDF")


def test_of_much_praise_the_five_newest_stand_in_an_evaluation(workspace: Workspace, now: datetime) -> None:
    for number in range(7):
        record_voice(workspace, f"thanks no. {number} @tom", now - timedelta(days=number), satisfied=True)
    paper = document_of(workspace, person(workspace, "tom", now), period_of(2026), now).edition.paper
    assert [quote["text"] for quote in paper["quotes"]] == [f"thanks no. {number}" for number in range(5)]


def test_a_fall_is_asked_for_once_two_meetings_were_held_without_a_word(workspace: Workspace, now: datetime) -> None:
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2}"
        for month, satisfied in (("08", 88), ("09", 90), ("10", 85), ("11", 75))
        for number in range(100)
    ]
    data = "\n".join(["Response ID,Date,Overall satisfaction (1-5)", *rows, ""]).encode()
    then = now - timedelta(days=3)
    survey = import_survey(workspace, plan_survey(workspace, data, "desk.csv", then), then).survey
    desk = Desk(workspace, lambda: now)
    for held in range(2):
        assert unexplained(desk) == []
        at = then + timedelta(days=held, hours=1)
        meetings.close_meeting(workspace, meetings.start_meeting(workspace, at), at + timedelta(minutes=15))
    tell_results(workspace, survey, now)
    ((alert, asked, number),) = unexplained(desk)
    assert (alert, asked, number) == (alerts_of(workspace)[0], survey, 2)


def test_what_single_customers_complained_of_stands_on_no_paper_for_others(workspace: Workspace, now: datetime) -> None:
    take_in(workspace, now, ("Tom was a zebrafish", "Karim was a lighthouse", "Maria, a zebrafish, Zoe too"))
    decide(workspace, "Tom", "problem", now)
    decide(workspace, "Karim", "praise", now)
    record_voice(workspace, "zebrafish @tom ^Acme", now, satisfied=False)
    record_voice(workspace, "zebrafish for you alone @maria ~", now, satisfied=True)
    record_voice(workspace, "a lighthouse @maria", now, satisfied=True)
    desk = Desk(workspace, lambda: now, room=True)
    meeting = going_on.close(desk, meetings.start_meeting(workspace, now))
    period, roster = period_of(now.year), desk.roster
    papers = [
        agenda_paper(desk),
        minutes_paper(desk, meeting),
        newsletter_paper(desk, month_of(now.date())),
        *(brag_sheet_paper(desk, one, period) for one in roster.people),
        view_paper(view_of(desk, "year", period), now.date()),
    ]
    texts = [markdown.render(paper) for paper in papers]
    everything = [record for kind in KINDS for record in workspace.find(kind.record)]
    texts += [result_bytes(desk, everything, form).decode() for form in ("csv", "json", "md")]
    assert "lighthouse" in "".join(texts)
    for text in texts:
        assert "zebrafish" not in text, text[:200]
