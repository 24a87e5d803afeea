"""Removing a value or a photo for good, on every replica, by an administrator and with a reason.

The signed save stays and verifies: it covers salted digests, and only the values beside them go.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from geopark_app.domain.change import Changes, OpKind
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, Removal, kind_named
from geopark_app.domain.roles import Role
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import find_record
from geopark_app.operations.teams import current_team
from geopark_app.rules.roles import REMOVAL, RULING_KINDS
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.file_refs import needed_files
from geopark_app.store.hub import open_hub
from geopark_app.store.hub_address import read_address
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.peers import peers_of
from geopark_app.store.removing import (
    files_ever_named,
    insert_of,
    removed_files,
    stripped_saves,
    sweep,
)
from geopark_app.store.schema_version import KNOWN_REVISIONS
from geopark_app.store.whereabouts import Whereabouts
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.op_lines import lines_of

_FIRST_THAT_REMOVES = "0018"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalState:
    """A removal, and where the value still is as far as known.

    Attributes
    ----------
    removal : Removal
        What was removed, when and why.
    laptops : tuple of str
        Laptops that are not known to have carried it out.
    file_holders : tuple of str
        Backups and laptops whose lists still name one of the files.
    backups : tuple of str
        Copies of this laptop's database from before.
    """

    removal: Removal
    laptops: tuple[str, ...]
    file_holders: tuple[str, ...]
    backups: tuple[str, ...]

    @property
    def is_everywhere(self) -> bool:
        """Say whether nobody is known to hold it any more."""
        return not (self.laptops or self.file_holders or self.backups)


def named_record(context: AppContext, reference: str) -> Record:
    """Give the record of `kind:code-or-key`, also from the trash; `site` may be left out.

    Raises
    ------
    GeoparkError
        UNKNOWN_KIND, NOT_FOUND, AMBIGUOUS.
    """
    name, sign, key = reference.strip().partition(":")
    kind = kind_named(name) if sign else KINDS["site"]
    return find_record(context, kind, key if sign else name)


def remove_for_good(
    context: AppContext, record: Record, field: str, *, reason: str, step: str
) -> Changes:
    """Remove every value of a field, or of a whole record with its files, that is known here.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a reason; UNKNOWN_FIELD; in a team BEYOND_ROLE for all but administrators
        and MISSING_PART for those without the office key. Nothing is changed then.

    What is removed cannot be brought back, here or anywhere.
    """
    kind = kind_of(record)
    spec = kind.field(field) if field else None
    if field and (spec is None or kind.name in RULING_KINDS):
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, field=field)
    if not reason.strip():
        raise GeoparkError(ErrorCode.BAD_VALUE, field="reason", value="", expected="…")
    _require_office(context)
    name = spec.name if spec else ""
    others = {one.sha256 for one in needed_files(context.catalogue) if one.uuid != record.uuid}
    files = files_ever_named(context.catalogue, kind.name, record.uuid, name) - others
    removal = Removal(
        uuid=new_uuid(),
        kind_name=kind.name,
        target=record.uuid,
        field_name=name or None,
        covers=json.dumps(version_vector(context.catalogue), sort_keys=True),
        files=json.dumps(sorted(files)),
        reason=reason.strip(),
        removed_at=context.now().isoformat(timespec="seconds"),
    )
    with context.work(step, is_ruling=True) as work:
        work.put(removal)
        if not name and not record.deleted:
            work.delete(kind, record.uuid)
    carry_out(context)
    # One that cannot be turned back is no step of undo.
    return Changes(touched=work.changes.touched, note=work.changes.note)


def _require_office(context: AppContext) -> None:
    """Refuse without the office key: who holds it knows the roles, and cannot be wrong about his.

    A removal cannot be taken back where it was carried out by somebody who was administrator no
    more and did not know yet.
    """
    team = current_team(context)
    if team is None:
        return
    if team.role is not Role.ADMINISTRATOR:
        raise GeoparkError(
            ErrorCode.BEYOND_ROLE,
            role=team.role.value,
            kind=REMOVAL,
            field="",
            step=OpKind.INSERT.value,
        )
    if not team.is_office:
        raise GeoparkError(ErrorCode.MISSING_PART, path="", reason="office key")


def carry_out(context: AppContext) -> int:
    """Delete the files that removals name and no record needs; give how many went."""
    files = removed_files(context.catalogue)
    if not files or context.catalogue.is_read_only:
        return 0
    wanted = {one.sha256 for one in needed_files(context.catalogue)}
    gone = 0
    for sha256 in sorted(files - wanted):
        for store in (context.catalogue.files, context.catalogue.layer_files):
            path = store.path_of(sha256)
            with translated_os_errors(path):
                gone += path.exists()
                path.unlink(missing_ok=True)
                for aside in store.root.glob(f"damaged/{sha256}*"):
                    aside.unlink(missing_ok=True)
    sweep(context.catalogue)
    return gone


def removal_states(context: AppContext) -> list[RemovalState]:
    """Give every removal with who may still hold the value, the newest first."""
    removals = context.catalogue.records(Removal, include_deleted=True)
    found = [_state(context, one) for one in removals]
    return sorted(found, key=lambda one: one.removal.removed_at or "", reverse=True)


def drop_backups(context: AppContext) -> int:
    """Delete the copies of this laptop's database that are older than a removal."""
    names = {name for one in removal_states(context) for name in one.backups}
    for name in names:
        path = context.catalogue.folder.backups_dir / name
        with translated_os_errors(path):
            path.unlink(missing_ok=True)
    return len(names)


def clean_hub(context: AppContext, typed: str, password: str) -> int:
    """Take removed values out of the saves a hub keeps; as an administrator of the server.

    Returns
    -------
    int
        How many saves were changed there; their hashes and signatures stay as they are.
    """
    address, written = read_address(typed)
    hub = open_hub(address, password or written)
    try:
        return hub.replace_contents(
            (one.save.author, one.save.first, one.hash, b"".join(lines_of(one)))
            for one in stripped_saves(context.catalogue)
        )
    finally:
        hub.close()


def _state(context: AppContext, removal: Removal) -> RemovalState:
    made = insert_of(context.catalogue, "removal", removal.uuid)
    files = set(json.loads(removal.files or "[]"))
    own = context.author.author_id.partition(".")[0]
    holders = [
        one.name or one.holder_id
        for one in Whereabouts(context.catalogue).holdings()
        if one.holder_id != own and files & one.files
    ]
    return RemovalState(
        removal=removal,
        laptops=tuple(_not_known_to_have(context, made)),
        file_holders=tuple(sorted(holders)),
        backups=tuple(_older_backups(context, removal.removed_at or "")),
    )


def _not_known_to_have(context: AppContext, made: tuple[str, int]) -> Iterable[str]:
    team = current_team(context)
    author, seq = made
    peers = peers_of(context.catalogue)
    for member in team.membership.members if team else ():
        if context.author.public_key in member.keys:
            continue
        has = any(
            one.have.get(author, 0) >= seq and _can_remove(str(one.said.get("schema", "")))
            for one in peers
            if one.said.get("key") in member.keys
        )
        if not has:
            yield f"{member.person} ({member.device})"


def _can_remove(schema: str) -> bool:
    """Say whether a laptop's program knows removals: an unknown revision is a later one."""
    if schema not in KNOWN_REVISIONS:
        return bool(schema)
    return KNOWN_REVISIONS.index(schema) >= KNOWN_REVISIONS.index(_FIRST_THAT_REMOVES)


def _older_backups(context: AppContext, removed_at: str) -> Iterable[str]:
    """Give the copies made before, by their names, which begin with day and time."""
    stamp = removed_at[:19].replace("-", "").replace(":", "").replace("T", "-")
    folder = context.catalogue.folder.backups_dir
    with translated_os_errors(folder):
        names = sorted(path.name for path in folder.glob("*.sqlite")) if folder.is_dir() else []
    return [name for name in names if name[:15] <= stamp]
