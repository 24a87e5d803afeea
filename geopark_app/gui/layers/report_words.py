"""What the layer dialog says about a file and about what would be taken."""

from geopark_app.i18n import gettext as _
from geopark_app.operations.layer_import import LayerFile, LayerReport
from geopark_app.wording.importing import status_words, warning_words
from geopark_app.wording.layers import boundary_words, number


def file_facts(found: LayerFile) -> str:
    """Say what a file was recognised as."""
    shapes = ", ".join(f"{count} {name}" for name, count in found.found.shapes.items())
    lines = [
        _("{format}, {count} features: {shapes}").format(
            format=found.found.format.upper(), count=found.found.features, shapes=shapes
        )
    ]
    if found.crs_name:
        lines.append(_("Coordinate system: {name}").format(name=found.crs_name))
    if found.needs_crs:
        lines.append(_("The file does not say its coordinate system: choose it above."))
    lines.extend(warning_words(warning) for warning in found.found.warnings)
    return "\n".join(lines)


def report_words(plan: LayerReport) -> str:
    """Say what would become of the features."""
    counts = ", ".join(
        f"{status_words(status)} {plan.count(status)}"
        for status in ("added", "unchanged", "refused")
    )
    lines = [_("Read {read}: {counts}").format(read=len(plan.rows), counts=counts)]
    if plan.left_out:
        lines.append(_("Left out by the filter: {count}").format(count=plan.left_out))
    if plan.area_km2:
        lines.append(_("Area: {area} km²").format(area=number(plan.area_km2, 2)))
    if plan.change is not None:
        lines.append(boundary_words(plan.change))
    lines.extend(warning_words(warning) for warning in plan.warnings)
    return "\n".join(lines)
