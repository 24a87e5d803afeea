"""Bundles from outside: whatever is wrong with one, it is refused whole and nothing changes."""

import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.change import Save, canonical, save_hash, value_digest
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.bundles import import_bundle, pack_saves, read_bundle, take_bundle
from geopark_app.store.checking import check_log
from geopark_app.store.exchange_log import version_vector
from geopark_app.sync.bundle import pack, verify
from geopark_app.sync.signing import message
from tests.builders import content_of
from tests.laptops import Laptop, make_team

pytestmark = pytest.mark.slow

Manifest = dict[str, Any]
Line = dict[str, Any]


@pytest.fixture
def team(tmp_path: Path, empty_folder: Path) -> Iterator[list[Laptop]]:
    """Give an office and two field laptops."""
    made = make_team(tmp_path, empty_folder, "office", "field", "other")
    yield made
    for laptop in made:
        laptop.close()


@pytest.fixture
def good(team: list[Laptop]) -> bytes:
    """Give an honest bundle of the field laptop: an insert, an update, a delete."""
    _office, field, _other = team
    site = field.add(code="LS-1", name_vi="Hang Gió")
    field.edit(site, position="21.85, 106.76")
    gone = field.add(code="LS-2")
    field.delete(gone)
    return bundle_of(field)


def bundle_of(laptop: Laptop) -> bytes:
    """Give all of a laptop's saves, the shipped editions left out."""
    have = version_vector(laptop.context.catalogue)
    base = {name: number for name, number in have.items() if name.startswith("edition:")}
    with laptop.at_work() as context:
        (packed,) = pack_saves(context, base)
    return packed.raw


def rows_of_editions(laptop: Laptop) -> list[str]:
    """Give the author ids of the editions."""
    from tests.builders import rows

    found = rows(laptop.folder, "SELECT author_id FROM author WHERE public_key = ''")
    return [str(row[0]) for row in found]


def parts(raw: bytes) -> dict[str, bytes]:
    """Give the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """Give a zip of members, doubled names too."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)
    return out.getvalue()


def resigned(
    laptop: Laptop,
    raw: bytes,
    change: Callable[[Manifest, list[Line]], None],
    *,
    rehash: bool = True,
) -> bytes:
    """Give a bundle a member changed and signed again, saves and all, with its own key."""
    found = parts(raw)
    manifest: Manifest = json.loads(found["manifest.json"])
    lines: list[Line] = [json.loads(line) for line in found["ops.jsonl"].splitlines()]
    change(manifest, lines)
    if rehash:
        _sign_saves_again(laptop, lines)
    ops = b"".join(
        json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        for line in lines
    )
    manifest["ops_bytes"] = len(ops)
    manifest["ops_sha256"] = hashlib.sha256(ops).hexdigest()
    content = json.dumps(manifest, ensure_ascii=False).encode("utf-8", "surrogatepass")
    signature = laptop.context.author.key.sign(message("geopark-bundle", content)).encode()
    return zipped([("manifest.json", content), ("manifest.sig", signature), ("ops.jsonl", ops)])


def _sign_saves_again(laptop: Laptop, lines: list[Line]) -> None:
    """Chain and sign the saves as their lines stand now, as far as that can be done."""
    from geopark_app.domain.change import Op, OpId, OpKind

    previous, at = "", 0
    while at < len(lines):
        head = lines[at]
        ops = []
        if not isinstance(head.get("n"), int) or at + head["n"] >= len(lines):
            return
        for number in range(head["n"]):
            line = lines[at + 1 + number]
            try:
                digests = {k: value_digest(line["s"][k], v) for k, v in line["v"].items()}
                ops.append(
                    Op(
                        id=OpId(author=head["author"], seq=head["first"] + number),
                        table=line["t"],
                        row_uuid=line["r"],
                        kind=OpKind(line["k"]),
                        field=line["f"],
                        values=line["v"],
                        salts=line["s"],
                        digests=digests,
                        replaces=tuple(OpId(author=a, seq=s) for a, s in line.get("x", [])),
                        seen=line.get("n"),
                    )
                )
            except (KeyError, ValueError, TypeError, AttributeError):
                return
        head["prev_hash"] = previous
        names = Save.__dataclass_fields__
        try:
            head["hash"] = save_hash(Save(**{name: head[name] for name in names}), tuple(ops))
        except (ValueError, TypeError, RecursionError):
            return
        head["sig"] = laptop.context.author.key.sign(head["hash"].encode("ascii"))
        previous = head["hash"]
        at += 1 + head["n"]


def first(lines: list[Line], kind: str) -> Line:
    """Give the first operation of a kind."""
    return next(line for line in lines if line.get("k") == kind)


def deep(levels: int) -> Any:
    """Give a value of many levels."""
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


CRAFTED: dict[str, Callable[[Manifest, list[Line]], None]] = {
    "sql as table": lambda _m, s: first(s, "U").update(t="site; DROP TABLE site"),
    "sql as field": lambda _m, s: first(s, "U").update(f="name_vi = ''; --"),
    "table with a dot": lambda _m, s: first(s, "U").update(t="main.site"),
    "empty table": lambda _m, s: first(s, "U").update(t=""),
    "upper case table": lambda _m, s: first(s, "U").update(t="SITE"),
    "nfd table": lambda _m, s: first(s, "U").update(t="sité"),
    "no row": lambda _m, s: first(s, "U").update(r=""),
    "row with a control": lambda _m, s: first(s, "U").update(r="a\x00b"),
    "row too long": lambda _m, s: first(s, "U").update(r="a" * 5000),
    "unknown kind": lambda _m, s: first(s, "U").update(k="X"),
    "update of another field": lambda _m, s: first(s, "U").update(f="manager"),
    "insert with a field": lambda _m, s: first(s, "I").update(f="code"),
    "delete with values": lambda _m, s: first(s, "D").update(v={"code": "x"}, s={"code": "00"}),
    "delete without seen": lambda _m, s: first(s, "D").pop("n") and None,
    "seen below nothing": lambda _m, s: first(s, "D").update(n={"a.1": -4}),
    "value without salt": lambda _m, s: first(s, "I").update(s={}),
    "salt of letters": lambda _m, s: first(s, "I").update(
        s=dict.fromkeys(first(s, "I")["s"], "xyz")
    ),
    "object in a text": lambda _m, s: first(s, "I")["v"].update(code={"a": 1}),
    "list in a text": lambda _m, s: first(s, "I")["v"].update(code=["a"]),
    "text as a position": lambda _m, s: first(s, "U")["v"].update(position="21, 106"),
    "object in a position": lambda _m, s: first(s, "U")["v"]["position"].update(lon={"a": 1}),
    "deep value": lambda _m, s: first(s, "I")["v"].update(code=deep(30)),
    "great number": lambda _m, s: first(s, "I")["v"].update(code=2**70),
    "infinite number": lambda _m, s: first(s, "I")["v"].update(code=float("inf")),
    "no number": lambda _m, s: first(s, "I")["v"].update(code=float("nan")),
    "half a letter": lambda _m, s: first(s, "I")["v"].update(code="\ud800"),
    "replaces nothing": lambda _m, s: first(s, "U").update(x=[["a", 0]]),
    "replaces too much": lambda _m, s: first(s, "U").update(x=[["a.1", n] for n in range(1, 2000)]),
    "replaces rubbish": lambda _m, s: first(s, "U").update(x=[5]),
    "clock below zero": lambda _m, s: s[0].update(hlc=-1),
    "clock 2^70": lambda _m, s: s[0].update(hlc=2**70),
    "first below one": lambda _m, s: s[0].update(first=0),
    "count too great": lambda _m, s: s[0].update(n=10**9),
    "a gap": lambda _m, s: s[0].update(first=3),
    "a line too much": lambda _m, s: s.append(dict(s[-1])),
    "a line too few": lambda _m, s: s.pop() and None,
    "counts that lie": lambda m, _s: m.update(ops=10**6),
    "ranges that lie": lambda m, _s: m.update(ranges={name: [0, 99] for name in m["ranges"]}),
    "ranges of a list": lambda m, _s: m.update(ranges=[1]),
    "base of text": lambda m, _s: m.update(base={"a.1": "b"}),
    "nobody": lambda m, _s: m.update(authors={}),
    "an edition with my saves": lambda m, _s: m.update(
        authors={name: {**one, "public_key": ""} for name, one in m["authors"].items()}
    ),
    "another format": lambda m, _s: m.update(format="zip"),
    "another team": lambda m, _s: m.update(team="0" * 16),
    "a membership of nobody": lambda m, _s: m.update(membership={}),
    "a membership changed": lambda m, _s: m["membership"].update(
        content=m["membership"]["content"].replace("field", "thief")
    ),
    "a sender of another key": lambda m, _s: m.update(sender="0123456789abcdef.1"),
}


def assert_refused(laptop: Laptop, raw: bytes, *codes: ErrorCode) -> None:
    """Nothing but the one error, and nothing changed."""
    before = content_of(laptop.folder)
    path = laptop.root / "hostile.gsb"
    path.write_bytes(raw)
    with laptop.at_work() as context, pytest.raises(GeoparkError) as caught:
        import_bundle(context, path)
    wanted = codes or (ErrorCode.BAD_BUNDLE, ErrorCode.BAD_TEAM_FILE)
    assert caught.value.code in wanted, caught.value
    assert content_of(laptop.folder) == before


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_bundle_is_refused(team: list[Laptop], good: bytes, name: str) -> None:
    office, field, _other = team
    assert_refused(office, resigned(field, good, CRAFTED[name]))


def test_the_same_bundle_unchanged_is_taken(team: list[Laptop], good: bytes) -> None:
    office, field, _other = team
    raw = resigned(field, good, lambda _m, _s: None)
    with office.at_work() as context:
        assert take_bundle(context, raw, read_bundle(context, raw)).taken is not None
    assert check_log(office.context.catalogue) == []


def test_a_bundle_cut_anywhere_is_refused(team: list[Laptop], good: bytes) -> None:
    office, _field, _other = team
    for percent in range(0, 100, 5):
        assert_refused(office, good[: len(good) * percent // 100])


def test_no_flipped_bit_changes_what_is_taken(team: list[Laptop], good: bytes) -> None:
    """A bit outside the content, such as a date of the zip, may pass; the saves stay the same."""
    honest = verify(good)
    for at in range(0, len(good), max(1, len(good) // 150)):
        broken = bytearray(good)
        broken[at] ^= 1 << (at % 8)
        assert _verified(bytes(broken)) in (None, honest.saves)


def _verified(raw: bytes) -> object:
    """Give the saves of a bundle, or None when it was refused as it should be."""
    try:
        return verify(raw).saves
    except GeoparkError:
        return None


@pytest.mark.parametrize(
    "names",
    [
        ["manifest.json", "manifest.sig"],
        ["manifest.json", "manifest.sig", "ops.jsonl", "extra.txt"],
        ["manifest.json", "manifest.json", "ops.jsonl"],
        ["manifest.json", "manifest.sig", "../ops.jsonl"],
        ["/manifest.json", "manifest.sig", "ops.jsonl"],
        ["MANIFEST.JSON", "manifest.sig", "ops.jsonl"],
        ["manifest.json", "manifest.sig", "ops.jsonl", "ops.jsonl"],
    ],
)
def test_other_members_are_refused(team: list[Laptop], good: bytes, names: list[str]) -> None:
    found = list(parts(good).values())
    members = [(name, found[at % 3]) for at, name in enumerate(names)]
    assert_refused(team[0], zipped(members))


def test_a_bomb_is_refused_before_it_bursts(
    team: list[Laptop], good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geopark_app.sync import bundle

    monkeypatch.setitem(bundle._LARGEST, "ops.jsonl", 1000)
    found = parts(good)
    members = [
        (name, content if name != "ops.jsonl" else b"0" * 10**6) for name, content in found.items()
    ]
    assert_refused(team[0], zipped(members))


@pytest.mark.parametrize("raw", [b"", b"PK", b"\x80\x04.", b"rubbish" * 100])
def test_what_is_no_bundle_is_refused(team: list[Laptop], raw: bytes) -> None:
    assert_refused(team[0], raw)


def test_a_wrong_hash_though_signed_is_refused(team: list[Laptop], good: bytes) -> None:
    office, field, _other = team

    def change(_manifest: Manifest, lines: list[Line]) -> None:
        first(lines, "I")["v"]["code"] = "forged"

    assert_refused(office, resigned(field, good, change, rehash=False))


def test_no_colleague_can_forge_another_s_save(team: list[Laptop], good: bytes) -> None:
    """The other laptop sends the field laptop's chain, rebuilt and signed with its own key."""
    office, field, other = team
    author = other.context.author

    def change(manifest: Manifest, lines: list[Line]) -> None:
        first(lines, "I")["v"]["code"] = "forged"
        manifest.update(sender=author.author_id, key=author.public_key)

    assert_refused(office, resigned(other, good, change))
    with office.at_work() as context:
        take_bundle(context, good, read_bundle(context, good))
    assert check_log(office.context.catalogue) == []
    assert field.context.author.author_id != author.author_id


def test_a_stranger_is_refused_though_everything_verifies(
    team: list[Laptop], tmp_path: Path, empty_folder: Path
) -> None:
    office = team[0]
    stranger = Laptop(tmp_path, empty_folder, "stranger")
    try:
        stranger.add(code="X-1")
        with office.at_work() as context:
            from geopark_app.operations.teams import keep_membership, require_team

            signed = require_team(context).signed
        with stranger.at_work() as context:
            keep_membership(context, signed)
            with pytest.raises(GeoparkError) as caught:
                list(pack_saves(context, {}))
            assert caught.value.code is ErrorCode.NOT_A_MEMBER
        assert_refused(office, _packed_by_a_stranger(stranger, signed), ErrorCode.NOT_A_MEMBER)
    finally:
        stranger.close()


def _packed_by_a_stranger(stranger: Laptop, signed: Any) -> bytes:
    from geopark_app.store.exchange_log import log_authors, saves_between
    from geopark_app.sync.bundle import Header

    author = stranger.context.author
    catalogue = stranger.context.catalogue
    header = Header(
        sender=author.author_id,
        sender_key=author.public_key,
        made_at="2026-11-23T00:00:00+07:00",
        schema="0001",
        base={},
        authors={author.author_id: log_authors(catalogue)[author.author_id]},
        membership=signed,
    )
    saves = tuple(saves_between(catalogue, {}, {author.author_id: 10**6}))
    return pack(header, saves, author.key.sign)


def test_a_bundle_of_a_later_format_says_so(team: list[Laptop], good: bytes) -> None:
    office, field, _other = team
    raw = resigned(field, good, lambda manifest, _s: manifest.update(version=2))
    assert_refused(office, raw, ErrorCode.NEWER_BUNDLE)


def test_another_team_s_bundle_is_refused(
    team: list[Laptop], tmp_path: Path, empty_folder: Path
) -> None:
    (elsewhere,) = make_team(tmp_path / "elsewhere", empty_folder, "theirs")
    try:
        elsewhere.add(code="X-1")
        assert_refused(team[0], bundle_of(elsewhere))
    finally:
        elsewhere.close()


def test_an_edition_only_adds_and_is_the_listed_one(team: list[Laptop], good: bytes) -> None:
    """Somebody sends changed vocabularies under the name of the shipped ones."""
    office, field, _other = team
    name = rows_of_editions(field)[0]
    with field.at_work() as context:
        (packed,) = pack_saves(context, {})
    honest = verify(packed.raw)
    (edition,) = [one for one in honest.saves if one.save.author == name]
    renamed = replace(edition.ops[0], values={}, salts={}, digests={})
    ops = (renamed, *edition.ops[1:])
    forged = replace(edition, ops=ops, hash=save_hash(edition.save, ops))
    header = replace(honest.header, authors={name: honest.header.authors[name]})
    raw = pack(header, (forged,), field.context.author.key.sign)
    assert_refused(office, raw)


def test_the_future_is_shown_and_not_adopted(team: list[Laptop]) -> None:
    from datetime import timedelta

    from geopark_app.operations.sync_status import sync_status
    from tests.builders import NOON, rows

    office, field, _other = team
    field.clock.now = NOON + timedelta(days=365 * 70)
    field.add(code="LS-99")
    raw = bundle_of(field)
    with office.at_work() as context:
        take_bundle(context, raw, read_bundle(context, raw))
        (wrong,) = sync_status(context).wrong_clocks
    assert (wrong.device, wrong.says.year) == ("field", 2096)
    office.add(code="LS-100")
    me = office.context.author.author_id
    ((hlc,),) = rows(office.folder, "SELECT max(hlc) FROM txn WHERE author = ?", me)
    assert hlc >> 16 < (NOON + timedelta(days=2)).timestamp() * 1000


def test_replayed_and_doubled_saves_change_nothing(team: list[Laptop], good: bytes) -> None:
    office, _field, _other = team
    with office.at_work() as context:
        take_bundle(context, good, read_bundle(context, good))
        before = [row for row in content_of(office.folder).splitlines() if '"peer' not in row]
        take_bundle(context, good, read_bundle(context, good))
    after = [row for row in content_of(office.folder).splitlines() if '"peer' not in row]
    assert after == before


def test_canonical_json_is_what_is_signed() -> None:
    assert canonical({"b": 1, "a": "ă"}) == '{"a":"ă","b":1}'.encode()
