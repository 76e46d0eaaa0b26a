"""Categorical arrays counted: their most frequent and their middle category, histcounts of them, isprotected."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import first_axis
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.tables.categories import require
from cnnscript.builtins.text.texts import patterns, shaped
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import ndarray, norm


@builtin
def isprotected(value, /):
    """
    tf = isprotected(A)

    Whether the categories of a categorical array are protected: assigning another name is an error.

    Examples
      >> disp([isprotected(categorical({'a'})), isprotected(categorical({'a'}, 'Ordinal', true))])
         0   1

    See also isordinal, categorical.
    """
    return require(value, "isprotected").protected


def along(codes: ndarray, dimension) -> tuple[ndarray, int]:
    """The codes with enough dimensions, and the axis that a function works along."""
    axis = first_axis(codes.shape) if dimension is None else take.dimension(dimension) - 1
    return codes.reshape(codes.shape + (1,) * (axis + 1 - codes.ndim)), axis


def like(value: Categorical, codes: ndarray) -> Categorical:
    while codes.ndim > 2 and codes.shape[-1] == 1:
        codes = codes[..., 0]
    return Categorical(np.asfortranarray(codes), value.names, value.ordinal, value.protected)


@overload("categorical", outputs=3)
def mode(nargout, value, dimension=None, /):
    """
    M = mode(A)
    M = mode(A, dim)
    [M, F] = mode(...)
    [M, F, C] = mode(...)

    The most frequent category of a categorical array, how often it occurs, and all that occur as often.

    Examples
      >> M = mode(categorical({'b' 'a' 'b'}))
      M =
        categorical
           b
      >> [M, F] = mode(categorical({'b'; 'a'; 'b'}));
      >> disp(F)
           2

    See also median, countcats, categories.
    """
    codes, axis = along(require(value, "mode").codes, dimension)
    counts = [np.count_nonzero(codes == code, axis=axis, keepdims=True) for code in range(1, len(value.names) + 1)]
    shape = tuple(1 if at == axis else length for at, length in enumerate(codes.shape))
    table = np.concatenate(counts, axis) if counts else np.zeros(shape, int)
    most = table.max(axis=axis, keepdims=True)
    best = np.where(most > 0, table.argmax(axis=axis).reshape(shape) + 1, 0)
    ties = [np.flatnonzero(np.moveaxis(table, axis, -1)[place] == top) + 1 if top else np.zeros(1, int)
            for place, top in np.ndenumerate(np.moveaxis(most, axis, -1)[..., 0])]  # fmt: skip
    cells = shaped([like(value, tie.reshape(-1, 1).astype(np.int64)) for tie in ties], shape)
    return like(value, best.astype(np.int64)), norm(np.asfortranarray(most, float)), cells


@overload("categorical")
def median(value, dimension=None, missing=None, /):
    """
    M = median(A)
    M = median(A, dim)
    M = median(..., "omitmissing")

    The middle category of an ordinal categorical array; of two middle ones the one halfway between, or the later one
    of two neighbours.

    Examples
      >> A = categorical({'low' 'mid' 'high'}, {'low' 'mid' 'high'}, 'Ordinal', true);
      >> M = median(A)
      M =
        categorical
           mid

    See also mode, min, max, countcats.
    """
    if not require(value, "median").ordinal:
        raise ScriptError("MATLAB:categorical:NotOrdinal", "Categorical array must be ordinal.", notes=("median",))
    words = ("omitmissing", "omitundefined", "omitnan", "includemissing", "includeundefined", "includenan")
    word = ""
    if missing is not None:
        word = take.choice(missing, words, "Missing flag")
    elif dimension is not None and not isinstance(dimension, float):
        word, dimension = take.choice(dimension, words, "Missing flag"), None
    codes, axis = along(value.codes, dimension)

    def middle(line: ndarray) -> int:
        kept = np.sort(line[line > 0])
        if not kept.size or kept.size < line.size and not word.startswith("omit"):
            return 0
        low, high = kept[(kept.size - 1) // 2], kept[kept.size // 2]
        return int((low + high + 1) // 2)

    found = np.apply_along_axis(middle, axis, codes) if codes.size else np.zeros((), int)
    return like(value, np.expand_dims(np.asarray(found, np.int64), axis) if codes.size else np.zeros((1, 1), np.int64))


@overload("categorical", outputs=2)
def histcounts(nargout, value, chosen=None, /, *, Normalization="count"):
    """
    histcounts(C)
    [N, Categories] = histcounts(C)
    [N, Categories] = histcounts(C, Categories)
    histcounts(C, Normalization=word)

    How many elements of a categorical array each category has, and the categories.

    Options
      Normalization  'count', 'probability', 'percentage', 'pdf', 'countdensity', 'cumcount' or 'cdf'

    Examples
      >> [N, Categories] = histcounts(categorical({'b' 'a' 'b'}))
      N =
           1     2
      Categories =
        1×2 cell array
          {'a'}    {'b'}
      >> disp(histcounts(categorical({'b' 'a' 'b'}), {'b'}))
           2

    See also countcats, histogram, categories.
    """
    names = require(value, "histcounts").names if chosen is None else patterns(chosen, "histcounts")
    place = {name: code for code, name in enumerate(value.names, 1)}
    counts = np.array([np.count_nonzero(value.codes == place.get(name, -1)) for name in names], float)
    kinds = ("count", "countdensity", "probability", "percentage", "pdf", "cumcount", "cdf")
    word = take.choice(Normalization, kinds, "Normalization")
    total = value.codes.size or 1
    if word in ("cumcount", "cdf"):
        counts = np.cumsum(counts)
    if word in ("probability", "pdf", "cdf"):
        counts = counts / total
    if word == "percentage":
        counts = counts * 100 / total
    return norm(counts.reshape(1, -1)), shaped(list(names), (1, len(names)))
