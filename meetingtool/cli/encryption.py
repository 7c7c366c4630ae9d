"""`meetingtool encrypt` and `decrypt`: a workspace that nobody can read without the passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import PASSPHRASE_FILE, Opening, pass_opening
from meetingtool.cli.printing import out, talk
from meetingtool.cli.safekeeping import agreed
from meetingtool.errors import Refused


@click.command(cls=Command)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="age1...",
    help="A public key that can read everything too, for recovery; can be given again, also later.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def encrypt(opening: Opening, recipients: tuple[str, ...], yes: bool) -> None:
    """Encrypt every record of the workspace, its copies and backups, in the age format.

    From then on the passphrase is asked for at every start; MEETINGTOOL_PASSPHRASE_FILE names a file that has it, for
    scripts. Without the passphrase, and without a key for recovery, nobody can read the records, nor bring them back.
    What was interrupted is finished by the same command.
    """
    from meetingtool.store import encryption

    folder, again = opening.path(), encryption.is_encrypted(opening.path())
    opening.workspace()
    if not again and not agreed("Encrypt the workspace? Without the passphrase nobody can read it again.", yes):
        return
    passphrase = opening.passphrase(folder) if again else _new_passphrase(opening)
    opening.use(encryption.encrypt(folder, passphrase, recipients))
    out(f"{folder} is encrypted.")
    if not recipients:
        talk("A key for recovery can be added: meetingtool encrypt --recipient age1...")
    talk("Zips and exports that lie elsewhere are as they were. `archive` and exports stay readable to anyone.")


def _new_passphrase(opening: Opening) -> str:
    import os

    folder = opening.path()
    passphrase = opening.passphrase(folder, "New passphrase: ")
    if not os.environ.get(PASSPHRASE_FILE) and opening.passphrase(folder, "Once more: ") != passphrase:
        raise Refused("These are two different passphrases.", "Nothing was changed; try again.")
    return passphrase


@click.command(cls=Command)
@click.option(
    "--identity",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An age identity file of a key for recovery, in place of the passphrase.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def decrypt(opening: Opening, identity: Path | None, yes: bool) -> None:
    """Turn an encrypted workspace back into plain files, readable by you alone."""
    from meetingtool.store import encryption

    folder = opening.path()
    if not encryption.is_encrypted(folder):
        raise Refused(f"{folder} is not encrypted.")
    if identity is not None:
        opening.use(encryption.unlock_for_recovery(folder, identity))
    envelope = opening.envelope()
    assert isinstance(envelope, encryption.Age)
    opening.workspace()
    if not agreed("Decrypt the workspace? Whoever gets at the disk can read it then.", yes):
        return
    encryption.decrypt(folder, envelope)
    opening.use(encryption.envelope_for(folder))
    out(f"{folder} is plain.")
