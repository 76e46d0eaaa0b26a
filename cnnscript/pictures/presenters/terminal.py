"""Pictures in a terminal: half blocks in 24-bit colour anywhere, kitty's or sixel graphics where the terminal says
that it has them."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Mapping
from typing import TextIO

import numpy as np

from cnnscript.pictures import draw
from cnnscript.pictures.kinds import Figure
from cnnscript.pictures.resize import imresize
from cnnscript.pictures.words import describe

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


class TerminalPresenter:
    """Prints each picture where the text goes.

    out: the terminal.  way: 'kitty', 'sixel', 'blocks', or None to look at the environment.
    """

    keeps = True

    def __init__(self, out: TextIO, way: str | None = None, environment: Mapping[str, str] = os.environ):
        self.out = out
        self.way = way or best_way(environment)

    def show(self, figure: Figure) -> None:
        pixels = draw.rasterise(figure)
        columns, lines = shutil.get_terminal_size()
        if self.way == "blocks":
            text = blocks(shrunk(pixels, columns, 2 * max(lines - 3, 4)))
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


def blocks(pixels: np.ndarray) -> str:
    """H×W×3 uint8 as lines of `▀`: the upper pixel in the letter's colour, the lower in the background's."""
    if pixels.shape[0] % 2:
        pixels = np.concatenate((pixels, pixels[-1:]))
    lines = []
    for top, bottom in zip(pixels[::2].tolist(), pixels[1::2].tolist(), strict=True):
        line, front, back = [], None, None
        for upper, lower in zip(top, bottom, strict=True):
            if upper != front:
                line.append(f"\x1b[38;2;{upper[0]};{upper[1]};{upper[2]}m")
                front = upper
            if lower != back:
                line.append(f"\x1b[48;2;{lower[0]};{lower[1]};{lower[2]}m")
                back = lower
            line.append("▀")
        lines.append("".join(line) + "\x1b[0m\n")
    return "".join(lines)


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
