"""Activation maximisation: the picture in a network's range that a channel answers to most, by gradient ascent.

    minimise over u   −pull(network(picture(u)))  +  λ_TV · TV(picture)  +  λ_p · mean |picture|^p

(Erhan 2009, "Visualizing Higher-Layer Features of a Deep Network": the idea; Simonyan 2013, arXiv:1312.6034 §2: of a
class the score before the softmax, with an L2 penalty; Mahendran 2014, arXiv:1412.0035 §2: total variation; Yosinski
2015, arXiv:1506.06579 §3: blur between steps; Olah 2017, "Feature Visualization": jitter, and pictures optimised by
their Fourier coefficients and uncorrelated colours, so that large shapes are as quick to change as fine grain.)

The regularisers are those of the picture as numbers from −1 to 1 over the range of the network's images.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.devices import devices
from cnnscript.engine.initializers import Draws
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced
from cnnscript.explain.deep_dream import Stopped, portions, pull
from cnnscript.explain.open_paths import OpenPath, compiled

# square root of the covariance of ImageNet's colours, largest column of length 1: from uncorrelated colours to red,
# green, blue (Olah 2017)
COLOURS = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], np.float32)
COLOURS /= np.linalg.norm(COLOURS, axis=0).max()
ADAM = (0.9, 0.999, 1e-8)
MOMENTUM = 0.9
START = 0.01  # standard deviation of the coefficients that a picture begins with
STRENGTH = 0.15  # of a coefficient at a frequency of 1: with it, learning rates are about those of pixels
EDGE = 0.999  # how near to the ends of the range an initial picture may be, for its logit to be finite
FLAT = 1e-8  # what keeps the root in the total variation from having no slope where a picture is flat
BLUR_EVERY = 4  # steps
OPTIMIZERS = ("adam", "sgdm")
PARAMETERIZATIONS = ("fourier", "pixels")


@dataclass(frozen=True)
class Climb:
    """How to climb; see the option of the same name of activationMaximization."""

    iterations: int = 60
    learn_rate: float = 0.05
    optimizer: str = "adam"
    parameterization: str = "fourier"
    total_variation: float = 10.0
    lp_norm: float = 10.0
    lp_exponent: float = 6.0
    jitter: int = 0
    blur: float = 0.0


def activation_maximization(
    path: OpenPath,
    channels: Sequence[int],
    size: tuple[int, int],
    limits: tuple[float, float],
    random: Draws,
    climb: Climb,
    *,
    initial: np.ndarray | None = None,
    environment: str = "auto",
    told: Callable[[int, float], object] = lambda iteration, strength: None,
) -> tuple[np.ndarray, np.ndarray]:
    """One picture H×W for each channel (0-based), and how strongly the channel answers to it (deep_dream.pull).

    limits   the lowest and highest number of the network's images
    initial  N×H×W×C pictures to begin with, as the network takes them; None: faint noise around the middle
    told     after each step: its number (from 1), how strongly the channels answered before it (mean)

    Returns N×H×W×C float32 as the network takes them, and N float32.  Stopped by KeyboardInterrupt, raises Stopped with
    the pictures so far.
    """
    tf = tensorflow()
    depth = path.network.input_size[2]
    space = (Fourier if climb.parameterization == "fourier" else Pixels)(size, depth)
    with tf.device(devices(environment)[0]):
        shape = len(channels), *space.plane, depth
        drawn = random.normals(int(np.prod(shape))).reshape(shape)
        begun = space.begun(drawn, None if initial is None else unit_picture(initial, limits))
        step, paint = _compiled(path, space, climb, size)
        numbers = tf.constant([climb.learn_rate, climb.total_variation, climb.lp_norm, *limits])
        fixed = tf.constant(space.spectrum), tf.constant(size), numbers
        parts = [(part, tf.constant(list(channels[part]), tf.int32), begun[part], tf.zeros_like(begun[part]),
                  tf.zeros_like(begun[part]))
                 for part in portions(path, (len(channels), *size, depth))]  # fmt: skip
        soft = tf.constant(gaussian(space.plane, climb.blur))
        try:
            for iteration in range(1, climb.iterations + 1):
                shift = jittered(random, climb.jitter)
                blurred = climb.blur > 0 and iteration % BLUR_EVERY == 0
                moved, strengths = [], []
                for part, wanted, state, first, second in parts:
                    *news, answers = step(state, first, second, float(iteration), wanted, shift, *fixed)
                    if blurred:
                        news[0] = filtered(news[0], soft)
                    moved.append((part, wanted, *news))
                    strengths.append(answers)
                parts = moved
                told(iteration, float(tf.reduce_mean(tf.concat(strengths, 0))))
        except KeyboardInterrupt as stop:
            raise Stopped(np.concatenate([paint(part[2], part[1], *fixed)[0].numpy() for part in parts])) from stop
        found = [paint(part[2], part[1], *fixed) for part in parts]
    return tuple(np.concatenate([one[k].numpy() for one in found]) for k in range(2))  # type: ignore[return-value]


def unit_picture(images: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Images in a network's range as numbers from −1 to 1, ends kept off."""
    low, high = limits
    return np.clip((np.asarray(images, np.float32) - low) * (2 / (high - low)) - 1, -EDGE, EDGE)


def jittered(random: Draws, reach: int) -> np.ndarray:
    """How far to shift down and right: whole numbers up to `reach`, int32."""
    return (np.floor(random.uniforms(2) * (2 * reach + 1)) - reach).astype(np.int32)


def gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """What a blur of so many pixels does to the frequencies of a picture: H×(W/2+1)."""
    return np.exp(-2 * (np.pi * sigma * frequencies(size)) ** 2).astype(np.float32)


def frequencies(size: tuple[int, int]) -> np.ndarray:
    """Cycles a pixel of each coefficient of a real picture: H×(W/2+1)."""
    return np.hypot(np.fft.fftfreq(size[0])[:, None], np.fft.rfftfreq(size[1]))


class Pixels:
    """Pictures by their pixels, −1 to 1."""

    name = "pixels"
    spectrum = np.zeros((0, 0), np.float32)

    def __init__(self, size: tuple[int, int], depth: int):
        self.plane = size  # height and width of the state

    def begun(self, drawn: np.ndarray, initial: np.ndarray | None) -> Any:
        """The state to begin with: of noise N×H×W×C with the height and width of the plane, or of pictures."""
        return tensorflow().constant((START * drawn if initial is None else initial).astype(np.float32))

    def picture(self, state: Any, spectrum: Any, size: Any) -> Any:
        """What the state shows, −1 to 1."""
        return state

    def kept(self, state: Any) -> Any:
        """What a step left, back in the range."""
        return tensorflow().clip_by_value(state, -1.0, 1.0)


class Fourier(Pixels):
    """Pictures by the Fourier coefficients of their logits, each weighed by 1/frequency as in natural pictures, and by
    uncorrelated colours where there are three.

    The state holds the pictures whose coefficients are meant, on a plane a little larger than the picture: so that its
    height and width are quick to transform, and opposite edges of the picture are no neighbours.
    """

    name = "fourier"

    def __init__(self, size: tuple[int, int], depth: int):
        self.plane = quick(size[0]), quick(size[1])
        self.spectrum = np.float32(STRENGTH) / np.maximum(frequencies(self.plane), 1 / max(self.plane))
        self.spectrum = self.spectrum.astype(np.float32)
        self.colours = COLOURS if depth == 3 else None

    def begun(self, drawn: np.ndarray, initial: np.ndarray | None) -> Any:
        tf = tensorflow()
        if initial is None:
            return tf.constant((START * drawn).astype(np.float32))
        logits = np.arctanh(initial)
        if self.colours is not None:
            logits = logits @ np.linalg.inv(self.colours).T
        around = [(0, whole - part) for whole, part in zip(self.plane, initial.shape[1:3], strict=True)]
        logits = np.pad(logits, [(0, 0), *around, (0, 0)], "symmetric")
        return filtered(tf.constant(logits.astype(np.float32)), tf.constant(1 / self.spectrum))

    def picture(self, state: Any, spectrum: Any, size: Any) -> Any:
        tf = tensorflow()
        logits = tf.slice(filtered(state, spectrum), (0, 0, 0, 0), (-1, size[0], size[1], -1))
        if self.colours is not None:
            logits = tf.tensordot(logits, tf.constant(self.colours.T), 1)
        return tf.tanh(logits)

    def kept(self, state: Any) -> Any:
        return state


def quick(length: int) -> int:
    """The least length from `length` on that has no prime factors above 5: as 15 of 16, 227 of 240."""
    found = max(length, 1)
    while True:
        rest = found
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return found
        found += 1


def filtered(pictures: Any, response: Any) -> Any:
    """Pictures N×H×W×C with each of their frequencies multiplied by a number: response H×(W/2+1)."""
    tf = tensorflow()
    planes = tf.transpose(pictures, (0, 3, 1, 2))
    waves = tf.signal.rfft2d(planes) * tf.cast(response, tf.complex64)
    return tf.transpose(tf.signal.irfft2d(waves, tf.shape(planes)[2:]), (0, 2, 3, 1))


def total_variation(pictures: Any) -> Any:
    """The mean length of the slope of N×H×W×C pictures: N."""
    tf = tensorflow()
    shape = tf.shape(pictures)
    size = (-1, shape[1] - 1, shape[2] - 1, -1)
    here, below, beside = (tf.slice(pictures, (0, *start, 0), size) for start in ((0, 0), (1, 0), (0, 1)))
    down, across = below - here, beside - here  # tf.slice: its gradient is a padding, that of indexing takes six times
    return tf.reduce_mean(tf.sqrt(down * down + across * across + FLAT), (1, 2, 3))


def powers(pictures: Any, exponent: float) -> Any:
    """The mean of abs(picture)^exponent of N×H×W×C pictures: N."""
    tf = tensorflow()
    found = base = tf.abs(pictures)
    if exponent == round(exponent) and exponent <= 8:  # a product is four times as fast as a power
        for _ in range(int(exponent) - 1):
            found = found * base
    else:
        found = base**exponent
    return tf.reduce_mean(found, (1, 2, 3))


def _compiled(path: OpenPath, space: Pixels, climb: Climb, size: tuple[int, int]) -> tuple[Any, Any]:
    """The step, and the painting of the pictures with the answers to them; both compiled, for any number of pictures
    and, where the layers allow it, any size."""
    tf = tensorflow()
    depth = path.network.input_size[2]
    height, width = size if path.fixed else (None, None)

    def painted(state, spectrum, size, numbers):
        """The picture from −1 to 1, and as the network takes it."""
        unit = space.picture(state, spectrum, size)
        unit = tf.ensure_shape(unit, (None, height, width, depth))
        return unit, numbers[3] + (numbers[4] - numbers[3]) * (unit + 1) / 2

    def step(state, first, second, count, channels, shift, spectrum, size, numbers):
        with tf.GradientTape() as tape:
            tape.watch(state)
            unit, images = painted(state, spectrum, size, numbers)
            answers = pull(path(tf.roll(images, shift, (1, 2))), channels)
            loss = -answers
            if climb.total_variation:
                loss += numbers[1] * total_variation(unit)
            if climb.lp_norm:
                loss += numbers[2] * powers(unit, climb.lp_exponent)
        slope = tape.gradient(loss, state)
        slope /= tf.maximum(tf.sqrt(tf.reduce_mean(slope * slope, (1, 2, 3), keepdims=True)), 1e-30)
        if climb.optimizer == "adam":
            slow, slower, tiny = ADAM
            first = slow * first + (1 - slow) * slope
            second = slower * second + (1 - slower) * slope * slope
            move = first / (1 - slow**count) / (tf.sqrt(second / (1 - slower**count)) + tiny)
        else:
            first = MOMENTUM * first + slope
            move = first
        return space.kept(state - numbers[0] * move), first, second, answers

    def paint(state, channels, spectrum, size, numbers):
        images = painted(state, spectrum, size, numbers)[1]
        return images, pull(path(images), channels)

    def make():
        states = tf.TensorSpec((None, *(space.plane if path.fixed else (None, None)), depth))
        channels, count = tf.TensorSpec((None,), tf.int32), tf.TensorSpec(())
        pair, plane, numbers = tf.TensorSpec((2,), tf.int32), tf.TensorSpec((None, None)), tf.TensorSpec((5,))
        return (
            traced(step, [states, states, states, count, channels, pair, plane, pair, numbers]),
            traced(paint, [states, channels, plane, pair, numbers]),
        )  # fmt: skip

    penalties = climb.total_variation > 0, climb.lp_exponent if climb.lp_norm else 0
    question = "maximize", path.layer, space.name, climb.optimizer, *penalties, height, width
    return compiled(path.network, question, make)
