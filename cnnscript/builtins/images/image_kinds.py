"""What kind of image an array is, its channels, and the range of its class."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale
from cnnscript.values.numeric import as_array, norm

IMAGE_CLASSES = ("float64", "float32", "uint8", "uint16")


def array_or_none(value: Any) -> np.ndarray | None:
    if type(value) is np.ndarray:
        return value if value.dtype.kind in "fiubc" else None
    if hasattr(value, "class_name") or isinstance(value, str):
        return None
    return as_array(value)


def within_unit(array: np.ndarray) -> bool:
    """Whether all numbers that are there lie from 0 to 1."""
    return not bool(((array < 0) | (array > 1)).any())


@builtin
def isrgb(A, /):
    """
    tf = isrgb(A)

    Whether an array is true colour: m-by-n-by-3, of class uint8, uint16 or int16, or floating point from 0 to 1.

    Examples
      >> isrgb(ones(4, 4, 3)), isrgb(ones(4))
      ans =
        logical
         1
      ans =
        logical
         0

    See also isgray, isbw, isind.
    """
    array = array_or_none(A)
    if array is None or array.ndim != 3 or array.shape[2] != 3 or array.dtype.kind in "bc":
        return False
    return within_unit(array) if array.dtype.kind == "f" else array.dtype.name in (*IMAGE_CLASSES, "int16")


@builtin
def isgray(A, /):
    """
    tf = isgray(A)

    Whether an array is a grey image: a matrix of class uint8, uint16 or int16, or floating point from 0 to 1.

    Examples
      >> isgray([0 0.5 1]), isgray([0 2]), isgray(true)
      ans =
        logical
         1
      ans =
        logical
         0
      ans =
        logical
         0

    See also isrgb, isbw, isind.
    """
    array = array_or_none(A)
    if array is None or array.ndim != 2 or array.dtype.kind in "bc" or not array.size:
        return False
    return within_unit(array) if array.dtype.kind == "f" else array.dtype.name in (*IMAGE_CLASSES, "int16")


@builtin
def isbw(A, /):
    """
    tf = isbw(A)

    Whether an array is a black and white image: a logical matrix.

    Examples
      >> isbw([true false]), isbw([1 0])
      ans =
        logical
         1
      ans =
        logical
         0

    See also isrgb, isgray, isind.
    """
    array = array_or_none(A)
    return array is not None and array.ndim == 2 and array.dtype.kind == "b"


@builtin
def isind(A, /):
    """
    tf = isind(A)

    Whether an array may be an indexed image: a matrix of class uint8 or uint16, or of whole numbers from 1.

    Examples
      >> isind([1 2 3]), isind([0 1]), isind(uint8(0))
      ans =
        logical
         1
      ans =
        logical
         0
      ans =
        logical
         1

    See also isrgb, isgray, isbw.
    """
    array = array_or_none(A)
    if array is None or array.ndim != 2 or not array.size:
        return False
    if array.dtype.kind == "f":
        return bool(((array >= 1) & (array == np.floor(array)) & np.isfinite(array)).all())
    return array.dtype.name in ("uint8", "uint16")


@builtin
def getrangefromclass(I, /):  # noqa: E741
    """
    range = getrangefromclass(I)

    What is black and white in an image of this class: [0 1] for floating point and logical, the limits of an integer
    class.

    Examples
      >> getrangefromclass(uint8(3))
      ans =
           0   255
      >> getrangefromclass(0.5)
      ans =
           0     1

    See also intmin, intmax, class.
    """
    array = take.pixels(I, "getrangefromclass", "input number 1, I,")
    if array.dtype.kind in "fb":
        return norm(np.array([[0.0, 1.0]]))
    bounds = np.iinfo(array.dtype)
    return norm(np.array([[float(bounds.min), float(bounds.max)]]))


@builtin(outputs=None)
def imsplit(nargout, I, /):  # noqa: E741
    """
    [c1, c2, c3, ..., ck] = imsplit(I)

    The channels of an image, each by itself.

    Examples
      >> [r, g, b] = imsplit(cat(3, 1, 2, 3))
      r =
           1
      g =
           2
      b =
           3

    See also cat, rgb2gray, squeeze.
    """
    array = take.pixels(I, "imsplit", "input number 1, I,")
    if array.ndim > 3:
        raise take.refusal("imsplit", "input number 1, I,", "an m-by-n-by-k array", I)
    channels = array.shape[2] if array.ndim == 3 else 1
    if nargout > channels:
        raise ScriptError(
            "images:imsplit:tooManyOutputs",
            f"The number of output arguments must not exceed the number of channels, which is {channels}.",
        )
    if channels == 1:
        return (norm(array),)
    return tuple(norm(np.asfortranarray(array[:, :, k])) for k in range(max(nargout, 1)))


@builtin
def im2int16(A, /):
    """
    J = im2int16(I)

    An image as int16: black is -32768, white 32767.

    Examples
      >> im2int16([0 0.5 1])
      ans =
        1×3 int16 row vector
         -32768        0    32767
      >> im2int16(uint8([0 255]))
      ans =
        1×2 int16 row vector
         -32768    32767

    See also im2double, im2uint16, im2uint8.
    """
    array = take.pixels(A, "im2int16")
    if array.dtype == np.int16:
        return norm(array)
    if array.dtype.name not in (*IMAGE_CLASSES, "bool"):
        raise scale.unknown_class("im2int16", array.dtype.name)
    return norm(np.asfortranarray((scale.im2uint16(array).astype(np.int32) - 32768).astype(np.int16)))
