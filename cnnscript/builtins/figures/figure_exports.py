"""Figures, axes and layouts cut close to what is drawn: exportgraphics; copygraphics, exportapp."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cnnscript.builtins.figures.figure_files import target
from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing.export import VECTOR, Cut, save_export
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.properties import WHITE
from cnnscript.pictures.images.files import FORMATS
from cnnscript.values.text import text_or_none

UNITS = ("pixels", "points", "inches", "centimeters")


@builtin
def exportgraphics(
    session,
    obj,
    filename,
    /,
    *,
    Resolution=150.0,
    ContentType="auto",
    BackgroundColor="white",
    Append=False,
    Colorspace="rgb",
    Width=None,
    Height=None,
    Units="pixels",
    Padding="tight",
    PreserveAspectRatio="auto",
):
    """
    exportgraphics(obj, filename)
    exportgraphics(obj, filename, Name=Value)

    Save an axes, a layout or a figure as a picture (png, jpg, tif, bmp, gif) or as vectors (pdf, svg, eps), cut close
    to what is drawn.

    Options
      Resolution           pixels an inch (150)
      ContentType          'auto', 'image' or 'vector'
      BackgroundColor      'white', a colour, 'current' (the figure's) or 'none' (white in pictures)
      Append               true adds a frame to a gif file
      Colorspace           'rgb' or 'gray'
      Width                width of the picture, in Units; the height follows
      Height               height of the picture, in Units; with Width both are held
      Units                of Width, Height and Padding: 'pixels', 'points', 'inches' or 'centimeters'
      Padding              'tight', 'figure' (the whole figure), or the margin around what is drawn
      PreserveAspectRatio  'auto', 'on' or 'off': whether what is drawn may be stretched to Width and Height

    Examples
      >> imshow(zeros(40, 60)); exportgraphics(gca, 'a.png', Resolution=96); size(imread('a.png'), 1:2)
      ans =
          60    80
      figure 1: image 40x60
      >> exportgraphics(gcf, 'a.pdf'); exist('a.pdf', 'file')
      ans =
           2
      >> exportgraphics(gca, 'b.png', Width=200); size(imread('b.png'), 2)
      ans =
         200

    See also saveas, print, imwrite, getframe.
    """
    path, kind = target(take.word(filename, "exportgraphics", "the file name"), None, None)
    if kind not in FORMATS and kind not in VECTOR:
        raise ScriptError(
            "MATLAB:print:exportgraphics:UnsupportedFormat",
            f"Unsupported file format '{kind}'.",
            notes=("formats: " + ", ".join(sorted({*VECTOR, *FORMATS})),),
        )
    content = take.choice(ContentType, ("auto", "image", "vector"), "exportgraphics", "ContentType")
    if content == "vector" and kind not in VECTOR:
        raise ScriptError("MATLAB:exportgraphics:vectorFormat", "ContentType 'vector' is for pdf, svg and eps files.")
    dpi = take.number(Resolution, "exportgraphics", "Resolution")
    if not 0 < dpi < float("inf"):
        raise take.refusal("exportgraphics", "Resolution", "a positive number", Resolution)
    append = take.flag(Append, "exportgraphics", "Append")
    if append and kind != "gif":
        raise ScriptError(
            "MATLAB:print:exportgraphics:Append",
            "Append adds frames to gif files here.",
            notes=(f"the file is {kind}",),
            hint="write one file for each picture",
        )
    cut = Cut(
        resolution=dpi,
        grey=take.choice(Colorspace, ("rgb", "gray"), "exportgraphics", "Colorspace") == "gray",
        units=take.choice(Units, UNITS, "exportgraphics", "Units"),
        width=length(Width, "Width"),
        height=length(Height, "Height"),
        padding=margin(Padding),
        stretched=take.choice(PreserveAspectRatio, ("auto", "on", "off"), "exportgraphics", "PreserveAspectRatio")
        == "off",
    )
    figure, only = shown_in(session, obj, "exportgraphics")
    with coloured(figure, BackgroundColor):
        save_export(figure, only, Path(path), kind, cut, as_image=content == "image", append=append)


def length(value: Any, name: str) -> float | None:
    if value is None:
        return None
    number = take.number(value, "exportgraphics", name)
    if not 0 < number < float("inf"):
        raise take.refusal("exportgraphics", name, "a positive number", value)
    return number


def margin(value: Any) -> float | str:
    if text_or_none(value) is not None:
        return take.choice(value, ("tight", "figure"), "exportgraphics", "Padding")
    number = take.number(value, "exportgraphics", "Padding")
    if not 0 <= number < float("inf"):
        raise take.refusal("exportgraphics", "Padding", "'tight', 'figure' or a number that is not negative", value)
    return number


def shown_in(session: Any, obj: Any, function: str) -> tuple[Figure, Any]:
    """The figure of what is to be seen, and the axes or layout of it that is meant, None for all."""
    figure = figure_of(session, obj, function)
    graphic = graphics_of(obj)[0] if isinstance(obj, (Handle, HandleArray)) else figure
    if graphic.kind == "tiledlayout":
        return figure, graphic
    only = graphic.up("axes") or next((node for node in parents(graphic) if isinstance(node, Axes)), None)
    if only is None and graphic is not figure:
        raise ScriptError(
            f"MATLAB:print:{function}:InvalidHandle",
            "The object must be a figure, an axes, a chart or a tiled layout.",
            notes=(f"got an object of type {graphic.kind}",),
        )
    return figure, only


def parents(graphic: Any) -> Iterator[Any]:
    while graphic is not None:
        yield graphic
        graphic = graphic.parent


@contextlib.contextmanager
def coloured(figure: Figure, colour: Any) -> Iterator[None]:
    """The figure with another background for as long as it is drawn."""
    before = figure.values.get("Color")
    word = (text_or_none(colour) or "").lower()
    if word != "current":
        figure.values["Color"] = WHITE if word == "none" else take.colour(colour)
    try:
        yield
    finally:
        if before is None:
            figure.values.pop("Color", None)
        else:
            figure.values["Color"] = before


@builtin
def copygraphics(session, obj, /, *, Resolution=150.0, ContentType="auto", BackgroundColor="white", Colorspace="rgb"):
    """
    copygraphics(obj)
    copygraphics(obj, Name=Value)

    Put a picture on the clipboard: there is none here; exportgraphics saves the same picture in a file.

    Options
      Resolution       pixels an inch
      ContentType      'auto', 'image' or 'vector'
      BackgroundColor  a colour, 'current' or 'none'
      Colorspace       'rgb' or 'gray'

    Examples
      >> plot(1:3); try, copygraphics(gca), catch e, disp(e.message), end
      There is no clipboard here.
      figure 1: line 3 points

    See also exportgraphics.
    """
    shown_in(session, obj, "copygraphics")
    raise ScriptError(
        "cnnscript:copygraphics:clipboard",
        "There is no clipboard here.",
        hint="exportgraphics(obj, 'name.png') saves the same picture",
    )


@builtin
def exportapp(session, fig, filename, /):
    """
    exportapp(fig, filename)

    Save all of a figure as a picture: png, jpg, tif or pdf.

    Examples
      >> plot(1:3); exportapp(gcf, 'a.png'); size(imread('a.png'), 1:2)
      ans =
         420   560
      figure 1: line 3 points

    See also exportgraphics, saveas.
    """
    path, kind = target(take.word(filename, "exportapp", "the file name"), None, None)
    if kind not in ("png", "jpg", "jpeg", "tif", "tiff", "pdf"):
        raise ScriptError(
            "MATLAB:print:exportapp:UnsupportedFormat",
            f"Unsupported file format '{kind}'.",
            notes=("formats: pdf, png, jpg, jpeg, tif, tiff",),
        )
    cut = Cut(resolution=96.0, padding="figure")
    save_export(figure_of(session, fig, "exportapp"), None, path, kind, cut)
