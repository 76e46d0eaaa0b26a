"""Structs: making them, their fields by name, structs from cells and cells from structs."""

from __future__ import annotations

import re
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, is_cell, ndarray, norm, numel_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray, blank, elements, is_struct, struct_array
from cnnscript.values.text import cell_of_texts, is_text, text_or_none, texts_or_none

NAME = re.compile(r"[A-Za-z]\w*")


def field_name(value: Any, function: str) -> str:
    """A field name argument, checked."""
    name = text_or_none(value)
    if name is None:
        raise ScriptError(
            f"MATLAB:{function}:InvalidFieldName" if function != "struct" else "MATLAB:StructRef:InvalidFieldNameType",
            "Field names must be string scalars or character vectors.",
            notes=(f"{function} got {described(value)}",),
        )
    if not NAME.fullmatch(name):
        raise ScriptError(
            "MATLAB:AddField:InvalidFieldName",
            f'Invalid field name "{name}".',
            notes=("a field name is a letter, then letters, digits and underscores",),
        )
    return name


@builtin
def struct(*pairs):
    """
    s = struct
    s = struct(field, value)
    s = struct(field1, value1, ..., fieldN, valueN)
    s = struct([])

    A struct with the given fields.

    A cell as a value makes an array of structs, an element for each cell (a 1×1 cell is just its contents).

    Examples
      >> s = struct('name', 'conv1', 'size', [227 227])
      s =
        struct with fields:
          name: 'conv1'
          size: [227 227]
      >> disp(size(struct('a', {1, 2, 3})))
           1     3
      >> disp(size(struct([])))
           0     0
      >> disp(isstruct(struct))
         1

    See also isstruct, fieldnames, isfield, setfield, cell2struct.
    """
    if not pairs:
        return Struct({})
    if len(pairs) == 1:
        only = pairs[0]
        if is_struct(only):
            return only
        if isinstance(only, Object):
            return Struct({name: only.get(name) for name in only.property_names()})
        if type(only) is ndarray and only.size == 0 and only.dtype != OBJECT:
            return StructArray([], np.empty((0, 0), OBJECT))
    if len(pairs) % 2:
        raise ScriptError(
            "MATLAB:StructInvalidInputs",
            "Field and value input arguments must come in pairs.",
            notes=(f"struct got {len(pairs)} argument{'s' if len(pairs) > 1 else ''}",),
        )
    names = [field_name(name, "struct") for name in pairs[::2]]
    values = pairs[1::2]
    shape = (1, 1)
    for name, value in zip(names, values, strict=True):
        if is_cell(value) and value.size != 1:
            if shape != (1, 1) and value.shape != shape:
                raise ScriptError(
                    "MATLAB:StructInvalidSize",
                    "Array dimensions of input arguments must match those of other inputs or be scalar.",
                    notes=(f"'{name}' is a {size_text(value.shape)} cell, others are {size_text(shape)}",),
                )
            shape = value.shape
    if shape == (1, 1):
        return Struct({n: v.item() if is_cell(v) else v for n, v in zip(names, values, strict=True)})
    data = np.empty(shape, OBJECT, order="F")
    for place in np.ndindex(shape):
        fields = {}
        for name, value in zip(names, values, strict=True):
            fields[name] = (value.item() if value.size == 1 else value[place]) if is_cell(value) else value
        data[place] = fields
    return StructArray(list(dict.fromkeys(names)), data)


@builtin
def isstruct(value, /):
    """
    tf = isstruct(A)

    Whether a value is a struct.

    Examples
      >> disp(isstruct(struct('a', 1)))
         1

    See also struct, isfield.
    """
    return is_struct(value)


@builtin
def fieldnames(value, kind="", /):
    """
    fields = fieldnames(S)

    The names of the fields of a struct, or of the public properties of an object.

    Examples
      >> fields = fieldnames(struct('a', 1, 'b', 2))
      fields =
        2×1 cell array
          {'a'}
          {'b'}

    See also isfield, rmfield, orderfields, properties.
    """
    if type(kind) is not str or kind:
        take.choice(kind, ("-full",), "Option")  # for Java objects, of which there are none
    if is_struct(value):
        names = value.names()
    elif isinstance(value, Object):
        names = value.property_names()
    else:
        raise ScriptError(
            "MATLAB:fieldnames:InvalidInput",
            "Invalid input argument of type '"
            + described(value).rpartition(" ")[2]
            + "'. Input must be a structure or a "
            "Java or COM object.",
            notes=(f"fieldnames got {described(value)}",),
        )
    return cell_of_texts(names) if names else np.empty((0, 1), OBJECT)


@builtin
def isfield(structure, names, /):
    """
    TF = isfield(S, field)
    TF = isfield(S, {field1, ..., fieldN})

    Whether a struct has a field of that name.

    Examples
      >> s = struct('a', 1);
      >> disp(isfield(s, 'a'))
         1
      >> disp(isfield(s, {'a', 'b'}))
         1   0

    See also fieldnames, isstruct, rmfield.
    """
    known = set(structure.names()) if is_struct(structure) else set()
    word = text_or_none(names)
    if word is not None:
        return word in known
    if is_cell(names) or is_text(names):
        items = names.ravel("F").tolist() if is_cell(names) else texts_or_none(names) or []
        flags = [text_or_none(item) in known for item in items]
        shape = size_of(names) if numel_of(names) == len(flags) else (len(flags), 1)
        return norm(np.array(flags, bool).reshape(shape, order="F"))
    return False


def require_struct(value: Any, function: str) -> Any:
    if not is_struct(value):
        raise ScriptError(
            f"MATLAB:{function}:Arg1NotStructArray",
            "S must be a structure array." if function != "struct2cell" else "Input argument must be of type 'struct'.",
            notes=(f"{function} got {described(value)}",),
        )
    return value


def no_such_field(name: str, structure: Any) -> ScriptError:
    from cnnscript.builtins.registry import nearest

    return ScriptError(
        "MATLAB:rmfield:InvalidFieldname",
        f"A field named '{name}' doesn't exist.",
        notes=("fields: " + ", ".join(structure.names()),) if structure.names() else (),
        hint=nearest(name, structure.names()),
    )


def rebuilt(structure: Any, names: list[str]) -> Any:
    """The struct with just these fields, in this order."""
    data = elements(structure)
    parts = [{name: fields[name] for name in names} for fields in data.ravel("F").tolist()]
    return struct_array(names, shaped(parts, data.shape))


@builtin
def rmfield(structure, names, /):
    """
    s = rmfield(s, field)

    The struct without a field, or without several (a cell of names).

    Examples
      >> s = rmfield(struct('a', 1, 'b', 2), 'a')
      s =
        struct with fields:
          b: 2

    See also setfield, isfield, fieldnames.
    """
    require_struct(structure, "rmfield")
    gone = texts_or_none(names)
    if gone is None:
        raise ScriptError(
            "MATLAB:rmfield:FieldnamesNotStrings",
            "FIELDNAMES must be a character array, string array, or a cell array of character vectors.",
            notes=(f"rmfield got {described(names)}",),
        )
    gone = [name.rstrip() for name in gone]
    for name in gone:
        if name not in structure.names():
            raise no_such_field(name, structure)
    return rebuilt(structure, [name for name in structure.names() if name not in gone])


@builtin(outputs=2)
def orderfields(nargout, structure, order=None, /):
    """
    S = orderfields(S1)
    S = orderfields(S1, S2)
    [S, P] = orderfields(S1, order)

    The fields in alphabetical order, or in the order of another struct, a cell of names or a permutation.

    Examples
      >> S = orderfields(struct('b', 2, 'a', 1))
      S =
        struct with fields:
          a: 1
          b: 2
      >> [S, P] = orderfields(struct('b', 2, 'a', 1), {'a', 'b'});
      >> P
      P =
           2
           1

    See also fieldnames, struct.
    """
    require_struct(structure, "orderfields")
    names = structure.names()
    if order is None:
        wanted = sorted(names, key=lambda name: (name.lower(), name))
    elif is_struct(order):
        wanted = order.names()
    elif (texts := texts_or_none(order)) is not None:
        wanted = texts
    else:
        places = [whole_number(item, "orderfields", "Permutation", 1) for item in as_array(order).ravel("F").tolist()]
        if sorted(places) != list(range(1, len(names) + 1)):
            raise ScriptError("MATLAB:orderfields:InvalidPermLength", "Permutation vector must hold every field once.")
        wanted = [names[place - 1] for place in places]
    if sorted(wanted) != sorted(names):
        raise ScriptError(
            "MATLAB:orderfields:FieldnamesNotMatched",
            "Fields must match those of the struct to order.",
            notes=("fields: " + ", ".join(names), "order: " + ", ".join(wanted)),
        )
    permutation = norm(np.array([[names.index(name) + 1.0] for name in wanted]).reshape(-1, 1))
    return rebuilt(structure, wanted), permutation


@builtin
def struct2cell(structure, /):
    """
    C = struct2cell(S)

    The values of the fields of a struct in a cell: fields go down, the elements of an array to the right.

    Examples
      >> C = struct2cell(struct('a', 1, 'b', 'x'))
      C =
        2×1 cell array
          {[1]}
          {'x'}

    See also cell2struct, fieldnames.
    """
    require_struct(structure, "struct2cell")
    data = elements(structure)
    names = structure.names()
    shape = (len(names), *data.shape)
    flat = [fields[name] for fields in data.ravel("F").tolist() for name in names]
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shaped(flat, shape)


@builtin
def cell2struct(cells, fields, dimension=1.0, /):
    """
    S = cell2struct(C, fields, dim)
    S = cell2struct(C, fields)

    A struct from a cell: dimension `dim` of the cell becomes the fields.

    Examples
      >> S = cell2struct({1; 'x'}, {'a'; 'b'}, 1)
      S =
        struct with fields:
          a: 1
          b: 'x'
      >> disp(size(cell2struct({1 2; 3 4}, {'a', 'b'}, 2)))
           2     1
      >> S = cell2struct({1; 2}, {'a', 'b'});

    See also struct2cell, struct.
    """
    if not is_cell(cells):
        raise ScriptError(
            "MATLAB:cell2struct:InvalidInput",
            "First argument must be a cell array.",
            notes=(f"got {described(cells)}",),
        )
    names = texts_or_none(fields)
    if names is None:
        raise ScriptError(
            "MATLAB:cell2struct:FieldsMustBeText",
            "FIELDS must be a string array, character array or a cell array of character vectors.",
            notes=(f"got {described(fields)}",),
        )
    names = [field_name(name.rstrip(), "cell2struct") for name in names]
    axis = whole_number(dimension, "cell2struct", "Dimension", 1) - 1
    lengths = [*cells.shape, *[1] * (axis + 1 - cells.ndim)]
    if len(names) != lengths[axis]:
        raise ScriptError(
            "MATLAB:cell2struct:InvalidFieldCount",
            "Number of field names must match number of fields in new structure.",
            notes=(f"{len(names)} names, {lengths[axis]} cells along dimension {axis + 1}",),
        )
    moved = np.moveaxis(cells.reshape(lengths, order="F"), axis, 0)
    rest = moved.shape[1:]
    flat = moved.reshape((len(names), prod(rest)), order="F")
    parts = (
        [dict(zip(names, column, strict=True)) for column in flat.T.tolist()]
        if names
        else [{} for _ in range(flat.shape[1])]
    )
    shape = (*rest, 1) if len(rest) == 1 else rest
    return struct_array(list(dict.fromkeys(names)), shaped(parts, shape))


# ----------------------------------------------------------------------------------------------------- fields by path
def path_of(steps: tuple, function: str) -> list[tuple[str, Any]]:
    """The arguments of getfield and setfield: ('field', name) and ('index', tuple)."""
    path: list[tuple[str, Any]] = []
    for step in steps:
        if is_cell(step):
            path.append(("index", tuple(step.ravel("F").tolist())))
        else:
            path.append(("field", field_name(step, function)))
    return path


@builtin
def getfield(structure, first, /, *rest):
    """
    value = getfield(S, field)
    value = getfield(S, field1, ..., fieldN)
    value = getfield(S, {indices}, field, {indices})

    The value of a field, given by name.

    Examples
      >> s.a.b = [1 2 3];
      >> value = getfield(s, 'a', 'b')
      value =
           1     2     3
      >> disp(getfield(s, 'a', 'b', {2}))
           2
      >> value = getfield(s, 'a');

    See also setfield, isfield, fieldnames.
    """
    from cnnscript.values.indexing import get_field, index

    value = structure
    for kind, step in path_of((first, *rest), "getfield"):
        value = index(value, step) if kind == "index" else get_field(value, step)
        if type(value) is tuple:
            value = value[0]
    return value


@builtin
def setfield(structure, first, second, /, *rest):
    """
    S = setfield(S, field, value)
    S = setfield(S, field1, ..., fieldN, value)
    S = setfield(S, {indices}, field, {indices}, value)

    The struct with the value of a field changed.

    Examples
      >> S = setfield(struct('a', 1), 'b', 2)
      S =
        struct with fields:
          a: 1
          b: 2
      >> S = setfield(S, 'c', 'd', 3);
      >> disp(S.c.d)
           3
      >> S = setfield(S, 'a', {3}, 5);
      >> disp(S.a)
           1     0     5

    See also getfield, rmfield.
    """
    *steps, value = (first, second, *rest)
    return placed(structure, path_of(tuple(steps), "setfield"), value)


def placed(base: Any, path: list[tuple[str, Any]], value: Any) -> Any:
    """`base` with `value` put where the path leads; what is missing on the way is made."""
    if not path:
        return value
    from cnnscript.values.assignment import assign, assign_field
    from cnnscript.values.indexing import get_field, index

    (kind, step), rest = path[0], path[1:]
    if kind == "field":
        inner = EMPTY
        if rest and is_struct(base) and step in base.names():
            inner = get_field(base, step)
        elif rest and isinstance(base, Object):
            inner = base.get(step)
        return assign_field(copied(base), step, placed(inner, rest, value))
    if rest:
        try:
            inner = index(base, step)
        except ScriptError:
            inner = Struct(blank(base.names())) if is_struct(base) else EMPTY
        value = placed(inner, rest, value)
    return assign(copied(base), step, value)


def copied(base: Any) -> Any:
    """A base that may be written to: built-ins get values that others hold too."""
    if type(base) is Struct:
        return Struct(dict(base.fields))
    if type(base) is StructArray:
        return StructArray(
            list(base.field_names), shaped([dict(f) for f in base.data.ravel("F").tolist()], base.data.shape)
        )
    if type(base) is ndarray:
        return base.copy(order="F")
    return base
