"""A packed block is the same block again, and bytes that are not whole are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.base import Record, mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.history.blocks import Block, Sharing
from meetingtool.rules.history.packing import pack, unpack
from meetingtool.rules.history.search import Index

START = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
WORDS = st.text(min_size=1, max_size=30)
PEOPLE = st.lists(st.sampled_from(["maria", "tom", "zoë"]), max_size=2, unique=True).map(tuple)
MOMENTS = st.integers(min_value=0, max_value=300).map(lambda days: START + timedelta(days=days))


@st.composite
def told(draw: st.DrawFn) -> Record:
    """A story, a promise or the minutes of a meeting."""
    at, text = draw(MOMENTS), draw(WORDS)
    base = {"id": mint(at), "at": at, "made_at": at, "made_by": "pat"}
    kind = draw(st.sampled_from(["win", "sticky", "promise", "meeting"]))
    if kind == "meeting":
        return Meeting(**base, title="Weekly", segments=(), notes=text)
    if kind == "promise":
        return FollowUp(**base, kind="promise", text=text, people=draw(PEOPLE), private=draw(st.booleans()))
    return Story(
        **base, kind="win" if kind == "win" else "sticky", text=text, line=text, people=draw(PEOPLE),
        customer=draw(st.sampled_from(["", "Blue Door Café"])), standards=draw(PEOPLE), starred=draw(st.booleans()),
    )  # fmt: skip


def block_of(records: list[Record]) -> Block:
    return Block(Index().rows(records, 7))


@given(st.lists(told(), max_size=12))
def test_a_packed_block_is_the_same_again(records: list[Record]) -> None:
    block = block_of(records)
    again = unpack(pack(block), Sharing())
    assert again is not None
    assert list(again.rows()) == list(block.rows())
    assert again.count == block.count
    assert again.sets == block.sets
    assert again.counts(again.taken) == block.counts(block.taken)
    assert [again.position_of(record.id) for record in records] == [block.position_of(record.id) for record in records]


@given(st.lists(told(), min_size=1, max_size=4), st.data())
def test_bytes_that_are_not_whole_are_no_block(records: list[Record], data: st.DataObject) -> None:
    packed = pack(block_of(records))
    assert unpack(packed[: data.draw(st.integers(0, len(packed) - 1))], Sharing()) is None
    assert unpack(packed + b"\x00", Sharing()) is None


def changed(packed: bytes, place: int, value: object) -> bytes:
    """The bytes with another value at one place of what is packed."""
    parts = msgspec.msgpack.decode(packed)
    parts[place] = value
    return msgspec.msgpack.encode(parts)


def test_what_another_version_packed_or_does_not_fit_together_is_no_block() -> None:
    packed = pack(
        block_of([Story(id=mint(START), at=START, made_at=START, made_by="pat", kind="win", text="a", line="a")])
    )
    parts = msgspec.msgpack.decode(packed)
    assert unpack(changed(packed, 0, parts[0]), Sharing()) is not None
    assert unpack(changed(packed, 0, "0 of old"), Sharing()) is None
    assert unpack(changed(packed, 1, parts[1] * 2), Sharing()) is None
    assert unpack(changed(packed, 1, b"odd"), Sharing()) is None
    assert unpack(changed(packed, 4, [[["nothing known"]], parts[4][1]]), Sharing()) is None
    assert unpack(changed(packed, 5, [[], parts[5][1]]), Sharing()) is None
