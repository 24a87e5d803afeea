"""What a change of the geopark's area means for UNESCO: a letter, or a new proposal."""

from dataclasses import dataclass

NEW_PROPOSAL_FROM = 0.10
"""From this share of the area on, an extension needs a new proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryChange:
    """One version of the boundary beside the one before.

    Attributes
    ----------
    before_km2, now_km2 : float
        The areas.
    gained_km2, lost_km2 : float
        Ground that came in and ground that went out.
    """

    before_km2: float
    now_km2: float
    gained_km2: float
    lost_km2: float

    @property
    def share(self) -> float:
        """Change of the area as a share of the area before; negative where it became smaller."""
        return (self.now_km2 - self.before_km2) / self.before_km2 if self.before_km2 else 0.0

    @property
    def needs_new_proposal(self) -> bool:
        """Say whether the change is too large for a letter with explanation and map."""
        return abs(self.share) >= NEW_PROPOSAL_FROM
