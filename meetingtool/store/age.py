"""Files in the age format (age-encryption.org): what one identity reads, and what a workspace's recipients can read.

Needs `pyrage`, which the extra `encrypt` brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.envelope import AGE, CHANGED, PlainEnvelope, is_encrypted, twin_of
from meetingtool.store.errors import CannotWrite, WorkspaceUnusable, WrongPassphrase
from meetingtool.store.places import KEY, RECIPIENTS

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient


class AgeReader(PlainEnvelope):
    """Unwraps what one identity can read, and leaves what is plain as it is."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity

    def unwrap(self, data: bytes) -> bytes:
        """The plain bytes. Unreadable when they are damaged, or encrypted to another key."""
        if not data.startswith(AGE):
            return data
        try:
            plain: bytes = library().decrypt(data, [self.identity])
        except library().DecryptError as error:
            raise Unreadable("it can't be decrypted: it is damaged, or was encrypted with another key") from error
        return plain

    def is_for(self, data: bytes) -> bool | None:
        """Whether a file, or the beginning of one, was encrypted to this key, though it may be damaged further on; None
        where that isn't known, or where it is plain."""
        if not data.startswith(AGE):
            return None
        try:
            library().decrypt(data, [self.identity])
        except library().DecryptError as error:
            return {_NO_KEY: False, _DAMAGED_BEHIND: True, _DAMAGED_HEAD: True}.get(str(error))
        return True

    def rescued(self, data: bytes) -> bytes:
        """What comes before the damage: the format vouches for each 64 KiB separately."""
        if not data.startswith(AGE):
            return data
        plain = BytesIO()
        with suppress(OSError, library().DecryptError):
            library().decrypt_io(BytesIO(data), plain, [self.identity])
        return plain.getvalue()

    def for_workspace(self, folder: Path) -> Age:
        """The envelope of the workspace that has this identity's key."""
        return Age(folder, self.identity)


class Age(AgeReader):
    """Wraps for the recipients of a workspace, too."""

    def __init__(self, folder: Path, identity: Identity, sealed: bytes = b"") -> None:
        """sealed: the content of the key that had the identity, if it may not be that of `key.age`."""
        super().__init__(identity)
        self._folder = folder
        self._key = _key_in_use(folder)
        self.sealed = sealed or self._key

    def use_key(self, key: bytes) -> None:
        """Go on with this content of `key.age`, which holds the same identity."""
        self._key = self.sealed = key

    def fits(self) -> bool:
        """Whether the workspace still has the key it was opened with."""
        return self._key != b"" and _key_in_use(self._folder) == self._key

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        """The ciphertext, always for the workspace's own key, whatever the list says. CannotWrite when the workspace
        has another key or none now: nobody could read it then."""
        if not self.fits():
            was = (
                "The key of the workspace was changed" if is_encrypted(self._folder) else "The workspace was decrypted"
            )
            raise CannotWrite(f"{was} meanwhile.", CHANGED)
        return [library().encrypt(b"".join(pieces), [recipient(each) for each in self.recipients()])]

    def recipients(self) -> list[str]:
        """The public keys that files are encrypted to: those of the list if its seal is right, else only the
        workspace's own."""
        own = str(self.identity.to_public())
        keys = sealed_keys(self._folder, self.identity) or []
        return list(dict.fromkeys([own, *keys]))


def _key_in_use(folder: Path) -> bytes:
    """The content of `key.age`, or of its second copy where that is no file; empty where neither is one."""
    found = [path for path in (folder / KEY, twin_of(folder)) if path.is_file()]
    return bytes_of(found[0]) if found else b""


_NO_KEY, _DAMAGED_BEHIND, _DAMAGED_HEAD = "No matching keys found", "decryption error", "Header MAC is invalid"
"""What is said of a file for other keys, and of two sorts of damage to one for the key."""

_NOT_OPENED = "Decryption failed"
"""How pyrage's message begins for an intact key that the passphrase doesn't open."""

_TOO_MUCH_WORK = "Excessive work"
"""How it begins where the work seems too much for this computer, whose speed is measured briefly each time."""

LOOKS = 8
"""How often the speed is measured: something else may have kept the computer busy."""


def identity_in(key: bytes, passphrase: str) -> Identity:
    """The identity in the content of a `key.age`. Raises WrongPassphrase, and WorkspaceUnusable for a damaged key and
    on a computer that is too busy.
    """
    pyrage = library()
    try:
        identity: Identity = pyrage.x25519.Identity.from_str(_opened(key, passphrase).decode().strip())
    except (ValueError, pyrage.DecryptError, pyrage.IdentityError) as error:
        if str(error) == _NOT_OPENED:
            raise WrongPassphrase(
                "That is not the passphrase of this workspace.", "Try again; nothing was changed."
            ) from error
        if str(error).startswith(_TOO_MUCH_WORK):
            raise WorkspaceUnusable(
                f"This computer is too busy now, or too slow, to open {KEY}; the passphrase was not tried.",
                "Try again when other programs have ended.",
            ) from error
        wrong = "is damaged" if key else "is empty"
        raise WorkspaceUnusable(
            f"{KEY} {wrong}, so no passphrase opens it.", "Take it from a backup; a zip of all records has it."
        ) from error
    return identity


def _opened(key: bytes, passphrase: str) -> bytes:
    """The content of a `key.age`. Raises pyrage.DecryptError, for too much work only after several tries."""
    pyrage = library()
    for _ in range(LOOKS - 1):
        try:
            return bytes(pyrage.passphrase.decrypt(key, passphrase))
        except pyrage.DecryptError as error:
            if not str(error).startswith(_TOO_MUCH_WORK):
                raise
    return bytes(pyrage.passphrase.decrypt(key, passphrase))


def sealed_keys(folder: Path, identity: Identity) -> list[str] | None:
    """The public keys in the list of recipients; None where the list is missing or its seal is not that of the
    identity."""
    from hmac import compare_digest

    path = folder / RECIPIENTS
    if not path.is_file():
        return None
    *keys, seal = bytes_of(path).decode("utf-8", "replace").split() or [""]
    return keys if compare_digest(seal.encode(), seal_of(keys, identity).encode()) else None


def seal_of(keys: Sequence[str], identity: Identity) -> str:
    """What only the holder of the identity can write below a list of keys: an HMAC-SHA256 keyed from the identity."""
    from hashlib import sha256
    from hmac import digest

    secret = sha256(b"meetingtool: list of recipients\n" + str(identity).encode()).digest()
    return f"seal:{digest(secret, ' '.join(keys).encode(), 'sha256').hex()}"


def recipient(text: str) -> Recipient:
    """The public key `age1...`. Refused when it isn't one."""
    pyrage = library()
    try:
        key: Recipient = pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Refused(
            "That isn't a public key.", "A public key starts with age1; `age-keygen` makes one with its identity."
        ) from (error)
    return key


def bytes_of(path: Path) -> bytes:
    """The content of a small file, such as a key. WorkspaceUnusable where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceUnusable(f"{path} can't be read: {error.strerror}.", "Check that it is there.") from error


def library() -> Any:
    """`pyrage`. MeetingtoolError where it is not installed."""
    try:
        import pyrage
    except ImportError as error:
        raise MeetingtoolError(
            "Encryption needs a library that is not installed.", "pip install 'meetingtool[encrypt]'"
        ) from error
    return pyrage
