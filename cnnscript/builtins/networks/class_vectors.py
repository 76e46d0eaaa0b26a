"""Classes as numbers and as columns of zeros and a one: ind2vec, vec2ind."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm


@builtin
def ind2vec(session, ind, N=None, /):
    """
    vec = ind2vec(ind)
    vec = ind2vec(ind, N)

    Classes as columns with a one in the row of the class: a sparse matrix with N rows, or as many as the largest class.

    Examples
      >> full(ind2vec([1 3 2]))
      ans =
           1     0     0
           0     0     1
           0     1     0

    See also vec2ind, plotconfusion.
    """
    numbers = take.vector(ind, "ind")
    if not all(number >= 1 and number == int(number) for number in numbers.tolist()):
        raise ScriptError("nnet:Args:InvalidIndices", "Indices must be positive integers.")
    most = int(numbers.max(initial=0))
    rows = most if N is None else take.count(N, "N")
    if rows < most:
        raise ScriptError("nnet:Args:InvalidIndices", f"N is {rows}, but the largest index is {most}.")
    places = norm(np.arange(1.0, numbers.size + 1).reshape(1, -1))
    return session.call("sparse", 1, norm(numbers.reshape(1, -1)), places, 1.0, float(rows), float(numbers.size))


@builtin(outputs=2)
def vec2ind(nargout, vec, /):
    """
    ind = vec2ind(vec)
    [ind, n] = vec2ind(vec)

    The row of the largest number in each column: the classes of columns such as ind2vec makes, or of a network's
    scores; and how many rows there are.

    Examples
      >> [ind, n] = vec2ind([1 0 0.2; 0 1 0.7])
      ind =
           1     2     2
      n =
           2

    See also ind2vec, plotconfusion, max.
    """
    table = take.real(vec, "vec")
    if table.ndim != 2 or not table.shape[0]:
        raise ScriptError("nnet:Args:InvalidVectors", "Vectors must be the columns of a matrix.")
    found = np.argmax(np.nan_to_num(np.asarray(table, float), nan=-np.inf), axis=0) + 1.0
    return norm(found.reshape(1, -1)), float(table.shape[0])
