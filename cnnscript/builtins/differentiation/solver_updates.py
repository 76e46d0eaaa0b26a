"""adamupdate, sgdmupdate, rmspropupdate: one step of a solver on networks, tables, cells, structs and arrays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.containers_of_dlarrays import together
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import solver_steps
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, numbers
from cnnscript.values.numeric import as_array, norm, numel_of, size_of, size_text

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

    See also sgdmupdate, rmspropupdate, dlupdate, dlgradient, dlfeval, dlnetwork.
    """
    count, rate = take.positive(numbers(iteration), "iteration"), not_negative(learnRate, "learnRate")
    decay, square_decay = below_one(gradDecay, "gradDecay"), below_one(sqGradDecay, "sqGradDecay")
    small = not_negative(epsilon, "epsilon")
    corrected = solver_steps.adam_rate(rate, count, decay, square_decay)

    def step(p, g, m, v):
        return solver_steps.adam_step(p, g, m, v, corrected, decay, square_decay, small)

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


# ------------------------------------------------------------------------------------------------------------- a step
def updated(function: str, step: Step, parameters: Any, gradients: Any, states: tuple) -> tuple:
    """Parameters, and then states, after a step: all laid out as the parameters are.  Empty states begin with zeros."""
    begun = [state if isinstance(state, DLArray) or numel_of(state) else zeros_like(gradients) for state in states]
    return tuple(together(partial(moved, function, step), 1 + len(states), parameters, [gradients, *begun]))


def zeros_like(gradients: Any) -> Any:
    def zeros(one: Any) -> list[Any]:
        return [like(np.zeros_like(as_array(numbers(one))), one)]

    return together(zeros, 1, gradients, [])[0]


def moved(function: str, step: Step, *values: Any) -> list[Any]:
    """One parameter, its gradient and states after a step: in single where one of them is."""
    for one in values:
        if size_of(one) != size_of(values[0]):
            raise ScriptError(
                f"deep:{function}:SizeMismatch",
                "Gradients and state must have the sizes of the parameters.",
                notes=(f"the parameter is {size_text(size_of(values[0]), '×')}", f"got {size_text(size_of(one), '×')}"),
            )
    arrays = [as_array(numbers(one)) for one in values]
    kind = np.float32 if any(one.dtype == np.float32 for one in arrays) else np.float64
    parameter, *states = step(*(one.astype(kind, copy=False) for one in arrays))
    return [like(parameter, values[0]), *(like(one, of) for one, of in zip(states, values[2:], strict=True))]


def like(array: np.ndarray, value: Any) -> Any:
    """An array as a value of that kind, with its labels."""
    return DLArray(norm(array), value.labels) if isinstance(value, DLArray) else norm(array)
