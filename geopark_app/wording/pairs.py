"""Why two sites may be one, in words."""

from geopark_app.i18n import gettext as _


def pair_reasons(same_name: bool, is_near: bool, metres: float | None) -> str:
    """Give the reasons and the distance in the chosen language."""
    reasons = []
    if same_name:
        reasons.append(_("names alike"))
    if is_near:
        reasons.append(_("same place"))
    if metres is not None:
        far = f"{metres:.0f} m" if metres < 10_000 else f"{metres / 1000:.0f} km"
        reasons.append(_("{distance} apart").format(distance=far))
    return ", ".join(reasons)
