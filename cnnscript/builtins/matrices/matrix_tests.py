"""Questions about a matrix: issymmetric, ishermitian, isdiag, istril, istriu, isbanded, bandwidth."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray
from cnnscript.values.take import described


@builtin
def issymmetric(x, skew=None, /):
    """
    issymmetric(A)
    issymmetric(A, 'skew')

    Whether A equals A.' (or -A.').

    Examples
      >> issymmetric([1 2; 2 3])
      ans =
        logical
         1
      >> issymmetric([0 1; -1 0], 'skew')
      ans =
        logical
         1

    See also ishermitian, isdiag.
    """
    array = require_numeric(x, "issymmetric")
    if array.ndim > 2 or array.shape[0] != array.shape[1]:
        return False
    other = -array.T if skew is not None and take.choice(skew, ("skew", "nonskew"), "Option") == "skew" else array.T
    return bool((array == other).all())


@builtin
def ishermitian(x, skew=None, /):
    """
    ishermitian(A)
    ishermitian(A, 'skew')

    Whether A equals A' (or -A').

    Examples
      >> ishermitian([1 2i; -2i 3])
      ans =
        logical
         1
      >> ishermitian([0 1; -1 0], 'skew')
      ans =
        logical
         1

    See also issymmetric.
    """
    return issymmetric(x, skew) if isinstance(x, ndarray) and x.dtype.kind != "c" else hermitian(x, skew)


def hermitian(x, skew) -> bool:
    array = require_numeric(x, "ishermitian")
    if array.ndim > 2 or array.shape[0] != array.shape[1]:
        return False
    other = array.conj().T
    if skew is not None and take.choice(skew, ("skew", "nonskew"), "Option") == "skew":
        other = -other
    return bool((array == other).all())


@builtin
def isdiag(x, /):
    """
    isdiag(A)

    Whether all elements off the diagonal are 0.

    Examples
      >> isdiag(eye(3))
      ans =
        logical
         1

    See also istril, istriu, isbanded.
    """
    array = require_numeric(x, "isdiag")
    return array.ndim == 2 and not (np.triu(array, 1).any() or np.tril(array, -1).any())


@builtin
def istril(x, /):
    """
    istril(A)

    Whether all elements above the diagonal are 0.

    Examples
      >> istril([1 0; 2 3])
      ans =
        logical
         1

    See also istriu, isdiag, tril.
    """
    array = require_numeric(x, "istril")
    return array.ndim == 2 and not np.triu(array, 1).any()


@builtin
def istriu(x, /):
    """
    istriu(A)

    Whether all elements below the diagonal are 0.

    Examples
      >> istriu([1 2; 0 3])
      ans =
        logical
         1

    See also istril, isdiag, triu.
    """
    array = require_numeric(x, "istriu")
    return array.ndim == 2 and not np.tril(array, -1).any()


@builtin
def isbanded(x, lower, upper, /):
    """
    isbanded(A, lower, upper)

    Whether all elements further below and above the diagonal than the bandwidths are 0.

    Examples
      >> isbanded([1 2 0; 0 1 2; 0 0 1], 0, 1)
      ans =
        logical
         1

    See also bandwidth, isdiag.
    """
    below, above = bandwidth(2, x)
    return below <= take.count(lower, "Lower bandwidth") and above <= take.count(upper, "Upper bandwidth")


@builtin(outputs=2)
def bandwidth(nargout, x, kind=None, /):
    """
    [lower, upper] = bandwidth(A)
    bandwidth(A, 'lower')
    bandwidth(A, 'upper')

    How far from the diagonal elements are that are not 0.

    Examples
      >> [lower, upper] = bandwidth([1 2 0; 0 1 2; 0 0 1])
      lower =
           0
      upper =
           1
      >> bandwidth([1 0; 5 1], 'lower')
      ans =
           1

    See also isbanded, tril, triu.
    """
    array = require_numeric(x, "bandwidth")
    if array.ndim > 2:
        raise ScriptError("MATLAB:bandwidth:inputMustBe2D", "Input must be 2-D.", notes=(f"got {described(x)}",))
    rows, columns = np.nonzero(array)
    offsets = columns - rows
    lower = float(max(0, -int(offsets.min(initial=0))))
    upper = float(max(0, int(offsets.max(initial=0))))
    if kind is not None:
        return lower if take.choice(kind, ("lower", "upper"), "Type") == "lower" else upper
    return lower, upper
