"""What functions of other topics do with sparse matrices: conversions, and questions about their places."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.registry import overload
from cnnscript.builtins.sparse.sparse_parts import on_full
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import COMPLEX, DOUBLE, INTEGER_CLASSES, LOGICAL, norm
from cnnscript.values.sparse import Sparse, as_sparse, full_value, to_double, to_logical


# -------------------------------------------------------------------------------------------------------- conversions
@overload("sparse")
def double(x, /):
    """
    D = double(S)

    A logical sparse matrix as a double one.

    Examples
      >> double(sparse([true false]))
      ans =
         (1,1)        1

    See also sparse, full.
    """
    return to_double(x)


@overload("sparse")
def logical(x, /):
    """
    L = logical(S)

    Where a sparse matrix is not zero, as a logical sparse matrix.

    Examples
      >> logical(sparse([2 0]))
      ans =
        1×2 sparse logical array
         (1,1)      1

    See also sparse, full.
    """
    return to_logical(x)


def unimplemented(x, /):
    """
    single(S)
    int8(S)

    Refused: sparse matrices are double or logical.

    Examples
      >> try, single(speye(2)), catch e, disp(e.message), end
      Attempt to convert to unimplemented sparse type.

    See also sparse, full.
    """
    return x.convert("single")


for word in ("single", *sorted(INTEGER_CLASSES)):
    overload("sparse", name=word)(unimplemented)


@overload("sparse")
def mat2str(X, how=None, class_word=None, /):
    """
    t = mat2str(S)
    t = mat2str(S, n)

    A sparse matrix as the text of a call of sparse.

    Examples
      >> mat2str(sparse([0 2]))
      ans =
          'sparse(1,2,2,1,2)'

    See also sparse, full.
    """
    if type(X) is not Sparse:
        raise ScriptError("MATLAB:mat2str:invalidPrecision", "Precision must be a positive integer.")
    rows, columns, data = X.places()
    more = tuple(item for item in (how, class_word) if item is not None)
    parts = [
        on_full("mat2str", 1, (norm(part.reshape(-1, 1)), *more))
        for part in (rows + 1.0, columns + 1.0, data)
    ]
    m, n = X.size()
    return f"sparse({','.join(parts)},{m},{n})"


# ---------------------------------------------------------------------------------------------------------- questions
@overload("sparse")
def nzmax(x, /):
    """
    n = nzmax(S)

    How many elements a sparse matrix has room for.

    Examples
      >> nzmax(speye(3))
      ans =
           3

    See also sparse, full.
    """
    return float(max(x.count(), x.room, 1))


@overload("sparse")
def isdiag(x, /):
    """
    tf = isdiag(S)

    Whether a sparse matrix is zero beside its diagonal.

    Examples
      >> isdiag(speye(2))
      ans =
        logical
         1

    See also sparse, full.
    """
    rows, columns, _ = x.places()
    return bool((rows == columns).all())


@overload("sparse")
def istril(x, /):
    """
    tf = istril(S)

    Whether a sparse matrix is zero above its diagonal.

    Examples
      >> istril(speye(2))
      ans =
        logical
         1

    See also sparse, full.
    """
    rows, columns, _ = x.places()
    return bool((rows >= columns).all())


@overload("sparse")
def istriu(x, /):
    """
    tf = istriu(S)

    Whether a sparse matrix is zero below its diagonal.

    Examples
      >> istriu(speye(2))
      ans =
        logical
         1

    See also sparse, full.
    """
    rows, columns, _ = x.places()
    return bool((rows <= columns).all())


@overload("sparse")
def isbanded(x, lower, upper, /):
    """
    tf = isbanded(S, lower, upper)

    Whether a sparse matrix is zero outside a band.

    Examples
      >> isbanded(speye(3), 0, 1)
      ans =
        logical
         1

    See also sparse, full.
    """
    rows, columns, _ = as_sparse(x).places()
    low, high = take.count(full_value(lower), "LOWER"), take.count(full_value(upper), "UPPER")
    return bool((rows - columns <= low).all() and (columns - rows <= high).all())


@overload("sparse", outputs=2)
def bandwidth(nargout, x, side=None, /):
    """
    b = bandwidth(S, side)
    [lower, upper] = bandwidth(S)

    How far from its diagonal a sparse matrix reaches.

    Examples
      >> [lower, upper] = bandwidth(sparse([1 0; 1 1]))
      lower =
           1
      upper =
           0

    See also sparse, full.
    """
    rows, columns, _ = as_sparse(x).places()
    low = float(max((rows - columns).max(initial=0), 0))
    high = float(max((columns - rows).max(initial=0), 0))
    if side is not None:
        return low if take.choice(side, ("lower", "upper"), "Type") == "lower" else high
    return (low, high) if nargout > 1 else low


@overload("sparse")
def issymmetric(x, kind=None, /):
    """
    tf = issymmetric(S)
    tf = issymmetric(S, 'skew')

    Whether a sparse matrix equals its transpose.

    Examples
      >> issymmetric(speye(2))
      ans =
        logical
         1

    See also sparse, full.
    """
    x = as_sparse(x)
    return mirror_of(x, x.matrix.T, kind)


@overload("sparse")
def ishermitian(x, kind=None, /):
    """
    tf = ishermitian(S)
    tf = ishermitian(S, 'skew')

    Whether a sparse matrix equals its conjugate transpose.

    Examples
      >> ishermitian(speye(2))
      ans =
        logical
         1

    See also sparse, full.
    """
    x = as_sparse(x)
    return mirror_of(x, x.matrix.conj().T, kind)


def mirror_of(x: Sparse, turned: Any, kind: Any) -> bool:
    if x.size()[0] != x.size()[1]:
        return False
    skew = kind is not None and take.choice(kind, ("skew", "nonskew"), "Option") == "skew"
    turned = canonical(turned)
    return to_double(x).equals(Sparse(canonical(-turned.astype(COMPLEX) if skew else turned)))


@overload("sparse")
def trace(x, /):
    """
    t = trace(S)

    The sum of the diagonal of a sparse matrix, full.

    Examples
      >> trace(speye(3))
      ans =
           3

    See also sparse, full.
    """
    rows, columns, data = x.places()
    if x.size()[0] != x.size()[1]:
        raise ScriptError("MATLAB:trace:square", "Matrix must be square.")
    return norm(data[rows == columns].astype(data.dtype if data.dtype != LOGICAL else DOUBLE).sum())
