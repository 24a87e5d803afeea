"""Words about pictures that come in: what is to be known of a file, why a track has no place."""

from geopark_app.i18n import gettext as _


def chat_words(app: str, sent_on: str) -> str:
    """Say why a picture is taken for one that came through a chat."""
    if app and sent_on:
        return _("came through {app} on {date}").format(app=app, date=sent_on)
    if app:
        return _("came through {app}").format(app=app)
    return _("looks as if it came through a chat")


def picture_remarks(
    *,
    is_known: bool = False,
    twin: str = "",
    chat: str = "",
    has_original: bool = False,
    has_date: bool = True,
    has_place: bool = True,
    is_place_trusted: bool = True,
) -> list[str]:
    """Give what a person should know of a picture before it is added.

    Parameters
    ----------
    is_known
        The catalogue holds these bytes.
    twin
        Name of an earlier file of the selection with the same bytes.
    chat
        What `chat_words` says of a picture that came through a chat.
    has_original
        A photo held looks like its original.
    has_date, has_place, is_place_trusted
        What the camera wrote.
    """
    if is_known:
        return [_("already in the catalogue")]
    if twin:
        return [_("the same picture as {name}").format(name=twin)]
    remarks = []
    if chat:
        remarks.append(chat)
        remarks.append(_("original is here") if has_original else _("ask for the original"))
    if not has_date:
        remarks.append(_("no date"))
    if has_place and not is_place_trusted:
        remarks.append(_("position not trusted"))
    elif not has_place:
        remarks.append(_("no position"))
    return remarks


def no_place_words(code: str) -> str:
    """Say why a track has no place for a photo."""
    words = {
        "no-time": _("the photo has no time"),
        "before-the-track": _("taken before the track begins"),
        "after-the-track": _("taken after the track ends"),
        "gap-in-the-track": _("the track has a gap then"),
    }
    return words.get(code, code)
