"""A person leaves: what they leave behind, works given to somebody else, the handover record."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Photo, Work
from geopark_app.dossier.handover import HandoverSheet, write_handover
from geopark_app.i18n import active
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_exchange import held_files, holdings_by_member
from geopark_app.operations.safety import pending_saves
from geopark_app.operations.team_roles import find_member
from geopark_app.operations.teams import Team, require_team
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.peers import peers_of
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.membership import Member

_CLOSED = {"done", "dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is to be handed over before a person leaves.

    Attributes
    ----------
    member : Member
        The laptop.
    works : tuple of Work
        Open works the person is responsible for.
    only_copies : tuple of str
        Names of photos whose original only that laptop is known to hold.
    saves : int
        Operations it said it has and that are not here; on the laptop itself, saves nobody has.
    heard_at : str
        When it was last heard of; empty for never, and for this laptop itself.
    is_here : bool
        Whether it is this laptop.
    """

    member: Member
    works: tuple[Work, ...]
    only_copies: tuple[str, ...]
    saves: int
    heard_at: str
    is_here: bool


def what_is_left(context: AppContext, device: str) -> Leaving:
    """Give what a person would leave behind, as far as this laptop knows.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; NOT_FOUND for a laptop the team does not have.
    """
    team = require_team(context)
    member = find_member(team, device)
    is_here = context.author.public_key in member.keys
    peers = [one for one in peers_of(context.catalogue) if one.said.get("key") in member.keys]
    have = version_vector(context.catalogue)
    missing = sum(
        max(0, number - have.get(author, 0)) for one in peers for author, number in one.have.items()
    )
    return Leaving(
        member=member,
        works=tuple(open_works(context, member.person)),
        only_copies=tuple(_only_copies(context, team, member, is_here)),
        saves=pending_saves(context) if is_here else missing,
        heard_at="" if is_here else max((one.heard_at for one in peers), default=""),
        is_here=is_here,
    )


def open_works(context: AppContext, person: str) -> list[Work]:
    """Give the works a person is responsible for that are not done, by their dates."""
    wanted = person.strip().casefold()
    found = [
        one
        for one in context.catalogue.records(Work)
        if (one.responsible or "").strip().casefold() == wanted and one.work_state not in _CLOSED
    ]
    return sorted(found, key=lambda one: (one.due_on or "9999", one.title_vi or "", one.uuid))


def reassign(context: AppContext, person: str, to: str, *, reason: str) -> Changes:
    """Make somebody else responsible for every open work of a person, as one save."""
    with context.work(reason) as work:
        for one in open_works(context, person):
            work.put(replace(one, responsible=to.strip()))
    return work.changes


def write_record(context: AppContext, leaving: Leaving, out: Path, *, to: str = "") -> None:
    """Write the handover record as a Word document in the language chosen.

    Raises
    ------
    GeoparkError
        An environment code.
    """
    sheet = HandoverSheet(
        language=active(),
        team=require_team(context).membership.name,
        giver=leaving.member.person,
        device=leaving.member.device,
        receiver=to,
        office=context.author.person,
        day=context.now().strftime("%d/%m/%Y"),
        works=tuple(
            (one.title_vi or one.title_en or "", one.due_on or "", one.note or "")
            for one in leaving.works
        ),
        photos=leaving.only_copies,
        saves=leaving.saves,
        heard_at=_day_and_time(leaving.heard_at),
        made_at=context.now().replace(microsecond=0),
    )
    with translated_os_errors(out):
        write_handover(sheet, out)


def _day_and_time(at: str) -> str:
    try:
        return datetime.fromisoformat(at).strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return at


def _only_copies(context: AppContext, team: Team, member: Member, is_here: bool) -> list[str]:
    """Give the photos whose original lies with that laptop alone."""
    mine, others = set(held_files(context)), holdings_by_member(context, team)
    theirs = mine if is_here else others.get(member.keys[0], set())
    elsewhere = set().union(*(some for key, some in others.items() if key != member.keys[0]))
    alone = theirs - elsewhere if is_here else theirs - elsewhere - mine
    return sorted(
        one.file_name or one.uuid for one in context.catalogue.records(Photo) if one.sha256 in alone
    )
