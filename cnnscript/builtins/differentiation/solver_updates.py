"""adamupdate, sgdmupdate, rmspropupdate: one step of a solver on networks, tables, cells, structs and arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import solver_steps
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, numbers
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, norm, numel_of, size_of, size_text
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.tables import Table

Step = Callable[..., tuple[np.ndarray, ...]]  # parameter, gradient, states... → parameter, states...


@builtin(outputs=3)
def adamupdate(
    nargout,
    net,
    grad,
    averageGrad,
    averageSqGrad,
    iteration,
    learnRate=0.001,
    gradDecay=0.9,
    sqGradDecay=0.999,
    epsilon=1e-8,
    /,
):
    """
    [net,averageGrad,averageSqGrad] = adamupdate(net,grad,averageGrad,averageSqGrad,iteration)
    [params,averageGrad,averageSqGrad] = adamupdate(params,grad,averageGrad,averageSqGrad,iteration)
    [...] = adamupdate(...,learnRate,gradDecay,sqGradDecay,epsilon)

    The parameters after one step of Adam, and the running means of the gradients and of their squares.

    net is a dlnetwork, whose learnables change; params a table of learnables, a cell, struct or dlarray. grad is laid
    out as the parameters are, as dlgradient gives it. averageGrad and averageSqGrad are [] before the first step;
    iteration is 1 in it. The step is learnRate*sqrt(1-sqGradDecay^t)/(1-gradDecay^t)*averageGrad./
    (sqrt(averageSqGrad)+epsilon). Learn rate factors of layers are not looked at.

    learnRate is 0.001, gradDecay 0.9, sqGradDecay 0.999, epsilon 1e-8 where they are not given.

    Examples
      >> [p,m,v] = adamupdate(dlarray([1 2]),dlarray([0.5 -3]),[],[],1,0.1)
      p =
        1×2 dlarray
          0.9000    2.1000
      m =
        1×2 dlarray
          0.0500   -0.3000
      v =
        1×2 dlarray
          0.0003    0.0090

    See also sgdmupdate, rmspropupdate, dlgradient, dlfeval, dlnetwork.
    """
    count, rate = take.positive(numbers(iteration), "iteration"), not_negative(learnRate, "learnRate")
    decay, square_decay = below_one(gradDecay, "gradDecay"), below_one(sqGradDecay, "sqGradDecay")
    small = not_negative(epsilon, "epsilon")

    def step(p, g, m, v):
        return solver_steps.adam_step(p, g, m, v, count, rate, decay, square_decay, small)

    return updated("adamupdate", step, net, grad, (averageGrad, averageSqGrad))


@builtin(outputs=2)
def sgdmupdate(nargout, net, grad, vel, learnRate=0.01, momentum=0.9, /):
    """
    [net,vel] = sgdmupdate(net,grad,vel)
    [params,vel] = sgdmupdate(params,grad,vel)
    [...] = sgdmupdate(...,learnRate,momentum)

    The parameters after one step of stochastic gradient descent with momentum, and the velocities.

    Velocities become momentum*vel - learnRate*grad, and are added to the parameters. vel is [] before the first step.
    learnRate is 0.01 and momentum 0.9 where they are not given. For net, params and grad see adamupdate.

    Examples
      >> [p,vel] = sgdmupdate(dlarray([1 2]),dlarray([0.5 -3]),[],0.1);
      >> [p,vel] = sgdmupdate(p,dlarray([0.5 -3]),vel,0.1)
      p =
        1×2 dlarray
          0.8550    2.8700
      vel =
        1×2 dlarray
         -0.0950    0.5700

    See also adamupdate, rmspropupdate, dlgradient, dlfeval.
    """
    rate, share = not_negative(learnRate, "learnRate"), take.number(numbers(momentum), "momentum")
    if not 0 <= share <= 1:
        raise take.wanted("a number from 0 to 1", "momentum", momentum, "MATLAB:notInRange")
    return updated("sgdmupdate", lambda p, g, v: solver_steps.momentum_step(p, g, v, rate, share), net, grad, (vel,))


@builtin(outputs=2)
def rmspropupdate(nargout, net, grad, averageSqGrad, learnRate=0.001, sqGradDecay=0.9, epsilon=1e-8, /):
    """
    [net,averageSqGrad] = rmspropupdate(net,grad,averageSqGrad)
    [params,averageSqGrad] = rmspropupdate(params,grad,averageSqGrad)
    [...] = rmspropupdate(...,learnRate,sqGradDecay,epsilon)

    The parameters after one step of RMSProp, and the running mean of the squares of the gradients.

    The step is learnRate*grad./(sqrt(averageSqGrad)+epsilon). averageSqGrad is [] before the first step. learnRate is
    0.001, sqGradDecay 0.9, epsilon 1e-8 where they are not given. For net, params and grad see adamupdate.

    Examples
      >> [p,v] = rmspropupdate(dlarray([1 2]),dlarray([0.5 -3]),[],0.1)
      p =
        1×2 dlarray
          0.6838    2.3162
      v =
        1×2 dlarray
          0.0250    0.9000

    See also adamupdate, sgdmupdate, dlgradient, dlfeval.
    """
    rate, decay = not_negative(learnRate, "learnRate"), below_one(sqGradDecay, "sqGradDecay")
    small = not_negative(epsilon, "epsilon")

    def step(p, g, v):
        return solver_steps.rmsprop_step(p, g, v, rate, decay, small)

    return updated("rmspropupdate", step, net, grad, (averageSqGrad,))


# ------------------------------------------------------------------------------------------------------------ settings
def not_negative(value: Any, name: str) -> float:
    found = take.number(numbers(value), name)
    if not 0 <= found < np.inf:
        raise take.wanted("nonnegative and finite", name, value, "MATLAB:expectedNonnegative")
    return found


def below_one(value: Any, name: str) -> float:
    found = take.number(numbers(value), name)
    if not 0 <= found < 1:
        raise take.wanted("a number from 0 and below 1", name, value, "MATLAB:notInRange")
    return found


# ---------------------------------------------------------------------------------------------------------- containers
def updated(function: str, step: Step, parameters: Any, gradients: Any, states: tuple) -> tuple:
    """Parameters, and then states, after a step: laid out as the parameters are, states as the gradients."""
    begun = tuple(None if numel_of(state) == 0 and not isinstance(state, DLArray) else state for state in states)
    if isinstance(parameters, DLNetwork):
        table, *made = walked(function, step, parameters.table("Learnables"), gradients, begun)
        return parameters.with_table("Learnables", table), *made
    return walked(function, step, parameters, gradients, begun)


def walked(function: str, step: Step, parameter: Any, gradient: Any, states: tuple) -> tuple:
    """One container, or one array."""
    if isinstance(parameter, DLNetwork):
        raise ScriptError(f"deep:{function}:NetworkInside", "A dlnetwork must be an argument of its own.")
    if type(parameter) is Table:
        return of_tables(function, step, parameter, gradient, states)
    if is_cell(parameter):
        require_alike(function, parameter, gradient, states, is_cell)
        items = [
            walked(function, step, one, *rest) for one, *rest in in_turn(parameter, gradient, states)
        ] or [(None,) * (len(states) + 1)]  # fmt: skip
        return tuple(cell_like(parameter, column) for column in zip(*items, strict=True))
    if isinstance(parameter, Struct):
        require_alike(function, parameter, gradient, states, lambda value: isinstance(value, Struct))
        made: tuple[dict, ...] = tuple({} for _ in (parameter, *states))
        for name, one in parameter.fields.items():
            held = tuple(None if state is None else state.fields.get(name) for state in states)
            for fields, value in zip(made, walked(function, step, one, gradient.fields.get(name), held), strict=True):
                fields[name] = value
        return tuple(Struct(fields) for fields in made)
    if isinstance(parameter, StructArray):
        raise ScriptError(f"deep:{function}:StructArray", "Parameters in a struct must be in a scalar struct.",
                          notes=(f"it is {size_text(parameter.size())}",))  # fmt: skip
    return of_arrays(function, step, parameter, gradient, states)


def of_tables(function: str, step: Step, parameter: Table, gradient: Any, states: tuple) -> tuple:
    for one in (parameter, gradient, *(state for state in states if state is not None)):
        if type(one) is not Table or "Value" not in one.names or one.rows != parameter.rows:
            kind = f"{one.rows} rows of {', '.join(one.names)}" if type(one) is Table else f"a {class_of(one)}"
            raise ScriptError(
                f"deep:{function}:TableMismatch",
                "Parameters, gradients and state must be tables with as many rows and a variable 'Value'.",
                notes=(f"the parameters have {parameter.rows} rows", f"got {kind}"),
            )
    cells = [one.data("Value") if one is not None else None for one in (parameter, gradient, *states)]
    made = walked(function, step, cells[0], cells[1], tuple(cells[2:]))
    return with_values(parameter, made[0]), *(with_values(gradient, one) for one in made[1:])


def with_values(table: Table, values: Any) -> Table:
    return replace(
        table,
        variables=tuple(replace(one, data=values) if one.name == "Value" else one for one in table.variables),
    )


def in_turn(parameter: Any, gradient: Any, states: tuple) -> list[tuple]:
    count = parameter.size
    columns = [one.ravel("F").tolist() if one is not None else [None] * count for one in (parameter, gradient, *states)]
    return [(p, g, tuple(rest)) for p, g, *rest in zip(*columns, strict=True)]


def cell_like(cell: np.ndarray, items: tuple) -> np.ndarray:
    made = np.empty(cell.size, object)
    made[:] = items[: cell.size]
    return made.reshape(cell.shape, order="F")


def require_alike(function: str, parameter: Any, gradient: Any, states: tuple, same: Callable[[Any], bool]) -> None:
    for one in (gradient, *(state for state in states if state is not None)):
        if not same(one) or numel_of(one) != numel_of(parameter):
            raise ScriptError(
                f"deep:{function}:ContainerMismatch",
                "Gradients and state must be laid out as the parameters are.",
                notes=(f"the parameters are {take.described(parameter)}", f"got {take.described(one)}"),
            )


def of_arrays(function: str, step: Step, parameter: Any, gradient: Any, states: tuple) -> tuple:
    """One parameter: in single where it or its gradient is."""
    if gradient is None or numel_of(gradient) == 0 and numel_of(parameter) == 0:
        return (parameter, *(gradient for _ in states))
    for one in (parameter, gradient, *(state for state in states if state is not None)):
        if not (isinstance(one, DLArray) or is_numeric(one)):
            raise ScriptError(
                f"deep:{function}:NotNumbers", "Parameters, gradients and state must hold dlarrays or numbers.",
                notes=(f"got {take.described(one)}",),
            )  # fmt: skip
        if size_of(one) != size_of(parameter):
            raise ScriptError(
                f"deep:{function}:SizeMismatch", "Gradients and state must have the sizes of the parameters.",
                notes=(f"the parameter is {size_text(size_of(parameter), '×')}", f"got {size_text(size_of(one), '×')}"),
            )  # fmt: skip
    arrays = [as_array(numbers(one)) if one is not None else None for one in (parameter, gradient, *states)]
    single = any(one is not None and one.dtype == np.float32 for one in arrays)
    kind = np.dtype(np.float32 if single else np.float64)
    filled = [np.zeros(arrays[0].shape, kind, order="F") if one is None else one.astype(kind, copy=False)
              for one in arrays]  # fmt: skip
    made = step(*filled)
    likes = (parameter, *(gradient if state is None else state for state in states))
    return tuple(
        DLArray(norm(one), like.labels) if isinstance(like, DLArray) else norm(one)
        for one, like in zip(made, likes, strict=True)
    )
