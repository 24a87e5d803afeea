"""Which originals of photos a laptop wants; the small pictures every laptop gets anyway."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsWish:
    """What a person chose for a laptop: everything, or what any of the lists names.

    Attributes
    ----------
    everything : bool
        All originals; the lists say nothing then.
    routes, sites : frozenset of str
        Keys of routes and sites.
    years : frozenset of int
        Years in which pictures were taken.
    dossier : bool
        Pictures marked for the dossier.
    """

    everything: bool = True
    routes: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    dossier: bool = False

    def wants(
        self, *, site: str | None, routes: Collection[str], taken_at: str, for_dossier: bool
    ) -> bool:
        """Say whether the original of a photo is wanted.

        Parameters
        ----------
        site
            Key of the site it shows.
        routes
            Keys of the routes that site is a stop of.
        taken_at
            ISO date and time, or empty.
        for_dossier
            Whether it is marked for the dossier.
        """
        year = taken_at[:4]
        return (
            self.everything
            or (self.dossier and for_dossier)
            or site in self.sites
            or not self.routes.isdisjoint(routes)
            or (year.isdecimal() and int(year) in self.years)
        )
