"""Encryption at rest: nothing plain on the disk, safe to interrupt, and never without a key that somebody has."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest

from meetingtool.errors import Refused
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, CannotWrite, Workspace
from meetingtool.store.age import Age, AgeReader, identity_in
from meetingtool.store.backups import backup
from meetingtool.store.commit import Disk
from meetingtool.store.encryption import (
    books_of_noise,
    change_passphrase,
    decrypt,
    encrypt,
    key_in,
    put_keys,
    still_plain,
    unlock,
    unlock_for_recovery,
)
from meetingtool.store.envelope import AGE, envelope_for, is_encrypted
from meetingtool.store.errors import Locked, WorkspaceUnusable, WrongPassphrase
from meetingtool.store.examination import examine
from meetingtool.store.mending.recovery import recover
from meetingtool.store.mending.restoring import compare, restore
from meetingtool.store.places import KEY

Make = Any
PASSPHRASE = "seven red bicycles"
NEW = "nine green boats"
SECRET = "a secret of the harbour"

pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture
def full(workspace: Workspace, make: Make) -> Path:
    """A workspace with two saves, a daily backup, a zip, a draft and something worked out, all with the secret."""
    workspace.save(make.story(SECRET), deed="recorded", now=make.now)
    workspace.save(make.story(f"{SECRET} again"), deed="recorded", now=make.now + timedelta(days=1))
    workspace.drafts.put("capture", SECRET)
    assert workspace.derived.put("2026", (1, 2, 3), SECRET.encode())
    backup(workspace.folder, workspace.folder / "backups" / "all.zip", now=make.now)
    workspace.close()
    return workspace.folder


def holding(folder: Path) -> list[str]:
    """Files in which the secret can be read by anyone."""
    found = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                contents = [packed.read(name) for name in packed.namelist()]
        if any(SECRET.encode() in content for content in contents):
            found.append(path.name)
    return found


def texts(folder: Path, age: Age) -> list[str]:
    """The stories that the key gives."""
    with Workspace.open(folder, envelope=age) as opened:
        return sorted(story.text for story in opened.find(Story))


def test_everything_is_ciphertext_and_comes_back_plain(full: Path, make: Make) -> None:
    before = {path.relative_to(full): path.read_bytes() for path in full.glob("*.json")}
    age = encrypt(full, PASSPHRASE)
    assert holding(full) == []
    assert still_plain(full) == []
    assert examine(full, envelope=age) == []
    assert texts(full, age) == [SECRET, f"{SECRET} again"]
    with Workspace.open(full, envelope=unlock(full, PASSPHRASE)) as opened:
        assert opened.drafts.get("capture") == SECRET
        opened.save(make.story(f"{SECRET} too"), deed="recorded", now=make.now + timedelta(days=3))
        opened.drafts.put("other", SECRET)
    assert holding(full) == []
    assert all(path.read_bytes().startswith(AGE) for path in full.glob("*.json*"))
    shutil.copy(full / "2026.json.prev", full / "2026.json")
    decrypt(full, age)
    assert not is_encrypted(full)
    assert {path: full.joinpath(path).read_bytes() for path in before} == before
    assert len(holding(full)) >= 4
    assert [each.kind for each in examine(full)] == ["set back"]


def test_without_the_passphrase_it_is_locked_and_a_wrong_one_is_said_so(full: Path) -> None:
    encrypt(full, PASSPHRASE)
    with pytest.raises(Locked, match="MEETINGTOOL_PASSPHRASE_FILE"):
        Workspace.open(full)
    with pytest.raises(WrongPassphrase, match="not the passphrase"):
        unlock(full, "seven blue bicycles")
    with pytest.raises(WrongPassphrase):
        encrypt(full, "seven blue bicycles")


def test_the_real_key_is_sealed_by_scrypt_and_one_too_hard_for_now_is_told_from_a_wrong_passphrase(full: Path) -> None:
    encrypt(full, PASSPHRASE)
    sealed = full.joinpath(KEY).read_bytes()
    assert sealed.startswith(AGE + b"\n-> scrypt ")
    heavy = re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 40\n", sealed)
    assert heavy != sealed
    with pytest.raises(WorkspaceUnusable, match="too busy now"):
        identity_in(heavy, PASSPHRASE)
    with pytest.raises(WrongPassphrase, match="not the passphrase"):
        identity_in(sealed, "seven blue bicycles")


def test_a_short_passphrase_is_refused(full: Path) -> None:
    with pytest.raises(Refused, match="8 letters"):
        encrypt(full, "short")
    assert not is_encrypted(full)


class Cut(Disk):
    """A disk that fails at the nth renaming."""

    def __init__(self, number: int) -> None:
        self.left = number

    def replace(self, source: Path, target: Path) -> None:
        if self.left == 0:
            raise OSError(5, "cut")
        self.left -= 1
        super().replace(source, target)


def test_wherever_turning_over_is_cut_everything_can_be_read_and_it_can_be_finished(full: Path, make: Make) -> None:
    expected = [SECRET, f"{SECRET} again"]
    number = 0
    while True:
        folder = shutil.copytree(full, full.with_name(f"cut-{number}"))
        try:
            encrypt(folder, PASSPHRASE, files=Cut(number))
        except CannotWrite:
            if is_encrypted(folder):
                age = unlock(folder, PASSPHRASE)
                assert texts(folder, age) == expected
                assert not [found for found in examine(folder, envelope=age) if found.kind != "not encrypted"]
                encrypt(folder, PASSPHRASE)
                assert still_plain(folder) == []
            else:
                assert number == 0
                with Workspace.open(folder) as opened:
                    assert len(opened.find(Story)) == 2
            number += 2
            continue
        break
    assert number > 4
    age = unlock(folder, PASSPHRASE)
    for cut in range(0, number, 3):
        copy = shutil.copytree(folder, full.with_name(f"back-{cut}"))
        try:
            decrypt(copy, age, files=Cut(cut))
        except CannotWrite:
            assert is_encrypted(copy)
            assert texts(copy, Age(copy, age.identity)) == expected
            decrypt(copy, Age(copy, age.identity))
        with Workspace.open(copy) as opened:
            assert len(opened.find(Story)) == 2
        assert examine(copy) == []


def test_a_program_that_was_open_meanwhile_writes_nothing_that_nobody_could_read(full: Path, make: Make) -> None:
    plain = Workspace.open(full)
    plain.find(Story)
    age = encrypt(full, PASSPHRASE)
    for year in (2026, 2031):
        story = make.story("later", at=make.now.replace(year=year))
        with pytest.raises((CannotWrite, BookDamaged)):
            plain.save(story, deed="recorded", now=make.now)
    with pytest.raises(CannotWrite, match="start it again"):
        plain.drafts.put("capture", SECRET)
    assert holding(full) == []
    encrypted = Workspace.open(full, envelope=age)
    encrypted.find(Story)
    decrypt(full, age)
    with pytest.raises(CannotWrite, match="decrypted meanwhile"):
        encrypted.save(make.story("later"), deed="recorded", now=make.now)
    assert examine(full) == []


def test_a_key_for_recovery_opens_it_too(full: Path, tmp_path: Path) -> None:
    spare = pyrage.x25519.Identity.generate()
    encrypt(full, PASSPHRASE)
    encrypt(full, PASSPHRASE, [str(spare.to_public())])
    path = tmp_path / "spare.txt"
    path.write_text(f"# created today\n{spare}\n", encoding="utf-8")
    assert texts(full, unlock_for_recovery(full, path)) == [SECRET, f"{SECRET} again"]
    for book in full.glob("*.json"):
        assert pyrage.decrypt(book.read_bytes(), [spare]).startswith(b"{")
    path.write_text(str(pyrage.x25519.Identity.generate()), encoding="utf-8")
    with pytest.raises(WrongPassphrase):
        unlock_for_recovery(full, path)
    with pytest.raises(Refused, match="age1"):
        encrypt(full, PASSPHRASE, ["nonsense"])


def test_damage_to_ciphertext_is_noticed_and_mended_from_a_copy(full: Path, make: Make) -> None:
    age = encrypt(full, PASSPHRASE)
    path = full / "2026.json"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert [found.kind for found in examine(full, envelope=age)] == ["damaged"]
    recover(full, "2026", now=make.now, envelope=age)
    assert texts(full, age) == [SECRET, f"{SECRET} again"]
    assert holding(full) == []


def test_a_zip_of_an_encrypted_workspace_opens_with_its_passphrase_elsewhere(full: Path, make: Make) -> None:
    age = encrypt(full, PASSPHRASE)
    made = backup(full, full.parent / "all.zip", now=make.now, envelope=age)
    elsewhere = full.parent / "elsewhere"
    keys = key_in(made.path)
    put_keys(elsewhere, keys)
    opened = unlock(elsewhere, PASSPHRASE)
    restore(elsewhere, made.path, now=make.now, envelope=opened)
    assert texts(elsewhere, opened) == [SECRET, f"{SECRET} again"]
    assert holding(elsewhere) == []
    plain = full.parent / "plain"
    reader = AgeReader(identity_in(keys[KEY], PASSPHRASE))
    assert len(compare(plain, made.path, envelope=envelope_for(plain), source_envelope=reader)) == 2
    restore(plain, made.path, now=make.now, envelope=envelope_for(plain), source_envelope=reader)
    with Workspace.open(plain) as workspace:
        assert len(workspace.find(Story)) == 2


@pytest.mark.parametrize("which", ["key.age", "backups/key.age"])
def test_one_damaged_key_loses_nothing(full: Path, which: str) -> None:
    age = encrypt(full, PASSPHRASE)
    data = bytearray(full.joinpath(which).read_bytes())
    data[20] ^= 1
    full.joinpath(which).write_bytes(data)
    opened = unlock(full, PASSPHRASE)
    assert texts(full, opened) == [SECRET, f"{SECRET} again"]
    [found] = examine(full, envelope=opened)
    assert "second copy" in found.message
    opened = encrypt(full, PASSPHRASE)
    assert examine(full, envelope=opened) == []
    assert str(opened.identity) == str(age.identity)
    decrypt(full, opened)
    assert not full.joinpath("backups", KEY).exists()


@pytest.mark.parametrize("which", ["key.age", "backups/key.age"])
@pytest.mark.parametrize("other", ["of another workspace", "its own older one"])
def test_of_two_keys_with_the_same_passphrase_the_one_of_the_books_counts_and_the_other_is_kept(
    full: Path, tmp_path: Path, which: str, other: str
) -> None:
    right = encrypt(full, PASSPHRASE)
    key = full.joinpath(KEY).read_bytes()
    if other == "its own older one":
        wrong = key
        decrypt(full, right)
        encrypt(full, PASSPHRASE)
        key = full.joinpath(KEY).read_bytes()
    else:
        Workspace.open(tmp_path / "other", create=True).close()
        encrypt(tmp_path / "other", PASSPHRASE)
        wrong = tmp_path.joinpath("other", KEY).read_bytes()
    full.joinpath(which).write_bytes(wrong)
    age = unlock(full, PASSPHRASE)
    (finding,) = examine(full, envelope=age)
    assert "second copy differ" in finding.message and "the books open with" in finding.hint
    assert texts(full, age) == [SECRET, f"{SECRET} again"]
    backup(full, tmp_path / "since.zip", now=datetime(2026, 3, 9, tzinfo=UTC), envelope=age)
    assert key_in(tmp_path / "since.zip")[KEY] == key, "a backup has the key that opens it"
    encrypt(full, PASSPHRASE)
    assert {full.joinpath(name).read_bytes() for name in (KEY, "backups/key.age")} == {key}
    assert full.joinpath("damaged", KEY).read_bytes() == wrong
    full.joinpath(KEY).write_bytes(wrong)
    full.joinpath("backups", KEY).write_bytes(wrong)
    for opening in (unlock, encrypt):
        with pytest.raises(WorkspaceUnusable, match=r"key\.age and backups/key\.age are keys of other books"):
            opening(full, PASSPHRASE)
    full.joinpath(KEY).unlink()
    with pytest.raises(WorkspaceUnusable, match=r"^backups/key\.age is the key of other books"):
        unlock(full, PASSPHRASE)
    assert not full.joinpath(KEY).exists()
    full.joinpath(KEY).write_bytes(key)
    assert texts(full, unlock(full, PASSPHRASE)) == [SECRET, f"{SECRET} again"]


def test_encrypting_is_refused_where_books_have_another_key(full: Path, tmp_path: Path, make: Make) -> None:
    with Workspace.open(tmp_path / "other", create=True) as other:
        other.save(make.story("elsewhere", at=make.now.replace(year=2024)), deed="win.recorded", now=make.now)
    encrypt(tmp_path / "other", PASSPHRASE)
    age = encrypt(full, PASSPHRASE)
    strange = [full / "2024.json", full / "2024.json.prev"]
    for path in strange:
        path.write_bytes(tmp_path.joinpath("other", "2024.json").read_bytes())
    keys = [full.joinpath(name).read_bytes() for name in (KEY, "backups/key.age")]
    with pytest.raises(Refused, match=r"^2024\.json\.prev and 2024\.json are encrypted with another key") as refused:
        encrypt(full, PASSPHRASE)
    assert "Move them elsewhere" in (refused.value.hint or "")
    assert [full.joinpath(name).read_bytes() for name in (KEY, "backups/key.age")] == keys
    for path in strange:
        path.unlink()
    assert str(encrypt(full, PASSPHRASE).identity) == str(age.identity)


def test_the_second_copy_of_the_key_takes_the_place_of_a_missing_one(full: Path) -> None:
    age = encrypt(full, PASSPHRASE)
    key = full.joinpath(KEY).read_bytes()
    full.joinpath(KEY).unlink()
    with pytest.raises(Locked):
        Workspace.open(full)
    assert str(encrypt(full, PASSPHRASE).identity) == str(age.identity)
    assert full.joinpath(KEY).read_bytes() == key
    decrypt(full, unlock(full, PASSPHRASE))
    assert len(holding(full)) >= 4


def test_a_folder_in_the_place_of_a_key_is_named_and_the_other_copy_used(full: Path, make: Make) -> None:
    age = encrypt(full, PASSPHRASE)
    key = full.joinpath(KEY).read_bytes()
    full.joinpath(KEY).unlink()
    full.joinpath(KEY, "mine").mkdir(parents=True)
    opened = unlock(full, PASSPHRASE)
    with Workspace.open(full, envelope=opened) as workspace:
        workspace.save(make.story("meanwhile"), deed="win.recorded", now=make.now)
    assert "meanwhile" in texts(full, opened)
    [found] = examine(full, envelope=opened)
    assert found.message == "key.age is a folder. The second copy of the key opens everything meanwhile."
    for deed in (lambda: encrypt(full, PASSPHRASE), lambda: change_passphrase(full, opened, NEW)):
        with pytest.raises(Refused, match=r"key\.age is a folder") as refused:
            deed()
        assert "take it away" in (refused.value.hint or "")
    full.joinpath(KEY, "mine").rmdir()
    full.joinpath(KEY).rmdir()
    assert examine(full, envelope=unlock(full, PASSPHRASE)) == []
    assert full.joinpath(KEY).read_bytes() == key
    full.joinpath("backups", KEY).unlink()
    [found] = examine(full, envelope=age)
    assert found.message == "backups/key.age, the second copy of the key, is missing; the other copy is used."
    full.joinpath("backups", KEY).mkdir()
    [found] = examine(full, envelope=unlock(full, PASSPHRASE))
    assert found.message == "backups/key.age, the second copy of the key, is a folder; the other copy is used."


@pytest.mark.parametrize("damage", ["zeros", "the first bytes", "zeros at the beginning"])
def test_a_damaged_encrypted_book_is_not_called_plain_and_encrypting_leaves_it(full: Path, damage: str) -> None:
    age = encrypt(full, PASSPHRASE)
    path = full / "2026.json"
    data = path.read_bytes()
    beginning = {"zeros": bytes(len(data)), "the first bytes": b"bge", "zeros at the beginning": bytes(500)}[damage]
    left = beginning + data[len(beginning) :]
    path.write_bytes(left)
    assert [found.kind for found in examine(full, envelope=age)] == ["damaged"]
    encrypt(full, PASSPHRASE)
    assert path.read_bytes() == left
    assert books_of_noise(full) == [path]


def test_no_key_is_made_beside_files_that_it_could_not_open(full: Path) -> None:
    def contents() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in full.rglob("*.*") if path.is_file()}

    age = encrypt(full, PASSPHRASE)
    keys = {path: path.read_bytes() for path in (full / KEY, full / "backups" / KEY)}
    for path in keys:
        path.unlink()
    before = contents()
    with pytest.raises(Refused, match="its key is not here") as refused:
        encrypt(full, NEW)
    assert "put key.age back" in (refused.value.hint or "")
    with Workspace.open(full) as opened, pytest.raises(BookDamaged, match=r"key\.age is missing"):
        opened.find(Story)
    assert contents() == before
    for path, key in keys.items():
        path.write_bytes(key)
    assert texts(full, age) == [SECRET, f"{SECRET} again"]


def test_decrypting_changes_nothing_where_a_file_does_not_open(full: Path) -> None:
    encrypt(full, PASSPHRASE)
    other = pyrage.x25519.Identity.generate().to_public()
    full.joinpath("team.json").write_bytes(pyrage.encrypt(b"{}", [other]))
    before = {path: path.read_bytes() for path in full.rglob("*.*") if path.is_file()}
    with pytest.raises(Refused, match=r"team\.json does not open"):
        decrypt(full, unlock(full, PASSPHRASE))
    assert {path: path.read_bytes() for path in full.rglob("*.*") if path.is_file()} == before


def test_a_damaged_file_is_left_as_it_is_when_a_recipient_is_added(full: Path) -> None:
    age = encrypt(full, PASSPHRASE)
    path = full / "2026.json"
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    encrypt(full, PASSPHRASE, [str(pyrage.x25519.Identity.generate().to_public())])
    assert path.read_bytes() == data
    assert [found.kind for found in examine(full, envelope=age)] == ["damaged"]


def test_a_new_passphrase_opens_all_that_the_former_one_did(full: Path, make: Make) -> None:
    age = encrypt(full, PASSPHRASE)
    books = {path.name: path.read_bytes() for path in full.glob("*.json")}
    change_passphrase(full, age, NEW)
    assert {path.name: path.read_bytes() for path in full.glob("*.json")} == books, "no book is written"
    with pytest.raises(WrongPassphrase):
        unlock(full, PASSPHRASE)
    opened = unlock(full, NEW)
    assert texts(full, opened) == texts(full, age) == [SECRET, f"{SECRET} again"]
    assert examine(full, envelope=opened) == []
    keys = key_in(full / "backups" / "all.zip")
    assert str(identity_in(keys[KEY], NEW)) == str(age.identity)
    with pytest.raises(WrongPassphrase):
        identity_in(keys[KEY], PASSPHRASE)


def test_a_short_new_passphrase_changes_nothing(full: Path) -> None:
    age = encrypt(full, PASSPHRASE)
    with pytest.raises(Refused, match="8 letters"):
        change_passphrase(full, age, "short")
    assert str(unlock(full, PASSPHRASE).identity) == str(age.identity)


@pytest.mark.parametrize("finish", ["again", "encrypt with the new", "encrypt with the former"])
def test_wherever_changing_is_cut_a_passphrase_opens_and_it_can_be_finished(full: Path, finish: str) -> None:
    encrypt(full, PASSPHRASE)
    for number in range(3):
        folder = shutil.copytree(full, full.with_name(f"{finish} {number}"))
        with pytest.raises(CannotWrite):
            change_passphrase(folder, unlock(folder, PASSPHRASE), NEW, files=Cut(number))
        last = NEW if number and finish != "encrypt with the former" else PASSPHRASE
        if finish == "again":
            known = PASSPHRASE if number < 2 else NEW
            change_passphrase(folder, unlock(folder, known), NEW)
            last = NEW
        elif finish == "encrypt with the former" and number == 2:
            with pytest.raises(WrongPassphrase):
                encrypt(folder, PASSPHRASE)
            last = NEW
            encrypt(folder, NEW)
        else:
            encrypt(folder, last)
        opened = unlock(folder, last)
        assert examine(folder, envelope=opened) == []
        assert texts(folder, opened) == [SECRET, f"{SECRET} again"]
        identity_in(key_in(folder / "backups" / "all.zip")[KEY], last)
        with pytest.raises(WrongPassphrase):
            unlock(folder, PASSPHRASE if last == NEW else NEW)


def test_a_program_with_the_former_key_writes_nothing_and_no_other_key_is_overwritten(full: Path, make: Make) -> None:
    age = encrypt(full, PASSPHRASE)
    opened = Workspace.open(full, envelope=unlock(full, PASSPHRASE))
    opened.find(Story)
    former = unlock(full, PASSPHRASE)
    change_passphrase(full, age, NEW)
    with pytest.raises(CannotWrite, match="key of the workspace was changed"):
        opened.save(make.story("later"), deed="recorded", now=make.now)
    with pytest.raises(CannotWrite, match="changed meanwhile"):
        change_passphrase(full, former, "ten more boats")
    decrypt(full, unlock(full, NEW))
    with pytest.raises(CannotWrite, match="changed meanwhile"):
        change_passphrase(full, age, PASSPHRASE)
    assert not is_encrypted(full)


def test_a_forgotten_passphrase_is_replaced_with_a_key_for_recovery(full: Path, tmp_path: Path) -> None:
    spare = pyrage.x25519.Identity.generate()
    encrypt(full, PASSPHRASE, [str(spare.to_public())])
    path = tmp_path / "spare.txt"
    path.write_text(str(spare), encoding="utf-8")
    change_passphrase(full, unlock_for_recovery(full, path), NEW)
    assert texts(full, unlock(full, NEW)) == [SECRET, f"{SECRET} again"]
    assert texts(full, unlock_for_recovery(full, path)) == [SECRET, f"{SECRET} again"]


def test_foreign_files_and_what_lies_behind_links_stay_as_they_are(full: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.draft"
    foreign = [
        full / "package.json",
        full / "2026 report.json",
        full / "index" / "index.html",
        full / "drafts" / "novel.txt",
        full / "damaged" / "photo.png",
        full / "backups" / "notes.md",
        full / "backups" / "2026" / "plan.json",
        full / "backups" / "site" / "index.json",
        outside,
    ]
    for path in foreign:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(b'{"mine": true}')
    full.joinpath("drafts", "linked.draft").symlink_to(outside)
    copy = full / "2026 (conflicted copy 2026-03-03 101010).json"
    shutil.copy(full / "2026.json", copy)
    age = encrypt(full, PASSPHRASE)
    assert holding(full) == []
    assert copy.read_bytes().startswith(AGE)
    change_passphrase(full, age, NEW)
    assert {path.read_bytes() for path in foreign} == {b'{"mine": true}'}
    decrypt(full, age)
    assert {path.read_bytes() for path in foreign} == {b'{"mine": true}'}
    assert not copy.read_bytes().startswith(AGE)


def test_a_half_typed_text_that_can_not_be_read_is_set_aside_and_told(full: Path) -> None:
    age = encrypt(full, PASSPHRASE)
    draft = full / "drafts" / "capture.draft"
    garbage = draft.read_bytes()[:-9] + b"123456789"
    draft.write_bytes(garbage)
    with Workspace.open(full, envelope=age) as opened:
        assert opened.drafts.get("capture") == ""
        (told,) = opened.drafts.noticed()
        assert opened.drafts.noticed() == []
        assert "could not be read" in told
        assert str(full / "damaged" / "capture.draft") in told
        opened.drafts.put("capture", "typed anew")
        assert opened.drafts.get("capture") == "typed anew"
    assert full.joinpath("damaged", "capture.draft").read_bytes() == garbage


@pytest.mark.parametrize("left", ["", "another"])
def test_a_list_without_the_own_key_locks_nobody_out(full: Path, make: Make, left: str) -> None:
    age = encrypt(full, PASSPHRASE)
    other = pyrage.x25519.Identity.generate().to_public()
    full.joinpath("recipients.txt").write_text(f"{other}\n" if left else "", "utf-8")
    with Workspace.open(full, envelope=age) as opened:
        opened.save(make.story("later"), deed="recorded", now=make.now + timedelta(days=3))
    assert "later" in texts(full, unlock(full, PASSPHRASE))


@pytest.mark.parametrize("change", ["appended", "replaced", "cut", "garbled", "removed"])
def test_a_list_of_recipients_that_a_stranger_changed_is_not_followed_and_check_says_so(
    full: Path, make: Make, change: str
) -> None:
    stranger, recovery = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    age = encrypt(full, PASSPHRASE, [str(recovery.to_public())])
    assert not [each for each in examine(full, envelope=age) if each.kind == "recipients changed"]
    path = full / "recipients.txt"
    kept = path.read_text("utf-8")
    lines = kept.splitlines()
    changed = {
        "appended": f"{kept}{stranger.to_public()}\n",
        "replaced": f"{stranger.to_public()}\n{lines[-1]}\n",
        "cut": f"{lines[0]}\n{lines[-1]}\n",
        "garbled": kept.replace("age1", "age2"),
    }
    if change == "removed":
        path.unlink()
    else:
        path.write_text(changed[change], "utf-8")
    with Workspace.open(full, envelope=age) as opened:
        opened.save(make.story("later"), deed="recorded", now=make.now + timedelta(days=3))
    written = full.joinpath(f"{make.now.year}.json").read_bytes()
    for nobody in (stranger, recovery):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(written, [nobody])
    [finding] = [each for each in examine(full, envelope=age) if each.kind == "recipients changed"]
    assert "isn't followed" in finding.message
    encrypt(full, PASSPHRASE, [str(recovery.to_public())])
    assert b"later" in pyrage.decrypt(full.joinpath(f"{make.now.year}.json").read_bytes(), [recovery])
    assert not [each for each in examine(full, envelope=age) if each.kind == "recipients changed"]


def test_a_zip_that_can_not_be_unpacked_is_named_before_anything_is_encrypted(full: Path) -> None:
    path = full / "backups" / "all.zip"
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(Refused, match=r"all\.zip does not open: it can't be unpacked whole"):
        encrypt(full, PASSPHRASE)
    assert not is_encrypted(full)
