"""Sums, differences, products and quotients of images, reckoned in doubles and saturated once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import CLASS_OF_DTYPE, DTYPE_OF_CLASS, LOGICAL, norm, saturated, size_text
from cnnscript.values.text import text_or_none

CLASSES = ("uint8", "uint16", "uint32", "int8", "int16", "int32", "single", "double")


def in_class(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return saturated(values, dtype) if dtype.kind in "iu" else np.asarray(values, dtype)


def output_class(value: Any, function: str) -> np.dtype:
    return DTYPE_OF_CLASS[take.choice(value, CLASSES, function, "the output class")]


def combined(function: str, first: Any, second: Any, dtype: np.dtype | None, reckon: Callable) -> Any:
    """Two images, or an image and a number, in the first one's class (double where both are logical)."""
    x = take.pixels(first, function, "input number 1, X,")
    y = take.pixels(second, function, "input number 2, Y,")
    if y.size != 1 and x.shape != y.shape:
        raise ScriptError(
            f"images:{function}:mismatchedSize",
            "X and Y must be the same size, or Y must be a scalar double.",
            notes=(f"X is {size_text(x.shape)}", f"Y is {size_text(y.shape)}"),
        )
    if x.dtype != y.dtype and y.dtype not in (np.float64, LOGICAL) and x.dtype != LOGICAL:
        raise ScriptError(
            f"images:{function}:mismatchedClass",
            "X and Y must have the same class, or Y must be double.",
            notes=(f"X is {CLASS_OF_DTYPE[x.dtype]}", f"Y is {CLASS_OF_DTYPE[y.dtype]}"),
        )
    if dtype is None:
        dtype = x.dtype if x.dtype != LOGICAL else y.dtype if y.dtype != LOGICAL else np.dtype(float)
    return norm(np.asfortranarray(in_class(reckon(x.astype(float), y.astype(float)), dtype)))


@builtin
def imadd(X, Y, outputClass=None, /):
    """
    Z = imadd(X, Y)
    Z = imadd(X, Y, outputClass)

    The sum of two images, or of an image and a number, in the class of X (or the named one), rounded and saturated.

    Examples
      >> imadd(uint8([255 10 75]), uint8([50 20 50]))
      ans =
        1×3 uint8 row vector
         255    30   125
      >> imadd(uint8([1 2]), 0.5)
      ans =
        1×2 uint8 row vector
         2   3
      >> imadd(uint8(255), uint8(50), 'uint16')
      ans =
        uint16
         305

    See also imsubtract, immultiply, imdivide, imlincomb, imabsdiff.
    """
    dtype = output_class(outputClass, "imadd") if outputClass is not None else None
    return combined("imadd", X, Y, dtype, np.add)


@builtin
def imsubtract(X, Y, /):
    """
    Z = imsubtract(X, Y)

    The difference of two images, or of an image and a number, in the class of X, rounded and saturated.

    Examples
      >> imsubtract(uint8([255 10 75]), uint8([50 50 50]))
      ans =
        1×3 uint8 row vector
         205     0    25
      >> imsubtract([0.5 1], 1)
      ans =
         -0.5000         0

    See also imadd, imabsdiff, imcomplement, imlincomb.
    """
    return combined("imsubtract", X, Y, None, np.subtract)


@builtin
def immultiply(X, Y, /):
    """
    Z = immultiply(X, Y)

    The product of two images, or of an image and a number, in the class of X (of Y where X is logical), rounded and
    saturated.

    Examples
      >> immultiply(uint8([100 200 3]), 1.5)
      ans =
        1×3 uint8 row vector
         150   255     5
      >> immultiply(uint8([5 6]), logical([1 0]))
      ans =
        1×2 uint8 row vector
         5   0

    See also imadd, imdivide, imlincomb.
    """
    x, y = take.pixels(X, "immultiply", "input number 1, X,"), take.pixels(Y, "immultiply", "input number 2, Y,")
    if x.size == 1 and y.size > 1 and x.dtype in (np.float64, LOGICAL):
        X, Y = Y, X
    return combined("immultiply", X, Y, None, np.multiply)


@builtin
def imdivide(X, Y, /):
    """
    Z = imdivide(X, Y)

    The quotient of two images, or of an image and a number, in the class of X, rounded and saturated.

    Examples
      >> imdivide(uint8([255 10 75]), uint8([50 20 50]))
      ans =
        1×3 uint8 row vector
         5   1   2
      >> imdivide(uint8([3 4]), 2)
      ans =
        1×2 uint8 row vector
         2   2

    See also immultiply, imadd, imlincomb.
    """
    return combined("imdivide", X, Y, None, np.divide)


@builtin
def imabsdiff(X, Y, /):
    """
    Z = imabsdiff(X, Y)

    How far two images are apart, pixel by pixel, in their class.

    Examples
      >> imabsdiff(uint8([255 10 75]), uint8([50 50 50]))
      ans =
        1×3 uint8 row vector
         205    40    25
      >> imabsdiff(logical([1 0]), logical([1 1]))
      ans =
        1×2 logical array
         0   1

    See also imsubtract, imadd, imlincomb.
    """
    x, y = take.pixels(X, "imabsdiff", "input number 1, X,"), take.pixels(Y, "imabsdiff", "input number 2, Y,")
    if x.shape != y.shape:
        raise ScriptError(
            "images:imabsdiff:mismatchedSize",
            "X and Y must have the same size.",
            notes=(f"X is {size_text(x.shape)}", f"Y is {size_text(y.shape)}"),
        )
    if x.dtype != y.dtype:
        raise ScriptError(
            "images:imabsdiff:mismatchedClass",
            "X and Y must have the same class.",
            notes=(f"X is {CLASS_OF_DTYPE[x.dtype]}", f"Y is {CLASS_OF_DTYPE[y.dtype]}"),
        )
    if x.dtype == LOGICAL:
        return norm(x ^ y)
    if x.dtype.kind in "iu":
        bounds = np.iinfo(x.dtype)
        wide = np.maximum(x, y).astype(np.uint64) - np.minimum(x, y).astype(np.uint64)
        return norm(np.minimum(wide, np.uint64(bounds.max)).astype(x.dtype))
    return norm(np.abs(x - y))


@builtin
def imlincomb(first, second, /, *rest):
    """
    Z = imlincomb(K1, A1, K2, A2, ..., Kn, An)
    Z = imlincomb(K1, A1, K2, A2, ..., Kn, An, K)
    Z = imlincomb(..., outputClass)

    K1*A1 + K2*A2 + ... + K of images of one size, rounded and saturated once at the end, in the class of A1 or the
    named one.

    Examples
      >> imlincomb(0.5, uint8([255 10 75]), 0.5, uint8([50 20 50]))
      ans =
        1×3 uint8 row vector
         153    15    63
      >> imlincomb(2, uint8([100 200]), -1, uint8([50 10]), 5)
      ans =
        1×2 uint8 row vector
         155   255
      >> imlincomb(1, uint8(255), 1, uint8(255), 'uint16')
      ans =
        uint16
         510

    See also imadd, imsubtract, imapplymatrix.
    """
    values = [first, second, *rest]
    dtype = None
    if text_or_none(values[-1]) is not None:
        dtype = output_class(values.pop(), "imlincomb")
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    constant = take.number(values.pop(), "imlincomb", "K") if len(values) % 2 else 0.0
    total: Any = 0.0
    shape = None
    for place in range(0, len(values), 2):
        factor = take.number(values[place], "imlincomb", f"K{place // 2 + 1}")
        image = take.pixels(values[place + 1], "imlincomb", f"A{place // 2 + 1}")
        if shape is not None and image.shape != shape:
            raise ScriptError(
                "images:imlincomb:mismatchedSize",
                "Images must be the same size.",
                notes=(f"A1 is {size_text(shape)}", f"A{place // 2 + 1} is {size_text(image.shape)}"),
            )
        if dtype is None:
            dtype = image.dtype if image.dtype != LOGICAL else np.dtype(float)
        shape = image.shape
        total = total + factor * image.astype(float)
    return norm(np.asfortranarray(in_class(total + constant, dtype)))


@builtin
def imapplymatrix(M, X, /, *rest):
    """
    Y = imapplymatrix(M, X)
    Y = imapplymatrix(M, X, C)
    Y = imapplymatrix(..., outputClass)

    Each output channel as a sum of the channels of X, weighed by a row of M, with a constant C for each.

    The class is that of X, or the named one.

    Examples
      >> imapplymatrix([0.5 0.5 0], cat(3, uint8(10), uint8(21), uint8(30)))
      ans =
        uint8
         16
      >> squeeze(imapplymatrix(eye(3), cat(3, 1, 2, 3), [10 20 30]))'
      ans =
          11    22    33
      >> class(imapplymatrix([1 1 1], ones(2, 2, 3), 'uint8'))
      ans =
          'uint8'

    See also imlincomb, rgb2gray, rgb2ycbcr.
    """
    values = list(rest)
    image = take.pixels(X, "imapplymatrix", "X")
    dtype = image.dtype if image.dtype != LOGICAL else np.dtype(float)
    if values and text_or_none(values[-1]) is not None:
        dtype = output_class(values.pop(), "imapplymatrix")
    matrix = take.pixels(M, "imapplymatrix", "M").astype(float)
    planes = image if image.ndim > 2 else image[:, :, None]
    if matrix.ndim != 2 or matrix.shape[1] != planes.shape[2]:
        raise ScriptError(
            "images:imapplymatrix:mismatchedSize",
            "The number of columns of M must be the number of channels of X.",
            notes=(f"M is {size_text(matrix.shape)}", f"X is {size_text(image.shape)}"),
        )
    constant = np.zeros(len(matrix))
    if values:
        constant = np.array(take.numbers(values.pop(0), "imapplymatrix", "C", len(matrix)))
    take.no_options(values, "imapplymatrix")
    made = np.moveaxis(planes.astype(float), 2, -1) @ matrix.T + constant
    return norm(np.asfortranarray(in_class(np.moveaxis(made, -1, 2), dtype)))
