"""dlupdate: a function of a program applied to all parameters of a model."""

from __future__ import annotations

from cnnscript.builtins.differentiation.containers_of_dlarrays import together
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take, warn


@builtin(outputs=None)
def dlupdate(session, nargout, fun, parameters, /, *more):
    """
    net = dlupdate(fun,net)
    params = dlupdate(fun,params)
    [...] = dlupdate(fun,...,A1,...,An)
    [...,X1,...,Xm] = dlupdate(fun,...)

    A function applied to each parameter of a dlnetwork, or of a cell, struct or table of parameters.

    fun is called for each parameter, with the elements at its place of A1 ... An, which have the same structure as the
    parameters (gradients, say). Its first output is the parameter's new value; X1 ... Xm hold the further ones.
    Networks compute in single: doubles are converted, with a warning.

    Examples
      >> params.w = dlarray([1 2]); params.b = dlarray(3); grads.w = dlarray([1 1]); grads.b = dlarray(10);
      >> params = dlupdate(@(p,g) p - 0.1*g,params,grads);
      >> disp(params.w)
        1×2 dlarray
          0.9000    1.9000

    See also dlarray, dlgradient, dlfeval.
    """
    function = take.function(fun, "fun", session.function)
    outputs = max(1, nargout)
    doubles: list[bool] = []  # true inside when a new value was double

    def step(*arrays):
        made = session.call(function, outputs, *arrays)
        made = made if type(made) is tuple else (made,)
        if made[0] is None or len(made) < outputs:
            raise ScriptError("MATLAB:TooManyOutputs", "Too many output arguments.", notes=(f"of {function.text}",))
        doubles.extend([True] if getattr(made[0], "underlying", "") == "double" else [])
        return made

    made = together(step, outputs, parameters, more)
    if isinstance(parameters, DLNetwork) and doubles:
        warn.warn(
            "deep:dlupdate:NetworksAreSingle", "Networks compute in single: the new values were converted from double."
        )
    return tuple(made)
