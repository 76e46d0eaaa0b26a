"""Rows brought to one range, back, and the errors of what was predicted from them: mapminmax, mae."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, OBJECT, as_array, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

HUGEST_GAIN = 1e14  # a row that varies less than this says counts as constant


@builtin(outputs=2)
def mapminmax(nargout, x, /, *rest):
    """
    [Y,PS] = mapminmax(X)
    [Y,PS] = mapminmax(X,YMIN)
    [Y,PS] = mapminmax(X,YMIN,YMAX)
    [Y,PS] = mapminmax(X,FP)
    Y = mapminmax('apply',X,PS)
    X = mapminmax('reverse',Y,PS)

    Each row of X to the range from YMIN to YMAX (-1 and 1), its smallest number to YMIN and its largest to YMAX.

    X is a matrix, or a cell of matrices with the same rows, whose ranges are those of all of them. FP is a struct
    with the fields ymin and ymax. PS holds the ranges, so that others are brought to them ('apply') and what was
    predicted is brought back ('reverse'); settings of one row serve any number of rows, so that a column of predictions
    may be brought back as it is. A row whose numbers are all the same, or not finite, stays as it is.

    Examples
      >> [y, ps] = mapminmax([1 2 4; 1 1 1; 3 2 2])
      y =
         -1.0000   -0.3333    1.0000
          1.0000    1.0000    1.0000
          1.0000   -1.0000   -1.0000
      ps =
        struct with fields:
               name: 'mapminmax'
              xrows: 3
               xmax: [3×1 double]
               xmin: [3×1 double]
             xrange: [3×1 double]
              yrows: 3
               ymax: 1
               ymin: -1
             yrange: 2
          no_change: 0
               gain: [3×1 double]
            xoffset: [3×1 double]
      >> mapminmax('apply', [5; 1; 6], ps)
      ans =
          1.6667
          1.0000
          7.0000
      >> mapminmax('reverse', [0; 1; 1], ps)
      ans =
          2.5000
          1.0000
          3.0000
      >> mapminmax([10 20 30], 0, 1)
      ans =
               0    0.5000    1.0000
      >> mapminmax([10 20 30], 0)
      ans =
               0    0.5000    1.0000
      >> mapminmax([10 20 30], struct('ymin', 0, 'ymax', 4))
      ans =
           0     2     4

    See also rescale, normalize, zscore.
    """
    word = text_or_none(x)
    if word is not None:
        return converted(take.choice(word, ("apply", "reverse"), "mapminmax's first argument"), rest)
    low, high = wanted_range(rest)
    settings = ranges(np.concatenate(matrices(x, "mapminmax"), axis=1), low, high)
    return (moved(x, settings, forward), settings) if nargout > 1 else moved(x, settings, forward)


@builtin
def mae(E, /, *rest):
    """
    perf = mae(E)
    perf = mae(E,Y,X,FP)

    Mean absolute error: of a matrix of errors, or of a cell of them. NaN, an unknown error, does not count. Y, X and
    FP do not count either, as in MATLAB: mae(Y,T) is not the error of Y, mae(Y-T) is.

    Examples
      >> mae([1 -2; 3 NaN])
      ans =
           2
      >> mae({[1 2], [-6]})
      ans =
           3

    See also mse, rmse, mape.
    """
    if len(rest) > 3:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    return mean_of_known(E, np.abs, "mae")


@builtin(outputs=2)
def sumsqr(nargout, x, /):
    """
    s = sumsqr(X)
    [s, n] = sumsqr(X)

    The sum of the squares of a matrix, or of all matrices of a cell, and how many there are. NaN does not count.

    Examples
      >> [s, n] = sumsqr([1 2; NaN 4])
      s =
          21
      n =
           3
      >> s = sumsqr({[1 2], 3})
      s =
          14

    See also mae, mse, norm.
    """
    found = np.concatenate([one.ravel() for one in matrices(x, "sumsqr")])
    known = found[~np.isnan(found)]
    return norm((known**2).sum()), float(known.size)


def mean_of_known(errors: Any, each: Any, name: str) -> Any:
    """The mean of each(error) over a matrix, or over all matrices of a cell, without the NaN."""
    found = np.concatenate([one.ravel() for one in matrices(errors, name)])
    known = found[~np.isnan(found)]
    return norm(each(known).mean()) if known.size else np.nan


def matrices(x: Any, name: str) -> list[ndarray]:
    """A matrix of floats, or those of a cell.  name: of the function that takes them, for errors."""
    cells = list(x.ravel(order="F")) if isinstance(x, ndarray) and x.dtype == OBJECT else [x]
    found = [require_real(one, name) for one in cells]
    found = [one if one.dtype.kind == "f" else one.astype(DOUBLE) for one in found]
    if not found or any(one.ndim != 2 for one in found):
        raise ScriptError("nnet:Args:Matrix", "X must be a matrix or a cell of matrices.",
                          notes=(f"got {take.described(x)}",))  # fmt: skip
    return found


def wanted_range(rest: tuple) -> tuple[float, float]:
    """ymin and ymax of what follows X: numbers, or the struct FP."""
    if len(rest) == 1 and isinstance(rest[0], Struct):
        fields = rest[0].fields
        rest = (fields.get("ymin", -1.0), fields.get("ymax", 1.0))
    if len(rest) > 2:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    given = [take.number(value, name) for value, name in zip(rest, ("YMIN", "YMAX"), strict=False)]
    low, high = (*given, *(-1.0, 1.0)[len(given) :])
    if not low <= high:
        raise ScriptError("nnet:Args:Range", "YMAX must not be below YMIN.", notes=(f"got {low:g} and {high:g}",))
    return low, high


def ranges(x: ndarray, low: float, high: float) -> Struct:
    """PS of the rows of x."""
    smallest = np.fmin.reduce(x, axis=1, initial=np.inf)[:, None]
    largest = np.fmax.reduce(x, axis=1, initial=-np.inf)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        span = largest - smallest
        gain = (high - low) / span
    unmoved = ~np.isfinite(span) | (span == 0) | (np.abs(gain) > HUGEST_GAIN)
    gain, offset = np.where(unmoved, 1, gain), np.where(unmoved, low, smallest)
    rows = float(len(x))
    return Struct({
        "name": "mapminmax", "xrows": rows, "xmax": norm(largest), "xmin": norm(smallest), "xrange": norm(span),
        "yrows": rows, "ymax": high, "ymin": low, "yrange": high - low,
        "no_change": bool(((gain == 1) & (offset == low)).all()), "gain": norm(gain), "xoffset": norm(offset),
    })  # fmt: skip


def converted(way: str, rest: tuple) -> Any:
    """mapminmax('apply',X,PS) and mapminmax('reverse',Y,PS)."""
    if len(rest) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if len(rest) > 2:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    x, settings = rest
    if not isinstance(settings, Struct) or not {"gain", "xoffset", "ymin"} <= settings.fields.keys():
        raise ScriptError("nnet:Args:Settings", "PS must be the settings that mapminmax returns.",
                          notes=(f"got {take.described(settings)}",))  # fmt: skip
    return moved(x, settings, forward if way == "apply" else backward)


def forward(x: ndarray, offset: ndarray, gain: ndarray, low: float) -> ndarray:
    return (x - offset) * gain + low


def backward(y: ndarray, offset: ndarray, gain: ndarray, low: float) -> ndarray:
    return (y - low) / gain + offset


def moved(x: Any, settings: Struct, by: Any) -> Any:
    """Every matrix of x by the settings, each in its own class."""
    gain, offset = (as_array(settings.fields[name]) for name in ("gain", "xoffset"))
    low = take.number(settings.fields["ymin"], "ymin")
    made = []
    for one in matrices(x, "mapminmax"):
        if len(one) != len(gain) and 1 not in (len(one), len(gain)):
            raise ScriptError("nnet:Args:Rows", "X must have the rows that PS was made of.",
                              notes=(f"X has {len(one)}, PS {len(gain)}",))  # fmt: skip
        made.append(norm(np.asfortranarray(by(one, offset, gain, low).astype(one.dtype))))
    if not (isinstance(x, ndarray) and x.dtype == OBJECT):
        return made[0]
    cell = np.empty(x.size, OBJECT)
    cell[:] = made
    return cell.reshape(x.shape, order="F")
