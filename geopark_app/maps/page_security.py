"""What keeps a map page by itself: a content policy, and files put inside instead of linked."""

import base64
import hashlib
import re
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.maps.assets import file_of

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_LINKED_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_LINKED_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"\s*/?>')
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)""")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_MEDIA_TYPES = {".png": "image/png", ".woff2": "font/woff2", ".ttf": "font/ttf"}
_USED_FONT = "fa-solid-900.woff2"


def with_content_policy(html: str, *, source: str) -> str:
    """Give the page with a policy that names every script by its digest.

    Only these scripts and files from `source` (such as "geopark:", or nothing) are used: an
    event handler smuggled in by a text does not run, and no request goes anywhere else.
    """
    digests = " ".join(f"'sha256-{_digest(body)}'" for body in _INLINE_SCRIPT.findall(html))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {source} {digests}",
            f"style-src {source} 'unsafe-inline'",
            f"img-src {source} data: blob:",
            f"font-src {source} data:",
            "connect-src " + (source or "'none'"),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace("<head>", f"<head>\n    {meta}", 1)


def inline_files(html: str) -> str:
    """Give the page with every linked script and style written into it.

    Raises `GeoparkError(MISSING_PART)` where a file is not there.
    """
    html = _LINKED_SCRIPT.sub(lambda match: f"<script>{_script(match[1])}</script>", html)
    return _LINKED_STYLE.sub(lambda match: f"<style>{_style(match[1])}</style>", html)


def inline_window_files(html: str) -> str:
    """Give the window's page with the scripts and styles of the program written into it.

    One answer instead of thirty: that is a quarter of the time until the map stands. Fonts and
    pictures stay where they are, and so does what is no file of ours.
    """
    html = _LINKED_SCRIPT.sub(_script_if_ours, html)
    return _LINKED_STYLE.sub(_style_if_ours, html)


def _script_if_ours(match: re.Match[str]) -> str:
    return f"<script>{_script(match[1])}</script>" if file_of(match[1]) else match[0]


def _style_if_ours(match: re.Match[str]) -> str:
    if not file_of(match[1]):
        return match[0]
    folder = match[1].rsplit("/", 1)[0]
    css = _solid_icons_only(_text(match[1]))
    css = _CSS_URL.sub(lambda link: f"url({_absolute(folder, link[1])})", css)
    return f"<style>{css}</style>"


def _script(url: str) -> str:
    # "</script" inside a string of a library would end the element early.
    return _text(url).replace("</script", "<\\/script")


def _style(url: str) -> str:
    css = _text(url)
    folder = url.rsplit("/", 1)[0]
    css = _solid_icons_only(css)
    return _CSS_URL.sub(lambda match: f"url({_as_data(folder, match[1])})", css)


def _solid_icons_only(css: str) -> str:
    """Leave three of the four font files of Font Awesome out."""
    if _USED_FONT not in css:
        return css
    return _FONT_FACE.sub(lambda match: match[0] if _USED_FONT in match[0] else "", css)


def _absolute(folder: str, link: str) -> str:
    if link.startswith(("data:", "#")) or "://" in link:
        return link
    parts = folder.split("/")
    while link.startswith("../"):
        parts, link = parts[:-1], link[3:]
    return "/".join([*parts, link])


def _as_data(folder: str, link: str) -> str:
    url = _absolute(folder, link)
    if url.startswith(("data:", "#")):
        return url
    media_type = _MEDIA_TYPES[Path(url).suffix]
    return f"data:{media_type};base64,{base64.b64encode(_read(url)).decode('ascii')}"


def _text(url: str) -> str:
    # A browser reads every line end as one sign, and the digest of a script is taken of that.
    return _read(url).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _read(url: str) -> bytes:
    path = file_of(url)
    if path is None:
        raise GeoparkError(ErrorCode.MISSING_PART, path=url)
    return path.read_bytes()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
