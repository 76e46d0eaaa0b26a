"""MAT-files of version 7.3, which are HDF5 files: writing numbers, text, cells and structs."""

from __future__ import annotations

import struct
from itertools import count
from typing import Any

import numpy as np

from cnnscript.builtins.files.marked_values import marked
from cnnscript.values.numeric import as_array, class_of, is_cell, ndarray
from cnnscript.values.sparse import Sparse
from cnnscript.values.structs import Struct, elements, is_struct
from cnnscript.values.text import CharArray, codes_of

USER_BLOCK = 512  # bytes in front of the HDF5 file proper: MATLAB's own head
HEAD = b"MATLAB 7.3 MAT-file, written by cnnscript HDF5 schema 1.00 ."
REFERENCES = "#refs#"  # where the values are that cells and struct arrays refer to
PACKED = 10_000  # bytes above which an array is compressed
LOGICAL, TEXT = 1, 2  # MATLAB_int_decode: what whole numbers stand for


def write(path: str, variables: dict[str, Any]) -> None:
    """Write variables into a new file.  Raises TypeError for a value of a class that has no format, OSError."""
    import h5py

    with h5py.File(path, "w", userblock_size=USER_BLOCK) as file:
        writer = Writer(file)
        for name, value in variables.items():
            writer.put(file, name, value)
    with open(path, "r+b") as plain:
        plain.write(HEAD.ljust(116) + b"\0" * 8 + struct.pack("<H", 0x0200) + b"IM")


class Writer:
    """Puts values into groups of one file."""

    def __init__(self, file: Any):
        self.file = file
        self.numbers = count(1)

    def put(self, group: Any, name: str, value: Any) -> None:
        kind = type(value)
        if kind is str or kind is CharArray:
            self.array(group, name, codes_of(value).astype(np.uint16), "char", TEXT)
        elif is_cell(value):
            self.array(group, name, self.references(value.ravel("F").tolist(), value.shape), "cell")
        elif is_struct(value):
            self.struct(group, name, value)
        elif kind is ndarray or kind in (float, bool, complex) or isinstance(value, np.generic):
            array = as_array(value)
            if array.dtype == np.bool_:
                self.array(group, name, array.astype(np.uint8), "logical", LOGICAL)
            else:
                self.array(group, name, array, class_of(value))
        elif kind is Sparse:
            self.sparse(group, name, value)
        else:
            self.put(group, name, marked(value))

    def array(self, group: Any, name: str, array: ndarray, class_name: str, decode: int = 0) -> None:
        """An array: HDF5 keeps rows together, MATLAB columns, so its dimensions are turned round."""
        if array.size == 0:
            made = group.create_dataset(name, data=np.array(array.shape, np.uint64))
            made.attrs["MATLAB_empty"] = np.uint8(1)
        else:
            data = array.T
            if data.dtype.kind == "c":
                part = data.real.dtype
                pairs = np.empty(data.shape, [("real", part), ("imag", part)])
                pairs["real"], pairs["imag"] = data.real, data.imag
                data = pairs
            packed = {"compression": "gzip"} if data.nbytes > PACKED and data.dtype != object else {}
            made = group.create_dataset(
                name, data=data, dtype=reference_type() if data.dtype == object else None, **packed
            )
        made.attrs["MATLAB_class"] = np.bytes_(class_name)
        if decode:
            made.attrs["MATLAB_int_decode"] = np.int32(decode)

    def references(self, values: list, shape: tuple[int, ...]) -> ndarray:
        """References to values, which are kept apart."""
        found = np.empty(len(values), object)
        for at, value in enumerate(values):
            word = f"r{next(self.numbers)}"
            self.put(self.file.require_group(REFERENCES), word, value)
            found[at] = self.file[f"{REFERENCES}/{word}"].ref
        return found.reshape(shape, order="F")

    def struct(self, group: Any, name: str, value: Any) -> None:
        fields, data = value.names(), elements(value)
        if data.size == 0:
            self.array(group, name, np.empty(data.shape), "struct")
            made = group[name]
        else:
            made = group.create_group(name)
            made.attrs["MATLAB_class"] = np.bytes_("struct")
            rows = data.ravel("F").tolist()
            for field in fields:
                if type(value) is Struct:
                    self.put(made, field, rows[0][field])
                else:
                    references = self.references([row[field] for row in rows], data.shape)
                    made.create_dataset(field, data=references.T, dtype=reference_type())
        made.attrs.create("MATLAB_fields", *field_words(fields))

    def sparse(self, group: Any, name: str, value: Sparse) -> None:
        matrix = value.matrix
        made = group.create_group(name)
        made.attrs["MATLAB_sparse"] = np.uint64(value.size()[0])
        logical = matrix.data.dtype == np.bool_
        made.attrs["MATLAB_class"] = np.bytes_("logical" if logical else "double")
        if logical:
            made.attrs["MATLAB_int_decode"] = np.int32(LOGICAL)
        data = matrix.data.astype(np.uint8) if logical else matrix.data
        if data.dtype.kind == "c":
            pairs = np.empty(data.shape, [("real", float), ("imag", float)])
            pairs["real"], pairs["imag"] = data.real, data.imag
            data = pairs
        made.create_dataset("jc", data=matrix.indptr.astype(np.uint64))
        if data.size:
            made.create_dataset("data", data=data)
            made.create_dataset("ir", data=matrix.indices.astype(np.uint64))


def reference_type() -> Any:
    import h5py

    return h5py.ref_dtype


def field_words(fields: list[str]) -> tuple[Any, tuple[int, ...], Any]:
    """Names of fields as MATLAB keeps them: letters one by one."""
    import h5py

    words = np.empty(len(fields), object)
    for at, field in enumerate(fields):
        words[at] = np.array([letter.encode("ascii") for letter in field], "S1")
    return words, (len(fields),), h5py.vlen_dtype(np.dtype("S1"))
