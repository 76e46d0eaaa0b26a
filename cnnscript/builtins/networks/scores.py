"""From scores to labels: scores2label."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_properties import class_categories
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.label_encoding import class_names
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.text import text_or_none

CLOSE = 1e-3  # sums of single scores over a thousand classes differ from 1 by less


@builtin(outputs=2)
def scores2label(nargout, scores, classNames, dim="auto", /):
    """
    labels = scores2label(scores,classNames)
    labels = scores2label(scores,classNames,dim)
    [labels,topScores] = scores2label(scores,classNames)

    The classes with the highest scores, categorical, with all classes as categories.

    classNames is a string array, a cell of texts or categorical, in the order of the scores. The classes lie along
    dimension dim; 'auto' (default) takes the one dimension that is as long as there are classes and whose scores sum
    to one.

    Examples
      >> [labels,topScores] = scores2label([0.2 0.8; 0.9 0.1],["cat" "dog"],2)
      labels =
        2×1 categorical array
           dog
           cat
      topScores =
          0.8000
          0.9000

    See also minibatchpredict, predict, onehotdecode, classify.
    """
    array = take.numeric(scores, "scores")
    names = class_names(classNames)
    axis = channel_dimension(array, len(names), dim)
    best = array.argmax(axis=axis)
    codes = (np.expand_dims(best, axis) + 1).astype(np.int64)
    while codes.ndim > 2 and codes.shape[-1] == 1:
        codes = codes[..., 0]
    labels = class_categories(tuple(names), codes)
    top = norm(np.asfortranarray(np.take_along_axis(array, np.expand_dims(best, axis), axis)))
    return (labels, top) if nargout > 1 else labels


def channel_dimension(scores: np.ndarray, count: int, dim: Any) -> int:
    """The axis along which the classes lie."""
    if text_or_none(dim) is None:
        axis = take.dimension(dim, "dim") - 1
        length = scores.shape[axis] if axis < scores.ndim else 1
        if length != count:
            raise ScriptError(
                "deep:scores2label:InvalidDimension",
                "The size of the channel dimension must be the number of class names.",
                notes=(f"dimension {axis + 1} of the scores is {length} long", f"there are {count} class names"),
            )
        return axis
    take.choice(dim, ("auto",), "dim")
    fits = [axis for axis in range(scores.ndim) if scores.shape[axis] == count]
    fits = [axis for axis in fits if (abs(scores.sum(axis, dtype=float) - 1) <= CLOSE).all()]
    if len(fits) != 1:
        raise ScriptError(
            "deep:scores2label:UnableToDetermineChannelDimension",
            "Unable to determine the channel dimension of the scores.",
            notes=(
                f"the scores are {size_text(scores.shape)}, there are {count} class names",
                f"{len(fits) or 'no'} dimensions are of that length and sum to one",
            ),
            hint="name it: scores2label(scores,classNames,dim)",
        )
    return fits[0]
