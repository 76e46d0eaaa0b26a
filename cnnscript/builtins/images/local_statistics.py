"""What lies around each pixel: medians, orders, modes, spreads and entropies of neighbourhoods."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import neighbourhoods, scale
from cnnscript.values.categorical import Categorical
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm, numel_of, size_text
from cnnscript.values.text import text_or_none

FIRST = ("A", "I", "BW", "H")  # what the first argument is called
INSIDE = {"zeros": 0.0, "symmetric": "symmetric", "replicate": "replicate"}


def matrix(value: Any, function: str, argument: str = "A") -> np.ndarray:
    """A real matrix."""
    array = take.pixels(value, function, argument)
    if array.ndim != 2:
        where = f"input number 1, {argument}," if argument in FIRST else argument
        raise ScriptError(
            f"MATLAB:{function}:expected2D",
            f"Expected {where} to be two-dimensional.",
            notes=(f"got {size_text(array.shape)}",),
            hint=f"{function} takes grey images: im2gray" if array.ndim == 3 and array.shape[2] == 3 else None,
        )
    return array


def window_sizes(value: Any, function: str, dimensions: int, odd: bool = False) -> list[int]:
    """Sizes of a window, one for each dimension."""
    sizes = take.counts(value, function, "the size of the neighborhood", dimensions)
    if any(n < 1 or odd and n % 2 == 0 for n in sizes):
        raise take.refusal(function, "the size of the neighborhood", "odd and positive" if odd else "positive", value)
    require_memory(tuple(sizes), 8)
    return sizes


def neighborhood(value: Any, side: int, dimensions: int, function: str) -> np.ndarray:
    """Which pixels are neighbours: an array of zeros and others, of odd sizes; by default a square of ones."""
    if value is None:
        return np.ones((side,) * min(dimensions, 2), bool)
    array = take.pixels(value, function, "the neighborhood")
    if any(n % 2 == 0 for n in array.shape):
        raise ScriptError(
            f"MATLAB:images:{function}:invalidNeighborhood", "The neighborhood must have odd lengths in each dimension."
        )
    return array != 0


def in_dimensions(image: np.ndarray, domain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both with as many dimensions."""
    most = max(image.ndim, domain.ndim)
    return tuple(each.reshape(each.shape + (1,) * (most - each.ndim)) for each in (image, domain))  # type: ignore


@builtin
def medfilt2(A, /, *rest):
    """
    B = medfilt2(A)
    B = medfilt2(A, [m n])
    B = medfilt2(A, padding)
    B = medfilt2(A, [m n], padding)

    Each pixel the median of those around it, m by n (3 by 3).

    Outside are zeros; 'symmetric': the picture mirrored; 'indexed': ones for doubles, else zeros. The median of an even
    number of pixels is the mean of the two in the middle.

    Examples
      >> medfilt2([1 1 1; 1 99 1; 1 1 1])
      ans =
           0     1     0
           1     1     1
           0     1     0
      >> medfilt2([5 9 5], [1 3], 'symmetric')
      ans =
           5     5     5
      >> medfilt2(uint8([5 9 4 2]), [1 2])
      ans =
        1×4 uint8 row vector
         7   7   3   1

    See also medfilt3, ordfilt2, wiener2.
    """
    array, values = matrix(A, "medfilt2"), list(rest)
    mode = "zeros"
    if values and text_or_none(values[-1]) is not None:
        mode = take.choice(values.pop(), ("zeros", "symmetric", "indexed"), "medfilt2", "padding")
    sizes = window_sizes(values.pop(0), "medfilt2", 2) if values else [3, 3]
    take.no_options(values, "medfilt2")
    outside = 1.0 if mode == "indexed" and array.dtype == float else INSIDE.get(mode, 0.0)
    return norm(neighbourhoods.median(array, sizes, outside))


@builtin
def medfilt3(A, /, *rest):
    """
    B = medfilt3(A)
    B = medfilt3(A, [m n p])
    B = medfilt3(..., padopt)

    Each voxel the median of those around it, m by n by p (3 by 3 by 3, odd).

    padopt says what lies outside: 'symmetric' (the default), 'replicate' or 'zeros'.

    Examples
      >> A = zeros(3, 3, 3); A(2, 2, 2) = 9; B = medfilt3(A); max(B(:))
      ans =
           0
      >> medfilt3([1 2 9], [1 3 1], 'zeros')
      ans =
           1     2     2

    See also medfilt2, modefilt.
    """
    array, values = take.pixels(A, "medfilt3"), list(rest)
    if array.ndim > 3:
        raise take.refusal("medfilt3", "A", "a volume", A)
    mode = "symmetric"
    if values and text_or_none(values[-1]) is not None:
        mode = take.choice(values.pop(), ("zeros", "symmetric", "replicate"), "medfilt3", "padopt")
    sizes = window_sizes(values.pop(0), "medfilt3", 3, odd=True) if values else [3, 3, 3]
    take.no_options(values, "medfilt3")
    volume = array.reshape(array.shape + (1,) * (3 - array.ndim))
    return norm(neighbourhoods.median(volume, sizes, INSIDE[mode]))


@builtin
def ordfilt2(A, order, domain, /, *rest):
    """
    B = ordfilt2(A, order, domain)
    B = ordfilt2(A, order, domain, S)
    B = ordfilt2(..., padopt)

    Each pixel the order-th smallest of those around it, where domain is not zero.

    S is added to them first (a number for each place of domain). Outside are zeros, or with 'symmetric' the picture
    mirrored.

    Examples
      >> ordfilt2([5 1 4; 2 9 3; 8 7 6], 9, ones(3))
      ans =
           9     9     9
           9     9     9
           9     9     9
      >> ordfilt2(uint8([5 1 4 2]), 1, [1 1 1], 'symmetric')
      ans =
        1×4 uint8 row vector
         1   1   1   2
      >> ordfilt2([5 1 4 2], 3, [1 1 1], [0 10 0])
      ans =
          15    11    14    12

    See also medfilt2, imdilate, imerode.
    """
    array, values = matrix(A, "ordfilt2"), list(rest)
    places = matrix(domain, "ordfilt2", "domain")
    mode = "zeros"
    if values and text_or_none(values[-1]) is not None:
        mode = take.choice(values.pop(), ("zeros", "symmetric"), "ordfilt2", "padopt")
    rank = take.number(order, "ordfilt2", "order")
    if rank != int(rank) or not 1 <= rank <= np.count_nonzero(places):
        raise ScriptError(
            "MATLAB:images:ordfilt2:orderNotValid",
            "The value of ORDER must be between 1 and the number of nonzero elements in DOMAIN.",
        )
    offsets = None
    if values:
        added = matrix(values.pop(0), "ordfilt2", "S")
        if added.shape != places.shape:
            raise ScriptError("MATLAB:images:ordfilt2:sizeMismatch", "The offsets must be the same size as DOMAIN.")
        offsets = added.ravel("F")[places.ravel("F") != 0].astype(float)
    take.no_options(values, "ordfilt2")
    found = neighbourhoods.window_ranks(array, [int(rank) - 1], places != 0, INSIDE[mode], offsets)
    return norm(found[0])


@builtin
def modefilt(A, /, *rest):
    """
    B = modefilt(A)
    B = modefilt(A, filtSize)
    B = modefilt(..., padopt)

    Each pixel the value that is most frequent around it (3 by 3, in volumes 3 by 3 by 3; odd sizes); of several the
    smallest.

    padopt says what lies outside: 'symmetric' (the default), 'replicate' or 'zeros'. A may be categorical.

    Examples
      >> modefilt(categorical(["a" "b" "a"]))
      ans =
        1×3 categorical array
           a      a      a
      >> modefilt([1 1 2; 1 3 2; 1 1 2])
      ans =
           1     1     2
           1     1     2
           1     1     2
      >> modefilt(uint8([4 4 7 7 7]), [1 5], 'zeros')
      ans =
        1×5 uint8 row vector
         0   4   7   7   7

    See also medfilt2, mode.
    """
    labels = isinstance(A, Categorical)
    array, values = np.asarray(A.codes) if labels else take.pixels(A, "modefilt"), list(rest)
    if array.ndim > 3:
        raise take.refusal("modefilt", "A", "an image or a volume", A)
    mode = "symmetric"
    if values and text_or_none(values[-1]) is not None:
        mode = take.choice(values.pop(), ("zeros", "symmetric", "replicate"), "modefilt", "padopt")
    sizes = window_sizes(values.pop(0), "modefilt", array.ndim, odd=True) if values else [3] * array.ndim
    take.no_options(values, "modefilt")
    if labels and mode == "zeros":
        raise take.refusal("modefilt", "padopt", "'symmetric' or 'replicate' for a categorical image", A)
    made = neighbourhoods.mode(array, sizes, INSIDE[mode]) if array.size else array
    return Categorical(made, A.names, A.ordinal, A.protected) if labels else norm(made)


@builtin(outputs=2)
def wiener2(nargout, A, /, *rest):
    """
    J = wiener2(I)
    J = wiener2(I, [m n])
    J = wiener2(I, [m n], noise)
    [J, noise] = wiener2(I, [m n])

    Take noise out of an image: less smoothing where there is more variance around a pixel, m by n (3 by 3).

    The noise is the mean of the variances where it is not given. Levels are from 0 to 1 whatever the class; the image
    keeps its class.

    Examples
      >> [J, noise] = wiener2([1 2 3; 4 5 6; 7 8 9]/10, [3 3])
      J =
          0.1333    0.2333    0.1778
          0.3053    0.5000    0.4242
          0.3445    0.5346    0.5343
      noise =
          0.0820
      >> class(wiener2(uint8(magic(4)))), J = wiener2([0 1 0], [1 3], 0.5)
      ans =
          'uint8'
      J =
          0.3333    0.3333    0.3333

    See also medfilt2, filter2.
    """
    array, values = matrix(A, "wiener2", "I"), list(rest)
    noise = None
    sizes = [3, 3]
    if len(values) == 1 and numel_of(values[0]) == 1:
        noise = take.number(values.pop(), "wiener2", "noise")
    elif values:
        sizes = window_sizes(values.pop(0), "wiener2", 2)
    if len(values) == 1:
        noise = take.number(values.pop(), "wiener2", "noise")
    take.no_options(values, "wiener2")
    made, noise = neighbourhoods.wiener(scale.im2double(array), sizes, noise)
    return norm(np.asfortranarray(scale.back_to_class(made, array.dtype))), noise


@builtin
def stdfilt(A, nhood=None, /):
    """
    J = stdfilt(I)
    J = stdfilt(I, nhood)

    The standard deviation of what lies around each pixel (3 by 3, or where nhood is not zero), the edge mirrored.

    Examples
      >> stdfilt(uint8([10 10 10 40]))
      ans =
           0     0    15    15
      >> stdfilt([1 5 9], [1 1 1])
      ans =
          2.3094    4.0000    2.3094

    See also rangefilt, entropyfilt, std2.
    """
    array = take.pixels(A, "stdfilt", "I")
    image, domain = in_dimensions(array, neighborhood(nhood, 3, array.ndim, "stdfilt"))
    return norm(np.asfortranarray(neighbourhoods.deviation(image, domain)))


@builtin
def rangefilt(A, nhood=None, /):
    """
    J = rangefilt(I)
    J = rangefilt(I, nhood)

    The largest less the smallest of what lies around each pixel (3 by 3, or where nhood is not zero).

    The edge is mirrored. The class stays, but signed integers become unsigned ones.

    Examples
      >> rangefilt(uint8([10 12 9 40]))
      ans =
        1×4 uint8 row vector
          2    3   31   31
      >> class(rangefilt(int8([-100 100]))), rangefilt(int8([-100 100]), [1 1 1])
      ans =
          'uint8'
      ans =
        1×2 uint8 row vector
         200   200

    See also stdfilt, entropyfilt.
    """
    array = take.pixels(A, "rangefilt", "I")
    image, domain = in_dimensions(array, neighborhood(nhood, 3, array.ndim, "rangefilt"))
    if not domain.any():
        raise take.refusal("rangefilt", "the neighborhood", "one with neighbours", nhood)
    low, high = neighbourhoods.window_ranks(image, [0, int(domain.sum()) - 1], domain, "symmetric")
    if array.dtype == bool:
        return norm(high ^ low)
    if array.dtype.kind == "i":
        unsigned = np.dtype(f"u{array.dtype.name}")
        return norm(high.astype(unsigned) - low.astype(unsigned))
    return norm(high - low)


@builtin
def entropyfilt(A, nhood=None, /):
    """
    J = entropyfilt(I)
    J = entropyfilt(I, nhood)

    The entropy of what lies around each pixel (9 by 9, or where nhood is not zero), in 256 grey levels, the edge
    mirrored.

    Examples
      >> entropyfilt(uint8([1 1 2 3]), [1 1 1])
      ans =
               0    0.9183    1.5850    0.9183
      >> size(entropyfilt(rand(5, 7)))
      ans =
           5     7

    See also entropy, stdfilt, rangefilt.
    """
    array = take.pixels(A, "entropyfilt", "I")
    image, domain = in_dimensions(array, neighborhood(nhood, 9, array.ndim, "entropyfilt"))
    if not domain.any():
        raise take.refusal("entropyfilt", "the neighborhood", "one with neighbours", nhood)
    return norm(neighbourhoods.window_entropies(image, domain))


@builtin
def entropy(A, /):
    """
    e = entropy(I)

    The entropy of the grey levels of an image: -sum(p.*log2(p)) over 256 of them (two for logical images).

    Examples
      >> e = entropy(uint8([1 1 2 3]))
      e =
          1.5000
      >> e = entropy(logical([1 0 1 0]))
      e =
           1

    See also entropyfilt, stdfilt.
    """
    return neighbourhoods.entropy(take.pixels(A, "entropy", "I"))
