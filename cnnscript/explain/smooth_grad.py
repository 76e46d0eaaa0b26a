"""SmoothGrad (Smilkov et al. 2017, arXiv:1706.03825) and VarGrad (Adebayo et al. 2018, arXiv:1810.03307)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.tapes import IMAGES
from cnnscript.explain.scoring import Question


def smooth_grad(question: Question, samples: int, noise: float, generator: np.random.Generator) -> np.ndarray:
    """The mean gradient of noisy copies of the images: n×H×W×C.

    samples    how many copies
    noise      the deviation of the noise, as a share of the image's range (largest minus smallest number)
    generator  of the noise
    """
    return noisy_gradients(question, samples, noise, generator)[0]


def var_grad(question: Question, samples: int, noise: float, generator: np.random.Generator) -> np.ndarray:
    """The variance of the gradients of noisy copies of the images: n×H×W×C."""
    mean, mean_square = noisy_gradients(question, samples, noise, generator)
    return np.maximum(mean_square - mean**2, 0)


def noisy_gradients(question: Question, samples: int, noise: float,
                    generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The mean of the gradients and of their squares, over noisy copies: n×H×W×C each, double."""
    means, squares = [], []
    with question.telling(question.count * samples) as waiting:
        for k in range(question.count):
            one = question.alone(k)
            image = one.images[0].astype(np.float32)
            deviation = noise * float(image.max() - image.min())
            total, total_square = np.zeros(image.shape), np.zeros(image.shape)
            for first in range(0, samples, one.batch):
                count = min(one.batch, samples - first)
                drawn = generator.standard_normal((count, *image.shape), np.float32)
                slopes = one.of(image + deviation * drawn).gradients().gradients[IMAGES].astype(np.float64)
                total += slopes.sum(0)
                total_square += (slopes**2).sum(0)
                waiting.done(k * samples + first + count)
            means.append(total / samples)
            squares.append(total_square / samples)
    return np.stack(means), np.stack(squares)
