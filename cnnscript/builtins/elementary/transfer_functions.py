"""What layers of shallow networks do to their net input: logsig, tansig, poslin and the other transfer functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.text import is_text

INF = float("inf")


def logistic(n: ndarray) -> ndarray:
    from scipy.special import expit

    return expit(n)


def soft_maximum(n: ndarray) -> ndarray:
    """exp(n)/sum(exp(n)) of each column."""
    raised = np.exp(n - n.max(axis=0, keepdims=True)) if n.size else n
    return raised / raised.sum(axis=0, keepdims=True)


# each with what it is, the range of its output and the range of input in which it is not flat
FUNCTIONS: dict[str, tuple[str, Callable[[ndarray], ndarray], tuple[float, float], tuple[float, float]]] = {
    "compet": ("Competitive", lambda n: (np.arange(len(n))[:, None] == n.argmax(axis=0)).astype(float), (0, 1),
               (-INF, INF)),
    "elliotsig": ("Elliot Symmetric Sigmoid", lambda n: n / (1 + np.abs(n)), (-1, 1), (-INF, INF)),
    "hardlim": ("Hard-Limit", lambda n: (n >= 0).astype(float), (0, 1), (0, 0)),
    "hardlims": ("Symmetric Hard-Limit", lambda n: np.where(n >= 0, 1.0, -1.0), (-1, 1), (0, 0)),
    "logsig": ("Log-Sigmoid", logistic, (0, 1), (-4, 4)),
    "poslin": ("Positive Linear", lambda n: np.maximum(n, 0), (0, INF), (0, INF)),
    "purelin": ("Linear", lambda n: n, (-INF, INF), (-INF, INF)),
    "radbas": ("Radial Basis", lambda n: np.exp(-(n**2)), (0, 1), (-2, 2)),
    "satlin": ("Saturating Linear", lambda n: np.clip(n, 0, 1), (0, 1), (0, 1)),
    "satlins": ("Symmetric Saturating Linear", lambda n: np.clip(n, -1, 1), (-1, 1), (-1, 1)),
    "softmax": ("Soft Max", soft_maximum, (0, 1), (-INF, INF)),
    "tansig": ("Symmetric Sigmoid", np.tanh, (-1, 1), (-2, 2)),
    "tribas": ("Triangular Basis", lambda n: np.maximum(0, 1 - np.abs(n)), (0, 1), (-1, 1)),
}  # fmt: skip


def transferred(function: str, given: Any) -> Any:
    """The function of numbers; of a word what it tells about the function."""
    title, formula, output, active = FUNCTIONS[function]
    if is_text(given):
        word = take.choice(given, ("name", "output", "active"), "code")
        found = {"name": title, "output": output, "active": active}[word]
        return found if isinstance(found, str) else norm(np.array([found], float))
    array = take.real(given, "N")
    if array.ndim > 2:
        raise ScriptError("nnet:Args:NotMatrix", "N must be a matrix.", notes=(f"got {take.described(given)}",))
    kind = np.float32 if getattr(given, "dtype", None) == np.float32 else np.float64
    return norm(np.asfortranarray(formula(array.astype(kind)).astype(kind)))


HELP = """
A = {name}(N)
info = {name}(code)

The transfer function of shallow networks: {what}.

code is 'name', 'output' (the range of A) or 'active' (the range of N in which A changes).

Examples
  >> A = {name}({given})
  A =
{shown}
  >> info = {name}('name')
  info =
      '{title}'

See also {also}.
"""
ABOUT = {
    "compet": ("1 for the largest of each column and 0 for the others", "[1; 3; 2]", "       0\n       1\n       0",
               "softmax"),
    "elliotsig": ("n/(1 + |n|)", "[-1 0 1]", "     -0.5000         0    0.5000", "tansig"),
    "hardlim": ("1 from 0 on, else 0", "[-1 0 1]", "       0     1     1", "hardlims"),
    "hardlims": ("1 from 0 on, else -1", "[-1 0 1]", "      -1     1     1", "hardlim"),
    "logsig": ("1/(1 + exp(-n))", "[-1 0 1]", "      0.2689    0.5000    0.7311", "tansig, sigmoid"),
    "poslin": ("n, or 0 where it is negative", "[-1 0 1]", "       0     0     1", "purelin, relu"),
    "purelin": ("n itself", "[-1 0 1]", "      -1     0     1", "poslin"),
    "radbas": ("exp(-n^2)", "[-1 0 1]", "      0.3679    1.0000    0.3679", "tribas"),
    "satlin": ("n between 0 and 1", "[-2 0.5 2]", "           0    0.5000    1.0000", "satlins"),
    "satlins": ("n between -1 and 1", "[-2 0.5 2]", "     -1.0000    0.5000    1.0000", "satlin"),
    "tansig": ("the hyperbolic tangent", "[-1 0 1]", "     -0.7616         0    0.7616", "logsig, tanh"),
    "tribas": ("1 - |n|, or 0 where that is negative", "[-0.5 0 2]", "      0.5000    1.0000         0", "radbas"),
}  # fmt: skip


def declare(name: str) -> None:
    what, given, shown, also = ABOUT[name]

    def function(N, /):
        return transferred(name, N)

    function.__doc__ = HELP.format(
        name=name, what=what, given=given, shown=shown, also=also, title=FUNCTIONS[name][0]
    )  # fmt: skip
    builtin(name=name)(function)


for _name in ABOUT:
    declare(_name)
