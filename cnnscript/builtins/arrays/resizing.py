"""Arrays made longer, shorter or alike: paddata, trimdata, resize, createArray; even spacing: isuniform, isapprox."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric, require_real, shape_from
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, OBJECT, class_of, fortran, ndarray, norm, numel_of
from cnnscript.values.text import MISSING, String, is_text

SIDES = ("trailing", "leading", "both")
PATTERNS = ("constant", "edge", "circular", "flip", "reflect")


def lengths_wanted(x: ndarray, m: Any, dimension: Any, name: str) -> list[tuple[int, int]]:
    """Axis and new length, one for each dimension that changes."""
    if is_text(m):
        raise take.wanted("whole numbers, 0 or more", "m", m)
    lengths = take.vector(m, "m")
    whole = np.isfinite(lengths).all() and (lengths == np.floor(lengths)).all()
    if not lengths.size or (lengths < 0).any() or not whole:
        raise take.wanted("whole numbers, 0 or more", "m", m)
    if dimension is not None:
        axes = [axis_of(float(value), name) for value in take.vector(dimension, "Dimension")]
    elif lengths.size == 1:
        axes = [first_axis(x.shape)]
    else:
        axes = list(range(lengths.size))
    if len(axes) != lengths.size:
        raise ScriptError(f"MATLAB:{name}:DimensionMismatch", "There must be as many lengths as dimensions.")
    return list(zip(axes, lengths.astype(int).tolist(), strict=True))


def halves(count: int, side: str) -> tuple[int, int]:
    """How many elements go before and behind."""
    if side == "trailing":
        return 0, count
    return (count, 0) if side == "leading" else (count // 2, count - count // 2)


def blank(value: Any, array: ndarray) -> Any:
    """What an array of the class is padded with."""
    if isinstance(value, String):
        return MISSING
    if array.dtype == OBJECT:
        return np.zeros((0, 0))
    return 0


def changed(x: Any, m: Any, name: str, grow: bool, shrink: bool, options: tuple):
    fill, pattern, side, dimension = options
    array, made = require_parts(x, name)
    word = take.choice(side, SIDES, "Side")
    kind = None if pattern is None else take.choice(pattern, PATTERNS, "Pattern")
    if fill is not None and kind not in (None, "constant"):
        raise ScriptError(f"MATLAB:{name}:FillAndPattern", "'FillValue' and 'Pattern' do not go together.")
    if class_of(x) in ("struct", "table"):
        raise ScriptError("cnnscript:NotYet", f"{name} of a {class_of(x)} is not in cnnscript yet.")
    for axis, length in lengths_wanted(array, m, dimension, name):
        if axis >= array.ndim:
            array = array.reshape(array.shape + (1,) * (axis + 1 - array.ndim), order="F")
        now = array.shape[axis]
        if length < now and shrink:
            before, behind = halves(now - length, word)
            array = np.take(array, np.arange(before, now - behind), axis=axis)
        elif length > now and grow:
            require_memory((*array.shape[:axis], length, *array.shape[axis + 1 :]), array.dtype.itemsize)
            value = blank(x, array) if fill is None else one(fill)
            array = padded(array, axis, halves(length - now, word), kind, value)
    return made(fortran(array))


def one(fill: Any) -> Any:
    """One element to fill with, of the class of the array."""
    if numel_of(fill) != 1:
        raise take.wanted("a scalar", "FillValue", fill)
    found, _ = require_parts(fill, "FillValue")
    return found.ravel()[0]


def padded(array: ndarray, axis: int, widths: tuple[int, int], pattern: str | None, fill: Any) -> ndarray:
    pads = [(0, 0)] * array.ndim
    pads[axis] = widths
    if pattern in (None, "constant") or not array.shape[axis]:
        wide = np.empty([n + sum(pads[k]) for k, n in enumerate(array.shape)], array.dtype)
        if array.dtype == OBJECT:
            wide.fill(None)
            for place in np.ndindex(wide.shape):
                wide[place] = fill
        else:
            wide[...] = fill
        inside = [slice(None)] * array.ndim
        inside[axis] = slice(widths[0], widths[0] + array.shape[axis])
        wide[tuple(inside)] = array
        return wide
    now = array.shape[axis]
    places = np.arange(-widths[0], now + widths[1])
    if pattern == "edge":
        places = np.clip(places, 0, now - 1)
    elif pattern == "circular":
        places = places % now
    elif pattern == "flip":
        turn = places % (2 * now)
        places = np.where(turn < now, turn, 2 * now - 1 - turn)
    else:
        period = max(2 * (now - 1), 1)
        turn = places % period
        places = np.where(turn < now, turn, period - turn) if now > 1 else np.zeros_like(places)
    return np.take(array, places, axis=axis)


@builtin
def paddata(x, m, /, *, FillValue=None, Pattern=None, Side="trailing", Dimension=None):
    """
    B = paddata(A, m)
    B = paddata(A, m, Name=Value)

    An array made m long where it is shorter: with zeros, a value, or its own elements. A row m gives a length for each
    dimension.

    Options
      FillValue  what goes in (0, missing for strings, [] for cells)
      Pattern    'constant', 'edge', 'circular', 'flip' or 'reflect': which elements go in
      Side       'trailing', 'leading' or 'both'
      Dimension  the dimensions to pad

    Examples
      >> B = paddata([1 2 3], 5)
      B =
           1     2     3     0     0
      >> B = paddata([1 2 3], 5, Side='leading', Pattern='circular')
      B =
           2     3     1     2     3

    See also trimdata, resize, repmat.
    """
    return changed(x, m, "paddata", True, False, (FillValue, Pattern, Side, Dimension))


@builtin
def trimdata(x, m, /, *, Side="trailing", Dimension=None):
    """
    B = trimdata(A, m)
    B = trimdata(A, m, Name=Value)

    An array made m long where it is longer. A row m gives a length for each dimension.

    Options
      Side       where elements go: 'trailing', 'leading' or 'both'
      Dimension  the dimensions to trim

    Examples
      >> B = trimdata(1:5, 3)
      B =
           1     2     3
      >> B = trimdata(1:5, 3, Side='both')
      B =
           2     3     4

    See also paddata, resize.
    """
    return changed(x, m, "trimdata", False, True, (None, None, Side, Dimension))


@builtin
def resize(x, m, /, *, FillValue=None, Pattern=None, Side="trailing", Dimension=None):
    """
    B = resize(A, m)
    B = resize(A, m, Name=Value)

    An array made m long, by padding or trimming. A row m gives a length for each dimension.

    Options
      FillValue  as paddata takes it
      Pattern    as paddata takes it
      Side       'trailing', 'leading' or 'both'
      Dimension  the dimensions to change

    Examples
      >> B = resize([1 2 3], 5, FillValue=7)
      B =
           1     2     3     7     7
      >> B = resize(magic(3), [2 4])
      B =
           8     1     6     0
           3     5     7     0

    See also paddata, trimdata, reshape.
    """
    return changed(x, m, "resize", True, True, (FillValue, Pattern, Side, Dimension))


@builtin
def createArray(session, /, *args, Like=None, FillValue=None):
    """
    A = createArray(n)
    A = createArray(m, n, ...)
    A = createArray(size, className)
    A = createArray(..., Name=Value)

    An array of a size and class, filled with the class's usual element or with a value.

    Options
      Like       a value whose class it takes
      FillValue  what it is filled with

    Examples
      >> A = createArray(2, 3, 'int8')
      A =
        2×3 int8 matrix
         0   0   0
         0   0   0
      >> A = createArray(1, 3, FillValue=7)
      A =
           7     7     7

    See also zeros, repmat, cell.
    """
    rest, word = list(args), None
    if rest and is_text(rest[-1]):
        word = take.text(rest.pop(), "Class name")
    shape = shape_from(tuple(rest), "createArray")
    if FillValue is not None:
        value = FillValue
        if word is not None or Like is not None:
            value = session.call("cast", 1, value, word if word is not None else class_of(Like))
        if numel_of(value) != 1:
            raise take.wanted("a scalar", "FillValue", FillValue)
    else:
        word = word or (class_of(Like) if Like is not None else "double")
        if word == "cell":
            return session.call("cell", 1, norm(np.array([shape], DOUBLE)))
        if word == "string":
            return String(np.full(shape, MISSING, OBJECT, order="F"))
        if word == "logical":
            value = False
        elif word in ("double", "single") or word.startswith(("int", "uint")):
            value = session.call("zeros", 1, 1.0, word)
        else:
            value = session.call(word, 1)
    return session.call("repmat", 1, value, norm(np.array([shape], DOUBLE)))


@builtin(outputs=2)
def isuniform(nargout, x, /):
    """
    tf = isuniform(A)
    [tf, step] = isuniform(A)

    Whether the elements of a vector lie at equal distances (up to rounding), and at which.

    Examples
      >> [tf, step] = isuniform(0:0.1:1)
      tf =
        logical
         1
      step =
          0.1000
      >> tf = isuniform([1 2 4])
      tf =
        logical
         0

    See also linspace, colon, diff.
    """
    array = require_real(x, "isuniform")
    if is_text(x):
        raise ScriptError("MATLAB:isuniform:InvalidInput", "Input must be a real numeric vector.")
    flat = array.ravel("F").astype(DOUBLE)
    if array.ndim > 2 or 1 not in array.shape or flat.size < 2 or not np.isfinite(flat).all():
        return False, float("nan")
    step = (flat[-1] - flat[0]) / (flat.size - 1)
    eps = np.finfo(np.float32 if array.dtype == np.float32 else float).eps
    tolerance = 4 * eps * max(abs(flat[0]), abs(flat[-1]))
    if np.abs(np.diff(flat) - step).max() > tolerance:
        return False, float("nan")
    if array.dtype.kind in "iu" and step != round(step):
        return False, float("nan")
    return True, norm(np.asarray(step).reshape(1, 1).astype(array.dtype if array.dtype == np.float32 else DOUBLE))


LEVELS = {"verytight": (1e-15, 1e-15), "tight": (1e-12, 1e-12), "loose": (1e-8, 1e-8), "veryloose": (1e-3, 1e-3)}


@builtin
def isapprox(x, y, level="verytight", /, *, AbsoluteTolerance=None, RelativeTolerance=None):
    """
    tf = isapprox(A, B)
    tf = isapprox(A, B, tolerance)
    tf = isapprox(A, B, Name=Value)

    Which elements are nearly equal: no further apart than the greater of an absolute tolerance and a relative one of
    the larger. tolerance is 'verytight' (1e-15), 'tight' (1e-12), 'loose' (1e-8) or 'veryloose' (1e-3).

    Options
      AbsoluteTolerance  the absolute tolerance
      RelativeTolerance  the relative tolerance

    Examples
      >> tf = isapprox([1 2], [1+1e-9 2.1], 'loose')
      tf =
        1×2 logical array
         1   0
      >> tf = isapprox(1, 1.05, RelativeTolerance=0.1)
      tf =
        logical
         1

    See also eq, isequal, ismembertol.
    """
    first, second = require_numeric(x, "isapprox"), require_numeric(y, "isapprox")
    absolute, relative = LEVELS[take.choice(level, LEVELS, "Tolerance")]
    if AbsoluteTolerance is not None or RelativeTolerance is not None:
        absolute = 0.0 if AbsoluteTolerance is None else take.number(AbsoluteTolerance, "AbsoluteTolerance")
        relative = 0.0 if RelativeTolerance is None else take.number(RelativeTolerance, "RelativeTolerance")
        if not absolute >= 0 or not relative >= 0:
            raise take.wanted("nonnegative", "Tolerance", min(absolute, relative))
    from cnnscript.builtins.elementary.elements import aligned

    a, b = aligned(first, second)
    with np.errstate(invalid="ignore"):
        bound = np.maximum(absolute, relative * np.maximum(np.abs(a), np.abs(b)))
        return norm(fortran((a == b) | (np.abs(a - b) <= bound)))
