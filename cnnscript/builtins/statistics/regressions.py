"""Linear regression on matrices: regress, robustfit; bootstrp."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.language.watched_runs import callable_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.warn import warn


def shaped(part: ndarray):
    return norm(np.asfortranarray(part if part.ndim == 2 else part.reshape(-1, 1)))


@builtin(outputs=5)
def regress(nargout, y, x, alpha=0.05, /):
    """
    b = regress(y, X)
    [b, bint] = regress(y, X)
    [b, bint, r, rint, stats] = regress(y, X)
    [...] = regress(y, X, alpha)

    Coefficients of y = X*b by least squares, their confidence intervals, the residuals and theirs, and R-square, F,
    its p-value and the variance of the error. X needs a column of ones for a constant.

    Examples
      >> [b, bint, r, rint, stats] = regress([2; 2; 3; 5], [1 1; 1 2; 1 3; 1 4]); b
      b =
          0.5000
          1.0000
      >> disp(stats)
          0.8333   10.0000    0.0871    0.5000

    See also fitlm, mldivide, polyfit.
    """
    from scipy import linalg, stats

    right, matrix = take.real(y, "Y"), take.real(x, "X")
    level = take.number(alpha, "ALPHA")
    if right.ndim != 2 or right.shape[1] != 1:
        raise ScriptError("stats:regress:InvalidData", "Y must be a vector.", notes=(f"got {take.described(y)}",))
    right = right.ravel()
    if matrix.ndim != 2 or len(matrix) != right.size:
        raise ScriptError(
            "stats:regress:InvalidData", "The number of rows in Y must equal the number of rows in X.",
            notes=(f"Y is {take.described(y)}, X {take.described(x)}",),
        )  # fmt: skip
    good = ~(np.isnan(right) | np.isnan(matrix).any(axis=1))
    rows, known = matrix[good], right[good]
    if not np.isfinite(rows).all() or not np.isfinite(known).all():
        raise ScriptError("stats:regress:InvalidData", "X and Y must not contain Inf.")
    count, width = rows.shape
    if not count or not width:
        raise ScriptError("stats:regress:InvalidData", "There are no observations.")
    q, upper, order = linalg.qr(rows, mode="economic", pivoting=True)
    sizes = np.abs(np.diag(upper))
    rank = int((sizes > max(count, width) * np.finfo(float).eps * sizes.max(initial=0)).sum())
    if rank < width:
        warn("stats:regress:RankDefDesignMat", "X is rank deficient to within machine precision.")
    q, upper, order = q[:, :rank], upper[:rank, :rank], order[:rank]
    b = np.zeros(width)
    b[order] = linalg.solve_triangular(upper, q.T @ known)
    fit = rows @ b
    rest = known - fit
    freedom = max(0, count - rank)
    squares = float(rest @ rest)
    spread = np.sqrt(squares / freedom) if freedom else np.inf
    reach = float(stats.t.ppf(1 - level / 2, freedom)) if freedom else np.nan
    inverse = linalg.solve_triangular(upper, np.eye(rank))
    error = np.zeros(width)
    error[order] = spread * np.sqrt((inverse**2).sum(axis=1)) if freedom else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        interval = np.stack([b - reach * error, b + reach * error], axis=1)
        hat = (q**2).sum(axis=1)
        if freedom > 1:
            others = np.sqrt(np.maximum(0, spread**2 * freedom / (freedom - 1) - rest**2 / ((freedom - 1) * (1 - hat))))
            away = np.sqrt(np.maximum(0, 1 - hat)) * others
            away[hat > 1 - np.sqrt(np.finfo(float).eps)] = np.inf
        elif freedom == 1:
            away = np.sqrt(np.maximum(0, 1 - hat)) * spread
        else:
            away = np.full(count, np.inf)
        residual = np.full((right.size, 3), np.nan)
        residual[good] = np.stack([rest, rest - reach * away, rest + reach * away], axis=1)
        total = float(((known - known.mean()) ** 2).sum())
        share = 1 - squares / total if total else np.nan
        slopes = max(rank - 1, 0)
        ratio = ((total - squares) / slopes) / (squares / freedom) if slopes and freedom and squares else np.nan
        p = float(stats.f.sf(ratio, slopes, freedom)) if slopes and freedom else np.nan
    constant = (np.ptp(rows, axis=0) == 0).any()
    if not constant and nargout > 4:
        warn(
            "stats:regress:NoConst",
            "R-square and the F statistic are not well-defined unless X has a column of ones.\n"
            'Type "help regress" for more information.',
        )
    facts = np.array([[share, ratio, p, squares / freedom if freedom else np.nan]])
    return shaped(b), shaped(interval), shaped(residual[:, 0]), shaped(residual[:, 1:]), norm(facts)


WEIGHTS = {
    "andrews": (1.339, lambda r: np.where(np.abs(r) < np.pi, np.sinc(r / np.pi), 0)),
    "bisquare": (4.685, lambda r: np.where(np.abs(r) < 1, (1 - r**2) ** 2, 0)),
    "cauchy": (2.385, lambda r: 1 / (1 + r**2)),
    "fair": (1.400, lambda r: 1 / (1 + np.abs(r))),
    "huber": (1.345, lambda r: 1 / np.maximum(1, np.abs(r))),
    "logistic": (1.205, lambda r: np.tanh(np.where(r == 0, 1e-8, r)) / np.where(r == 0, 1e-8, r)),
    "ols": (1.0, lambda r: np.ones_like(r)),
    "talwar": (2.795, lambda r: (np.abs(r) < 1).astype(float)),
    "welsch": (2.985, lambda r: np.exp(-(r**2))),
}


@builtin
def robustfit(x, y, wfun="bisquare", tune=None, const="on", /):
    """
    b = robustfit(X, y)
    b = robustfit(X, y, wfun)
    b = robustfit(X, y, wfun, tune)
    b = robustfit(X, y, wfun, tune, const)

    Coefficients of y = b(1) + X*b(2:end) that outliers hardly move: least squares weighed again and again by how far
    the residuals are. wfun: 'andrews', 'bisquare', 'cauchy', 'fair', 'huber', 'logistic', 'ols', 'talwar', 'welsch'.
    const 'off' leaves the constant out.

    Examples
      >> b = robustfit((1:10)', [2:2:18 90]'); disp(round(b', 4))
           0     2
      >> b = robustfit((1:3)', [2; 4; 6], 'ols', 1, 'off'); disp(round(b, 4))
           2

    See also regress, fitlm.
    """
    from scipy import linalg

    matrix, right = take.real(x, "X"), take.vector(y, "Y")
    word = take.choice(wfun, WEIGHTS, "Weight function")
    usual, weigh = WEIGHTS[word]
    tuning = usual if tune is None or not np.size(as_array(tune)) else take.number(tune, "Tuning constant")
    if matrix.ndim == 2 and matrix.shape[0] == 1 and right.size > 1:
        matrix = matrix.T
    if matrix.ndim != 2 or len(matrix) != right.size:
        raise ScriptError("stats:robustfit:InputSizeMismatch", "The number of rows in X must match the length of Y.")
    if take.choice(const, ("on", "off"), "Constant") == "on":
        matrix = np.concatenate([np.ones((len(matrix), 1)), matrix], axis=1)
    good = np.isfinite(right) & np.isfinite(matrix).all(axis=1)
    matrix, right = matrix[good], right[good]
    count, width = matrix.shape
    if count < width or not width:
        raise ScriptError("stats:statrobustfit:NotEnoughData", "Not enough points to perform robust estimation.")
    b = np.linalg.lstsq(matrix, right, rcond=None)[0]
    q, _ = linalg.qr(matrix, mode="economic")
    leverage = np.minimum(0.9999, (q**2).sum(axis=1))
    adjust = 1 / np.sqrt(1 - leverage)
    tiny = 1e-6 * np.std(right, ddof=1) or 1.0
    for _ in range(50):
        rest = (right - matrix @ b) * adjust
        sizes = np.sort(np.abs(rest))[max(0, width - 1) :]
        scale = max(np.median(sizes) / 0.6745, tiny)
        root = np.sqrt(weigh(rest / (scale * tuning)))
        before, b = b, np.linalg.lstsq(matrix * root[:, None], right * root, rcond=None)[0]
        if (np.abs(b - before) <= np.sqrt(np.finfo(float).eps) * np.maximum(np.abs(b), np.abs(before))).all():
            break
    return shaped(b)


@builtin(outputs=2)
def bootstrp(session, nargout, nboot, fun, /, *data):
    """
    stat = bootstrp(n, fun, d1, ...)
    [stat, sample] = bootstrp(n, fun, d1, ...)

    What a function gives of n samples of the rows of data, drawn with replacement: a row each; and which rows.

    Examples
      >> rng default; [stat, sample] = bootstrp(3, @mean, [1; 1; 1])
      stat =
           1
           1
           1
      sample =
           3     3     1
           3     2     2
           1     1     3

    See also datasample, randi.
    """
    times = take.count(nboot, "NBOOT")
    called = callable_of(session, fun, "bootstrp")
    if not data:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("bootstrp(n, fun, d1, ...)",))
    arrays = [take.real(part, "Data") for part in data]
    arrays = [part.reshape(-1, 1) if part.ndim == 2 and part.shape[0] == 1 else part for part in arrays]
    lengths = {len(part) for part in arrays if part.size != 1}
    if len(lengths) > 1:
        raise ScriptError("stats:bootstrp:InputSizeMismatch", "Data must have the same number of rows.")
    count = lengths.pop() if lengths else 1
    chosen = np.floor(session.random.uniforms(count * times) * count).astype(int).reshape((count, times), order="F")
    found = []
    for rows in chosen.T:
        parts = [norm(np.asfortranarray(part[rows])) if part.size != 1 else norm(part) for part in arrays]
        found.append(np.asarray(as_array(called(*parts))).ravel("F"))
    stat = np.stack(found) if found else np.zeros((0, 1))
    return shaped(stat), shaped(chosen + 1.0)
