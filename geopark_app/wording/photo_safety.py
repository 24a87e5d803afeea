"""Reports about the safety of photos in words: backups, finding again, handing over."""

from collections.abc import Sequence

from geopark_app.i18n import gettext as _


def backup_words(
    *, copied: int, there: int, missing: int, damaged: int, not_reached: int, path: object
) -> str:
    """Say what a backup with photos did."""
    words = [
        _("Backup of the database and {count} files: {path}.").format(
            count=copied + there, path=path
        ),
        _("Copied and checked now: {copied}; there already: {there}.").format(
            copied=copied, there=there
        ),
    ]
    if missing or damaged:
        words.append(
            _(
                "Not in the backup: {missing} missing and {damaged} damaged on this laptop. "
                "Look for them in an older backup or on another laptop."
            ).format(missing=missing, damaged=damaged)
        )
    if not_reached:
        words.append(
            _("Stopped: {count} files are not in the backup yet.").format(count=not_reached)
        )
    return " ".join(words)


def heal_words(
    *,
    wanted: int,
    healed: int,
    remade: int,
    missing: int,
    damaged: int,
    seen: int,
    is_cut: bool,
    is_stopped: bool,
) -> str:
    """Say what was found again in a folder."""
    if not wanted:
        return _("Nothing to look for: no file is missing, and none is known to be damaged.")
    words = [
        _("Of {wanted} missing or damaged files {healed} were found and put back.").format(
            wanted=wanted, healed=healed
        )
    ]
    if remade:
        words.append(_("Small pictures made again: {count}.").format(count=remade))
    if missing or damaged:
        words.append(
            _("Still missing: {missing}; still damaged: {damaged}.").format(
                missing=missing, damaged=damaged
            )
        )
    words.append(_("Files in the folder: {count}.").format(count=seen))
    if is_cut:
        words.append(_("The folder is too large; choose a smaller one inside it."))
    if is_stopped:
        words.append(_("Stopped before the end; what was put back stays."))
    return " ".join(words)


def check_words(*, whole: int, missing: int, damaged: int, not_reached: int) -> str:
    """Say what reading the stored files found."""
    words = [_("Whole: {count} files.").format(count=whole)]
    if missing or damaged:
        words.append(
            _("Missing: {missing}; damaged: {damaged}.").format(missing=missing, damaged=damaged)
        )
    if not_reached:
        words.append(_("Stopped: {count} files were not read.").format(count=not_reached))
    return " ".join(words)


def handed_over_words(
    *, selected: int, written: int, withheld: int, unreadable: int, cleaned: int, path: object
) -> str:
    """Say what left as photos and what did not; without a path nothing was written yet."""
    template = (
        _("Of {selected} photos {written} would be written.")
        if path is None
        else _("Of {selected} photos {written} were written to {path}, with a caption list.")
    )
    words = [template.format(selected=selected, written=written, path=path)]
    if cleaned:
        words.append(
            _(
                "{count} originals leave as cleaned pictures of full size: their files would tell "
                "the position or the camera's owner."
            ).format(count=cleaned)
        )
    if withheld:
        words.append(_("Kept back: {count}.").format(count=withheld))
    if unreadable:
        words.append(_("Without a whole file here: {count}.").format(count=unreadable))
    return " ".join(words)


def withheld_words(*, photo: str, site: str, codes: Sequence[str]) -> str:
    """Say why one photo stays in the house."""
    reasons = {
        "no-consent": _("people are shown and no consent is noted"),
        "no-guardian-consent": _("children are shown and no guardian's consent is noted"),
        "licence-forbids": _("its licence forbids it"),
    }
    why = "; ".join(reasons.get(code, code) for code in codes)
    return f"{site} {photo}: {why}".strip()
