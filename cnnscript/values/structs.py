"""Structs: a 1×1 struct is fields in order; any other struct array is an object array of such dictionaries."""

from __future__ import annotations

import numpy as np

from cnnscript.values.numeric import EMPTY, OBJECT, ndarray


class Struct:
    """A 1×1 struct."""

    __slots__ = ("fields",)
    class_name = "struct"

    def __init__(self, fields: dict | None = None):
        self.fields = {} if fields is None else fields

    def size(self) -> tuple[int, ...]:
        return (1, 1)

    def names(self) -> list[str]:
        return list(self.fields)


class StructArray:
    """A struct array that is not 1×1: field names in order, and an object array of dictionaries with these names."""

    __slots__ = ("field_names", "data")
    class_name = "struct"

    def __init__(self, field_names: list[str], data: ndarray):
        self.field_names = field_names
        self.data = data

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def names(self) -> list[str]:
        return list(self.field_names)


def struct_array(names: list[str], data: ndarray):
    """A Struct when `data` (dictionaries) has one element, else a StructArray.

    Each element gets a dictionary of its own: a write to one struct must not be seen in another.
    """
    if data.size == 1:
        return Struct(dict(data.item()))
    own = np.empty(data.shape, OBJECT, order="F")
    flat = own.reshape(-1, order="F")
    for at, fields in enumerate(data.ravel("F").tolist()):
        flat[at] = dict(fields)
    return StructArray(list(names), own)


def struct_of_own(names: list[str], data: ndarray):
    """`struct_array` for dictionaries that nobody else holds."""
    return Struct(data.item()) if data.size == 1 else StructArray(list(names), data)


def elements(value) -> ndarray:
    """The dictionaries of a struct value, in its shape."""
    if type(value) is Struct:
        data = np.empty((1, 1), OBJECT)
        data[0, 0] = value.fields
        return data
    return value.data


def blank(names) -> dict:
    """One element with every field empty."""
    return dict.fromkeys(names, EMPTY)


def is_struct(value) -> bool:
    return type(value) is Struct or type(value) is StructArray
