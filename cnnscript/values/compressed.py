"""SciPy's compressed columns as sparse matrices hold them, and places in them."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnscript.values.numeric import COLON, COMPLEX, DOUBLE, LOGICAL, ndarray

if TYPE_CHECKING:
    from scipy.sparse import csc_array


def one_place(args: tuple, rows: int, columns: int) -> tuple[int, int] | None:
    """Row and column (from 0) of one or two double scalars that lie inside; None for any other indices."""
    for arg in args:
        if type(arg) is not float or not 1.0 <= arg < 2.0**62 or arg != int(arg):
            return None
    if len(args) == 2:
        row, column = int(args[0]) - 1, int(args[1]) - 1
    elif len(args) == 1 and rows:
        column, row = divmod(int(args[0]) - 1, rows)
    else:
        return None
    return (row, column) if row < rows and column < columns else None


def is_colon(arg: Any) -> bool:
    return arg is COLON or type(arg) is str and arg == ":"


def listed(places: Any) -> ndarray:
    return np.arange(places.start, places.stop, places.step or 1) if type(places) is slice else places


def run_of(places: Any) -> Any:
    """Places as SciPy takes them: a slice that does not run beyond zero, or an array."""
    return places if type(places) is slice and (places.step or 1) > 0 else listed(places)


def csc(parts: Any, shape: tuple[int, int]) -> csc_array:
    from scipy.sparse import csc_array

    return csc_array(parts, shape=shape)  # the arrays are shared: nobody changes them


def with_arrays(matrix: csc_array, data: ndarray, indices: ndarray, ends: ndarray) -> csc_array:
    """A canonical matrix of the same size from arrays known to be good: SciPy's own checks of them take longer than
    the work."""
    made = copy(matrix)
    made.data, made.indices, made.indptr = data, indices, ends
    return made


def canonical(matrix: Any) -> csc_array:
    """A SciPy sparse matrix of any format as `Sparse` holds it: sorted, each place once, no zeros; complex numbers
    without imaginary parts as real ones; other dtypes as double."""
    from scipy.sparse import csc_array

    matrix = csc_array(matrix)
    if matrix.dtype not in (DOUBLE, LOGICAL, COMPLEX):
        matrix = matrix.astype(COMPLEX if matrix.dtype.kind == "c" else DOUBLE)
    matrix.sum_duplicates()
    if not matrix.data[: matrix.indptr[-1]].all():
        matrix = matrix.copy()
        matrix.eliminate_zeros()
    if matrix.dtype == COMPLEX and not matrix.data.imag.any():
        matrix = csc_array((matrix.data.real.copy(), matrix.indices, matrix.indptr), shape=matrix.shape)
    return matrix
