"""Matrices page by page: pagemtimes, pagetranspose, pagemldivide, pageinv, pagenorm, pagesvd; tensorprod."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.matrices import matrix_divide, matrix_multiply
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, as_array, fortran, ndarray, norm, quiet, size_text
from cnnscript.values.text import is_text

TURNS = ("none", "transpose", "ctranspose")


def float_pages(value, name: str) -> ndarray:
    """A float array of pages; other classes are refused as MATLAB does."""
    array = require_numeric(value, name)
    if array.dtype.kind not in "fc":
        if array.dtype.kind in "iu":
            raise ScriptError(
                f"MATLAB:{name}:inputType", "Inputs must be of class double or single.",
                notes=(f"{name} got {array.dtype}",),
            )  # fmt: skip
        array = array.astype(DOUBLE)
    return array


def turned(array: ndarray, word: str) -> ndarray:
    """Each page as it is, transposed, or transposed and conjugated."""
    if word == "none":
        return array
    moved = np.swapaxes(array, 0, 1)
    return moved.conj() if word == "ctranspose" and array.dtype.kind == "c" else moved


def paired(a: ndarray, b: ndarray, name: str) -> tuple[ndarray, ndarray]:
    """Two arrays with their pages first (NumPy's order for stacks of matrices), of sizes that go together."""
    count = max(a.ndim, b.ndim)
    a, b = (part.reshape(part.shape + (1,) * (count - part.ndim), order="F") for part in (a, b))
    for one, other in zip(a.shape[2:], b.shape[2:], strict=True):
        if one != other and one != 1 and other != 1:
            raise ScriptError(
                f"MATLAB:{name}:dimagree" if name != "pagemtimes" else "MATLAB:sizeDimensionsMustMatch",
                "Arrays have incompatible sizes for this operation.",
                notes=(f"left is {size_text(a.shape)}", f"right is {size_text(b.shape)}"),
            )  # fmt: skip
    return np.moveaxis(a, (0, 1), (-2, -1)), np.moveaxis(b, (0, 1), (-2, -1))


def back(stack: ndarray):
    """A stack of matrices with its pages last again."""
    return norm(fortran(np.moveaxis(stack, (-2, -1), (0, 1))))


@builtin
def pagemtimes(x, second, third=None, fourth=None, /):
    """
    Z = pagemtimes(X, Y)
    Z = pagemtimes(X, transpX, Y, transpY)

    Products of the pages of two arrays; transpX and transpY are 'none', 'transpose' or 'ctranspose'.

    Examples
      >> Z = pagemtimes(cat(3, [1 2; 3 4], eye(2)), [1; 1])
      Z(:,:,1) =
           3
           7
      Z(:,:,2) =
           1
           1
      >> Z = pagemtimes([1 2; 3 4], 'transpose', [1; 1], 'none')
      Z =
           4
           6

    See also mtimes, pagetranspose, tensorprod.
    """
    first_turn = second_turn = "none"
    y = second
    if third is not None:
        if fourth is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        first_turn = take.choice(second, TURNS, "transpX")
        y, second_turn = third, take.choice(fourth, TURNS, "transpY")
    a = turned(float_pages(x, "pagemtimes"), first_turn)
    b = turned(float_pages(y, "pagemtimes"), second_turn)
    if a.ndim == 2 == b.ndim:
        return norm(as_array(matrix_multiply(a, b)))
    if a.shape[:2] == (1, 1) or b.shape[:2] == (1, 1):
        left, right = paired(a, b, "pagemtimes")
        return back(left * right)
    if a.shape[1] != b.shape[0]:
        raise ScriptError(
            "MATLAB:innerdim",
            "Incorrect dimensions for matrix multiplication. Check that the number of columns in the first matrix "
            "matches the number of rows in the second matrix. To operate on each element of the matrix individually, "
            "use TIMES (.*) for elementwise multiplication.",
            notes=(f"left is {size_text(a.shape)}", f"right is {size_text(b.shape)}"),
        )
    left, right = paired(a, b, "pagemtimes")
    with quiet():
        return back(np.matmul(left, right))


@builtin
def pagetranspose(x, /):
    """
    Y = pagetranspose(X)

    Each page of an array transposed.

    Examples
      >> Y = pagetranspose(cat(3, [1 2], [3 4]))
      Y(:,:,1) =
           1
           2
      Y(:,:,2) =
           3
           4

    See also transpose, pagectranspose, permute.
    """
    return pages_turned(x, "transpose", "pagetranspose")


@builtin
def pagectranspose(x, /):
    """
    Y = pagectranspose(X)

    Each page of an array transposed and conjugated.

    Examples
      >> Y = pagectranspose([1+2i 3])
      Y =
         1.0000 - 2.0000i
         3.0000 - 0.0000i

    See also ctranspose, pagetranspose.
    """
    return pages_turned(x, "ctranspose", "pagectranspose")


def pages_turned(x, word: str, name: str):
    from cnnscript.builtins.arrays.creation import require_parts

    array, made = require_parts(x, name)
    if array.dtype.kind == "c":
        return norm(fortran(turned(array, word)))
    return made(fortran(np.swapaxes(array, 0, 1)))


def divided(name: str, x, second, third, operator: str):
    """`A\\B` or `B/A` on each page."""
    first_turn = second_turn = "none"
    y = second
    if third is not None:
        if operator == "mldivide" and not is_text(second):
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        if operator == "mldivide":
            first_turn, y = take.choice(second, TURNS, "transpA"), third
        else:
            second_turn = take.choice(third, TURNS, "transpA")
    a = turned(float_pages(x, name), first_turn)
    b = turned(float_pages(y, name), second_turn)
    along = 0 if operator == "mldivide" else 1
    if a.shape[along] != b.shape[along]:
        raise ScriptError(
            "MATLAB:dimagree", "Matrix dimensions must agree.",
            notes=(f"left is {size_text(a.shape)}", f"right is {size_text(b.shape)}"),
        )  # fmt: skip
    left, right = paired(a, b, name)
    pages = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, pages + left.shape[-2:])
    right = np.broadcast_to(right, pages + right.shape[-2:])
    rows, columns = (a.shape[1], b.shape[1]) if operator == "mldivide" else (a.shape[0], b.shape[0])
    found = np.zeros((*pages, rows, columns), np.result_type(left, right))
    for place in np.ndindex(*pages):
        found[place] = as_array(matrix_divide(operator, norm(left[place]), norm(right[place])))
    return back(found)


@builtin
def pagemldivide(a, b, c=None, /):
    """
    X = pagemldivide(A, B)
    X = pagemldivide(A, transpA, B)

    A\\B on each page; transpA is 'none', 'transpose' or 'ctranspose'.

    Examples
      >> X = pagemldivide(cat(3, [2 0; 0 4], eye(2)), [2; 8])
      X(:,:,1) =
           1
           2
      X(:,:,2) =
           2
           8
      >> X = pagemldivide([1 1; 0 1], 'transpose', [1; 3])
      X =
           1
           2

    See also mldivide, pagemrdivide, pageinv.
    """
    return divided("pagemldivide", a, b, c, "mldivide")


@builtin
def pagemrdivide(b, a, turn=None, /):
    """
    X = pagemrdivide(B, A)
    X = pagemrdivide(B, A, transpA)

    B/A on each page; transpA is 'none', 'transpose' or 'ctranspose'.

    Examples
      >> X = pagemrdivide([2 8], cat(3, [2 0; 0 4], eye(2)))
      X(:,:,1) =
           1     2
      X(:,:,2) =
           2     8
      >> X = pagemrdivide([1 3], [1 1; 0 1], 'transpose')
      X =
          -2     3

    See also mrdivide, pagemldivide, pageinv.
    """
    return divided("pagemrdivide", b, a, turn, "mrdivide")


@builtin
def pageinv(x, /):
    """
    Y = pageinv(X)

    The inverse of each page.

    Examples
      >> Y = pageinv(cat(3, [2 0; 0 4], eye(2)))
      Y(:,:,1) =
          0.5000         0
               0    0.2500
      Y(:,:,2) =
           1     0
           0     1

    See also inv, pagemldivide, pagetranspose.
    """
    from cnnscript.builtins.matrices.linear import inv

    array = float_pages(x, "pageinv")
    if array.shape[0] != array.shape[1]:
        raise ScriptError("MATLAB:square", "Pages must be square.", notes=(f"got {size_text(array.shape)}",))
    found = np.zeros(array.shape, array.dtype, order="F")
    for place in np.ndindex(*array.shape[2:]):
        found[(..., *place)] = as_array(inv(norm(fortran(array[(..., *place)]))))
    return norm(found)


@builtin
def pagenorm(x, kind=2.0, /):
    """
    n = pagenorm(X)
    n = pagenorm(X, p)

    The norm of each page: 2 (default), 1, Inf or 'fro'.

    Examples
      >> n = pagenorm(cat(3, [3 0; 0 4], eye(2)))
      n(:,:,1) =
           4
      n(:,:,2) =
           1
      >> n = pagenorm([3 0; 0 4], 'fro')
      n =
           5

    See also norm, vecnorm, pagesvd.
    """
    from cnnscript.builtins.matrices.norms import norm_

    array = float_pages(x, "pagenorm")
    found = np.zeros((1, 1, *array.shape[2:]), array.real.dtype)
    for place in np.ndindex(*array.shape[2:]):
        found[(0, 0, *place)] = norm_(norm(fortran(array[(..., *place)])), kind)
    return norm(fortran(found))


@builtin(outputs=3)
def pagesvd(nargout, x, /, *words):
    """
    s = pagesvd(X)
    [U, S, V] = pagesvd(X)
    [U, S, V] = pagesvd(X, "econ")
    [...] = pagesvd(..., outputForm)

    Singular values of each page, or its singular value decomposition; outputForm is 'vector' or 'matrix'.

    Examples
      >> s = pagesvd(cat(3, [3 0; 0 4], eye(2)))
      s(:,:,1) =
           4
           3
      s(:,:,2) =
           1
           1
      >> [U, S, V] = pagesvd([3 0; 0 4], "econ");
      >> disp(norm(U*S*V' - [3 0; 0 4]) < 1e-12)
         1

    See also svd, pagenorm, pageinv.
    """
    economy, form = False, "vector" if nargout < 2 else "matrix"
    for word in words:
        if is_text(word):
            chosen = take.choice(word, ("econ", "vector", "matrix"), "Option")
            economy, form = (True, form) if chosen == "econ" else (economy, chosen)
        elif take.number(word, "Option") == 0:
            economy = True
        else:
            raise take.wanted("'econ', 'vector' or 'matrix'", "Option", word)
    array = float_pages(x, "pagesvd")
    if not np.isfinite(array).all():
        raise ScriptError("MATLAB:svd:matrixWithNaNInf", "Input to SVD must not contain NaN or Inf.")
    stack = np.moveaxis(array, (0, 1), (-2, -1))
    if nargout < 2:
        values = np.linalg.svd(stack, compute_uv=False)
        return (back(values[..., None] if form == "vector" else diagonal_pages(values, array.shape, economy)),)
    left, values, right = np.linalg.svd(stack, full_matrices=not economy)
    middle = values[..., None] if form == "vector" else diagonal_pages(values, array.shape, economy)
    return back(left), back(middle), back(np.swapaxes(right, -1, -2).conj())


def diagonal_pages(values: ndarray, shape: tuple, economy: bool) -> ndarray:
    count = values.shape[-1]
    rows, columns = (count, count) if economy else shape[:2]
    found = np.zeros((*values.shape[:-1], rows, columns), values.dtype)
    places = np.arange(count)
    found[..., places, places] = values
    return found


@builtin
def tensorprod(a, b, first=None, second=None, /, *, NumDimensionsA=None):
    """
    C = tensorprod(A, B, dimA, dimB)
    C = tensorprod(A, B, dim)
    C = tensorprod(A, B)
    C = tensorprod(A, B, 'all')
    C = tensorprod(..., NumDimensionsA=n)

    Products of tensors: summed over dimensions dimA of A and dimB of B, the outer product, or the inner one.

    Options
      NumDimensionsA  how many dimensions A counts as (trailing ones too)

    Examples
      >> C = tensorprod([1 2; 3 4], [1; 1], 2, 1)
      C =
           3
           7
      >> C = tensorprod([1 2; 3 4], [1 2; 3 4], "all")
      C =
          30
      >> size(tensorprod(ones(2, 3), ones(4, 5)))
      ans =
           2     3     4     5

    See also pagemtimes, kron, dot.
    """
    left, right = float_pages(a, "tensorprod"), float_pages(b, "tensorprod")
    if NumDimensionsA is not None:
        wanted = take.positive(NumDimensionsA, "NumDimensionsA")
        if wanted < (left.ndim if left.ndim > 2 or left.shape[1] != 1 else 1):
            raise take.wanted("at least the number of dimensions of A", "NumDimensionsA", NumDimensionsA)
        if wanted >= left.ndim:
            left = left.reshape(left.shape + (1,) * (wanted - left.ndim), order="F")
        else:
            left = left.reshape(left.shape[:wanted], order="F")
    if first is not None and is_text(first):
        take.choice(first, ("all",), "Dimension")
        if left.shape != right.shape:
            raise ScriptError(
                "MATLAB:tensorprod:DimsMustMatch", "Dimensions of A and B must be the same for 'all'.",
                notes=(f"A is {size_text(left.shape)}", f"B is {size_text(right.shape)}"),
            )  # fmt: skip
        return norm(np.sum(left * right).reshape(1, 1))
    over_left = dimensions_of(first, "dimA")
    over_right = over_left if second is None else dimensions_of(second, "dimB")
    left = left.reshape(left.shape + (1,) * (max(over_left, default=0) + 1 - left.ndim), order="F")
    right = right.reshape(right.shape + (1,) * (max(over_right, default=0) + 1 - right.ndim), order="F")
    lengths = [[part.shape[axis] for axis in over] for part, over in ((left, over_left), (right, over_right))]
    if lengths[0] != lengths[1]:
        raise ScriptError(
            "MATLAB:tensorprod:DimsMustMatch", "Dimensions to contract must have the same lengths.",
            notes=(f"A is {size_text(left.shape)}", f"B is {size_text(right.shape)}"),
        )  # fmt: skip
    rest = [length for axis, length in enumerate(left.shape) if axis not in over_left]
    rest += [length for axis, length in enumerate(right.shape) if axis not in over_right]
    require_memory(rest, np.result_type(left, right).itemsize)
    found = np.tensordot(left, right, (over_left, over_right))
    if found.ndim < 2:
        found = found.reshape(-1, 1)
    return norm(fortran(found))


def dimensions_of(value, name: str) -> list[int]:
    if value is None:
        return []
    numbers = take.vector(value, name)
    if (numbers < 1).any() or (numbers != np.floor(numbers)).any() or np.unique(numbers).size != numbers.size:
        raise take.wanted("distinct positive integers", name, value)
    if (numbers > 60).any():
        raise take.wanted("dimensions up to 60", name, value)
    return [int(number) - 1 for number in numbers]
