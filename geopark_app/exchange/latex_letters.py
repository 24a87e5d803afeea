r"""Letters written for TeX (`\'{\^e}`, `{\DJ}`, `\ohorn`) as the letters they are."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "d": "\u0323", "h": "\u0309", "r": "\u030a", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "dj": "đ", "DJ": "Đ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư", "ss": "ß",
    "i": "i", "j": "j", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "textendash": "–", "textemdash": "—", "ldots": "…",
    "abreve": "ă", "Abreve": "Ă", "acircumflex": "â", "Acircumflex": "Â", "ecircumflex": "ê",
    "Ecircumflex": "Ê", "ocircumflex": "ô", "Ocircumflex": "Ô", "textdegree": "°", "and": "&",
}  # fmt: skip
_SIGN = re.compile(r"\\([`'^~\"=.])\s*(?:\{\s*([^\W\d_]?)\s*\}|([^\W\d_]))")
_NAMED = re.compile(r"\\([uvHcdkhrb])(?:\s*\{\s*([^\W\d_]?)\s*\}|\s+([^\W\d_])|([^\x00-\x7f]))")
_LETTER = re.compile(r"\\(" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + r")"
                     r"(?:\s*\{\}|(?![A-Za-z])[ ]?)")  # fmt: skip
_WRAPPED = re.compile(r"(?<![A-Za-z\\`'^~\"=.])\{([^\W\d_][\u0300-\u036f]*)\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?\s*|[`'^~\"=.])")
_ESCAPED = re.compile(r"\\([&%$#_{}\\ ,;-])")
_MOST_ROUNDS = 12


def without_latex(text: str) -> str:
    """Give a text without TeX's commands; what is not known is left out, its words stay."""
    if "\\" in text:
        text = _SPELT.sub(lambda found: _SPELT_SIGNS[found.group(1)], text)
        text = _letters_of(text)
        text = _ESCAPED.sub(_kept, text)
        text = _COMMAND.sub("", text).replace("\\", "")
    text = text.replace("~", " ").replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”").translate(_NO_BRACES)
    text = text.translate(_GIVEN_BACK)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _letters_of(text: str) -> str:
    """Turn commands into letters from the inside out, so that two marks on one letter meet."""
    for _round in range(_MOST_ROUNDS):
        before = text
        text = _LETTER.sub(lambda found: _LETTERS[found.group(1)], text)
        text = _WRAPPED.sub(r"\1", text)
        text = _SIGN.sub(_accented, text)
        text = _NAMED.sub(_accented, text)
        if text == before:
            break
    return text


def _accented(found: re.Match[str]) -> str:
    letter = "".join(group for group in found.groups()[1:] if group)
    return unicodedata.normalize("NFC", letter + _ACCENTS[found.group(1)]) if letter else ""


# Braces a person wrote as signs must not go with those of TeX.
_KEPT_SIGNS = {"{": "\ue000", "}": "\ue001", "\\": "\ue002", "~": "\ue003"}
_SPELT_SIGNS = {
    "braceleft": "\ue000", "braceright": "\ue001", "backslash": "\ue002",
    "asciitilde": "\ue003",
}  # fmt: skip
_SPELT = re.compile(rf"\\text({'|'.join(_SPELT_SIGNS)})(?:\{{\}}|(?![A-Za-z])[ ]?)")


def _kept(found: re.Match[str]) -> str:
    sign = found.group(1)
    return _KEPT_SIGNS.get(sign, "" if sign in ",;-" else sign)


_NO_BRACES = {ord("{"): None, ord("}"): None}
_GIVEN_BACK = {ord(sign): plain for plain, sign in _KEPT_SIGNS.items()}
