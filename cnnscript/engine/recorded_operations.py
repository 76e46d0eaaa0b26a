"""What may be recorded: functions of tensors by MATLAB's names, all with gradients TensorFlow knows.

Each takes TensorFlow and tensors of one class whose dimensions stand in reverse order (recording.py).  `axes` are
tensor axes.  Where MATLAB leaves the real numbers, so do these: sqrt(-1) is 1i.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log as ln
from math import pi
from typing import Any

OPERATIONS: dict[str, Callable[..., Any]] = {}


def operation(function: Callable) -> Callable:
    OPERATIONS[function.__name__.rstrip("_")] = function
    return function


# ----------------------------------------------------------------------------------------------------- real or complex
def complex_where(tf: Any, leaves: Callable[[Any], Any], x: Any) -> Any:
    """x as complex numbers where `leaves(x)` is true of one: there the result is not real.  What is only traced stays
    real."""
    if x.dtype.is_complex or not hasattr(x, "numpy") or not bool(tf.reduce_any(leaves(x))):
        return x
    return tf.cast(x, tf.complex64 if x.dtype == tf.float32 else tf.complex128)


@operation
def power(tf: Any, x: Any, y: Any) -> Any:
    """Elementwise; a constant square has its own gradient (that of x.^2 at 0 is 0, of x.^0.5 Inf, as in MATLAB)."""
    if hasattr(y, "numpy") and hasattr(x, "numpy") and not x.dtype.is_complex and not y.dtype.is_complex:
        if y.shape.num_elements() == 1 and float(tf.reshape(y, [])) == 2.0:
            return tf.square(x) + tf.zeros_like(y)
        if bool(tf.reduce_any((x < 0) & (y != tf.round(y)))):
            wide = tf.complex64 if x.dtype == tf.float32 else tf.complex128
            x, y = tf.cast(x, wide), tf.cast(y, wide)
    return tf.pow(x, y)


OPERATIONS |= {
    "sqrt": lambda tf, x: tf.sqrt(complex_where(tf, lambda x: x < 0, x)),
    "log": lambda tf, x: tf.math.log(complex_where(tf, lambda x: x < 0, x)),
    "log2": lambda tf, x: tf.math.log(complex_where(tf, lambda x: x < 0, x)) / ln(2),
    "log10": lambda tf, x: tf.math.log(complex_where(tf, lambda x: x < 0, x)) / ln(10),
    "log1p": lambda tf, x: tf.math.log1p(complex_where(tf, lambda x: x < -1, x)),
    "asin": lambda tf, x: tf.asin(complex_where(tf, lambda x: tf.abs(x) > 1, x)),
    "acos": lambda tf, x: tf.acos(complex_where(tf, lambda x: tf.abs(x) > 1, x)),
    "acosh": lambda tf, x: tf.acosh(complex_where(tf, lambda x: x < 1, x)),
    "atanh": lambda tf, x: tf.atanh(complex_where(tf, lambda x: tf.abs(x) > 1, x)),
}

# --------------------------------------------------------------------------------------------------------- elementwise
OPERATIONS |= {
    "plus": lambda tf, x, y: x + y,
    "minus": lambda tf, x, y: x - y,
    "times": lambda tf, x, y: x * y,
    "rdivide": lambda tf, x, y: x / y,
    "ldivide": lambda tf, x, y: y / x,
    "uminus": lambda tf, x: -x,
    "uplus": lambda tf, x: x,
    "exp": lambda tf, x: tf.exp(x),
    "expm1": lambda tf, x: tf.math.expm1(x),
    "sin": lambda tf, x: tf.sin(x),
    "cos": lambda tf, x: tf.cos(x),
    "tan": lambda tf, x: tf.tan(x),
    "atan": lambda tf, x: tf.atan(x),
    "sinh": lambda tf, x: tf.sinh(x),
    "cosh": lambda tf, x: tf.cosh(x),
    "tanh": lambda tf, x: tf.tanh(x),
    "asinh": lambda tf, x: tf.asinh(x),
    "sec": lambda tf, x: 1 / tf.cos(x),
    "csc": lambda tf, x: 1 / tf.sin(x),
    "cot": lambda tf, x: 1 / tf.tan(x),
    "sech": lambda tf, x: 1 / tf.cosh(x),
    "csch": lambda tf, x: 1 / tf.sinh(x),
    "coth": lambda tf, x: 1 / tf.tanh(x),
    "asec": lambda tf, x: OPERATIONS["acos"](tf, 1 / x),
    "acsc": lambda tf, x: OPERATIONS["asin"](tf, 1 / x),
    "acot": lambda tf, x: tf.atan(1 / x),
    "asech": lambda tf, x: OPERATIONS["acosh"](tf, 1 / x),
    "acsch": lambda tf, x: tf.asinh(1 / x),
    "acoth": lambda tf, x: OPERATIONS["atanh"](tf, 1 / x),
    "sind": lambda tf, x: tf.sin(x * (pi / 180)),
    "cosd": lambda tf, x: tf.cos(x * (pi / 180)),
    "tand": lambda tf, x: tf.tan(x * (pi / 180)),
    "secd": lambda tf, x: 1 / tf.cos(x * (pi / 180)),
    "cscd": lambda tf, x: 1 / tf.sin(x * (pi / 180)),
    "cotd": lambda tf, x: 1 / tf.tan(x * (pi / 180)),
    "asind": lambda tf, x: OPERATIONS["asin"](tf, x) * (180 / pi),
    "acosd": lambda tf, x: OPERATIONS["acos"](tf, x) * (180 / pi),
    "atand": lambda tf, x: tf.atan(x) * (180 / pi),
    "sinpi": lambda tf, x: tf.sin(x * pi),
    "cospi": lambda tf, x: tf.cos(x * pi),
    "deg2rad": lambda tf, x: x * (pi / 180),
    "rad2deg": lambda tf, x: x * (180 / pi),
    "erf": lambda tf, x: tf.math.erf(x),
    "erfc": lambda tf, x: tf.math.erfc(x),
    "erfinv": lambda tf, x: tf.math.erfinv(x),
    "erfcinv": lambda tf, x: tf.math.erfcinv(x),
    "gammaln": lambda tf, x: tf.math.lgamma(x),
    "gamma": lambda tf, x: tf.exp(tf.math.lgamma(x)) * (1 - 2 * tf.cast((x < 0) & (tf.floor(x) % 2 != 0), x.dtype)),
    "psi": lambda tf, x: tf.math.digamma(x),
    "abs": lambda tf, x: tf.abs(x),
    "conj": lambda tf, x: tf.math.conj(x),
    "real": lambda tf, x: tf.math.real(x),
    "imag": lambda tf, x: tf.math.imag(x) if x.dtype.is_complex else tf.zeros_like(x),
    "angle": lambda tf, x: tf.math.angle(x) if x.dtype.is_complex else tf.where(x < 0, tf.cast(pi, x.dtype), 0 * x),
    "complex": lambda tf, x, y: tf.complex(*broadcast(tf, x, y)),
    "atan2": lambda tf, y, x: tf.atan2(y, x),
    "hypot": lambda tf, x, y: tf.sqrt(x * x + y * y),
    "nthroot": lambda tf, x, y: tf.sign(x) * tf.pow(tf.abs(x), 1 / y),
    # piecewise constant: their derivative is 0 wherever there is one
    "sign": lambda tf, x: tf.sign(x),
    "floor": lambda tf, x: tf.floor(x),
    "ceil": lambda tf, x: tf.math.ceil(x),
    "fix": lambda tf, x: tf.where(x < 0, tf.math.ceil(x), tf.floor(x)),
    "round": lambda tf, x: tf.sign(x) * tf.floor(tf.abs(x) + tf.cast(0.5, x.dtype)),
}


def broadcast(tf: Any, x: Any, y: Any) -> tuple[Any, Any]:
    shape = tf.broadcast_static_shape(x.shape, y.shape)
    return tf.broadcast_to(x, shape), tf.broadcast_to(y, shape)


@operation
def max_(tf: Any, x: Any, y: Any) -> Any:
    """The larger of two, a number before NaN; where they are equal the first one counts."""
    x, y = broadcast(tf, x, y)
    return tf.where((x >= y) | tf.math.is_nan(y), x, y)


@operation
def min_(tf: Any, x: Any, y: Any) -> Any:
    x, y = broadcast(tf, x, y)
    return tf.where((x <= y) | tf.math.is_nan(y), x, y)


@operation
def mod(tf: Any, x: Any, y: Any) -> Any:
    """x - floor(x./y).*y; x where y is 0."""
    x, y = broadcast(tf, x, y)
    safe = tf.where(y == 0, tf.ones_like(y), y)
    return tf.where(y == 0, x, x - tf.stop_gradient(tf.math.floordiv(x, safe)) * y)


@operation
def rem(tf: Any, x: Any, y: Any) -> Any:
    """x - fix(x./y).*y; NaN where y is 0."""
    x, y = broadcast(tf, x, y)
    return x - tf.stop_gradient(OPERATIONS["fix"](tf, x / y)) * y


@operation
def select(tf: Any, x: Any, there: Any) -> Any:
    """x where `there` is not 0, and 0 elsewhere, also in place of NaN."""
    return tf.where(there != 0, x, tf.zeros_like(x))


ELEMENTWISE = frozenset(OPERATIONS)  # of all above: an element by those at its place

# ---------------------------------------------------------------------------------------------------------- reductions
@operation
def sum_(tf: Any, x: Any, axes: Sequence[int]) -> Any:
    return tf.reduce_sum(x, axes, keepdims=True)


@operation
def mean(tf: Any, x: Any, axes: Sequence[int]) -> Any:
    return tf.reduce_mean(x, axes, keepdims=True)


@operation
def prod(tf: Any, x: Any, axes: Sequence[int]) -> Any:
    return tf.reduce_prod(x, axes, keepdims=True)


@operation
def cumsum(tf: Any, x: Any, axes: Sequence[int], reverse: bool = False) -> Any:
    return tf.cumsum(x, axes[0], reverse=reverse)


@operation
def cumprod(tf: Any, x: Any, axes: Sequence[int], reverse: bool = False) -> Any:
    return tf.math.cumprod(x, axes[0], reverse=reverse)


@operation
def vecnorm(tf: Any, x: Any, axes: Sequence[int]) -> Any:
    """The Euclidean length; its gradient at 0 is 0."""
    square = tf.reduce_sum(tf.math.real(x * tf.math.conj(x)), axes, keepdims=True)
    zero = square == 0
    return tf.where(zero, tf.zeros_like(square), tf.sqrt(tf.where(zero, tf.ones_like(square), square)))


@operation
def combination(tf: Any, *parts: Any, weights: Sequence[float]) -> Any:
    """The sum of arrays of one size, each times its number."""
    return tf.add_n([weight * part for weight, part in zip(weights, parts, strict=True) if weight])


# ------------------------------------------------------------------------------------------------------------ matrices
@operation
def stack(tf: Any, *parts: Any) -> Any:
    """All elements of several arrays in one column."""
    return tf.concat([tf.reshape(part, [1, -1]) for part in parts], 1)


@operation
def mtimes(tf: Any, x: Any, y: Any) -> Any:
    """Matrix product, page by page: in reverse order the factors change places."""
    return tf.matmul(y, x)


@operation
def mldivide(tf: Any, x: Any, y: Any) -> Any:
    """x \\ y: solved where x is square, else by least squares."""
    turned = tf.linalg.matrix_transpose
    if x.shape[-1] == x.shape[-2]:
        return turned(tf.linalg.solve(turned(x), turned(y)))
    return turned(tf.linalg.lstsq(turned(x), turned(y), fast=True))


@operation
def mrdivide(tf: Any, x: Any, y: Any) -> Any:
    """x / y = (y' \\ x')'"""
    if y.shape[-1] == y.shape[-2]:
        return tf.linalg.solve(y, x)
    return tf.linalg.lstsq(y, x, fast=True)


@operation
def mpower(tf: Any, x: Any, y: Any) -> Any:
    """A square matrix to a whole power."""
    count = int(tf.reshape(y, []))
    base = tf.linalg.inv(x) if count < 0 else x
    made = tf.eye(x.shape[-1], dtype=x.dtype)
    for _ in range(abs(count)):
        made = tf.matmul(made, base)
    return made


@operation
def fft(tf: Any, x: Any, axes: Sequence[int], length: int, inverse: bool = False) -> Any:
    """The Fourier transform along an axis, cut or filled with zeros to a length."""
    axis, rank = axes[0], len(x.shape)
    order = [*(at for at in range(rank) if at != axis), axis]
    rows = tf.transpose(x, order)[..., :length]
    rows = tf.pad(rows, [(0, 0)] * (rank - 1) + [(0, length - rows.shape[-1])])
    if not rows.dtype.is_complex:
        rows = tf.complex(rows, tf.zeros_like(rows))
    made = tf.signal.ifft(rows) if inverse else tf.signal.fft(rows)
    return tf.transpose(made, [order.index(at) for at in range(rank)])


@operation
def inv(tf: Any, x: Any) -> Any:
    return tf.linalg.inv(x)


@operation
def det(tf: Any, x: Any) -> Any:
    return tf.reshape(tf.linalg.det(x), [1, 1])
