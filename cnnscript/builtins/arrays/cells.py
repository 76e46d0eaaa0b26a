"""Cells: making them, taking arrays apart into them, putting them together again."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.language.mapping import elements_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, real_numbers, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    DOUBLE,
    EMPTY,
    LOGICAL,
    OBJECT,
    as_array,
    class_of,
    is_cell,
    ndarray,
    norm,
    size_of,
    size_text,
)  # fmt: skip
from cnnscript.values.text import is_char, text_or_none


@builtin
def cell(*sizes):
    """
    C = cell(n)
    C = cell(sz1, ..., szN)
    C = cell(sz)

    A cell array of the given size with [] in every cell.

    Examples
      >> C = cell(1, 2)
      C =
        1×2 cell array
          {0×0 double}    {0×0 double}
      >> disp(size(cell(3)))
           3     3
      >> disp(numel(cell([2 3])))
           6

    See also iscell, cell2mat, num2cell, struct.
    """
    from cnnscript.builtins.arrays.dimensions import require_memory, shape_from

    shape = shape_from(sizes, "cell") if sizes else (0, 0)
    require_memory(shape, 8)
    return shaped([EMPTY] * prod(shape), shape)


@builtin
def iscell(value, /):
    """
    tf = iscell(A)

    Whether a value is a cell array.

    Examples
      >> disp(iscell({1, 2}))
         1

    See also cell, iscellstr.
    """
    return is_cell(value)


@builtin
def deal(nargout, first, /, *rest):
    """
    [B1, ..., Bn] = deal(A1, ..., An)
    [B1, ..., Bn] = deal(A)

    Hand each input to the output of the same number, or one input to all.

    Examples
      >> [a, b] = deal(1, 2)
      a =
           1
      b =
           2
      >> [p, q] = deal(0);

    See also struct, cell.
    """
    values = (first, *rest)
    wanted = max(nargout, 1)
    if len(values) == 1:
        return values * wanted
    if len(values) != wanted:
        raise ScriptError(
            "MATLAB:deal:narginNargoutMismatch",
            "The number of outputs should match the number of inputs.",
            notes=(f"{len(values)} inputs, {wanted} outputs",),
        )
    return values


@builtin
def num2cell(array, dimensions=None, /):
    """
    C = num2cell(A)
    C = num2cell(A, dim)

    Each element of an array in a cell of its own; with dimensions, whole rows, columns or pages.

    Examples
      >> C = num2cell([1 2])
      C =
        1×2 cell array
          {[1]}    {[2]}
      >> C = num2cell([1 2; 3 4], 1)
      C =
        1×2 cell array
          {2×1 double}    {2×1 double}

    See also cell2mat, mat2cell.
    """
    shape = size_of(array)
    if dimensions is None:
        return shaped(elements_of(array), shape)
    from cnnscript.values.indexing import index
    from cnnscript.values.numeric import COLON

    numbers = real_numbers(dimensions, "num2cell", "Dimensions").ravel("F").tolist()
    whole = {whole_number(number, "num2cell", "Dimension", 1) - 1 for number in numbers}
    if not whole:
        return shaped(elements_of(array), shape)
    kept = [1 if axis in whole else length for axis, length in enumerate(shape)]
    pieces = []
    for place in product(*(range(1, length + 1) for length in reversed(kept))):
        place = place[::-1]
        pieces.append(index(array, tuple(COLON if axis in whole else float(at) for axis, at in enumerate(place))))
    while len(kept) > 2 and kept[-1] == 1:
        kept.pop()
    return shaped(pieces, tuple(kept))


@builtin
def mat2cell(array, first, /, *rest):
    """
    C = mat2cell(A, dim1Dist, ..., dimNDist)
    C = mat2cell(A, rowDist)

    Blocks of an array in cells: each argument gives the lengths of the blocks along one dimension.

    Examples
      >> C = mat2cell(magic(4), [2 2], [3 1])
      C =
        2×2 cell array
          {2×3 double}    {2×1 double}
          {2×3 double}    {2×1 double}
      >> disp(size(mat2cell([1; 2; 3], [1 2])))
           2     1

    See also num2cell, cell2mat.
    """
    from cnnscript.values.indexing import index

    shape = size_of(array)
    parts = [
        [whole_number(n, "mat2cell", "Block length") for n in as_array(d).ravel("F").tolist()] for d in (first, *rest)
    ]
    if len(parts) == 1:
        parts += [[length] for length in shape[1:]]
    lengths = [*shape, *[1] * (len(parts) - len(shape))]
    for axis, (blocks, length) in enumerate(zip(parts, lengths, strict=False)):
        if sum(blocks) != length:
            raise ScriptError(
                "MATLAB:mat2cell:VectorSumMismatch",
                f"Input arguments, D1 through D{len(parts)}, must sum to each dimension of the input matrix size, "
                f"[{' '.join(map(str, shape))}].",
                notes=(f"D{axis + 1} sums to {sum(blocks)}, the dimension is {length}",),
            )
    if len(parts) < len(shape):
        raise ScriptError(
            "MATLAB:mat2cell:ArgumentCountMismatch",
            f"Number of input vector arguments, {len(parts)}, does not match the input matrix's dimension, "
            f"{len(shape)}.",
        )
    ends = [np.cumsum(blocks).tolist() for blocks in parts]
    pieces = []
    for place in product(*(range(len(blocks)) for blocks in reversed(parts))):
        args = []
        for axis, k in enumerate(place[::-1]):
            stop = ends[axis][k]
            args.append(norm(np.arange(stop - parts[axis][k] + 1.0, stop + 1.0)))
        pieces.append(index(array, tuple(args)))
    return shaped(pieces, tuple(len(blocks) for blocks in parts))


@builtin
def cell2mat(cells, /):
    """
    A = cell2mat(C)

    The contents of cells put together as one array.

    Examples
      >> A = cell2mat({1 [2 3]; 4 [5 6]})
      A =
           1     2     3
           4     5     6

    See also num2cell, mat2cell, vertcat.
    """
    if not is_cell(cells):
        raise ScriptError(
            "MATLAB:cellRefFromNonCell",
            "Brace indexing is not supported for variables of this type.",
            notes=(f"cell2mat got {described(cells)}",),
        )
    if not cells.size:
        return np.zeros((0, 0))
    items = cells.ravel("F").tolist()
    if len(items) == 1 and not is_cell(items[0]):
        return items[0]
    kinds = set(map(type, items))
    if kinds == {float}:
        return norm(np.array(items, DOUBLE).reshape(cells.shape, order="F"))
    if kinds == {bool}:
        return norm(np.array(items, LOGICAL).reshape(cells.shape, order="F"))
    classes = {class_of(item) for item in items}
    if len(classes) > 1:
        raise ScriptError(
            "MATLAB:cell2mat:MixedDataTypes",
            "All contents of the input cell array must be of the same data type.",
            notes=("there are " + ", ".join(sorted(classes)),),
        )
    if (
        classes & {"cell", "function_handle", "string"}
        or not classes <= {"struct", "char", "logical"}
        and hasattr(items[0], "property_names")
        and not items[0].is_sparse
    ):
        raise ScriptError(
            "MATLAB:cell2mat:UnsupportedCellContent",
            "CELL2MAT does not support cell arrays containing cell arrays or objects.",
        )
    from cnnscript.values.concatenate import cat

    blocks = cells
    try:
        # rows of blocks first, as brackets do; then down, then the pages
        for axis in (1, 0, *range(2, cells.ndim)):
            moved = np.moveaxis(blocks, axis, -1)
            joined = np.empty((*moved.shape[:-1], 1), OBJECT)
            for place in np.ndindex(moved.shape[:-1]):
                joined[(*place, 0)] = cat(axis + 1, *moved[place].tolist())
            blocks = np.moveaxis(joined, -1, axis)
        return blocks.ravel()[0]
    except ScriptError as fault:
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch",
            "Dimensions of arrays being concatenated are not consistent.",
            notes=fault.notes,
        ) from None


@builtin
def celldisp(session, scope, cells, name=None, /):
    """
    celldisp(C)
    celldisp(C, displayName)

    Show the contents of every cell, cells inside cells too.

    Examples
      >> C = {1, 'a'};
      >> celldisp(C)
      C{1} =
           1
      C{2} =
      a
      >> celldisp({2}, 'D')
      D{1} =
           2

    See also cell, disp.
    """
    if not is_cell(cells):
        raise ScriptError("MATLAB:celldisp:notACell", "Must be a cell array.", notes=(f"got {described(cells)}",))
    word = text_or_none(name) or next((known for known in scope.names() if scope.get(known, None) is cells), "ans")
    show_cells(session, cells, word)


def empty_words(item: Any) -> str:
    """What celldisp shows of an empty array, which disp shows nothing of."""
    if is_char(item):
        return "     ''\n"
    if type(item) is ndarray:
        return "     []\n"
    return f"{size_text(size_of(item), '-by-')} {class_of(item)}\n"


def show_cells(session: Any, cells: ndarray, name: str) -> None:
    from cnnscript.display import disp

    vector = cells.ndim == 2 and 1 in cells.shape
    for number, place in enumerate(np.ndindex(*reversed(cells.shape)), 1):
        place = place[::-1]
        label = f"{name}{{{number if vector else ','.join(str(k + 1) for k in place)}}}"
        item = cells[place]
        if is_cell(item):
            show_cells(session, item, label)
        else:
            blank = " \n" if session.format.spacing == "loose" else ""
            shown = disp(item, session.format) or empty_words(item)
            session.out.write(f"{blank}{label} =\n{blank}{shown}{blank}")
