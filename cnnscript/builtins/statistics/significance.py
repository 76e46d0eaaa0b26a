"""Whether numbers differ by more than chance: ttest, ttest2, ranksum, signrank, kstest, kstest2, anova1."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, gathered, scattered, without_complaint
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, ndarray, norm, numel_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, is_text

TAILS = {"both": "both", "two": "both", "right": "right", "left": "left"}
OLD_TAILS = {0.0: "both", 1.0: "right", -1.0: "left"}


def tail_of(value: Any) -> str:
    if is_text(value):
        return TAILS[take.choice(value, TAILS, "Tail")]
    found = OLD_TAILS.get(take.number(value, "Tail"))
    if found is None:
        raise take.wanted("'both', 'right' or 'left'", "Tail", value)
    return found


def level_of(value: Any) -> float:
    found = take.number(value, "Alpha")
    if not 0 < found < 1:
        raise ScriptError("stats:ttest:BadAlpha", "ALPHA must be a scalar between 0 and 1.", notes=(f"got {found:g}",))
    return found


def wishes(old: tuple, alpha, tail, dim) -> tuple[float, str, Any]:
    """Level, tail and dimension, named or in the order of old."""
    if len(old) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    parts = [alpha, tail, dim]
    for place, value in enumerate(old):
        if parts[place] is None and numel_of(value):
            parts[place] = value
    level = 0.05 if parts[0] is None else level_of(parts[0])
    return level, "both" if parts[1] is None else tail_of(parts[1]), parts[2]


def judged(t: ndarray, degrees: ndarray, tail: str, level: float, centre: ndarray, error: ndarray):
    """The p-values and confidence bounds of t statistics."""
    from scipy.stats import t as law

    if tail == "both":
        p = 2 * law.cdf(-np.abs(t), degrees)
        reach = law.ppf(1 - level / 2, degrees) * error
        return p, centre - reach, centre + reach
    reach = law.ppf(1 - level, degrees) * error
    if tail == "right":
        return law.cdf(-t, degrees), centre - reach, np.full_like(centre, np.inf)
    return law.cdf(t, degrees), np.full_like(centre, -np.inf), centre + reach


def verdict(p: ndarray, level: float) -> ndarray:
    return np.where(np.isnan(p), np.nan, (p <= level).astype(float))


@builtin(outputs=4)
def ttest(nargout, x, y=None, /, *old, Alpha=None, Tail=None, Dim=None):
    """
    h = ttest(x)
    h = ttest(x, m)
    h = ttest(x, y)
    h = ttest(..., Name=Value)
    [h, p, ci, stats] = ttest(...)

    Whether the mean of x (of x - y) differs from 0 (from m): 1 where it does at the level Alpha, the p-value, the
    confidence interval of the mean, and the t statistic.

    Options
      Alpha  the level (0.05)
      Tail   'both', 'right' (larger) or 'left' (smaller)
      Dim    the dimension to work along

    Examples
      >> [h, p, ci, stats] = ttest([5.1 4.9 5.6 5.2 5.3], 5)
      h =
           0
      p =
          0.1302
      ci =
          4.8986    5.5414
      stats =
        struct with fields:
          tstat: 1.9005
             df: 4
             sd: 0.2588
      >> h = ttest([1 2 3 4], [3 5 6 8])
      h =
           1

    See also ttest2, ranksum, signrank, mean.
    """
    level, tail, dim = wishes(old, Alpha, Tail, Dim)
    data = take.real(x, "X")
    middle = 0.0
    if y is not None and numel_of(y) == 1:
        middle = take.number(y, "M")
    elif y is not None and numel_of(y):
        other = take.real(y, "Y")
        if other.shape != data.shape:
            raise ScriptError(
                "stats:ttest:XYSizeMismatch", "The data in a paired t-test must be the same size.",
                notes=(f"{take.described(x)} and {take.described(y)}",),
            )  # fmt: skip
        data = data - other
    axis = first_axis(data.shape) if dim is None else axis_of(dim, "ttest")
    columns = gathered(data, (axis,))
    count = (~np.isnan(columns)).sum(axis=0).astype(float)
    mean = without_complaint(np.nanmean, columns, axis=0)
    spread = without_complaint(np.nanstd, columns, axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = spread / np.sqrt(count)
        t = (mean - middle) / error
    degrees = count - 1
    p, low, high = judged(t, degrees, tail, level, mean, error)

    def back(part: ndarray):
        return scattered(np.atleast_2d(part), data.shape, (axis,))

    stats = Struct({"tstat": back(t), "df": back(degrees), "sd": back(spread)})
    return back(verdict(p, level)), back(p), back(np.stack([low, high])), stats


@builtin(outputs=4)
def ttest2(nargout, x, y, /, *old, Alpha=None, Tail=None, Vartype="equal", Dim=None):
    """
    h = ttest2(x, y)
    h = ttest2(x, y, Name=Value)
    [h, p, ci, stats] = ttest2(...)

    Whether the means of x and y differ.

    Options
      Alpha    the level (0.05)
      Tail     'both', 'right' (x larger) or 'left' (x smaller)
      Vartype  whether the variances are 'equal' or 'unequal'
      Dim      the dimension to work along

    Examples
      >> [h, p, ci, stats] = ttest2([1 2 3 4 5], [4 5 6 7 8])
      h =
           1
      p =
          0.0171
      ci =
         -5.3060   -0.6940
      stats =
        struct with fields:
          tstat: -3
             df: 8
             sd: 1.5811
      >> h = ttest2([1 2 3], [2 3 9], 'Vartype', 'unequal')
      h =
           0

    See also ttest, ranksum, anova1.
    """
    if len(old) > 2:
        Vartype, old = old[2], (*old[:2], *old[3:])
    level, tail, dim = wishes(old, Alpha, Tail, Dim)
    equal = take.choice(Vartype, ("equal", "unequal"), "Vartype") == "equal"
    first, second = take.real(x, "X"), take.real(y, "Y")
    if dim is None:
        axis = first_axis(first.shape if first.size != 1 else second.shape)
        vectors = all(part.ndim == 2 and 1 in part.shape for part in (first, second))
        if vectors and first_axis(first.shape) != first_axis(second.shape):
            first, second, axis = first.reshape(-1, 1, order="F"), second.reshape(-1, 1, order="F"), 0
    else:
        axis = axis_of(dim, "ttest2")
    one, two = gathered(first, (axis,)), gathered(second, (axis,))
    if one.shape[1] != two.shape[1]:
        raise ScriptError(
            "stats:ttest2:InputSizeMismatch", "The data in a 2-sample t-test must be commensurate.",
            notes=(f"{take.described(x)} and {take.described(y)}",),
        )  # fmt: skip
    counts = [(~np.isnan(part)).sum(axis=0).astype(float) for part in (one, two)]
    means = [without_complaint(np.nanmean, part, axis=0) for part in (one, two)]
    variances = [without_complaint(np.nanvar, part, axis=0, ddof=1) for part in (one, two)]
    difference = means[0] - means[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        if equal:
            degrees = counts[0] + counts[1] - 2
            pooled = sum((n - 1) * np.where(n == 1, 0, v) for n, v in zip(counts, variances, strict=True)) / degrees
            spread = np.sqrt(pooled)
            error = spread * np.sqrt(1 / counts[0] + 1 / counts[1])
        else:
            shares = [v / n for n, v in zip(counts, variances, strict=True)]
            total = shares[0] + shares[1]
            degrees = total**2 / (shares[0] ** 2 / (counts[0] - 1) + shares[1] ** 2 / (counts[1] - 1))
            spread = np.sqrt(np.stack(variances))
            error = np.sqrt(total)
        t = difference / error
    p, low, high = judged(t, degrees, tail, level, difference, error)

    def back(part: ndarray):
        return scattered(np.atleast_2d(part), first.shape, (axis,))

    stats = Struct({"tstat": back(t), "df": back(degrees), "sd": back(spread)})
    return back(verdict(p, level)), back(p), back(np.stack([low, high])), stats


# --------------------------------------------------------------------------------------------------------- by ranks
def known(value: Any, name: str) -> ndarray:
    found = take.vector(value, name)
    return found[~np.isnan(found)]


def ranks_of(values: ndarray) -> tuple[ndarray, float]:
    """Ranks, ties sharing theirs; and the sum of (t^3 - t)/2 over groups of t ties."""
    from scipy.stats import rankdata

    _, groups = np.unique(values, return_counts=True)
    return rankdata(values), float(((groups.astype(float) ** 3 - groups) / 2).sum())


def normal_share(z: float) -> float:
    from scipy.stats import norm as law

    return float(law.cdf(z))


@builtin(outputs=3)
def ranksum(nargout, x, y, /, *, alpha=None, method=None, tail="both"):
    """
    p = ranksum(x, y)
    [p, h] = ranksum(x, y)
    [p, h, stats] = ranksum(...)
    [...] = ranksum(..., Name=Value)

    Wilcoxon's rank sum test of equal medians of two independent samples (Mann and Whitney's U test).

    Options
      alpha   the level (0.05)
      method  'exact' or 'approximate' (usually for samples of 10 and more)
      tail    'both', 'right' (x larger) or 'left'

    Examples
      >> [p, h, stats] = ranksum([1.1 2.2 3.3 4.4], [5.5 6.6 7.7 8.8 9.9])
      p =
          0.0159
      h =
        logical
         1
      stats =
        struct with fields:
          ranksum: 10

    See also signrank, ttest2.
    """
    first, second = known(x, "X"), known(y, "Y")
    if not first.size or not second.size:
        raise ScriptError("stats:signrank:NotEnoughData", "No data remaining after removal of NaNs.")
    level = 0.05 if alpha is None else level_of(alpha)
    side = tail_of(tail)
    count, other = first.size, second.size
    small = min(count, other)
    word = "" if method is None else take.choice(method, ("exact", "approximate", "oldexact"), "Method")
    exact = word in ("exact", "oldexact") if word else small < 10 and count + other < 20
    ranks, ties = ranks_of(np.concatenate([first, second]))
    total = float(ranks[:count].sum())
    stats = Struct({"ranksum": total})
    if exact:
        sums, ways = sums_of_ranks(ranks, count)
        low, high = ways[sums <= total + 1e-9].sum() / ways.sum(), ways[sums >= total - 1e-9].sum() / ways.sum()
        p = {"both": min(2 * min(low, high), 1.0), "right": high, "left": low}[side]
    else:
        whole = count + other
        scatter = count * other * ((whole + 1) - 2 * ties / (whole * (whole - 1))) / 12
        away = total - count * (whole + 1) / 2
        move = {"both": 0.5 * np.sign(away), "right": 0.5, "left": -0.5}[side]
        z = (away - move) / np.sqrt(scatter) if scatter else 0.0
        p = {"both": 2 * normal_share(-abs(z)), "right": normal_share(-z), "left": normal_share(z)}[side]
        stats = Struct({"zval": float(z), "ranksum": total})
    return float(p), bool(p <= level), stats


def sums_of_ranks(ranks: ndarray, count: int) -> tuple[ndarray, ndarray]:
    """The sums that `count` of the ranks can have, and in how many ways (ranks are multiples of a half)."""
    doubled = np.rint(2 * ranks).astype(int)
    ways = np.zeros((count + 1, int(doubled.sum()) + 1))
    ways[0, 0] = 1
    for rank in doubled.tolist():
        ways[1:, rank:] += ways[:-1, : ways.shape[1] - rank].copy()
    return np.arange(ways.shape[1]) / 2, ways[count]


@builtin(outputs=3)
def signrank(nargout, x, y=0.0, /, *, alpha=None, method=None, tail="both"):
    """
    p = signrank(x)
    p = signrank(x, y)
    p = signrank(x, m)
    [p, h, stats] = signrank(...)
    [...] = signrank(..., Name=Value)

    Wilcoxon's signed rank test that x (x - y, x - m) has median 0.

    Options
      alpha   the level (0.05)
      method  'exact' or 'approximate' (usually for more than 15)
      tail    'both', 'right' (larger) or 'left'

    Examples
      >> [p, h, stats] = signrank([1.5 2.5 -0.5 3.5 4.5 5.5])
      p =
          0.0625
      h =
        logical
         0
      stats =
        struct with fields:
          signedrank: 20

    See also ranksum, ttest.
    """
    values = take.vector(x, "X")
    if numel_of(y) == 1:
        away = values - take.number(y, "M")
    else:
        other = take.vector(y, "Y")
        if other.size != values.size:
            raise ScriptError("stats:signrank:InputSizeMismatch", "X and Y must have the same length.")
        away = values - other
    away = away[~np.isnan(away)]
    if not away.size:
        raise ScriptError("stats:signrank:NotEnoughData", "No data remaining after removal of NaNs.")
    away = away[np.abs(away) > 2 * np.finfo(float).eps]
    level = 0.05 if alpha is None else level_of(alpha)
    side = tail_of(tail)
    count = away.size
    if not count:
        return 1.0, False, Struct({"zval": np.nan, "signedrank": 0.0})
    word = "" if method is None else take.choice(method, ("exact", "approximate", "oldexact"), "Method")
    exact = word in ("exact", "oldexact") if word else count <= 15
    ranks, ties = ranks_of(np.abs(away))
    total = float(ranks[away > 0].sum())
    stats = Struct({"signedrank": total})
    if exact:
        doubled = np.rint(2 * ranks).astype(int)
        ways = np.zeros(int(doubled.sum()) + 1)
        ways[0] = 1
        for rank in doubled.tolist():
            ways[rank:] += ways[: ways.size - rank].copy()
        sums = np.arange(ways.size) / 2
        low, high = ways[sums <= total].sum() / ways.sum(), ways[sums >= total].sum() / ways.sum()
        p = {"both": min(2 * min(low, high), 1.0), "right": high, "left": low}[side]
    else:
        scatter = (count * (count + 1) * (2 * count + 1) - ties) / 24
        z = (total - count * (count + 1) / 4) / np.sqrt(scatter)
        p = {"both": 2 * normal_share(-abs(z)), "right": normal_share(-z), "left": normal_share(z)}[side]
        stats = Struct({"zval": float(z), "signedrank": total})
    return float(p), bool(p <= level), stats


@builtin(outputs=4)
def kstest(nargout, x, /, *, CDF=None, Alpha=None, Tail="unequal"):
    """
    h = kstest(x)
    h = kstest(x, Name=Value)
    [h, p, ksstat, cv] = kstest(...)

    Kolmogorov and Smirnov's test of a standard normal distribution, or of the one in CDF.

    Options
      CDF    two columns: points, and the share up to each
      Alpha  the level (0.05)
      Tail   'unequal', 'larger' or 'smaller'

    Examples
      >> [h, p, ksstat, cv] = kstest([-1.2 -0.4 0.1 0.3 0.9 1.4])
      h =
        logical
         0
      p =
          0.9166
      ksstat =
          0.2065
      cv =
          0.5193

    See also kstest2, normcdf.
    """
    from scipy import stats

    values = np.sort(known(x, "X"))
    count = values.size
    if not count:
        raise ScriptError("stats:kstest:NotEnoughData", "Sample vector X must contain at least 1 observation.")
    level = 0.05 if Alpha is None else level_of(Alpha)
    side = take.choice(Tail, ("unequal", "larger", "smaller"), "Tail")
    if CDF is None:
        shares = stats.norm.cdf(values)
    else:
        table = take.real(CDF, "CDF")
        if table.ndim != 2 or table.shape[1] != 2:
            raise take.wanted("two columns", "CDF", CDF)
        order = np.argsort(table[:, 0], kind="stable")
        shares = np.interp(values, table[order, 0], table[order, 1])
    steps = np.arange(count + 1) / count
    above, below = (steps[1:] - shares).max(), (shares - steps[:-1]).max()
    distance = {"unequal": max(above, below), "larger": above, "smaller": below}[side]
    law = stats.kstwo(count) if side == "unequal" else stats.ksone(count)
    p = float(law.sf(distance))
    return bool(p <= level), p, float(distance), float(law.ppf(1 - level))


@builtin(outputs=3)
def kstest2(nargout, x1, x2, /, *, Alpha=None, Tail="unequal"):
    """
    h = kstest2(x1, x2)
    h = kstest2(x1, x2, Name=Value)
    [h, p, ks2stat] = kstest2(...)

    Kolmogorov and Smirnov's test that two samples come from one distribution.

    Options
      Alpha  the level (0.05)
      Tail   'unequal', 'larger' or 'smaller'

    Examples
      >> [h, p, ks2stat] = kstest2(1:10, 6:15)
      h =
        logical
         0
      p =
          0.1108
      ks2stat =
          0.5000

    See also kstest, ranksum.
    """
    first, second = np.sort(known(x1, "X1")), np.sort(known(x2, "X2"))
    if not first.size or not second.size:
        raise ScriptError("stats:kstest2:NotEnoughData", "Sample vectors must contain at least 1 observation.")
    level = 0.05 if Alpha is None else level_of(Alpha)
    side = take.choice(Tail, ("unequal", "larger", "smaller"), "Tail")
    points = np.concatenate([first, second])
    gaps = np.searchsorted(first, points, "right") / first.size - np.searchsorted(second, points, "right") / second.size
    distance = float({"unequal": np.abs(gaps).max(), "larger": gaps.max(), "smaller": (-gaps).max()}[side])
    size = first.size * second.size / (first.size + second.size)
    reach = max((np.sqrt(size) + 0.12 + 0.11 / np.sqrt(size)) * distance, 0)
    if side == "unequal":
        place = np.arange(1, 102)
        p = 2 * float(((-1.0) ** (place - 1) * np.exp(-2 * (reach * place) ** 2)).sum())
    else:
        p = float(np.exp(-2 * reach**2))
    p = min(max(p, 0.0), 1.0)
    return bool(p <= level), p, distance


@builtin(outputs=3)
def anova1(session, nargout, y, group=None, displayopt="on", /):
    """
    p = anova1(y)
    p = anova1(y, group)
    p = anova1(y, group, 'off')
    [p, tbl, stats] = anova1(...)

    Whether the means of groups (the columns of y, or what group names) differ: the p-value and the table of sums of
    squares, which is printed unless the last argument is 'off'.

    Examples
      >> [p, tbl, stats] = anova1([1 4 7; 2 5 9; 3 7 9], [], 'off'); p
      p =
          0.0024
      >> disp(tbl(:, 1:5))
          {'Source' }    {'SS'     }    {'df'}    {'MS'      }    {'F'       }
          {'Columns'}    {[60.2222]}    {[ 2]}    {[ 30.1111]}    {[ 19.3571]}
          {'Error'  }    {[ 9.3333]}    {[ 6]}    {[  1.5556]}    {0×0 double}
          {'Total'  }    {[69.5556]}    {[ 8]}    {0×0 double}    {0×0 double}
      >> p = anova1([1 2 3 7 8 9], [1 1 1 2 2 2]);
      ANOVA Table
      Source    SS    df    MS    F     Prob>F
      -------------------------------------------
      Groups    54    1     54    54    0.0018263
      Error     4     4     1
      Total     58    5

    See also ttest2, ranksum.
    """
    from scipy.stats import f as law

    data = take.real(y, "Y")
    source = "Columns"
    if group is None or not numel_of(group):
        if data.ndim != 2:
            raise take.wanted("a matrix", "Y", y)
        if 1 in data.shape:
            raise ScriptError("stats:anova1:InvalidData", "A vector Y needs groups.")
        labels = np.broadcast_to(np.arange(data.shape[1]), data.shape).ravel("F")
        names = [str(place + 1) for place in range(data.shape[1])]
    elif 1 not in data.shape:
        names = take.texts(group, "Group")
        if len(names) != data.shape[1]:
            raise ScriptError("stats:anova1:InputSizeMismatch", "Groups must be as many as the columns of Y.")
        labels = np.broadcast_to(np.arange(data.shape[1]), data.shape).ravel("F")
    else:
        source = "Groups"
        numbers, names = session.call("grp2idx", 2, group)
        labels = take.vector(numbers, "Group") - 1
        names = [str(name) for name in names.ravel().tolist()]
        if labels.size != data.size:
            raise ScriptError("stats:anova1:InputSizeMismatch", "Group must have as many elements as Y.")
    flat = data.ravel("F")
    good = ~np.isnan(flat) & ~np.isnan(labels)
    flat, labels = flat[good], labels[good].astype(int)
    used = np.unique(labels)
    counts = np.array([(labels == one).sum() for one in used], float)
    means = np.array([flat[labels == one].mean() for one in used])
    whole = flat.mean() if flat.size else np.nan
    between = float((counts * (means - whole) ** 2).sum())
    within = float(sum(((flat[labels == one] - mean) ** 2).sum() for one, mean in zip(used, means, strict=True)))
    degrees, rest = used.size - 1, flat.size - used.size
    square = within / rest if rest > 0 else np.nan
    ratio = (between / degrees) / square if degrees and square else np.inf if between else np.nan
    p = float(law.sf(ratio, degrees, rest)) if degrees > 0 and rest > 0 else np.nan
    none = np.zeros((0, 0))
    rows = [
        ["Source", "SS", "df", "MS", "F", "Prob>F"],
        [source, between, float(degrees), between / degrees if degrees else np.nan, float(ratio), p],
        ["Error", within, float(rest), float(square), none, none],
        ["Total", between + within, float(flat.size - 1), none, none, none],
    ]
    table = np.empty((4, 6), OBJECT)
    for row, line in enumerate(rows):
        for place, item in enumerate(line):
            table[row, place] = item
    if take.choice(displayopt, ("on", "off"), "Display option") == "on":
        session.out.write(as_text(rows))
    stats = Struct({
        "gnames": session.call("char", 1, *names) if source == "Columns" else cell_of_texts(names),
        "n": norm(counts.reshape(1, -1)), "source": "anova1", "means": norm(means.reshape(1, -1)),
        "df": float(rest), "s": float(np.sqrt(square)),
    })  # fmt: skip
    return p, table, stats


def as_text(rows: list) -> str:
    """The table as lines."""


    def cell(item) -> str:
        return item if isinstance(item, str) else f"{item:.5g}" if isinstance(item, float) else ""

    shown = [[cell(item) for item in row] for row in rows]
    widths = [max(len(row[place]) for row in shown) + 4 for place in range(6)]
    lines = ["".join(item.ljust(width) for item, width in zip(row, widths, strict=True)).rstrip() for row in shown]
    rule = "-" * max(map(len, lines))
    return "\n".join(["ANOVA Table", lines[0], rule, *lines[1:]]) + "\n"
