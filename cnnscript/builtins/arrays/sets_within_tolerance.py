"""Sets of numbers that are equal within a tolerance: uniquetol, ismembertol."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, unsupported
from cnnscript.builtins.arrays.sets import as_vector, column
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, OBJECT, ndarray, norm


def real_array(value, name: str) -> ndarray:
    array = require_numeric(value, name)
    if array.dtype.kind != "f":
        raise unsupported(value, name)
    return array


def widths_of(name: str, points: ndarray, tolerance, scale) -> ndarray:
    """How far apart two equal points may be in each column: the tolerance times the scale of the data."""
    limit = 1e-6 if points.dtype == np.float32 else 1e-12
    if tolerance is not None:
        limit = take.number(tolerance, "Tolerance")
        if not limit >= 0:
            raise ScriptError(f"MATLAB:{name}:InvalidTolerance", "Tolerance must be a nonnegative scalar.")
    if scale is not None:
        scales = take.vector(scale, "DataScale")
        if scales.size not in (1, points.shape[1]):
            raise ScriptError(
                f"MATLAB:{name}:InvalidDataScale",
                "DataScale must be a scalar, or a vector with one element for each column of the data.",
                notes=(f"{points.shape[1]} columns, {scales.size} scales",),
            )
    else:
        sizes = np.where(np.isfinite(points), np.abs(points), 0)
        scales = sizes.max(axis=0, initial=0)
    return np.broadcast_to(limit * scales, (points.shape[1],))


def near(point: ndarray, others: ndarray, widths: ndarray) -> ndarray:
    """Which rows of `others` equal a point within the widths of the columns; infinities equal themselves."""
    with np.errstate(invalid="ignore"):
        return ((np.abs(others - point) <= widths) | (others == point)).all(axis=1)


def groups_within(points: ndarray, widths: ndarray) -> tuple[list[int], ndarray]:
    """Rows of points gathered greedily in sorted order: the place of each group's first point, and each point's
    group."""
    count = points.shape[0]
    order = np.lexsort(points.T[::-1]) if points.shape[1] else np.arange(count)
    ordered = points[order]
    group = np.full(count, -1, np.int64)
    firsts: list[int] = []
    # all that is near a point lies, in sorted order, before its first column has grown by more than the width
    ends = (
        np.searchsorted(ordered[:, 0], ordered[:, 0] + widths[0], side="right") if points.shape[1] else [count] * count
    )
    for place in range(count):
        if group[order[place]] >= 0:
            continue
        end = max(int(ends[place]), place + 1)
        candidates = order[place:end]
        alike = near(ordered[place], ordered[place:end], widths) & (group[candidates] < 0)
        alike[0] = True
        group[candidates[alike]] = len(firsts)
        firsts.append(int(order[place]))
    return firsts, group


@builtin(outputs=3)
def uniquetol(nargout, x, tolerance=None, /, *, ByRows=False, OutputAllIndices=False, DataScale=None):
    """
    uniquetol(A)
    uniquetol(A, tol)
    uniquetol(..., Name=Value)
    [C, ia, ic] = uniquetol(...)

    The distinct elements, those within tol*max(abs(A)) of each other counted as one (1e-12; 1e-6 for single).

    Options
      ByRows             the distinct rows: near in every column
      OutputAllIndices   ia is a cell with all places of each, not the first alone
      DataScale          used in place of max(abs(A)); with ByRows one for each column

    Examples
      >> uniquetol([1 1+1e-14 2])
      ans =
           1     2
      >> [c, ia, ic] = uniquetol([1 1.05 2], 0.1)
      c =
           1     2
      ia =
           1
           3
      ic =
           1
           1
           2
      >> uniquetol([1 2; 1 2+1e-15; 3 4], ByRows=true)
      ans =
           1     2
           3     4
      >> [~, ia] = uniquetol([1 5 1.01], 0.1, OutputAllIndices=true); ia{1}
      ans =
           1
           3
      >> uniquetol([1 2 10], 0.5, DataScale=1)
      ans =
           1     2    10

    See also unique, ismembertol.
    """
    array = real_array(x, "uniquetol")
    by_rows = take.flag(ByRows, "ByRows")
    if by_rows and array.ndim != 2:
        raise ScriptError("MATLAB:uniquetol:ByRowsMustBe2D", "First input must be a matrix when 'ByRows' is true.")
    points = array if by_rows else array.reshape((-1, 1), order="F")
    firsts, group = groups_within(points, widths_of("uniquetol", points, tolerance, DataScale))
    chosen = np.array(firsts, np.int64)
    if by_rows:
        result = norm(np.asfortranarray(points[chosen]))
    elif array.shape == (0, 0):
        result = norm(array)
    else:
        result = norm(as_vector(points[chosen, 0], array))
    if not take.flag(OutputAllIndices, "OutputAllIndices"):
        return result, column(chosen), column(group)
    places = np.empty((len(firsts), 1), OBJECT)
    for number in range(len(firsts)):
        places[number, 0] = column(np.flatnonzero(group == number))
    return result, places, column(group)


@builtin(outputs=2)
def ismembertol(nargout, x, collection, tolerance=None, /, *, ByRows=False, OutputAllIndices=False, DataScale=None):
    """
    ismembertol(A, B)
    ismembertol(A, B, tol)
    ismembertol(..., Name=Value)
    [tf, place] = ismembertol(...)

    Which elements of A are in B within tol*max(abs([A(:);B(:)])) (1e-12; 1e-6 for single), and where.

    Options
      ByRows             rows of A among the rows of B: near in every column
      OutputAllIndices   place is a cell with all places of each
      DataScale          used in place of the largest size; with ByRows one for each column

    Examples
      >> ismembertol([1 2 3], [1+1e-14 3])
      ans =
        1×3 logical array
         1   0   1
      >> [tf, place] = ismembertol([1 2; 3 4], [3 4.01; 7 8], 0.01, ByRows=true)
      tf =
        2×1 logical array
         0
         1
      place =
           0
           1
      >> [~, place] = ismembertol(1, [1 5 1.001], 0.01, OutputAllIndices=true); place{1}
      ans =
           1
           3
      >> ismembertol(5, 5.4, 0.5, DataScale=1)
      ans =
        logical
         1

    See also ismember, uniquetol.
    """
    wanted, known = real_array(x, "ismembertol"), real_array(collection, "ismembertol")
    shape = wanted.shape
    if take.flag(ByRows, "ByRows"):
        if wanted.ndim != 2 or known.ndim != 2 or wanted.shape[1] != known.shape[1]:
            raise ScriptError("MATLAB:ismembertol:AandBColnumAgree", "A and B must have the same number of columns.")
        shape = (wanted.shape[0], 1)
    else:
        wanted, known = wanted.reshape((-1, 1), order="F"), known.reshape((-1, 1), order="F")
    widths = widths_of("ismembertol", np.concatenate([wanted, known]), tolerance, DataScale)
    found = [np.flatnonzero(near(point, known, widths)) for point in wanted]
    inside = norm(np.array([places.size > 0 for places in found], bool).reshape(shape, order="F"))
    if nargout < 2:
        return inside
    if take.flag(OutputAllIndices, "OutputAllIndices"):
        cell = np.empty(len(found), OBJECT)
        for number, places in enumerate(found):
            cell[number] = column(places) if places.size else 0.0
        return inside, cell.reshape(shape, order="F")
    first = np.array([places[0] + 1 if places.size else 0 for places in found], DOUBLE)
    return inside, norm(first.reshape(shape, order="F"))
