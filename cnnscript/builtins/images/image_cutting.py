"""Parts of images: cropped, in windows, erased."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import EMPTY, as_array, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none


class Window(Object):
    """A window of an image by its limits (first and last pixel): images.spatialref.Rectangle or Cuboid."""

    def __init__(self, limits: list[tuple[float, float]]):
        word = "Rectangle" if len(limits) == 2 else "Cuboid"
        self.class_name = f"images.spatialref.{word}"  # type: ignore[misc]
        self.limits = limits

    def property_names(self) -> list[str]:
        return [f"{axis}Limits" for axis in "XYZ"[: len(self.limits)]]

    def get(self, name: str) -> Any:
        if name not in self.property_names():
            raise self.no_property(name)
        return norm(np.array([self.limits["XYZ".index(name[0])]]))

    def set(self, name: str, value: Any) -> Object:
        if name not in self.property_names():
            return super().set(name, value)
        limits = list(self.limits)
        low, high = take.numbers(value, "Rectangle", name, 2)
        limits["XYZ".index(name[0])] = (low, high)
        return Window(limits)

    def equals(self, other: Any) -> bool:
        return isinstance(other, Window) and other.limits == self.limits


def whole(value: float) -> int:
    """Rounded, halves away from zero."""
    return int(np.copysign(np.floor(abs(value) + 0.5), value))


def cut(array: np.ndarray, limits: list[tuple[float, float]]) -> np.ndarray:
    """The pixels from the one that holds the first limit to that of the last; nothing (0×0) where that is all
    outside."""
    part = []
    for axis, (low, high) in zip([1, 0, 2], limits, strict=False):
        length = array.shape[axis] if axis < array.ndim else 1
        first, last = whole(low), whole(high)
        if first > length or last < 1 or last < first:
            return np.asarray(EMPTY)
        part.append(slice(max(first, 1) - 1, min(last, length)))
    order = [1, 0, 2][: len(part)]
    return np.asfortranarray(array[tuple(part[order.index(axis)] for axis in range(len(part)))])


def of_rectangle(value: Any, function: str, count: int = 2) -> list[tuple[float, float]]:
    """Limits from [xmin ymin width height] (or six numbers), or from a window object."""
    if isinstance(value, Window) and len(value.limits) == count:
        return value.limits
    given = take.numbers(value, function, "the rectangle" if count == 2 else "the cuboid", 2 * count)
    if not np.isfinite(given).all() or min(given[count:]) < 0:
        raise take.refusal(function, "the rectangle", "finite, with a size that is not negative", value)
    return [(low, low + size) for low, size in zip(given[:count], given[count:], strict=True)]


@builtin(outputs=4)
def imcrop(nargout, image, /, *rest):
    """
    J = imcrop(I, rect)
    X2 = imcrop(X, map, rect)
    J = imcrop(x, y, I, rect)
    [J, rect2] = imcrop(...)
    [x2, y2, J, rect2] = imcrop(...)

    The part of an image inside a rectangle [xmin ymin width height], or inside a window that centerCropWindow2d or
    randomCropWindow2d made.

    Pixels count whose area the rectangle touches with its corners: a width of 2 covers three of them. x and y are the
    places of the image's first and last column and row. A rectangle wholly outside gives an empty J. Without a
    rectangle MATLAB asks the mouse; cnnscript refuses.

    Examples
      >> J = imcrop(magic(4), [2 1 1 2])
      J =
           2     3
          11    10
           7     6
      >> [J, rect2] = imcrop([1 2 3], [0 0 2 5])
      J =
           1     2
      rect2 =
           0     0     2     5
      >> [x2, y2, J, rect2] = imcrop([0 30], [0 10], magic(4), [10 0 10 10]);
      >> J
      J =
           2     3
          11    10
           7     6
          14    15
      >> X2 = imcrop([1 2; 3 1], [0 0 0; 1 1 1; 1 0 0], [2 1 0 1])
      X2 =
           2
           1

    See also imcrop3, imresize, imrotate, centerCropWindow2d.
    """
    values = [image, *rest]
    if nargout == 3:
        raise ScriptError("MATLAB:maxlhs", "imcrop gives 1, 2 or 4 outputs.")
    places = None
    if len(values) == 4 and text_or_none(values[0]) is None:
        places = [take.numbers(value, "imcrop", "x and y", None) for value in values[:2]]
        values = values[2:]
    if len(values) not in (2, 3) or len(values) == 3 and np.shape(as_array(values[1]))[1:] != (3,):
        raise ScriptError(
            "cnnscript:desktop",
            "imcrop without a rectangle needs the mouse.",
            hint="imcrop(A, [xmin ymin width height])",
        )
    array = take.pixels(values[0], "imcrop", "input number 1, I,")
    limits = of_rectangle(values[-1], "imcrop")
    shown = limits
    if places is not None:
        limits = [
            scaled_ends(ends, place, array.shape[axis])
            for ends, place, axis in zip(limits, places, (1, 0), strict=True)
        ]
    made = norm(cut(array, limits))
    rectangle = norm(np.array([[shown[0][0], shown[1][0], shown[0][1] - shown[0][0], shown[1][1] - shown[1][0]]]))
    if nargout < 3:
        return made, rectangle
    across, down = places if places is not None else ([1.0, array.shape[1]], [1.0, array.shape[0]])
    return norm(np.array([[across[0], across[-1]]])), norm(np.array([[down[0], down[-1]]])), made, rectangle


def scaled_ends(ends: tuple[float, float], place: list[float], length: int) -> tuple[float, float]:
    """Limits in the image's own coordinates as pixel numbers."""
    span = place[-1] - place[0]
    factor = (length - 1) / span if span else 1.0
    return (ends[0] - place[0]) * factor + 1, (ends[1] - place[0]) * factor + 1


@builtin
def imcrop3(V, cuboid, /):
    """
    Vout = imcrop3(V, cuboid)

    The part of a volume inside a cuboid [xmin ymin zmin width height depth], or inside a window that
    centerCropWindow3d or randomCropWindow3d made.

    Examples
      >> Vout = imcrop3(reshape(1:27, 3, 3, 3), [1 2 2 1 0 1])
      Vout(:,:,1) =
          11    14
      Vout(:,:,2) =
          20    23

    See also imcrop, centerCropWindow3d.
    """
    return norm(cut(take.pixels(V, "imcrop3", "input number 1, V,"), of_rectangle(cuboid, "imcrop3", 3)))


# -------------------------------------------------------------------------------------------------------------- windows
def window_sizes(value: Any, target: Any, count: int, function: str) -> tuple[list[int], list[int]]:
    sizes = take.counts(value, function, "the size of the image", (count, count + 1))[:count]
    wanted = take.counts(target, function, "the size of the window", (count, count + 1))[:count]
    if min(wanted) < 1 or any(small > large for small, large in zip(wanted, sizes, strict=True)):
        raise ScriptError(
            f"images:{function}:windowTooLarge",
            "The size of the window must be positive and not exceed the size of the image.",
        )
    return sizes, wanted


def centred(value: Any, target: Any, count: int, function: str) -> Window:
    sizes, wanted = window_sizes(value, target, count, function)
    starts = [(large - small) // 2 + 1 for large, small in zip(sizes, wanted, strict=True)]
    return window_at(starts, wanted)


def window_at(starts: list[int], wanted: list[int]) -> Window:
    """Starts and sizes by rows, columns (and planes) as limits by x, y (and z)."""
    order = [1, 0, 2][: len(starts)]
    return Window([(float(starts[axis]), float(starts[axis] + wanted[axis] - 1)) for axis in order])


def at_random(session: Any, value: Any, target: Any, count: int, function: str) -> Window:
    sizes, wanted = window_sizes(value, target, count, function)
    order = [1, 0, 2][:count]
    starts = [1] * count
    for axis in order:
        room = sizes[axis] - wanted[axis] + 1
        starts[axis] = 1 + int(np.floor(room * session.random.uniforms(1)[0]))
    return window_at(starts, wanted)


@builtin
def centerCropWindow2d(inputSize, targetSize, /):
    """
    win = centerCropWindow2d(inputSize, targetSize)

    The window of a size [rows cols] in the middle of an image of another size.

    Examples
      >> win = centerCropWindow2d([10 20 3], [4 6])
      win =
        Rectangle with properties:
          XLimits: [8 13]
          YLimits: [4 7]
      >> imcrop(magic(4), centerCropWindow2d([4 4], [2 2]))
      ans =
          11    10
           7     6

    See also randomCropWindow2d, imcrop, centerCropWindow3d.
    """
    return centred(inputSize, targetSize, 2, "centerCropWindow2d")


@builtin
def centerCropWindow3d(inputSize, targetSize, /):
    """
    win = centerCropWindow3d(inputSize, targetSize)

    The cuboid of a size [rows cols planes] in the middle of a volume of another size.

    Examples
      >> win = centerCropWindow3d([10 20 30], [4 6 8]); win.ZLimits
      ans =
          12    19

    See also randomCropWindow3d, imcrop3, centerCropWindow2d.
    """
    return centred(inputSize, targetSize, 3, "centerCropWindow3d")


@builtin
def randomCropWindow2d(session, inputSize, targetSize, /):
    """
    win = randomCropWindow2d(inputSize, targetSize)

    A window of a size [rows cols] somewhere in an image of another size.

    Examples
      >> win = randomCropWindow2d([10 20], [10 20])
      win =
        Rectangle with properties:
          XLimits: [1 20]
          YLimits: [1 10]
      >> rng(0), size(imcrop(rand(10), randomCropWindow2d([10 10], [4 6])))
      ans =
           4     6

    See also centerCropWindow2d, imcrop, rng.
    """
    return at_random(session, inputSize, targetSize, 2, "randomCropWindow2d")


@builtin
def randomCropWindow3d(session, inputSize, targetSize, /):
    """
    win = randomCropWindow3d(inputSize, targetSize)

    A cuboid of a size [rows cols planes] somewhere in a volume of another size.

    Examples
      >> win = randomCropWindow3d([4 5 6], [4 5 6]); win.XLimits
      ans =
           1     5

    See also centerCropWindow3d, imcrop3.
    """
    return at_random(session, inputSize, targetSize, 3, "randomCropWindow3d")


@builtin
def randomWindow2d(session, inputSize, targetSize=None, /, *, Scale=None, DimensionRatio=None):
    """
    win = randomWindow2d(inputSize, targetSize)
    win = randomWindow2d(inputSize, Scale=scale, DimensionRatio=ratio)

    A window somewhere in an image: of a size [rows cols], or of a random share of its area and ratio of its sides.

    Options
      Scale           least and greatest share of the image's area
      DimensionRatio  least and greatest ratio of rows to columns, as [a b; c d]: from a/b to c/d

    Examples
      >> win = randomWindow2d([10 20], [10 20])
      win =
        Rectangle with properties:
          XLimits: [1 20]
          YLimits: [1 10]
      >> rng(0), class(randomWindow2d([100 100], Scale=[0.1 0.2], DimensionRatio=[1 3; 1 1]))
      ans =
          'images.spatialref.Rectangle'

    See also randomCropWindow2d, imerase, imcrop.
    """
    if targetSize is not None:
        if Scale is not None or DimensionRatio is not None:
            raise ScriptError(
                "images:randomWindow2d:both", "A window has a size, or a Scale and a DimensionRatio, not both."
            )
        return at_random(session, inputSize, targetSize, 2, "randomWindow2d")
    if Scale is None or DimensionRatio is None:
        raise ScriptError("MATLAB:minrhs", "randomWindow2d needs a size, or Scale and DimensionRatio.")
    rows, columns = take.counts(inputSize, "randomWindow2d", "the size of the image", (2, 3))[:2]
    low, high = take.numbers(Scale, "randomWindow2d", "Scale", 2)
    if not 0 < low <= high <= 1:
        raise take.refusal("randomWindow2d", "Scale", "two rising numbers from 0 to 1", Scale)
    ratio = take.pixels(DimensionRatio, "randomWindow2d", "DimensionRatio").astype(float)
    if ratio.shape != (2, 2) or not (ratio > 0).all():
        raise take.refusal("randomWindow2d", "DimensionRatio", "a 2-by-2 matrix of positive numbers", DimensionRatio)
    ends = np.log(ratio[:, 0] / ratio[:, 1])
    area = rows * columns * (low + (high - low) * session.random.uniforms(1)[0])
    side = float(np.exp(ends.min() + (ends.max() - ends.min()) * session.random.uniforms(1)[0]))
    high_side = min(max(whole(np.sqrt(area * side)), 1), rows)
    wide_side = min(max(whole(np.sqrt(area / side)), 1), columns)
    window = norm(np.array([[float(high_side), float(wide_side)]]))
    return at_random(session, inputSize, window, 2, "randomWindow2d")


@builtin
def imerase(A, win, /, *, FillValues=0.0):
    """
    J = imerase(A, win)
    J = imerase(A, win, FillValues=vals)

    An image with the pixels of a window replaced, by 0 or by FillValues.

    win is a window that randomWindow2d or its kin made, or [xmin ymin width height].

    Options
      FillValues  one number, one for each channel, or an image of the window's size

    Examples
      >> imerase(magic(4), [2 1 1 2])
      ans =
          16     0     0    13
           5     0     0     8
           9     0     0    12
           4    14    15     1
      >> imerase(uint8([1 2 3]), [3 1 0 0], FillValues=9)
      ans =
        1×3 uint8 row vector
         1   2   9

    See also randomWindow2d, imcrop.
    """
    array = take.pixels(A, "imerase", "input number 1, A,")
    limits = of_rectangle(win, "imerase")
    part = []
    for (low, high), axis in zip(reversed(limits), (0, 1), strict=True):
        first, last = whole(low), whole(high)
        if first < 1 or last > array.shape[axis]:
            raise ScriptError("images:imerase:windowOutside", "The window must lie inside the image.")
        part.append(slice(first - 1, last))
    fill = take.pixels(FillValues, "imerase", "FillValues")
    require_memory(array.shape, array.itemsize)
    out = array.copy(order="F")
    view = out[tuple(part)]
    channels = array.shape[2] if array.ndim > 2 else 1
    if fill.size == 1:
        view[...] = fill.ravel()[0]
    elif fill.size == channels:
        view[...] = fill.reshape(1, 1, channels, *(1,) * (array.ndim - 3))
    elif fill.shape[:2] == view.shape[:2] and fill.size in (view.shape[0] * view.shape[1], view.size):
        view[...] = fill.reshape(*fill.shape, *(1,) * (view.ndim - fill.ndim))
    else:
        wanted = "a number, one for each channel, or of the window's size"
        raise take.refusal("imerase", "FillValues", wanted, FillValues)
    return norm(out)
