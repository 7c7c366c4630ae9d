"""Encryption at rest, in the age format (age-encryption.org): every file of records is ciphertext on the disk.

An X25519 identity encrypts the files, so that a save costs no passphrase. The identity itself lies in `key.age`,
encrypted with the passphrase. `recipients.txt` has the public keys that every file is encrypted to: the identity's own
and those of recovery, and below them a seal that only the identity can make. A list that anybody else changed is not
followed: whoever can write to a synced folder must not be able to let a stranger read. As long as `key.age` is there,
the workspace is encrypted; files that are still plain, because turning over was interrupted, are read as well, and
turning over again finishes it.

Needs `pyrage`, which the extra `encrypt` brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.store.belongings import copies_by_name, own_files
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import DISK, FOLDER_MODE, Files, commit, ready_folder
from meetingtool.store.derived import clear_derived
from meetingtool.store.errors import CannotWrite, Locked, WorkspaceUnusable, WrongPassphrase
from meetingtool.store.lock import why_not
from meetingtool.store.places import BACKUPS, DRAFT, KEY, MARK, PREVIOUS, RECIPIENTS, RECOVERY
from meetingtool.store.storage import AGE, Envelope, PlainEnvelope
from meetingtool.store.together import lock_of

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

SHORTEST = 8
"""The fewest letters of a passphrase."""
_CHANGED = "Close this meetingtool and start it again; nothing was lost."


class Unencrypted(PlainEnvelope):
    """No wrapping, as long as the workspace is not encrypted meanwhile: nothing plain is written after that."""

    def __init__(self, folder: Path) -> None:
        self._key = folder / KEY

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        """The pieces as they are. CannotWrite when the workspace was encrypted meanwhile."""
        if self._key.exists():
            raise CannotWrite("The workspace has been encrypted meanwhile.", _CHANGED)
        return pieces


class AgeReader(PlainEnvelope):
    """Unwraps what one identity can read, and leaves what is plain as it is."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity

    def unwrap(self, data: bytes) -> bytes:
        """The plain bytes. Unreadable when they are damaged, or encrypted to another key."""
        if not data.startswith(AGE):
            return data
        try:
            plain: bytes = _pyrage().decrypt(data, [self.identity])
        except _pyrage().DecryptError as error:
            raise Unreadable("it can't be decrypted: it is damaged, or was encrypted with another key") from error
        return plain

    def rescued(self, data: bytes) -> bytes:
        """What stands before the damage: the format vouches for every 64 KiB by themselves."""
        if not data.startswith(AGE):
            return data
        plain = BytesIO()
        with suppress(OSError, _pyrage().DecryptError):
            _pyrage().decrypt_io(BytesIO(data), plain, [self.identity])
        return plain.getvalue()

    def for_workspace(self, folder: Path) -> Age:
        """The envelope of the workspace that has this identity's key."""
        return Age(folder, self.identity)


class Age(AgeReader):
    """Wraps for the recipients of a workspace, too."""

    def __init__(self, folder: Path, identity: Identity) -> None:
        super().__init__(identity)
        self._folder = folder
        self._key = _read(folder / KEY)

    def use_key(self, key: bytes) -> None:
        """Go on with this content of `key.age`, which holds the same identity."""
        self._key = key

    def fits(self) -> bool:
        """Whether the workspace still has the key that it had."""
        return is_encrypted(self._folder) and _read(self._folder / KEY) == self._key

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        """The ciphertext, for the own key whatever the list says. CannotWrite when the workspace has another key or
        none now: nobody could read it then."""
        if not self.fits():
            was = (
                "The key of the workspace was changed" if is_encrypted(self._folder) else "The workspace was decrypted"
            )
            raise CannotWrite(f"{was} meanwhile.", _CHANGED)
        return [_pyrage().encrypt(b"".join(pieces), [recipient(each) for each in self.recipients()])]

    def recipients(self) -> list[str]:
        """The public keys that files are encrypted to: those of the list, if its seal is right, else the own one."""
        own = str(self.identity.to_public())
        keys = sealed_keys(self._folder, self.identity) or []
        return list(dict.fromkeys([own, *keys]))


def is_encrypted(folder: Path) -> bool:
    """Whether the workspace in the folder is encrypted."""
    try:
        return folder.joinpath(KEY).is_file()
    except OSError:  # no such path can be: opening the workspace says why
        return False


def envelope_for(folder: Path) -> Envelope:
    """The envelope of a workspace that is not encrypted. Locked when it is: then `unlock` gives it."""
    if is_encrypted(folder):
        raise Locked(
            f"The workspace in {folder} is encrypted.",
            "Run this in a terminal to be asked for the passphrase, or name a file that has it in "
            "MEETINGTOOL_PASSPHRASE_FILE.",
        )
    return Unencrypted(folder)


def unlock(folder: Path, passphrase: str) -> Age:
    """The envelope of an encrypted workspace. WrongPassphrase, WorkspaceUnusable. Takes a second or so, on purpose.

    Where `key.age` does not open, its twin in the backups is tried: everything depends on that one small file.
    """
    key = _read(folder / KEY)
    try:
        return Age(folder, identity_in(key, passphrase))
    except (WrongPassphrase, WorkspaceUnusable):
        twin = twin_of(folder)
        if not twin.is_file() or twin.read_bytes() == key:
            raise
        return Age(folder, identity_in(_read(twin), passphrase))


def identity_in(key: bytes, passphrase: str) -> Identity:
    """The identity in the content of a `key.age`. Raises WrongPassphrase."""
    pyrage = _pyrage()
    try:
        text = pyrage.passphrase.decrypt(key, passphrase).decode()
        identity: Identity = pyrage.x25519.Identity.from_str(text.strip())
    except pyrage.DecryptError as error:
        raise WrongPassphrase("That is not the passphrase of this workspace.", "Try again; nothing was changed.") from (
            error
        )
    except (ValueError, pyrage.IdentityError) as error:
        raise WorkspaceUnusable(f"{KEY} is damaged.", "Take it from a backup; a zip of all records has it.") from error
    return identity


def unlock_for_recovery(folder: Path, identity_file: Path) -> Age:
    """The envelope, by the identity file (`AGE-SECRET-KEY-...`) of a recipient of recovery."""
    pyrage = _pyrage()
    lines = _read(identity_file).decode("utf-8", "replace").splitlines()
    keys = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
    try:
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
        text = pyrage.decrypt(_read(folder / RECOVERY), found).decode()
        return Age(folder, pyrage.x25519.Identity.from_str(text.strip()))
    except (ValueError, pyrage.DecryptError, pyrage.IdentityError) as error:
        raise WrongPassphrase(
            f"{identity_file.name} has no key that opens this workspace.", "It must be one that was added for recovery."
        ) from error


def twin_of(folder: Path) -> Path:
    """The second copy of `key.age`."""
    return folder / BACKUPS / KEY


def keys_differ(folder: Path) -> bool:
    """Whether `key.age` and its twin are not the same any more, or the twin is gone."""
    twin = twin_of(folder)
    return is_encrypted(folder) and not (twin.is_file() and twin.read_bytes() == folder.joinpath(KEY).read_bytes())


def _make_twin(folder: Path, age: Age, passphrase: str, files: Files) -> None:
    """Make both copies of the key the one that opens."""
    twin = twin_of(folder)
    ready_folder(twin.parent)
    key = _read(folder / KEY)
    if twin.is_file() and twin.read_bytes() == key:
        return
    try:
        identity_in(key, passphrase)
    except (WrongPassphrase, WorkspaceUnusable):
        key = _read(twin)
        commit(files, folder / KEY, [key], keep_previous=False)
    else:
        commit(files, twin, [key], keep_previous=False)
    age.use_key(key)


def sealed_keys(folder: Path, identity: Identity) -> list[str] | None:
    """The public keys in the list of recipients; None where the list is missing or its seal is not that of the
    identity."""
    from hmac import compare_digest

    path = folder / RECIPIENTS
    if not path.is_file():
        return None
    *keys, seal = _read(path).decode("utf-8", "replace").split() or [""]
    return keys if compare_digest(seal.encode(), _seal(keys, identity).encode()) else None


def _seal(keys: Sequence[str], identity: Identity) -> str:
    """What only the holder of the identity can write below a list of keys: an HMAC-SHA256 keyed from the identity."""
    from hashlib import sha256
    from hmac import digest

    secret = sha256(b"meetingtool: list of recipients\n" + str(identity).encode()).digest()
    return f"seal:{digest(secret, ' '.join(keys).encode(), 'sha256').hex()}"


def recipient(text: str) -> Recipient:
    """The public key `age1...`. Refused when it isn't one."""
    pyrage = _pyrage()
    try:
        key: Recipient = pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Refused(
            "That isn't a public key.", "A public key starts with age1; `age-keygen` makes one with its identity."
        ) from (error)
    return key


def encrypt(
    folder: Path,
    passphrase: str,
    recovery: Sequence[str] = (),
    *,
    files: Files = DISK,
    progress: Callable[[int, int], object] | None = None,
) -> Age:
    """Encrypt every file of the workspace. Run again, it finishes what was interrupted, and adds recipients.

    recovery: public keys that can read everything, too. progress: called with how many files are done, of
    how many.
    The key is written first and read back: from then on nothing plain is written, and whatever is still plain is
    turned over file by file, each in one step. Other programs wait meanwhile, or are refused.
    """
    own = [str(recipient(each)) for each in recovery]
    if not is_encrypted(folder):
        _check_length(passphrase)
    with lock_of(folder, files):
        try:
            age = unlock(folder, passphrase) if is_encrypted(folder) else _new_key(folder, passphrase, files)
            _make_twin(folder, age, passphrase, files)
            _write_recipients(folder, age, list(dict.fromkeys([*age.recipients(), *own])), files)
            clear_derived(folder, files)
            _turn(folder, age, files, everything=bool(own), progress=progress)
        except OSError as error:
            raise why_not(error, folder) from error
    return age


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise Refused(f"A passphrase needs at least {SHORTEST} letters.", "Several words are best.")


def change_passphrase(folder: Path, age: Age, passphrase: str, *, files: Files = DISK) -> None:
    """Let a new passphrase open the workspace instead of the old one. CannotWrite when its key has changed by now.

    The identity stays, so no book is written: the new key is sealed and read back, takes the place of `key.age` in one
    step, then that of its twin and of those in the zips of the backups. Cut off between, both passphrases open the
    workspace; changing again, or `encrypt`, finishes it with the one that is given.
    """
    _check_length(passphrase)
    with lock_of(folder, files):
        try:
            if not age.fits():
                raise CannotWrite("The key of the workspace has been changed meanwhile.", _CHANGED)
            key = _sealed(age.identity, passphrase)
            commit(files, folder / KEY, [key], keep_previous=False)
            age.use_key(key)
            ready_folder(twin_of(folder).parent)
            commit(files, twin_of(folder), [key], keep_previous=False)
            for path in files_of(folder):
                if path.suffix == ".zip":
                    packed = _with_key(_zip(path.read_bytes(), lambda inner: inner), folder)
                    commit(files, path, [packed], keep_previous=False)
        except OSError as error:
            raise why_not(error, folder) from error


def decrypt(
    folder: Path, age: Age, *, files: Files = DISK, progress: Callable[[int, int], object] | None = None
) -> None:
    """Turn every file back into plain JSON; the key goes last, so that this can be run again until it is done."""
    with lock_of(folder, files):
        try:
            for path in _told(files_of(folder), progress):
                data = path.read_bytes()
                plain = _unwrapped_zip(age, data) if path.suffix == ".zip" else _opened(age, data)
                if plain != data:
                    commit(files, path, [plain], keep_previous=False)
            clear_derived(folder, files)
            for name in (RECOVERY, RECIPIENTS):
                files.remove(folder / name)
            files.remove(twin_of(folder))
            files.remove(folder / KEY)
            files.sync_folder(folder)
        except OSError as error:
            raise why_not(error, folder) from error


def still_plain(folder: Path) -> list[Path]:
    """Files of an encrypted workspace that are not encrypted."""
    if not is_encrypted(folder):
        return []
    return [path for path in files_of(folder) if path.suffix != ".zip" and not path.read_bytes().startswith(AGE)]


def _new_key(folder: Path, passphrase: str, files: Files) -> Age:
    identity: Identity = _pyrage().x25519.Identity.generate()
    key, twin = _sealed(identity, passphrase), twin_of(folder)
    commit(files, folder / KEY, [key], keep_previous=False)
    ready_folder(twin.parent)
    commit(files, twin, [key], keep_previous=False)
    return Age(folder, identity)


def _sealed(identity: Identity, passphrase: str) -> bytes:
    """The content of a `key.age`, read back to be sure that the passphrase opens it."""
    key: bytes = _pyrage().passphrase.encrypt(str(identity).encode(), passphrase)
    if str(identity_in(key, passphrase)) != str(identity):
        raise MeetingtoolError("The key could not be made.", "Try again; nothing was changed.")
    return key


def _write_recipients(folder: Path, age: Age, wanted: list[str], files: Files) -> None:
    """From now on every save is for all of them; the files of before are turned over next."""
    others = [recipient(each) for each in wanted if each != str(age.identity.to_public())]
    if others:
        commit(files, folder / RECOVERY, [_pyrage().encrypt(str(age.identity).encode(), others)], keep_previous=False)
    lines = [*wanted, _seal(wanted, age.identity), ""]
    commit(files, folder / RECIPIENTS, ["\n".join(lines).encode()], keep_previous=False)


def _turn(
    folder: Path, age: Age, files: Files, *, everything: bool, progress: Callable[[int, int], object] | None
) -> None:
    for path in _told(files_of(folder), progress):
        data = path.read_bytes()
        if path.suffix == ".zip":
            commit(files, path, [_wrapped_zip(folder, age, data)], keep_previous=False)
        elif not data.startswith(AGE):
            commit(files, path, age.wrap([data]), keep_previous=False)
        elif everything and (plain := _opened(age, data)) != data:
            commit(files, path, age.wrap([plain]), keep_previous=False)


def _told(paths: list[Path], progress: Callable[[int, int], object] | None) -> Iterator[Path]:
    """The paths, one by one; of each that is done it is told."""
    for number, path in enumerate(paths, 1):
        yield path
        if progress is not None:
            progress(number, len(paths))


def _opened(age: Age, data: bytes) -> bytes:
    """What is in a file; what can't be decrypted stays as it is, for `check` to tell."""
    try:
        return age.unwrap(data)
    except Unreadable:
        return data


def files_of(folder: Path) -> list[Path]:
    """Every own file with records or half-typed text, copies that cloud folders made included; those that matter most
    last: books after their copies. Not foreign files, and not links."""
    own = [path for path in own_files(folder) if path.suffix in _WITH_WORDS and path.name != MARK]
    copies = [path for path in own if path.parent != folder]
    return [*copies, *copies_by_name(folder), *(path for path in own if path.parent == folder)]


_WITH_WORDS = (".json", PREVIOUS, ".zip", DRAFT)


def _wrapped_zip(folder: Path, age: Age, data: bytes) -> bytes:
    changed = _zip(data, lambda inner: age.wrap([_opened(age, inner)])[0])
    return _with_key(changed, folder)


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


def keys_of(folder: Path) -> dict[str, bytes]:
    """The files that a backup needs beside the books to be opened with the passphrase."""
    return {
        name: folder.joinpath(name).read_bytes()
        for name in (KEY, RECIPIENTS, RECOVERY)
        if folder.joinpath(name).is_file()
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceUnusable(f"{path} can't be read: {error.strerror}.", "Check that it is there.") from error


def _pyrage() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise MeetingtoolError(
            "Encryption needs a library that is not installed.", "pip install 'meetingtool[encrypt]'"
        ) from error
    return pyrage
