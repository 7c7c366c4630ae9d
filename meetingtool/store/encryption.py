"""Encryption at rest, in the age format (age-encryption.org): every file of records is ciphertext on the disk.

An X25519 identity encrypts the files, so that a save costs no passphrase. The identity itself is in `key.age`,
encrypted with the passphrase. `recipients.txt` has the public keys that every file is encrypted to: the identity's own
and those of recovery, and below them a seal that only the identity can make. A list that anybody else changed is not
followed: whoever can write to a synced folder must not be able to let a stranger read. As long as `key.age` or its twin
in the backups is there, the workspace is encrypted; files that are still plain because encrypting was interrupted are
read as well, and encrypting again finishes it.

Needs `pyrage`, which the extra `encrypt` brings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.rules.wording import listed
from meetingtool.store.age import Age, bytes_of, identity_in, library, recipient, seal_of
from meetingtool.store.belongings import copies_by_name, own_files
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import DISK, FOLDER_MODE, Files, commit, kind_of, ready_folder
from meetingtool.store.derived import clear_derived
from meetingtool.store.envelope import AGE, CHANGED, KEY_HINT, PLAIN, Envelope, is_encrypted, twin_of
from meetingtool.store.errors import CannotWrite, WorkspaceUnusable, WrongPassphrase
from meetingtool.store.lock import why_not
from meetingtool.store.mending.forms import is_plain
from meetingtool.store.places import (
    BACKUPS,
    DAMAGED,
    DRAFT,
    KEY,
    MARK,
    PREVIOUS,
    RECIPIENTS,
    RECOVERY,
    books_in,
    file_of,
    free_name,
)
from meetingtool.store.roll import Roll
from meetingtool.store.together import lock_of

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

SHORTEST = 8
"""The fewest letters of a passphrase."""


def unlock(folder: Path, passphrase: str) -> Age:
    """The envelope of an encrypted workspace. WrongPassphrase, WorkspaceUnusable. Takes a second or so, on purpose.

    Where `key.age` and its twin in the backups differ, the one that opens and also opens the books counts: everything
    depends on that one small file. Where it is missing, the twin is put in its place.
    """
    opened: list[Age] = []
    failed: list[MeetingtoolError] = []
    keys = (folder / KEY, twin_of(folder))
    for key in dict.fromkeys(bytes_of(path) for path in keys if path.is_file()):
        try:
            opened.append(Age(folder, identity_in(key, passphrase), key))
        except (WrongPassphrase, WorkspaceUnusable) as error:
            failed.append(error)
    if not opened:
        raise next((error for error in failed if isinstance(error, WrongPassphrase)), failed[0])
    return _put_back(folder, _of_these_books(folder, opened))


def _of_these_books(folder: Path, keys: Sequence[Age]) -> Age:
    """The key that most of the books open with. WorkspaceUnusable where it opens no file: for a wrong key nothing may
    be given up, and no key overwritten."""
    best = keys[0]
    if len(keys) > 1:
        books = [_beginning(file_of(folder, book)) for book in books_in(folder)]
        best = max(keys, key=lambda age: sum(age.is_for(data) is True for data in books))
    others = 0
    for path in reversed(files_of(folder)):
        is_for = None if path.parent.name == DAMAGED else best.is_for(_beginning(path))
        if is_for:
            return best
        others += is_for is False
    if others > 1:  # a single file may be damaged just there
        there = [path for path in (folder / KEY, twin_of(folder)) if path.is_file()]
        named = listed([path.relative_to(folder).as_posix() for path in there])
        raise WorkspaceUnusable(
            f"{named} {'is the key' if len(there) == 1 else 'are keys'} of other books: no file of this workspace "
            "opens with it.",
            f"Nothing was changed; put the right {KEY} back: other copies of it and zips of all records have it.",
        )
    return best


def _beginning(path: Path) -> bytes:
    """As much of a file as shows for which keys it is; empty where it can't be read, which is reported elsewhere."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError:
        return b""


def unlock_for_recovery(folder: Path, identity_file: Path) -> Age:
    """The envelope, opened with the identity file (`AGE-SECRET-KEY-...`) of a recovery key."""
    pyrage = library()
    lines = bytes_of(identity_file).decode("utf-8", "replace").splitlines()
    keys = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
    try:
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
        text = pyrage.decrypt(bytes_of(folder / RECOVERY), found).decode()
        return _put_back(folder, _of_these_books(folder, [Age(folder, pyrage.x25519.Identity.from_str(text.strip()))]))
    except (ValueError, pyrage.DecryptError, pyrage.IdentityError) as error:
        raise WrongPassphrase(
            f"{identity_file.name} has no key that opens this workspace.", "It must be one that was added for recovery."
        ) from error


def _put_back(folder: Path, age: Age) -> Age:
    """Put the second copy of the key, which has opened the workspace, in the place of one that is missing.
    CannotWrite."""
    twin = twin_of(folder)
    if folder.joinpath(KEY).exists() or not twin.is_file():
        return age
    try:
        commit(DISK, folder / KEY, [bytes_of(twin)], keep_previous=False)
    except OSError as error:
        raise why_not(error, folder) from error
    age.use_key(bytes_of(twin))
    return age


def refuse_without_key(folder: Path, paths: Iterable[Path] | None = None) -> None:
    """Raises Refused where files are encrypted and no copy of their key is there: a new key would never open them.

    paths: the files to look at, instead of all.
    """
    if is_encrypted(folder) or not folder.is_dir():
        return
    for path in files_of(folder) if paths is None else paths:
        data = bytes_of(path)
        try:
            is_encrypted_here = data.startswith(AGE) or any(each.startswith(AGE) for each in _packed(data))
        except Unreadable as error:
            raise Refused(f"{path} does not open: {error}.", "Nothing was changed; move it elsewhere.") from error
        if is_encrypted_here:
            what = f"move {path.name} elsewhere" if path.suffix == ".zip" else KEY_HINT
            raise Refused(f"{path} is encrypted, and its key is not here.", f"Nothing was changed; {what}.")


def keys_differ(folder: Path) -> bool:
    """Whether `key.age` and its twin are no longer the same, or one of them is gone."""
    pair = [path.read_bytes() if path.is_file() else b"" for path in (folder / KEY, twin_of(folder))]
    return is_encrypted(folder) and pair[0] != pair[1]


def _refuse_in_place_of_keys(folder: Path) -> None:
    """Refused where something else stands in the place of a copy of the key: it isn't ours to move."""
    for path in (folder / KEY, twin_of(folder)):
        if os.path.lexists(path) and not path.is_file() and not path.is_symlink():
            raise Refused(f"{path} is {kind_of(path)}, where a copy of the key belongs.", TAKEN_AWAY)


TAKEN_AWAY = "Rename it or take it away; then the other copy of the key is put in its place."
"""What to do about something else in the place of a copy of the key."""


def _make_twin(folder: Path, age: Age, files: Files) -> None:
    """Make both copies of the key the one that opens the books. A different one is kept: it may open files
    elsewhere."""
    ready_folder(twin_of(folder).parent)
    for path in (folder / KEY, twin_of(folder)):
        there = bytes_of(path) if path.is_file() else b""
        if there == age.sealed:
            continue
        if there:
            commit(files, free_name(ready_folder(folder / DAMAGED) / KEY), [there], keep_previous=False)
        commit(files, path, [age.sealed], keep_previous=False)
    age.use_key(age.sealed)


def encrypt(
    folder: Path,
    passphrase: str,
    recovery: Sequence[str] = (),
    *,
    files: Files = DISK,
    progress: Callable[[int, int], object] | None = None,
) -> Age:
    """Encrypt every file of the workspace. Run again, it finishes what was interrupted, and adds recipients.

    recovery: public keys that can read everything, too. progress: called with how many files are done, and of how many.
    The key is written first and read back: from then on nothing plain is written, and whatever is still plain is
    encrypted file by file, each in one step. Other programs wait meanwhile, or are refused.
    """
    own = [str(recipient(each)) for each in recovery]
    if not is_encrypted(folder):
        _check_length(passphrase)
    _refuse_in_place_of_keys(folder)
    with lock_of(folder, files):
        try:
            refuse_without_key(folder)
            age = unlock(folder, passphrase) if is_encrypted(folder) else _new_key(folder, passphrase, files)
            _refuse_other_keys(folder, age)
            _make_twin(folder, age, files)
            _write_recipients(folder, age, list(dict.fromkeys([*age.recipients(), *own])), files)
            clear_derived(folder, files)
            Roll(folder, age).wrap_anew(age)
            _turn(folder, age, files, everything=bool(own), progress=progress)
        except OSError as error:
            raise why_not(error, folder) from error
    return age


def _refuse_other_keys(folder: Path, age: Age) -> None:
    """Refused where files are encrypted with another key: they would stay so. Zips have keys of their own, and what is
    set aside as damaged may be of any."""
    there = [path for path in files_of(folder) if path.suffix != ".zip" and path.parent.name != DAMAGED]
    others = [path.relative_to(folder).as_posix() for path in there if age.is_for(_beginning(path)) is False]
    if others:
        one, more = len(others) == 1, [f"{len(others) - 4:,} more"] if len(others) > 5 else []
        named = listed([*others[: 4 if more else 5], *more])
        raise Refused(
            f"{named} {'is' if one else 'are'} encrypted with another key than the workspace.",
            f"Nothing was changed. Move {'it' if one else 'them'} elsewhere, with the key that opens "
            f"{'it' if one else 'them'}; `meetingtool check` then says what is missing here, and brings it back.",
        )


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise Refused(f"A passphrase needs at least {SHORTEST} letters.", "Several words are best.")


def change_passphrase(folder: Path, age: Age, passphrase: str, *, files: Files = DISK) -> None:
    """Let a new passphrase open the workspace instead of the old one. CannotWrite when its key has changed in the
    meantime.

    The identity stays, so no book is written: the new key is sealed and read back, takes the place of `key.age` in one
    step, then that of its twin and of those in the zips of the backups. If that is interrupted, both passphrases open
    the workspace; changing it again, or `encrypt`, finishes with the one that is given.
    """
    _check_length(passphrase)
    _refuse_in_place_of_keys(folder)
    with lock_of(folder, files):
        try:
            if not age.fits():
                raise CannotWrite("The key of the workspace has been changed meanwhile.", CHANGED)
            key = _sealed(age.identity, passphrase)
            commit(files, folder / KEY, [key], keep_previous=False)
            age.use_key(key)
            ready_folder(twin_of(folder).parent)
            commit(files, twin_of(folder), [key], keep_previous=False)
            for path in files_of(folder):
                if path.suffix == ".zip":
                    commit(files, path, [_keyed_zip(folder, path.read_bytes(), age)], keep_previous=False)
        except OSError as error:
            raise why_not(error, folder) from error


def decrypt(
    folder: Path, age: Age, *, files: Files = DISK, progress: Callable[[int, int], object] | None = None
) -> None:
    """Turn every file back into plain JSON; the key goes last, so that this can be run again until it is done.

    Refused, before anything is changed, where a file does not open with the key, except those set aside as damaged.
    """
    with lock_of(folder, files):
        try:
            _refuse_unopened(folder, age)
            for path in _told(files_of(folder), progress):
                data = path.read_bytes()
                plain = _unwrapped_zip(age, data) if path.suffix == ".zip" else _opened(age, data)
                if plain != data:
                    commit(files, path, [plain], keep_previous=False)
            clear_derived(folder, files)
            Roll(folder, PLAIN).wrap_anew(age)
            for name in (RECOVERY, RECIPIENTS):
                files.remove(folder / name)
            files.remove(twin_of(folder))
            files.remove(folder / KEY)
            files.sync_folder(folder)
        except OSError as error:
            raise why_not(error, folder) from error


def _refuse_unopened(folder: Path, age: Age) -> None:
    for path in files_of(folder):
        if path.parent.name == DAMAGED:
            continue
        data = path.read_bytes()
        try:
            for each in (data, *_packed(data)):
                age.unwrap(each)
        except Unreadable as error:
            hint = "Nothing was changed; `meetingtool check` says more. A file that you can do without can be moved."
            raise Refused(f"{path} does not open: {error}.", hint) from error


def still_plain(folder: Path) -> list[Path]:
    """Files of an encrypted workspace that are not encrypted."""
    if not is_encrypted(folder):
        return []
    return [path for path in files_of(folder) if path.suffix != ".zip" and is_plain(path.read_bytes())]


def books_of_noise(folder: Path) -> list[Path]:
    """The books that are damaged so that they are neither encrypted nor plain: encrypting leaves them as they are."""
    books = [file_of(folder, book) for book in books_in(folder)]
    left = [(path, path.read_bytes()) for path in books if path.is_file() and not path.is_symlink()]
    return [path for path, data in left if not data.startswith(AGE) and not is_plain(data)]


def _new_key(folder: Path, passphrase: str, files: Files) -> Age:
    identity: Identity = library().x25519.Identity.generate()
    key, twin = _sealed(identity, passphrase), twin_of(folder)
    commit(files, folder / KEY, [key], keep_previous=False)
    ready_folder(twin.parent)
    commit(files, twin, [key], keep_previous=False)
    return Age(folder, identity)


def _sealed(identity: Identity, passphrase: str) -> bytes:
    """The content of a `key.age`, read back to be sure that the passphrase opens it."""
    key: bytes = library().passphrase.encrypt(str(identity).encode(), passphrase)
    if str(identity_in(key, passphrase)) != str(identity):
        raise MeetingtoolError("The key could not be made.", "Try again; nothing was changed.")
    return key


def _write_recipients(folder: Path, age: Age, wanted: list[str], files: Files) -> None:
    """From now on every save is for all of them; existing files are encrypted anew next."""
    others = [recipient(each) for each in wanted if each != str(age.identity.to_public())]
    if others:
        commit(files, folder / RECOVERY, [library().encrypt(str(age.identity).encode(), others)], keep_previous=False)
    lines = [*wanted, seal_of(wanted, age.identity), ""]
    commit(files, folder / RECIPIENTS, ["\n".join(lines).encode()], keep_previous=False)


def _turn(
    folder: Path, age: Age, files: Files, *, everything: bool, progress: Callable[[int, int], object] | None
) -> None:
    for path in _told(files_of(folder), progress):
        data = path.read_bytes()
        if path.suffix == ".zip":
            commit(files, path, [_wrapped_zip(folder, age, data)], keep_previous=False)
        elif is_plain(data):
            commit(files, path, age.wrap([data]), keep_previous=False)
        elif everything and (plain := _opened(age, data)) != data:
            commit(files, path, age.wrap([plain]), keep_previous=False)


def _told(paths: list[Path], progress: Callable[[int, int], object] | None) -> Iterator[Path]:
    """The paths, one by one; `progress` is called after each."""
    for number, path in enumerate(paths, 1):
        yield path
        if progress is not None:
            progress(number, len(paths))


def _opened(age: Age, data: bytes) -> bytes:
    """What is in a file; what can't be decrypted stays as it is, for `check` to report."""
    try:
        return age.unwrap(data)
    except Unreadable:
        return data


def files_of(folder: Path) -> list[Path]:
    """Every own file with records or half-typed text, including copies that cloud folders made; the most important
    last: books after their copies. Other programs' files and links are left out."""
    own = [path for path in own_files(folder) if path.suffix in _WITH_WORDS and path.name != MARK]
    copies = [path for path in own if path.parent != folder]
    return [*copies, *copies_by_name(folder), *(path for path in own if path.parent == folder)]


_WITH_WORDS = (".json", PREVIOUS, ".zip", DRAFT)


def _wrapped_zip(folder: Path, age: Age, data: bytes) -> bytes:
    return _keyed_zip(folder, data, age, lambda inner: age.wrap([inner])[0])


def _keyed_zip(folder: Path, data: bytes, age: Age, change: Callable[[bytes], bytes] | None = None) -> bytes:
    """A zip with the keys that the workspace has now. A zip with a file that they don't open keeps its own keys.
    change: what to make of each of its files, once opened.
    """
    try:
        for inner in _packed(data):
            age.unwrap(inner)
    except Unreadable:
        return data
    return _with_key(_zip(data, lambda inner: change(age.unwrap(inner)) if change else inner), folder)


def _packed(data: bytes) -> Iterator[bytes]:
    """Each of the files in a zip, without the keys; none for any other file. Unreadable for a zip that is damaged."""
    import zipfile

    from meetingtool.store.zips import NOT_A_ZIP, opened_zip

    if not zipfile.is_zipfile(BytesIO(data)):
        return
    try:
        with opened_zip(BytesIO(data)) as packed:
            for name in packed.namelist():
                if name not in (KEY, RECIPIENTS, RECOVERY):
                    yield packed.read(name)
    except NOT_A_ZIP as error:
        raise Unreadable("it can't be unpacked whole") from error


def _unwrapped_zip(age: Age, data: bytes) -> bytes:
    return _zip(data, lambda inner: _opened(age, inner))


def _zip(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with each of its files changed, without the keys; what isn't a zip stays as it is."""
    import zipfile

    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in (KEY, RECIPIENTS, RECOVERY):
                new.writestr(entry, change(old.read(entry)))
    return buffer.getvalue()


def _with_key(data: bytes, folder: Path) -> bytes:
    import zipfile

    buffer = BytesIO(data)
    if not zipfile.is_zipfile(buffer):
        return data
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in keys_of(folder).items():
            packed.writestr(name, content)
    return buffer.getvalue()


def key_in(source: Path) -> dict[str, bytes]:
    """The keys in a zip of an encrypted workspace; none for any other file."""
    import zipfile

    if not zipfile.is_zipfile(source):
        return {}
    with zipfile.ZipFile(source) as packed:
        names = set(packed.namelist())
        return {name: packed.read(name) for name in (KEY, RECIPIENTS, RECOVERY) if name in names}


def put_keys(folder: Path, keys: dict[str, bytes], *, files: Files = DISK) -> None:
    """Give a new folder the keys of a backup, before its books come."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        ready_folder(folder / BACKUPS)
        commit(files, twin_of(folder), [keys[KEY]], keep_previous=False)
        for name, content in keys.items():
            commit(files, folder / name, [content], keep_previous=False)
    except OSError as error:
        raise why_not(error, folder) from error


def keys_of(folder: Path, envelope: Envelope = PLAIN) -> dict[str, bytes]:
    """The files that a backup needs beside the books to be opened with the passphrase."""
    keys = {
        name: folder.joinpath(name).read_bytes()
        for name in (KEY, RECIPIENTS, RECOVERY)
        if folder.joinpath(name).is_file()
    }
    return keys | {KEY: envelope.sealed} if isinstance(envelope, Age) else keys
