"""`meetingtool encrypt` and `decrypt`: a workspace that nobody can read without the passphrase."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.keeping.safekeeping import agreed
from meetingtool.cli.opening import PASSPHRASE_FILE, Opening, first_line, pass_opening
from meetingtool.cli.printing import can_ask, out, progress_told, secret, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.store.age import Age


@click.command(cls=Command)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="age1...",
    help="A public key that can read everything too, for recovery; may be repeated, and added later.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def encrypt(opening: Opening, recipients: tuple[str, ...], yes: bool) -> None:
    """Encrypt every record of the workspace, its copies and backups, in the age format.

    From then on the passphrase is asked for at every start; MEETINGTOOL_PASSPHRASE_FILE names a file that has it, for
    scripts. Without the passphrase, and without a key for recovery, nobody can read the records or recover them.
    If it is interrupted, the same command finishes it.
    """
    from meetingtool.actions.keeping.editors import adopt_left_over, still_open
    from meetingtool.rules.wording import count
    from meetingtool.store import encryption
    from meetingtool.store.envelope import PLAIN, is_encrypted
    from meetingtool.store.mending.beside_books import MOVED_AWAY
    from meetingtool.store.mending.holding import foreign_with_records

    folder = opening.path()
    encryption.refuse_without_key(folder)
    again = is_encrypted(folder)
    workspace = opening.workspace()
    question = "Encrypt the workspace? Without the passphrase nobody can ever read it again."
    if not again:
        foreign = foreign_with_records(folder, PLAIN)
        for path in () if yes else foreign:
            talk(f"This file holds records, and will stay in plain text, as meetingtool didn't make it: {path}")
        if foreign:
            question += f" {count(len(foreign), 'file')} named above will still be readable."
        if not agreed(question, yes):
            return
    adopt_left_over(workspace)
    named = again or os.environ.get(PASSPHRASE_FILE)
    passphrase = opening.passphrase() if named else _typed_twice()
    with progress_told(len(encryption.files_of(folder)), "Encrypting") as progress:
        age = encryption.encrypt(folder, passphrase, recipients, progress=progress)
    opening.use(age)
    out(f"{folder} is encrypted.")
    for key in age.recipients()[1:]:
        talk(f"Whoever has the identity of this key for recovery can read everything, too: {key}")
    for path in encryption.books_of_noise(folder):
        talk(f"{path.name} is damaged and was left as it is: `meetingtool check` says what it costs.")
    for path in still_open(workspace):
        talk(f"This text is open in an editor, and isn't encrypted until that is closed: {path}")
    foreign = foreign_with_records(folder, PLAIN)
    for path in foreign:
        talk(f"This file holds records in plain text, as before: {path}")
    if foreign:
        talk(f"Files that meetingtool didn't make are left alone. {MOVED_AWAY}")
    if not recipients:
        talk("A key for recovery can be added: meetingtool encrypt --recipient age1...")
    talk("Exports, papers and zips elsewhere are unchanged. What `archive` and exports write can be read by anyone.")


def _typed_twice() -> str:
    if not can_ask():
        raise Refused("This needs a new passphrase.", "Run it in a terminal, or name a file that has it.")
    passphrase = secret("New passphrase: ")
    if secret("Again: ") != passphrase:
        raise Refused("The two passphrases differ.", "Nothing was changed; try again.")
    return passphrase


_IDENTITY = click.option(
    "--identity",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The age identity file of a key for recovery, instead of the passphrase.",
)


@click.command(cls=Command)
@_IDENTITY
@click.option(
    "--new", type=click.Path(path_type=Path), metavar="FILE", help="A file that has the new one, for scripts."
)
@pass_opening
def passphrase(opening: Opening, identity: Path | None, new: Path | None) -> None:
    """Change the passphrase of an encrypted workspace, in one step.

    It asks for the old one, then for the new one, twice. With --identity a forgotten one is replaced. The zips in the
    workspace's backups open with the new one, too; copies elsewhere keep the old one. If others know that one,
    `decrypt` and `encrypt` make a new key.
    """
    from meetingtool.store import encryption

    folder = opening.path()
    envelope = _unlocked(opening, folder, identity)
    wanted = first_line(new.expanduser(), "--new names it.") if new is not None else _typed_twice()
    opening.close()
    encryption.change_passphrase(folder, envelope, wanted)
    out(f"{folder} opens with the new passphrase.")
    named = os.environ.get(PASSPHRASE_FILE)
    if named:
        talk(f"Put it into {named}, too: MEETINGTOOL_PASSPHRASE_FILE names it.")
    talk("Copies and zips elsewhere still open with the old one.")


def _unlocked(opening: Opening, folder: Path, identity: Path | None) -> Age:
    """The envelope of an encrypted workspace, by its passphrase or by a key for recovery."""
    from meetingtool.importers.given_files import refuse_endless
    from meetingtool.store import encryption
    from meetingtool.store.age import Age
    from meetingtool.store.envelope import is_encrypted

    encryption.refuse_without_key(folder)
    if not is_encrypted(folder):
        raise Refused(f"{folder} is not encrypted.", "`meetingtool encrypt` encrypts it.")
    if identity is not None:
        if identity.exists():
            refuse_endless(identity)
        opening.use(encryption.unlock_for_recovery(folder, identity))
    envelope = opening.envelope()
    assert isinstance(envelope, Age)
    return envelope


@click.command(cls=Command)
@_IDENTITY
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def decrypt(opening: Opening, identity: Path | None, yes: bool) -> None:
    """Turn an encrypted workspace back into plain files that only you can read."""
    from meetingtool.store import encryption
    from meetingtool.store.envelope import envelope_for

    folder = opening.path()
    envelope = _unlocked(opening, folder, identity)
    opening.workspace()
    if not agreed("Decrypt the workspace? Anyone with access to the disk can read it then.", yes):
        return
    with progress_told(len(encryption.files_of(folder)), "Decrypting") as progress:
        encryption.decrypt(folder, envelope, progress=progress)
    opening.use(envelope_for(folder))
    out(f"{folder} is no longer encrypted.")
