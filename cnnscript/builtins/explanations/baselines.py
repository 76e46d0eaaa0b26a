"""Baselines: the images that stand for 'nothing there'."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_outputs import Asked
from cnnscript.builtins.explanations.targets import in_order
from cnnscript.builtins.networks.image_inputs import image_batch
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, size_text
from cnnscript.values.text import text_or_none

BASELINES = ("black", "white", "mean", "blur", "random")
BLUR = 0.05  # deviation of the blur, as a share of the image's longer side


def baseline_images(session: Any, given: Asked, value: Any, form: Any = "") -> np.ndarray:
    """The baseline of each image: N×H×W×C float32.

    value  a number, one for each channel, an image of the same size, or one of BASELINES
    """
    images = given.question.images
    if text_or_none(value) is not None:
        return by_name(session, given, take.choice(value, BASELINES, "Baseline"))
    numbers = as_array(take.numeric(value, "Baseline"))
    if not np.isfinite(numbers).all():
        raise take.wanted("finite", "Baseline", value, "MATLAB:expectedFinite")
    channels = images.shape[3]
    if numbers.size in (1, channels) and max(numbers.shape) == numbers.size:
        return np.broadcast_to(numbers.ravel().astype(np.float32), images.shape)
    found = image_batch(in_order(value, form) if form else value, given.network)
    if found.shape[1:] != images.shape[1:] or len(found) not in (1, len(images)):
        raise ScriptError(
            "deep:explain:BaselineSize",
            "The baseline must be a number, one for each channel, or an image of the same size.",
            notes=(f"it is {size_text(numbers.shape)}", f"the image is {size_text(images.shape[1:])}"),
        )
    return np.broadcast_to(found.astype(np.float32), images.shape)


def by_name(session: Any, given: Asked, name: str) -> np.ndarray:
    """A named baseline.  Black and white are 0 and what the class of the image has as its largest number (255; of
    floating point 1 when no number is larger, else 255)."""
    images = given.question.images
    if name == "black":
        return np.zeros(images.shape, np.float32)
    if name == "white":
        return np.full(images.shape, largest(images), np.float32)
    if name == "mean":
        mean = getattr(given.network.input, "mean", None)
        if mean is None:
            return np.broadcast_to(images.astype(np.float32).mean((1, 2), keepdims=True), images.shape)
        held = np.asarray(mean, np.float32)
        if held.ndim == 3 and held.shape != images.shape[1:]:
            held = held.mean((0, 1))
        return np.broadcast_to(held, images.shape)
    if name == "blur":
        return np.stack([blurred(image.astype(np.float32)) for image in images])
    uniform = session.random.uniforms(images.size).reshape(images.shape)
    return (uniform * largest(images)).astype(np.float32)


def largest(images: np.ndarray) -> float:
    if images.dtype.kind in "iu":
        return float(np.iinfo(images.dtype).max)
    return 1.0 if images.max() <= 1 else 255.0


def blurred(image: np.ndarray) -> np.ndarray:
    """An image H×W×C without its details: under a Gaussian whose deviation is BLUR of the longer side."""
    deviation = BLUR * max(image.shape[:2])
    for axis in (0, 1):
        length = image.shape[axis]
        distance = np.arange(length)[:, None] - np.arange(length)[None, :]
        weights = np.exp(-0.5 * (distance / deviation) ** 2)
        weights /= weights.sum(1, keepdims=True)
        image = np.moveaxis(np.tensordot(weights.astype(np.float32), image, (1, axis)), 0, axis)
    return image
