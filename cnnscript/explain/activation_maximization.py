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
    space = Fourier(size, depth) if climb.parameterization == "fourier" else Pixels()
    with tf.device(devices(environment)[0]):
        drawn = random.normals(len(channels) * size[0] * size[1] * depth).reshape(len(channels), *size, depth)
        begun = space.begun(drawn, None if initial is None else unit_picture(initial, limits))
        step, paint = _compiled(path, space, climb.optimizer, size)
        numbers = tf.constant([climb.learn_rate, climb.total_variation, climb.lp_norm, climb.lp_exponent, *limits])
        fixed = tf.constant(space.spectrum), numbers
        parts = [(part, tf.constant(list(channels[part]), tf.int32), begun[part], tf.zeros_like(begun[part]),
                  tf.zeros_like(begun[part]))
                 for part in portions(path, (len(channels), *size, depth))]  # fmt: skip
        soft = tf.constant(gaussian(size, climb.blur))
        try:
            for iteration in range(1, climb.iterations + 1):
                shift = jittered(random, climb.jitter)
                blurred = climb.blur > 0 and iteration % BLUR_EVERY == 0
                moved, strengths = [], []
                for part, wanted, state, first, second in parts:
                    *news, answers = step(state, first, second, float(iteration), wanted, shift, *fixed)
                    if blurred:
                        news[0] = space.blurred(news[0], soft)
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

    def begun(self, drawn: np.ndarray, initial: np.ndarray | None) -> Any:
        return tensorflow().constant((START * drawn if initial is None else initial).astype(np.float32))

    def picture(self, state: Any, spectrum: Any) -> Any:
        return state

    def kept(self, state: Any) -> Any:
        """What a step left, back in the range."""
        return tensorflow().clip_by_value(state, -1.0, 1.0)

    def blurred(self, state: Any, soft: Any) -> Any:
        return filtered(state, soft)


class Fourier:
    """Pictures by the Fourier coefficients of their logits, each weighed by 1/frequency as in natural pictures, and by
    uncorrelated colours where there are three.

    The state holds the pictures whose coefficients are meant; the transform of these is N×H×W×C again, and the slope of
    a coefficient is that of the transformed slope: so no complex numbers are learnt.
    """

    name = "fourier"

    def __init__(self, size: tuple[int, int], depth: int):
        lowest = 1 / max(size)
        self.spectrum = (1 / np.maximum(frequencies(size), lowest)).astype(np.float32) * np.float32(STRENGTH)
        self.colours = COLOURS if depth == 3 else None

    def begun(self, drawn: np.ndarray, initial: np.ndarray | None) -> Any:
        tf = tensorflow()
        if initial is None:
            return tf.constant((START * drawn).astype(np.float32))
        logits = np.arctanh(initial)
        if self.colours is not None:
            logits = logits @ np.linalg.inv(self.colours).T
        return filtered(tf.constant(logits.astype(np.float32)), tf.constant(1 / self.spectrum))

    def picture(self, state: Any, spectrum: Any) -> Any:
        tf = tensorflow()
        logits = filtered(state, spectrum)
        if self.colours is not None:
            logits = tf.tensordot(logits, tf.constant(self.colours.T), 1)
        return tf.tanh(logits)

    def kept(self, state: Any) -> Any:
        return state

    def blurred(self, state: Any, soft: Any) -> Any:
        return filtered(state, soft)


def filtered(pictures: Any, response: Any) -> Any:
    """Pictures N×H×W×C with each of their frequencies multiplied by a number: response H×(W/2+1)."""
    tf = tensorflow()
    planes = tf.transpose(pictures, (0, 3, 1, 2))
    waves = tf.signal.rfft2d(planes) * tf.cast(response, tf.complex64)
    return tf.transpose(tf.signal.irfft2d(waves, tf.shape(planes)[2:]), (0, 2, 3, 1))


def total_variation(pictures: Any) -> Any:
    """The mean length of the slope of N×H×W×C pictures: N."""
    tf = tensorflow()
    down = pictures[:, 1:, :-1] - pictures[:, :-1, :-1]
    across = pictures[:, :-1, 1:] - pictures[:, :-1, :-1]
    return tf.reduce_mean(tf.sqrt(down * down + across * across + FLAT), (1, 2, 3))


def _compiled(path: OpenPath, space: Pixels | Fourier, optimizer: str, size: tuple[int, int]) -> tuple[Any, Any]:
    """The step, and the painting of the pictures with the answers to them; both compiled, for any number of pictures
    and, where the layers allow it, any size."""
    tf = tensorflow()
    depth = path.network.input_size[2]
    height, width = size if path.fixed else (None, None)

    def painted(state, spectrum, numbers):
        """The picture from −1 to 1, and as the network takes it."""
        unit = space.picture(state, spectrum)
        return unit, numbers[4] + (numbers[5] - numbers[4]) * (unit + 1) / 2

    def step(state, first, second, count, channels, shift, spectrum, numbers):
        with tf.GradientTape() as tape:
            tape.watch(state)
            unit, images = painted(state, spectrum, numbers)
            answers = pull(path(tf.roll(images, shift, (1, 2))), channels)
            loss = numbers[1] * total_variation(unit) - answers
            loss += numbers[2] * tf.reduce_mean(tf.abs(unit) ** numbers[3], (1, 2, 3))
        slope = tape.gradient(loss, state)
        slope /= tf.maximum(tf.sqrt(tf.reduce_mean(slope * slope, (1, 2, 3), keepdims=True)), 1e-30)
        if optimizer == "adam":
            slow, slower, tiny = ADAM
            first = slow * first + (1 - slow) * slope
            second = slower * second + (1 - slower) * slope * slope
            move = first / (1 - slow**count) / (tf.sqrt(second / (1 - slower**count)) + tiny)
        else:
            first = MOMENTUM * first + slope
            move = first
        return space.kept(state - numbers[0] * move), first, second, answers

    def paint(state, channels, spectrum, numbers):
        images = painted(state, spectrum, numbers)[1]
        return images, pull(path(images), channels)

    def make():
        pictures = tf.TensorSpec((None, height, width, depth))
        channels, plane, numbers = tf.TensorSpec((None,), tf.int32), tf.TensorSpec((None, None)), tf.TensorSpec((6,))
        shift, count = tf.TensorSpec((2,), tf.int32), tf.TensorSpec(())
        return (
            tf.function(step, input_signature=[pictures, pictures, pictures, count, channels, shift, plane, numbers],
                        autograph=False),
            tf.function(paint, input_signature=[pictures, channels, plane, numbers], autograph=False),
        )  # fmt: skip

    return compiled(path.network, ("maximize", path.layer, space.name, optimizer, height, width), make)
