"""The older statistics that leave NaN out: nanmean, nanmax, nanmin, nansum, nanmedian, nanstd, nanvar."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin


@builtin
def nanmean(session, x, /, *dim):
    """
    m = nanmean(X)
    m = nanmean(X, dim)

    Mean without NaN.

    Examples
      >> m = nanmean([1 NaN 3])
      m =
           2
      >> m = nanmean([1 NaN; 3 4], 2)'
      m =
          1.0000    3.5000

    See also mean, nanmedian.
    """
    return session.call("mean", 1, x, *dim, "omitnan")


@builtin
def nanmedian(session, x, /, *dim):
    """
    m = nanmedian(X)
    m = nanmedian(X, dim)

    Median without NaN.

    Examples
      >> m = nanmedian([1 NaN 3 9])
      m =
           3
      >> m = nanmedian([1 NaN; 3 4], 2)'
      m =
          1.0000    3.5000

    See also median, nanmean.
    """
    return session.call("median", 1, x, *dim, "omitnan")


@builtin
def nansum(session, x, /, *dim):
    """
    s = nansum(X)
    s = nansum(X, dim)

    Sum without NaN.

    Examples
      >> s = nansum([1 NaN 3])
      s =
           4
      >> s = nansum([1 NaN; 3 4], 2)'
      s =
           1     7

    See also sum, nanmean.
    """
    return session.call("sum", 1, x, *dim, "omitnan")


@builtin
def nanstd(session, x, /, *rest):
    """
    s = nanstd(X)
    s = nanstd(X, flag)
    s = nanstd(X, flag, dim)

    Standard deviation without NaN.

    Examples
      >> s = nanstd([1 NaN 3])
      s =
          1.4142
      >> s = nanstd([1 NaN 3], 1)
      s =
           1
      >> s = nanstd([1 NaN; 3 5], 0, 2)'
      s =
               0    1.4142

    See also std, nanvar.
    """
    return session.call("std", 1, x, *rest, "omitnan")


@builtin
def nanvar(session, x, /, *rest):
    """
    v = nanvar(X)
    v = nanvar(X, w)
    v = nanvar(X, w, dim)

    Variance without NaN.

    Examples
      >> v = nanvar([1 NaN 3])
      v =
           2
      >> v = nanvar([1 NaN 3], 1)
      v =
           1
      >> v = nanvar([1 NaN; 3 5], 0, 2)'
      v =
           0     2

    See also var, nanstd.
    """
    return session.call("var", 1, x, *rest, "omitnan")


@builtin(outputs=2)
def nanmax(session, nargout, x, /, *rest):
    """
    m = nanmax(X)
    m = nanmax(X, Y)
    m = nanmax(X, [], dim)
    [m, ndx] = nanmax(...)

    Largest elements, NaN left out, as max does.

    Examples
      >> [m, ndx] = nanmax([1 NaN 3])
      m =
           3
      ndx =
           3
      >> m = nanmax([1 NaN 3], 2)
      m =
           2     2     3
      >> m = nanmax([1 NaN; 3 4], [], 2)'
      m =
           1     4

    See also max, nanmin.
    """
    return session.call("max", max(1, nargout), x, *rest)


@builtin(outputs=2)
def nanmin(session, nargout, x, /, *rest):
    """
    m = nanmin(X)
    m = nanmin(X, Y)
    m = nanmin(X, [], dim)
    [m, ndx] = nanmin(...)

    Smallest elements, NaN left out, as min does.

    Examples
      >> [m, ndx] = nanmin([1 NaN 3])
      m =
           1
      ndx =
           1
      >> m = nanmin([1 NaN 3], 2)
      m =
           1     2     2
      >> m = nanmin([1 NaN; 3 4], [], 2)'
      m =
           1     3

    See also min, nanmax.
    """
    return session.call("min", max(1, nargout), x, *rest)
