"""What is said of a map written as one file: what is on it, what is not, how large it is."""

from geopark_app.i18n import gettext as _
from geopark_app.wording.layers import number


def map_written_words(
    *, path: str, sites: int, drawn: int, withheld: int, unknown: int, photos: int, byte_count: int
) -> str:
    """Say what is on the page."""
    return _(
        "Map written: {path} ({sites} sites: {drawn} drawn, {withheld} withheld for this "
        "audience, {unknown} of unknown position; {photos} photos; {size})"
    ).format(
        path=path,
        sites=sites,
        drawn=drawn,
        withheld=withheld,
        unknown=unknown,
        photos=photos,
        size=size_words(byte_count),
    )


def map_remarks(
    *,
    photos_withheld: int,
    photos_unreadable: int,
    photos_left_out: int,
    withheld_routes: tuple[str, ...],
    is_too_large_for_mail: bool,
) -> list[str]:
    """Say what is not on the page, and that it is large."""
    remarks = []
    if photos_withheld:
        words = _("{count} photos stay in the house: consent or licence is missing.")
        remarks.append(words.format(count=photos_withheld))
    if photos_unreadable:
        words = _("{count} photos have no whole file on this laptop.")
        remarks.append(words.format(count=photos_unreadable))
    if photos_left_out:
        words = _("{count} photos were left out: the file would become too large.")
        remarks.append(words.format(count=photos_left_out))
    if withheld_routes:
        words = _("The line of route {routes} is left out: it leads to a place that is kept back.")
        remarks.append(words.format(routes=", ".join(withheld_routes)))
    if is_too_large_for_mail:
        remarks.append(_("Too large for most mail servers: hand it over on a stick."))
    return remarks


def size_words(byte_count: int) -> str:
    """Give a size as people say it."""
    if byte_count < 1_000_000:
        return f"{max(1, round(byte_count / 1000))} kB"
    return f"{number(byte_count / 1_000_000, 1)} MB"
