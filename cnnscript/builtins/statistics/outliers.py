"""Elements that lie far from the others: isoutlier, filloutliers, rmoutliers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    axis_of,
    first_axis,
    gathered,
    require_real,
    scattered,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.moving_windows import is_one_length, sample_points, window_reach, windows_around
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.text import is_text

FINDERS = ("median", "mean", "quartiles", "grubbs", "gesd", "percentiles", "movmedian", "movmean")
FACTORS = {"median": 3.0, "mean": 3.0, "quartiles": 1.5, "grubbs": 0.05, "gesd": 0.05, "movmedian": 3.0, "movmean": 3.0}
SCALE = 1.482602218505602  # median absolute deviations in a standard deviation of normal numbers


class Finding:
    """How outliers are looked for, read from the arguments behind the array."""

    def __init__(self, given: tuple, name: str, options: dict):
        self.method = "median"
        self.limits: ndarray | None = None
        self.reach: Any = None
        self.axis: int | None = None
        rest = list(given)
        if rest and is_text(rest[0]):
            self.method = take.choice(rest.pop(0), FINDERS, "Method")
            if self.method == "percentiles":
                if not rest:
                    raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("[low high]",))
                low_high = self.limits = take.vector(rest.pop(0), "Threshold")
                if low_high.size != 2 or not 0 <= low_high[0] <= low_high[1] <= 100:
                    raise ScriptError(
                        f"MATLAB:{name}:InvalidPercentiles",
                        "Threshold must be a two-element row vector of percentages in the interval [0,100].",
                    )
            elif self.method.startswith("mov"):
                if not rest:
                    raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{self.method}, window",))
                self.reach = rest.pop(0)
        if rest:
            self.axis = axis_of(rest.pop(0), name)
        if rest:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        factor, most = options["ThresholdFactor"], options["MaxNumOutliers"]
        self.factor = FACTORS.get(self.method, 0.0) if factor is None else take.number(factor, "ThresholdFactor")
        if factor is not None and (self.method == "percentiles" or not self.factor >= 0):
            raise take.wanted("a nonnegative number, with a method that has one", "ThresholdFactor", factor)
        if self.method in ("grubbs", "gesd") and self.factor > 1:
            raise take.wanted("a number from 0 to 1 with 'grubbs' and 'gesd'", "ThresholdFactor", factor)
        if most is not None and self.method != "gesd":
            raise ScriptError(
                f"MATLAB:{name}:MaxNumOutliersGESD", "'MaxNumOutliers' is only supported for the 'gesd' method."
            )
        self.most = None if most is None else take.positive(most, "MaxNumOutliers")
        self.points = options["SamplePoints"]

    def bounds(self, column: ndarray) -> tuple[ndarray, ndarray, ndarray]:
        """Lower and upper bounds and centres: one each, or one for each element where the window moves."""
        if self.method.startswith("mov"):
            return self.moving_bounds(column)
        known = column[~np.isnan(column)]
        if not known.size:
            return (np.full(1, np.nan),) * 3
        if self.method == "median":
            centre = np.median(known)
            width = self.factor * SCALE * np.median(np.abs(known - centre))
        elif self.method == "mean":
            centre = known.mean()
            width = self.factor * (known.std(ddof=1) if known.size > 1 else 0.0)
        elif self.method in ("quartiles", "percentiles"):
            shares = (25.0, 75.0) if self.method == "quartiles" else tuple(self.limits)
            low, high = np.percentile(known, shares, method="hazen")
            spread = self.factor * (high - low)
            return np.array([low - spread]), np.array([high + spread]), np.array([(low + high) / 2])
        else:
            centre, width = self.tested_bounds(known)
        return np.array([centre - width]), np.array([centre + width]), np.array([centre])

    def tested_bounds(self, known: ndarray) -> tuple[float, float]:
        """Grubbs' test, one outlier at a time, or the generalized test for a number of them."""
        from scipy.stats import t

        count = known.size
        steps = count if self.method == "grubbs" else min(self.most or int(np.ceil(count * 0.1)), count - 1)
        left, found, last = known.copy(), [], 0
        for step in range(steps + 1):
            size = left.size
            centre, spread = left.mean(), left.std(ddof=1) if size > 1 else 0.0
            if size < 3:
                found.append((centre, np.inf if size < 2 else spread))
                break
            critical = t.ppf(self.factor / (2 * size), size - 2)
            bound = (size - 1) / np.sqrt(size) * np.sqrt(critical**2 / (size - 2 + critical**2))
            found.append((centre, spread * bound))
            at = int(np.argmax(np.abs(left - centre)))
            beyond = abs(left[at] - centre) > spread * bound
            if self.method == "grubbs" and not beyond:
                return found[-1]
            if beyond and step < steps:
                last = step + 1
            left = np.delete(left, at)
        return found[min(last, len(found) - 1)]

    def moving_bounds(self, column: ndarray) -> tuple[ndarray, ndarray, ndarray]:
        points = sample_points(self.points, column.size)
        before, after = window_reach(self.reach, self.points is not None, self.points)
        one_length = self.points is not None and is_one_length(self.reach)
        centres, widths = np.empty(column.size), np.empty(column.size)
        for place, part in enumerate(windows_around(points, before, after, one_length)):
            inside = column[part]
            inside = inside[~np.isnan(inside)]
            if not inside.size:
                centres[place] = widths[place] = np.nan
            elif self.method == "movmedian":
                centres[place] = np.median(inside)
                widths[place] = SCALE * np.median(np.abs(inside - centres[place]))
            else:
                centres[place] = inside.mean()
                widths[place] = inside.std(ddof=1) if inside.size > 1 else 0.0
        return centres - self.factor * widths, centres + self.factor * widths, centres


def found_in(x, rest: tuple, name: str, options: dict):
    """The array, its axis, its columns; where its outliers are; bounds and centres, column by column."""
    array = require_real(x, name)
    if is_text(x) or array.dtype.kind != "f":
        if is_text(x) or array.dtype.kind == "b":
            raise ScriptError(
                f"MATLAB:{name}:FirstInputInvalid",
                "First input must be a numeric array of class double or single, or a table.",
            )
        array = array.astype(DOUBLE)
    finding = Finding(rest, name, options)
    axis = first_axis(array.shape) if finding.axis is None else finding.axis
    columns = gathered(array, (axis,))
    marks = np.zeros(columns.shape, bool)
    bounds: list[list[ndarray]] = [[], [], []]
    for place in range(columns.shape[1]):
        column = columns[:, place].astype(DOUBLE)
        low, high, centre = without_complaint(finding.bounds, column)
        marks[:, place] = (column < low) | (column > high)
        for kept, part in zip(bounds, (low, high, centre), strict=True):
            kept.append(part)
    stacked = [np.stack(part, axis=1) for part in bounds] if columns.shape[1] else [np.zeros((1, 0))] * 3
    return array, axis, columns, marks, stacked


def given_back(array: ndarray, axis: int, part: ndarray):
    return scattered(part.astype(array.dtype), array.shape, (axis,))


@builtin(outputs=4)
def isoutlier(nargout, x, /, *rest, ThresholdFactor=None, SamplePoints=None, MaxNumOutliers=None):
    """
    TF = isoutlier(A)
    TF = isoutlier(A, method)
    TF = isoutlier(A, 'percentiles', [low high])
    TF = isoutlier(A, movmethod, window)
    TF = isoutlier(..., dim)
    TF = isoutlier(..., Name=Value)
    [TF, L, U, C] = isoutlier(...)

    Which elements are outliers: more than three scaled median absolute deviations from the median; the bounds and the
    centre. Methods: 'median', 'mean', 'quartiles', 'grubbs', 'gesd', 'percentiles', 'movmedian', 'movmean'.

    Options
      ThresholdFactor  how many deviations are far (3; quartiles: 1.5; the tests: their level 0.05)
      SamplePoints     where the elements lie, for moving windows
      MaxNumOutliers   how many 'gesd' may find

    Examples
      >> TF = isoutlier([57 59 60 100 59 58 57 58 300 61 62 60 62 58 57])
      TF =
        1×15 logical array
         0   0   0   1   0   0   0   0   1   0   0   0   0   0   0
      >> [TF, L, U, C] = isoutlier([1 2 3 100]);
      >> disp([L U C])
         -1.9478    6.9478    2.5000

    See also filloutliers, rmoutliers, smoothdata, mad.
    """
    options = {"ThresholdFactor": ThresholdFactor, "SamplePoints": SamplePoints, "MaxNumOutliers": MaxNumOutliers}
    array, axis, _, marks, bounds = found_in(x, rest, "isoutlier", options)
    return (scattered(marks, array.shape, (axis,)), *(given_back(array, axis, part) for part in bounds))


@builtin(outputs=5)
def rmoutliers(nargout, x, /, *rest, ThresholdFactor=None, SamplePoints=None, MaxNumOutliers=None):
    """
    B = rmoutliers(A)
    B = rmoutliers(A, method)
    B = rmoutliers(A, movmethod, window)
    B = rmoutliers(..., dim)
    B = rmoutliers(..., Name=Value)
    [B, TFrm, TFoutlier, L, U] = rmoutliers(...)

    The elements of a vector that are no outliers, or the rows (dim 1) or columns (dim 2) of a matrix without any.

    Options
      ThresholdFactor  as isoutlier takes it
      SamplePoints     as isoutlier takes it
      MaxNumOutliers   as isoutlier takes it

    Examples
      >> B = rmoutliers([57 59 60 100 59 58 57])
      B =
          57    59    60    59    58    57
      >> [B, TFrm, TFoutlier, L, U] = rmoutliers([1 2; 2 3; 3 4; 900 5]);
      >> B
      B =
           1     2
           2     3
           3     4

    See also isoutlier, filloutliers, rmmissing.
    """
    options = {"ThresholdFactor": ThresholdFactor, "SamplePoints": SamplePoints, "MaxNumOutliers": MaxNumOutliers}
    array, axis, _, marks, bounds = found_in(x, rest, "rmoutliers", options)
    if array.ndim > 2 or axis > 1:
        raise ScriptError("MATLAB:rmoutliers:NDArrays", "First input must be a vector, matrix or table.")
    found = marks if axis == 0 else marks.T
    lost = found.any(axis=1 - axis, keepdims=True)
    kept = np.flatnonzero(~lost.ravel())
    parts = [given_back(array, axis, part) for part in bounds]
    left = norm(np.asfortranarray(np.take(array, kept, axis=axis)))
    return left, norm(lost), norm(np.asfortranarray(found)), *parts[:2]


FILLS = ("center", "clip", "previous", "next", "nearest", "linear", "spline", "pchip", "makima")


@builtin(outputs=5)
def filloutliers(nargout, x, fill, /, *rest, ThresholdFactor=None, SamplePoints=None, MaxNumOutliers=None,
                 OutlierLocations=None):  # fmt: skip
    """
    B = filloutliers(A, fillmethod)
    B = filloutliers(A, fillmethod, findmethod)
    B = filloutliers(A, fillmethod, movmethod, window)
    B = filloutliers(..., dim)
    B = filloutliers(..., Name=Value)
    [B, TF, L, U, C] = filloutliers(...)

    Outliers replaced: by a number, the 'center', the bound they pass ('clip'), the 'previous', 'next' or 'nearest'
    element that is none, or what 'linear', 'spline', 'pchip' or 'makima' put between.

    Options
      ThresholdFactor   as isoutlier takes it
      SamplePoints      where the elements lie
      MaxNumOutliers    as isoutlier takes it
      OutlierLocations  which elements are outliers, in place of looking for them

    Examples
      >> B = filloutliers([57 59 60 100 59 58 57], 'linear')
      B =
         57.0000   59.0000   60.0000   59.5000   59.0000   58.0000   57.0000
      >> [B, TF, L, U, C] = filloutliers([1 2 3 100], 'clip');
      >> B
      B =
          1.0000    2.0000    3.0000    6.9478

    See also isoutlier, rmoutliers, fillmissing.
    """
    options = {"ThresholdFactor": ThresholdFactor, "SamplePoints": SamplePoints, "MaxNumOutliers": MaxNumOutliers}
    method = take.choice(fill, FILLS, "Fill method") if is_text(fill) else ""
    number = 0.0 if method else take.number(fill, "Fill")
    array, axis, columns, marks, bounds = found_in(x, rest, "filloutliers", options)
    if OutlierLocations is not None:
        if method in ("center", "clip") or rest:
            raise ScriptError(
                "MATLAB:filloutliers:OutlierLocationsInvalid",
                "'OutlierLocations' goes with no find method, and not with 'center' or 'clip'.",
            )
        given = take.numeric(OutlierLocations, "OutlierLocations")
        if given.dtype != bool or given.shape != array.shape:
            raise take.wanted("a logical array the size of the first input", "OutlierLocations", OutlierLocations)
        marks = gathered(given, (axis,))
    filled = columns.copy(order="F")
    points = sample_points(SamplePoints, columns.shape[0])
    for place in range(columns.shape[1]):
        out = marks[:, place]
        low, high, centre = (np.broadcast_to(part[:, place], out.shape) for part in bounds)
        if out.any():
            filled[out, place] = replaced(columns[:, place], out, points, method, number, low, high, centre)
    parts = [given_back(array, axis, part) for part in bounds]
    return scattered(filled, array.shape, (axis,)), scattered(marks, array.shape, (axis,)), *parts


def replaced(column, out, points, method, number, low, high, centre) -> ndarray:
    """What goes in the places of the outliers of a column."""
    if not method:
        return np.full(int(out.sum()), number)
    if method == "center":
        return centre[out]
    if method == "clip":
        return np.clip(column[out], low[out], high[out])
    good = ~out & ~np.isnan(column)
    known, values, asked = points[good], column[good].astype(DOUBLE), points[out]
    if not known.size:
        return np.full(asked.size, np.nan)
    if method in ("previous", "next", "nearest"):
        at = np.searchsorted(known, asked)
        before, after = np.maximum(at - 1, 0), np.minimum(at, known.size - 1)
        if method == "previous":
            return np.where(at > 0, values[before], np.nan)
        if method == "next":
            return np.where(at < known.size, values[after], np.nan)
        nearer = np.abs(asked - known[before]) < np.abs(known[after] - asked)
        return np.where(nearer, values[before], values[after])
    if known.size == 1:
        return np.full(asked.size, np.nan if method == "linear" else values[0])
    if method == "linear":
        at = np.clip(np.searchsorted(known, asked), 1, known.size - 1)
        slope = (values[at] - values[at - 1]) / (known[at] - known[at - 1])
        return values[at - 1] + slope * (asked - known[at - 1])
    from cnnscript.builtins.numerical.interpolation import interpolated

    return interpolated(known, values.reshape(-1, 1), asked, method).ravel()
