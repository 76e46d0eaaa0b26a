"""Labels as rows of zeros and ones, and back: onehotencode, onehotdecode, dummyvar."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import shaped
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import to_class
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import (
    DTYPE_OF_CLASS,
    as_array,
    class_of,
    is_cell,
    is_numeric,
    ndarray,
    norm,
    size_of,
    size_text,
)
from cnnscript.values.tables import Table, Variable
from cnnscript.values.text import is_text, texts_or_none


def categories_of(value: Any, wanted: Any, name: str) -> tuple[ndarray, list[str]]:
    """The codes of labels (0: none) and the names of their classes."""
    if type(value) is Categorical:
        names = value.names if wanted is None else class_names(wanted)
        place = {word: code for code, word in enumerate(names, 1)}
        table = np.array([0, *(place.get(word, 0) for word in value.names)])
        return table[value.codes], list(names)
    if wanted is None:
        raise ScriptError(
            f"MATLAB:{name}:ClassNamesRequired",
            "Labels that are not categorical need 'ClassNames'.",
            notes=(f"got a {class_of(value)}",),
        )
    names = class_names(wanted)
    place = {word: code for code, word in enumerate(names, 1)}
    if is_numeric(value) or class_of(value) == "logical":
        words = [f"{number:g}" for number in as_array(value).astype(float).ravel("F").tolist()]
    else:
        words = texts_or_none(value) or []
    shape = size_of(value) if not isinstance(value, str) else (1, 1)
    return np.array([place.get(word, 0) for word in words], int).reshape(shape, order="F"), names


def class_names(value: Any) -> list[str]:
    if type(value) is Categorical:
        return value.texts()
    if is_text(value) or is_cell(value):
        return take.texts(value, "ClassNames")
    return [f"{number:g}" for number in take.vector(value, "ClassNames").tolist()]


@builtin
def onehotencode(x, /, *rest, ClassNames=None):
    """
    B = onehotencode(A, featureDim)
    B = onehotencode(A, featureDim, typename)
    tblB = onehotencode(tblA)
    B = onehotencode(..., ClassNames=names)

    Labels as vectors with a one at the place of their class along a dimension of length 1; of a table with one
    variable, a table with a variable for each class.  A label of no class is NaN.

    Options
      ClassNames  the classes in order (the categories)

    Examples
      >> B = onehotencode(categorical({'a'; 'b'; 'a'}), 2)
      B =
           1     0
           0     1
           1     0
      >> disp(class(onehotencode(categorical({'a' 'b'}), 1, 'single')))
      single
      >> tblB = onehotencode(table(categorical({'a'; 'b'})));
      >> disp(tblB.Properties.VariableNames)
          {'a'}    {'b'}
      >> B = onehotencode("b", 2, ClassNames=["a" "b"])
      B =
           0     1

    See also onehotdecode, categorical, dummyvar.
    """
    given = list(rest)
    kinds = tuple(DTYPE_OF_CLASS)
    if type(x) is Table:
        if len(x.variables) != 1:
            raise ScriptError(
                "MATLAB:onehotencode:TableVariables",
                "The table must have one variable.",
                notes=(f"it has {len(x.variables)}",),
            )
        kind = take.choice(given[0], kinds, "Type") if given else "double"
        codes, names = categories_of(x.variables[0].data, ClassNames, "onehotencode")
        matrix = encoded(codes.reshape(-1, 1), len(names), 1)
        columns = tuple(
            Variable(name, to_class(norm(matrix[:, place : place + 1].copy(order="F")), kind))
            for place, name in enumerate(names)
        )
        return Table(columns, x.rows, x.row_names)
    if not given:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("onehotencode(A, featureDim)",))
    axis = take.dimension(given[0], "Feature dimension") - 1
    kind = take.choice(given[1], kinds, "Type") if len(given) > 1 else "double"
    codes, names = categories_of(x, ClassNames, "onehotencode")
    codes = codes.reshape(codes.shape + (1,) * (axis + 1 - codes.ndim))
    if codes.shape[axis] != 1:
        raise ScriptError(
            "MATLAB:onehotencode:DimensionMustBeSingleton",
            "The feature dimension must have length 1.",
            notes=(f"dimension {axis + 1} of {size_text(codes.shape)} has length {codes.shape[axis]}",),
        )
    if kind == "logical" and (codes == 0).any():
        raise ScriptError("MATLAB:onehotencode:Undefined", "Labels of no class are NaN, which logicals do not have.")
    return to_class(norm(np.asfortranarray(encoded(codes, len(names), axis))), kind)


def encoded(codes: ndarray, count: int, axis: int) -> ndarray:
    planes = [np.where(codes == 0, np.nan, codes == place) for place in range(1, count + 1)]
    return np.concatenate(planes, axis) if planes else np.zeros([*codes.shape[:axis], 0, *codes.shape[axis + 1 :]])


@builtin
def onehotdecode(x, classes, axis, kind="categorical", /):
    """
    A = onehotdecode(B, classes, featureDim)
    A = onehotdecode(B, classes, featureDim, typename)

    The classes at the largest values along a dimension: a categorical, or 'string', 'double' ...

    Examples
      >> A = onehotdecode([0.1 0.9; 0.8 0.2], {'a' 'b'}, 2)
      A =
        2×1 categorical array
           b
           a
      >> A = onehotdecode([0; 1], ["x" "y"], 1, 'string')
      A =
          "y"

    See also onehotencode, categorical, max.
    """
    array = take.array(x, "B")
    place = take.integer(axis, "Feature dimension", 1, 32) - 1
    array = array.reshape(array.shape + (1,) * (place + 1 - array.ndim))
    names = class_names(classes)
    if len(names) != array.shape[place]:
        raise ScriptError(
            "MATLAB:onehotdecode:ClassesMismatch",
            "There must be one class for each element along the feature dimension.",
            notes=(f"{len(names)} classes, {array.shape[place]} elements",),
        )
    lost = np.isnan(array).any(axis=place)
    best = np.argmax(np.where(np.isnan(array), -np.inf, array), axis=place) + 1
    codes = np.expand_dims(np.where(lost, 0, best), place)
    while codes.ndim > 2 and codes.shape[-1] == 1:
        codes = codes[..., 0]
    made = Categorical(np.asfortranarray(codes, np.int64), names)
    word = take.text(kind, "Type")
    if word == "categorical":
        return made
    if word in ("string", "cell"):
        from cnnscript.values.text import String

        cell = shaped(made.texts(), codes.shape)
        return String(cell) if word == "string" else cell
    numbers = np.array([np.nan, *(float(name) for name in names)])[codes] if all(map(numeric, names)) else None
    if numbers is None:
        raise ScriptError("MATLAB:onehotdecode:Type", f"Classes that are words cannot be of class '{word}'.")
    return to_class(norm(np.asfortranarray(numbers)), word)


def numeric(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


@builtin
def dummyvar(x, /):
    """
    D = dummyvar(group)

    Groups as columns of zeros and ones: a column for each category, or for each whole number from 1 on.

    Examples
      >> D = dummyvar(categorical({'a'; 'b'; 'a'}))
      D =
           1     0
           0     1
           1     0
      >> D = dummyvar([1 1; 2 3])
      D =
           1     0     1     0     0
           0     1     0     0     1

    See also onehotencode, categorical, grp2idx.
    """
    if type(x) is Categorical:
        return norm(np.asfortranarray(encoded(x.codes.reshape(-1, 1, order="F"), len(x.names), 1)))
    if is_cell(x):
        if not x.size:
            raise ScriptError("MATLAB:dummyvar:BadGroup", "A cell of groups must not be empty.")
        parts = [as_array(dummyvar(item)) for item in x.ravel("F").tolist()]
        if len({len(part) for part in parts}) > 1:
            raise ScriptError("MATLAB:dummyvar:BadGroup", "All groups of a cell must have the same length.")
        return norm(np.asfortranarray(np.hstack(parts)))
    matrix = take.real(x, "group")
    if not matrix.size:
        raise ScriptError("MATLAB:dummyvar:BadGroup", "The groups must not be empty.")
    if matrix.shape[0] == 1:
        matrix = matrix.T
    if matrix.ndim > 2 or not matrix.size or (matrix != np.floor(matrix)).any() or (matrix < 1).any():
        raise ScriptError("MATLAB:dummyvar:BadGroup", "Groups must be whole numbers from 1 on, or categorical.")
    require_memory((len(matrix), int(min(matrix.max(), 2.0**62))), 8)
    columns = [encoded(column.reshape(-1, 1).astype(int), int(column.max()), 1) for column in matrix.T]
    return norm(np.asfortranarray(np.hstack(columns)))


