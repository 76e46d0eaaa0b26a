"""Tables joined by the values of key variables: join, innerjoin, outerjoin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.tables.table_keys import key_matrix, places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import vertcat
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.rows import blank_rows, height, take_rows
from cnnscript.values.tables import Table, Variable, require_distinct


def key_places(left: Table, right: Table, keys: Any, left_keys: Any, right_keys: Any, name: str) -> tuple[list, list]:
    """The key variables of both tables: those of the options, or all names that both have."""
    if keys is not None:
        if left_keys is not None or right_keys is not None:
            raise ScriptError(f"MATLAB:table:{name}:ConflictingInputs", "'Keys' excludes 'LeftKeys' and 'RightKeys'.")
        return places_of(left, keys, name, "Keys"), places_of(right, keys, name, "Keys")
    if left_keys is not None or right_keys is not None:
        if left_keys is None or right_keys is None:
            raise ScriptError(f"MATLAB:table:{name}:MissingKeys", "'LeftKeys' and 'RightKeys' must be given together.")
        first = places_of(left, left_keys, name, "LeftKeys")
        second = places_of(right, right_keys, name, "RightKeys")
        if len(first) != len(second):
            raise ScriptError(
                f"MATLAB:table:{name}:UnequalNumberOfKeys",
                "'LeftKeys' and 'RightKeys' must name equally many variables.",
                notes=(f"left {len(first)}, right {len(second)}",),
            )
        return first, second
    shared = [variable for variable in left.names if variable in right.names]
    if not shared:
        raise ScriptError(
            f"MATLAB:table:{name}:CantInferKey",
            "Cannot find a common table variable to use as a key variable.",
            notes=("left: " + ", ".join(left.names[:12]), "right: " + ", ".join(right.names[:12])),
            hint="'LeftKeys' and 'RightKeys' name the keys",
        )
    return [left.place(one) for one in shared], [right.place(one) for one in shared]


def chosen_places(left: Table, right: Table, first: Any, second: Any, own: list[int], name: str) -> tuple[list, list]:
    """The variables of the result: all of the left table, those of the right one that are not `own`."""
    of_left = list(range(len(left.variables))) if first is None else places_of(left, first, name, "LeftVariables")
    if second is None:
        return of_left, [place for place in range(len(right.variables)) if place not in own]
    return of_left, places_of(right, second, name, "RightVariables")


def named_apart(left: list[Variable], right: list[Variable], suffixes: tuple[str, str]) -> list[Variable]:
    """Variables side by side; a name that both sides have gets the names of its tables behind it."""
    shared = {one.name for one in left} & {one.name for one in right}
    result = []
    for side, suffix in zip((left, right), suffixes, strict=True):
        result += [replace(one, name=f"{one.name}_{suffix}") if one.name in shared else one for one in side]
    require_distinct([variable.name for variable in result])
    return result


def suffixes_of(names: tuple[str, ...]) -> tuple[str, str]:
    """The names of the two tables, 'left' and 'right' where they have none."""
    first, second = [*names, "", ""][:2]
    if first == second:
        return "left", "right"
    return first or "left", second or "right"


def pairs_of(left: ndarray, right: ndarray) -> tuple[ndarray, ndarray]:
    """The rows (left, right) with equal keys, in the order of the keys, of the left rows, of the right rows."""
    rows: dict[tuple, list[int]] = {}
    for place, key in enumerate(map(tuple, right)):
        rows.setdefault(key, []).append(place)
    pairs = []
    for place, key in enumerate(map(tuple, left)):
        pairs += [(key, place, other) for other in rows.get(key, ()) if not any(part != part for part in key)]
    pairs.sort()
    return np.array([one for _, one, _ in pairs], np.intp), np.array([one for _, _, one in pairs], np.intp)


@overload("table", outputs=2)
def join(
    nargout, left, right, /, *, Keys=None, LeftKeys=None, RightKeys=None, LeftVariables=None, RightVariables=None,
    KeepOneCopy=None,
):  # fmt: skip
    """
    T = join(Tleft, Tright)
    T = join(Tleft, Tright, Name=Value)
    [T, iright] = join(...)

    Each row of the left table with the variables of the row of the right one that has the same keys; every key of the
    left must be in the right, once.

    Options
      Keys            the variables that must be equal (all names that both have)
      LeftKeys        the keys of the left table
      RightKeys       the keys of the right table
      LeftVariables   the variables of the left table to keep (all)
      RightVariables  the variables of the right table to keep (all but the keys)
      KeepOneCopy     variables in both of which only the left is kept

    Examples
      >> L = table({'a'; 'b'; 'a'}, [1; 2; 3], 'VariableNames', {'id' 'x'});
      >> R = table({'b'; 'a'}, [20; 10], 'VariableNames', {'id' 'y'});
      >> [T, iright] = join(L, R);
      >> disp(T.y')
          10    20    10
      >> disp(iright')
           2     1     2

    See also innerjoin, outerjoin.
    """
    left, right = require_table(left, "join"), require_table(right, "join")
    first, second = key_places(left, right, Keys, LeftKeys, RightKeys, "join")
    left_keys, right_keys = key_matrix([left, right], [first, second], "join")
    rows: dict[tuple, int] = {}
    for place, key in enumerate(map(tuple, right_keys)):
        if key in rows:
            raise ScriptError(
                "MATLAB:table:join:DuplicateRightKeyVarValues",
                "The key variable for B must have unique values.",
                notes=(f"rows {rows[key] + 1} and {place + 1} of the right table have the same key",),
                hint="innerjoin takes keys that are there several times",
            )
        rows[key] = place
    where = []
    for place, key in enumerate(map(tuple, left_keys)):
        if key not in rows:
            raise ScriptError(
                "MATLAB:table:join:LeftKeyNotFound",
                "The key variable for B must contain all values in the key variable for A.",
                notes=(f"the key of row {place + 1} of the left table is not there",),
                hint="outerjoin keeps rows without a partner",
            )
        where.append(rows[key])
    iright = np.array(where, np.intp)
    of_left, of_right = chosen_places(left, right, LeftVariables, RightVariables, second, "join")
    if KeepOneCopy is not None:
        one_copy = take.texts(KeepOneCopy, "KeepOneCopy")
        of_right = [place for place in of_right if right.variables[place].name not in one_copy]
    taken = [replace(one, data=take_rows(one.data, iright)) for one in right.select(of_right).variables]
    variables = named_apart(list(left.select(of_left).variables), taken, ("left", "right"))
    return replace(left, variables=tuple(variables)), norm((iright + 1.0).reshape(-1, 1))


@builtin(outputs=3)
def innerjoin(
    nargout, argument_names, left, right, /, *, Keys=None, LeftKeys=None, RightKeys=None, LeftVariables=None,
    RightVariables=None,
):  # fmt: skip
    """
    T = innerjoin(Tleft, Tright)
    T = innerjoin(Tleft, Tright, Name=Value)
    [T, ileft, iright] = innerjoin(...)

    The pairs of rows with equal keys, in the order of the keys.

    Options
      Keys            the variables that must be equal (all names that both have)
      LeftKeys        the keys of the left table
      RightKeys       the keys of the right table
      LeftVariables   the variables of the left table to keep (all)
      RightVariables  the variables of the right table to keep (all but the keys)

    Examples
      >> L = table([3; 1; 2], {'c'; 'a'; 'b'}, 'VariableNames', {'id' 'x'});
      >> R = table([1; 3; 5], [10; 30; 50], 'VariableNames', {'id' 'y'});
      >> T = innerjoin(L, R)
      T =
        2×3 table
          id      x      y
          __    _____    __
          1     {'a'}    10
          3     {'c'}    30
      >> [T, ileft, iright] = innerjoin(L, R, Keys='id');
      >> disp([ileft iright])
           2     1
           1     2

    See also outerjoin, ismember.
    """
    left, right = require_table(left, "innerjoin"), require_table(right, "innerjoin")
    first, second = key_places(left, right, Keys, LeftKeys, RightKeys, "innerjoin")
    ileft, iright = pairs_of(*key_matrix([left, right], [first, second], "innerjoin"))
    of_left, of_right = chosen_places(left, right, LeftVariables, RightVariables, second, "innerjoin")
    sides = [
        [replace(one, data=take_rows(one.data, rows)) for one in side.select(places).variables]
        for side, places, rows in ((left, of_left, ileft), (right, of_right, iright))
    ]
    variables = named_apart(sides[0], sides[1], suffixes_of(argument_names))
    result = Table(tuple(variables), len(ileft), about=left.about)
    return result, norm((ileft + 1.0).reshape(-1, 1)), norm((iright + 1.0).reshape(-1, 1))


@builtin(outputs=3)
def outerjoin(
    nargout, argument_names, left, right, /, *, Keys=None, LeftKeys=None, RightKeys=None, MergeKeys=False, Type="full",
    LeftVariables=None, RightVariables=None,
):  # fmt: skip
    """
    T = outerjoin(Tleft, Tright)
    T = outerjoin(Tleft, Tright, Name=Value)
    [T, ileft, iright] = outerjoin(...)

    The pairs of rows with equal keys, and the rows without a partner beside missing values, in the order of the keys.

    Options
      Keys            the variables that must be equal (all names that both have)
      LeftKeys        the keys of the left table
      RightKeys       the keys of the right table
      MergeKeys       whether both tables' keys are one variable (false)
      Type            'full' (default), 'left' or 'right': whose rows without a partner are kept
      LeftVariables   the variables of the left table to keep (all)
      RightVariables  the variables of the right table to keep (all)

    Examples
      >> L = table([3; 1], {'c'; 'a'}, 'VariableNames', {'id' 'x'});
      >> R = table([1; 5], [10; 50], 'VariableNames', {'id' 'y'});
      >> T = outerjoin(L, R, MergeKeys=true)
      T =
        3×3 table
          id        x          y
          __    __________    ___
          1     {'a'     }     10
          3     {'c'     }    NaN
          5     {0×0 char}     50
      >> [T, ileft, iright] = outerjoin(L, R);
      >> disp([ileft iright])
           2     1
           1     0
           0     2

    See also innerjoin, ismember.
    """
    left, right = require_table(left, "outerjoin"), require_table(right, "outerjoin")
    kind = take.choice(Type, ("full", "left", "right"), "Type")
    merged = take.flag(MergeKeys, "MergeKeys")
    first, second = key_places(left, right, Keys, LeftKeys, RightKeys, "outerjoin")
    left_keys, right_keys = key_matrix([left, right], [first, second], "outerjoin")
    ileft, iright = pairs_of(left_keys, right_keys)
    pairs = list(zip(ileft.tolist(), iright.tolist(), strict=True))
    if kind in ("full", "left"):
        pairs += [(row, -1) for row in np.setdiff1d(np.arange(left.rows), ileft).tolist()]
    if kind in ("full", "right"):
        pairs += [(-1, row) for row in np.setdiff1d(np.arange(right.rows), iright).tolist()]
    filled = [np.where(np.isnan(keys), np.inf, keys) for keys in (left_keys, right_keys)]
    pairs.sort(key=lambda pair: (tuple(filled[0][pair[0]] if pair[0] >= 0 else filled[1][pair[1]]), pair))
    ileft = np.array([one for one, _ in pairs], np.intp)
    iright = np.array([one for _, one in pairs], np.intp)
    own = second if merged else []
    of_left, of_right = chosen_places(left, right, LeftVariables, RightVariables, own, "outerjoin")
    sides: list[list[Variable]] = [[], []]
    for place in of_left:
        variable = left.variables[place]
        data = rows_or_blank(variable.data, ileft)
        if merged and place in first:
            other = right.variables[second[first.index(place)]]
            data = one_key(data, rows_or_blank(other.data, iright), ileft)
            if other.name != variable.name:
                variable = replace(variable, name=f"{variable.name}_{other.name}")
        sides[0].append(replace(variable, data=data))
    for place in of_right:
        variable = right.variables[place]
        sides[1].append(replace(variable, data=rows_or_blank(variable.data, iright)))
    variables = named_apart(sides[0], sides[1], suffixes_of(argument_names))
    result = Table(tuple(variables), len(pairs), about=left.about)
    return result, norm((ileft + 1.0).reshape(-1, 1)), norm((iright + 1.0).reshape(-1, 1))


def rows_or_blank(data: Any, places: ndarray) -> Any:
    """Rows at places; what is missing where the place is -1."""
    if not (places < 0).any():
        return take_rows(data, places)
    whole = vertcat(data, blank_rows(data, 1, missing=True))
    return take_rows(whole, np.where(places < 0, height(whole) - 1, places))


def one_key(left: Any, right: Any, ileft: ndarray) -> Any:
    """The left keys, the right ones where there is no left row."""
    count = len(ileft)
    both = vertcat(left, right)
    return take_rows(both, np.where(ileft < 0, np.arange(count) + count, np.arange(count)))
