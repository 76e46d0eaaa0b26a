"""Tables as sets of rows, and what is missing in them: unique, ismember, union ...; ismissing, rmmissing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import read_options
from cnnscript.builtins.arrays.missing import fillmissing as fill_array
from cnnscript.builtins.arrays.missing import missing_in
from cnnscript.builtins.arrays.sets import SET_WORDS, grouped
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.tables.table_keys import key_matrix, places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray, norm, size_of
from cnnscript.values.rows import width
from cnnscript.values.tables import Table
from cnnscript.values.text import MISSING, String, is_text, text_or_none, texts_or_none


def column(places: ndarray) -> Any:
    return norm((places + 1.0).reshape(-1, 1))


def words_in(rest: tuple, name: str) -> dict:
    values, words = read_options(rest, name, **SET_WORDS)
    if values:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=(f"{name} of tables",))
    return words


def apart(keys: ndarray) -> ndarray:
    """Keys in which missing values equal nothing: each a number of its own."""
    lost = np.isnan(keys)
    keys = keys.copy()
    keys[lost] = keys.shape[0] + 1.0 + np.arange(np.count_nonzero(lost))
    return keys


def both_keys(first: Any, second: Any, name: str) -> tuple[Table, Table, ndarray, ndarray]:
    """Two tables with the same variables, and the keys of their rows."""
    first, second = require_table(first, name), require_table(second, name)
    if set(first.names) != set(second.names):
        raise ScriptError(
            f"MATLAB:table:{name}:DisjointVars",
            "The tables must have the same variable names.",
            notes=("first: " + ", ".join(first.names[:12]), "second: " + ", ".join(second.names[:12])),
        )
    second = second.select([second.place(one) for one in first.names])
    places = list(range(len(first.variables)))
    one, other = key_matrix([first, second], [places, places], name)
    together = apart(np.concatenate([one, other]))
    return first, second, together[: len(one)], together[len(one) :]


def rows_inside(wanted: ndarray, known: ndarray) -> tuple[ndarray, ndarray]:
    """Which rows of keys are among the known ones, and where first."""
    where: dict[tuple, int] = {}
    for place, key in enumerate(map(tuple, known)):
        where.setdefault(key, place)
    places = np.array([where.get(tuple(key), -1) for key in wanted], np.intp)
    return places >= 0, places


@overload("table", outputs=3)
def unique(nargout, x, /, *rest):
    """
    C = unique(T)
    C = unique(T, order)
    [C, ia, ic] = unique(...)

    The distinct rows of a table in order ('stable': as they come).

    Examples
      >> T = table([2; 1; 2], {'b'; 'a'; 'b'}, 'VariableNames', {'n' 's'});
      >> C = unique(T)
      C =
        2×2 table
          n      s
          _    _____
          1    {'a'}
          2    {'b'}
      >> [C, ia, ic] = unique(T, 'stable');
      >> disp([ia' ic'])
           1     2     1     2     1

    See also ismember, sortrows, groupsummary.
    """
    source = require_table(x, "unique")
    words = words_in(rest, "unique")
    (keys,) = key_matrix([source], [list(range(len(source.variables)))], "unique")
    places, group, _ = grouped(apart(keys), words)
    return source.take(places), column(places), column(group)


@overload("table", outputs=2)
def ismember(nargout, x, collection, /, *rest):
    """
    tf = ismember(A, B)
    [tf, place] = ismember(A, B)

    Which rows of table A are in table B, and where first (0 where not).

    Examples
      >> A = table([1; 2], 'VariableNames', {'n'});
      >> [tf, place] = ismember(A, A(2, :));
      >> disp([tf place])
           0     0
           1     1

    See also unique, intersect.
    """
    words_in(rest, "ismember")
    _, _, wanted, known = both_keys(x, collection, "ismember")
    inside, places = rows_inside(wanted, known)
    return norm(inside.reshape(-1, 1)), norm((places + 1.0).reshape(-1, 1))


@overload("table", outputs=3)
def intersect(nargout, x, y, /, *rest):
    """
    C = intersect(A, B)
    [C, ia, ib] = intersect(A, B)

    The rows in both tables, once each, in order.

    Examples
      >> A = table([3; 1; 2], 'VariableNames', {'n'});
      >> [C, ia, ib] = intersect(A, A(1:2, :));
      >> disp([C.n ia ib])
           1     2     2
           3     1     1

    See also union, setdiff, ismember.
    """
    words = words_in(rest, "intersect")
    first, _, a, b = both_keys(x, y, "intersect")
    places = grouped(a, {"order": words.get("order")})[0]
    inside, where = rows_inside(a[places], b)
    return first.take(places[inside]), column(places[inside]), column(where[inside])


@overload("table", outputs=2)
def setdiff(nargout, x, y, /, *rest):
    """
    C = setdiff(A, B)
    [C, ia] = setdiff(A, B)

    The rows of table A that are not in table B, once each, in order.

    Examples
      >> A = table([3; 1; 2], 'VariableNames', {'n'});
      >> [C, ia] = setdiff(A, A(1, :));
      >> disp([C.n ia])
           1     2
           2     3

    See also intersect, union, ismember.
    """
    words = words_in(rest, "setdiff")
    first, _, a, b = both_keys(x, y, "setdiff")
    places = grouped(a, {"order": words.get("order")})[0]
    kept = places[~rows_inside(a[places], b)[0]]
    return first.take(kept), column(kept)


@overload("table", outputs=3)
def union(nargout, x, y, /, *rest):
    """
    C = union(A, B)
    [C, ia, ib] = union(A, B)

    The rows of either table, once each, in order.

    Examples
      >> A = table([3; 1], 'VariableNames', {'n'});
      >> B = table([2; 1], 'VariableNames', {'n'});
      >> [C, ia, ib] = union(A, B);
      >> disp(C.n')
           1     2     3
      >> disp([ia' ib'])
           2     1     1

    See also intersect, setdiff, unique.
    """
    words = words_in(rest, "union")
    first, second, a, b = both_keys(x, y, "union")
    both = np.concatenate([a, b])
    places = grouped(both, {"order": words.get("order")})[0]
    joined = first.concatenate((replace(first, row_names=None), replace(second, row_names=None)), 0)
    return joined.take(places), column(places[places < len(a)]), column(places[places >= len(a)] - len(a))


# ------------------------------------------------------------------------------------------------------------- missing
def missing_rows(table: Table) -> ndarray:
    """Where each variable is missing (rows × variables)."""
    parts = []
    for variable in table.variables:
        found = getattr(variable.data, "missing", None)
        lost = found() if found is not None else missing_in(variable.data)
        parts.append(np.asarray(lost).reshape(table.rows, width(variable.data)).any(axis=1))
    return np.column_stack(parts) if parts else np.zeros((table.rows, 0), bool)


def indicated(data: Any, indicators: Any) -> ndarray:
    """Where a variable has one of the indicators of its own kind (numbers in numbers, texts in texts)."""
    items = list(indicators.ravel("F")) if is_cell(indicators) else [indicators]
    shape = size_of(data)
    found = np.zeros(shape, bool)
    for item in items:
        if is_text(item) or type(item) is Categorical:
            words = texts_or_none(item) or []
            texts = None
            if type(data) is Categorical:
                texts = data.texts()
            elif type(data) is String:
                texts = data.data.ravel("F").tolist()
            elif is_cell(data):
                texts = [text_or_none(one) if is_text(one) else None for one in data.ravel("F").tolist()]
            if texts is not None:
                flags = [type(text) is str and text in words for text in texts]
                found |= np.array(flags, bool).reshape(shape, order="F")
        elif is_numeric(data) and is_numeric(item):
            for number in as_array(item).ravel("F").tolist():
                found |= np.isnan(as_array(data)) if number != number else as_array(data) == number
    return found


@overload("table")
def ismissing(x, indicators=None, /):
    """
    TF = ismissing(T)
    TF = ismissing(T, indicators)

    Which elements of a table are missing; a variable with several columns counts as one.

    Examples
      >> T = table([1; NaN], {'a'; ''});
      >> disp(ismissing(T))
         0   0
         1   1
      >> disp(ismissing(T, {1, 'a'}))
         1   1
         0   0

    See also rmmissing, standardizeMissing.
    """
    if type(x) is not Table:
        raise ScriptError("MATLAB:ismissing:IndicatorsTable", "The indicators cannot be a table.")
    if indicators is None:
        return norm(np.asfortranarray(missing_rows(x)))
    parts = [indicated(one.data, indicators).reshape(x.rows, width(one.data)).any(axis=1) for one in x.variables]
    return norm(np.asfortranarray(np.column_stack(parts) if parts else np.zeros((x.rows, 0), bool)))


@overload("table", outputs=2)
def rmmissing(nargout, x, dim=None, /, *, DataVariables=None, MinNumMissing=1.0):
    """
    R = rmmissing(T)
    R = rmmissing(T, dim)
    [R, removed] = rmmissing(...)

    A table without the rows (dim 2: variables) that have missing elements.

    Options
      DataVariables  the variables that count (all)
      MinNumMissing  how many missing elements it takes (1)

    Examples
      >> T = table([1; NaN; 3], {'a'; 'b'; ''}, 'VariableNames', {'x' 's'});
      >> R = rmmissing(T)
      R =
        1×2 table
          x      s
          _    _____
          1    {'a'}
      >> [R, removed] = rmmissing(T, DataVariables='x');
      >> disp(removed')
         0   1   0

    See also ismissing, standardizeMissing.
    """
    source = require_table(x, "rmmissing")
    axis = 1 if dim is None else take.dimension(dim)
    lost = missing_rows(source)
    if DataVariables is not None:
        counted = np.zeros(len(source.variables), bool)
        counted[places_of(source, DataVariables, "rmmissing", "DataVariables")] = True
        lost = lost & counted
    least = take.count(MinNumMissing, "MinNumMissing")
    if axis == 2:
        removed = np.count_nonzero(lost, axis=0) >= least
        kept = source.without(set(np.flatnonzero(removed).tolist()))
        return kept, norm(np.asfortranarray(removed.reshape(1, -1)))
    removed = np.count_nonzero(lost, axis=1) >= least
    return source.take(np.flatnonzero(~removed)), norm(removed.reshape(-1, 1))


@overload("table")
def fillmissing(x, method, value=None, /, *, DataVariables=None):
    """
    F = fillmissing(T, 'constant', v)
    F = fillmissing(T, method)

    Missing numbers of a table's variables replaced, as fillmissing replaces those of an array; a constant for text
    fills missing text.

    Options
      DataVariables  the variables to fill (all)

    Examples
      >> T = table([1; NaN; 3], 'VariableNames', {'x'});
      >> F = fillmissing(T, 'linear');
      >> disp(F.x')
           1     2     3
      >> F = fillmissing(T, 'constant', 0, DataVariables='x');
      >> disp(F.x')
           1     0     3

    See also ismissing, rmmissing.
    """
    source = require_table(x, "fillmissing")
    places = range(len(source.variables))
    if DataVariables is not None:
        places = places_of(source, DataVariables, "fillmissing", "DataVariables")
    word = take.text(method, "Fill method")
    constants = list(value.ravel("F")) if is_cell(value) else [value] * len(places)
    if len(constants) != len(places):
        raise ScriptError(
            "MATLAB:fillmissing:SizeConstant",
            "There must be one constant, or one for each variable.",
            notes=(f"{len(constants)} constants, {len(places)} variables",),
        )
    for place, constant in zip(places, constants, strict=True):
        data = source.variables[place].data
        if not missing_in(data).any():
            continue
        try:
            filled, _ = fill_array(1, data, word) if constant is None else fill_array(1, data, word, constant)
        except ScriptError as problem:
            problem.notes = (*problem.notes, f"the variable '{source.variables[place].name}'")
            raise
        source = source.with_data(place, filled)
    return source


@builtin
def standardizeMissing(x, indicators, /, *, DataVariables=None):
    """
    B = standardizeMissing(A, indicators)
    B = standardizeMissing(T, indicators, Name=Value)

    An array or a table in which what stands for missing values is what its class has for them: NaN, <missing>, ''.

    Options
      DataVariables  the variables of a table to look at (all)

    Examples
      >> disp(standardizeMissing([1 -99 3], -99))
           1   NaN     3
      >> T = standardizeMissing(table([1; -1], {'a'; 'N/A'}), {-1, 'N/A'}, DataVariables=[1 2])
      T =
        2×2 table
          Var1       Var2
          ____    __________
            1     {'a'     }
          NaN     {0×0 char}

    See also ismissing, rmmissing, fillmissing.
    """
    if type(x) is not Table:
        return standardized(x, indicators)
    places = range(len(x.variables))
    if DataVariables is not None:
        places = places_of(x, DataVariables, "standardizeMissing", "DataVariables")
    for place in places:
        x = x.with_data(place, standardized(x.variables[place].data, indicators))
    return x


def standardized(data: Any, indicators: Any) -> Any:
    found = indicated(data, indicators)
    if not found.any():
        return data
    if is_cell(data):
        data = data.copy("F")
        data[found] = ""
        return data
    if type(data) is String:
        words = data.data.copy("F")
        words[found] = MISSING
        return String(words)
    if type(data) is Categorical:
        return Categorical(np.where(found, 0, data.codes), data.names, data.ordinal, data.protected)
    array = as_array(data)
    return norm(np.where(found, np.nan, array)) if array.dtype.kind == "f" else data
