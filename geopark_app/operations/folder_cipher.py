"""Which keys an encrypted exchange folder is read and written with; wrapped anew as people come."""

import hashlib

from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import Team
from geopark_app.sync.exchange_folder import ExchangeFolder
from geopark_app.sync.team_cipher import FolderKey, TeamCipher, new_folder_key, unwrap, wrap


def folder_keys(context: AppContext, team: Team, folder: ExchangeFolder) -> list[FolderKey]:
    """Give the keys of a folder this laptop can open, each with everybody it was wrapped for."""
    found: dict[str, FolderKey] = {}
    private = context.author.key.openssh()
    for sealed in folder.key_files():
        key = unwrap(sealed, private, team.membership.present_keys)
        if key is not None:
            known = found.get(key.secret)
            ever = key.ever | (known.ever if known else frozenset())
            found[key.secret] = FolderKey(secret=key.secret, ever=ever)
    return sorted(found.values(), key=lambda key: key.name)


def reading_cipher(keys: list[FolderKey]) -> TeamCipher | None:
    """Give what opens the files of a folder, or None where nothing is encrypted for this laptop."""
    return TeamCipher(keys, keys[0]) if keys else None


def writing_cipher(
    context: AppContext, team: Team, folder: ExchangeFolder, keys: list[FolderKey]
) -> TeamCipher:
    """Give what to write with, and leave every key wrapped for all who are members now.

    A key somebody had who is a member no more is read with only; without another one a new key is
    made.
    """
    members = frozenset(member.keys[0] for member in team.membership.present)
    # Former keys of laptops that are members still are no reason for a new folder key.
    of_members = team.membership.present_keys
    usable = [key for key in keys if key.ever <= of_members]
    writing = usable[0] if usable else new_folder_key(members)
    every = [*keys, *([] if usable else [writing])]
    digest = hashlib.sha256("".join(sorted(members)).encode("ascii")).hexdigest()[:16]
    for key in every:
        name = f"{key.name}-{digest}"
        if not folder.has_key_file(name):
            me = context.author
            folder.put_key_file(name, wrap(key, members, me=me.public_key, sign=me.key.sign))
    return TeamCipher(every, writing)
