"""Objects of classes that derive from a class of numbers or text: `classdef Color < int32`, `classdef Money < double`.

Such an object holds its numbers beside its properties.  Where nothing else is said of it, it is those numbers: as an
operand, as an index, as an argument of a built-in function.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.values.instances import KINDS, Instance

NUMBER = "(numbers)"  # the key among the values of an object: no property has such a name


def is_numbers(value: Any) -> bool:
    """Is this an object of a class that derives from one of numbers?"""
    return isinstance(value, KINDS) and value.definition.number_class is not None


def numbers_of(value: Any) -> Any:
    """The numbers that an object, or an array of objects with one each, holds."""
    if type(value) is Instance:
        return value.values[NUMBER]
    from cnnscript.values.concatenate import horzcat
    from cnnscript.values.convert import to_class
    from cnnscript.values.numeric import norm

    items = [item.values[NUMBER] for item in value.objects()]
    if not items:
        return to_class(norm(np.zeros(value.size())), value.definition.number_class)
    row = horzcat(*items)
    if type(row) is np.ndarray:
        return norm(row.reshape(value.size(), order="F"))
    return row


def as_numbers(args: tuple) -> tuple:
    """Arguments with numbers in place of such objects."""
    return tuple(numbers_of(arg) if is_numbers(arg) else arg for arg in args)


def with_numbers(value: Instance, numbers: Any) -> Instance:
    """The object with other numbers."""
    made = value.copied()
    made.values[NUMBER] = numbers
    return made


def is_array(value: Any) -> bool:
    """Is this one object that is itself an array of numbers, as those of classes without an enumeration are?"""
    return type(value) is Instance and value.definition.number_class is not None and not value.definition.members


def joined_numbers(parts: list, axis: int) -> Any:
    """[a b] of objects that hold arrays of numbers: the first, with the numbers of all."""
    from cnnscript.values.concatenate import horzcat, vertcat

    first = next(part for part in parts if is_numbers(part))
    return with_numbers(first, (horzcat if axis else vertcat)(*as_numbers(tuple(parts))))


def operated(name: str, args: tuple) -> Any:
    """An operator on the numbers of objects."""
    from cnnscript.values import operators, ranges

    given = as_numbers(args)
    if any(isinstance(arg, KINDS) for arg in given):
        return NotImplemented
    if name == "colon":
        return ranges.colon(*given)
    if name in ("horzcat", "vertcat"):
        return NotImplemented
    return getattr(operators, name + "_" if name in ("and", "or", "not") else name)(*given)


__all__ = ["NUMBER", "as_numbers", "is_array", "is_numbers", "joined_numbers", "numbers_of", "operated", "with_numbers"]
