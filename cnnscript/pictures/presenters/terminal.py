"""Pictures in a terminal: half blocks anywhere (in 24-bit colour, or the nearest of 256), kitty's or sixel graphics
where the terminal says that it has them."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Mapping
from typing import TextIO

import numpy as np

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.words import describe
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.images.resize import imresize

SIXEL_TERMINALS = ("foot", "mlterm", "xterm-sixel", "contour", "yaft")
CHUNK = 4096  # bytes of base64 in one of kitty's messages


def best_way(environment: Mapping[str, str]) -> str:
    """'kitty', 'sixel' or 'blocks', from what a terminal says of itself in the environment."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or term.startswith(("screen", "tmux")):
        return "blocks"  # a multiplexer swallows what it does not know
    if environment.get("KITTY_WINDOW_ID") or "kitty" in term or program in ("WezTerm", "ghostty"):
        return "kitty"
    if term.startswith(SIXEL_TERMINALS) or program in ("mintty", "iTerm.app"):
        return "sixel"
    return "blocks"


def true_colour(environment: Mapping[str, str]) -> bool:
    """Whether a terminal has 24-bit colours, from what it says of itself."""
    if environment.get("COLORTERM") in ("truecolor", "24bit") or environment.get("TMUX"):
        return True  # a multiplexer takes them, and passes on what its terminal has
    if environment.get("TERM", "").endswith("-direct") or best_way(environment) == "kitty":
        return True
    return any(name in environment for name in ("WT_SESSION", "VTE_VERSION", "KONSOLE_VERSION", "ITERM_SESSION_ID"))


def shows_pictures(environment: Mapping[str, str], encoding: str | None) -> bool:
    """Whether pictures in a terminal can be recognised: it has `▀`, and 256 colours at least."""
    if environment.get("TERM") == "dumb":
        return False
    if best_way(environment) != "blocks":
        return True
    colours = true_colour(environment) or "256color" in environment.get("TERM", "")
    return colours and (encoding or "").lower().replace("-", "") == "utf8"


class TerminalPresenter:
    """Prints each picture where the text goes.

    out: the terminal.  way: 'kitty', 'sixel', 'blocks', or None to look at the environment.
    """

    keeps = True

    def __init__(self, out: TextIO, way: str | None = None, environment: Mapping[str, str] = os.environ):
        self.out = out
        self.way = way or best_way(environment)
        self.true_colour = true_colour(environment)

    def show(self, figure: Figure) -> None:
        pixels = draw.rasterise(figure)
        columns, lines = shutil.get_terminal_size()
        if self.way == "blocks":
            text = blocks(shrunk(pixels, columns, 2 * max(lines - 3, 4)), self.true_colour)
        else:
            pixels = shrunk(pixels, 8 * columns, 16 * max(lines - 3, 4))
            text = kitty(pixels) if self.way == "kitty" else sixel(pixels)
        self.out.write(text + describe(figure) + "\n")
        self.out.flush()

    def close(self, figure: Figure) -> None:
        return None

    def finish(self) -> None:
        return None


def shrunk(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """Pixels in their proportions, at most width × height."""
    factor = min(1.0, width / pixels.shape[1], height / pixels.shape[0])
    size = (max(1, round(pixels.shape[0] * factor)), max(1, round(pixels.shape[1] * factor)))
    return pixels if size == pixels.shape[:2] else imresize(np.asfortranarray(pixels), size)


def blocks(pixels: np.ndarray, true_colour: bool = True) -> str:
    """H×W×3 uint8 as lines of `▀`: the upper pixel in the letter's colour, the lower in the background's."""
    if pixels.shape[0] % 2:
        pixels = np.concatenate((pixels, pixels[-1:]))
    colours = pixels.tolist() if true_colour else nearest_of_256(pixels).tolist()
    code = "2;{0[0]};{0[1]};{0[2]}m" if true_colour else "5;{0}m"
    front_code, back_code = "\x1b[38;" + code, "\x1b[48;" + code
    lines = []
    for top, bottom in zip(colours[::2], colours[1::2], strict=True):
        line, front, back = [], None, None
        for upper, lower in zip(top, bottom, strict=True):
            if upper != front:
                line.append(front_code.format(upper))
                front = upper
            if lower != back:
                line.append(back_code.format(lower))
                back = lower
            line.append("▀")
        lines.append("".join(line) + "\x1b[0m\n")
    return "".join(lines)


CUBE = np.array((0, 95, 135, 175, 215, 255))  # levels of red, green and blue in colours 16 to 231 of xterm's 256
GREYS = np.arange(8, 239, 10)  # colours 232 to 255


def nearest_of_256(pixels: np.ndarray) -> np.ndarray:
    """H×W×3 uint8 to H×W numbers of xterm's 256 colours: of its cube or its greys, whichever is nearer."""
    wide = pixels.astype(np.int32)
    level = np.abs(wide[..., None] - CUBE).argmin(-1)
    grey = np.abs(wide.mean(-1)[..., None] - GREYS).argmin(-1)
    from_cube = ((CUBE[level] - wide) ** 2).sum(-1)
    from_grey = ((GREYS[grey][..., None] - wide) ** 2).sum(-1)
    return np.where(from_grey < from_cube, 232 + grey, 16 + level @ (36, 6, 1))


def kitty(pixels: np.ndarray) -> str:
    """Kitty's graphics protocol: raw 24-bit pixels in chunks of base64."""
    data = base64.standard_b64encode(np.ascontiguousarray(pixels).tobytes()).decode("ascii")
    height, width = pixels.shape[:2]
    chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    out = []
    for k, chunk in enumerate(chunks):
        more = int(k < len(chunks) - 1)
        head = f"a=T,f=24,s={width},v={height},m={more}" if k == 0 else f"m={more}"
        out.append(f"\x1b_G{head};{chunk}\x1b\\")
    return "".join(out) + "\n"


def sixel(pixels: np.ndarray) -> str:
    """DEC sixel graphics with a palette of at most 256 colours."""
    from PIL import Image

    small = Image.fromarray(np.ascontiguousarray(pixels)).quantize(256)
    index = np.array(small)
    palette = np.array(small.getpalette()[: 3 * (int(index.max()) + 1)]).reshape(-1, 3)
    height, width = index.shape
    out = [f'\x1bPq"1;1;{width};{height}']
    out += [
        f"#{k};2;{r * 100 // 255};{g * 100 // 255};{b * 100 // 255}" for k, (r, g, b) in enumerate(palette.tolist())
    ]
    for top in range(0, height, 6):
        band = index[top : top + 6]
        weights = 1 << np.arange(band.shape[0])
        for k in np.unique(band).tolist():
            out.append(f"#{k}" + run_lengths(((band == k) * weights[:, None]).sum(0)) + "$")
        out.append("-")
    return "".join(out) + "\x1b\\\n"


def run_lengths(sixes: np.ndarray) -> str:
    """One colour of one band of six lines: letters `?` to `~`, repeats as `!n`."""
    cuts = np.flatnonzero(np.diff(sixes)) + 1
    starts, ends = np.r_[0, cuts], np.r_[cuts, sixes.size]
    out = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        letter, count = chr(63 + int(sixes[start])), end - start
        out.append(f"!{count}{letter}" if count > 3 else letter * count)
    return "".join(out)
