"""Convolution and transposed convolution of labelled arrays along one, two or three dimensions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any

from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.labelled.arrangement import lengths, places, ranked, reshaped, turned
from cnnscript.engine.operations import operation
from cnnscript.engine.tensorflow_start import tensorflow


@dataclass(frozen=True)
class Sliding:
    """How a window of K dimensions slides.

    padding  'same', or what is added before and after along each dimension
    value    what is added: a number, 'replicate', 'symmetric-include-edge', 'symmetric-exclude-edge'; of a mean: 0 or
             'mean'
    """

    stride: tuple[int, ...]
    padding: str | tuple[tuple[int, int], ...] = "same"
    dilation: tuple[int, ...] = ()
    value: Any = 0

    def edges(self) -> Any:
        """The padding as layers in the plane have it: top, bottom, left, right."""
        if isinstance(self.padding, str):
            return self.padding
        pairs = [*self.padding, (0, 0)][:2]
        return tuple(amount for pair in pairs for amount in pair)

    def amounts(self, lengths: Any, window: tuple[int, ...]) -> list[tuple[int, int]]:
        """What is added before and after along each dimension of inputs of those lengths."""
        if not isinstance(self.padding, str):
            return list(self.padding)
        totals = [
            max((-(-length // step) - 1) * step + reach - length, 0)
            for length, step, reach in zip(lengths, self.stride, self.reach(window), strict=True)
        ]
        return [(total // 2, total - total // 2) for total in totals]

    def reach(self, window: tuple[int, ...]) -> list[int]:
        """How far the window spans, dilated."""
        return [(length - 1) * (self.dilation or (1,) * len(window))[at] + 1 for at, length in enumerate(window)]


def plane(pair: tuple[int, ...]) -> tuple[int, int]:
    """One or two numbers as two."""
    return (*pair, 1)[:2]  # type: ignore[return-value]


def in_plane(x: Any, compute: Any) -> Any:
    """What a computation in the plane gives for N×S×C or N×S×S×C."""
    if len(x.shape) == 4:
        return compute(x)
    tf = tensorflow()
    return tf.squeeze(compute(tf.expand_dims(x, 2)), 2)


def convolve(x: Any, weights: Any, bias: Any, how: Sliding) -> Any:
    """x (N × window... × C) convolved along its window; the channels become the filters.

    weights: filter size... × channels per group × filters per group × groups, in reverse order; the last ones may be
    missing.  bias: all filters, group by group.
    """
    tf = tensorflow()
    count = len(x.shape) - 2
    *size, per_group, filters, parts = lengths(weights, "U" * (count + 3))
    apart = reshaped(weights, (parts, filters, per_group, *reversed(size)))
    kernel = tf.transpose(apart, [*reversed(range(2, count + 3)), 0, 1])  # group by group
    kernel = reshaped(kernel, (*size, per_group, parts * filters))
    bias = reshaped(bias, (bias.shape.num_elements(),))
    if bias.shape != (parts * filters,):
        bias = tf.broadcast_to(bias, (parts * filters,))
    if count == 3:
        return _in_space(x, kernel, parts, how) + bias
    if max(how.dilation) > 1 and x.dtype != tf.float32:  # the CPU's dilated convolution of doubles has no gradient
        kernel, how = spread(kernel, how.dilation), replace(how, dilation=(1,) * count)
        size = list(kernel.shape[:count])
    settings = {
        "filter_size": plane(tuple(size)), "stride": plane(how.stride), "dilation_factor": plane(how.dilation),
        "padding_size": how.edges(), "padding_value": how.value,
    }  # fmt: skip
    layer = (
        GroupedConvolution(
            num_groups=parts, num_channels_per_group=per_group, num_filters_per_group=filters, **settings
        )
        if parts > 1
        else Convolution(num_channels=per_group, num_filters=filters, **settings)
    )
    kernel = reshaped(kernel, (*plane(tuple(size)), per_group, parts * filters))
    return in_plane(x, operation(layer, {"Weights": kernel, "Bias": bias}))


def _in_space(x: Any, kernel: Any, groups: int, how: Sliding) -> Any:
    tf = tensorflow()
    amounts = how.amounts(x.shape[1:-1], tuple(kernel.shape[:3]))
    padded = tf.pad(x, [(0, 0), *amounts, (0, 0)], constant_values=how.value)
    if max(how.dilation) > 1:  # the CPU has no dilated convolution in space: filters with zeros in between
        kernel = spread(kernel, how.dilation)
    pieces = zip(tf.split(padded, groups, -1), tf.split(kernel, groups, -1), strict=True)
    return tf.concat([tf.nn.conv3d(part, k, (1, *how.stride, 1), "VALID") for part, k in pieces], -1)


def spread(kernel: Any, dilation: tuple[int, ...]) -> Any:
    """A kernel (size... × a × b) with zeros between its numbers, as dilation asks."""
    tf = tensorflow()
    for axis, step in enumerate(dilation):
        length = kernel.shape[axis]
        if step > 1 and length > 1:
            shape = list(kernel.shape)
            apart = tf.pad(tf.expand_dims(kernel, axis + 1),
                           [(0, step - 1) if at == axis + 1 else (0, 0) for at in range(len(shape) + 1)])  # fmt: skip
            shape[axis] = length * step
            kernel = tf.reshape(apart, shape)
            kernel = tf.gather(kernel, tf.range((length - 1) * step + 1), axis=axis)
    return kernel


def convolve_transposed(x: Any, weights: Any, bias: Any, how: Sliding) -> Any:
    """The transposed convolution of N × window... × C: `how.padding` is what is cropped.

    weights: filter size... × filters per group × channels per group × groups, in reverse order; the last ones may be
    missing.
    """
    tf = tensorflow()
    count = len(x.shape) - 2
    *size, filters, channels, parts = lengths(weights, "U" * (count + 3))
    kernel = tf.transpose(tf.reshape(weights, (parts, channels, filters, *reversed(size))))
    outputs = []
    for at, piece in enumerate(tf.split(x, parts, -1)):
        own = spread(kernel[..., at], how.dilation)
        if count == 3:
            outputs.append(_transposed_in_space(piece, own, how))
            continue
        layer = TransposedConvolution(
            filter_size=plane(tuple(own.shape[:count])), num_channels=channels, num_filters=filters,
            stride=plane(how.stride), cropping_size=how.edges(),
        )  # fmt: skip
        parameters = {
            "Weights": tf.reshape(own, (*layer.filter_size, filters, channels)), "Bias": tf.zeros(filters, x.dtype),
        }  # fmt: skip
        outputs.append(in_plane(piece, operation(layer, parameters)))
    return tf.concat(outputs, -1) + tf.reshape(bias, (-1,))


def _transposed_in_space(x: Any, kernel: Any, how: Sliding) -> Any:
    tf = tensorflow()
    window = kernel.shape[:3]
    whole = [step * (length - 1) + reach for step, length, reach in zip(how.stride, x.shape[1:4], window, strict=True)]
    y = tf.nn.conv3d_transpose(x, kernel, (x.shape[0], *whole, kernel.shape[3]), how.stride, "VALID")
    for axis, length in enumerate(whole):
        if isinstance(how.padding, str):
            cut = max(window[axis] - how.stride[axis], 0)
            before, wanted = cut // 2, how.stride[axis] * x.shape[axis + 1]
        else:
            before, wanted = how.padding[axis][0], length - sum(how.padding[axis])
        added = max(before + wanted - length, 0)
        y = tf.pad(y, [(0, added) if at == axis + 1 else (0, 0) for at in range(5)])
        y = tf.gather(y, tf.range(before, before + wanted), axis=axis + 1)
    return y


def fully_connected(x: Any, labels: str, weights: Any, bias: Any) -> Any:
    """Each observation and step by itself: weights (outputs × inputs, in reverse order) times its S, C and U numbers.

    The labels of what comes out are `connected(labels)`.
    """
    tf = tensorflow()
    sizes, last = lengths(x, labels), len(labels) - 1
    inside = places(labels, "SCU")
    kept = [at for at in range(last + 1) if at not in inside]
    apart = turned(ranked(x, labels), [last - at for at in (*reversed(kept), *reversed(inside))])
    rows = reshaped(apart, (prod(sizes[at] for at in kept), prod(sizes[at] for at in inside)))
    scores = tf.matmul(rows, weights) + (bias if bias.shape == (1, weights.shape[1]) else tf.reshape(bias, (-1,)))
    apart = reshaped(scores, (*(sizes[at] for at in reversed(kept)), scores.shape[-1]))
    before = len(kept) - connected(labels).index("C")  # axes in front of that of the outputs
    return turned(apart, [*range(before), len(kept), *range(before, len(kept))])


def connected(labels: str) -> str:
    """The labels after a fully connected operation: C stands where it was, first where there was none."""
    at = max(labels.find("C"), 0)
    first, rest = ("".join(label for label in part if label not in "SCU") for part in (labels[:at], labels[at:]))
    return f"{first}C{rest}"
