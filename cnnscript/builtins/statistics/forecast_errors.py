"""How far forecasts are from what came: rmse, mape."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.reductions import mean
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import as_array, is_numeric, norm
from cnnscript.values.text import text_or_none


@builtin
def rmse(F, A, /, *rest, Weights=None):
    """
    E = rmse(F,A)
    E = rmse(F,A,"all")
    E = rmse(F,A,dim)
    E = rmse(F,A,[dim1 dim2 ...])
    E = rmse(...,nanflag)
    E = rmse(...,Weights=W)

    Root mean square error of forecasts F against what came, A; both single or double.

    Options
      Weights  how much each error counts: a vector along the dimension, or an array as large as F

    Examples
      >> rmse([1 2 3],[1 4 3])
      ans =
          1.1547
      >> rmse([1 2; 3 4],[1 4; 3 2],2)
      ans =
          1.4142
          1.4142

    See also mape, rms, mean.
    """
    error = difference(F, A)
    squares = operators.times(error, error) if np.isrealobj(as_array(error)) else norm(np.abs(error) ** 2)
    return norm(np.sqrt(mean(squares, *rest, **weighed(Weights))))


@builtin
def mape(F, A, /, *rest, Weights=None):
    """
    E = mape(F,A)
    E = mape(F,A,"all")
    E = mape(F,A,dim)
    E = mape(F,A,[dim1 dim2 ...])
    E = mape(...,zeroflag)
    E = mape(...,nanflag)
    E = mape(...,Weights=W)

    Mean absolute percentage error of forecasts F against what came, A: the mean of 100|(A-F)/A|; both single or double.

    zeroflag is "includezero" (default: where A is 0 the error is Inf, or NaN) or "omitzero".

    Options
      Weights  how much each error counts: a vector along the dimension, or an array as large as F

    Examples
      >> mape([1 2 3],[1 4 3])
      ans =
         16.6667

    See also rmse, mean.
    """
    error = as_array(difference(F, A))
    whole = np.broadcast_to(as_array(A), error.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = 100 * np.abs(error / whole)
    words = [(text_or_none(one) or "").lower() for one in rest]
    rest = tuple(one for one, word in zip(rest, words, strict=True) if word not in ("omitzero", "includezero"))
    if "omitzero" not in words:
        return mean(norm(np.asfortranarray(each)), *rest, **weighed(Weights))
    zero = whole == 0
    others = norm(np.asfortranarray(np.where(zero, np.nan, each)))
    places = tuple(one for one in rest if (text_or_none(one) or "all").lower() == "all")
    found = mean(others, *places, "omitnan", **weighed(Weights))
    if {"omitnan", "omitmissing"} & set(words):
        return found
    # a NaN that is not left out with its 0 makes the mean NaN
    unknown = as_array(mean(norm(np.asfortranarray((np.isnan(each) & ~zero).astype(each.dtype))), *places)) > 0
    return norm(np.asfortranarray(np.where(unknown, as_array(others).dtype.type(np.nan), as_array(found))))


def weighed(weights: Any) -> dict[str, Any]:
    return {} if weights is None else {"Weights": weights}


def difference(forecasts: Any, actual: Any) -> Any:
    """A - F, of floats whose sizes agree: a difference of integers would end at their smallest and largest."""
    for name, value in (("F", forecasts), ("A", actual)):
        if not is_numeric(value) or as_array(value).dtype.kind not in "fc":
            raise ScriptError(
                "MATLAB:rmse:InvalidType", "Input data must be a single or double array.",
                notes=(f"{name} is {take.described(value)}",), hint=f"double({name}) is taken",
            )  # fmt: skip
    return operators.minus(actual, forecasts)
