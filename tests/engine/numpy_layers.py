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
