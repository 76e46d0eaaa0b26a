"""Questions about all elements of an array: allfinite, anynan, anymissing, allunique, numunique; clip."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.missing import missing_in
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, norm, numel_of
from cnnscript.values.tables import Table


@builtin
def allfinite(x, /):
    """
    TF = allfinite(A)

    Whether every element is finite: neither NaN nor infinite.

    Examples
      >> disp([allfinite([1 2]), allfinite([1 Inf])])
         1   0

    See also isfinite, anynan, anymissing.
    """
    array = take.numeric(x, "A")
    return bool(np.isfinite(array).all())


@builtin
def anynan(x, /):
    """
    TF = anynan(A)

    Whether any element is NaN.

    Examples
      >> disp([anynan([1 2]), anynan([1 NaN])])
         0   1

    See also isnan, anymissing, allfinite.
    """
    array = take.numeric(x, "A")
    return bool(np.isnan(array).any()) if array.dtype.kind in "fc" else False


@builtin
def anymissing(x, /):
    """
    TF = anymissing(A)

    Whether any element of an array or a table is missing.

    Examples
      >> disp([anymissing(["a" missing]), anymissing([1 2])])
         1   0

    See also ismissing, rmmissing, anynan.
    """
    if type(x) is Table:
        return any(bool(missing_in(variable.data).any()) for variable in x.variables)
    return bool(missing_in(x).any())


@builtin
def numunique(session, x, /):
    """
    n = numunique(A)

    How many different elements (of a table: rows) there are.

    Examples
      >> disp(numunique([3 1 3]))
           2

    See also unique, allunique, groupcounts.
    """
    return distinct(session, x)


def distinct(session: Any, x: Any) -> float:
    found = session.builtin("unique").call(1, x)
    return float(found.rows if type(x) is Table else numel_of(found))


@builtin
def allunique(session, x, /):
    """
    TF = allunique(A)

    Whether all elements (of a table: rows) are different.

    Examples
      >> disp([allunique([3 1 2]), allunique({'a' 'a'})])
         1   0

    See also unique, numunique.
    """
    return distinct(session, x) == (x.rows if type(x) is Table else numel_of(x))


@builtin
def clip(x, low, high, /):
    """
    C = clip(X, lower, upper)

    An array with its elements held between two limits.

    Examples
      >> disp(clip([-1 0.5 7], 0, 1))
               0    0.5000    1.0000

    See also min, max, rescale.
    """
    array = take.numeric(x, "X")
    limits = [np.asarray(as_array(take.numeric(one, "Limit"))) for one in (low, high)]
    try:
        lower, upper = (np.broadcast_to(one, np.broadcast_shapes(one.shape, array.shape)) for one in limits)
    except ValueError:
        raise ScriptError(
            "MATLAB:sizeDimensionsMustMatch", "Arrays have incompatible sizes for this operation."
        ) from None
    if (lower > upper).any():
        raise ScriptError("MATLAB:clip:LimitOrder", "The lower limit must not be above the upper limit.")
    result = np.minimum(np.maximum(array, lower.astype(array.dtype)), upper.astype(array.dtype))
    if array.dtype.kind == "f":
        result = np.where(np.isnan(array), array, result)
    return norm(np.asfortranarray(result))
