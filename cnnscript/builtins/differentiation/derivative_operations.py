"""dljacobian, dldivergence and dllaplacian: derivatives observation by observation, for equations in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.automatic_differentiation import gradients
from cnnscript.builtins.differentiation.dlarrays import require_dlarray
from cnnscript.builtins.registry import builtin
from cnnscript.engine import recording
from cnnscript.engine.recording import Recording
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, operate, plain_shape
from cnnscript.values.numeric import size_text


@builtin
def dljacobian(u, x, dim, /, *, EnableHigherDerivatives=True):
    """
    jac = dljacobian(u,x,dim)
    jac = dljacobian(u,x,dim,EnableHigherDerivatives=tf)

    The derivatives of each element of u along a dimension with respect to x, inside a function that dlfeval runs.

    u and x are dlarrays without labels. What stands along the other dimensions of u (its observations) is summed, so
    that jac has the derivatives of each observation by its own x where one depends on no other's. jac is of the size
    of x after a dimension that counts the elements of u along dim, or just of the size of x where there is one only.

    Options
      EnableHigherDerivatives  false: the derivatives are constants for further ones (true)

    Examples
      >> x = dlarray([1 2; 3 4]);
      >> jac = dlfeval(@(x) dljacobian([x(1,:).*x(2,:); x(1,:).^2],x,1),x);
      >> disp(squeeze(extractdata(jac(:,:,2))))
           4     2
           4     0
      >> disp(dlfeval(@(x) dljacobian(x.^2,x,1),dlarray([1 2 3])))
        1×3 dlarray
           2     4     6

    See also dldivergence, dllaplacian, dlgradient, dlfeval.
    """
    higher = take.flag(EnableHigherDerivatives, "EnableHigherDerivatives")
    tape, along = started("dljacobian", u, x, dim)
    rows = [derivative(tape, u, x, along, place, higher) for place in range(length_along(u, along))]
    if len(rows) == 1:
        return rows[0]
    return stacked(rows, x.size())


@builtin
def dldivergence(u, x, dim, /, *, EnableHigherDerivatives=True):
    """
    div = dldivergence(u,x,dim)
    div = dldivergence(u,x,dim,EnableHigherDerivatives=tf)

    The sum of the derivatives of each element of u along a dimension with respect to the element of x in its place,
    inside a function that dlfeval runs.

    u and x are dlarrays without labels, equally long along dim; there, div is 1 long.

    Options
      EnableHigherDerivatives  false: the derivatives are constants for further ones (true)

    Examples
      >> disp(dlfeval(@(x) dldivergence(x.^2,x,1),dlarray([1 2; 3 4])))
        1×2 dlarray
           8    12

    See also dljacobian, dllaplacian, dlgradient, dlfeval.
    """
    higher = take.flag(EnableHigherDerivatives, "EnableHigherDerivatives")
    tape, along = started("dldivergence", u, x, dim)
    count = length_along(u, along)
    if count != length_along(x, along):
        raise ScriptError(
            "deep:dldivergence:SizeMismatch",
            "The first and second inputs of dldivergence must have the same size along the operation dimension.",
            notes=(f"they are {size_text(u.size(), '×')} and {size_text(x.size(), '×')}", f"it is {along + 1}"),
        )
    parts = [cut(derivative(tape, u, x, along, place, higher), along, place) for place in range(count)]
    return summed(parts)


@builtin
def dllaplacian(u, x, dim, /, *, EnableHigherDerivatives=True):
    """
    lap = dllaplacian(u,x,dim)
    lap = dllaplacian(u,x,dim,EnableHigherDerivatives=tf)

    The sum of the second derivatives of u with respect to the elements of x along a dimension, inside a function that
    dlfeval runs.

    u and x are dlarrays without labels; u is a vector, 1 long along dim, as lap is.

    Options
      EnableHigherDerivatives  false: the derivatives are constants for further ones (true)

    Examples
      >> disp(dlfeval(@(x) dllaplacian(x(1,:).^3 + x(2,:).^2,x,1),dlarray([1 2; 3 4])))
        1×2 dlarray
           8    14

    See also dljacobian, dldivergence, dlgradient, dlfeval.
    """
    higher = take.flag(EnableHigherDerivatives, "EnableHigherDerivatives")
    tape, along = started("dllaplacian", u, x, dim)
    if length_along(u, along) != 1:
        raise ScriptError(
            "deep:dllaplacian:NotAVector",
            "The first input of dllaplacian must be a vector of size 1 along the operation dimension.",
            notes=(f"it is {size_text(u.size(), '×')}, the dimension is {along + 1}",),
        )
    slope = derivative(tape, u, x, along, 0, True)
    parts = [
        cut(derivative(tape, slope, x, along, place, higher), along, place) for place in range(length_along(x, along))
    ]
    return summed(parts)


# ------------------------------------------------------------------------------------------------------------ checking
def started(name: str, u: Any, x: Any, dim: Any) -> tuple[Recording, int]:
    """The tape and the dimension (from 0), of arguments that suit."""
    tape = recording.current()
    for value, which in ((u, "first"), (x, "second")):
        require_dlarray(value, name)
        if value.labels:
            raise ScriptError(
                f"deep:{name}:Labeled", f"The {which} input of {name} must be an unformatted dlarray.",
                notes=(f"its format is '{value.labels}'",), hint="stripdims(x) takes the labels off",
            )  # fmt: skip
        if tape is None or value.record is None:
            raise ScriptError(
                f"deep:{name}:NotTraced", f"The {which} input of {name} must be a traced dlarray.",
                notes=("no dlfeval is running",) if tape is None else ("it comes of no input of dlfeval",),
            )  # fmt: skip
        if value.is_complex:
            raise ScriptError(f"deep:{name}:Complex", f"The {which} input of {name} must be real.")
    return tape, take.dimension(dim, "dim") - 1


def length_along(source: DLArray, along: int) -> int:
    size = source.size()
    return size[along] if along < len(size) else 1


# ----------------------------------------------------------------------------------------------------------- computing
def derivative(tape: Recording, u: DLArray, x: DLArray, along: int, place: int, higher: bool) -> DLArray:
    """The derivative of the sum of u(place), taken along a dimension, with respect to x."""
    part = cut(u, along, place).record
    total = part.compute("sum", part, axes=list(range(len(part.shape))))
    return gradients(tape, total, [x], higher)[0]


def cut(source: DLArray, along: int, place: int) -> DLArray:
    """The elements in one place along a dimension, which stays, 1 long."""
    if length_along(source, along) == 1:
        return source
    return source.arranged(np.take(source.places(), [place], along))


def summed(parts: list[DLArray]) -> DLArray:
    total = parts[0]
    for part in parts[1:]:
        total = operate("plus", total, part)
    return total


def stacked(rows: list[DLArray], size: tuple[int, ...]) -> DLArray:
    """Arrays of a size side by side along a new first dimension."""
    shape = plain_shape((len(rows), *size))
    if all(row.record is None for row in rows):
        return DLArray(np.stack([row.array() for row in rows]).reshape(shape, order="F"))
    operands = [row.operand() for row in rows]
    first = next(row.record for row in rows if row.record is not None)
    column = first.compute("stack", *operands).reshape((*size, len(rows)))
    turned = column.permute((len(size), *range(len(size))))
    return DLArray(None, "", turned.reshape(shape))
