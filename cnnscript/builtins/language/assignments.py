"""What goes together: rows and columns at least cost (matchpairs), values of two variables (crosstab)."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.text import is_text


@builtin(outputs=3)
def matchpairs(nargout, cost, unmatched, goal="min", /):
    """
    M = matchpairs(Cost, costUnmatched)
    [M, uR, uC] = matchpairs(Cost, costUnmatched)
    [M, uR, uC] = matchpairs(Cost, costUnmatched, goal)

    Rows paired with columns (a row of M each) so that the costs of the pairs and of what stays alone are least, or with
    'max' greatest; and the rows and columns that stay alone.

    Examples
      >> [M, uR, uC] = matchpairs([1 10; 10 1; 5 5], 4)
      M =
           1     1
           2     2
      uR =
           3
      uC =
        0×1 empty double column vector

    See also min, max.
    """
    from scipy.optimize import linear_sum_assignment

    matrix, alone = take.real(cost, "Cost"), take.number(unmatched, "costUnmatched")
    if matrix.ndim != 2:
        raise take.wanted("a matrix", "Cost", cost)
    if np.isnan(matrix).any() or np.isnan(alone):
        raise ScriptError("MATLAB:matchpairs:NaN", "Costs must not be NaN.")
    best = take.choice(goal, ("min", "max"), "Goal")
    sign = 1.0 if best == "min" else -1.0
    rows, columns = matrix.shape
    large = 1e300
    whole = np.zeros((rows + columns, rows + columns))
    whole[:rows, :columns] = np.clip(sign * matrix, -large, large)
    whole[:rows, columns:] = np.where(np.eye(rows, dtype=bool), sign * alone, large)
    whole[rows:, :columns] = np.where(np.eye(columns, dtype=bool), sign * alone, large)
    one, other = linear_sum_assignment(whole)
    paired = (one < rows) & (other < columns) & (whole[one, other] < large)
    pairs = np.stack([one[paired], other[paired]], axis=1)
    pairs = pairs[np.argsort(pairs[:, 1], kind="stable")]
    left = [np.setdiff1d(np.arange(count), pairs[:, place]) for place, count in enumerate((rows, columns))]
    shown = [norm(np.asfortranarray(part.astype(float).reshape(-1, 1) + 1)) for part in left]
    return norm(np.asfortranarray(pairs + 1.0)), *shown


@builtin(outputs=4)
def crosstab(session, nargout, x, /, *more):
    """
    tbl = crosstab(x1, x2)
    [tbl, chi2, p, labels] = crosstab(x1, x2)

    How often each pair of values comes; the chi-square statistic of independence, its p-value, and the values.

    Examples
      >> [tbl, chi2, p, labels] = crosstab([1 1 2 2 2], [1 2 2 2 1])
      tbl =
           1     1
           1     2
      chi2 =
          0.1389
      p =
          0.7094
      labels =
        2×2 cell array
          {'1'}    {'1'}
          {'2'}    {'2'}

    See also tabulate, unique, accumarray.
    """
    from scipy.stats import chi2 as law

    if not more:
        raise ScriptError("stats:crosstab:TooFewInputs", "At least two inputs are required.")
    codes, names = [], []
    for value in (x, *more):
        if is_text(value):
            value = session.call("cellstr", 1, value)
        numbers, found = session.call("grp2idx", 2, value)
        codes.append(take.vector(numbers, "Group"))
        names.append([str(name) for name in np.ravel(found).tolist()])
    if len({part.size for part in codes}) > 1:
        raise ScriptError("stats:crosstab:InputSizeMismatch", "All input vectors must have the same length.")
    shape = tuple(len(part) for part in names)
    table = np.zeros(shape)
    good = ~np.isnan(np.stack(codes)).any(axis=0)
    np.add.at(table, tuple(part[good].astype(int) - 1 for part in codes), 1)
    total = table.sum()
    expected = np.full(shape, total)
    for axis in range(table.ndim):
        sums = table.sum(axis=tuple(other for other in range(table.ndim) if other != axis), keepdims=True)
        expected = expected * sums / total if total else expected
    with np.errstate(invalid="ignore", divide="ignore"):
        statistic = float(((table - expected) ** 2 / expected).sum())
    freedom = int(np.prod(shape)) - sum(shape) + len(shape) - 1
    labels = np.empty((max(shape, default=0), len(shape)), OBJECT)
    for place, part in enumerate(names):
        for row in range(len(labels)):
            labels[row, place] = part[row] if row < len(part) else np.zeros((0, 0))
    p = float(law.sf(statistic, freedom)) if freedom > 0 else float("nan")
    return norm(np.asfortranarray(table)), statistic, p, labels
