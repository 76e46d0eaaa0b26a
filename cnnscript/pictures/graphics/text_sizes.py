"""How much room words take, without drawing them: the advance widths of Helvetica, and line heights.

Layout needs the widths of tick labels, legends and titles before anything is drawn, and matplotlib is not to be
imported for that.  Widths are in thousandths of the font's size, as the metrics that Adobe published for the font say.
"""

from __future__ import annotations

import re

PIXELS_PER_POINT = 96 / 72
LINE_SPACING = 1.25  # from one line to the next, of the font's size
BOLD = 1.06  # bold letters are about so much wider
WIDE, USUAL = 1000, 556  # signs of Chinese, Japanese and Korean; letters that the table has not
GROUPS = {
    222: "ijl", 278: " !,./:;I[\\]ft", 191: "'", 260: "|", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jckvsxyz", 556: "#$0123456789?_Labdeghnopqu", 584: "+<=>~−×", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
WIDTHS = {letter: width for width, letters in GROUPS.items() for letter in letters}
SMALL = 0.7  # of the font's size: what stands lower or higher
MARKS = re.compile(
    r"\\(?:fontname|fontsize|color)(?:\[[a-z]+\])?\{[^}]*\}|\\(?:bf|it|rm|sl)\b ?|\\([A-Za-z]+) ?|[{}]|\$|\\"
)


def plain(line: str, interpreter: str = "tex") -> str:
    """A line without its markup: one letter for each sign that has a name."""
    if interpreter == "none":
        return line
    return MARKS.sub(lambda found: "n" if found.group(1) else "", line)


def line_width(line: str, size: float, bold: bool = False, interpreter: str = "tex") -> float:
    """The width in pixels of a line in a font of so many points."""
    total, small = 0.0, 1.0
    for letter in plain(line, interpreter):
        if letter in "^_" and interpreter != "none":
            small = SMALL
            continue
        total += small * WIDTHS.get(letter, WIDE if ord(letter) > 0x2E7F else USUAL)
    return total / 1000 * size * PIXELS_PER_POINT * (BOLD if bold else 1.0)


def line_height(size: float) -> float:
    """From one line to the next, in pixels."""
    return size * PIXELS_PER_POINT * LINE_SPACING
