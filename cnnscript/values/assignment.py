"""Writing parts of values: `x(...) = v`, `c{...} = v`, `s.name = v`, `x(...) = []`, and paths such as `s(2).a{3} = v`.

Each function gives the value after the write, for the caller to store under the same name: `x = assign1(x, i, v)`.  A
value that nobody else holds is changed in place (see `sharing`; the count is taken in the function that generated code
calls, in a statement of its own, as the arguments of a call are held by the call).  The base is None where the variable
does not exist yet.
"""

from __future__ import annotations

from sys import getrefcount
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import sharing
from cnnscript.values.concatenate import horzcat
from cnnscript.values.indexing import as_arguments, brace, end_of, get_field, index
from cnnscript.values.instances import KINDS, Instance, InstanceArray
from cnnscript.values.numeric import COLON, DOUBLE, EMPTY, OBJECT, ndarray, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.placing import grown
from cnnscript.values.selecting import open_subscript, out_of_bounds
from cnnscript.values.structs import Struct, StructArray, struct_of_own
from cnnscript.values.text import String
from cnnscript.values.writing import blank_fields, delete, is_blank, own_data, write, write_brace, write_field

__all__ = [
    "DELETED",
    "append",
    "append_brace",
    "append_row",
    "assign",
    "assign1",
    "assign2",
    "assign3",
    "assign_brace",
    "assign_brace1",
    "assign_field",
    "assign_list",
    "assign_path",
    "delete",
    "delete_by_text",
    "end_of_path",
    "target_count",
]


def delete_by_text(base: Any, args: tuple) -> Any:
    """base(args) = '', which deletes as [] does but from strings and objects, where it is a value like others."""
    if type(base) is String or isinstance(base, (Object, Instance, InstanceArray)):
        return write(base, args, "", False)
    return delete(base, args)


class Deleted:
    """The type of DELETED: the right side `[]` at the end of a path that ends in parentheses."""

    __slots__ = ()


DELETED = Deleted()
_ALL = slice(None)
Step = tuple[str, Any]  # ('.', name), ('(', indices) or ('{', indices)


# ------------------------------------------------------------------------------------------------------- fast forms
def assign1(base: Any, i: Any, rhs: Any) -> Any:
    """base(i) = rhs"""
    if type(base) is ndarray and type(i) is float and type(rhs) is float and base.dtype is DOUBLE and base.ndim == 2:
        rows, columns = base.shape
        if (rows == 1 or columns == 1) and 1.0 <= i < 9e15 and (k := int(i)) == i:
            if k <= base.size:
                if getrefcount(base) > sharing.ARGUMENT or base.base is not None or not base.flags.writeable:
                    base = base.copy("F")
                if rows == 1:
                    base[0, k - 1] = rhs
                else:
                    base[k - 1, 0] = rhs
                return base
            if k == base.size + 1 and k > 2:
                if getrefcount(base) > sharing.ARGUMENT or not base.flags.owndata:
                    base = base.copy("F")
                base.resize((1, k) if rows == 1 else (k, 1), refcheck=False)
                base.flat[k - 1] = rhs
                return base
    own = getrefcount(base) <= sharing.ARGUMENT
    return write(base, (i,), rhs, own)


def _block_for(shape: tuple[int, ...], args: tuple, rhs: Any) -> tuple | None:
    """The block that scalars, `:` and ranges inside the bounds of an array name, where `rhs` fits it: a double, an
    array of its shape, or for a row or column one of its length; None for anything else."""
    if len(args) != len(shape) or type(rhs) is not float and (type(rhs) is not ndarray or rhs.dtype is not DOUBLE):
        return None
    where: list[slice] = []
    counts: list[int] = []
    for arg, length in zip(args, shape, strict=True):
        kind = type(arg)
        if arg is COLON:
            where.append(_ALL)
            counts.append(length)
        elif kind is float:
            if not 1.0 <= arg <= length or (k := int(arg)) != arg:
                return None
            where.append(slice(k - 1, k))
            counts.append(1)
        elif kind is slice and arg.step in (None, 1) and 0 <= arg.start < arg.stop <= length:
            where.append(arg)
            counts.append(arg.stop - arg.start)
        else:
            return None
    if type(rhs) is not float and rhs.shape != tuple(counts):
        longer = [count for count in counts if count != 1]
        if len(longer) > 1 or rhs.ndim != 2 or 1 not in rhs.shape or rhs.size != (longer[0] if longer else 1):
            return None
    return tuple(where)


def assign2(base: Any, i: Any, j: Any, rhs: Any) -> Any:
    """base(i, j) = rhs"""
    if (
        type(base) is ndarray
        and type(i) is float is type(j)
        and type(rhs) is float
        and base.dtype is DOUBLE
        and base.ndim == 2
        and 1.0 <= i <= base.shape[0]
        and 1.0 <= j <= base.shape[1]
    ):
        row, column = int(i), int(j)
        if row == i and column == j:
            if getrefcount(base) > sharing.ARGUMENT or base.base is not None or not base.flags.writeable:
                base = base.copy("F")
            base[row - 1, column - 1] = rhs
            return base
    elif type(base) is ndarray and base.dtype is DOUBLE and (where := _block_for(base.shape, (i, j), rhs)) is not None:
        if getrefcount(base) > sharing.ARGUMENT or base.base is not None or not base.flags.writeable:
            base = base.copy("F")
        if type(rhs) is float or rhs.shape == (part := base[where]).shape:
            base[where] = rhs
        else:
            base[where] = rhs.reshape(part.shape, order="F")
        return base
    own = getrefcount(base) <= sharing.ARGUMENT
    return write(base, (i, j), rhs, own)


def assign3(base: Any, i: Any, j: Any, k: Any, rhs: Any) -> Any:
    """base(i, j, k) = rhs"""
    if (
        type(base) is ndarray
        and type(i) is float is type(j)
        and type(k) is float is type(rhs)
        and base.dtype is DOUBLE
        and base.ndim == 3
        and 1.0 <= i <= base.shape[0]
        and 1.0 <= j <= base.shape[1]
        and 1.0 <= k <= base.shape[2]
    ):
        row, column, page = int(i), int(j), int(k)
        if row == i and column == j and page == k:
            if getrefcount(base) > sharing.ARGUMENT or base.base is not None or not base.flags.writeable:
                base = base.copy("F")
            base[row - 1, column - 1, page - 1] = rhs
            return base
    elif (
        type(base) is ndarray and base.dtype is DOUBLE and (where := _block_for(base.shape, (i, j, k), rhs)) is not None
    ):
        if getrefcount(base) > sharing.ARGUMENT or base.base is not None or not base.flags.writeable:
            base = base.copy("F")
        if type(rhs) is float or rhs.shape == (part := base[where]).shape:
            base[where] = rhs
        else:
            base[where] = rhs.reshape(part.shape, order="F")
        return base
    own = getrefcount(base) <= sharing.ARGUMENT
    return write(base, (i, j, k), rhs, own)


def assign(base: Any, args: tuple, rhs: Any) -> Any:
    """base(args) = rhs for values of every kind."""
    own = getrefcount(base) <= sharing.ARGUMENT
    return write(base, args, rhs, own)


def assign_brace1(base: Any, i: Any, rhs: Any) -> Any:
    """base{i} = rhs"""
    if type(base) is ndarray and type(i) is float and base.dtype is OBJECT and base.ndim == 2:
        rows, columns = base.shape
        if (rows == 1 or columns == 1) and 1.0 <= i < 9e15 and (k := int(i)) == i and k <= base.size + 1:
            if getrefcount(base) > sharing.ARGUMENT or base.base is not None:
                base = base.copy("F")
            if k > base.size:
                base.resize((1, k) if rows == 1 else (k, 1), refcheck=False)
            if rows == 1:
                base[0, k - 1] = rhs
            else:
                base[k - 1, 0] = rhs
            return base
    own = getrefcount(base) <= sharing.ARGUMENT
    return write_brace(base, (i,), rhs, own)


def assign_brace(base: Any, args: tuple, rhs: Any) -> Any:
    """base{args} = rhs"""
    own = getrefcount(base) <= sharing.ARGUMENT
    return write_brace(base, args, rhs, own)


def append(base: Any, rhs: Any) -> Any:
    """base(end+1) = rhs"""
    if type(base) is ndarray and type(rhs) is float and base.dtype is DOUBLE and base.ndim == 2:
        rows, columns = base.shape
        if rows == 1 and columns > 1:
            if getrefcount(base) > sharing.ARGUMENT or not base.flags.owndata:
                base = base.copy("F")
            base.resize((1, columns + 1), refcheck=False)  # realloc: cheap however long it is
            base[0, columns] = rhs
            return base
    last = 0.0 if base is None else end_of(base, 0, 1)
    own = getrefcount(base) <= sharing.ARGUMENT
    return write(base, (last + 1.0,), rhs, own)


def append_row(base: Any, rhs: Any) -> Any:
    """[base rhs], to be stored as the base"""
    if type(base) is ndarray and type(rhs) is float and base.dtype is DOUBLE and base.ndim == 2:
        rows, columns = base.shape
        if rows == 1 and columns > 1:
            if getrefcount(base) > sharing.ARGUMENT or not base.flags.owndata:
                base = base.copy("F")
            base.resize((1, columns + 1), refcheck=False)
            base[0, columns] = rhs
            return base
    return horzcat(base, rhs)


def append_brace(base: Any, rhs: Any) -> Any:
    """base{end+1} = rhs"""
    if type(base) is ndarray and base.dtype is OBJECT and base.ndim == 2 and base.shape[0] == 1:
        count = base.shape[1]
        if getrefcount(base) > sharing.ARGUMENT or not base.flags.owndata:
            base = base.copy("F")
        base.resize((1, count + 1), refcheck=False)
        base[0, count] = rhs
        return base
    last = 0.0 if base is None else end_of(base, 0, 1)
    own = getrefcount(base) <= sharing.ARGUMENT
    return write_brace(base, (last + 1.0,), rhs, own)


def assign_field(base: Any, name: str, rhs: Any) -> Any:
    """base.name = rhs"""
    own = getrefcount(base) <= sharing.ARGUMENT
    return field_written(base, name, rhs, own)


def field_written(base: Any, name: str, rhs: Any, own: bool) -> Any:
    """base.name = rhs, in place where nobody else holds the base (`own`)"""
    if type(name) is not str and hasattr(name, "steps"):
        return _along(base, ((".", name),), 0, rhs, own)
    if type(base) is Struct:
        if not own:
            base = Struct(dict(base.fields))
        base.fields[name] = rhs
        return base
    if type(base) is Instance:
        if base.definition.indexes:
            result = base.definition.write(base, ((".", name),), rhs)
            if result is not NotImplemented:
                return result
        return base.put(name, rhs, own)
    if type(base) is InstanceArray and base.definition.indexes:
        result = base.definition.write(base, ((".", name),), rhs)
        if result is not NotImplemented:
            return result
    return write_field(base, name, rhs)


# ------------------------------------------------------------------------------------------------------------ paths
def assign_path(base: Any, steps: tuple[Step, ...], rhs: Any) -> Any:
    """Write at the end of a path of steps; what is missing on the way is made.

    A part is taken out of its container, written, and put back, so that each part is held once while it is written
    (`sharing.CHILD`) and changes in place.
    """
    own = getrefcount(base) <= sharing.ARGUMENT
    return _along(base, steps, 0, rhs, own)


def _part(part: Any, steps: tuple[Step, ...], at: int, rhs: Any, own: bool) -> Any:
    """Go on with a part held by its container, called as `container[key] = _part(container.get(key), ...)`."""
    own = own and getrefcount(part) <= sharing.CHILD
    return _along(part, steps, at, rhs, own)


def _along(base: Any, steps: tuple[Step, ...], at: int, rhs: Any, own: bool) -> Any:
    kind, key = steps[at]
    if kind == "." and type(key) is not str and hasattr(key, "steps"):  # value.(operations) = rhs
        rhs = DELETED if key.deletes else rhs
        return _along(base, (*key.steps, *steps[at + 1 :]), 0, rhs, own)
    last = at + 1 == len(steps)
    if isinstance(base, KINDS) and base.definition.indexes:
        result = base.definition.write(base, steps[at:], rhs)
        if result is not NotImplemented:
            return result
    if kind == ".":
        return _along_field(base, key, steps, at, rhs, own, last)
    if last:
        if rhs is DELETED and kind == "(":
            return delete(base, key)
        return write(base, key, rhs, own) if kind == "(" else write_brace(base, key, rhs, own)
    if kind == "{":
        return _along_brace(base, key, steps, at, rhs, own)
    if isinstance(base, Object):
        return base.assign(as_arguments(key), _along(base.element(as_arguments(key)), steps, at + 1, rhs, False))
    if steps[at + 1][0] == "." and (is_blank(base) or type(base) in (Struct, StructArray)):
        return _along_element(base, key, steps, at, rhs, own)
    part = index(base, key) if base is not None else None
    return write(base, key, _along(part, steps, at + 1, rhs, False), own)


def _along_field(base: Any, name: str, steps: tuple, at: int, rhs: Any, own: bool, last: bool) -> Any:
    if type(base) is Struct:
        if not own:
            base = Struct(dict(base.fields))
        fields = base.fields
        fields[name] = rhs if last else _part(fields.get(name), steps, at + 1, rhs, own)
        return base
    if type(base) is Instance:
        return _along_property(base, name, steps, at, rhs, own, last)
    if last:
        return write_field(base, name, rhs)
    if isinstance(base, Object):
        part = base.part(name)
        changed = _along(part, steps, at + 1, rhs, False)
        shared = isinstance(changed, Object) and changed.is_handle and changed is part
        return base if shared else base.set(name, changed)
    return write_field(base, name, _along(None, steps, at + 1, rhs, True))


def _along_property(base: Instance, name: str, steps: tuple, at: int, rhs: Any, own: bool, last: bool) -> Any:
    """object.name... = rhs: in place where the property is kept as it is given and nobody else holds it."""
    if last:
        return base.put(name, rhs, own)
    found = base.definition.properties.get(name)
    if found is not None and found.stored and name in base.values:
        if not found.plain:
            found.require_writable(base)
        if not own and not base.is_handle:
            base = base.copied()
        values = base.values
        values[name] = _part(values.get(name), steps, at + 1, rhs, own or base.is_handle)
        return base
    part = base.get(name)
    changed = _along(part, steps, at + 1, rhs, False)
    shared = isinstance(changed, Object) and changed.is_handle and changed is part
    return base if shared else base.put(name, changed, own)


def _along_brace(base: Any, args: tuple, steps: tuple, at: int, rhs: Any, own: bool) -> Any:
    if is_blank(base):
        base, own = np.empty((0, 0), OBJECT), True
    if type(base) is not ndarray or base.dtype != OBJECT:
        if isinstance(base, Object):
            (part,) = base.brace(as_arguments(args))
            return base.assign_brace(as_arguments(args), _along(part, steps, at + 1, rhs, False))
        return write_brace(base, args, rhs, own)  # which says what is wrong
    own = own and base.base is None
    place = _inside(base.shape, args)
    if place is None:  # the new part first: when it cannot be made, nothing has changed
        return write_brace(base, args, _along(None, steps, at + 1, rhs, True), own)
    if not own:
        base = base.copy("F")
    base[place] = _part(base.item(place), steps, at + 1, rhs, own)
    return base


def _along_element(base: Any, args: tuple, steps: tuple, at: int, rhs: Any, own: bool) -> Any:
    """base(args).name... = rhs"""
    name = steps[at + 1][1]
    last = at + 2 == len(steps)
    if is_blank(base):
        base, own = StructArray([], np.empty((0, 0), OBJECT)), True
    names = base.names()
    data = own_data(base, own)
    place = _inside(data.shape, args)
    if place is not None and name in names:
        fields = data[place]
        fields[name] = rhs if last else _part(fields.get(name), steps, at + 2, rhs, own)
        return base if own and type(base) is StructArray else struct_of_own(names, data)
    # the new part first: when it cannot be made, nothing has changed
    value = rhs if last else _along(None, steps, at + 2, rhs, True)
    if place is None:
        data = _with_element(data, names, args)
        place = _inside(data.shape, args)
    if name not in names:
        names.append(name)
        for fields in data.ravel().tolist():
            fields[name] = EMPTY
    data[place][name] = value
    return struct_of_own(names, data)


def _inside(shape: tuple[int, ...], args: tuple) -> tuple[int, ...] | None:
    """The 0-based place of the one element that indices name; None beyond the array.

    Raises ScriptError when they name several or none.
    """
    count = len(args)
    total = 1
    for length in shape:
        total *= length
    if count == 1 and type(args[0]) is float and len(shape) == 2 and 1 in shape and 1.0 <= args[0] < 9e15:
        at = int(args[0])
        if at == args[0]:
            return None if at > total else (0, at - 1) if shape[0] == 1 else (at - 1, 0)
    if not args:  # x().name = value: x itself, which must be one element
        args = (COLON,)
        count = 1
    where = []
    for position, arg in enumerate(args):
        length = total if count == 1 else shape[position] if position < len(shape) else 1
        places = open_subscript(arg, length, position, count)
        chosen = range(places.start, places.stop, places.step or 1) if type(places) is slice else places.tolist()
        if len(chosen) != 1:
            raise ScriptError(
                "MATLAB:index:expected_one_output_for_assignment",
                "Expected one output from a curly brace or dot indexing expression, "
                f"but there were {len(chosen)} results.",
            )
        where.append(chosen[0])
    if count == 1:
        if where[0] >= total:
            return None
        return tuple(int(at) for at in np.unravel_index(where[0], shape, order="F"))
    while count > len(shape) and where and where[-1] == 0:
        where.pop()
        count -= 1
    if count > len(shape):
        return None
    if count < len(shape):
        *first, rest = where
        tail = shape[count - 1 :]
        size = 1
        for length in tail:
            size *= length
        if rest >= size:
            raise out_of_bounds(size, count - 1, count)
        where = [*first, *(int(at) for at in np.unravel_index(rest, tail, order="F"))]
    if any(at >= length for at, length in zip(where, shape, strict=True)):
        return None
    return tuple(where)


def _with_element(data: ndarray, names: list[str], args: tuple) -> ndarray:
    """Struct data grown so that `args` lie inside."""
    if len(args) == 1 and data.ndim == 2 and data.shape[0] == 1 and data.flags.owndata:
        count = data.shape[1]
        if count > 1 and type(args[0]) is float and args[0] == count + 1.0:  # s(end+1).x = v
            data.resize((1, count + 1), refcheck=False)  # realloc: cheap however long it is
            data[0, count] = dict.fromkeys(names, EMPTY)
            return data
    tops = []
    for position, arg in enumerate(args):
        places = open_subscript(arg, 0, position, len(args))
        tops.append(places.stop if type(places) is slice else int(places.max()) + 1)
    if len(tops) == 1:
        rows, columns = data.shape if data.ndim == 2 else (2, 2)
        shape = (tops[0], 1) if columns == 1 != rows and rows else (1, tops[0])
        if rows > 1 and columns > 1:
            raise ScriptError("MATLAB:matlab:growAmbiguous", "Attempt to grow array along ambiguous dimension.")
    else:
        data = data.reshape(data.shape + (1,) * (len(tops) - data.ndim), order="F")
        tops += [1] * (data.ndim - len(tops))
        shape = tuple(max(length, top) for length, top in zip(data.shape, tops, strict=True))
    return grown(data, shape, data.base is None, lambda count: blank_fields(names, count))


# ------------------------------------------------------------------------------------- lists: [c{1:3}] = ..., [s.x] =
def target_count(base: Any, steps: tuple[Step, ...]) -> int:
    """How many values a target such as `c{1:3}` or `s.x` takes inside `[...] =`."""
    kind, key = steps[-1]
    if kind == "(":
        return 1
    holder = _reached(base, steps[:-1])
    if kind == ".":
        kinds = (Struct, StructArray, InstanceArray)
        several = getattr(holder, "holds_several", False)
        if len(steps) > 1 and steps[-2][0] == "(" and (holder is None or several or type(holder) in kinds):
            return len(_places(_reached(base, steps[:-2]), steps[-2][1]))
        if type(holder) is InstanceArray or several:
            return numel_of(holder)
        return holder.data.size if type(holder) is StructArray else 1
    if isinstance(holder, Object):
        return 1
    return len(_places(holder, key))


def assign_list(base: Any, steps: tuple[Step, ...], values: tuple) -> Any:
    """Write as many values as `target_count` said."""
    kind, key = steps[-1]
    if kind == "{" and len(values) != 1:
        holder = _reached(base, steps[:-1])
        for at, value in zip(_places(holder, key), values, strict=True):
            base = assign_path(base, (*steps[:-1], ("{", at)), value)
        return base
    if kind == "." and len(values) != 1:
        in_parentheses = len(steps) > 1 and steps[-2][0] == "("
        before = steps[:-2] if in_parentheses else steps[:-1]
        holder = _reached(base, before)
        places = _places(holder, steps[-2][1]) if in_parentheses else [(k + 1.0,) for k in range(numel_of(holder))]
        for at, value in zip(places, values, strict=True):
            base = assign_path(base, (*before, ("(", at), steps[-1]), value)
        return base
    return assign_path(base, steps, values[0])


def _reached(base: Any, steps: tuple[Step, ...]) -> Any:
    """The value at the end of a path; None where there is none yet."""
    for kind, key in steps:
        if base is None:
            return None
        try:
            if kind == ".":
                base = get_field(base, key)
            elif kind == "(":
                base = index(base, key)
            else:
                base = brace(base, key)
        except ScriptError as problem:
            if problem.identifier in ("MATLAB:badsubscript", "MATLAB:nonExistentField") or is_blank(base):
                return None
            raise
        if type(base) is tuple:
            if len(base) != 1:
                return None
            base = base[0]
    return base


def _places(holder: Any, args: tuple) -> list[tuple[float, ...]]:
    """The elements that indices name, each as 1-based indices, in column-major order."""
    from itertools import product

    count = len(args)
    chosen = []
    for position, arg in enumerate(args):
        length = int(end_of(holder, position, count)) if holder is not None else 0
        places = open_subscript(arg, length, position, count)
        chosen.append(range(places.start, places.stop, places.step or 1) if type(places) is slice else places.tolist())
    return [tuple(float(at + 1) for at in reversed(place)) for place in product(*reversed(chosen))]


def end_of_path(base: Any, steps: tuple[Step, ...], position: int, count: int) -> float:
    """What `end` means in an index of a target: the end of what the path up to it reaches, 0 where nothing is yet."""
    reached = _reached(base, steps)
    if reached is None:
        return 0.0
    return end_of(reached, position, count)
