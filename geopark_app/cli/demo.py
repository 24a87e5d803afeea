"""`demo DIR`: the whole main job once, each file made is printed."""

import time
from pathlib import Path

import click

from geopark_app.cli.output import Output, common_options, who_works
from geopark_app.i18n import gettext as _


def demo_command() -> click.Command:
    """Make `demo`."""

    @click.command(
        "demo", help=_("Make a sample catalogue with photos, visits and the printed annexes.")
    )
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @common_options
    def demo(output: Output, folder: Path) -> None:
        from geopark_app.operations.demo import make_demo
        from geopark_app.operations.dossier import build_dossier
        from geopark_app.operations.dossier_options import DossierOptions

        begun = time.monotonic()
        person, device = who_works()
        with output.progress(_("Demo catalogue")) as progress:
            context = make_demo(folder, person=person, device=device, progress=progress)
            with context.catalogue as catalogue:
                out = folder / "dossier"
                report = build_dossier(context, out, DossierOptions(), progress=progress)
                files = [catalogue.folder.marker, *(out / file.path for file in report.files)]
                if report.kept is not None:
                    output.remark(
                        _("The dossier you had changed is kept: {path}").format(path=report.kept)
                    )
        seconds = round(time.monotonic() - begun, 1)
        output.data(
            {"catalogue": str(folder), "files": [str(path) for path in files], "seconds": seconds}
        )
        for path in files:
            output.text(str(path))
        output.remark(_("Demo ready in {seconds} s.").format(seconds=seconds))

    return demo
