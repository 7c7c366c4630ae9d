"""Answers of customers are kept in books of their own, beside those of the years, and go with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from meetingtool.errors import NotFound
from meetingtool.records.alerts import Alert
from meetingtool.records.base import Record, mint
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.store import Workspace
from meetingtool.store.examination import examine
from meetingtool.store.retention import archive_year

LAST = datetime(2025, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def batch(workspace: Workspace, now: datetime) -> Batch:
    """One batch of two answers of 2025 with a mention, an alert of 2026 and its survey, saved as one deed."""
    base = {"made_at": now, "made_by": "anna"}
    survey = Survey(id=mint(now), at=now, name="Desk", **base)  # type: ignore[arg-type]
    kept = Batch(
        id=mint(now),
        at=LAST,
        survey=survey.id,
        file="a.csv",
        first=date(2025, 11, 27),
        measures=("csat",),
        days=(0, 1),
        values=((5, None),),
        comments=("Tom was kind", ""),
        **base,  # type: ignore[arg-type]
    )
    mention = Mention(id=mint(now), at=LAST, words="Tom", tier="unique", batch=kept.id, **base)  # type: ignore[arg-type]
    alert = Alert(
        id=mint(now),
        at=now,
        survey=survey.id,
        measure="csat",
        period="2025-11",
        kind="fall",
        n=30,
        satisfied=9,
        **base,  # type: ignore[arg-type]
    )
    with workspace.batch("imported answers of customers", now):
        for record in (survey, kept, mention, alert):
            workspace.save(record, deed="", now=now)
    return kept


def test_answers_lie_in_the_survey_book_of_their_year(workspace: Workspace, batch: Batch, now: datetime) -> None:
    names = {path.name for path in workspace.folder.glob("*.json")}
    assert {"team.json", "surveys-2025.json", "2026.json"} <= names
    assert "2025.json" not in names
    assert workspace.years() == [2026]
    assert workspace.find(Batch, until=date(2025, 12, 31)) == [batch]
    assert workspace.find(Batch, since=date(2026, 1, 1)) == []
    assert workspace.get(Record, batch.id) == workspace.by_ref(batch.ref) == batch
    assert [change.id for change in workspace.deeds(1)[0].changes if change.id == batch.id] == [batch.id]
    assert not examine(workspace.folder)


def test_a_change_keeps_the_former_answers(workspace: Workspace, batch: Batch, now: datetime) -> None:
    left = LeftOut(id=mint(now), at=LAST, made_at=now, made_by="anna", batch=batch.id, row=1, because="product")
    workspace.save(left, deed="left an answer out", now=now)
    (version,) = workspace.versions(batch.id)
    assert version.record == batch
    with Workspace.open(workspace.folder) as again:
        assert again.find(LeftOut, batch=batch.id) == [left]
        assert [one.words for one in again.find(Mention)] == ["Tom"]
        with pytest.raises(NotFound):
            again.get(Batch, left.id)


def test_another_program_s_answers_are_noticed(workspace: Workspace, batch: Batch, now: datetime) -> None:
    workspace.find(Mention)
    with Workspace.open(workspace.folder) as other:
        (mention,) = other.find(Mention)
        other.save(
            Mention(
                **{field: getattr(mention, field) for field in mention.__struct_fields__ if field not in {"version"}},
                version=2,
            ),
            deed="looked",
            now=now,
        )
    assert workspace.refresh()
    assert workspace.find(Mention)[0].version == 2


def test_an_archived_year_takes_its_answers_along(
    workspace: Workspace, batch: Batch, tmp_path: Path, now: datetime
) -> None:
    done = archive_year(workspace.folder, 2025, tmp_path / "2025.zip", now=now)
    assert done.kinds == {"batch": 1, "mention": 1}
    assert not (workspace.folder / "surveys-2025.json").exists()
    workspace.refresh()
    assert workspace.find(Batch) == []
    assert workspace.find(Survey)


def test_what_is_decided_about_one_answer_does_not_touch_the_book_of_all_answers(
    workspace: Workspace, batch: Batch, now: datetime
) -> None:
    answers = workspace.folder / "surveys-2025.json"
    before = answers.stat().st_mtime_ns, answers.stat().st_ino
    (mention,) = workspace.find(Mention)
    fields = {
        field: getattr(mention, field) for field in mention.__struct_fields__ if field not in {"version", "state"}
    }
    workspace.save(Mention(**fields, version=2, state="rejected"), deed="looked", now=now)
    assert (answers.stat().st_mtime_ns, answers.stat().st_ino) == before
    assert workspace.find(Mention, state="rejected")


def test_a_mention_of_a_book_of_answers_from_before_is_found_and_changed_where_it_lies(
    workspace: Workspace, batch: Batch, now: datetime
) -> None:
    folder = workspace.folder
    book = next(one for one in workspace.books() if one.name == "names-2025")
    workspace.put_rows("surveys-2025", book.records.rows(), {}, {})
    (folder / "names-2025.json").unlink()
    (folder / "names-2025.json.prev").unlink(missing_ok=True)
    with Workspace.open(folder) as again:
        (mention,) = again.find(Mention)
        assert again.get(Mention, mention.id) == mention
        new = Mention(
            id=mint(now), at=LAST, made_at=now, made_by="anna", words="Tom", tier="unique", batch=batch.id, row=1
        )
        again.save(new, deed="", now=now)
        both = [msgspec.structs.replace(one, version=one.version + 1, state="rejected") for one in (mention, new)]
        again.save(*both, deed="looked", now=now)
        assert len(again.find(Mention, state="rejected")) == 2
        assert [one.version for one in again.find(Mention)] == [2, 2]
        assert [one.record for one in again.versions(mention.id)] == [mention, both[0]]
    with Workspace.open(folder) as anew:
        assert [one.state for one in anew.find(Mention, since=date(2025, 1, 1), until=date(2025, 12, 31))] == [
            "rejected", "rejected"
        ]  # fmt: skip
    assert not examine(folder)
