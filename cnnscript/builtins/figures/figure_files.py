"""Figures as files: saveas, print, exportgraphics."""

from __future__ import annotations

import os
from pathlib import Path

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.kept_figures import keep
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing.export import save_figure
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.text import text_or_none


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
    word = {"jpeg": "jpg", "tiff": "tif"}.get(kind, kind)
    suffix = {"epsc": "eps"}.get(word, word)
    known = {"jpeg": "jpg", "tiff": "tif"}.get(ending, ending)
    return (found if known == suffix else found.with_name(f"{found.name}.{suffix}")), word


@builtin
def saveas(session, fig, filename, formattype=None, /):
    """
    saveas(fig, filename)
    saveas(fig, filename, formattype)

    Save a figure as a picture: png, jpg, tif, bmp, pdf, svg or eps.

    The format is the name's ending, or formattype. Pictures have 150 pixels an inch, as MATLAB's.

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
    path, kind = target(name, kind, "fig")
    if kind == "fig":
        keep(session, [figure_of(session, fig, "saveas")], str(path))
        return
    save_figure(figure_of(session, fig, "saveas"), path, kind)


@builtin(name="print")
def print_(session, /, *args):
    """
    print(filename, formattype)
    print(fig, filename, formattype)
    print(..., resolution)
    print -dpng name

    Save a figure as a picture: '-dpng', '-djpeg', '-dtiff', '-dbmp', '-dpdf', '-dsvg' or '-deps', with '-r300' pixels
    an inch.

    Examples
      >> plot(1:3); print('a', '-dpng', '-r50'); size(imread('a.png'), 1:2)
      ans =
         219   292
      figure 1: line 3 points
      >> print -dpdf a; exist('a.pdf', 'file')
      ans =
           2

    See also saveas, exportgraphics.
    """
    chosen, name, kind, resolution = None, None, None, 150.0
    for value in args:
        word = text_or_none(value)
        if word is None:
            chosen = figure_of(session, value, "print")
        elif word.startswith("-d"):
            kind = word[2:].lower()
        elif word.startswith("-r") and word[2:].isdigit():
            resolution = float(word[2:]) or 96.0
        elif word.startswith("-f") and word[2:].isdigit():
            chosen = figure_of(session, float(word[2:]), "print")
        elif word in (
            "-painters",
            "-opengl",
            "-vector",
            "-image",
            "-bestfit",
            "-fillpage",
            "-loose",
            "-tight",
            "-noui",
        ):
            continue  # how MATLAB's renderers draw and place: ours draws everything one way, whole
        elif word.startswith("-"):
            raise ScriptError("MATLAB:print:UnsupportedOption", f"print has no option '{word}'.")
        else:
            name = word
    if name is None:
        raise ScriptError(
            "cnnscript:print:printer",
            "There is no printer here.",
            hint="print('name', '-dpng') saves the figure as a picture",
        )
    path, kind = target(name, kind, "png")
    save_figure(chosen or session.desk.current_figure(), path, kind, resolution)


@builtin
def exportgraphics(session, obj, filename, /, *, Resolution=150.0, ContentType="auto", BackgroundColor=None):
    """
    exportgraphics(obj, filename)
    exportgraphics(obj, filename, Name=Value)

    Save an axes or a figure as a picture (png, jpg, tif, bmp, gif) or as vectors (pdf, svg, eps), cut close to what is
    drawn.

    Options
      Resolution       pixels an inch (150)
      ContentType      'auto', 'image' or 'vector'
      BackgroundColor  'white', a colour, or 'current' (the figure's)

    Examples
      >> imshow(zeros(40, 60)); exportgraphics(gca, 'a.png', Resolution=96); size(imread('a.png'), 1:2)
      ans =
          60    80
      figure 1: image 40x60
      >> exportgraphics(gcf, 'a.pdf'); exist('a.pdf', 'file')
      ans =
           2

    See also saveas, print, imwrite.
    """
    path, kind = target(take.word(filename, "exportgraphics", "the file name"), None, None)
    content = take.choice(ContentType, ("auto", "image", "vector"), "exportgraphics", "ContentType")
    if content == "vector" and kind not in ("pdf", "svg", "eps"):
        raise ScriptError("MATLAB:exportgraphics:vectorFormat", "ContentType 'vector' is for pdf, svg and eps files.")
    figure = figure_of(session, obj, "exportgraphics")
    graphic = graphics_of(obj)[0] if isinstance(obj, (Handle, HandleArray)) else figure
    only = graphic.up("axes")
    before = figure.values.get("Color")
    word = text_or_none(BackgroundColor) if BackgroundColor is not None else None
    if BackgroundColor is not None and word not in ("current", "none"):
        figure.values["Color"] = take.colour(BackgroundColor)
    try:
        dpi = take.number(Resolution, "exportgraphics", "Resolution")
        if not dpi > 0:
            raise take.refusal("exportgraphics", "Resolution", "a positive number", Resolution)
        save_figure(figure, path, kind, dpi, only if isinstance(only, Axes) else None, trimmed=True)
    finally:
        if before is None:
            figure.values.pop("Color", None)
        else:
            figure.values["Color"] = before
