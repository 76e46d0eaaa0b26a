"""MAT-files of version 7.3, which are HDF5 files: reading numbers, text, cells and structs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.files.marked_values import MARK, restored
from cnnscript.builtins.files.matlab_objects import FUNCTION, Opaque, Subsystem, Unreadable, value_or_reason
from cnnscript.builtins.text.texts import shaped
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DTYPE_OF_CLASS, EMPTY, OBJECT, fortran, norm
from cnnscript.values.sparse import from_places, zeros
from cnnscript.values.structs import Struct, struct_array
from cnnscript.values.text import chars
from cnnscript.values.warn import warn


def read(path: str, wanted: Callable[[list[str]], list[str]]) -> dict[str, Any]:
    """The wanted variables of a file; objects of MATLAB classes are left out with a warning."""
    import h5py

    from cnnscript.builtins.files.matfiles import unreadable_text

    try:
        with h5py.File(path, "r") as file:
            values = {}
            subsystem = None
            for name in wanted([name for name in file if not name.startswith("#")]):
                try:
                    value = value_of(file, file[name])
                except TypeError as fault:
                    value = Unreadable(fault.args[0])
                if "#subsystem#" in file:
                    subsystem = subsystem or subsystem_of(file)
                value = value_or_reason(value, subsystem)
                if type(value) is Unreadable:
                    warn("MATLAB:load:cannotInstantiateLoadedVariable", unreadable_text(name, value))
                else:
                    values[name] = value
            return values
    except OSError as fault:
        raise ScriptError(
            "MATLAB:load:notBinaryFile", f"Unable to read MAT-file {path}. File may be corrupt.", notes=(str(fault),)
        ) from None


def subsystem_of(file: Any) -> Subsystem | None:
    """What a file says of its objects; None for nothing."""
    try:
        references = np.asarray(file["#subsystem#/MCOS"][()]).ravel().tolist()
        return Subsystem([value_of(file, file[reference], tolerant=True) for reference in references])
    except (KeyError, ValueError, TypeError):
        return None


def class_of_node(node: Any) -> str:
    word = node.attrs.get("MATLAB_class", b"")
    return word.decode("ascii") if isinstance(word, bytes) else str(word)


def value_of(file: Any, node: Any, tolerant: bool = False) -> Any:
    """One variable, field or cell; an object is Opaque.  Raises TypeError for what cannot be read; tolerant: it is
    Unreadable."""
    import h5py

    kind = class_of_node(node)
    if "MATLAB_object_decode" in node.attrs and isinstance(node, h5py.Dataset) and node.dtype == np.uint32:
        return Opaque(kind, np.asarray(node[()]).reshape(-1, 1))
    if kind == "canonical empty":
        return EMPTY
    if kind == FUNCTION and isinstance(node, h5py.Group):
        return Opaque(FUNCTION, struct_of(file, node, tolerant))
    if "MATLAB_object_decode" in node.attrs or kind and kind not in (*DTYPE_OF_CLASS, "char", "cell", "struct"):
        what = f"an object of class {kind}" if kind else "an object"
        if tolerant:
            return Unreadable(what)
        raise TypeError(what)
    if isinstance(node, h5py.Group):
        if "MATLAB_sparse" in node.attrs:
            return sparse(node, kind)
        return struct_of(file, node, tolerant)
    if node.attrs.get("MATLAB_empty", 0):
        shape = tuple(int(n) for n in np.asarray(node[()]).ravel())
        if kind == "char":
            return chars(np.zeros(shape, np.uint32))
        if kind == "struct":
            return struct_array(field_names(node), np.empty(shape, OBJECT))
        return np.empty(shape, OBJECT) if kind == "cell" else np.zeros(shape, DTYPE_OF_CLASS.get(kind, np.float64))
    data = np.asarray(node[()])
    if data.dtype.names == ("real", "imag"):
        data = data["real"] + 1j * data["imag"]
    data = fortran(data.T) if data.ndim > 1 else data.reshape(1, -1)
    if h5py.check_ref_dtype(node.dtype):
        return shaped([value_of(file, file[one], tolerant) for one in data.ravel("F").tolist()], data.shape)
    if kind == "char":
        return chars(data.astype(np.uint32))
    if kind == "logical":
        return norm(data.astype(np.bool_))
    return norm(data.astype(DTYPE_OF_CLASS[kind]) if kind in DTYPE_OF_CLASS and data.dtype.kind != "c" else data)


def struct_of(file: Any, node: Any, tolerant: bool = False) -> Any:
    import h5py

    fields = {name: node[name] for name in field_order(node)}
    first = next(iter(fields.values()), None)
    is_array = (
        first is not None
        and isinstance(first, h5py.Dataset)
        and h5py.check_ref_dtype(first.dtype)
        and not class_of_node(first)
    )
    if not is_array:
        read = {name: value_of(file, item, tolerant) for name, item in fields.items()}
        return restored(read) if MARK in read else Struct(read)
    columns = {name: np.asarray(item[()]).T for name, item in fields.items()}
    shape = next(iter(columns.values())).shape
    flat = {name: column.ravel("F").tolist() for name, column in columns.items()}
    count = int(np.prod(shape))
    parts = [{name: value_of(file, file[items[i]], tolerant) for name, items in flat.items()} for i in range(count)]
    return struct_array(list(fields), shaped(parts, shape))


def field_order(node: Any) -> list[str]:
    """The fields in MATLAB's order, kept in an attribute; else as they come."""
    names = field_names(node)
    return [name for name in names if name in node] if names else list(node)


def field_names(node: Any) -> list[str]:
    order = node.attrs.get("MATLAB_fields")
    return [] if order is None else ["".join(letter.decode("ascii") for letter in word) for word in order]


def sparse(node: Any, kind: str) -> Any:
    rows = int(node.attrs["MATLAB_sparse"])
    starts = np.asarray(node["jc"][()]).astype(np.int64)
    shape = (rows, len(starts) - 1)
    if "data" not in node:
        return zeros(*shape, DTYPE_OF_CLASS.get(kind, np.dtype(float)))
    places, values = np.asarray(node["ir"][()]).astype(np.int64), np.asarray(node["data"][()])
    if values.dtype.names == ("real", "imag"):
        values = values["real"] + 1j * values["imag"]
    elif kind == "logical":
        values = values.astype(np.bool_)
    return from_places(places, np.repeat(np.arange(shape[1]), np.diff(starts)), values, shape)
