"""How the numbers of an untrained network begin: MATLAB's initialisers, drawn from the stream they are handed.

    glorot         uniform in ±sqrt(6 / (in + out)) (Glorot and Bengio, 2010)
    he             normal, variance 2 / in (He and others, 2015)
    orthogonal     Q of the QR decomposition of a normal matrix, its diagonal of R made positive (Saxe and others, 2013)
    narrow-normal  normal, deviation 0.01
    zeros, ones
    unit-forget-gate  (recurrent layers' biases) 1 for the forget gate, 0 for the others

What is drawn is laid out in MATLAB's order (height fastest), layer after layer, learnable after learnable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import prod, sqrt
from typing import Any, Protocol

import numpy as np

from cnnscript.engine.graph import Parameters
from cnnscript.engine.layers import Layer
from cnnscript.engine.weights import from_matlab

Call = Callable[[Any, tuple[int, ...]], np.ndarray]  # an initialiser of the script's, a size → numbers of that size


class Draws(Protocol):
    """A stream of random numbers."""

    def uniforms(self, count: int) -> np.ndarray:
        """Doubles in (0, 1)."""

    def normals(self, count: int) -> np.ndarray:
        """Standard normal doubles."""


def initial_parameters(layers: Iterable[Layer], given: Parameters, random: Draws,
                       call: Call | None = None) -> Parameters:  # fmt: skip
    """Numbers for settled layers: those given (by layer and parameter, in MATLAB's shapes), all others begun.

    call: makes numbers by an initialiser that is no word (a function of the script).
    Raises ValueError when a given array has not the size its layer needs.
    """
    made: dict[str, dict[str, np.ndarray]] = {}
    for layer in layers:
        shapes = layer.parameter_shapes()
        if not shapes:
            continue
        own = given.get(layer.name, {})
        made[layer.name] = {
            name: from_matlab(layer, name, own[name]) if name in own else initial(layer, name, random, call)
            for name in shapes
        }
    return made


def initial(layer: Layer, name: str, random: Draws, call: Call | None = None) -> np.ndarray:
    """A parameter of a settled layer as training begins with it, in the engine's shape."""
    shape = tuple(int(length) for length in layer.matlab_shapes()[name] if length is not None)
    if name in layer.state:
        start: Any = "ones" if name == "TrainedVariance" else "zeros"
    else:
        start = layer.learning_of(name, "Initializer")
    if isinstance(start, float):
        return from_matlab(layer, name, np.full(shape, start))
    if not isinstance(start, str):
        if call is None:
            raise TypeError(f"{name} of layer '{layer.name}' begins by a function, and nobody calls it")
        return from_matlab(layer, name, call(start, shape))
    numbers = BEGINNINGS[start](shape, layer, name, random)
    return from_matlab(layer, name, numbers.reshape(shape, order="F"))


Numbers = np.ndarray


def _glorot(shape: tuple[int, ...], layer: Layer, name: str, random: Draws) -> Numbers:
    bound = sqrt(6 / sum(layer.fans(name)))
    return (2 * random.uniforms(prod(shape)) - 1) * bound


def _he(shape: tuple[int, ...], layer: Layer, name: str, random: Draws) -> Numbers:
    return random.normals(prod(shape)) * sqrt(2 / layer.fans(name)[0])


def _orthogonal(shape: tuple[int, ...], layer: Layer, name: str, random: Draws) -> Numbers:
    """Orthonormal columns (or rows, where there are more columns than rows) of the matrix of all but the last
    dimension by the last; for matrices the rows by the columns."""
    rows, columns = (shape[0], prod(shape[1:])) if len(shape) == 2 else (prod(shape[:-1]), shape[-1])
    tall = random.normals(rows * columns).reshape(rows, columns, order="F")
    turned = rows < columns
    q, r = np.linalg.qr(tall.T if turned else tall)
    q = q * np.where(np.diagonal(r) < 0, -1.0, 1.0)
    return (q.T if turned else q).ravel("F")


def _narrow_normal(shape: tuple[int, ...], layer: Layer, name: str, random: Draws) -> Numbers:
    return random.normals(prod(shape)) * 0.01


def _unit_forget_gate(shape: tuple[int, ...], layer: Layer, name: str, random: Draws) -> Numbers:
    """The gates lie one after another: input, forget, cell, output (twice for both directions)."""
    numbers = np.zeros(prod(shape))
    units = layer.num_hidden_units  # type: ignore[attr-defined]  only recurrent layers begin so
    for start in range(0, numbers.size, 4 * units):
        numbers[start + units : start + 2 * units] = 1
    return numbers


BEGINNINGS: dict[str, Callable[[tuple[int, ...], Layer, str, Draws], Numbers]] = {
    "glorot": _glorot,
    "he": _he,
    "orthogonal": _orthogonal,
    "narrow-normal": _narrow_normal,
    "unit-forget-gate": _unit_forget_gate,
    "zeros": lambda shape, layer, name, random: np.zeros(prod(shape)),
    "ones": lambda shape, layer, name, random: np.ones(prod(shape)),
}
