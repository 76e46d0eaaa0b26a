"""relu, leakyrelu, sigmoid, gelu, softmax of dlarrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.builtins.differentiation.dlarrays import require_dlarray
from cnnscript.builtins.differentiation.labelled_arguments import Labelled, given_out, operand, real
from cnnscript.builtins.elementary.transfer_functions import transferred
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import activations
from cnnscript.engine.labelled.running import run_each
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, numbers


def of_each(function: str, x: Any, compute: Callable[[Any], Any]) -> DLArray:
    """A function of each element; labels stay."""
    source = real(require_dlarray(x, function))
    return given_out(run_each(compute, operand(source)), source.labels)


@builtin
def relu(X, /):
    """
    Y = relu(X)

    Negative elements of a dlarray as 0.

    Examples
      >> relu(dlarray([-1 0 2]))
      ans =
        1×3 dlarray
           0     0     2

    See also leakyrelu, sigmoid, gelu, softmax, dlarray.
    """
    return of_each("relu", X, activations.relu)


@builtin
def leakyrelu(X, scaleFactor=0.01, /):
    """
    Y = leakyrelu(X)
    Y = leakyrelu(X,scaleFactor)

    Negative elements of a dlarray times a factor (0.01).

    Examples
      >> leakyrelu(dlarray([-1 0 2]),0.1)
      ans =
        1×3 dlarray
         -0.1000         0    2.0000

    See also relu, gelu, dlarray.
    """
    scale = take.number(numbers(scaleFactor), "scaleFactor")
    return of_each("leakyrelu", X, lambda x: activations.leaky_relu(x, scale))


@builtin
def sigmoid(X, /):
    """
    Y = sigmoid(X)

    1/(1 + exp(-x)) of each element of a dlarray.

    Examples
      >> sigmoid(dlarray([-1 0 1]))
      ans =
        1×3 dlarray
          0.2689    0.5000    0.7311

    See also softmax, relu, crossentropy, dlarray.
    """
    return of_each("sigmoid", X, activations.sigmoid)


@builtin
def gelu(X, /, *, Approximation="none"):
    """
    Y = gelu(X)
    Y = gelu(X,Approximation=method)

    Each element of a dlarray, weighed by how likely a normal number is below it: x/2*(1 + erf(x/sqrt(2))).

    Options
      Approximation  'none' (default) or 'tanh': x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))

    Examples
      >> gelu(dlarray([-1 0 1]))
      ans =
        1×3 dlarray
         -0.1587         0    0.8413

    See also relu, leakyrelu, dlarray.
    """
    method = take.choice(Approximation, ("none", "tanh"), "Approximation")
    return of_each("gelu", X, lambda x: activations.gelu(x, method))


@builtin
def softmax(X, /, *, DataFormat=None):
    """
    Y = softmax(X)
    Y = softmax(X,DataFormat=FMT)
    A = softmax(N)
    info = softmax(code)

    exp(x)./sum(exp(x)) over the channels of a dlarray, its dimension C; of a plain matrix over each column, as the
    transfer function of shallow networks has it. code is 'name', 'output' or 'active'.

    Options
      DataFormat  labels of the dimensions of an X without labels

    Examples
      >> softmax(dlarray([0 1; 0 1; log(2) 1],"CB"))
      ans =
        3(C) × 2(B) dlarray
          0.2500    0.3333
          0.2500    0.3333
          0.5000    0.3333
      >> Y = softmax(dlarray([0 0]),DataFormat="BC"); A = softmax([0; log(3)])
      A =
          0.2500
          0.7500
      >> info = softmax('name')
      info =
          'Soft Max'

    See also sigmoid, logsig, crossentropy, fullyconnect, dlarray.
    """
    if DataFormat is None and not isinstance(X, DLArray):
        return transferred("softmax", X)
    x = Labelled("softmax", X, DataFormat)
    x.needs("C", "channel")
    return x.out(x.run_over(None, activations.softmax))
