"""Sparse matrices: the numbers that are not zero and their places, held by SciPy in compressed columns.

A `Sparse` is a value like an array: double (complex too) or logical, always of two dimensions, never changed in place.
SciPy is imported when the first one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.compressed import canonical, csc, is_colon, listed, one_place, run_of, with_arrays
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import (
    CLASS_OF_DTYPE,
    COLON,
    COMPLEX,
    DOUBLE,
    LOGICAL,
    as_array,
    class_of,
    is_cell,
    ndarray,
    norm,
    numel_of,
    size_of,
    size_text,
)
from cnnscript.values.objects import ARRAY_KINDS, SPARSE_KINDS, Object
from cnnscript.values.operands import number_of
from cnnscript.values.selecting import mask_places, open_subscript, subscript

if TYPE_CHECKING:
    from scipy.sparse import csc_array


class Sparse(Object):
    """A sparse matrix.

    matrix   SciPy's, canonical: rows sorted in each column, each place once, no zeros stored; of dtype float64,
             complex128 (some imaginary part is not zero) or bool
    room     elements there is room for (`nzmax`), where more than there are
    """

    is_sparse = True
    __slots__ = ("matrix", "room")

    def __init__(self, matrix: csc_array, room: int = 0):
        self.matrix = matrix
        self.room = room
        if not SPARSE_KINDS:
            SPARSE_KINDS.add(Sparse)
            ARRAY_KINDS.add(Sparse)

    # ------------------------------------------------------------------------------------------------------ what it is
    @property
    def class_name(self) -> str:  # type: ignore[override]
        return CLASS_OF_DTYPE[self.matrix.dtype]

    @property
    def dtype(self) -> np.dtype:
        return self.matrix.dtype

    def size(self) -> tuple[int, ...]:
        return self.matrix.shape

    def count(self) -> int:
        """How many elements are not zero."""
        return int(self.matrix.indptr[-1])

    def bytes(self) -> int:
        """What MATLAB needs: each value and its row, one place a column and one more."""
        each = self.matrix.dtype.itemsize + 8
        return max(self.count(), self.room, 1) * each + 8 * (self.matrix.shape[1] + 1)

    def full(self) -> ndarray:
        """As an array with its zeros, column-major."""
        require_memory(self.matrix.shape, 3 * self.matrix.dtype.itemsize)  # what is computed of it needs room too
        return self.matrix.toarray(order="F")

    def places(self) -> tuple[ndarray, ndarray, ndarray]:
        """Rows and columns (from 0) and values of what is not zero, column by column."""
        matrix = self.matrix
        columns = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
        return matrix.indices.astype(np.int64), columns, matrix.data

    def keys(self) -> ndarray:
        """The linear places (from 0) of what is not zero, ascending."""
        rows, columns, _ = self.places()
        return columns * self.matrix.shape[0] + rows

    def with_data(self, data: ndarray) -> Sparse:
        """Other values (any dtype of the three) at the same places; those that are zero go."""
        matrix = self.matrix
        return Sparse(canonical(csc((data, matrix.indices, matrix.indptr), matrix.shape)))

    # -------------------------------------------------------------------------------------------------------- indexing
    def index(self, args: tuple) -> Sparse:
        if not args:
            return self
        rows, columns = self.matrix.shape
        place = one_place(args, rows, columns)
        if place is not None:
            return self._element(*place)
        if len(args) == 1:
            return self._linear(args[0])
        if len(args) > 2:
            for position, arg in enumerate(args[2:], 2):
                chosen = listed(subscript(arg, 1, position, len(args)))
                if chosen.size != 1:
                    raise no_pages()
            args = args[:2]
        first, second = self._chosen(args[0], rows, 0), self._chosen(args[1], columns, 1)
        part = self.matrix
        if type(second) is not slice or second != slice(0, columns):
            part = part[:, run_of(second)]
        if type(first) is not slice or first != slice(0, rows):
            part = part[run_of(first), :]
        return Sparse(canonical(part))

    def _element(self, row: int, column: int) -> Sparse:
        matrix = self.matrix
        first, behind = matrix.indptr[column], matrix.indptr[column + 1]
        at = first + np.searchsorted(matrix.indices[first:behind], row)
        if at < behind and matrix.indices[at] == row:
            return scalar_value(matrix.data[at])
        return zeros(1, 1, DOUBLE if matrix.dtype == COMPLEX else matrix.dtype)

    def _with_element(self, row: int, column: int, number: Any) -> Sparse:
        """One element written, in time that grows with the number of elements only by a copy."""
        matrix = self.matrix
        first, behind = matrix.indptr[column], matrix.indptr[column + 1]
        at = int(first + np.searchsorted(matrix.indices[first:behind], row))
        data, indices, ends = matrix.data, matrix.indices, matrix.indptr
        if at < behind and indices[at] == row:
            if number:
                data = data.copy()
                data[at] = number
            else:
                ends = ends.copy()
                ends[column + 1 :] -= 1
                data, indices = np.delete(data, at), np.delete(indices, at)
        elif number:
            ends = ends.copy()
            ends[column + 1 :] += 1
            data, indices = np.insert(data, at, number), np.insert(indices, at, row)
        else:
            return self
        return Sparse(with_arrays(matrix, data, indices, ends), self.room)

    def subscript(self) -> Any:
        return norm(self.full())

    def _chosen(self, arg: Any, length: int, position: int) -> Any:
        return subscript(_plain(arg), length, position, 2)

    def _linear(self, arg: Any) -> Sparse:
        rows, columns = self.matrix.shape
        size = rows * columns
        if is_colon(arg):
            return reshaped(self, size, 1)
        if type(arg) is Sparse and arg.dtype == LOGICAL:
            wanted, shape = arg.keys(), arg.size()
            if wanted.size and wanted[-1] >= size:
                mask_places(arg.full(), size, 0, 1)
            shape = (1, wanted.size) if shape[0] == 1 else (wanted.size, 1)
        else:
            arg = _plain(arg)
            wanted = listed(subscript(arg, size, 0, 1))
            masked = type(arg) is ndarray and arg.dtype == LOGICAL or type(arg) is bool
            shape = size_of(arg)
            if masked:
                empty = 0 in shape
                shape = shape if empty else (1, wanted.size) if len(shape) == 2 and shape[0] == 1 else (wanted.size, 1)
                if type(arg) is bool and not arg:
                    shape = (0, 0)
        if len(shape) > 2:
            raise no_pages()
        if 1 in shape:
            if rows == 1 != columns:
                shape = (1, wanted.size)
            elif columns == 1 != rows:
                shape = (wanted.size, 1)
        return from_keys(np.arange(wanted.size), self.at(wanted), shape)

    def at(self, wanted: ndarray) -> ndarray:
        """The values at linear places (from 0)."""
        keys = self.keys()
        if not keys.size:
            return np.zeros(wanted.size, self.dtype)
        found = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        return np.where(keys[found] == wanted, self.matrix.data[found], self.dtype.type(0))

    # ------------------------------------------------------------------------------------------------------ assignment
    def no_elements(self) -> Sparse:
        return zeros(0, 0, self.dtype)

    def assign(self, args: tuple, value: Any) -> Sparse:
        from cnnscript.values.placing import _check_fit, _colon_lengths

        place = one_place(args, *self.matrix.shape)
        if place is not None and type(value) in (float, bool) and self.dtype != COMPLEX:
            return self._with_element(*place, number=value if self.dtype != LOGICAL else _flag(value))
        given = _values(value, self)
        mask = args[0] if len(args) == 1 and type(args[0]) is Sparse and args[0].dtype == LOGICAL else None
        if mask is None:
            args = tuple(COLON if is_colon(arg) else _plain(arg) for arg in args)
        rows, columns = self.matrix.shape
        if len(args) > 2:
            for position, arg in enumerate(args[2:], 2):
                chosen = listed(open_subscript(arg, 1, position, len(args)))
                if chosen.size != 1 or chosen[0]:
                    raise no_pages()
            args = args[:2]
        shape = _Shape(given)
        if len(args) == 1:
            if mask is not None:
                wanted = mask.keys() if mask.size() == (rows, columns) else np.flatnonzero(mask.full().ravel("F"))
            else:
                wanted = listed(open_subscript(args[0], rows * columns, 0, 1))
            if shape.size not in (1, wanted.size):
                raise ScriptError(
                    "MATLAB:matrix:singleSubscriptNumelMismatch",
                    "Unable to perform assignment because the left and right sides have a different number of "
                    "elements.",
                    notes=(f"the left side has {wanted.size}", f"the right side has {shape.size}"),
                )
            top = int(wanted.max()) + 1 if wanted.size else 0
            if top > rows * columns:
                target = self._grown(*self._line(top)) if rows * columns else zeros(*self._line(top), self.dtype)
                return target._put(wanted, given)
            return self._put(wanted, given)
        lengths = _colon_lengths(args, (rows, columns), shape) if (rows, columns) == (0, 0) else (rows, columns)
        first, second = (listed(open_subscript(arg, lengths[at], at, 2)) for at, arg in enumerate(args))
        _check_fit([first.size, second.size], shape)
        if not first.size or not second.size:
            return self
        need = max(rows, int(first.max()) + 1), max(columns, int(second.max()) + 1)
        target = self if need == (rows, columns) else self._grown(*need)
        wanted = (second[:, None] * need[0] + first[None, :]).ravel()
        return target._put(wanted, given)

    def _line(self, length: int) -> tuple[int, int]:
        """The size of this vector with `length` elements."""
        rows, columns = self.matrix.shape
        if rows == 1 or rows == 0 and columns != 1:
            return 1, length
        if columns == 1:
            return length, 1
        if columns == 0:
            return 1, length
        raise ScriptError("MATLAB:matlab:growAmbiguous", "Attempt to grow array along ambiguous dimension.")

    def _grown(self, rows: int, columns: int) -> Sparse:
        matrix = self.matrix
        ends = np.concatenate([matrix.indptr, np.full(columns - matrix.shape[1], matrix.indptr[-1])])
        return Sparse(csc((matrix.data, matrix.indices, ends), (rows, columns)))

    def _put(self, wanted: ndarray, given: Any) -> Sparse:
        """Values (an array or a Sparse, of one element or as many as there are places) at linear places; where a place
        is named twice the last one counts."""
        dtype = np.result_type(self.dtype, given.dtype) if self.dtype != LOGICAL else self.dtype
        if type(given) is Sparse:
            keys, data = given.keys(), given.matrix.data
            if np.prod(given.size()) == 1:
                data = np.repeat(data if data.size else np.zeros(1, given.dtype), wanted.size)
                new_keys, new = wanted, data
            else:
                new_keys, new = wanted[keys], data
                if np.unique(wanted).size != wanted.size:
                    new_keys, new = wanted, given.full().ravel("F")
        else:
            flat = given.ravel("F")
            new_keys, new = wanted, np.repeat(flat, wanted.size) if flat.size == 1 else flat
        new = new.astype(dtype)
        keys = self.keys()
        kept = ~np.isin(keys, wanted)
        if new_keys.size:
            last = np.unique(new_keys[::-1], return_index=True)[1]
            new_keys, new = new_keys[::-1][last], new[::-1][last]
        keys = np.concatenate([keys[kept], new_keys])
        data = np.concatenate([self.matrix.data[kept].astype(dtype), new])
        return from_keys(keys, data, self.matrix.shape)

    def delete_elements(self, args: tuple) -> Sparse:
        from cnnscript.values.placing import _closed, _names_nothing

        rows, columns = self.matrix.shape
        args = tuple(COLON if is_colon(arg) else _plain(arg) for arg in args)
        if len(args) == 1:
            return self._without_places(args[0])
        if len(args) > 2:
            raise no_pages()
        if any(_names_nothing(arg) for arg in args):
            return self
        kept = []
        for position, arg in enumerate(args):
            stay = np.ones((rows, columns)[position], bool)
            stay[_closed(arg, stay.size, position, 2)] = False
            kept.append(np.flatnonzero(stay))
        if kept[0].size and kept[1].size:
            raise ScriptError("MATLAB:subsdeldimmismatch", "A null assignment can have only one non-colon index.")
        if not kept[0].size and not kept[1].size:  # what is written as `:` stays as long as it was
            return zeros(rows, 0, self.dtype) if is_colon(args[0]) and not is_colon(args[1]) else zeros(
                0, columns, self.dtype)  # fmt: skip
        if kept[0].size:
            return Sparse(canonical(self.matrix[kept[0], :]))
        return Sparse(canonical(self.matrix[:, kept[1]]))

    def _without_places(self, arg: Any) -> Sparse:
        from cnnscript.values.placing import _closed

        rows, columns = self.matrix.shape
        gone = np.unique(listed(_closed(arg, rows * columns, 0, 1)))
        if not gone.size:
            return self
        if is_colon(arg):
            return zeros(0, 0, self.dtype)
        keys = self.keys()
        stay = ~np.isin(keys, gone)
        count = rows * columns - gone.size
        shape = (count, 1) if columns == 1 != rows else (1, count)
        keys = keys[stay]
        return from_keys(keys - np.searchsorted(gone, keys), self.matrix.data[stay], shape)

    # ---------------------------------------------------------------------------------------------------- joining
    def concatenate(self, parts: tuple, axis: int) -> Any:
        from scipy import sparse

        from cnnscript.values import concatenate as joining

        if any(is_cell(part) for part in parts):
            return joining._join_cells(parts, axis)
        if axis > 1:
            raise no_pages()
        blocks = []
        for part in parts:
            block = part if type(part) is Sparse else as_sparse(part)
            blocks.append(block)
        kinds = {block.dtype for block in blocks}
        dtype = COMPLEX if COMPLEX in kinds else DOUBLE if DOUBLE in kinds else LOGICAL
        filled = [block for block in blocks if 0 not in block.size()]
        if not filled:
            return zeros(*joining._stack_empties([np.zeros(block.size()) for block in blocks], axis).shape, dtype)
        # empties beside others count only along the joint, where their other size fits
        across = {block.size()[1 - axis] for block in filled}
        filled = [block for block in blocks if 0 not in block.size() or {block.size()[1 - axis]} == across]
        other = {block.size()[1 - axis] for block in filled}
        if len(other) > 1:
            sizes = [size_text(block.size()) for block in filled]
            raise joining.inconsistent(tuple(f"part {place} is {size}" for place, size in enumerate(sizes, 1)))
        matrices = [block.matrix.astype(dtype) for block in filled]
        stack = sparse.hstack if axis == 1 else sparse.vstack
        return Sparse(canonical(stack(matrices, format="csc")))

    # ----------------------------------------------------------------------------------------------------- comparing
    def equals(self, other: Any) -> bool:
        if type(other) is Sparse:
            if self.size() != other.size() or self.count() != other.count():
                return False
            return bool((self.keys() == other.keys()).all() and (self.matrix.data == other.matrix.data).all())
        if number_of(other)[0] is None or size_of(other) != self.size():
            return False
        return self.equals(made_sparse(as_array(other)))

    def no_property(self, name: str, setting: bool = False) -> ScriptError:
        if setting:
            return ScriptError(
                "MATLAB:structAssToNonStruct",
                "Unable to perform assignment because dot indexing is not supported for variables of this type.",
            )
        return ScriptError(
            "MATLAB:structRefFromNonStruct", "Dot indexing is not supported for variables of this type."
        )

    def operator(self, name: str, args: tuple) -> Any:
        from cnnscript.values import sparse_operators

        return sparse_operators.operate(name, args)

    def truth(self) -> bool:
        """What `if` makes of it: no element is zero, and there are some."""
        rows, columns = self.matrix.shape
        if np.isnan(self.matrix.data).any():
            raise ScriptError("MATLAB:nologicalnan", "NaN values cannot be converted to logicals.")
        return 0 < rows * columns == self.count()

    def scalar(self) -> Any:
        """A 1×1 matrix as the number it holds."""
        return self.full().item()

    def convert(self, target: str) -> Any:
        from cnnscript.values.convert import to_class

        if target == "double":
            return self if self.dtype != LOGICAL else Sparse(self.matrix.astype(DOUBLE))
        if target == "logical":
            return to_logical(self)
        if target == "single":
            raise ScriptError(
                "MATLAB:unimplementedSparseType",
                "Attempt to convert to unimplemented sparse type.",
                hint="full(S) is a matrix that may be single",
            )
        if target in ("string", "cell"):
            return to_class(norm(self.full()), target)
        raise ScriptError("MATLAB:unimplementedSparseType", "Attempt to convert to unimplemented sparse type.")


ONE: list[csc_array] = []  # a matrix of one element, made when first needed


def scalar_value(number: Any) -> Sparse:
    """A sparse 1×1 matrix that holds a NumPy scalar, not zero."""
    if not ONE:
        ONE.append(csc((np.ones(1), np.zeros(1, np.int32), np.array([0, 1], np.int32)), (1, 1)))
        ONE[0].sum_duplicates()  # finds out now, for all copies, that it is canonical
    if number.dtype == COMPLEX and number.imag == 0:
        number = number.real
    return Sparse(with_arrays(ONE[0], np.array([number]), ONE[0].indices, ONE[0].indptr))


class _Shape:
    """The size of what is assigned, in the words of those who check sizes of arrays."""

    def __init__(self, given: Any):
        self.shape = given.size() if type(given) is Sparse else given.shape
        self.size = int(np.prod(self.shape))
        self.ndim = len(self.shape)


def _flag(value: Any) -> bool:
    """What a number is in a logical matrix."""
    if value != value:
        raise ScriptError("MATLAB:nologicalnan", "NaN values cannot be converted to logicals.")
    return bool(value)


def _plain(arg: Any) -> Any:
    """A sparse index as a full one."""
    return norm(arg.full()) if type(arg) is Sparse else arg


def _values(value: Any, target: Sparse) -> Any:
    """What is written into a sparse matrix: a Sparse or an array, Booleans for a logical one."""
    if type(value) is Sparse:
        return to_logical(value) if target.dtype == LOGICAL else value
    class_name, _ = number_of(value)
    if class_name is None:
        raise ScriptError(
            "MATLAB:invalidConversion",
            f"Conversion to {target.class_name} from {class_of(value)} is not possible.",
        )
    array = as_array(value)
    if target.dtype == LOGICAL:
        from cnnscript.values.compare import logical_of

        return as_array(logical_of(value))
    return array.astype(COMPLEX if array.dtype.kind == "c" else DOUBLE)


def no_pages() -> ScriptError:
    return ScriptError("MATLAB:sparseNDArray", "N-dimensional indexing allowed for full matrices only.")


# ------------------------------------------------------------------------------------------------------------- making
def from_keys(keys: ndarray, data: ndarray, shape: tuple[int, ...]) -> Sparse:
    """A matrix from linear places (from 0, each at most once) and values."""
    rows, columns = shape
    order = np.argsort(keys, kind="stable")
    keys, data = keys[order], data[order]
    counts = np.bincount(keys // rows, minlength=columns) if keys.size else np.zeros(columns, np.int64)
    ends = np.concatenate([[0], np.cumsum(counts)])
    return Sparse(canonical(csc((data, keys % rows if keys.size else keys, ends), (rows, columns))))


def from_places(rows: ndarray, columns: ndarray, data: ndarray, shape: tuple[int, int]) -> Sparse:
    """A matrix from rows and columns (from 0) and values; those of one place are added (or-ed when logical)."""
    from scipy.sparse import coo_array

    return Sparse(canonical(coo_array((data, (rows, columns)), shape=shape)))


def zeros(rows: int, columns: int, dtype: np.dtype = DOUBLE) -> Sparse:
    return Sparse(csc((np.zeros(0, dtype), np.zeros(0, np.int32), np.zeros(columns + 1, np.int32)), (rows, columns)))


def made_sparse(array: ndarray) -> Sparse:
    if array.ndim > 2:
        raise ScriptError(
            "MATLAB:sparseNDArray", "Input must be a 2-D matrix.", notes=(f"got {size_text(array.shape)}",)
        )
    if array.dtype not in (DOUBLE, COMPLEX, LOGICAL):
        array = array.astype(COMPLEX if array.dtype.kind == "c" else DOUBLE)
    return Sparse(canonical(csc(array, array.shape)))


def as_sparse(value: Any) -> Sparse:
    """A double, logical or char value of two dimensions as a sparse matrix; a sparse one itself."""
    if type(value) is Sparse:
        return value
    class_name, _ = number_of(value)
    if class_name not in ("double", "logical", "char"):
        raise no_sparse(class_of(value))
    return made_sparse(as_array(value))


def no_sparse(class_name: str) -> ScriptError:
    return ScriptError(
        "MATLAB:unimplementedSparseType",
        "Attempt to convert to unimplemented sparse type.",
        notes=(f"got {class_name}; sparse matrices are double or logical",),
    )


def to_logical(value: Sparse) -> Sparse:
    """Which elements are not zero."""
    matrix = value.matrix
    if matrix.dtype == LOGICAL:
        return value
    if matrix.dtype == COMPLEX:
        raise ScriptError("MATLAB:nologicalcomplex", "Complex values cannot be converted to logicals.")
    if np.isnan(matrix.data).any():
        raise ScriptError("MATLAB:nologicalnan", "NaN values cannot be converted to logicals.")
    return Sparse(csc((np.ones(value.count(), LOGICAL), matrix.indices, matrix.indptr), matrix.shape))


def to_double(value: Sparse) -> Sparse:
    return Sparse(value.matrix.astype(DOUBLE)) if value.dtype == LOGICAL else value


def reshaped(value: Sparse, rows: int, columns: int) -> Sparse:
    """The same elements in another size, column by column."""
    return from_keys(value.keys(), value.matrix.data, (rows, columns))


def full_value(value: Any) -> Any:
    """A sparse matrix as a plain value; any other value itself."""
    return norm(value.full()) if type(value) is Sparse else value


def sparse_value(value: Any) -> Any:
    """A double or logical matrix or scalar as a sparse one; any other value itself."""
    if type(value) is float or type(value) is bool:
        dtype = DOUBLE if type(value) is float else LOGICAL
        return scalar_value(dtype.type(value)) if value else zeros(1, 1, dtype)
    if type(value) in (float, bool, complex) or type(value) is ndarray and value.ndim == 2 and value.dtype in (
        DOUBLE, LOGICAL, COMPLEX,
    ):  # fmt: skip
        return made_sparse(as_array(value))
    return value


def is_scalar(value: Any) -> bool:
    return numel_of(value) == 1
