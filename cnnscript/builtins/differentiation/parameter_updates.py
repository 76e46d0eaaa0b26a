"""dlupdate: a function of a program applied to all parameters of a model."""

from __future__ import annotations

from cnnscript.builtins.differentiation.containers_of_dlarrays import together
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take


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

    def step(*arrays):
        made = session.call(function, outputs, *arrays)
        made = made if type(made) is tuple else (made,)
        if made[0] is None or len(made) < outputs:
            raise ScriptError("MATLAB:TooManyOutputs", "Too many output arguments.", notes=(f"of {function.text}",))
        return made

    return tuple(together(step, outputs, parameters, more))
