"""Figures as files: saveas, print."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.kept_figures import keep
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing.export import paper_pixels, save_figure
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.layout import PIXELS_PER_INCH
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

# what MATLAB calls the formats of print and saveas, where the file's ending is another word
DEVICES = {
    "jpeg": "jpg", "tiff": "tif", "tiffn": "tif", "tiffnocompression": "tif", "epsc": "eps", "eps2": "eps",
    "epsc2": "eps", "bmpmono": "bmp", "bmp16m": "bmp", "bmp256": "bmp", "png256": "png", "mfig": "fig",
}  # fmt: skip
DRAWN_ONE_WAY = ("-painters", "-opengl", "-zbuffer", "-vector", "-image", "-loose", "-tight", "-noui", "-cmyk", "-v")


def target(path: str, kind: str | None, default: str | None) -> tuple[Path, str]:
    """The file to write and its format, from a name that may lack its ending."""
    if not path:
        raise ScriptError("MATLAB:saveas:noName", "The file name is empty.")
    found = Path(os.path.expanduser(path))
    ending = found.suffix[1:].lower()
    if kind is None:
        if not ending and default is None:
            raise ScriptError(
                "MATLAB:saveas:noExtension", "The file name needs an ending that says the format.", notes=(path,)
            )
        return (found, ending) if ending else (found.with_name(f"{found.name}.{default}"), default)
    word = DEVICES.get(kind, kind)
    known = DEVICES.get(ending, ending)
    return (found if known == word else found.with_name(f"{found.name}.{word}")), word


@builtin
def saveas(session, fig, filename, formattype=None, /):
    """
    saveas(fig, filename)
    saveas(fig, filename, formattype)

    Save a figure as a picture (png, jpg, tif, bmp, pdf, svg, eps) or as a figure that opens again (fig).

    The format is the name's ending, or formattype; without either it is fig. Pictures have 150 pixels an inch and are
    as large as the figure, or as its PaperPosition where that was set; their background is white unless the figure's
    InvertHardcopy is 'off'.

    Examples
      >> imshow(zeros(4, 6)); saveas(gcf, 'a.png'); exist('a.png', 'file')
      ans =
           2
      figure 1: image 4x6
      >> saveas(gcf, 'b', 'jpeg'); exist('b.jpg', 'file')
      ans =
           2

    See also exportgraphics, print, imwrite, savefig.
    """
    name = take.word(filename, "saveas", "the file name")
    kind = take.word(formattype, "saveas", "the format").lower().lstrip(".") if formattype is not None else None
    path, kind = target(name, DEVICES.get(kind, kind), "fig")
    figure = figure_of(session, fig, "saveas")
    if kind in ("fig", "mfig"):
        keep(session, [figure], str(path))
        return
    save_figure(figure, path, kind, on_paper=True)


@builtin(name="print", outputs=1)
def print_(session, nargout, /, *args):
    """
    print(filename, formattype)
    print(fig, filename, formattype)
    print(..., resolution)
    print -dpng name
    cdata = print("-RGBImage")
    cdata = print(fig, "-RGBImage", resolution)

    Save a figure as a picture: '-dpng', '-djpeg', '-dtiff', '-dbmp', '-dpdf', '-dsvg' or '-deps', with '-r300' pixels
    an inch ('-r0' the screen's, 150 where nothing is said); or give its pixels.

    The picture is as large as the figure, or as its PaperPosition where that was set. '-fillpage' and '-bestfit' put a
    pdf on a page of the figure's PaperSize; '-djpeg90' says the quality; '-append' is for PostScript, which is not
    written. What only says how MATLAB draws ('-painters', '-opengl', '-vector', '-image', '-loose', '-tight',
    '-noui') is taken: everything here is drawn one way.

    Examples
      >> plot(1:3); print('a', '-dpng', '-r50'); size(imread('a.png'), 1:2)
      ans =
         219   292
      figure 1: line 3 points
      >> print -dpdf a; exist('a.pdf', 'file')
      ans =
           2
      >> set(gcf, 'PaperUnits', 'inches', 'PaperPosition', [0 0 4 2]); size(print('-RGBImage', '-r50'))
      ans =
         100   200     3
      figure 1: line 3 points

    See also saveas, exportgraphics.
    """
    wish = Wish(session, args)
    figure = wish.figure or session.desk.current_figure()
    if wish.pixels:
        return norm(np.asfortranarray(paper_pixels(figure, wish.resolution)))
    if nargout:
        raise ScriptError("MATLAB:print:noOutput", "print has an output with '-RGBImage' only.")
    if wish.clipboard or wish.name is None:
        raise ScriptError(
            "cnnscript:print:printer",
            "There is no clipboard here." if wish.clipboard else "There is no printer here.",
            hint="print('name', '-dpng') saves the figure as a picture",
        )
    path, kind = target(wish.name, wish.kind, "png")
    if kind == "fig":
        raise ScriptError("MATLAB:print:badFormat", "print writes pictures.", hint="savefig keeps a figure")
    save_figure(figure, path, kind, wish.resolution, on_paper=True, page=wish.page, quality=wish.quality)
    return None


class Wish:
    """What the words after print ask for."""

    def __init__(self, session: Any, args: tuple):
        self.figure: Figure | None = None
        self.name: str | None = None
        self.kind: str | None = None
        self.resolution = 150.0
        self.quality: int | None = None
        self.page = ""
        self.pixels = self.clipboard = False
        for value in args:
            word = text_or_none(value)
            if word is None:
                self.figure = figure_of(session, value, "print")
            elif word.startswith("-") and len(word) > 1:
                self.option(session, word)
            else:
                self.name = word

    def option(self, session: Any, word: str) -> None:
        low = word.lower()
        if low == "-rgbimage":
            self.pixels = True
        elif low in ("-clipboard", "-dmeta", "-dbitmap"):
            self.clipboard = True
        elif low.startswith("-d"):
            self.device(low[2:])
        elif low.startswith("-r") and low[2:].isdigit():
            self.resolution = float(low[2:]) or float(PIXELS_PER_INCH)
        elif low.startswith("-f") and low[2:].isdigit():
            self.figure = figure_of(session, float(low[2:]), "print")
        elif low in ("-fillpage", "-bestfit"):
            self.page = low[1:]
        elif low not in DRAWN_ONE_WAY:
            raise ScriptError("MATLAB:print:UnsupportedOption", f"print has no option '{word}'.")

    def device(self, name: str) -> None:
        if name.startswith("jpeg") and name[4:].isdigit():
            name, self.quality = "jpeg", min(int(name[4:]), 100)
        if name not in DEVICES and name not in ("svg", "pdf", "png", "bmp", "eps"):
            raise ScriptError(
                "MATLAB:print:UnsupportedDevice",
                f"Illegal device specified: '{name}'.",
                notes=("devices: png, jpeg, tiff, bmp, pdf, svg, eps, epsc",),
            )
        self.kind = DEVICES.get(name, name)
