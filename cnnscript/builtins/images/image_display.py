"""Images shown: imshow, image, imagesc."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_files import load_picture
from cnnscript.builtins.images.spatial_references import SpatialReference
from cnnscript.builtins.language.handles import Handle, from_script, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.text import text_or_none

IMAGE_CLASSES = ("uint8", "uint16", "double", "single", "int16", "logical")
TRUECOLOUR_CLASSES = ("uint8", "uint16", "float32", "float64")


def parent_axes(value: Any) -> Axes | None:
    """The axes given as Parent; None where none is given."""
    if value is None:
        return None
    if not isinstance(value, Handle) or not isinstance(value.graphic, Axes):
        raise ScriptError("MATLAB:hg:InvalidParent", "Parent must be an axes.")
    value.graphic.alive()
    return value.graphic


def interpolation(value: Any, function: str) -> str:
    return "nearest" if value is None else take.choice(value, ("nearest", "bilinear"), function, "Interpolation")


def image_array(value: Any, function: str, argument: str = "I", place: int = 1) -> np.ndarray:
    """An array of one of the classes that images have."""
    return take.numeric(value, function, argument, place, IMAGE_CLASSES)


def grey_or_colour(value: Any, function: str, argument: str = "A", place: int = 1) -> np.ndarray:
    """An image of one picture: M-by-N, or M-by-N-by-3."""
    image = image_array(value, function, argument, place)
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise ScriptError(
            f"images:{function}:invalidImage", "The image must be M-by-N or M-by-N-by-3.",
            notes=("got " + "x".join(map(str, image.shape)),),
        )  # fmt: skip
    return image


def shown_pixels(value: Any) -> np.ndarray:
    """What imshow shows: a matrix of any numeric class or of truth, or an RGB image of one of four classes."""
    array = take.numeric(value, "imshow", "I", 1)
    shape = "x".join(map(str, array.shape))
    many = f"montage shows {'the frames of this array' if array.ndim == 4 else 'many images'}"
    if array.ndim > 3:
        raise ScriptError(
            "images:imageDisplayValidateParams:unsupportedDimension", "Unsupported dimension",
            notes=(f"the array is {shape}",), hint=many,
        )  # fmt: skip
    if array.ndim == 3 and array.dtype.kind == "b":
        raise ScriptError(
            "images:imageDisplayValidateParams:expected2D",
            "If input is logical (binary), it must be two-dimensional.",
            notes=(f"the array is {shape}",), hint=many,
        )  # fmt: skip
    if array.ndim == 3 and array.dtype.name not in TRUECOLOUR_CLASSES:
        raise ScriptError(
            "images:imageDisplayValidateParams:invalidRGBClass",
            "RGB images must be uint8, uint16, single, or double.",
            notes=(f"the array is {array.dtype.name}",),
        )
    if array.ndim == 3 and array.shape[2] != 3:
        raise ScriptError(
            "images:imageDisplayValidateParams:multiPlane",
            "Multi-plane image inputs must be RGB images of size MxNx3.",
            notes=(f"the array is {shape}",), hint=many,
        )  # fmt: skip
    return array


def placed(reference: SpatialReference | None, pixels: np.ndarray) -> dict[str, Any]:
    """What showing.imshow takes of an imref2d: the middles of the first and last pixels, in an axes with ticks."""
    if reference is None:
        return {}
    if len(reference.limits) != 2 or tuple(reference.image_size) != pixels.shape[:2]:
        raise ScriptError(
            "images:imshow:sizeMismatch",
            "The image size must be consistent with the ImageSize property of its spatial referencing object.",
            notes=(f"image {pixels.shape[0]}x{pixels.shape[1]}, ImageSize {reference.image_size}",),
        )
    middles = [
        np.array((low + step / 2, high - step / 2))
        for (low, high), step in zip(reference.limits, reference.extents, strict=True)
    ]
    return {"x": middles[0], "y": middles[1], "ticks": True}


@builtin(outputs=1)
def imshow(
    session, nargout, A, /, *rest, InitialMagnification=None, DisplayRange=None, Colormap=None, Border=None,
    Interpolation=None, Parent=None, XData=None, YData=None
):  # fmt: skip
    """
    imshow(I)
    imshow(I, [low high])
    imshow(I, [])
    imshow(RGB)
    imshow(BW)
    imshow(X, map)
    imshow(filename)
    imshow(I, RI)
    imshow(X, RX, map)
    imshow(..., Name=Value)
    h = imshow(...)

    Show an image, one pixel of the screen for each of its own, without axes.

    Floating-point images run from 0 (black) to 1 (white), integers over the range of their class; [low high] sets other
    limits and [] takes the lowest and highest value. RI, an imref2d object, says where the image lies, in an axes with
    ticks. Each call replaces what the axes showed, unless hold is on.

    Options
      InitialMagnification  per cent (100), or 'fit' for the figure's size
      DisplayRange          [low high], as the second argument
      Colormap              n-by-3 colours for a matrix
      Border                'loose' (a margin, the default) or 'tight'
      Interpolation         'nearest' or 'bilinear'
      Parent                the axes to draw in
      XData                 where the first and the last column lie
      YData                 where the first and the last row lie

    Examples
      >> imshow(zeros(4, 6))
      figure 1: image 4x6
      >> imshow('coffee.png'); title('A cup')
      figure 1: image 400x600x3, title 'A cup'
      >> h = imshow(magic(4), []); h.Parent.CLim
      ans =
           1    16
      figure 1: image 4x4

    See also montage, imshowpair, imagesc, imtile.
    """
    values = list(rest)
    reference = values.pop(0) if values and isinstance(values[0], SpatialReference) else None
    colours, limits, stretch = None, None, False
    name = text_or_none(A)
    if name is not None:
        held = load_picture(session, name)
        array = held.pixels
        colours = held.colours if held.colours.size else None
        indexed = colours is not None
    else:
        array, indexed = shown_pixels(A), False
    if values:
        second = take.pixels(values.pop(0), "imshow", "the second argument")
        if second.size == 0:
            stretch = True
        elif second.size == 2:
            limits = display_limits(second)
        else:
            colours, indexed = take.colour_map(second, "imshow"), True
    take.no_options(values, "imshow")
    if DisplayRange is not None:
        given = take.pixels(DisplayRange, "imshow", "DisplayRange")
        stretch = given.size == 0
        limits = None if stretch else display_limits(given)
    if Colormap is not None:
        colours = take.colour_map(Colormap, "imshow")
    if stretch:
        limits = showing.display_range(array)
    magnification: float | None = 1.0
    if InitialMagnification is not None:
        word = text_or_none(InitialMagnification)
        if word is not None:
            take.choice(InitialMagnification, ("fit",), "imshow", "InitialMagnification")
            magnification = None
        else:
            magnification = take.number(InitialMagnification, "imshow", "InitialMagnification") / 100
            if not magnification > 0:
                raise take.refusal("imshow", "InitialMagnification", "a positive number or 'fit'", InitialMagnification)
    where: dict[str, Any] = placed(reference, array)
    if XData is not None:
        where["x"] = np.array(take.numbers(XData, "imshow", "XData"))
    if YData is not None:
        where["y"] = np.array(take.numbers(YData, "imshow", "YData"))
    made = showing.imshow(
        session.desk,
        array,
        limits,
        colours,
        indexed,
        magnification,
        Border is not None and take.choice(Border, ("tight", "loose"), "imshow", "Border") == "tight",
        parent_axes(Parent),
        interpolation=interpolation(Interpolation, "imshow"),
        **where,
    )
    return wrap(made) if nargout else None


def display_limits(array: np.ndarray) -> tuple[float, float]:
    if array.size != 2:
        raise ScriptError(
            "MATLAB:images:imshow:incorrectNumel",
            "Expected DisplayRange to be an array with number of elements equal to 2.",
            notes=(f"it has {array.size}",),
        )
    low, high = array.ravel().astype(float)
    if not low < high:
        raise ScriptError(
            "MATLAB:images:imshow:badDisplayRangeValues",
            "HIGH must be greater than LOW in the display range [LOW HIGH].",
            notes=(f"got [{low:g} {high:g}]",),
        )
    return float(low), float(high)


# ------------------------------------------------------------------------------------------------------- image, imagesc
def draw_matrix(session: Any, nargout: int, args: tuple, scaled: bool, function: str) -> Any:
    """image and imagesc: [axes,] [x, y,] C [, limits] and properties."""
    axes, args = axes_first(args)
    cut = first_option(args, 0)
    numeric, given = list(args[:cut]), pairs(args[cut:], function)
    parent = next((value for word, value in given if word.lower() == "parent"), None)
    given = [(word, value) for word, value in given if word.lower() != "parent"]
    axes = parent_axes(parent) or axes
    limits = None
    if scaled and len(numeric) in (2, 4):
        limits = take.numbers(numeric.pop(), function, "the colour limits", 2)
        Axes().set("CLim", limits)  # what is wrong with them shows before anything is drawn
    if len(numeric) not in (0, 1, 3) or (not numeric and not any(word.lower() == "cdata" for word, _ in given)):
        raise ScriptError(
            "MATLAB:image:args", f"{function} takes C, or x, y and C.", notes=(f"got {len(numeric)} arrays",)
        )
    properties: dict[str, Any] = {}
    if len(numeric) == 3:
        properties["XData"], properties["YData"] = (take.pixels(value, function, "x and y") for value in numeric[:2])
    pixels = take.pixels(numeric[-1], function, "C") if numeric else np.zeros((1, 1))
    if pixels.ndim > 3 or (pixels.ndim == 3 and pixels.shape[2] != 3):
        raise ScriptError(
            "MATLAB:image:CDataSize",
            "Color data must be an m-by-n-by-3 or m-by-n matrix.",
            notes=("got " + "x".join(map(str, pixels.shape)),),
        )
    for word, value in given:
        properties[showing.Image.find_name(word)] = from_script(value)
    made = showing.image(session.desk, pixels, axes, scaled, low_level=not numeric, **properties)
    if limits is not None:
        made.parent.set("CLim", limits)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def image(session, nargout, /, *args):
    """
    image(C)
    image(x, y, C)
    image(..., Name=Value)
    image(CData=C, Name=Value)
    image(ax, ...)
    im = image(...)

    Show a matrix as colours, its numbers being rows of the colormap, in an axes with ticks.

    An M-by-N-by-3 array is a colour picture. x and y say where the centres of the first and the last pixel lie.
    Property names such as AlphaData, CDataMapping and XData may follow. With property names alone the image is added to
    the axes as they are: nothing is replaced and the y-axis is not turned.

    Examples
      >> image([1 64; 128 256])
      figure 1: image 2x2
      >> im = image(0:2, 0:2, magic(3), AlphaData=0.5); im.XData
      ans =
           0     1     2
      figure 1: image 3x3 alpha 0.5

    See also imagesc, imshow, colormap.
    """
    return draw_matrix(session, nargout, args, False, "image")


@builtin(outputs=1)
def imagesc(session, nargout, /, *args):
    """
    imagesc(C)
    imagesc(x, y, C)
    imagesc(..., [low high])
    imagesc(..., Name=Value)
    imagesc(CData=C, Name=Value)
    imagesc(ax, ...)
    im = imagesc(...)

    Show a matrix as colours that run over the whole colormap, in an axes with ticks.

    Examples
      >> imagesc(magic(4)); colormap jet
      figure 1: image 4x4, colormap jet
      >> imshow('coffee.png'); hold on; imagesc(rand(400, 600), AlphaData=0.5)
      figure 1: image 400x600x3, image 400x600 alpha 0.5, colormap jet
      >> figure; im = imagesc([1 2; 3 4], [0 10]); im.Parent.CLim
      ans =
           0    10
      figure 2: image 2x2

    See also image, imshow, colormap, colorbar, clim.
    """
    return draw_matrix(session, nargout, args, True, "imagesc")
