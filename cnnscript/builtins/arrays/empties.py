"""Empty arrays of a class: double.empty, string.empty(0, 3) and those of the other classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import OBJECT, norm, size_text
from cnnscript.values.structs import struct_array
from cnnscript.values.tables import Table, Variable
from cnnscript.values.text import CharArray, String
from cnnscript.values.times import Datetime, Duration

NUMBERS = (
    "double", "single", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "logical",
)  # fmt: skip

Shape = tuple[int, ...]


def blank_table(shape: Shape) -> Table:
    variables = tuple(Variable(f"Var{place}", np.zeros((shape[0], 1), order="F")) for place in range(1, shape[1] + 1))
    return Table(variables, shape[0])


OTHERS: dict[str, Callable[[Shape], Any]] = {
    "char": lambda shape: CharArray(np.zeros(shape, np.uint32, order="F")),
    "string": lambda shape: String(np.empty(shape, OBJECT, order="F")),
    "cell": lambda shape: np.empty(shape, OBJECT, order="F"),
    "struct": lambda shape: struct_array([], np.empty(shape, OBJECT, order="F")),
    "categorical": lambda shape: Categorical(np.zeros(shape, np.int64, order="F"), []),
    "datetime": lambda shape: Datetime(np.zeros(shape, order="F")),
    "duration": lambda shape: Duration(np.zeros(shape, order="F")),
    "table": blank_table,
}


def shape_of(sizes: tuple, name: str) -> Shape:
    """The size asked for: 0×0 by default; one of the lengths must be 0."""
    if not sizes:
        return (0, 0)
    if len(sizes) == 1:
        shape = take.size(sizes[0], "Size") if not isinstance(sizes[0], float) else (take.count(sizes[0]),) * 2
    else:
        shape = tuple(take.count(size, "Size") for size in sizes)
    if 0 not in shape:
        raise ScriptError(
            "MATLAB:class:emptyMustBeZero",
            "At least one dimension must be zero.",
            notes=(f"{name}.empty got {size_text(shape)}",),
        )
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shape


def declare(name: str) -> None:
    make = OTHERS.get(name) or (lambda shape: to_class(norm(np.zeros(shape, order="F")), name))

    def empty(*sizes):
        return make(shape_of(sizes, name))

    empty.__doc__ = f"""
    A = {name}.empty
    A = {name}.empty(m, n)
    A = {name}.empty([m n])

    An empty array of class {name}: 0×0, or of a size with a zero in it.

    Examples
      >> A = {name}.empty;
      >> disp(class(A))
      {name}
      >> A = {name}.empty(0, 3);
      >> disp(size(A))
           0     3
      >> A = {name}.empty([0 1]);
      >> disp(isempty(A))
         1

    See also {name}, isempty.
    """
    empty.__module__ = __name__
    builtin(empty, name=f"{name}.empty")


for class_name in (*NUMBERS, *OTHERS):
    declare(class_name)
