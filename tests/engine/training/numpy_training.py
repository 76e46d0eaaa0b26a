"""Training in plain NumPy float64: a linear and a convolutional classifier, their gradients written by hand, and the
solvers from their papers' formulas.  Shares nothing with the engine."""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def linear(p, x, t, weights=None):
    """Loss and gradients of softmax(x w + b): x N×D, t N classes; weights: one for each class."""
    n = len(x)
    y = softmax(x @ p["fc", "Weights"] + p["fc", "Bias"])
    each = np.ones(n) if weights is None else np.asarray(weights)[t]
    loss = -(each * np.log(y[np.arange(n), t])).mean()
    dz = y.copy()
    dz[np.arange(n), t] -= 1
    dz *= each[:, None] / n
    return loss, {("fc", "Weights"): x.T @ dz, ("fc", "Bias"): dz.sum(0)}


def masked(p, x, t, mask):
    """`linear` behind a dropout: mask (N×D) has 0 for what is dropped, else how many times as large it becomes."""
    return linear(p, x * mask, t)


def normalized(p, x, t, epsilon=1e-5):
    """Loss, gradients, and the batch's mean and variance, of `linear` behind a batch normalisation: x N×D."""
    mean, variance = x.mean(0), x.var(0)
    plain = (x - mean) / np.sqrt(variance + epsilon)
    z = plain * p["bn", "Scale"] + p["bn", "Offset"]
    loss, gradients = linear(p, z, t)
    y = softmax(z @ p["fc", "Weights"] + p["fc", "Bias"])
    y[np.arange(len(x)), t] -= 1
    back = y / len(x) @ p["fc", "Weights"].T
    return loss, {**gradients, ("bn", "Scale"): (back * plain).sum(0), ("bn", "Offset"): back.sum(0)}, mean, variance


def convolutional(p, x, t, weights=None):
    """Loss and gradients of fc(relu(conv(x))): x N×H×W×C; conv kernel h×w×C×F, no padding; weights: of classes."""
    n, kernel = len(x), p["conv", "Weights"]
    h, w = kernel.shape[:2]
    rows, columns = x.shape[1] - h + 1, x.shape[2] - w + 1
    maps = np.zeros((n, rows, columns, kernel.shape[3])) + p["conv", "Bias"]
    for i in range(h):
        for j in range(w):
            maps += x[:, i : i + rows, j : j + columns] @ kernel[i, j]
    hidden = np.maximum(maps, 0)
    flat = hidden.reshape(n, -1)
    loss, gradients = linear(p, flat, t, weights)
    y = softmax(flat @ p["fc", "Weights"] + p["fc", "Bias"])
    y[np.arange(n), t] -= 1
    if weights is not None:
        y *= np.asarray(weights)[t][:, None]
    back = (y / n @ p["fc", "Weights"].T).reshape(hidden.shape) * (maps > 0)
    of_kernel = np.zeros_like(kernel)
    for i in range(h):
        for j in range(w):
            of_kernel[i, j] = np.einsum("nrcd,nrcf->df", x[:, i : i + rows, j : j + columns], back)
    return loss, {**gradients, ("conv", "Weights"): of_kernel, ("conv", "Bias"): back.sum((0, 1, 2))}


class Solver:
    """kind: 'sgdm', 'adam', 'rmsprop'; settings as MATLAB's defaults unless given."""

    def __init__(self, kind, momentum=0.9, nesterov=False, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.kind, self.momentum, self.beta1, self.beta2, self.epsilon = kind, momentum, beta1, beta2, epsilon
        self.first, self.second, self.t, self.nesterov = {}, {}, 0, nesterov

    def step(self, parameters, gradients, rate):
        self.t += 1
        for name, g in gradients.items():
            m, v = self.first.get(name, 0), self.second.get(name, 0)
            if self.kind == "sgdm":
                m = self.momentum * m - rate * g
                parameters[name] = parameters[name] + (self.momentum * m - rate * g if self.nesterov else m)
            elif self.kind == "adam":
                m, v = self.beta1 * m + (1 - self.beta1) * g, self.beta2 * v + (1 - self.beta2) * g**2
                scale = rate * np.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t)
                parameters[name] = parameters[name] - scale * m / (np.sqrt(v) + self.epsilon)
            else:
                v = self.beta2 * v + (1 - self.beta2) * g**2
                parameters[name] = parameters[name] - rate * g / (np.sqrt(v) + self.epsilon)
            self.first[name], self.second[name] = m, v
