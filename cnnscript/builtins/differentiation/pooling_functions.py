"""maxpool, avgpool, maxunpool: the largest and the mean under a window, and the way back."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.labelled_arguments import Labelled, given_out, require_room, sliding, spans
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import poolings
from cnnscript.engine.labelled.convolutions import Sliding
from cnnscript.engine.labelled.running import run
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import numbers, plain_shape
from cnnscript.values.numeric import as_array, norm, size_of, size_text
from cnnscript.values.text import text_or_none


@builtin(outputs=3)
def maxpool(nargout, X, poolsize, /, *, Stride=1.0, Padding=0.0, DataFormat=None, PoolFormat=None):
    """
    Y = maxpool(X,poolsize)
    Y = maxpool(X,poolsize,Name=Value)
    Y = maxpool(X,"global")
    [Y,indx,inputSize] = maxpool(X,poolsize)

    The largest number under a window that slides over the dimensions of space, or those of PoolFormat.

    indx are linear indices into X, which maxunpool takes, with the size of X.

    Options
      Stride      step of the window, one number or one a dimension (1)
      Padding     'same', a number, one a dimension, or a matrix whose rows are the start and the end (0); what is added
                  is never the largest
      DataFormat  labels of the dimensions of an X without labels
      PoolFormat  labels of the dimensions that the window slides over, such as 'T'

    Examples
      >> [Y,indx,inputSize] = maxpool(dlarray(magic(4),"SSCB"),2,Stride=2);
      >> extractdata(Y)
      ans =
          16    13
          14    15
      >> extractdata(indx), inputSize
      ans =
           1    13
           8    12
      inputSize =
           4     4     1     1

    See also maxunpool, avgpool, dlconv, dlarray.
    """
    x, window, size, how = pooled("maxpool", X, poolsize, Stride, Padding, DataFormat, PoolFormat, 0)
    y = x.out(x.run_over(window, lambda a: poolings.pool_max(a, size, how)))
    if nargout < 2:
        return y
    if len(size) == 3:
        raise ScriptError("cnnscript:NotYet", "Indices of pooling over three dimensions are not in cnnscript yet.")
    indices = run(lambda a: poolings.places_of_largest(a, x.labels, size, window, how), as_array(
        numbers(x.array)).reshape(x.sizes, order="F"))  # fmt: skip
    found = np.asarray(indices, float)
    return y, given_out(found, x.labels if x.formatted else ""), norm(np.array([size_of(x.array)], float))


@builtin
def avgpool(X, poolsize, /, *, Stride=1.0, Padding=0.0, PaddingValue=0.0, DataFormat=None, PoolFormat=None):
    """
    Y = avgpool(X,poolsize)
    Y = avgpool(X,poolsize,Name=Value)
    Y = avgpool(X,"global")

    The mean under a window that slides over the dimensions of space, or those of PoolFormat.

    Options
      Stride        step of the window, one number or one a dimension (1)
      Padding       'same', a number, one a dimension, or a matrix whose rows are the start and the end (0)
      PaddingValue  0 (default): the padding counts as zeros; 'mean': it does not count
      DataFormat    labels of the dimensions of an X without labels
      PoolFormat    labels of the dimensions that the window slides over, such as 'T'

    Examples
      >> extractdata(avgpool(dlarray(magic(4),"SSCB"),"global"))
      ans =
          8.5000
      >> Y = avgpool(dlarray([1 2 3 4],"CT"),2,PoolFormat="T",Stride=2)
      Y =
        1(C) × 2(T) dlarray
          1.5000    3.5000

    See also maxpool, dlconv, dlarray.
    """
    value: Any = "mean"
    if text_or_none(PaddingValue) is None:
        value = take.number(numbers(PaddingValue), "PaddingValue")
        if value != 0:
            raise take.wanted("0 or 'mean'", "PaddingValue", PaddingValue)
    else:
        take.choice(PaddingValue, ("mean",), "PaddingValue")
    x, window, size, how = pooled("avgpool", X, poolsize, Stride, Padding, DataFormat, PoolFormat, value)
    return x.out(x.run_over(window, lambda a: poolings.pool_mean(a, size, how)))


def pooled(
    function: str, X: Any, poolsize: Any, stride: Any, padding: Any, data_format: Any, pool_format: Any, value: Any
) -> tuple[Labelled, str, tuple[int, ...], Sliding]:
    """The input, the labels that a window slides over, its size, and how it slides."""
    x = Labelled(function, X, data_format)
    window = "S"
    if pool_format is not None:
        wanted = dimension_labels.checked(take.text(pool_format, "PoolFormat").upper())
        window = "".join(dict.fromkeys(wanted))
        if not wanted or set(window) - set("ST") or any(wanted.count(one) != x.count(one) for one in window):
            raise ScriptError(
                f"deep:{function}:PoolFormat", "PoolFormat must name dimensions of the input, 'S' or 'T'.",
                notes=(f"it is '{wanted}'", f"the input is {x.text()}"),
            )  # fmt: skip
    lengths = [n for n, label in zip(x.sizes, x.labels, strict=True) if label in window]
    if not 1 <= len(lengths) <= 3:
        raise ScriptError(
            f"deep:{function}:SpatialDimensions",
            "The input must have one to three dimensions to pool over.",
            notes=(f"the input is {x.text()}",),
            hint='PoolFormat="T" pools over time' if "T" in x.labels else None,
        )
    if text_or_none(poolsize) is not None:
        take.choice(poolsize, ("global",), "poolsize")
        return x, window, tuple(lengths), Sliding((1,) * len(lengths), ((0, 0),) * len(lengths), (), value)
    size = spans(poolsize, len(lengths), "poolsize")
    how = sliding(len(lengths), stride, padding, value=value)
    if not isinstance(how.padding, str) and any(
        max(pair) >= span for pair, span in zip(how.padding, size, strict=True)
    ):
        raise ScriptError(
            f"deep:{function}:PaddingTooLarge", "The padding must be smaller than the window.",
            notes=(f"the window is {size_text(size, '×')}",),
        )  # fmt: skip
    require_room(x, lengths, list(size), how)
    return x, window, size, how


@builtin
def maxunpool(X, indx, outputSize, /, *, DataFormat=None):
    """
    Y = maxunpool(X,indx,outputSize)
    Y = maxunpool(X,indx,outputSize,DataFormat=FMT)

    Numbers back where maxpool found its largest; everywhere else is 0.

    indx and outputSize are the second and third output of maxpool.

    Options
      DataFormat  labels of the dimensions of an X without labels

    Examples
      >> [Y,indx,sz] = maxpool(dlarray(magic(4),"SSCB"),2,Stride=2);
      >> extractdata(maxunpool(Y,indx,sz))
      ans =
          16     0     0    13
           0     0     0     0
           0     0     0     0
           0    14    15     0

    See also maxpool, dltranspconv, dlarray.
    """
    x = Labelled("maxunpool", X, DataFormat)
    shape = take.size(numbers(outputSize), "outputSize")
    places = as_array(numbers(indx))
    if plain_shape(size_of(indx)) != plain_shape(x.array.size()):
        raise ScriptError(
            "deep:maxunpool:SizeMismatch", "The indices must have the size of the input.",
            notes=(f"the input is {x.text()}", f"the indices are {size_text(size_of(indx), '×')}"),
        )  # fmt: skip
    if not ((places >= 1) & (places <= np.prod(shape))).all():
        raise ScriptError(
            "deep:maxunpool:InvalidIndices", "The indices must be places in an array of size outputSize.",
            notes=(f"they go from {places.min():g} to {places.max():g}", f"outputSize is {size_text(shape, '×')}"),
        )  # fmt: skip
    turned = np.ascontiguousarray(places.reshape(x.sizes, order="F").T).astype(np.int64)
    whole = (*shape, *(1,) * (len(x.labels) - len(shape)))
    return x.out(x.run(lambda a: poolings.unpool(a, turned, whole)))
