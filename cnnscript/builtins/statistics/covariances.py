"""How variables go together: cov, corrcoef, corr."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import read_options, require_numeric, without_complaint
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.statistics import floats
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import is_cell, ndarray, norm, size_text
from cnnscript.values.take import described

COV_WORDS = {"omitrows": "complete", "includenan": "all", "includemissing": "all", "partialrows": "pairwise"}
ROWS = ("all", "complete", "pairwise")


def observations(x, y, name: str) -> ndarray:
    """Variables in columns, from one or two arrays."""
    array = floats(require_numeric(x, name), name, x)
    if y is not None:
        other = floats(require_numeric(y, name), name, y)
        if array.size != other.size:
            raise ScriptError(
                f"MATLAB:{name}:XYlengthMismatch",
                "The number of elements in x and y must match."
                if name == "cov"
                else "X and Y must have the same number of elements.",
                notes=(f"x is {size_text(array.shape)}", f"y is {size_text(other.shape)}"),
            )
        return np.column_stack([array.ravel("F"), other.ravel("F")])
    if array.ndim > 2:
        raise ScriptError(f"MATLAB:{name}:InputDim", "Inputs must be 2-D.")
    return array.reshape(-1, 1, order="F") if array.shape[0] == 1 else array


def covariance(data: ndarray, by_count: bool) -> ndarray:
    count = data.shape[0]
    centered = data - data.mean(axis=0)
    return centered.conj().T @ centered / (count if by_count or count == 1 else count - 1)


def over_pairs(data: ndarray, function) -> tuple[ndarray, ndarray]:
    """A matrix of function(two columns), without the rows where one of the two is NaN; how many rows were left."""
    size = data.shape[1]
    result = np.full((size, size), np.nan, data.dtype)
    counts = np.zeros((size, size))
    for row in range(size):
        for column in range(size):
            pair = data[:, [row, column]]
            pair = pair[~np.isnan(pair).any(axis=1)]
            counts[row, column] = pair.shape[0]
            if pair.shape[0]:
                result[row, column] = without_complaint(function, pair)[0, 1]
    return result, counts


@builtin
def cov(x, /, *rest):
    """
    cov(A)
    cov(x, y)
    cov(..., w)
    cov(..., nanflag)

    Covariance matrix of the columns, or of two variables; divided by n-1, or by n with w = 1.

    nanflag: 'includenan' (default), 'omitrows' (rows with a NaN are left out), 'partialrows' (for each two columns,
    rows where one of them is NaN are).

    Examples
      >> cov([1 2 3])
      ans =
           1
      >> cov([1 2 3], [1 2 4])
      ans =
          1.0000    1.5000
          1.5000    2.3333
      >> cov([1 2 3], 1)
      ans =
          0.6667
      >> cov([1 2; 2 NaN; 3 4], 'partialrows')
      ans =
           1     2
           2     2

    See also corrcoef, var.
    """
    values, words = read_options(rest, "cov", missing=COV_WORDS)
    by_count, y = False, None
    for value in values:
        if is_cell(value):
            raise ScriptError("MATLAB:cov:notNumeric", "Input must be numeric.", notes=(f"cov got {described(value)}",))
        one = np.asarray(value).ravel()[0] if np.size(value) == 1 else None
        if one in (0, 1) and require_numeric(x, "cov").size != 1:
            by_count = bool(one == 1)
        else:
            y = value
    data = observations(x, y, "cov")
    rows = words.get("missing", "all")
    if rows == "pairwise" and data.size:
        return norm(np.asfortranarray(over_pairs(data, lambda pair: covariance(pair, by_count))[0]))
    if rows == "complete":
        data = data[~np.isnan(data).any(axis=1)]
    if data.size == 0:
        return float("nan")
    return norm(np.asfortranarray(covariance(data, by_count)))


@builtin(outputs=4, keeps_single=True)
def corrcoef(nargout, x, y=None, /, *, Alpha=0.05, Rows="all"):
    """
    corrcoef(A)
    corrcoef(x, y)
    [R, P] = corrcoef(...)
    [R, P, RL, RU] = corrcoef(...)
    corrcoef(..., Name=Value)

    Correlation coefficients of the columns, or of two variables.

    P are probabilities of so large a coefficient where there is no relation, RL and RU bounds of the coefficients.

    Options
      Alpha  the bounds hold with a confidence of 1 - Alpha (0.05)
      Rows   rows with NaN: 'all' (default, kept), 'complete' (left out), 'pairwise' (left out pair by pair)

    Examples
      >> corrcoef([1 2 3], [1 2 4])
      ans =
          1.0000    0.9820
          0.9820    1.0000
      >> corrcoef([1 5; 2 4; 3 3])
      ans =
           1    -1
          -1     1
      >> [R, P] = corrcoef([1 2 3 4], [1 2 4 3])
      R =
          1.0000    0.8000
          0.8000    1.0000
      P =
          1.0000    0.2000
          0.2000    1.0000

    See also cov, corr.
    """
    alpha = take.number(Alpha, "Alpha")
    if not 0 < alpha < 1:
        raise ScriptError(
            "MATLAB:corrcoef:InvalidAlpha", "'Alpha' must be a scalar between 0 and 1.", notes=(f"got {alpha:g}",)
        )
    result, counts = coefficients(observations(x, y, "corrcoef"), take.choice(Rows, ROWS, "Rows"))
    if nargout < 2:
        return norm(np.asfortranarray(result))
    if result.dtype.kind == "c":
        raise ScriptError("MATLAB:corrcoef:ComplexInputs", "Cannot compute p-values for complex inputs.")
    low, high = bounds_of(result, counts, alpha)
    answers = (result, chances(result, counts), low, high)
    return tuple(norm(np.asfortranarray(answer)) for answer in answers[:nargout])


def coefficients(data: ndarray, rows: str) -> tuple[ndarray, ndarray]:
    """Correlation coefficients of columns, and from how many rows each comes."""
    if rows == "pairwise":
        return over_pairs(data, correlation)
    if rows == "complete":
        data = data[~np.isnan(data).any(axis=1)]
    return without_complaint(correlation, data), np.full((data.shape[1], data.shape[1]), float(data.shape[0]))


def chances(result: ndarray, counts: ndarray) -> ndarray:
    """Two-sided probabilities by Student's distribution, 1 on the diagonal (as the coefficients)."""
    from scipy.special import stdtr

    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(result) * np.sqrt((counts - 2) / (1 - np.abs(result) ** 2))
        found = 2 * stdtr(counts - 2, -statistic)
    np.fill_diagonal(found, np.diag(result).real)
    return found


def bounds_of(result: ndarray, counts: ndarray, alpha: float) -> tuple[ndarray, ndarray]:
    """Confidence bounds by Fisher's transformation."""
    from scipy.special import ndtri

    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.arctanh(result)
        width = np.where(counts > 3, -ndtri(alpha / 2) / np.sqrt(np.maximum(counts - 3, 0)), np.nan)
        low, high = np.tanh(middle - width), np.tanh(middle + width)
    np.fill_diagonal(low, np.diag(result))
    np.fill_diagonal(high, np.diag(result))
    return low, high


def correlation(data: ndarray) -> ndarray:
    if data.ndim > 2:
        raise ScriptError("MATLAB:corrcoef:InputDim", "Inputs must be 2-D.", notes=(f"got {size_text(data.shape)}",))
    if not data.shape[0]:
        return np.full((data.shape[1], data.shape[1]), np.nan)
    matrix = covariance(data, True)
    size = np.sqrt(np.diag(matrix).real)
    result = matrix / size[:, None] / size[None, :]
    result = np.clip(result, -1, 1) if result.dtype.kind == "f" else result
    np.fill_diagonal(result, np.where(np.isnan(np.diag(result)), np.nan, 1))
    return result


@builtin(outputs=2)
def corr(nargout, x, y=None, /, *, Type="Pearson", Rows="all"):
    """
    corr(X)
    corr(X, Y)
    [rho, p] = corr(...)
    corr(..., Name=Value)

    Correlation coefficients between the columns of two matrices.

    Options
      Type  'Pearson' (default), 'Spearman' (of ranks) or 'Kendall' (of pairs in order)
      Rows  rows with NaN: 'all' (default, kept), 'complete' (left out), 'pairwise' (left out pair by pair)

    Examples
      >> corr([1; 2; 3], [1; 2; 4])
      ans =
          0.9820
      >> corr([1 5; 2 4; 3 3])
      ans =
           1    -1
          -1     1
      >> corr([1; 2; 3], [1; 2; 40], 'Type', 'Spearman')
      ans =
           1

    See also corrcoef, cov.
    """
    kind = take.choice(Type, ("Pearson", "Spearman", "Kendall"), "Type")
    rows = take.choice(Rows, ROWS, "Rows")
    a = floats(require_numeric(x, "corr"), "corr", x)
    data, columns = a, slice(0, a.shape[1])
    if y is not None:
        b = floats(require_numeric(y, "corr"), "corr", y)
        if a.shape[0] != b.shape[0]:
            raise ScriptError(
                "stats:corr:InputSizeMismatch",
                "X and Y must have the same number of rows.",
                notes=(f"X has {a.shape[0]}, Y {b.shape[0]}",),
            )
        data, columns = np.concatenate([a, b], axis=1), slice(a.shape[1], a.shape[1] + b.shape[1])
    if kind != "Pearson":
        if nargout > 1:
            raise ScriptError(
                "MATLAB:maxlhs",
                "Too many output arguments.",
                notes=(f"probabilities are given for Pearson's coefficients, not for {kind}'s",),
            )
        return norm(np.asfortranarray(of_ranks(data, kind, rows)[: a.shape[1], columns]))
    whole, counts = coefficients(data, rows)
    part = norm(np.asfortranarray(whole[: a.shape[1], columns]))
    if nargout < 2:
        return part
    return part, norm(np.asfortranarray(chances(whole, counts)[: a.shape[1], columns]))


def of_ranks(data: ndarray, kind: str, rows: str) -> ndarray:
    """Spearman's or Kendall's coefficients of the columns."""
    from scipy import stats

    if rows == "complete":
        data = data[~np.isnan(data).any(axis=1)]

    def one(pair: ndarray) -> ndarray:
        if kind == "Spearman":
            return correlation(stats.rankdata(pair, axis=0))
        return np.full((2, 2), stats.kendalltau(pair[:, 0], pair[:, 1], method="asymptotic").statistic)

    result = over_pairs(data, one)[0]
    if rows == "all":
        lost = np.isnan(data).any(axis=0)
        result[lost, :] = result[:, lost] = np.nan
    return result
