"""ONNX operators that are no layers of ours, in TensorFlow.

OPERATORS[name](tf, attributes, *inputs): inputs are tensors laid out as ONNX does, the images' axis first, or NumPy
arrays where they are constants, or None where they are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Run = Callable[..., Any]


def axes_of(attributes: dict[str, Any], given: Any) -> list[int] | None:
    """Axes, an attribute once and an input since."""
    axes = attributes.get("axes") if given is None else np.ravel(given).tolist()
    return None if axes is None or not len(axes) else [int(axis) for axis in axes]


def one(name: str) -> Run:
    """A function of tf or tf.nn of one input."""

    def run(tf, attributes, x):
        found = tf
        for part in name.split("."):
            found = getattr(found, part)
        return found(x)

    return run


def two(name: str) -> Run:
    def run(tf, attributes, *inputs):
        found = tf.convert_to_tensor(inputs[0])
        for x in inputs[1:]:
            found = getattr(tf, name)(found, tf.cast(x, found.dtype))
        return found

    return run


def mean(tf, attributes, *inputs):
    return two("add")(tf, attributes, *inputs) / len(inputs)


def reduced(name: str) -> Run:
    def run(tf, attributes, x, axes=None):
        where = axes_of(attributes, axes)
        if where is None and attributes.get("noop_with_empty_axes"):
            return x
        keep = bool(attributes.get("keepdims", 1))
        if name == "l2":
            return tf.sqrt(tf.reduce_sum(x * x, where, keep))
        if name == "l1":
            return tf.reduce_sum(tf.abs(x), where, keep)
        return getattr(tf, f"reduce_{name}")(x, where, keep)

    return run


def reshape(tf, attributes, x, shape=None):
    """The images' axis stays open; what is written for one image holds for each."""
    target = attributes["target"]
    return tf.reshape(x, (-1, *target[1:]))


def transpose(tf, attributes, x):
    rank = len(x.shape)
    return tf.transpose(x, attributes.get("perm") or list(range(rank))[::-1])


def concat(tf, attributes, *inputs):
    dynamic = next(x for x in inputs if not isinstance(x, np.ndarray))
    parts = [
        tf.broadcast_to(tf.cast(x, dynamic.dtype), (tf.shape(dynamic)[0], *x.shape[1:])) if isinstance(x, np.ndarray)
        else x for x in inputs
    ]  # fmt: skip
    return tf.concat(parts, attributes["axis"])


def sliced(tf, attributes, x, starts=None, ends=None, axes=None, steps=None):
    starts = attributes.get("starts") if starts is None else np.ravel(starts)
    ends = attributes.get("ends") if ends is None else np.ravel(ends)
    chosen = axes_of(attributes, axes) or list(range(len(starts)))
    paces = [1] * len(starts) if steps is None else np.ravel(steps).tolist()
    cuts = [slice(None)] * len(x.shape)
    for axis, start, end, pace in zip(chosen, starts, ends, paces, strict=True):
        size = x.shape[axis]
        if size is None:
            continue  # the images' axis: all of them
        cuts[axis] = slice(*slice_bounds(int(start), int(end), int(pace), size))
    return x[tuple(cuts)]


def slice_bounds(start: int, end: int, pace: int, size: int) -> tuple[int | None, int | None, int]:
    """ONNX's start and end as Python's: beyond the ends means to the ends."""
    first = start + size if start < 0 else start
    last = end + size if end < 0 else end
    if pace > 0:
        return max(first, 0), min(max(last, 0), size), pace
    stop = None if last < 0 else last
    return min(first, size - 1), stop, pace


def split(tf, attributes, x, sizes=None):
    axis = attributes.get("axis", 0)
    parts = attributes.get("split") if sizes is None else np.ravel(sizes).tolist()
    return tf.split(x, parts or attributes["count"], axis)


def gather(tf, attributes, x, indices):
    return tf.gather(x, tf.where(indices < 0, indices + x.shape[attributes.get("axis", 0)], indices),
                     axis=attributes.get("axis", 0))  # fmt: skip


def pad(tf, attributes, x, pads=None, value=None, axes=None):
    amounts = attributes.get("pads") if pads is None else np.ravel(pads).tolist()
    filling = attributes.get("value", 0.0) if value is None else float(np.ravel(value)[0])
    rank = len(x.shape)
    where = axes_of({}, axes) or list(range(rank))
    edges = [[0, 0] for _ in range(rank)]
    for k, axis in enumerate(where):
        edges[axis] = [int(amounts[k]), int(amounts[k + len(where)])]
    cuts = tuple(slice(max(0, -a), None if b >= 0 else b) for a, b in edges)
    edges = [[max(a, 0), max(b, 0)] for a, b in edges]
    x = x[cuts]
    mode = attributes.get("mode", "constant")
    if mode == "constant":
        return tf.pad(x, edges, constant_values=filling)
    if mode == "reflect":
        return tf.pad(x, edges, "REFLECT")
    for axis, (a, b) in enumerate(edges):  # edge
        if a or b:
            size = x.shape[axis]
            x = tf.gather(x, np.clip(np.arange(-a, size + b), 0, size - 1), axis=axis)
    return x


def clip(tf, attributes, x, low=None, high=None):
    low = attributes.get("min", -np.inf) if low is None else float(np.ravel(low)[0])
    high = attributes.get("max", np.inf) if high is None else float(np.ravel(high)[0])
    return tf.clip_by_value(x, low, high)


def softmax(name: str) -> Run:
    def run(tf, attributes, x):
        axis = attributes["axis"]
        if not attributes["coerced"]:
            return getattr(tf.nn, name)(x, axis)
        rows = tf.reshape(x, (-1, int(np.prod(x.shape[axis:]))))  # before opset 13: all axes from here on
        return tf.reshape(getattr(tf.nn, name)(rows, -1), tf.shape(x))

    return run


def matmul(tf, attributes, a, b):
    return tf.matmul(a, b) if len(a.shape) > 1 and len(b.shape) > 1 else tf.tensordot(a, b, 1)


def gemm(tf, attributes, a, b, c=None):
    found = attributes.get("alpha", 1.0) * tf.matmul(
        a, b, transpose_a=bool(attributes.get("transA", 0)), transpose_b=bool(attributes.get("transB", 0))
    )
    return found if c is None else found + attributes.get("beta", 1.0) * c


def expand(tf, attributes, x, shape):
    return tf.broadcast_to(x, tf.concat([tf.shape(x)[:1], attributes["target"][1:]], 0))


def hard_sigmoid(tf, attributes, x):
    return tf.clip_by_value(attributes.get("alpha", 0.2) * x + attributes.get("beta", 0.5), 0.0, 1.0)


def selu(tf, attributes, x):
    alpha, gamma = attributes.get("alpha", 1.6732632), attributes.get("gamma", 1.0507010)
    return gamma * tf.where(x > 0, x, alpha * (tf.exp(tf.minimum(x, 0.0)) - 1))


def thresholded_relu(tf, attributes, x):
    return tf.where(x > attributes.get("alpha", 1.0), x, tf.zeros_like(x))


def prelu(tf, attributes, x, slope):
    return tf.where(x >= 0, x, slope * x)


def instance_normalization(tf, attributes, x, scale, offset):
    axes = list(range(2, len(x.shape)))
    middle, variance = tf.nn.moments(x, axes, keepdims=True)
    shape = (1, -1, *(1 for _ in axes))
    spread = tf.sqrt(variance + attributes.get("epsilon", 1e-5))
    return (x - middle) / spread * tf.reshape(scale, shape) + tf.reshape(offset, shape)


def layer_normalization(tf, attributes, x, scale, offset=None):
    axis = attributes.get("axis", -1) % len(x.shape)
    middle, variance = tf.nn.moments(x, list(range(axis, len(x.shape))), keepdims=True)
    found = (x - middle) / tf.sqrt(variance + attributes.get("epsilon", 1e-5)) * scale
    return found if offset is None else found + offset


def lp_normalization(tf, attributes, x):
    axis, power = attributes.get("axis", -1), attributes.get("p", 2)
    size = tf.reduce_sum(tf.abs(x) ** power, axis, keepdims=True) ** (1 / power)
    return x / size


def resize(tf, attributes, x, roi=None, scales=None, sizes=None):
    """Along each axis a matrix of weights, from the coordinate rules of the operator's page."""
    target = attributes["target"]
    for axis in range(1, len(x.shape)):
        if x.shape[axis] != target[axis]:
            given = None if scales is None or not np.size(scales) else float(np.ravel(scales)[axis - len(x.shape)])
            weights = resize_weights(x.shape[axis], target[axis], given, attributes)
            x = tf.experimental.numpy.moveaxis(tf.tensordot(x, tf.constant(weights, x.dtype), [[axis], [1]]), -1, axis)
    return x


def resize_weights(before: int, after: int, scale: float | None, attributes: dict[str, Any]) -> np.ndarray:
    """after × before: how much each number of the input counts for each of the output."""
    scale = after / before if scale is None else scale
    k = np.arange(after)
    rule = attributes.get("coordinate_transformation_mode", "half_pixel")
    if rule == "asymmetric":
        where = k / scale
    elif rule == "align_corners":
        where = k * (before - 1) / max(after - 1, 1)
    elif rule == "pytorch_half_pixel" and after == 1:
        where = np.zeros(1)
    else:
        where = (k + 0.5) / scale - 0.5
    weights = np.zeros((after, before))
    if attributes.get("mode", "nearest") == "nearest":
        rounding = attributes.get("nearest_mode", "round_prefer_floor")
        chosen = {
            "floor": np.floor, "ceil": np.ceil, "round_prefer_floor": lambda x: np.ceil(x - 0.5),
            "round_prefer_ceil": lambda x: np.floor(x + 0.5),
        }[rounding](where)  # fmt: skip
        weights[k, np.clip(chosen, 0, before - 1).astype(int)] = 1
        return weights
    low = np.floor(where)
    for side, share in ((low, 1 - (where - low)), (low + 1, where - low)):
        np.add.at(weights, (k, np.clip(side, 0, before - 1).astype(int)), share)
    return weights


OPERATORS: dict[str, Run] = {
    "Abs": one("abs"), "Neg": one("negative"), "Exp": one("exp"), "Log": one("math.log"), "Sqrt": one("sqrt"),
    "Floor": one("floor"), "Ceil": one("math.ceil"), "Erf": one("math.erf"), "Softsign": one("nn.softsign"),
    "Sin": one("sin"), "Cos": one("cos"), "Sign": one("sign"), "Reciprocal": one("math.reciprocal"),
    "Round": one("round"), "Sigmoid": one("sigmoid"), "Tanh": one("tanh"), "Relu": one("nn.relu"),
    "Mish": lambda tf, attributes, x: x * tf.tanh(tf.math.softplus(x)),
    "Celu": lambda tf, attributes, x: tf.nn.elu(x / attributes.get("alpha", 1.0)) * attributes.get("alpha", 1.0),
    "Add": two("add"), "Sub": two("subtract"), "Mul": two("multiply"), "Div": two("divide"), "Pow": two("pow"),
    "Max": two("maximum"), "Min": two("minimum"), "Sum": two("add"), "Mean": mean,
    "ReduceMean": reduced("mean"), "ReduceSum": reduced("sum"), "ReduceMax": reduced("max"),
    "ReduceMin": reduced("min"), "ReduceProd": reduced("prod"), "ReduceL1": reduced("l1"), "ReduceL2": reduced("l2"),
    "Reshape": reshape, "Flatten": reshape, "Squeeze": reshape, "Unsqueeze": reshape, "Transpose": transpose,
    "Concat": concat, "Slice": sliced, "Split": split, "Gather": gather, "Pad": pad, "Expand": expand,
    "Clip": clip, "Softmax": softmax("softmax"), "LogSoftmax": softmax("log_softmax"), "MatMul": matmul, "Gemm": gemm,
    "HardSigmoid": hard_sigmoid, "Selu": selu, "ThresholdedRelu": thresholded_relu, "PRelu": prelu,
    "InstanceNormalization": instance_normalization, "LayerNormalization": layer_normalization,
    "LpNormalization": lp_normalization, "Resize": resize, "Upsample": resize,
}  # fmt: skip
