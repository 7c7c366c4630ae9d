"""Damage a book at random, bring it back, and look whether what was said about the loss was true.

    python tests/store/run_losses.py                   2,000 damages, half of them of an encrypted workspace
    python tests/store/run_losses.py --damages 50 --seed 7

Each time some of the copies beside the book are taken away or damaged, too. Of the records that were really there it is
counted how many are not there any more just as they were: that number must lie between the two that `check` names
before, and those that the recovery names. Every row that the damaged file still has whole must be there afterwards.
Exit code 0 when every sentence was true.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import json
import lzma
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from run_damages import DAMAGES

from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, Workspace
from meetingtool.store.age import Age
from meetingtool.store.backups import backup
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import ready_folder
from meetingtool.store.encryption import encrypt
from meetingtool.store.envelope import AGE, PLAIN, Envelope
from meetingtool.store.examination import examine
from meetingtool.store.lines import Rows
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import recover
from meetingtool.store.storage import read_book_file

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
PASSPHRASE = "seven red bicycles"
Damage = Callable[[bytes, random.Random], bytes]


def zero_the_start(data: bytes, chance: random.Random) -> bytes:
    """The first part is zeros."""
    size = chance.randrange(len(data))
    return bytes(size) + data[size:]


def zero_all(data: bytes, chance: random.Random) -> bytes:
    """Nothing but zeros, or nothing at all."""
    return chance.choice((b"", bytes(len(data))))


def another_form(data: bytes, chance: random.Random) -> bytes:
    """The header says that a newer program wrote it."""
    return data.replace(b'"schema":2', b'"schema":%d' % chance.randrange(2, 30), 1)


def another_book(data: bytes, chance: random.Random) -> bytes:
    """The header names another year."""
    return data.replace(b'"book":"2026"', b'"book":"2016"', 1)


def another_number(data: bytes, chance: random.Random) -> bytes:
    """The header says that there were more records, or fewer."""
    return data.replace(b'"records":', b'"records":%d' % chance.randrange(1, 9), 1)


def in_a_wide_encoding(data: bytes, chance: random.Random) -> bytes:
    """As some editors save it; what is encrypted can't be."""
    name = chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig"))
    return data if data.startswith(AGE) else data.decode().encode(name)


def packed(data: bytes, chance: random.Random) -> bytes:
    """As a program for backups leaves it, or half of that."""
    whole = chance.choice((gzip.compress, bz2.compress, lzma.compress))(data)
    return whole if chance.random() < 0.7 else whole[: chance.randrange(len(whole))]


def flip_in_header(data: bytes, chance: random.Random) -> bytes:
    """A bit of the header flips."""
    place = chance.randrange(min(300, len(data)))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def by_hand(data: bytes, chance: random.Random) -> bytes:
    """Rows deleted, changed or added with an editor, or by a stock TinyDB."""
    try:
        content = json.loads(data)
    except ValueError:
        return data[:-1]
    rows = content["records"]
    for key in chance.sample(sorted(rows), chance.randrange(4)):
        del rows[key]
    for key in chance.sample(sorted(rows), chance.randrange(3)):
        rows[key]["text"] = "changed"
    if chance.random() < 0.3:
        rows["1"] = msgspec.to_builtins(story("by hand", LATER))
    return json.dumps(content, indent=chance.choice((None, 2))).encode()


BESIDE = ("copy damaged", "not encrypted")
"""What may be found of the copies afterwards."""

KINDS = ("damaged", "missing", "edited", "newer", "set back")
HERE: tuple[Damage, ...] = (
    *DAMAGES,
    zero_the_start,
    zero_all,
    another_form,
    another_book,
    another_number,
    flip_in_header,
    in_a_wide_encoding,
    packed,
    by_hand,
    by_hand,
)


ELSEWHERE = ("2026.JSON", "2026.json.bak", "2025.json.prev", "damaged/2026 2026-03-03 1900.json", "mine.txt")
"""Other names for a file that holds the book."""


def story(text: str, at: datetime) -> Story:
    """A story of some length."""
    return Story(id=mint(at), at=at, made_at=at, made_by="anna", kind="win", text=text, line=text)


def prepared(folder: Path, stories: int = 12) -> None:
    """A workspace with three days in it, in which stories were changed, too."""
    with Workspace.open(folder, create=True, user="anna") as workspace:
        for day in range(3):
            now = NOW + timedelta(days=day)
            for number in range(stories // 3):
                at = now + timedelta(minutes=number)
                told = story(f'day {day}, "story" {number}: Zoë stayed until the courier called {"back " * 20}', at)
                workspace.save(told, deed="recorded a win", now=at)
                if number % 3 == 1:
                    better = msgspec.structs.replace(told, version=2, text="better words")
                    workspace.save(better, deed="edited a story", now=at + timedelta(seconds=1))
            if day == 1:
                ready_folder(folder / "backups")
                backup(folder, folder / "backups" / "all.zip", now=now)
        last_year = NOW - timedelta(days=300)
        workspace.save(story("last year", last_year), deed="recorded a win", now=LATER)


def rows_of(path: Path, envelope: Envelope) -> Rows:
    """The records of a book as lines; none of one that can't be read."""
    try:
        return read_book_file(path, envelope).tables.get("records", {})
    except (OSError, Unreadable):
        return {}


def harm(folder: Path, chance: random.Random) -> str:
    """Damage the book of 2026, and some of its copies; what was done. The roll may be gone, too."""
    book = folder / "2026.json"
    copies = [folder / "2026.json.prev", *sorted(folder.joinpath("backups").rglob("*.*"))]
    copies = [copy for copy in copies if copy.suffix in (".json", ".prev", ".zip") and copy.parent.name != "2025"]
    earlier = [copy for copy in copies if copy.suffix != ".zip" and copy.read_bytes() != book.read_bytes()]
    if chance.random() < 0.3:
        next(folder.glob(".roll-*")).unlink()
    if chance.random() < 0.2:
        shutil.copyfile(chance.choice(earlier), book)
        if chance.random() < 0.6:
            _harm_copies(copies, chance)
            return "set back"
    elif chance.random() < 0.1:
        shutil.copyfile(folder / "2025.json", book)
        _harm_copies(copies, chance)
        return "another year's"
    _harm_copies(copies, chance)
    if chance.random() < 0.1:
        book.unlink()
        return "missing"
    if chance.random() < 0.15:
        other = folder / chance.choice(ELSEWHERE)
        ready_folder(other.parent)
        damage = chance.choice((in_a_wide_encoding, packed, *HERE))
        other.write_bytes(damage(book.read_bytes(), chance) if chance.random() < 0.7 else book.read_bytes())
        book.unlink()
        return "elsewhere"
    sound, damage = book.read_bytes(), chance.choice(HERE)
    while (damaged := damage(sound, chance)) == sound:
        damage = chance.choice(HERE)
    book.write_bytes(damaged)
    return damage.__name__


def _harm_copies(copies: list[Path], chance: random.Random) -> None:
    for copy in copies:
        fate = chance.random()
        if fate < 0.4:
            copy.unlink()
        elif fate < 0.5:
            copy.write_bytes(chance.choice(DAMAGES)(copy.read_bytes(), chance))


def untrue(folder: Path, true: Rows, envelope: Envelope) -> str:
    """What was said about the loss and is not true; empty when all of it was."""
    book = folder / "2026.json"
    damaged = book.read_bytes() if book.exists() else b""
    found = examine(folder, envelope=envelope)
    here = [each for each in found if each.book == "2026" and each.kind in KINDS]
    if not here and any("is not noticed" in each.message for each in found):
        return ""
    if len(here) != 1:
        return f"found {[each.kind for each in here]}"
    loss = here[0].loss or Loss()
    try:
        done = recover(folder, "2026", now=LATER, envelope=envelope)
    except BookDamaged:
        return "" if _is_true(loss, len(true)) else f"{here[0].message}, but all are lost"
    rows = rows_of(book, envelope)
    lost = sum(rows.get(key) != line for key, line in true.items())
    if done.loss != loss:
        return f"said {loss} before and {done.loss} afterwards"
    if not _is_true(loss, lost):
        return f"{here[0].message} But {lost} of {len(true)} are."
    whole = [
        key for key, line in true.items() if b"\n" + line in damaged and damaged.count(b'"%b":{' % key.encode()) == 1
    ]
    dropped = [key for key in whole if rows.get(key) != true[key]]
    if dropped:
        return f"{len(dropped)} rows could be read and are gone"
    left = [each.message for each in examine(folder, envelope=envelope) if each.kind not in BESIDE]
    return f"not sound afterwards: {left}" if left else ""


def _is_true(loss: Loss, lost: int) -> bool:
    return loss.least <= lost and (loss.most is None or not loss.by_roll or lost <= loss.most)


def run(damages: int, seed: int, place: Path, *, encrypted: bool = False) -> Counter[str]:
    """Damage and bring back so many times; what was said, by kind of sentence. Exits at the first that is not true."""
    chance, said = random.Random(seed), Counter[str]()
    whole = place / "whole"
    prepared(whole, 300 if encrypted else 12)
    envelope: Envelope = encrypt(whole, PASSPHRASE) if encrypted else PLAIN
    true = rows_of(whole / "2026.json", envelope)
    for number in range(damages):
        folder = shutil.copytree(whole, place / "harmed")
        reader = Age(folder, envelope.identity) if isinstance(envelope, Age) else envelope
        how = harm(folder, chance)
        wrong = untrue(folder, true, reader)
        if wrong:
            sys.exit(f"damage {number} of seed {seed}, {how}{' of an encrypted one' * encrypted}: {wrong}")
        said[how] += 1
        shutil.rmtree(folder)
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--damages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for encrypted in (False, True):
        with tempfile.TemporaryDirectory() as place:
            said = run(options.damages // 2, options.seed, Path(place), encrypted=encrypted)
        told = ", ".join(f"{name} {number}" for name, number in said.most_common())
        print(f"{said.total()} {'encrypted' if encrypted else 'plain'}, every sentence true ({told})")


if __name__ == "__main__":
    main()
