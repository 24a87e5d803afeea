"""Make the print copies of the fonts: Vietnamese letters stay whole in text taken from a PDF.

Noto Sans splits ẹ, ị, ọ and ụ into letter and dot by a `ccmp` rule. In text inside a drawing typst
then loses the letter's code: PDF/A is refused, or copying gives "đ ịa" for "địa". The copies lack
that rule for those letters and are the same otherwise. Noto Sans is under the SIL Open Font
License without a reserved name, which allows changed copies.
"""

from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "web" / "dist" / "fonts"
PRINT = FONTS.parent / "print"
LETTERS = "ẸẹỊịỌọỤụ"
MULTIPLE_SUBSTITUTION = 2
EXTENSION = 7


def mend(source: Path, target: Path) -> int:
    """Write the copy without the splitting rules and give how many rules were taken out."""
    font = TTFont(source, recalcTimestamp=False)
    names = {font.getBestCmap()[ord(letter)] for letter in LETTERS}
    removed = 0
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = table.ExtSubTable if lookup.LookupType == EXTENSION else table
            if inner.LookupType != MULTIPLE_SUBSTITUTION:
                continue
            for name in names & inner.mapping.keys():
                del inner.mapping[name]
                removed += 1
    temporary = target.with_name(f".{target.name}.part")
    font.save(temporary)
    temporary.replace(target)
    return removed


def main() -> None:
    """Make the copies that are missing or older than their source."""
    PRINT.mkdir(exist_ok=True)
    for source in sorted(FONTS.glob("*.ttf")):
        target = PRINT / source.name
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            print(f"Print copy of {source.name}: {mend(source, target)} rules taken out.")


if __name__ == "__main__":
    main()
