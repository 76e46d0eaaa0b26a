"""Every layer in plain NumPy float64, one image batch N×H×W×C: written from the formulas, sharing nothing with the
engine."""

import numpy as np


def pads(size, window, stride, padding, dilation=(1, 1)):
    """(top, bottom, left, right) of a padding that may be 'same'."""
    if padding != "same":
        return padding
    out = []
    for n, k, s, d in zip(size, window, stride, dilation, strict=True):
        total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        out += [total // 2, total - total // 2]
    return tuple(out)


def patches(x, window, stride, padding, fill, dilation=(1, 1)):
    """For each place in the window the N×h×w×C array of what lies under it."""
    top, bottom, left, right = pads(x.shape[1:3], window, stride, padding, dilation)
    x = np.pad(np.asarray(x, np.float64), ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=fill)
    height = (x.shape[1] - (window[0] - 1) * dilation[0] - 1) // stride[0] + 1
    width = (x.shape[2] - (window[1] - 1) * dilation[1] - 1) // stride[1] + 1
    for i in range(window[0]):
        for j in range(window[1]):
            top, left = i * dilation[0], j * dilation[1]
            rows = slice(top, top + (height - 1) * stride[0] + 1, stride[0])
            columns = slice(left, left + (width - 1) * stride[1] + 1, stride[1])
            yield i, j, x[:, rows, columns]


def convolution(x, kernel, bias, stride=(1, 1), padding=(0, 0, 0, 0), dilation=(1, 1), groups=1):
    """kernel: h×w×channels per group×filters, group by group."""
    kernel = np.asarray(kernel, np.float64)
    channels, filters = kernel.shape[2], kernel.shape[3] // groups
    total = 0.0
    for i, j, part in patches(x, kernel.shape[:2], stride, padding, 0, dilation):
        maps = [
            part[..., g * channels : (g + 1) * channels] @ kernel[i, j, :, g * filters : (g + 1) * filters]
            for g in range(groups)
        ]
        total = total + np.concatenate(maps, -1)
    return total + bias


def max_pooling(x, window, stride=(1, 1), padding=(0, 0, 0, 0)):
    return np.max([part for _, _, part in patches(x, window, stride, padding, -np.inf)], 0)


def average_pooling(x, window, stride=(1, 1), padding=(0, 0, 0, 0), padding_value=0):
    total = np.sum([part for _, _, part in patches(x, window, stride, padding, 0)], 0)
    if padding_value == "mean":
        return total / np.sum(
            [part for _, _, part in patches(np.ones_like(x, np.float64), window, stride, padding, 0)], 0
        )
    return total / (window[0] * window[1])


def cross_channel_normalization(x, window, alpha, beta, k):
    x = np.asarray(x, np.float64)
    out = np.empty_like(x)
    for c in range(x.shape[-1]):
        first, last = max(0, c - (window - 1) // 2), min(x.shape[-1], c + window // 2 + 1)
        squares = (x[..., first:last] ** 2).sum(-1)
        out[..., c] = x[..., c] / (k + alpha * squares / window) ** beta
    return out


def batch_normalization(x, offset, scale, mean, variance, epsilon):
    return (np.asarray(x, np.float64) - mean) / np.sqrt(np.asarray(variance, np.float64) + epsilon) * scale + offset


def softmax(x):
    e = np.exp(np.asarray(x, np.float64) - np.max(x, -1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def fully_connected(x, weights, bias):
    """weights: outputs×inputs as MATLAB shows them, the input read height first (column-major)."""
    flat = [image.ravel(order="F") for image in np.asarray(x, np.float64)]
    return (np.array(flat) @ np.asarray(weights, np.float64).T + np.ravel(bias))[:, None, None, :]


def transposed_convolution(x, kernel, bias, stride=(1, 1), crops=(0, 0, 0, 0)):
    """kernel: h×w×filters×channels.  Each number lays its filters down; crops: top, bottom, left, right."""
    x, kernel = np.asarray(x, np.float64), np.asarray(kernel, np.float64)
    count, height, width, _ = x.shape
    rows, columns, filters, _ = kernel.shape
    out = np.zeros((count, stride[0] * (height - 1) + rows, stride[1] * (width - 1) + columns, filters))
    for i in range(height):
        for j in range(width):
            top, left = i * stride[0], j * stride[1]
            out[:, top : top + rows, left : left + columns] += np.einsum("nc,hwfc->nhwf", x[:, i, j], kernel)
    top, bottom, left, right = crops
    return out[:, top : out.shape[1] - bottom, left : out.shape[2] - right] + bias


def group_normalization(x, groups, offset, scale, epsilon=1e-5):
    x = np.asarray(x, np.float64)
    out = np.empty_like(x)
    size = x.shape[3] // groups
    for image in range(x.shape[0]):
        for g in range(groups):
            part = x[image, :, :, g * size : (g + 1) * size]
            out[image, :, :, g * size : (g + 1) * size] = (part - part.mean()) / np.sqrt(part.var() + epsilon)
    return out * scale + offset


def resized(x, size, scale, method, mode, rounding="round"):
    """scale: outputs per input, or None: size / size of the input."""
    x = np.asarray(x, np.float64)
    for axis in (1, 2):
        length, count = x.shape[axis], size[axis - 1]
        ratio = count / length if scale is None else scale[axis - 1]
        lines = []
        for k in range(count):
            at = (k + 0.5) / ratio - 0.5 if mode == "half-pixel" else k / ratio
            if method == "nearest":
                index = {"round": np.floor(at + 0.5), "floor": np.floor(at), "onnx-10": np.ceil(at - 0.5)}[rounding]
                lines.append(np.take(x, min(max(int(index), 0), length - 1), axis))
            else:
                at = min(max(at, 0), length - 1)
                low, share = int(at), at - int(at)
                high = min(low + 1, length - 1)
                lines.append((1 - share) * np.take(x, low, axis) + share * np.take(x, high, axis))
        x = np.stack(lines, axis)
    return x


def depth_to_space(x, block, mode):
    x = np.asarray(x, np.float64)
    rows, columns = block
    channels = x.shape[3] // (rows * columns)
    out = np.empty((x.shape[0], x.shape[1] * rows, x.shape[2] * columns, channels))
    for i in range(rows):
        for j in range(columns):
            for c in range(channels):
                block_place = i * columns + j
                source = block_place * channels + c if mode == "dcr" else c * rows * columns + block_place
                out[:, i::rows, j::columns, c] = x[..., source]
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, weights, again, bias, hidden, cell):
    """x: T×C.  weights 4H×C, again 4H×H, bias 4H; gates input, forget, candidate, output.  Returns T×H."""
    units, out = hidden.size, []
    for step in np.asarray(x, np.float64):
        gates = weights @ step + again @ hidden + bias
        i, f, g, o = (gates[k * units : (k + 1) * units] for k in range(4))
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
        hidden = sigmoid(o) * np.tanh(cell)
        out.append(hidden)
    return np.array(out)


def gru(x, weights, again, bias, hidden, mode):
    """x: T×C.  weights 3H×C, again 3H×H, bias 3H (6H); gates reset, update, candidate.  Returns T×H."""
    units, out = hidden.size, []
    first, later = bias[: 3 * units], bias[3 * units :] if bias.size > 3 * units else np.zeros(3 * units)
    for step in np.asarray(x, np.float64):
        given, turned = weights @ step + first, again @ hidden + later
        r = sigmoid(given[:units] + turned[:units])
        z = sigmoid(given[units : 2 * units] + turned[units : 2 * units])
        if mode == "before-multiplication":
            candidate = np.tanh(given[2 * units :] + again[2 * units :] @ (r * hidden))
        else:
            candidate = np.tanh(given[2 * units :] + r * turned[2 * units :])
        hidden = (1 - z) * candidate + z * hidden
        out.append(hidden)
    return np.array(out)


def attention(queries, keys, values, heads, scale=None, causal=False):
    """queries T×C, keys S×C, values S×D.  Returns T×D: head by head, step by step."""
    out = np.empty((len(queries), values.shape[1]))
    wide, deep = queries.shape[1] // heads, values.shape[1] // heads
    for head in range(heads):
        mine = slice(head * wide, (head + 1) * wide)
        for step, query in enumerate(queries[:, mine]):
            last = step + 1 if causal else len(keys)
            scores = keys[:last, mine] @ query * (wide**-0.5 if scale is None else scale)
            weights = np.exp(scores - scores.max())
            mean = weights / weights.sum() @ values[:last, head * deep : (head + 1) * deep]
            out[step, head * deep : (head + 1) * deep] = mean
    return out


def self_attention(x, heads, held, causal=False):
    """x: T×C.  held: weights outputs×inputs, biases outputs×1."""

    def projected(steps, name):
        return steps @ held[f"{name}Weights"].T + held[f"{name}Bias"][:, 0]

    mixed = attention(*(projected(x, name) for name in ("Query", "Key", "Value")), heads, causal=causal)
    return projected(mixed, "Output")


def forward(net, x):
    """Every layer of an image network (engine's Network), one after the other: N×h×w×c float64 arrays in its order.

    x: N×H×W×C images as the network takes them.  Knows the layers that SqueezeNet is made of.
    """
    values = [None] * len(net.layers)
    for i in net.order:
        layer = net.layers[i]
        given = [values[source] for source in net.sources[i]]
        match type(layer).__name__:
            case "ImageInput":
                value = np.asarray(x, np.float64) - np.asarray(layer.mean, np.float64)
            case "Convolution":
                weights, bias = net.parameter(layer.name, "Weights"), net.parameter(layer.name, "Bias")
                value = convolution(given[0], weights, bias, layer.stride, layer.padding_size)
            case "ReLU":
                value = np.maximum(given[0], 0)
            case "MaxPooling":
                value = max_pooling(given[0], layer.pool_size, layer.stride, layer.padding_size)
            case "DepthConcatenation":
                value = np.concatenate(given, 3)
            case "GlobalAveragePooling":
                value = given[0].mean((1, 2), keepdims=True)
            case "Softmax":
                value = softmax(given[0])
            case "Dropout" | "ClassificationOutput":
                value = given[0]
            case other:
                raise NotImplementedError(other)
        values[i] = value
    return values
