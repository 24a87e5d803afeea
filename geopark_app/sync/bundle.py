"""The bundle (.gsb): signed saves in a zip of three members; made here, and verified strictly.

A bundle is data from outside: sizes are bounded, nothing is extracted, and whatever does not fit
is refused as a whole with one error.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.change import OpKind, canonical, save_hash
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.trusted_editions import TRUSTED_EDITIONS
from geopark_app.store.authorship import fingerprint_of
from geopark_app.store.exchange_log import LogAuthor, SignedSave
from geopark_app.sync.membership import SignedMembership, read_membership
from geopark_app.sync.op_lines import lines_of, read_saves
from geopark_app.sync.signing import Sign, is_signed, message
from geopark_app.sync.strict_json import count_of, object_of, read_object, refuse, text_of

SUFFIX = ".gsb"
LARGEST_FILE = 256 * 1024 * 1024
_FORMAT, _VERSION = "geopark-bundle", 1
_MANIFEST, _SIG, _OPS = "manifest.json", "manifest.sig", "ops.jsonl"
_LARGEST = {_MANIFEST: 8 * 1024 * 1024, _SIG: 256, _OPS: 512 * 1024 * 1024}
_EDITION = re.compile(r"edition:[A-Za-z0-9._-]{1,80}")
_LONGEST_NAME = 200
_DAY_ZERO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who sends, and where the receiver must stand.

    Attributes
    ----------
    sender : str
        Author id of the laptop that made the bundle.
    sender_key : str
        Its public key.
    made_at : str
        Its clock.
    schema : str
        Revision of its tables.
    base : mapping of author to number
        What its saves build on and are not in the bundle.
    authors : mapping of author id to LogAuthor
        Who wrote the saves.
    membership : SignedMembership
        The team's list as the sender knows it.
    """

    sender: str
    sender_key: str
    made_at: str
    schema: str
    base: Mapping[str, int]
    authors: Mapping[str, LogAuthor]
    membership: SignedMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle whose every save is proven to be its author's."""

    header: Header
    saves: tuple[SignedSave, ...]

    @property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """Give by author the number before the first operation, and the last."""
        return ranges_of(self.saves)


def ranges_of(saves: Iterable[SignedSave]) -> dict[str, tuple[int, int]]:
    """Give by author what saves hold: the number before the first operation, and the last."""
    found: dict[str, tuple[int, int]] = {}
    for one in saves:
        start, _ = found.get(one.save.author, (one.save.first - 1, 0))
        found[one.save.author] = (start, one.last)
    return found


def pack(header: Header, saves: tuple[SignedSave, ...], sign: Sign) -> bytes:
    """Give the bytes of a bundle, signed by its sender."""
    ops = b"".join(line for one in saves for line in lines_of(one))
    content = canonical(
        {
            "format": _FORMAT,
            "version": _VERSION,
            "team": header.membership.membership.team_id,
            "sender": header.sender,
            "key": header.sender_key,
            "made_at": header.made_at,
            "schema": header.schema,
            "base": dict(header.base),
            "ranges": {name: list(some) for name, some in ranges_of(saves).items()},
            "authors": {
                name: {
                    "device": (one.device or "")[:_LONGEST_NAME],
                    "incarnation": one.incarnation,
                    "user": (one.user or "")[:_LONGEST_NAME],
                    "public_key": one.public_key,
                }
                for name, one in header.authors.items()
            },
            "membership": header.membership.as_json(),
            "saves": len(saves),
            "ops": sum(one.save.n for one in saves),
            "ops_bytes": len(ops),
            "ops_sha256": hashlib.sha256(ops).hexdigest(),
        }
    )
    signature = sign(message(_FORMAT, content)).encode("ascii")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in ((_MANIFEST, content), (_SIG, signature), (_OPS, ops)):
            info = zipfile.ZipInfo(name, date_time=_DAY_ZERO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, raw)
    return packed.getvalue()


def verify(raw: bytes) -> Bundle:
    """Give a bundle when every byte of it is what its signatures say.

    Whether sender and authors belong to the team is `check_members`' question.

    Raises
    ------
    GeoparkError
        BAD_BUNDLE with the reason, or NEWER_BUNDLE for a later format.
    """
    members = _members(raw)
    manifest = read_object(members[_MANIFEST])
    header = _header(manifest)
    signed = message(_FORMAT, members[_MANIFEST])
    signature = members[_SIG].decode("ascii", "replace")
    if not is_signed(header.sender_key, signature, signed):
        refuse("signature")
    ops = members[_OPS]
    if (len(ops), hashlib.sha256(ops).hexdigest()) != (
        count_of(manifest, "ops_bytes"),
        text_of(manifest, "ops_sha256", longest=64),
    ):
        refuse("content")
    saves = tuple(read_saves(ops))
    _check_counts(manifest, saves)
    for one in saves:
        check_save(one, header.authors)
    return Bundle(header=header, saves=saves)


def check_members(bundle: Bundle, keys: frozenset[str]) -> None:
    """Refuse a bundle whose sender, or one of whose authors, is no member of the team.

    Raises
    ------
    GeoparkError
        NOT_A_MEMBER naming who.
    """
    if bundle.header.sender_key not in keys:
        raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=bundle.header.sender)
    for author in bundle.header.authors.values():
        if author.public_key and author.public_key not in keys:
            raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=author.user, device=author.device)


def _members(raw: bytes) -> dict[str, bytes]:
    if len(raw) > LARGEST_FILE:
        refuse("size")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sorted(archive.namelist()) != sorted(_LARGEST):
                refuse("members")
            return {info.filename: _read(archive, info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="zip") from error
    except (NotImplementedError, RuntimeError) as error:  # another compression, or encrypted
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="zip") from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read a member no further than it may be long, whatever it says of itself."""
    limit = _LARGEST[info.filename]
    if info.file_size > limit:
        refuse("size")
    with archive.open(info) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        refuse("size")
    return content


def _header(manifest: dict[str, Any]) -> Header:
    if manifest.get("format") != _FORMAT:
        refuse("format")
    if count_of(manifest, "version", least=1) > _VERSION:
        raise GeoparkError(ErrorCode.NEWER_BUNDLE)
    signed_list = object_of(manifest, "membership")
    membership = read_membership(
        text_of(signed_list, "content", longest=_LARGEST[_MANIFEST]), text_of(signed_list, "sig")
    )
    if text_of(manifest, "team") != membership.membership.team_id:
        refuse("team")
    sender, key = text_of(manifest, "sender", longest=100), text_of(manifest, "key", longest=64)
    base = object_of(manifest, "base")
    return Header(
        sender=_own_id(sender, key),
        sender_key=key,
        made_at=text_of(manifest, "made_at", longest=64),
        schema=text_of(manifest, "schema", longest=64),
        base={name: count_of(base, name) for name in base},
        authors={
            name: _author(name, known) for name, known in object_of(manifest, "authors").items()
        },
        membership=membership,
    )


def _author(author_id: str, known: object) -> LogAuthor:
    if not isinstance(known, dict):
        refuse("authors")
    author = LogAuthor(
        author_id=author_id,
        device=text_of(known, "device", longest=_LONGEST_NAME),
        incarnation=count_of(known, "incarnation"),
        user=text_of(known, "user", longest=_LONGEST_NAME),
        public_key=text_of(known, "public_key", longest=64),
    )
    check_author(author)
    return author


def _own_id(author_id: str, key: str) -> str:
    """Hold an author id against the key it is made of."""
    try:
        fits = author_id.rpartition(".")[0] == fingerprint_of(key)
    except ValueError:
        fits = False
    if not fits or not author_id.rpartition(".")[2].isdecimal():
        refuse("authors")
    return author_id


def _check_counts(manifest: dict[str, Any], saves: tuple[SignedSave, ...]) -> None:
    """Refuse a manifest that says another thing than the content, and gaps between saves."""
    counted = (len(saves), sum(one.save.n for one in saves))
    if counted != (count_of(manifest, "saves", least=1), count_of(manifest, "ops", least=1)):
        refuse("counts")
    said = object_of(manifest, "ranges")
    if {name: list(some) for name, some in ranges_of(saves).items()} != said:
        refuse("ranges")
    ends: dict[str, tuple[int, str]] = {}
    for one in saves:
        author = one.save.author
        if author in ends and (one.save.first, one.save.prev_hash) != ends[author]:
            refuse("gap")
        ends[author] = (one.last + 1, one.hash)


def check_author(author: LogAuthor) -> None:
    """Refuse an author whose id is not made of its key; raises BAD_BUNDLE."""
    if author.public_key:
        _own_id(author.author_id, author.public_key)
    elif not _EDITION.fullmatch(author.author_id):
        refuse("authors")
    incarnation = author.author_id.rpartition(".")[2]
    if author.public_key and incarnation != str(author.incarnation):
        refuse("authors")


def check_save(one: SignedSave, authors: Mapping[str, LogAuthor]) -> None:
    """Refuse a save that is not its author's, byte for byte; raises BAD_BUNDLE."""
    author = authors.get(one.save.author)
    if author is None:
        refuse("authors")
    if save_hash(one.save, one.ops) != one.hash:
        refuse("hash")
    if author.public_key:
        if not is_signed(author.public_key, one.sig, one.hash.encode("ascii")):
            refuse("signature")
        return
    listed = TRUSTED_EDITIONS.get(author.author_id, one.hash)
    only_adds = all(op.kind is OpKind.INSERT for op in one.ops)
    if listed != one.hash or one.save.first != 1 or one.save.prev_hash or not only_adds:
        refuse("edition")
