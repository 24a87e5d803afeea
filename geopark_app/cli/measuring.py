"""`measure …`: distance along points, or the area between them, on the ellipsoid."""

import json

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _


def measure_command() -> click.Command:
    """Make `measure`."""

    @click.command(
        "measure",
        help=_("Measure the way along points, or with --area the area between them."),
        # A point such as "-21.85, 106.76" is no option.
        context_settings={"ignore_unknown_options": True},
    )
    @click.argument("points", nargs=-1, required=True, metavar="POINT POINT…")
    @click.option("--area", is_flag=True, help=_("The points are the corners of an area."))
    @common_options
    @click.pass_context
    def measure(ctx: click.Context, output: Output, points: tuple[str, ...], area: bool) -> None:
        from geopark_app.operations.map_editing import look_at_shape
        from geopark_app.operations.position_reading import read_position
        from geopark_app.wording.measuring import area_words, length_words

        if len(points) < (3 if area else 2):
            raise click.UsageError(
                _("An area needs at least three corners.")
                if area
                else _("A line needs at least two points.")
            )
        with opened(ctx) as context:
            read = [read_position(context, text) for text in points]
            corners = [[at.lon, at.lat] for at in read]
            shape = (
                {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
                if area
                else {"type": "LineString", "coordinates": corners}
            )
            report = look_at_shape(context, json.dumps(shape), only_measure=True)
        crossing = report.crossing
        output.data(
            {
                "points": corners,
                "length_m": round(report.length_m, 3),
                "area_m2": round(report.area_m2, 3) if area else None,
                "crosses_at": list(crossing) if crossing else None,
            }
        )
        if area:
            outline = length_words(report.length_m)
            size = area_words(report.area_m2)
            output.text(_("{area} · outline {length}").format(area=size, length=outline))
        else:
            output.text(length_words(report.length_m))
        if crossing:
            lon, lat = crossing
            words = _("The outline crosses itself near {lat}, {lon}.")
            output.remark(words.format(lat=f"{lat:.5f}", lon=f"{lon:.5f}"))

    return measure
