"""Vietnamese written in the old fonts: TCVN3 (ABC, .Vn…) and VNI, told by their letters.

Tables: TCVN 5712:1993 (VN3) and the VNI-Windows convention (a letter followed by its mark), both
published; typed in anew here.
"""

import re
import unicodedata

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬­®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# VNI: mark letters after a, and what they make of it; the others follow the same scheme.
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {
    "â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT,
}  # fmt: skip
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for letter in "aeouy":
        for mark, tone in _VNI_TONES.items():
            table[letter + mark] = letter + tone
    for letter in "aeo":
        for mark, tone in _VNI_CIRCUMFLEX.items():
            table[letter + mark] = letter + _CIRCUMFLEX + tone
    for mark, tone in _VNI_BREVE.items():
        table["a" + mark] = "a" + _BREVE + tone
    for letter, base in (("ô", "o"), ("ö", "u")):
        for mark, tone in _VNI_TONES.items():
            table[letter + mark] = base + _HORN + tone
    upper = {}
    for typed, meant in table.items():
        upper[typed.upper()] = meant.upper()
        upper[typed[0].upper() + typed[1:]] = meant[0].upper() + meant[1:]
    return {
        typed: unicodedata.normalize("NFC", meant) for typed, meant in {**upper, **table}.items()
    }


_VNI = _vni_table()
_VNI_ANY = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+(?:[^\x00-\x7f\s]+[^\W\d_]*)*|[^\x00-\x7f\s]+[^\W\d_]*")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    "(?:uyê|uya|iê|yê|ươ|uô|oa|oă|oe|uâ|uê|uơ|uy|ia|ua|ưa|oo|[aăâeêioôơuưy])"
    "(?:ch|nh|ng|[cmnptiyou])?"
)
_TONE_MARKS = {_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT}
_ENOUGH, _MUCH_BETTER = 0.6, 0.25


def from_tcvn3(text: str) -> str:
    """Give text of the TCVN3 fonts, read as Latin letters, in Unicode."""
    return "".join(_TCVN3.get(char, char) for char in text)


def from_vni(text: str) -> str:
    """Give text of the VNI fonts, read as Latin letters, in Unicode."""
    return _VNI_ANY.sub(lambda found: _VNI[found.group()], text)


CONVERTERS = {"TCVN3": from_tcvn3, "VNI": from_vni}


def vietnamese_share(text: str) -> float:
    """Give the share (0 to 1) of accented words that are possible Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return 0.0
    return sum(_is_syllable(word) for word in words) / len(words)


def legacy_font_of(text: str) -> str | None:
    """Say that decoded text is TCVN3 or VNI; None for anything else."""
    as_it_is = vietnamese_share(text)
    shares = {name: vietnamese_share(read(text)) for name, read in CONVERTERS.items()}
    best = max(shares, key=lambda name: shares[name])
    is_better = shares[best] >= _ENOUGH and shares[best] >= as_it_is + _MUCH_BETTER
    return best if is_better else None


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.casefold())
    if sum(char in _TONE_MARKS for char in letters) > 1:
        return False
    bare = "".join(char for char in letters if char not in _TONE_MARKS)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
