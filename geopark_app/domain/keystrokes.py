"""Vietnamese keystrokes: Telex and VNI typed with the keyboard program off, and tone places."""

import re
import unicodedata
from dataclasses import dataclass, field

from geopark_app.domain.text import nfc

_VOWELS = set("aeiouy")
_CIRCUMFLEX, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_TELEX_TONES = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "3": "\u0309", "4": "\u0303", "1": "\u0301", "5": "\u0323"}
_TONES = frozenset(_TELEX_TONES.values())
# In the open clusters oa, oe, uy the tone stands on the first letter (hòa) or the second (hoà).
_TWO_PLACES = re.compile(r"(?<!q)(o)(a|e)$|(?<!q)(u)(y)$")


@dataclass(slots=True)
class _Syllable:
    """A word while its keys are read: bare letters, the mark of each, and one tone."""

    letters: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    tone: str = ""

    def add(self, letter: str) -> None:
        self.letters.append(letter)
        self.marks.append("")

    def vowels(self) -> list[int]:
        """Give where the vowels stand; the u of qu and the i of gia are consonants."""
        bare = "".join(self.letters)
        found = [at for at, letter in enumerate(bare) if letter in _VOWELS]
        is_glide = bare.startswith(("qu", "gi"))
        return found[1:] if is_glide and len(found) > 1 and found[0] == 1 else found

    def mark_last(self, letters: str, mark: str) -> bool:
        """Put a mark on the last of these letters that has none; say whether there was one."""
        for at in reversed(self.vowels()):
            if self.letters[at] in letters and not self.marks[at]:
                self.marks[at] = mark
                return True
        return False

    def add_horn(self) -> bool:
        """Put the horn on o and u: both of `uo` have it."""
        bare = "".join(self.letters)
        at = bare.find("uo")
        if at >= 0 and not bare.startswith("quo"):
            self.marks[at] = self.marks[at + 1] = _HORN
            return True
        return self.mark_last("ou", _HORN)

    def cross_d(self) -> bool:
        """Make the first d a đ."""
        if self.letters[:1] == ["d"]:
            self.letters[0] = "đ"
            return True
        return False

    def text(self) -> str:
        """Give the word as it is written."""
        for at in self.vowels()[:-1]:
            # ưo is not written: the horn of the u stands for both.
            if self.marks[at] == _HORN and self.letters[at + 1] == "o" and not self.marks[at + 1]:
                self.marks[at + 1] = _HORN
        place = self._tone_place()
        parts = [letter + mark for letter, mark in zip(self.letters, self.marks, strict=True)]
        if self.tone and place is not None:
            parts[place] += self.tone
        return nfc("".join(parts))

    def _tone_place(self) -> int | None:
        vowels = self.vowels()
        if not vowels:
            return None
        marked = [at for at in vowels if self.marks[at]]
        if marked:
            return marked[-1]
        is_closed = vowels[-1] < len(self.letters) - 1
        if len(vowels) == 1 or is_closed:
            return vowels[-1]
        return vowels[1] if len(vowels) > 2 else vowels[0]


def from_telex(word: str) -> str:
    """Give the word that Telex keys stand for: `ddoongf` is đồng; other words stay as they are."""
    syllable = _Syllable()
    for key in word.casefold():
        if not _took_telex(syllable, key):
            syllable.add(key)
    return syllable.text()


def _took_telex(syllable: _Syllable, key: str) -> bool:
    if not syllable.letters:
        return False
    if key == "d":
        return (syllable.letters[-1] == "d" or bool(syllable.vowels())) and syllable.cross_d()
    if not syllable.vowels():
        if key == "w":
            syllable.letters.append("u")
            syllable.marks.append(_HORN)
        return key == "w"
    if key in _TELEX_TONES:
        syllable.tone = _TELEX_TONES[key]
        return True
    if key in "aeo":
        return key in syllable.letters and syllable.mark_last(key, _CIRCUMFLEX)
    if key == "w":
        return syllable.add_horn() or syllable.mark_last("a", _BREVE)
    return False


def from_vni(word: str) -> str:
    """Give the word that VNI keys stand for: `do9ng2` is đòng; other words stay as they are."""
    syllable = _Syllable()
    for key in word.casefold():
        if not _took_vni(syllable, key):
            syllable.add(key)
    return syllable.text()


def _took_vni(syllable: _Syllable, key: str) -> bool:
    if key == "9":
        return syllable.cross_d()
    if not key.isdigit() or not syllable.vowels():
        return False
    if key in _VNI_TONES:
        syllable.tone = _VNI_TONES[key]
        return True
    if key == "6":
        return syllable.mark_last("aeo", _CIRCUMFLEX)
    if key == "7":
        return syllable.add_horn()
    return key == "8" and syllable.mark_last("a", _BREVE)


def tone_places(word: str) -> tuple[str, ...]:
    """Give a word with its tone in both places people write it: hòa and hoà; else it alone."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((char for char in decomposed if char in _TONES), "")
    bare = nfc("".join(char for char in decomposed if char not in _TONES))
    found = _TWO_PLACES.search(bare)
    if not tone or found is None:
        return (word,)
    start = bare[: found.start()]
    first, second = bare[found.start()], bare[found.start() + 1]
    return (nfc(start + first + tone + second), nfc(start + first + second + tone))
